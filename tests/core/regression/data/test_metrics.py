"""Scores and predictions against exact fractions: where terms cancel, and where squares would underflow."""

from fractions import Fraction

import numpy as np
import pytest

from core.regression import evaluate, fit_leverage, fit_scaling, solve_closed_form, train_sgd
from core.regression.data.metrics import column_spread, root_mean_square
from core.regression.data.predictions import predict
from core.regression.diagnostics.influence import find_influence
from core.regression.diagnostics.residuals import find_residuals
from core.regression.experiments.solver_accuracy import measure_solver_accuracy, score_answer


def exact_residuals(X, y, weights, bias):
    """y - Xw - b of the parameters as they are, in fractions, rounded last."""
    w = [Fraction(v) for v in weights]
    return np.array([
        float(Fraction(label) - Fraction(bias) - sum(Fraction(x) * v for x, v in zip(row, w, strict=True)))
        for row, label in zip(X.tolist(), y.tolist(), strict=True)
    ])  # fmt: skip


def moments(n=50, scale=1e18, seed=0):
    """Starts and ends as a clock counts them: columns of size `scale` that differ by little."""
    rng = np.random.default_rng(seed)
    start = scale * (1.5 + np.arange(n) * 1e-8)
    end = start + np.round(rng.uniform(1e3, 9e3, n)) * np.spacing(scale)
    return np.column_stack([start, end]), 0.004 * (end - start) / np.spacing(scale) + rng.standard_normal(n)


@pytest.mark.parametrize("scale", [1e12, 1e15, 1e18])
def test_differences_of_large_columns_keep_their_residuals(scale):
    X, y = moments(scale=scale)
    fit = solve_closed_form(X, y)
    found = find_influence(X, y, fit)
    assert not found.residuals.perfect
    assert found.residuals.deviation == pytest.approx(fit.residual_deviation, rel=1e-6)
    assert evaluate(X, y, fit.weights, fit.bias).r_squared == pytest.approx(fit.r_squared, rel=1e-9)
    near = np.column_stack([X[:, 0] - X[0, 0], X[:, 1] - X[:, 0]])  # the same fit, and no digit lost
    alone = find_influence(near, y, solve_closed_form(near, y))
    assert found.cook == pytest.approx(alone.cook, rel=1e-2, abs=1e-4)  # the mean row is rounded


def test_predictions_are_those_of_the_parameters_in_fractions():
    rng = np.random.default_rng(3)
    t = rng.uniform(50, 60, 40)
    X = np.column_stack([t**power for power in range(1, 6)])
    weights = np.array([1e3, -2e2, 1e1, -1e-1, 1e-4]) * rng.standard_normal(5)
    bias = float(-(X.mean(axis=0) @ weights)) + 7.5
    y = X @ weights + bias + 1e-9 * rng.standard_normal(40)
    expected = exact_residuals(X, y, weights, bias)
    level = y - predict(X, y, weights, bias) - expected
    assert np.ptp(level) <= 1e-9 * np.abs(expected).max() + 4e-16 * np.abs(y).max()
    doubt = np.finfo(float).eps * (np.abs(X).mean(axis=0) @ np.abs(weights) + abs(bias))
    assert np.abs(level).max() <= doubt


@pytest.mark.parametrize("first", [1, 1950, 20_000])
def test_r_squared_of_the_predictions_is_never_above_that_of_the_closed_form(first):
    rng = np.random.default_rng(first)
    year = np.arange(first, first + 40.0)
    X = np.column_stack([year**power for power in range(1, 6)])
    y = 30 + 4 * np.cos(year / 4) + rng.standard_normal(40)
    fit = solve_closed_form(X, y)
    own = evaluate(X, y, fit.weights, fit.bias).r_squared
    assert own <= fit.r_squared + 1e-13
    assert own == pytest.approx(fit.r_squared, rel=1e-2)  # the weights are rounded, which costs what is left


@pytest.mark.parametrize("power", [-600, -550, 0, 300])
def test_units_change_no_score_however_small(power):
    rng = np.random.default_rng(8)
    X = rng.standard_normal((30, 2))
    y = X @ [1.0, -2.0] + rng.standard_normal(30)
    tiny = np.ldexp(y, power)
    fit, scaled = solve_closed_form(X, y), solve_closed_form(X, tiny)
    before, after = (evaluate(X, labels, f.weights, f.bias) for labels, f in ((y, fit), (tiny, scaled)))
    assert after.r_squared == pytest.approx(before.r_squared, rel=1e-12)
    assert after.rmse == pytest.approx(np.ldexp(before.rmse, power), rel=1e-12)
    first, second = find_influence(X, y, fit), find_influence(X, tiny, scaled)
    assert second.residuals.deviation == pytest.approx(np.ldexp(first.residuals.deviation, power), rel=1e-12)
    assert second.cook == pytest.approx(first.cook, rel=1e-9)


@pytest.mark.parametrize("power", [-900, -550, -520])
def test_columns_of_tiny_values_vary_like_others(power):
    rng = np.random.default_rng(9)
    X = rng.standard_normal((30, 2))
    y = X @ [1.0, -2.0] + rng.standard_normal(30)
    tiny = np.ldexp(X, [power, 0])
    assert np.ldexp(fit_scaling(tiny).spread, [-power, 0]) == pytest.approx(X.std(axis=0), rel=1e-13)
    assert fit_leverage(tiny, solve_closed_form(tiny, y)).of(tiny) == pytest.approx(
        fit_leverage(X, solve_closed_form(X, y)).of(X), rel=1e-9
    )
    runs = [train_sgd(rows, y, 0.1, 30, 5, standardise=True) for rows in (X, tiny)]
    assert runs[1].gap == pytest.approx(runs[0].gap, rel=1e-9)


def test_root_mean_squares_are_those_of_larger_units():
    values = np.random.default_rng(2).standard_normal((20, 3))
    for power in (-1000, -540, 0, 500):
        assert root_mean_square(np.ldexp(values, power)) == pytest.approx(
            np.ldexp(np.sqrt(np.square(values).mean(axis=0)), power), rel=1e-12
        )
        assert column_spread(np.ldexp(values, power)) == pytest.approx(np.ldexp(values.std(axis=0), power), rel=1e-12)
    assert column_spread(np.full((4, 1), 0.1)).tolist() == [0.0]
    assert root_mean_square(np.zeros(3)) == 0.0


def test_labels_of_denormal_size_leave_residuals_and_no_crash():
    x = np.arange(12.0)
    y = np.random.default_rng(1).standard_normal(12) * 1e-310
    fit = solve_closed_form(x[:, None], y)
    found = find_residuals(x[:, None], y, fit.weights, fit.bias, 2)
    assert found.deviation == pytest.approx(fit.residual_deviation, rel=1e-3)


def test_digits_are_counted_for_labels_of_any_size():
    rng = np.random.default_rng(4)
    X = rng.standard_normal((25, 2))
    y = X @ [3.0, 1.0] + rng.standard_normal(25)
    for power in (-540, -700, -1025):
        tiny = np.ldexp(y, power)
        found = measure_solver_accuracy(X, tiny, solve_closed_form(X, tiny))
        assert all(0 <= score.loss_digits <= 16 for score in found.scores)
        assert score_answer(X, tiny, solve_closed_form(X, tiny), "SGD", [0.1, 0.2], 0.0).loss_digits == 0
