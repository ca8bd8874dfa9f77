"""Double-double arithmetic and exact inner products against fractions."""

from fractions import Fraction
from math import fsum

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.regression.least_squares.exact_solver import assemble, exact_gram
from core.regression.linalg.double_double import misfit, two_product, two_sum

MODERATE = st.floats(-(2.0**300), 2.0**300).filter(lambda value: value == 0 or abs(value) > 2.0**-300)


@settings(deadline=None)
@given(MODERATE, MODERATE)
def test_a_sum_and_its_error_are_exact(a, b):
    total, error = two_sum(a, b)
    assert total == a + b
    assert Fraction(total) + Fraction(error) == Fraction(a) + Fraction(b)


@settings(deadline=None)
@given(MODERATE, MODERATE)
def test_a_product_and_its_error_are_exact(a, b):
    product, error = two_product(a, b)
    assert product == a * b
    assert Fraction(product) + Fraction(error) == Fraction(a) * Fraction(b)


@pytest.mark.parametrize(("n", "d"), [(1, 1), (63, 3), (64, 2), (200, 5), (33_000, 1)])
def test_products_with_the_residuals_are_right_where_plain_sums_cancel(n, d):
    rng = np.random.default_rng(n)
    X = rng.standard_normal((n, d)) + 1e3
    weights = np.stack([rng.standard_normal(d), 1e-18 * rng.standard_normal(d)])
    bias = np.array([2.0, 1e-17])
    y = X @ weights[0] + bias[0]
    residuals = [
        Fraction(label)
        - Fraction(2.0)
        - Fraction(1e-17)
        - sum(Fraction(x) * (Fraction(w) + Fraction(v)) for x, w, v in zip(row, *weights.tolist(), strict=True))
        for row, label in zip(X.tolist(), y.tolist(), strict=True)
    ]
    found = misfit(X, y, weights, bias)
    for column in range(d):
        exact = sum(Fraction(x) * r for x, r in zip(X[:, column].tolist(), residuals, strict=True))
        assert found.products[column] == pytest.approx(float(exact), rel=1e-12)
    assert found.total == pytest.approx(float(sum(residuals)), rel=1e-12)
    assert found.square == pytest.approx(fsum(float(r) ** 2 for r in residuals), rel=1e-12)


def test_some_columns_of_a_matrix_in_any_order_of_memory_give_the_same_products():
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((100, 5)), rng.standard_normal(100)
    weights = np.stack([rng.standard_normal(2), np.zeros(2)])
    some = misfit(np.asfortranarray(X), y, weights, np.zeros(2), np.array([3, 1]))
    assert some.products.tolist() == misfit(X[:, [3, 1]], y, weights, np.zeros(2)).products.tolist()


@pytest.mark.parametrize("spread", [0, 5, 60])
@pytest.mark.parametrize("intercept", [True, False])
def test_inner_products_are_exact_whatever_the_scale_of_the_entries(spread, intercept):
    rng = np.random.default_rng(spread)
    X = rng.standard_normal((20, 3)) * 10.0 ** rng.integers(-spread, spread + 1, (20, 3))
    y = rng.standard_normal(20)
    gram = exact_gram(X, y, intercept)
    columns = assemble(X, y, intercept).T.tolist()
    assert gram.complete
    for i, left in enumerate(columns):
        for j, right in enumerate(columns):
            exact = sum(Fraction(a) * Fraction(b) for a, b in zip(left, right, strict=True))
            power = Fraction(2) ** int(gram.exponents[i] + gram.exponents[j])
            assert Fraction(int(gram.products[i, j])) * power == exact


def test_inner_products_over_many_blocks_are_exact():
    rng = np.random.default_rng(1)
    X = rng.integers(-(2**26), 2**26, (80_000, 1)).astype(float)
    gram = exact_gram(X, X[:, 0], False)
    exact = sum(int(value) ** 2 for value in X[:, 0])
    assert Fraction(int(gram.products[0, 0])) * Fraction(4) ** int(gram.exponents[0]) == exact
