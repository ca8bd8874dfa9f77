"""The plan of a sweep lies around the limit of stability, and never takes more than a minute or two of work."""

import math
from itertools import pairwise

import numpy as np
import pytest

from core.errors import InputError
from core.regression import (
    SgdConfig,
    make_synthetic,
    plan_sweep,
    solve_closed_form,
    solve_ridge,
    stability_limit,
    sweep,
    train_sgd,
)
from core.regression.experiments.sweep import steps_to_one_percent

RATES = [float(f"{digit}e{power}") for power in range(-12, 1) for digit in (1, 1.5, 2, 3, 5, 7)] + [10.0]
SIZES = [1, 2, 4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 500, 512, 1000, 1024]


def test_rates_reach_over_both_sides_of_the_limit_and_batches_from_one_row_to_all():
    X, y = make_synthetic(150, [1.0, 20.0], noise=0.5)
    plan = plan_sweep(X * 3 + 1, y, RATES, SIZES, SgdConfig.of(epochs=5))
    assert plan.limit == stability_limit(X * 3 + 1)
    assert plan.batch_limits == tuple(stability_limit(X * 3 + 1, size) for size in plan.batch_sizes)
    assert len(plan.learning_rates) == 8
    assert set(plan.learning_rates) <= set(RATES)
    assert plan.learning_rates[-2] < 3 * plan.limit <= plan.learning_rates[-1]
    assert plan.learning_rates[0] < plan.limit / 100
    assert (plan.batch_sizes[0], plan.batch_sizes[-1], len(plan.batch_sizes)) == (1, 150, 6)
    assert set(plan.batch_sizes[:-1]) <= set(SIZES)
    assert plan.epochs == 5


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize("penalty", [0.0, 0.3])
def test_the_limit_is_where_full_batch_descent_begins_to_run_away(standardise, penalty):
    X, y = make_synthetic(60, [1.0, -2.0, 0.5], noise=0.5)
    for optimizer in ("sgd", "momentum"):
        choices = {"standardise": standardise, "penalty": penalty, "optimizer": optimizer, "momentum": 0.8}
        limit = plan_sweep(X * 4, y, RATES, SIZES, SgdConfig.of(**choices)).limit
        runs = [train_sgd(X * 4, y, limit * share, 60, 2000, **choices) for share in (0.98, 1.02)]
        assert [run.diverged for run in runs] == [False, True]


def test_adam_has_no_limit_and_momentum_none_for_minibatches():
    X, y = make_synthetic(60, [1.0, -2.0], noise=0.5)
    adam = plan_sweep(X, y, RATES, SIZES, SgdConfig.of(optimizer="adam"))
    assert adam.limit == math.inf
    assert adam.batch_limits == ()
    assert adam.learning_rates[-2] < 4.3 <= adam.learning_rates[-1]
    assert plan_sweep(X, y, RATES, SIZES, SgdConfig.of(optimizer="momentum")).batch_limits == ()


@pytest.mark.parametrize("n", [2, 3, 7, 1000, 5000])
def test_every_batch_size_can_be_trained_with_and_comes_once(n):
    X, y = make_synthetic(n, noise=0.1)
    sizes = plan_sweep(X, y, RATES, SIZES).batch_sizes
    assert list(sizes) == sorted(set(sizes))
    assert sizes[0] == 1
    assert sizes[-1] == (n if n <= 1024 else 1024)
    assert all(large >= 1.4 * small for small, large in pairwise(sizes))


def test_gaps_are_compared_with_the_smallest_loss_unless_that_is_rounding():
    X, y = make_synthetic(60, noise=0.5)
    assert plan_sweep(X, y, RATES, SIZES).smallest == solve_closed_form(X, y).loss
    assert plan_sweep(X, y, RATES, SIZES, SgdConfig.of(penalty=0.3)).smallest == solve_ridge(X, y, 0.3).objective
    X, y = make_synthetic(60, noise=0.0)
    assert plan_sweep(X, y, RATES, SIZES).smallest == 0.0
    assert plan_sweep(X * 1e6, y * 1e-9, RATES, SIZES).smallest == 0.0


def test_large_work_is_cut_to_fewer_runs_and_then_to_fewer_epochs(monkeypatch):
    X, y = make_synthetic(1000, noise=0.1)
    monkeypatch.setattr("core.regression.experiments.sweep._NUMBERS_AFFORDED", 1000 * 6 * 16 * 3)
    small = plan_sweep(X, y, RATES, SIZES, SgdConfig.of(epochs=2), size=(12, 8))
    assert (len(small.learning_rates), len(small.batch_sizes), small.epochs) == (4, 4, 2)
    assert plan_sweep(X, y, RATES, SIZES, SgdConfig.of(epochs=20)).epochs == 3
    assert plan_sweep(X, y, RATES, SIZES, SgdConfig.of(epochs=1), size=(8, 6)).epochs == 1
    monkeypatch.setattr("core.regression.experiments.sweep._NUMBERS_AFFORDED", 1)
    assert plan_sweep(X, y, RATES, SIZES, SgdConfig.of(epochs=20)).epochs == 1


def test_huge_and_tiny_values_still_give_a_map():
    X, y = make_synthetic(40, noise=0.1)
    assert plan_sweep(X * 1e20, y, RATES, SIZES).learning_rates[0] == 1e-12
    assert plan_sweep(X * 1e-20, y, RATES, SIZES).learning_rates[-1] == 10.0


def test_nothing_to_choose_from_is_named():
    with pytest.raises(InputError, match="allow at least one learning rate and one batch size"):
        plan_sweep([[1.0], [2.0]], [1.0, 2.0], [], [1])


CHOICES = [
    {"optimizer": "momentum", "momentum": 0.7},
    {"optimizer": "adam", "shuffle": "once"},
    {"penalty": 0.3, "start_spread": 1.0, "standardise": True},
    {"shuffle": "never", "early_stopping": 2, "start_spread": 0.0},
]


@pytest.mark.parametrize("choices", CHOICES)
def test_every_cell_is_the_run_of_train_sgd_with_the_same_choices(choices):
    X, y = make_synthetic(80, [1.0, 20.0], noise=0.8)
    rows = {"X_test": X[60:], "y_test": y[60:]}
    table = sweep(
        X[:60], y[:60], [0.001, 0.3, 5.0], [1, 7, 60], epochs=6, seed=3, config=SgdConfig.of(**choices), **rows
    )
    assert len(table) == 9
    for row in table.itertuples():
        run = train_sgd(X[:60], y[:60], row.learning_rate, row.batch_size, 6, 3, **choices, **rows)
        assert (row.steps, row.gap, row.loss, row.diverged) == (run.steps, run.gap, run.loss, run.diverged)
        if "early_stopping" not in choices:
            close = run.history["gap"] <= 0.01 * run.history["gap"].iloc[0]
            first = run.history["step"][close].min()
            assert row.steps_to_one_percent == first or (math.isnan(first) and math.isnan(row.steps_to_one_percent))


def test_the_first_update_close_to_the_closed_form_is_counted_from_every_update():
    X, y = make_synthetic(50, noise=0.1)
    run = train_sgd(X, y, 0.1, 10, 10, record=10_000)
    gaps = run.history["gap"].to_numpy()
    expected = next(step for step, gap in enumerate(gaps) if gap <= 0.01 * gaps[0])
    assert sweep(X, y, [0.1], [10], 10)["steps_to_one_percent"].tolist() == [expected]
    assert math.isnan(steps_to_one_percent(np.array([0, 1]), np.array([1.0, 0.5])))
    assert steps_to_one_percent(np.array([0, 1]), np.array([0.0, 0.0])) == 0.0
