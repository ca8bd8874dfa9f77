"""Standard errors, t statistics, intervals and R² against statsmodels and scipy."""

from fractions import Fraction

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from core.errors import InputError
from core.regression.least_squares.closed_form import solve_closed_form
from core.regression.least_squares.standard_errors import student_quantile


def ordinary_least_squares(X, y, intercept):
    return sm.OLS(y, sm.add_constant(X, prepend=False, has_constant="add") if intercept else X).fit()


def joined(weights, bias, intercept):
    return np.concatenate([weights.numpy(), [bias]]) if intercept else weights.numpy()


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize(("n", "d", "mean"), [(30, 3, 0.0), (500, 8, 50.0), (12, 10, 0.0), (3, 1, 2.0)])
def test_every_figure_equals_that_of_statsmodels(n, d, mean, intercept):
    rng = np.random.default_rng(n)
    X = rng.standard_normal((n, d)) * np.arange(1, d + 1) + mean
    y = X @ rng.standard_normal(d) + 3 + rng.standard_normal(n)
    peer = ordinary_least_squares(X, y, intercept)
    fit = solve_closed_form(X, y, intercept)
    assert joined(fit.standard_errors, fit.bias_standard_error, intercept) == pytest.approx(peer.bse, rel=1e-10)
    assert joined(fit.t_statistics, fit.bias_t_statistic, intercept) == pytest.approx(peer.tvalues, rel=1e-9)
    intervals = peer.conf_int()
    assert fit.confidence_interval.numpy() == pytest.approx(intervals[:d], rel=1e-9, abs=1e-9)
    if intercept:
        assert fit.bias_confidence_interval == pytest.approx(tuple(intervals[d]), rel=1e-9)
    assert fit.residual_deviation == pytest.approx(np.sqrt(peer.mse_resid), rel=1e-10)
    assert fit.r_squared == pytest.approx(peer.rsquared, rel=1e-10)
    assert fit.adjusted_r_squared == pytest.approx(peer.rsquared_adj, rel=1e-9)
    assert fit.loss == pytest.approx(peer.ssr / (2 * n), rel=1e-10)


def test_dependent_columns_have_the_standard_errors_of_the_pseudoinverse():
    rng = np.random.default_rng(1)
    X = np.eye(3)[rng.integers(0, 3, 50)]
    y = rng.standard_normal(50)
    with pytest.warns(Warning, match="rank-deficient"):
        peer = ordinary_least_squares(X, y, True)
    fit = solve_closed_form(X, y)
    assert joined(fit.standard_errors, fit.bias_standard_error, True) == pytest.approx(peer.bse, rel=1e-10)
    assert fit.residual_deviation == pytest.approx(np.sqrt(peer.mse_resid), rel=1e-10)
    assert fit.adjusted_r_squared == pytest.approx(peer.rsquared_adj, rel=1e-10)


def test_the_ill_conditioned_road_gives_the_same_figures_as_the_fast_one():
    rng = np.random.default_rng(2)
    X = rng.standard_normal((40, 2))
    y = rng.standard_normal(40)
    fast = solve_closed_form(X, y)
    near = 2.0**-30 * X[:, 1]
    exact = solve_closed_form(np.column_stack([X[:, 0], X[:, 0] + near]), y)
    assert fast.method != exact.method
    assert exact.residual_deviation == pytest.approx(fast.residual_deviation, rel=1e-7)
    assert exact.standard_errors[1].item() == pytest.approx(fast.standard_errors[1].item() * 2.0**30, rel=1e-6)
    assert exact.r_squared == pytest.approx(fast.r_squared, rel=1e-6)


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999])
def test_the_confidence_chosen_is_the_confidence_given(confidence):
    rng = np.random.default_rng(3)
    X, y = rng.standard_normal((25, 2)), rng.standard_normal(25)
    fit = solve_closed_form(X, y, confidence=confidence)
    assert fit.confidence == confidence
    assert fit.confidence_interval.numpy() == pytest.approx(
        ordinary_least_squares(X, y, True).conf_int(1 - confidence)[:2], rel=1e-9
    )


def test_intervals_cover_the_true_weight_as_often_as_they_say():
    rng = np.random.default_rng(4)
    X = rng.standard_normal((8, 1))
    hits = 0
    for _trial in range(400):
        low, high = solve_closed_form(X, 2 * X[:, 0] + rng.standard_normal(8), confidence=0.8).confidence_interval[0]
        hits += low <= 2 <= high
    assert 0.74 < hits / 400 < 0.86


@pytest.mark.parametrize("freedom", [1, 2, 10, 10**6])
def test_the_quantile_is_that_of_student(freedom):
    assert student_quantile(freedom, 0.95) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-12)


def test_as_many_columns_as_rows_leave_nothing_to_estimate_noise_from():
    fit = solve_closed_form([[1.0], [2.0]], [3.0, 5.0])
    assert fit.residual_deviation is None
    assert fit.standard_errors is None
    assert fit.bias_standard_error is None
    assert fit.t_statistics is None
    assert fit.confidence_interval is None
    assert fit.bias_confidence_interval is None
    assert fit.adjusted_r_squared is None
    assert fit.r_squared == 1.0


def test_constant_labels_leave_nothing_to_explain():
    fit = solve_closed_form([[1.0], [2.0], [4.0]], [7.0, 7.0, 7.0])
    assert (fit.weights.tolist(), fit.bias) == ([0.0], 7.0)
    assert fit.r_squared is None
    assert fit.adjusted_r_squared is None
    assert fit.residual_deviation == 0.0
    assert fit.t_statistics is None


def test_without_an_intercept_r_squared_is_uncentred():
    X, y = np.array([[1.0], [2.0], [4.0]]), np.array([7.0, 7.0, 7.0])
    fit = solve_closed_form(X, y, intercept=False)
    assert fit.r_squared == pytest.approx(1 - 2 * 3 * fit.loss / (y @ y), rel=1e-14)
    assert fit.bias_standard_error is None
    assert fit.bias_t_statistic is None
    assert fit.bias_confidence_interval is None


def test_labels_of_zero_without_an_intercept_have_no_r_squared():
    assert solve_closed_form([[1.0], [2.0], [4.0]], [0.0, 0.0, 0.0], intercept=False).r_squared is None


def test_a_large_mean_of_the_labels_costs_r_squared_nothing():
    rng = np.random.default_rng(5)
    X, y = rng.standard_normal((50, 2)), rng.standard_normal(50)
    assert solve_closed_form(X, y + 2.0**30).r_squared == pytest.approx(solve_closed_form(X, y).r_squared, rel=1e-6)


@pytest.mark.parametrize("confidence", [0, 1, -0.5, 95, float("nan"), "0.9", None, True])
def test_a_confidence_that_is_no_probability_is_refused(confidence):
    with pytest.raises(InputError, match="confidence has to be a number between 0 and 1"):
        solve_closed_form([[1.0], [2.0]], [1.0, 2.0], confidence=confidence)


def exact_r_squared(x, y):
    x, y = [Fraction(float(v)) for v in x], [Fraction(float(v)) for v in y]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    shared = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True))
    return float(shared**2 / sum((a - mx) ** 2 for a in x) / sum((b - my) ** 2 for b in y))


@pytest.mark.parametrize("slope", [3e-1, 1e-3, 1e-6, 0.0])
def test_a_tiny_r_squared_keeps_its_digits(slope):
    rng = np.random.default_rng(13)
    x, y = rng.uniform(size=60), rng.standard_normal(60)
    away = x - x.mean()
    y = y - away * (away @ y) / (away @ away) + slope * away
    assert solve_closed_form(x[:, None], y).r_squared == pytest.approx(exact_r_squared(x, y), rel=1e-9)


@pytest.mark.parametrize("intercept", [True, False])
def test_r_squared_is_never_below_zero_and_zero_for_features_that_never_vary(intercept):
    for n in range(2, 120):
        y = np.random.default_rng(n).standard_normal(n)
        constant = np.column_stack([np.full(n, 0.7), np.full(n, -1e3)])
        found = solve_closed_form(constant if intercept else np.full((n, 1), 1e-9), y, intercept)
        assert found.r_squared == 0.0 if intercept else found.r_squared >= 0.0


def test_a_coefficient_that_no_row_determines_has_no_t_and_no_interval():
    rng = np.random.default_rng(5)
    levels = np.eye(3)[rng.integers(0, 3, 60)]
    X = np.column_stack([levels, rng.standard_normal(60)])
    fit = solve_closed_form(X, rng.standard_normal(60) + 5)
    assert fit.determined.tolist() == [False, False, False, True]
    assert not fit.bias_determined
    assert np.isnan(fit.t_statistics.numpy()).tolist() == [True, True, True, False]
    assert np.isnan(fit.confidence_interval.numpy()).tolist() == [[True] * 2] * 3 + [[False] * 2]
    assert np.isnan([fit.bias_t_statistic, *fit.bias_confidence_interval]).all()
    lean = solve_closed_form(X[:, 1:], fit.predict(X).numpy() + rng.standard_normal(60))
    assert lean.determined.all()
    assert lean.bias_determined
