"""The choices for a run: order, start, penalty, early stopping; and the updates that are recorded."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.regression import SgdConfig, solve_closed_form, sweep, train_sgd
from core.regression.data.minibatches import draw_start, minibatch_order
from core.regression.sgd.optimizers import OPTIMIZERS

CHOICES = {
    "plain": {},
    "penalty": {"penalty": 0.3},
    "momentum": {"optimizer": "momentum", "momentum": 0.7},
    "momentum and penalty": {"optimizer": "momentum", "penalty": 0.1},
    "adam": {"optimizer": "adam"},
    "adam and penalty": {"optimizer": "adam", "penalty": 0.2},
    "once": {"shuffle": "once"},
    "never": {"shuffle": "never", "penalty": 0.05},
    "large start": {"start_spread": 1.0},
    "zero start": {"start_spread": 0.0},
}


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(5)
    X = rng.normal(size=(47, 3)) * [1.0, 2.0, 0.5] + [0.0, 1.0, -1.0]
    return X, X @ [1.0, -2.0, 0.5] + 3.0 + rng.normal(size=47)


def by_torch(X, y, start, order, batch_size, optimizer, momentum=0.9, penalty=0.0, rate=0.02):
    """Parameters after every update, by torch.optim, with weight decay on the weights only."""
    w, b = torch.tensor(start[:-1], requires_grad=True), torch.tensor(start[-1], requires_grad=True)
    groups = [{"params": [w], "weight_decay": penalty}, {"params": [b], "weight_decay": 0.0}]
    if optimizer == "adam":
        rule = torch.optim.Adam(groups, lr=rate)
    else:
        rule = torch.optim.SGD(groups, lr=rate, momentum=momentum if optimizer == "momentum" else 0.0)
    trail, features, labels = [start], torch.tensor(X), torch.tensor(y)
    for epoch in torch.from_numpy(order):
        for batch in epoch.split(batch_size):
            rule.zero_grad()
            (0.5 * (features[batch] @ w + b - labels[batch]) ** 2).mean().backward()
            rule.step()
            trail.append(np.append(w.detach().numpy(), b.item()))
    return np.array(trail)


@pytest.mark.parametrize("name", CHOICES)
def test_every_choice_makes_the_updates_of_torch_optim(rows, name):
    X, y = rows
    chosen = CHOICES[name]
    run = train_sgd(X, y, learning_rate=0.02, batch_size=10, epochs=4, seed=3, **chosen)
    order = minibatch_order(47, 10, 4, 3, chosen.get("shuffle", "every_epoch"))
    known = {key: chosen[key] for key in ("momentum", "penalty") if key in chosen}
    trail = by_torch(X, y, run.updates.before[0], order, 10, chosen.get("optimizer", "sgd"), **known)
    np.testing.assert_allclose(run.updates.before, trail[run.updates.steps], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(run.updates.after[:-1], trail[run.updates.steps[:-1] + 1], rtol=1e-9, atol=1e-12)
    assert np.isnan(run.updates.after[-1]).all()
    assert np.isnan(run.updates.gradient[-1]).all()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_makes_the_updates_that_its_row_says_in_torch(rows, name):
    X, y = rows
    run = train_sgd(X, y, learning_rate=0.02, batch_size=10, epochs=4, seed=3, optimizer=name, penalty=0.1)
    kind, arguments = OPTIMIZERS[name].torch
    known = {pair.partition("=")[0]: run.config.own[pair.partition("=")[2]] for pair in arguments}
    w, b = (torch.tensor(part, requires_grad=True) for part in np.split(run.updates.before[0], [3]))
    groups = [{"params": [w], "weight_decay": 0.1}, {"params": [b]}]
    rule, trail = getattr(torch.optim, kind)(groups, lr=0.02, **known), [run.updates.before[0]]
    features, labels = torch.tensor(X), torch.tensor(y)
    for epoch in torch.from_numpy(minibatch_order(47, 10, 4, 3)):
        for batch in epoch.split(10):
            rule.zero_grad()
            (0.5 * (features[batch] @ w + b - labels[batch]) ** 2).mean().backward()
            rule.step()
            trail.append(np.append(w.detach().numpy(), b.item()))
    np.testing.assert_allclose(run.updates.before, np.array(trail)[run.updates.steps], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("row", OPTIMIZERS.values(), ids=OPTIMIZERS)
def test_a_row_says_what_limits_the_rate_where_no_eigenvalue_does(row):
    assert row.has_spectrum or (row.rate_note and row.divergence)
    known = {"step": 3, "learning_rate": 1.0, "eigenvalue": 2.0, "leading": "x"}
    assert row.has_spectrum or "x" in row.divergence(3).format(**known)
    assert row.name == "sgd" or (row.about and row.step)


def test_options_are_those_of_some_optimizer(rows):
    assert train_sgd(*rows, optimizer="momentum", momentum=0.3).config.own == {"momentum": 0.3}
    assert SgdConfig(options={"momentum": 0.3}).momentum == 0.0
    with pytest.raises(InputError, match="momentum has to be at least 0 and below 1"):
        SgdConfig(options={"momentum": 1.0})
    with pytest.raises(TypeError, match="monentum"):
        train_sgd(*rows, monentum=0.3)


@pytest.mark.parametrize("name", CHOICES)
def test_a_recorded_gradient_is_that_of_its_minibatch(rows, name):
    X, y = rows
    chosen = CHOICES[name]
    run = train_sgd(X, y, learning_rate=0.02, batch_size=10, epochs=40, seed=3, record=30, standardise=True, **chosen)
    Z = run.scaling.transform(X)
    batches = run.minibatches(run.updates.steps)
    assert len(batches[-1]) == 0
    for before, gradient, batch in zip(run.updates.before[:-1], run.updates.gradient, batches, strict=False):
        error = Z[batch] @ before[:-1] + before[-1] - y[batch]
        expected = np.append(Z[batch].T @ error, error.sum()) / len(batch)
        expected[:-1] += chosen.get("penalty", 0.0) * before[:-1]
        np.testing.assert_allclose(gradient, expected, rtol=1e-8, atol=1e-10)


def test_minibatches_are_those_that_single_updates_name(rows):
    run = train_sgd(*rows, batch_size=10, epochs=3)
    for step, batch in zip([0, 7, 3], run.minibatches([0, 7, 3]), strict=True):
        assert batch.tolist() == run.minibatch(step + 1).tolist()


def test_shuffled_once_every_epoch_has_the_order_of_the_first():
    once = minibatch_order(30, 4, 5, 1, "once")
    assert (once == once[0]).all()
    assert sorted(once[0]) == list(range(30))
    assert once[0].tolist() != list(range(30))
    assert (minibatch_order(30, 4, 2, 1, "never") == np.arange(30)).all()


def test_the_start_has_the_spread_that_was_asked_for(rows):
    for spread in (0.0, 0.01, 1.0):
        start = draw_start(2000, 0, spread)
        assert start[:-1].std() == pytest.approx(spread, rel=0.05)
        assert start[-1] == 0
        run = train_sgd(*rows, batch_size=5, epochs=1, learning_rate=1e-9, start_spread=spread)
        assert run.updates.before[0].tolist() == draw_start(3, 0, spread).tolist()


@pytest.mark.parametrize("standardise", [False, True])
def test_with_a_penalty_the_run_comes_down_to_the_closed_form_of_ridge(rows, standardise):
    X, y = rows
    run = train_sgd(X, y, 0.05, 47, 4000, standardise=standardise, penalty=0.3)
    assert run.gap < 1e-20
    np.testing.assert_allclose(run.weights, run.ridge.weights, rtol=1e-8)
    last = run.history.iloc[-1]
    Z = run.scaling.transform(X)
    weights, bias = run.updates.before[-1][:-1], run.updates.before[-1][-1]
    loss = 0.5 * np.square(Z @ weights + bias - y).mean()
    assert last["loss"] == pytest.approx(loss, rel=1e-12)
    assert last["objective"] == pytest.approx(loss + 0.15 * weights @ weights, rel=1e-12)
    assert run.closed_form_loss == pytest.approx(run.ridge.loss)
    assert run.closed_form.loss < run.ridge.loss


def test_early_stopping_ends_at_the_epoch_where_the_test_loss_is_least():
    rng = np.random.default_rng(0)
    X, X_test = rng.normal(size=(30, 20)), rng.normal(size=(30, 20))
    y, y_test = X[:, 0] + rng.normal(size=30), X_test[:, 0] + rng.normal(size=30)
    common = {"learning_rate": 0.05, "batch_size": 5, "seed": 2, "X_test": X_test, "y_test": y_test}
    run = train_sgd(X, y, epochs=150, early_stopping=4, **common)
    losses = [
        0.5 * np.square(X_test @ run_to.weights.numpy() + run_to.bias - y_test).mean()
        for run_to in (train_sgd(X, y, epochs=epochs, **common) for epochs in range(1, 80))
    ]
    best = next(e for e in range(len(losses)) if all(losses[e] <= later for later in losses[e + 1 : e + 5])) + 1
    stop = run.stopped_early
    assert (stop.best_epoch, stop.epochs, stop.is_early) == (best, best + 4, True)
    assert stop.test_loss == pytest.approx(losses[best - 1], rel=1e-9)
    assert run.steps == best * 6
    assert run.history["test_loss"].iloc[-1] == pytest.approx(stop.test_loss)
    assert f"after epoch {best + 4}" in run.note
    assert np.isnan(run.updates.gradient[-1]).all()


def test_a_run_that_diverges_is_shown_whole_in_spite_of_early_stopping(rows):
    X, y = rows
    run = train_sgd(X, y, 5.0, 10, 50, X_test=X, y_test=y, early_stopping=1)
    assert run.diverged
    assert run.stopped_early is None
    assert run.steps > 0


def test_early_stopping_needs_test_rows(rows):
    with pytest.raises(InputError, match="test rows"):
        train_sgd(*rows, early_stopping=3)


@pytest.mark.parametrize(
    "wrong",
    [{"shuffle": "often"}, {"penalty": -1}, {"penalty": float("nan")}, {"start_spread": -0.1}, {"early_stopping": 0}],
)
def test_choices_that_make_no_sense_are_told(rows, wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        train_sgd(*rows, **wrong)


def test_a_sweep_makes_the_runs_of_these_choices(rows):
    X, y = rows
    choices = {"optimizer": "momentum", "momentum": 0.5, "shuffle": "once", "start_spread": 1.0, "penalty": 0.2}
    table = sweep(X, y, [0.01, 0.1], [10, 47], epochs=3, config=SgdConfig.of(standardise=True, **choices))
    for row in table.itertuples():
        run = train_sgd(X, y, row.learning_rate, row.batch_size, 3, standardise=True, **choices)
        assert (run.gap, run.loss, run.diverged) == (row.gap, row.loss, row.diverged)


def test_without_a_penalty_the_gap_is_measured_against_least_squares(rows):
    X, y = rows
    run = train_sgd(X, y, epochs=2)
    assert run.ridge is None
    assert run.closed_form_loss == solve_closed_form(X, y).loss
