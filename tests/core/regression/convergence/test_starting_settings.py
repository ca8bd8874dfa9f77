"""Where a run starts: the gap forecast for it, and what it costs, against runs and sums made by hand."""

import numpy as np
import pandas as pd
import pytest

from core.regression import SgdConfig, forecast, solve_closed_form, train_sgd
from core.regression.convergence.forecast import kept_at_the_end
from core.regression.convergence.starting_settings import choose_start, cost, forecast_starts
from core.regression.sgd.stability import safe_limit

RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
USUAL = SgdConfig(0.03, 10, 20, standardise=True)


def table(n: int = 120, d: int = 4):
    rng = np.random.default_rng(3)
    X = rng.standard_normal((n, d)) @ (np.eye(d) + 0.4) * [1.0, 5.0, 0.2, 30.0] + 100.0
    return X, X @ [3.0, -1.0, 8.0, 0.2] + 4.0 * rng.standard_normal(n)


@pytest.mark.parametrize("updates", [2, 3, 7])
def test_scatter_kept_at_the_end_of_an_epoch_is_the_sum_over_its_updates(updates):
    strides = np.array([1e-3, 0.1, 0.7, 1.5])
    for stride, kept in zip(strides, kept_at_the_end(strides, updates), strict=True):
        left = (1.0 - stride) ** np.arange(updates)[::-1]
        of_two = np.full((updates, updates), -1.0 / (updates - 1))  # rows are drawn without replacement
        np.fill_diagonal(of_two, 1.0)
        assert kept == pytest.approx(left @ of_two @ left / (1.0 - (1.0 - stride) ** (2 * updates)), rel=1e-9)
    assert kept_at_the_end(strides, 1).tolist() == [0.0] * 4


def test_on_all_rows_the_gap_forecast_is_that_of_the_run():
    X, y = table()
    fit = solve_closed_form(X, y)
    starts = forecast_starts(X, y, USUAL, fit, [0.1], [1024])
    assert starts["batch_size"].eq(120).all()
    for row in starts[starts["epochs"].isin([1, 20, 70])].itertuples():
        run = train_sgd(X, y, 0.1, 120, row.epochs, standardise=True)
        assert row.gap == pytest.approx(run.gap / fit.loss, rel=1e-6)


@pytest.mark.parametrize(("batch_size", "epochs"), [(10, 20), (10, 70), (32, 30)])
def test_with_minibatches_it_is_near_the_mean_of_many_runs(batch_size, epochs):
    X, y = table()
    fit = solve_closed_form(X, y)
    starts = forecast_starts(X, y, USUAL, fit, [0.01], [batch_size])
    told = float(starts.loc[starts["epochs"] == epochs, "gap"].iloc[0])
    gaps = [train_sgd(X, y, 0.01, batch_size, epochs, seed, standardise=True, fit=fit).gap for seed in range(40)]
    assert 0.7 * np.mean(gaps) / fit.loss < told < 1.6 * np.mean(gaps) / fit.loss


def test_rates_near_what_minibatches_tolerate_are_left_out_and_the_best_of_the_others_is_told():
    X, y = table()
    fit = solve_closed_form(X, y)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    starts = forecast_starts(X, y, USUAL, fit, RATES, [1, 16, 200])
    for size, rows in starts.groupby("batch_size"):
        limit = min(safe_limit(Z, batch) for batch in {int(size), 120 % int(size) or int(size)})
        assert rows["learning_rate"].max() < 0.9 * limit
        for row in rows.itertuples():
            alone = [
                forecast_starts(X, y, USUAL, fit, [rate], [size]).set_index("epochs")["gap"].get(row.epochs, np.inf)
                for rate in RATES
            ] if row.epochs == 20 else [row.gap]  # fmt: skip
            assert row.gap == pytest.approx(min(alone), rel=1e-12)
    told = forecast(X, y, SgdConfig(0.03, 120, 20, standardise=True), fit=fit)
    assert starts["learning_rate"].max() < 2.0 / told.eigenvalues[0]


def test_what_takes_too_long_is_left_out():
    X, y = table()
    fit = solve_closed_form(X, y)
    most = cost(120, 4, 10, 20)
    starts = forecast_starts(X, y, USUAL, fit, RATES, [1, 10, 128], most)
    assert {(row.batch_size, row.epochs) for row in starts.itertuples() if row.epochs >= 15} == {
        (10, 15), (10, 20), (120, 15), (120, 20),
    }  # fmt: skip
    assert forecast_starts(X, y, USUAL, fit, RATES, [10], 1).empty


def test_a_perfect_fit_has_no_gap_to_choose_by():
    X, _y = table()
    y = X @ [1.0, 2.0, 3.0, 4.0]
    assert forecast_starts(X, y, USUAL, solve_closed_form(X, y), RATES, [10]).empty


def test_as_few_epochs_as_will_do_and_the_batch_size_nearest_to_the_usual_one():
    starts = pd.DataFrame(
        [(10, 10, 0.1, 0.01), (20, 64, 0.1, 0.02), (50, 100, 0.1, 0.03), (50, 16, 0.2, 0.03), (50, 10, 0.1, 0.3),
         (100, 10, 0.1, 0.001)],
        columns=["epochs", "batch_size", "learning_rate", "gap"],
    )  # fmt: skip
    assert choose_start(starts, 0.04, USUAL)[["epochs", "batch_size"]].tolist() == [20, 64]
    assert choose_start(starts.drop(index=1), 0.04, USUAL)[["epochs", "batch_size"]].tolist() == [50, 16]
    assert choose_start(starts.head(1), 0.04, USUAL)["epochs"] == 10
    assert choose_start(starts, 1e-9, USUAL)["gap"] == 0.001
