"""The closed form against exact rational arithmetic on the same float64 numbers."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from statsmodels.datasets import longley

from core.regression.least_squares.closed_form import solve_closed_form
from tests.examples import examples

ONE_ROUNDING = 2.0**-52  # half a unit in the last place is 2^-53 of the value or less; the other half is a margin


def rational_least_squares(X, y, intercept=True):
    """Solve the normal equations in fractions; None if the columns are exactly dependent."""
    rows = [[Fraction(1)] * intercept + [Fraction(value) for value in row] for row in np.asarray(X, float).tolist()]
    labels = [Fraction(value) for value in np.asarray(y, float).tolist()]
    size = len(rows[0])
    columns = [[row[j] for row in rows] for j in range(size)] + [labels]
    system = [
        [sum(a * b for a, b in zip(columns[i], columns[j], strict=True)) for j in range(size + 1)] for i in range(size)
    ]
    for i in range(size):
        pivot = next((k for k in range(i, size) if system[k][i] != 0), None)
        if pivot is None:
            return None
        system[i], system[pivot] = system[pivot], system[i]
        for k in range(size):
            if k != i and system[k][i] != 0:
                factor = system[k][i] / system[i][i]
                system[k] = [a - factor * b for a, b in zip(system[k], system[i], strict=True)]
    return [system[i][size] / system[i][i] for i in range(size)]


def assert_every_digit(X, y, intercept=True):
    exact = rational_least_squares(X, y, intercept)
    fit = solve_closed_form(X, y, intercept)
    found = ([fit.bias] if intercept else []) + fit.weights.tolist()
    assert fit.rank == fit.columns
    for value, truth in zip(found, exact, strict=True):
        assert abs(Fraction(value) - truth) <= Fraction(ONE_ROUNDING) * abs(truth)
    assert fit.digits > 15
    return fit


def powers(x, degree):
    return np.stack([np.asarray(x, float) ** k for k in range(1, degree + 1)], axis=1)


def test_longley_agrees_with_fractions_and_with_the_certified_values():
    data = longley.load_pandas()
    fit = assert_every_digit(data.exog.to_numpy(), data.endog.to_numpy())
    certified = [
        15.0618722713733,
        -0.358191792925910e-01,
        -2.02022980381683,
        -1.03322686717359,
        -0.511041056535807e-01,
        1829.15146461355,
    ]
    assert fit.weights.tolist() == pytest.approx(certified, rel=1e-12)
    assert fit.bias == pytest.approx(-3482258.63459582, rel=1e-12)
    assert fit.standard_errors.tolist() == pytest.approx(
        [
            84.9149257747669,
            0.334910077722432e-01,
            0.488399681651699,
            0.214274163161675,
            0.226073200069370,
            455.478499142212,
        ],
        rel=1e-12,
    )
    assert fit.residual_deviation == pytest.approx(304.854073561965, rel=1e-12)
    assert fit.r_squared == pytest.approx(0.995479004577296, rel=1e-12)


WAMPLER_NOISE = np.array(
    [
        759,
        -2048,
        2048,
        -2048,
        2523,
        -2048,
        2048,
        -2048,
        1838,
        -2048,
        2048,
        -2048,
        1838,
        -2048,
        2048,
        -2048,
        2523,
        -2048,
        2048,
        -2048,
        759,
    ]
)
WAMPLER_X = np.arange(21)
WAMPLER_LABELS = {
    1: sum(WAMPLER_X**k for k in range(6)),
    2: sum((0.1 * WAMPLER_X) ** k for k in range(6)),
    3: sum(WAMPLER_X**k for k in range(6)) + WAMPLER_NOISE,
    4: sum(WAMPLER_X**k for k in range(6)) + 100 * WAMPLER_NOISE,
    5: sum(WAMPLER_X**k for k in range(6)) + 10_000 * WAMPLER_NOISE,
}


@pytest.mark.parametrize("number", WAMPLER_LABELS)
def test_every_digit_of_wampler_is_right(number):
    assert_every_digit(powers(WAMPLER_X, 5), WAMPLER_LABELS[number])


@pytest.mark.parametrize("number", [1, 3, 4, 5])
def test_wampler_with_whole_labels_gives_exactly_one_for_every_coefficient(number):
    fit = solve_closed_form(powers(WAMPLER_X, 5), WAMPLER_LABELS[number])
    assert fit.weights.tolist() == [1.0] * 5
    assert fit.bias == 1.0


def test_a_perfect_polynomial_leaves_no_residual_at_all():
    fit = solve_closed_form(powers(WAMPLER_X, 5), WAMPLER_LABELS[1])
    assert (fit.loss, fit.residual_deviation, fit.r_squared) == (0.0, 0.0, 1.0)
    assert fit.standard_errors.tolist() == [0.0] * 5


@pytest.mark.parametrize("degree", range(1, 11))
@pytest.mark.parametrize(("low", "high"), [(-9.0, -3.0), (0.0, 1.0), (0.0, 20.0), (-1.0, 1.0)])
def test_every_digit_of_a_polynomial_fit_is_right(degree, low, high):
    x = np.linspace(low, high, 40)
    assert_every_digit(powers(x, degree), np.sin(3 * x) + 0.5)


@pytest.mark.parametrize("size", range(2, 12))
def test_every_digit_is_right_for_hilbert_matrices(size):
    rows = np.arange(1, size + 4)[:, None]
    X = 1.0 / (rows + np.arange(size))
    assert_every_digit(X, np.cos(rows[:, 0]), intercept=False)


@pytest.mark.parametrize("condition", [1e4, 1e8, 1e12, 1e14, 1e15])
@pytest.mark.parametrize("seed", range(4))
def test_every_digit_is_right_up_to_a_condition_number_of_1e15(condition, seed):
    rng = np.random.default_rng(seed)
    left, _ = np.linalg.qr(rng.standard_normal((30, 6)))
    right, _ = np.linalg.qr(rng.standard_normal((6, 6)))
    X = left @ np.diag(np.geomspace(1, 1 / condition, 6)) @ right
    fit = assert_every_digit(X, rng.standard_normal(30), intercept=False)
    assert fit.condition_number == pytest.approx(condition, rel=0.9)


@pytest.mark.parametrize("seed", range(4))
def test_columns_of_any_scale_lose_no_digit(seed):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((12, 4)) * 10.0 ** np.array([-150, -3, 40, 150])
    assert_every_digit(X, rng.standard_normal(12))


@pytest.mark.parametrize("seed", range(4))
def test_entries_of_any_scale_within_a_column_lose_no_digit(seed):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((12, 3)) * 10.0 ** rng.integers(-100, 100, (12, 3))
    X += np.diag([1e120, 1e110, 1e100] + [0.0] * 9)[:, :3]
    assert_every_digit(X, rng.standard_normal(12), intercept=False)


def test_a_large_mean_loses_no_digit():
    year = np.arange(1900.0, 2021.0)
    assert_every_digit(np.stack([year, 1e9 + year], axis=1) ** np.array([1, 2]), np.sin(year))


@pytest.mark.parametrize(
    ("n", "d", "mean"), [(60, 3, 0.0), (60, 3, 1e4), (40, 8, 3.0), (109, 3, 1e6), (51, 6, 1e9), (12, 5, 1e7)]
)
def test_every_digit_is_right_on_the_fast_road(n, d, mean):
    rng = np.random.default_rng(n + d)
    X = rng.standard_normal((n, d)) + mean
    fit = assert_every_digit(X, X @ rng.standard_normal(d) + rng.standard_normal(n))
    assert fit.method.startswith("normal equations of centred columns")


def test_small_coefficients_have_as_many_right_digits_as_large_ones():
    rng = np.random.default_rng(5)
    X = rng.standard_normal((30, 3))
    assert_every_digit(X, X @ [1e9, 1.0, 1e-9] + 1e-12 * rng.standard_normal(30))


TABLE_NUMBERS = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-100)


@settings(max_examples=examples(150), deadline=None)
@given(
    arrays(np.float64, (7, 3), elements=st.one_of(st.integers(-3, 3), TABLE_NUMBERS)),
    arrays(np.float64, 7, elements=TABLE_NUMBERS),
    st.booleans(),
)
def test_any_table_of_full_rank_is_solved_to_the_last_digit(X, y, intercept):
    exact = rational_least_squares(X, y, intercept)
    fit = solve_closed_form(X, y, intercept)
    if exact is None:
        assert fit.rank < fit.columns
    elif fit.condition_number < 2e15:
        found = ([fit.bias] if intercept else []) + fit.weights.tolist()
        for value, truth in zip(found, exact, strict=True):
            assert abs(Fraction(value) - truth) <= Fraction(ONE_ROUNDING) * abs(truth)


@settings(max_examples=examples(60), deadline=None)
@given(
    arrays(np.float64, (5, 4), elements=st.integers(-2, 2)),
    arrays(np.float64, 5, elements=st.integers(-9, 9)),
)
def test_whole_numbers_of_any_rank_give_the_rank_and_the_solution_of_the_pseudoinverse(X, y):
    fit = solve_closed_form(X, y)
    A = np.column_stack([X, np.ones(5)])
    assert fit.rank == np.linalg.matrix_rank(A)
    assert np.append(fit.weights, fit.bias) == pytest.approx(np.linalg.pinv(A) @ y, rel=1e-9, abs=1e-9)
