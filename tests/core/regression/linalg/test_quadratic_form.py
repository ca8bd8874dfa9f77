from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.regression.linalg.quadratic_form import fit_quadratic_form
from tests.examples import examples


def exact_value(X, weights, bias):
    """Half the mean of the squared changes of the predictions, in exact arithmetic."""
    changes = [sum(Fraction(x) * Fraction(w) for x, w in zip(row, weights, strict=True)) + Fraction(bias) for row in X]
    return float(sum(change * change for change in changes) / len(changes) / 2)


@settings(max_examples=examples(60), deadline=None)
@given(n=st.integers(1, 150), d=st.integers(1, 8), seed=st.integers(0, 10**6), size=st.floats(1e-9, 1e3))
def test_value_is_half_the_mean_squared_change_of_the_predictions(n, d, seed, size):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) * 10.0 ** rng.uniform(-3, 3, d) + rng.standard_normal(d)
    weights, bias = size * rng.standard_normal(d), size * rng.standard_normal()
    value = fit_quadratic_form(X).value(weights, bias)
    assert value == pytest.approx(exact_value(X, weights, bias), rel=1e-9, abs=0)


@pytest.mark.parametrize("closeness", [1e-3, 1e-5, 1e-7, 1e-9])
def test_nearly_dependent_columns_cost_few_digits(closeness):
    rng = np.random.default_rng(0)
    first = rng.standard_normal(300)
    X = np.column_stack([first, first + closeness * rng.standard_normal(300)])
    value = fit_quadratic_form(X).value(np.array([1.0, -1.0]), 0.0)
    assert value == pytest.approx(exact_value(X, [1.0, -1.0], 0.0), rel=1e-4)


def test_dependent_columns_add_nothing_along_their_dependence():
    first = np.random.default_rng(1).standard_normal(200)
    X = np.column_stack([first, 2 * first, np.full(200, 0.1)])
    assert fit_quadratic_form(X).value(np.array([2.0, -1.0, 0.0]), 0.0) < 1e-30
    assert fit_quadratic_form(X).value(np.array([0.0, 0.0, 1.0]), -0.1) < 1e-30


@pytest.mark.parametrize("size", [1e-300, 1e-180, 1e-100, 1e100])
def test_units_do_not_matter(size):
    X = np.random.default_rng(2).standard_normal((100, 2))
    expected = fit_quadratic_form(X).value(np.array([1.0, 2.0]), 0.5)
    scaled = fit_quadratic_form(X * [size, 1.0]).value(np.array([1.0 / size, 2.0]), 0.5)
    assert scaled == pytest.approx(expected, rel=1e-12)


def test_many_changes_at_once_equal_one_after_the_other():
    X = np.random.default_rng(3).standard_normal((70, 3))
    bowl = fit_quadratic_form(X)
    changes = np.random.default_rng(4).standard_normal((5, 4))
    together = bowl.value(changes[:, :3], changes[:, 3])
    assert np.allclose(together, [bowl.value(change[:3], change[3]) for change in changes], rtol=1e-14)


def test_augmented_root_gives_the_hessian():
    X = np.random.default_rng(5).standard_normal((90, 3)) + 2
    A = np.column_stack([X, np.ones(90)])
    root = fit_quadratic_form(X).augmented()
    assert np.allclose(root.T @ root, A.T @ A / 90)
