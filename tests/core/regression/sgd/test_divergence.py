import re

import numpy as np
import pytest

from core.regression import make_synthetic, stability_limit, train_sgd
from core.regression.sgd.divergence import _round_down


def raw_table(n=200, d=3, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.uniform(500, 4000, (n, d))
    return X, X @ rng.uniform(-2, 2, d) + 100 * rng.standard_normal(n)


def test_raw_features_diverge_within_thirty_updates_and_the_note_says_why():
    X, y = raw_table()
    run = train_sgd(X, y, 0.03, 10, 3, feature_names=["area", "weight", "age"])
    A = np.column_stack([X, np.ones(len(X))])
    values, vectors = np.linalg.eigh(A.T @ A / len(A))
    assert run.diverged
    assert run.steps < 30
    assert np.isfinite(run.history.to_numpy()).all()
    assert run.history["step"].iloc[-1] == run.steps
    assert run.divergence.eigenvalue == pytest.approx(values[-1])
    assert abs(run.divergence.direction @ vectors[:, -1]) == pytest.approx(1)
    assert run.divergence.limit == pytest.approx(2 / values[-1])
    assert set(run.divergence.leading) == {"area", "weight", "age"}
    assert run.note.startswith(f"The run diverged and ended after {run.steps} updates: the curvature of the loss is ")
    assert " updates: the curvature of the loss is largest along " in run.note
    assert f"eigenvalue {values[-1]:.4g}" in run.note
    assert re.search(r"A learning rate of [0-9.e-]+ works, or standardised features with [0-9.e-]+\.$", run.note)


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_the_rates_that_the_note_names_work(seed, optimizer):
    rng = np.random.default_rng(seed)
    n, d = int(rng.integers(1, 150)), int(rng.integers(1, 8))
    X = rng.standard_t(3, (n, d)) * 10.0 ** rng.uniform(-3, 4, d) + 10.0 ** rng.uniform(-2, 4, d)
    y = X @ rng.standard_normal(d) + rng.standard_normal(n)
    batch = int(rng.integers(1, n + 1))
    rate = 1e9 if optimizer == "adam" else 30 * stability_limit(X)
    run = train_sgd(X, y, rate, batch, 20, optimizer=optimizer)
    assert run.diverged
    named = [float(number) for number in re.findall(r"(?:rate of|features with) ([0-9.e+-]*[0-9])", run.note)][-2:]
    assert run.divergence.working_rate in named
    again = train_sgd(X, y, run.divergence.working_rate, batch, 40, optimizer=optimizer)
    assert not again.diverged
    assert again.gap <= 1.01 * again.history["gap"].iloc[0]
    if run.divergence.standardised_rate:
        scaled_rate = run.divergence.standardised_rate
        assert scaled_rate in named
        scaled = train_sgd(X, y, scaled_rate, batch, 40, standardise=True, optimizer=optimizer)
        assert not scaled.diverged


def test_a_short_last_batch_is_blamed_when_it_is_the_cause():
    X, y = make_synthetic(101, np.ones(20))
    rate = 0.9 * stability_limit(X, 100)
    run = train_sgd(X, y, rate, 100, 300)
    assert run.diverged
    assert run.divergence.batch_size == 1
    assert "the noise of minibatches of 1 row allows only about" in run.note
    assert not train_sgd(X, y, run.divergence.working_rate, 100, 300).diverged


def test_a_finite_run_that_ends_above_its_start_has_diverged():
    X, y = make_synthetic(100)
    run = train_sgd(X, y, 1.05 * stability_limit(X), 100, 20, initial=([2.1, -3.3], 4.0))
    assert run.diverged
    assert np.isfinite(run.gap)
    assert run.gap > run.history["gap"].iloc[0]


@pytest.mark.parametrize("batch", [1, 5, 100])
def test_jitter_around_the_closed_form_is_no_divergence(batch):
    X, y = make_synthetic(100, noise=5.0)
    fit = train_sgd(X, y).closed_form
    run = train_sgd(X, y, 0.5 * stability_limit(X, batch), batch, 50, initial=(fit.weights, fit.bias))
    assert run.gap > run.history["gap"].iloc[0]
    assert not run.diverged
    assert run.note == ""


def test_no_divergence_where_there_is_nothing_to_learn():
    for labels in (np.zeros(8), np.full(8, 0.1)):
        run = train_sgd(np.ones((8, 2)), labels, 0.1, 3, 50)
        assert not run.diverged
        assert run.gap < 1e-3


@pytest.mark.parametrize("size", [1e-250, 1e-80, 1e80, 9e99])
def test_extreme_units_never_leave_the_finite(size):
    X, y = raw_table(40, 2)
    X = X / 4000 * size
    for standardise in (False, True):
        run = train_sgd(X, y, 0.03, 10, 3, standardise=standardise)
        assert np.isfinite(run.history[["loss", "gap"]].to_numpy()).all()
        assert np.isfinite(run.history.to_numpy()).all()


def test_large_learning_rates_never_leave_the_finite():
    X, y = raw_table()
    for rate in (1e20, 1e100, 1e300):
        run = train_sgd(X, y, rate, 10, 3)
        assert run.diverged
        assert np.isfinite(run.history.to_numpy()).all()


def test_a_single_update_beyond_float64_has_diverged():
    X, y = raw_table()
    run = train_sgd(X, y, 1e308, 200, 1)
    assert run.diverged
    assert run.history["step"].tolist() == [0.0]
    assert np.isfinite([*run.weights, run.bias, run.gap]).all()


def test_large_tables_get_rates_that_work_without_the_exact_limit():
    rng = np.random.default_rng(3)
    X = rng.standard_t(3, (30_000, 20)) * 100 + 500
    y = X.sum(axis=1) + rng.standard_normal(30_000)
    run = train_sgd(X, y, 0.03, 7, 1)
    assert run.divergence.working_rate < run.divergence.batch_limit <= stability_limit(X, 7)
    assert not train_sgd(X, y, run.divergence.working_rate, 7, 1).diverged
    assert not train_sgd(X, y, run.divergence.standardised_rate, 7, 1, standardise=True).diverged


def test_rates_are_rounded_down():
    assert [_round_down(rate) for rate in (0.01999, 3.0, 99.9, 1.0, 1e-7, 0.055)] == [0.019, 3, 99, 1, 1e-7, 0.055]
