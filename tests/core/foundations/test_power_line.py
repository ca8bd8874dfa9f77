"""Lines under every p-loss against statsmodels, NumPy, and all lines through two points; and their likelihood."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
import torch
from scipy import optimize, stats

from core.errors import InputError
from core.foundations.gaussian_line import fit_gaussian_line, line_likelihood
from core.foundations.power_line import best_line

X = np.array([1.0, 2, 3, 4, 5, 6, 7])
Y = np.array([1.2, 1.9, 3.4, 3.6, 5.3, 5.8, 12.0])


def norm(slope: float, intercept: float, p: float) -> float:
    return float(np.linalg.norm(Y - intercept - slope * X, p))


def test_least_absolute_deviations_are_those_of_statsmodels_and_of_all_pairs_of_points():
    from statsmodels.regression.quantile_regression import QuantReg

    line = best_line(X, Y, 1)
    there = QuantReg(Y, np.column_stack([np.ones(7), X])).fit(q=0.5)
    assert line.norm <= np.abs(there.resid).sum() + 1e-9
    pairs = []
    for i, j in itertools.combinations(range(7), 2):
        slope = (Y[j] - Y[i]) / (X[j] - X[i])
        pairs.append(norm(slope, Y[i] - slope * X[i], 1))
    assert line.norm == pytest.approx(min(pairs), rel=1e-8)  # a best line meets two points


def test_chebyshevs_line_has_equal_largest_residuals_of_alternating_signs():
    line = best_line(X, Y, math.inf)
    residuals = Y - line.intercept - line.slope * X
    furthest = np.flatnonzero(np.abs(residuals) > line.norm - 1e-8)
    assert len(furthest) >= 3
    assert np.any(np.diff(np.sign(residuals[furthest])) != 0)
    search = optimize.minimize_scalar(lambda slope: np.ptp(Y - slope * X) / 2, bounds=(-1, 4), method="bounded")
    assert line.norm == pytest.approx(search.fun, rel=1e-5)


def test_least_squares_is_that_of_numpy_and_exact():
    line = best_line(torch.tensor(X), torch.tensor(Y), 2)
    assert [line.slope, line.intercept] == pytest.approx(np.polyfit(X, Y, 1))
    x, y = [Fraction(str(v)) for v in X], [Fraction(str(v)) for v in Y]
    mx, my = sum(x) / 7, sum(y) / 7
    exact = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)
    assert line.slope == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.parametrize("p", [1.1, 1.5, 3.0, 5.0, 10.0])
def test_in_between_no_neighbour_is_better(p):
    line = best_line(X, Y, p)
    assert line.norm == pytest.approx(norm(line.slope, line.intercept, p), rel=1e-12)
    start = optimize.minimize(lambda w: norm(*w, p), [1.0, 0.5], method="Nelder-Mead", options={"xatol": 1e-9})
    assert line.norm <= start.fun * (1 + 1e-9)
    for ds, di in itertools.product((-1e-3, 0, 1e-3), repeat=2):
        assert line.norm <= norm(line.slope + ds, line.intercept + di, p) + 1e-12


def test_equally_good_lines_are_given_as_a_range():
    tied = best_line([0, 0, 1, 1], [0, 1, 0, 1], 1)
    assert tied.norm == pytest.approx(2.0)
    assert [tied.slope_low, tied.slope_high] == pytest.approx([-1, 1], abs=1e-6)
    alone = best_line(X, Y, 1)
    assert alone.slope_low == alone.slope == alone.slope_high


@pytest.mark.parametrize("p", [1, 1.5, 2, 4, math.inf])
def test_points_on_a_line_a_constant_and_huge_ones(p):
    straight = best_line(X, 3 * X - 1, p)
    assert [straight.slope, straight.intercept, straight.norm] == pytest.approx([3, -1, 0], abs=1e-7)
    flat = best_line(X, np.full(7, 2.5), p)
    assert [flat.slope, flat.intercept] == pytest.approx([0, 2.5], abs=1e-9)
    two = best_line([0, 1], [5, 7], p)
    assert [two.slope, two.intercept] == pytest.approx([2, 5], abs=1e-7)
    huge = best_line(X, 1e300 * Y, p)
    assert huge.slope == pytest.approx(1e300 * best_line(X, Y, p).slope, rel=1e-5)


@pytest.mark.parametrize(
    ("x", "y"), [([], []), ([1.0], [2.0]), ([3.0, 3.0], [1.0, 2.0]), ([1.0, 2.0], [1.0]), ([1.0, math.nan], [1.0, 2.0])]
)
def test_what_has_no_line_is_refused_in_a_sentence(x, y):
    with pytest.raises(InputError, match=r"\.$"):
        best_line(x, y, 2)


@pytest.mark.parametrize("p", [1, 1.5, 2, 4, math.inf])
@pytest.mark.parametrize(
    ("x", "y"),
    [([1.0, 2, 3], [1e308, -1e308, 1e308]), ([-1e308, 0.0, 1e308], [1.0, 2, 4]), ([0.0, 5e-324], [1.0, 2.0])],
)
def test_values_further_apart_than_float64_can_hold_are_refused_in_a_sentence(x, y, p):
    with pytest.raises(InputError, match="differ by more than float64 can hold"):
        best_line(x, y, p)


@pytest.mark.parametrize("sigma", [1e-320, 1e-200, 1e-160, 1e160, 1e200, 1.7e308])
def test_the_likelihood_holds_for_every_deviation_of_float64(sigma):
    found = line_likelihood([0.0, 1.0], [sigma, sigma], 0.0, 0.0, sigma)  # one deviation away, twice
    known = -math.log(2 * math.pi) - 2 * math.log(sigma) - 1
    assert found.log_likelihood == pytest.approx(known, rel=1e-12)
    assert found.sum_of_squares == math.inf if sigma > 1 else found.sum_of_squares <= 2e-319


def test_sums_beyond_float64_are_infinite():
    far = [1e154, -1e154] * 3
    found = line_likelihood(range(6), far, 0.0, 0.0, 1.0)
    assert (found.sum_of_squares, found.log_likelihood, found.product) == (math.inf, -math.inf, 0.0)
    further = line_likelihood([0.0], [1e200], 0.0, 0.0, 1.0)
    assert (further.sum_of_squares, further.log_likelihood) == (math.inf, -math.inf)
    with pytest.raises(InputError, match=r"a \+ b x"):
        line_likelihood([2.0], [0.0], 1e308, 0.0, 1.0)


def test_the_likelihood_is_the_product_of_the_factors_and_its_logarithm_their_sum():
    found = line_likelihood(X, Y, slope=1.0, intercept=0.2, sigma=1.5)
    residuals = Y - 0.2 - X
    factors = stats.norm(0, 1.5).pdf(residuals)
    assert found.factors == pytest.approx(factors)
    assert found.product == pytest.approx(float(np.prod(factors)))
    assert found.log_likelihood == pytest.approx(math.log(found.product))
    same = -3.5 * math.log(2 * math.pi * 1.5**2) - found.sum_of_squares / (2 * 1.5**2)
    assert found.log_likelihood == pytest.approx(same)  # the same number by way of the squared loss
    assert found.sum_of_squares == pytest.approx(float(torch.nn.MSELoss(reduction="sum")(
        torch.tensor(X + 0.2), torch.tensor(Y))))  # fmt: skip


def test_least_squares_has_the_largest_likelihood_whatever_sigma_is():
    fitted = fit_gaussian_line(X, Y)
    assert fitted.sigma == pytest.approx(stats.norm.fit(Y - fitted.intercept - fitted.slope * X, floc=0)[1])
    for sigma in (0.3, 1.0, fitted.sigma, 20.0):
        best = line_likelihood(X, Y, fitted.slope, fitted.intercept, sigma).log_likelihood
        for ds, di in [(0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)]:
            other = line_likelihood(X, Y, fitted.slope + ds, fitted.intercept + di, sigma)
            assert other.log_likelihood < best


def test_the_product_over_many_rows_underflows_to_zero_and_its_logarithm_does_not():
    x = np.linspace(0, 1, 2000)
    found = line_likelihood(x, x + 1, slope=1.0, intercept=0.0, sigma=1.0)  # each factor φ(1) = 0.24
    assert found.product == 0.0
    assert found.log_likelihood == pytest.approx(2000 * stats.norm.logpdf(1.0))
    assert np.prod(found.factors[: found.zero_from]) == 0.0 < np.prod(found.factors[: found.zero_from - 1])
    few = line_likelihood(x[:100], x[:100], 1.0, 0.0, 1.0)
    assert few.zero_from is None
    tall = line_likelihood(x, x, 1.0, 0.0, 1e-3)
    assert tall.product == math.inf  # densities far above 1 overflow


def test_no_rows_and_bad_settings():
    assert line_likelihood([], [], 1.0, 0.0, 1.0).product == 1.0
    with pytest.raises(InputError, match="sigma"):
        line_likelihood(X, Y, 1.0, 0.0, 0.0)
    with pytest.raises(InputError, match="missing or infinite"):
        line_likelihood([1.0, math.nan], [1.0, 2.0], 1.0, 0.0, 1.0)
