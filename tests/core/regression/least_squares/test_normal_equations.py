"""The normal equations: those of exact fractions and of numpy, with and without an inverse."""

from fractions import Fraction

import numpy as np
import pytest

from core.errors import InputError
from core.regression import solve_closed_form
from core.regression.least_squares.normal_equations import build_normal_equations


def found(X, y, most=3):
    return build_normal_equations(X, y, solve_closed_form(X, y), most)


def exact_solution(X, y):
    """Solve XᵀX w = Xᵀy by Gauss and Jordan in fractions, X with a column of ones last."""
    rows = [[*map(Fraction, row), Fraction(1)] for row in X]
    size = len(rows[0])
    table = [
        [sum(row[i] * row[j] for row in rows) for j in range(size)]
        + [sum(row[i] * Fraction(label) for row, label in zip(rows, y, strict=True))]
        for i in range(size)
    ]
    for pivot in range(size):
        table[pivot] = [value / table[pivot][pivot] for value in table[pivot]]
        for other in range(size):
            if other != pivot:
                factor = table[other][pivot]
                table[other] = [a - factor * b for a, b in zip(table[other], table[pivot], strict=True)]
    return [float(row[-1]) for row in table]


def test_the_solution_is_that_of_exact_fractions():
    draw = np.random.default_rng(0)
    X, y = draw.integers(-9, 9, (12, 3)), draw.integers(-50, 50, 12)
    here = found(X, y)
    assert here.is_invertible
    np.testing.assert_allclose(here.solution, exact_solution(X.tolist(), y.tolist()), rtol=1e-13)
    ones = np.column_stack([X, np.ones(12)])
    assert here.gram.tolist() == (ones.T @ ones).tolist()
    assert here.cross.tolist() == (ones.T @ y).tolist()
    np.testing.assert_allclose(here.inverse @ here.cross, here.solution, rtol=1e-10)
    np.testing.assert_allclose(here.inverse @ here.gram, np.eye(4), atol=1e-12)


def test_the_gradient_is_zero_at_the_solution_and_that_of_autograd_at_zero():
    import torch

    draw = np.random.default_rng(1)
    X, y = draw.normal(size=(50, 4)), draw.normal(size=50)
    here = found(X, y)
    w = torch.zeros(5, dtype=torch.float64, requires_grad=True)
    ones = torch.from_numpy(np.column_stack([X, np.ones(50)]))
    (((ones @ w - torch.from_numpy(y)) ** 2).mean() / 2).backward()
    assert here.slope_at_zero == pytest.approx(float(w.grad.abs().max()), rel=1e-13)
    assert here.slope_at_solution < 1e-14


def test_of_many_features_the_first_ones_and_the_ones_are_held():
    draw = np.random.default_rng(2)
    X, y = draw.normal(size=(80, 7)), draw.normal(size=80)
    here = found(X, y)
    ones = np.column_stack([X, np.ones(80)])
    whole = np.linalg.inv(ones.T @ ones)
    part = [0, 1, 2, 7]
    assert (here.shown, here.hidden) == ((0, 1, 2), 4)
    np.testing.assert_allclose(here.gram, (ones.T @ ones)[np.ix_(part, part)])
    np.testing.assert_allclose(here.inverse, whole[np.ix_(part, part)], rtol=1e-10)
    np.testing.assert_allclose(here.solution, np.linalg.lstsq(ones, y, rcond=None)[0][part], rtol=1e-10)


def test_without_an_inverse_the_dependent_columns_are_left_out_and_no_prediction_changes():
    draw = np.random.default_rng(3)
    kind = draw.integers(0, 3, 60)
    size = draw.normal(size=60)
    X = np.column_stack([kind == 0, kind == 1, kind == 2, size, 2.54 * size]).astype(float)
    y = draw.normal(size=60) + kind
    here = found(X, y)
    assert not here.is_invertible
    assert (here.rank, here.columns) == (4, 6)
    assert len(here.left_out) == 2
    assert here.hidden == 0
    kept = [*here.shown]
    ones = np.column_stack([X[:, kept], np.ones(60)])
    np.testing.assert_allclose(here.solution, np.linalg.solve(ones.T @ ones, ones.T @ y), rtol=1e-9)
    np.testing.assert_allclose(ones @ here.solution, solve_closed_form(X, y).predict(X).numpy(), rtol=1e-9)
    assert here.slope_at_solution < 1e-13


@pytest.mark.parametrize(
    ("X", "y"),
    [
        ([[1.0]], [2.0]),  # one row
        ([[5.0], [5.0], [5.0]], [1.0, 2.0, 6.0]),  # constant
        ([[1.0, 2.0, 3.0]], [4.0]),  # more columns than rows
        ([[1e100, 1.0], [2e100, 3.0], [3e100, 1.0]], [1.0, 2.0, 3.0]),  # huge
    ],
)
def test_awkward_tables_have_finite_equations(X, y):
    here = found(X, y)
    assert here.rank + len(here.left_out) == here.columns
    assert all(np.isfinite(values).all() for values in (here.gram, here.cross, here.solution))
    ones = np.column_stack([np.array(X)[:, list(here.shown)], np.ones(len(y))])
    np.testing.assert_allclose(ones @ here.solution, solve_closed_form(X, y).predict(X).numpy(), rtol=1e-9)


def test_nearly_dependent_columns_have_no_inverse_to_show():
    x = np.linspace(0, 1, 40)
    X = np.column_stack([x, x + 1e-9 * np.sin(100 * x)])
    here = found(X, x)
    assert here.is_invertible
    assert here.inverse is None


def test_missing_values_are_refused():
    fit = solve_closed_form([[1.0], [2.0]], [1.0, 2.0])
    with pytest.raises(InputError, match="missing"):
        build_normal_equations([[1.0], [np.nan]], [1.0, 2.0], fit)


def test_squares_that_overflow_leave_no_inverse():
    X = np.array([[1e200, 1.0], [2e200, 3.0], [-1e200, 2.0], [3e200, 5.0]])
    assert found(X, [1.0, 2.0, 3.0, 4.0]).inverse is None
