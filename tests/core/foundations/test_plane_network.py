"""The network over the plane against torch, least squares against numpy, and rows against what was asked for."""

import math
from fractions import Fraction

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations.plane_data import PATTERNS, draw_pattern
from core.foundations.plane_network import (
    ACTIVATIONS,
    exact_output_layer,
    hidden_sums,
    hidden_values,
    loss_and_gradient,
    outputs,
    start_parameters,
    train_plane_network,
    with_exact_output,
)


def torch_network(parameters, activation):
    """The same network in torch.nn, from the same vector of parameters."""
    units = torch.tensor(parameters[:-1]).reshape(-1, 4)
    first, last = torch.nn.Linear(2, len(units)).double(), torch.nn.Linear(len(units), 1).double()
    with torch.no_grad():
        first.weight.copy_(units[:, :2])
        first.bias.copy_(units[:, 2])
        last.weight.copy_(units[None, :, 3])
        last.bias.fill_(parameters[-1])
    return torch.nn.Sequential(first, getattr(torch.nn, ACTIVATIONS[activation].module)(), last)


def vector_of(net, gradients=False):
    first, last = net[0], net[2]
    parts = [first.weight[:, 0], first.weight[:, 1], first.bias, last.weight[0]]
    if gradients:
        parts = [first.weight.grad[:, 0], first.weight.grad[:, 1], first.bias.grad, last.weight.grad[0]]
    end = last.bias.grad if gradients else last.bias
    return np.append(torch.stack(parts, dim=1).detach().numpy().ravel(), end.detach().numpy())


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden", [1, 5])
def test_loss_gradient_and_ten_steps_are_those_of_torch(activation, hidden):
    X, y = draw_pattern("moons", 37, seed=3)
    start = start_parameters(hidden, seed=1)
    net = torch_network(start, activation)
    optimiser = torch.optim.SGD(net.parameters(), lr=0.2)
    run = train_plane_network(X, y, start, activation, learning_rate=0.2, steps=10)
    for step in range(11):
        optimiser.zero_grad()
        loss = ((net(X)[:, 0] - y) ** 2).mean() / 2
        loss.backward()
        ours, gradient = loss_and_gradient(run.trajectory[step], X, y, activation)
        assert ours == pytest.approx(loss.item(), rel=1e-9) == pytest.approx(run.losses[step], rel=1e-9)
        assert gradient == pytest.approx(vector_of(net, gradients=True), rel=1e-7, abs=1e-11)
        assert run.trajectory[step] == pytest.approx(vector_of(net), rel=1e-7, abs=1e-11)
        optimiser.step()
    assert outputs(start, X, activation) == pytest.approx(torch_network(start, activation)(X)[:, 0].detach().numpy())


def test_one_row_is_worked_out_by_hand_in_fractions():
    half, x1, x2, y = Fraction(1, 2), Fraction(3), Fraction(-1, 4), Fraction(1)
    parameters = [half, Fraction(1, 4), Fraction(-1), Fraction(2), Fraction(1, 8)]
    z = half * x1 + parameters[1] * x2 - 1
    error = 2 * z + parameters[4] - y
    wanted = [error * 2 * x1, error * 2 * x2, error * 2, error * z, error]
    assert z > 0
    loss, gradient = loss_and_gradient([float(p) for p in parameters], [[3.0, -0.25]], [1.0], "relu")
    assert loss == float(error * error / 2)
    assert gradient.tolist() == [float(part) for part in wanted]


def test_a_held_parameter_stays_and_the_others_learn():
    X, y = draw_pattern("rings", 50)
    start = start_parameters(3)
    run = train_plane_network(X, y, start, "tanh", steps=20, held=[0, 12])
    assert (run.trajectory[:, [0, 12]] == start[[0, 12]]).all()
    assert (run.trajectory[-1, 1:12] != start[1:12]).all()
    assert run.losses[-1] < run.losses[0]


def test_units_that_start_equal_stay_equal_to_the_last_bit():
    X, y = draw_pattern("moons", 200)
    run = train_plane_network(X, y, start_parameters(4, equal=True), "tanh", steps=300)
    units = run.trajectory[-1, :-1].reshape(4, 4)
    assert (units == units[0]).all()
    assert (units[0] != run.trajectory[0, :4]).all()


def test_a_step_beyond_float64_ends_the_run_and_says_so():
    X, y = draw_pattern("rings", 40)
    run = train_plane_network(X, y, start_parameters(4), "identity", learning_rate=1e6, steps=500)
    assert run.diverged
    assert len(run.losses) == len(run.trajectory) < 501
    assert np.isfinite(run.losses).all()
    still = train_plane_network(X, y, start_parameters(4), learning_rate=1e-3, steps=5)
    assert not still.diverged
    assert still.trajectory.shape == (6, 17)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_exact_output_layer_is_that_of_least_squares_and_no_worse_than_the_learned(activation):
    X, y = draw_pattern("xor", 80, seed=2)
    learned = train_plane_network(X, y, start_parameters(4, seed=5), activation, learning_rate=0.1, steps=50)
    last = learned.trajectory[-1]
    exact = exact_output_layer(last, X, y, activation)
    design = np.column_stack([hidden_values(last, X, activation), np.ones(80)])
    fitted = design @ np.linalg.lstsq(design, y.numpy(), rcond=None)[0]
    replaced = with_exact_output(last, exact)
    assert outputs(replaced, X, activation) == pytest.approx(fitted, abs=1e-8)
    assert exact.loss == pytest.approx(0.5 * np.mean((fitted - y.numpy()) ** 2), abs=1e-10)
    assert exact.loss <= learned.losses[-1] + 1e-12
    assert exact.rank == np.linalg.matrix_rank(design, tol=1e-9)
    gradient = loss_and_gradient(replaced, X, y, activation)[1]
    assert gradient[[*range(3, 16, 4), 16]] == pytest.approx(0, abs=1e-9)


def test_a_large_sum_neither_overflows_nor_loses_its_sign():
    sums = hidden_sums([800.0, 0.0, 0.0, 1.0, 0.0], [[1.0, 5.0], [-1.0, 5.0]])
    assert sums.tolist() == [[800.0], [-800.0]]
    with np.errstate(all="raise", under="ignore"):
        assert ACTIVATIONS["sigmoid"].value(sums).ravel().tolist() == [1.0, 0.0]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_is_standardised_and_has_both_classes_and_comes_from_its_seed(pattern):
    X, y = draw_pattern(pattern, 101, noise=0.2, seed=4)
    assert X.shape == (101, 2)
    assert X.dtype == y.dtype == torch.float64
    assert X.mean(dim=0).numpy() == pytest.approx(0, abs=1e-12)
    assert X.std(dim=0, correction=0).numpy() == pytest.approx(1)
    assert set(y.tolist()) == {-1.0, 1.0}
    again, other = draw_pattern(pattern, 101, noise=0.2, seed=4)[0], draw_pattern(pattern, 101, noise=0.2, seed=5)[0]
    assert torch.equal(X, again)
    assert not torch.equal(X, other)


def test_without_noise_rings_have_two_radii_and_xor_the_sign_of_a_product():
    X, y = draw_pattern("xor", 400, noise=0)
    assert ((X[:, 0] * X[:, 1] > 0) == (y > 0)).double().mean() > 0.85, "the mean is taken off, which moves few signs"
    inner = np.linalg.norm(draw_pattern("rings", 400, noise=0)[0][::2], axis=1)
    outer = np.linalg.norm(draw_pattern("rings", 400, noise=0)[0][1::2], axis=1)
    assert inner.max() < outer.min()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: draw_pattern("spiral"),
        lambda: draw_pattern("moons", 1),
        lambda: draw_pattern("moons", 10**6),
        lambda: draw_pattern("moons", noise=-1),
        lambda: draw_pattern("moons", noise=math.nan),
        lambda: start_parameters(0),
        lambda: start_parameters(101),
        lambda: hidden_values([1.0, 2.0, 3.0, 4.0], [[0.0, 0.0]], "tanh"),
        lambda: hidden_values(np.ones(5), [[0.0, 0.0]], "swish"),
        lambda: loss_and_gradient(np.ones(5), [[0.0, 0.0, 1.0]], [1.0], "tanh"),
        lambda: loss_and_gradient(np.ones(5), np.empty((0, 2)), [], "tanh"),
        lambda: loss_and_gradient(np.ones(5), [[0.0, math.nan]], [1.0], "tanh"),
        lambda: train_plane_network([[0.0, 1.0]], [1.0], np.ones(5), learning_rate=0),
        lambda: train_plane_network([[0.0, 1.0]], [1.0], np.ones(5), held=[5]),
        lambda: train_plane_network([[0.0, 1.0]], [1.0], np.ones(5), steps=10**6),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(ask):
    with pytest.raises(InputError, match=r"\.$"):
        ask()


def test_huge_rows_diverge_in_place_and_one_constant_row_is_learned():
    run = train_plane_network([[1e300, -1e300]], [1.0], start_parameters(2), "relu", steps=5)
    assert run.diverged
    one = train_plane_network([[2.0, 2.0]], [1.0], start_parameters(2), "tanh", steps=500)
    assert one.losses[-1] < 1e-6
