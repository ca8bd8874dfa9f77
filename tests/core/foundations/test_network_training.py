"""Training a network, against the closed form, torch's own optimiser, and what cannot be trained."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations import Layer, NetworkConfig, start_parameters, train_network
from core.foundations.network_training import frame_steps
from core.regression import make_synthetic, solve_closed_form, stability_limit


def curve(n=80):
    X = np.random.default_rng(1).uniform(-2, 2, (n, 2))
    return X, np.sin(2 * X[:, 0]) + X[:, 1] ** 2 / 2


def test_without_hidden_layers_long_training_ends_at_the_closed_form():
    X, y = make_synthetic(n=200, weights=[2, -3.4, 0.5], bias=4.2, noise=0.3, seed=1)
    fit = solve_closed_form(X, y)
    run = train_network(X, y, NetworkConfig(learning_rate=0.5, steps=400))
    assert run.parameters[0].weights[:, 0].tolist() == pytest.approx(fit.weights.tolist(), abs=1e-9)
    assert float(run.parameters[0].bias) == pytest.approx(fit.bias, abs=1e-9)
    assert run.loss == pytest.approx(fit.loss, rel=1e-9)


def test_every_output_is_learnt_as_if_it_were_alone():
    X, y = make_synthetic(n=50, weights=[1, 2], bias=0, noise=0.1, seed=2)
    both = train_network(X, np.column_stack([y, -3 * y]), NetworkConfig(outputs=2, start="zero", steps=30))
    alone = train_network(X, y, NetworkConfig(start="zero", steps=30))
    torch.testing.assert_close(both.parameters[0].weights[:, :1], alone.parameters[0].weights)
    torch.testing.assert_close(both.parameters[0].weights[:, 1:], -3 * alone.parameters[0].weights)


def test_the_run_is_that_of_torchs_own_optimiser():
    X, y = curve()
    config = NetworkConfig(hidden=(4, 3), activations=("tanh", "relu"), learning_rate=0.2, steps=50, seed=3)
    run = train_network(X, y, config)
    leaves = [t.clone().requires_grad_() for layer in start_parameters(2, config) for t in (layer.weights, layer.bias)]
    optimiser = torch.optim.SGD(leaves, lr=0.2)
    inputs, labels = torch.from_numpy(X), torch.from_numpy(y)[:, None]
    for _step in range(50):
        optimiser.zero_grad()
        w1, b1, w2, b2, w3, b3 = leaves
        output = torch.relu(torch.tanh(inputs @ w1 + b1) @ w2 + b2) @ w3 + b3
        (torch.nn.functional.mse_loss(output, labels) / 2).backward()
        optimiser.step()
    ours = [t for layer in run.parameters for t in (layer.weights, layer.bias)]
    for mine, theirs in zip(ours, leaves, strict=True):
        torch.testing.assert_close(mine, theirs.detach(), rtol=1e-9, atol=1e-12)


def test_the_same_seed_gives_the_same_bits_and_input_is_left_alone():
    X, y = curve()
    before = X.copy(), y.copy()
    config = NetworkConfig(hidden=(4,), steps=40, seed=5)
    one, other = train_network(X, y, config), train_network(torch.from_numpy(X), y, config)
    assert torch.equal(one.losses, other.losses)
    assert all(torch.equal(a.weights, b.weights) for a, b in zip(one.parameters, other.parameters, strict=True))
    assert np.array_equal(X, before[0])
    assert np.array_equal(y, before[1])


def test_a_hidden_layer_follows_a_curve_that_a_line_cannot():
    X, y = curve()
    hidden = train_network(X, y, NetworkConfig(hidden=(8,), activations="tanh", learning_rate=0.3, steps=500))
    line = solve_closed_form(X, y)
    assert hidden.loss < line.loss / 4
    none = train_network(X, y, NetworkConfig(hidden=(8,), activations="none", learning_rate=0.05, steps=500))
    assert none.loss >= line.loss - 1e-9


def test_the_frames_begin_with_the_start_and_end_with_the_last_parameters():
    X, y = curve()
    config = NetworkConfig(hidden=(3,), steps=200, seed=1)
    run = train_network(X, y, config)
    assert run.steps.tolist() == frame_steps(200)
    assert len(run.frames) == len(run.steps) <= 40
    assert torch.equal(run.frames[0][0].weights, start_parameters(2, config)[0].weights)
    assert len(run.losses) == 201
    assert run.loss == float(run.losses[-1])
    again = train_network(X, y, config, initial=run.frames[7])
    assert float(again.losses[0]) == float(run.losses[int(run.steps[7])])


def test_nothing_is_learnt_in_no_steps_and_from_one_row_with_constant_features():
    X, y = curve()
    run = train_network(X, y, NetworkConfig(steps=0))
    assert run.steps.tolist() == [0]
    assert not run.diverged
    one = train_network([[0.0, 0.0]], [3.0], NetworkConfig(steps=300))
    assert float(one.predict([[0.0, 0.0]])) == pytest.approx(3)


def test_divergence_is_told_from_the_limit_of_the_rate_on():
    X, y = make_synthetic(n=100, weights=[1, 1], bias=0, noise=0.1, seed=0)
    limit = stability_limit(X)
    assert not train_network(X, y, NetworkConfig(learning_rate=0.99 * limit, steps=1000)).diverged
    run = train_network(X, y, NetworkConfig(learning_rate=1.5 * limit, steps=1000))
    assert run.diverged
    assert "was stopped after" in run.note
    assert all(layer.weights.isfinite().all() for frame in run.frames for layer in frame)
    assert int(run.steps[-1]) == len(run.losses) - 1 < 1000


def test_a_start_beyond_float64_is_told_and_not_raised():
    huge = [Layer(torch.full((2, 1), 1e300, dtype=torch.float64), torch.zeros(1))]
    run = train_network([[1e10, 1.0]], [0.0], NetworkConfig(), initial=huge)
    assert run.diverged
    assert "before the first update" in run.note
    assert run.steps.tolist() == [0]


def test_what_is_held_stays_and_all_else_moves():
    X, y = curve()
    config = NetworkConfig(hidden=(3,), activations="tanh", steps=20)
    run = train_network(X, y, config, held=[(0, 1, 2), (1, 3, 0)])
    first, last = run.frames[0], run.parameters
    moved = first[0].weights != last[0].weights
    assert not moved[1, 2]
    assert moved.sum() == 5
    assert torch.equal(first[1].bias, last[1].bias)
    assert (first[1].weights != last[1].weights).all()
    with pytest.raises(InputError, match="no parameter at"):
        train_network(X, y, config, held=[(0, 3, 0)])


def test_classes_are_learnt():
    rng = np.random.default_rng(0)
    X = np.concatenate([rng.standard_normal((30, 2)) + 3 * np.array(at) for at in [(0, 0), (1, 0), (0, 1)]])
    y = np.repeat([0, 1, 2], 30)
    run = train_network(X, y, NetworkConfig(outputs=3, loss="cross_entropy", learning_rate=0.5, steps=200))
    assert (run.predict(X).argmax(dim=1).numpy() == y).mean() > 0.9
    assert float(run.losses[0]) > 2 * run.loss
