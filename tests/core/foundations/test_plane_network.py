"""One vector for a small network and back, and level lines of its output."""

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations import NetworkConfig, predict_network, start_parameters, train_network
from core.foundations.plane_data import draw_pattern
from core.foundations.plane_network import from_vector, level_lines, to_vector


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


def test_level_lines_lie_where_the_output_has_the_level():
    X, y = draw_pattern("rings", 60)
    config = NetworkConfig(hidden=(4,), activations="tanh", learning_rate=0.3, steps=300)
    run = train_network(X, y, config)
    lines = level_lines(run.parameters, config, [[-2, -2], [2, 2]], [-0.5, 0.0])
    assert set(lines["level"]) == {-0.5, 0.0}
    there = predict_network(run.parameters, config, lines[["x1", "x2"]].to_numpy(copy=True))[:, 0].numpy()
    assert there == pytest.approx(lines["level"].to_numpy(), abs=0.02)
    border = lines[lines["level"] == 0]
    assert np.hypot(border["x1"], border["x2"]).between(0.4, 1.8).all(), "between the rings"


def test_the_line_of_a_linear_network_is_exact_and_a_level_that_is_nowhere_has_none():
    parameters, config = from_vector([1.0, 2.0, 0.5, 3.0, -1.0]), NetworkConfig(hidden=(1,), activations="none")
    lines = level_lines(parameters, config, [[-1, -1], [1, 1]], [0.0])
    assert (3 * (lines["x1"] + 2 * lines["x2"] + 0.5) - 1).to_numpy() == pytest.approx(0, abs=1e-12)
    assert level_lines(parameters, config, [[-1, -1], [1, 1]], [100.0]).empty


@pytest.mark.parametrize(
    "ask",
    [
        lambda: from_vector([1.0, 2.0, 3.0, 4.0]),
        lambda: from_vector([]),
        lambda: from_vector([1.0, 2.0, 3.0, 4.0, float("nan")]),
        lambda: to_vector(start_parameters(3, NetworkConfig(hidden=(2,)))),
        lambda: to_vector(start_parameters(2, NetworkConfig())),
        lambda: to_vector(start_parameters(2, NetworkConfig(hidden=(2,), outputs=2))),
        lambda: level_lines(from_vector(np.ones(5)), NetworkConfig(hidden=(1,)), [[0, 0], [1, 0]], [0.0]),
        lambda: level_lines(start_parameters(3, NetworkConfig()), NetworkConfig(), [[0, 0], [1, 1]], [0.0]),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(ask):
    with pytest.raises(InputError, match=r"\.$"):
        ask()
