"""One vector for a small network and back, and the exact output layer against numpy's least squares and autograd."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations import NetworkConfig, network_pass, predict_network, start_parameters, train_network
from core.foundations.plane_data import draw_pattern
from core.foundations.plane_network import exact_output_layer, from_vector, to_vector, with_exact_output
from core.regression import solve_closed_form


def torch_network(vector, activation):
    """The same network in torch.nn, from the vector."""
    units = torch.tensor(vector[:-1]).reshape(-1, 4)
    first, last = torch.nn.Linear(2, len(units)).double(), torch.nn.Linear(len(units), 1).double()
    with torch.no_grad():
        first.weight.copy_(units[:, :2])
        first.bias.copy_(units[:, 2])
        last.weight.copy_(units[None, :, 3])
        last.bias.fill_(vector[-1])
    return torch.nn.Sequential(first, activation, last)


@pytest.mark.parametrize("hidden", [1, 5])
def test_the_vector_is_that_network_and_comes_back_as_it_was(hidden):
    config = NetworkConfig(hidden=(hidden,), activations="leaky", seed=3)
    X, _y = draw_pattern("moons", 20)
    parameters = start_parameters(2, config)
    vector = to_vector(parameters)
    assert vector.shape == (4 * hidden + 1,)
    ours = predict_network(parameters, config, X)
    assert torch.allclose(ours, torch_network(vector, torch.nn.LeakyReLU())(X))
    assert torch.equal(predict_network(from_vector(vector), config, X), ours)
    assert to_vector(from_vector(vector)).tolist() == vector.tolist()


@pytest.mark.parametrize("activation", ["tanh", "relu", "leaky", "sigmoid", "none"])
def test_the_exact_output_layer_is_that_of_least_squares_and_no_worse_than_the_learned(activation):
    X, y = draw_pattern("xor", 80, seed=2)
    config = NetworkConfig(hidden=(4,), activations=activation, steps=50, seed=5)
    run = train_network(X, y, config)
    exact = exact_output_layer(run.parameters, config, X, y)
    hidden = network_pass(run.parameters, config, X, y).activations[0].numpy()
    design = np.column_stack([hidden, np.ones(80)])
    fitted = design @ np.linalg.lstsq(design, y.numpy(), rcond=None)[0]
    replaced = with_exact_output(run.parameters, exact)
    there = network_pass(replaced, config, X, y)
    assert there.activations[-1][:, 0].numpy() == pytest.approx(fitted, abs=1e-8)
    assert there.loss == pytest.approx(exact.loss, abs=1e-10)
    assert exact.loss <= run.loss + 1e-12
    assert there.gradients[-1].weights.numpy() == pytest.approx(0, abs=1e-9)
    assert there.gradients[-1].bias.item() == pytest.approx(0, abs=1e-9)


def test_without_a_hidden_layer_it_is_linear_regression():
    X, y = draw_pattern("blobs", 30)
    parameters, config = start_parameters(2, NetworkConfig()), NetworkConfig()
    exact, fit = exact_output_layer(parameters, config, X, y), solve_closed_form(X, y)
    assert exact.weights.tolist() == fit.weights.tolist()


def test_units_that_answer_alike_share_a_weight():
    X, y = draw_pattern("moons", 30)
    config = NetworkConfig(hidden=(3,), activations="tanh", start="equal")
    exact = exact_output_layer(start_parameters(2, config), config, X, y)
    assert exact.rank == 2
    assert exact.weights.numpy() == pytest.approx(exact.weights[0].item())


@pytest.mark.parametrize(
    "ask",
    [
        lambda: from_vector([1.0, 2.0, 3.0, 4.0]),
        lambda: from_vector([]),
        lambda: from_vector([1.0, 2.0, 3.0, 4.0, float("nan")]),
        lambda: to_vector(start_parameters(3, NetworkConfig(hidden=(2,)))),
        lambda: to_vector(start_parameters(2, NetworkConfig())),
        lambda: to_vector(start_parameters(2, NetworkConfig(hidden=(2,), outputs=2))),
        lambda: exact_output_layer(from_vector(np.ones(5)), NetworkConfig(hidden=(1,)), np.empty((0, 2)), []),
        lambda: exact_output_layer(from_vector(np.ones(5)), NetworkConfig(hidden=(1,)), [[0.0, 1.0]], [1.0, 2.0]),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(ask):
    with pytest.raises(InputError, match=r"\.$"):
        ask()
