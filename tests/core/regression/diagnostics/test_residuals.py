"""Residuals: their shape, their histogram, their quantiles, their running mean."""

import numpy as np
import pytest
import statsmodels.stats.stattools as sm
from scipy import stats

from core.errors import InputError
from core.regression.diagnostics.normality import MOST_BINS, find_shape, histogram, normal_quantiles
from core.regression.diagnostics.residuals import find_residuals, largest_rows, rows_to_draw, running_mean, spread_ratio


def draw(n, seed=0):
    return np.random.default_rng(seed).standard_normal(n)


def test_residuals_are_truth_less_prediction_and_their_deviation_counts_the_parameters():
    found = find_residuals([[0.0], [1.0], [2.0], [3.0]], [1.0, 2.0, 4.0, 0.0], weights=[1.0], bias=1.0, rank=2)
    assert found.residuals.tolist() == [0.0, 0.0, 1.0, -4.0]
    assert found.fitted.tolist() == [1.0, 2.0, 3.0, 4.0]
    assert found.deviation == pytest.approx(np.sqrt(17 / 2))
    assert not found.perfect


def test_residuals_that_are_rounding_only_are_perfect():
    X = draw(60).reshape(20, 3) * 1e6
    w = np.array([0.1, 0.2, 0.3])
    exact = find_residuals(X, X @ w[::1] + 0.7 + 1e-12, w, 0.7, 4)
    assert exact.perfect
    assert not find_residuals(X, X @ w + 0.7001, w, 0.7, 4).perfect


def test_as_many_parameters_as_rows_leave_no_deviation():
    assert find_residuals([[0.0], [1.0]], [1.0, 2.0], [1.0], 1.0, rank=2).deviation is None
    with pytest.raises(InputError):
        find_residuals([[0.0]], [1.0, 2.0], [1.0], 0.0, rank=1)


@pytest.mark.parametrize("values", [draw(200), np.exp(draw(500)), draw(4) * 1e90, draw(1000) * 1e-80])
def test_the_shape_is_that_of_scipy_and_statsmodels(values):
    found = find_shape(values)
    scaled = values / np.abs(values).max()
    statistic, p_value, skewness, kurtosis = sm.jarque_bera(scaled)
    assert found.jarque_bera == pytest.approx(statistic, rel=1e-10)
    assert found.p_value == pytest.approx(p_value, rel=1e-9, abs=1e-300)
    assert found.skewness == pytest.approx(skewness, rel=1e-10)
    assert found.excess + 3 == pytest.approx(kurtosis, rel=1e-10)
    assert found.p_value == pytest.approx(stats.jarque_bera(scaled).pvalue, rel=1e-9, abs=1e-300)


def test_values_that_never_vary_have_no_shape():
    assert find_shape(np.full(5, 2.0)) is None
    assert find_shape(np.zeros(3)) is None
    assert find_shape(np.array([1.0])) is None


def test_the_histogram_counts_every_row_and_the_curve_has_the_same_area():
    residuals = 2.5 * draw(5000)
    bars, curve = histogram(residuals, 2.5)
    assert bars["rows"].sum() == 5000
    width = bars["high"] - bars["low"]
    assert bars["low"].iloc[1:].to_numpy() == pytest.approx(bars["high"].iloc[:-1])
    area = np.trapezoid(curve["rows"], curve["residual"])
    assert area == pytest.approx(5000 * width.iloc[0], rel=1e-3)
    at = curve.iloc[100]
    assert at["residual"] == pytest.approx(0, abs=1e-12)
    assert at["rows"] == pytest.approx(5000 * width.iloc[0] * stats.norm(0, 2.5).pdf(0))


@pytest.mark.parametrize(
    "values", [np.array([-1.0, 0.0, 1.0]), np.append(np.zeros(1000), 1e9), np.append(draw(500), -1e6), draw(100_000)]
)
def test_a_histogram_has_neither_too_many_bars_nor_too_few(values):
    bars, _curve = histogram(values, float(values.std()))
    assert 3 <= len(bars) <= MOST_BINS
    assert bars["rows"].sum() == len(values)


def test_the_band_of_the_quantiles_is_that_of_beta_distributed_order_statistics():
    found = normal_quantiles(draw(50))
    rank = found["rank"].to_numpy()
    for column, share in (("low", 0.025), ("expected", 0.5), ("high", 0.975)):
        oracle = stats.norm.ppf(stats.beta.ppf(share, rank + 1, 50 - rank))
        assert found[column].to_numpy() == pytest.approx(oracle, abs=1e-9)
    assert found["value"].is_monotonic_increasing


def test_normal_values_lie_in_the_band_as_often_as_it_says():
    inside = []
    for seed in range(200):
        found = normal_quantiles(draw(80, seed))
        inside.append(found["value"].between(found["low"], found["high"]).mean())
    assert np.mean(inside) == pytest.approx(0.95, abs=0.02)


def test_of_many_values_the_ends_are_kept():
    values = draw(200_000)
    found = normal_quantiles(values)
    assert len(found) <= 1000
    assert found["value"].iloc[:100].tolist() == np.sort(values)[:100].tolist()
    assert found["value"].iloc[-100:].tolist() == np.sort(values)[-100:].tolist()
    assert np.isfinite(found).all(axis=None)


def test_the_running_mean_is_the_mean_of_neighbours():
    fitted, residuals = draw(400), draw(400, 1)
    found = running_mean(fitted, residuals)
    order = np.argsort(fitted)
    for row, rows in zip(found.itertuples(), np.array_split(order, 20), strict=True):
        mean, error = residuals[rows].mean(), residuals[rows].std(ddof=1) / np.sqrt(20)
        assert (row.fitted, row.mean, row.low) == pytest.approx((fitted[rows].mean(), mean, mean - 2 * error))
    assert found["rows"].sum() == 400


@pytest.mark.parametrize(("n", "bins"), [(3, 0), (23, 0), (24, 3), (79, 9), (1000, 20)])
def test_few_rows_have_few_bins_or_none(n, bins):
    assert len(running_mean(draw(n), draw(n, 1))) == bins


def test_a_funnel_is_told_by_the_ratio_of_spreads():
    fitted = np.linspace(1, 9, 3000)
    assert spread_ratio(fitted, draw(3000) * fitted) == pytest.approx(7.67 / 2.33, rel=0.15)
    assert spread_ratio(fitted[:29], draw(29)) is None
    assert spread_ratio(fitted, np.zeros(3000)) is None


def test_the_largest_rows_come_largest_first_and_ties_in_the_order_of_the_table():
    assert largest_rows([1, -3, 3, 0, 2], 3).tolist() == [1, 2, 4]
    assert largest_rows([np.nan, 2.0, np.nan], 3).tolist() == [1]
    assert largest_rows([np.nan], 1).tolist() == []
    assert largest_rows(np.ones(10), 3).tolist() == [0, 1, 2]


def test_rows_to_draw_are_spread_evenly_and_hold_those_that_matter():
    found = rows_to_draw(1_000_000, 1000, np.array([5, 17, 999_998]))
    assert len(found) <= 1000
    assert {0, 5, 17, 999_998, 999_999} <= set(found.tolist())
    assert np.diff(found).max() < 1100
    assert rows_to_draw(5, 10).tolist() == [0, 1, 2, 3, 4]
