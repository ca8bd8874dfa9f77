"""Layers that collapse, units that die and pieces by depth: against exact arithmetic, torch and numpy."""

from fractions import Fraction

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations import Layer, NetworkConfig, predict_network, start_parameters, train_network
from core.foundations.network_lessons import collapse_layers, count_pieces, fit_wide, fold, folded, hidden_units
from core.foundations.plane_data import draw_pattern


def test_three_layers_are_one_in_exact_arithmetic():
    rng = np.random.default_rng(0)
    sizes = [(2, 3), (3, 4), (4, 1)]
    whole = [(rng.integers(-5, 6, size), rng.integers(-5, 6, size[1])) for size in sizes]
    layers = [Layer(torch.tensor(W).double() / 4, torch.tensor(b).double() / 4) for W, b in whole]
    one = collapse_layers(layers)
    for x in ([Fraction(1, 8), Fraction(-3)], [Fraction(0), Fraction(0)], [Fraction(7), Fraction(5, 4)]):
        a = x
        for W, b in whole:
            a = [sum(a[i] * Fraction(int(W[i, j]), 4) for i in range(len(a))) + Fraction(int(b[j]), 4)
                 for j in range(W.shape[1])]  # fmt: skip
        there = torch.tensor([float(part) for part in x], dtype=torch.float64) @ one.weights + one.bias
        assert there.tolist() == [float(part) for part in a], "quarters and eighths are exact in float64"


def test_the_collapse_is_the_network_without_an_activation_and_not_the_one_with_it():
    X, _y = draw_pattern("moons", 50)
    plain = NetworkConfig(hidden=(5, 4), activations="none", seed=3)
    parameters = start_parameters(2, plain)
    one = collapse_layers(parameters)
    assert torch.allclose(X @ one.weights + one.bias, predict_network(parameters, plain, X), rtol=0, atol=1e-12)
    bent = predict_network(parameters, NetworkConfig(hidden=(5, 4), activations="relu", seed=3), X)
    assert (X @ one.weights + one.bias - bent).abs().max() > 0.01


def test_units_that_start_equal_stay_equal_and_others_do_not():
    X, y = draw_pattern("rings", 60)
    for start, most, least in (("equal", 1e-9, 0.0), ("zero", 1e-9, 0.0), ("random", np.inf, 0.1)):
        config = NetworkConfig(hidden=(4,), activations="tanh", learning_rate=0.3, steps=200, start=start)
        units = hidden_units(train_network(X, y, config).parameters, config, X, y)
        assert least <= units.apart <= most, start


def test_a_dead_unit_has_the_gradient_zero_exactly_and_a_leaky_one_has_not():
    X, y = draw_pattern("rings", 60)
    first = Layer(torch.tensor([[1.0, 1.0], [0.5, -0.5]]).double(), torch.tensor([-50.0, 0.0]).double())
    parameters = (first, Layer(torch.ones(2, 1).double(), torch.zeros(1).double()))
    units = hidden_units(parameters, NetworkConfig(hidden=(2,), activations="relu"), X, y)
    assert units.live.tolist()[0] == 0 < units.live.tolist()[1]
    assert units.dead == 1
    assert units.highest.tolist() == pytest.approx((X @ first.weights + first.bias).numpy().max(axis=0).tolist())
    assert units.gradients[0].tolist() == [0.0, 0.0, 0.0]
    assert (units.gradients[1] != 0).all()
    leaky = hidden_units(parameters, NetworkConfig(hidden=(2,), activations="leaky"), X, y)
    assert leaky.dead == 1
    assert (leaky.gradients[0] != 0).all()
    net = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1)).double()
    with torch.no_grad():
        net[0].weight.copy_(first.weights.T)
        net[0].bias.copy_(first.bias)
        net[2].weight.fill_(1)
        net[2].bias.zero_()
    (((net(X)[:, 0] - y) ** 2).mean() / 2).backward()
    assert net[0].weight.grad.numpy() == pytest.approx(units.gradients[:, :2].numpy(), rel=1e-9)


@pytest.mark.parametrize("depth", range(1, 8))
def test_each_fold_doubles_the_pieces(depth):
    assert count_pieces(depth) == 2**depth


def test_a_fold_is_a_layer_of_two_relu_units_in_torch():
    net = torch.nn.Sequential(torch.nn.Linear(1, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1))
    with torch.no_grad():
        net[0].weight.fill_(1)
        net[0].bias.copy_(torch.tensor([0.0, -0.5]))
        net[2].weight.copy_(torch.tensor([[2.0, -4.0]]))
        net[2].bias.zero_()
    x = np.linspace(0, 1, 17)
    assert net(torch.tensor(x, dtype=torch.float32)[:, None])[:, 0].tolist() == fold(x).tolist()
    assert [fold(Fraction(place, 4)) for place in range(5)] == [0, Fraction(1, 2), 1, Fraction(1, 2), 0]
    assert folded(Fraction(1, 3), 5) == Fraction(2, 3)


@pytest.mark.parametrize("depth", [1, 3, 5])
def test_one_wide_layer_has_fewer_pieces_and_is_the_least_squares_fit(depth):
    found = fit_wide(depth)
    design = np.column_stack(
        [np.maximum(0, found.x[:, None] - np.arange(2 * depth) / (2 * depth)), np.ones_like(found.x)]
    )
    fitted = design @ np.linalg.lstsq(design, found.deep, rcond=None)[0]
    assert found.wide == pytest.approx(fitted, abs=1e-9)
    assert found.loss == pytest.approx(0.5 * np.mean((fitted - found.deep) ** 2), abs=1e-12)
    assert (found.most_pieces < 2**depth) == (depth > 2)
    assert (found.loss < 1e-20) == (depth == 1), "two units make one fold"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: collapse_layers([]),
        lambda: collapse_layers([Layer(torch.ones(2, 3), torch.ones(3)), Layer(torch.ones(2, 1), torch.ones(1))]),
        lambda: hidden_units(start_parameters(2, NetworkConfig()), NetworkConfig(), [[0.0, 1.0]], [1.0]),
        lambda: count_pieces(0),
        lambda: folded(Fraction(1, 2), 13),
        lambda: fit_wide(2.5),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(ask):
    with pytest.raises(InputError, match=r"\.$"):
        ask()
