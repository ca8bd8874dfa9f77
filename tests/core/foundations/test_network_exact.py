"""The exact output layer, the folding of features, the curve, and the lines of PyTorch."""

import io
from contextlib import redirect_stdout

import numpy as np
import pytest
import torch

from core.errors import InputError
from core.foundations import Layer, NetworkConfig, predict_network, start_parameters, train_network
from core.foundations.curve import CURVES, make_curve
from core.foundations.feature_groups import fold_features, group_name
from core.foundations.network_code import MOST_WRITTEN, network_code
from core.foundations.network_exact import exact_output, linear_loss
from core.regression import make_synthetic, solve_closed_form

NETWORKS = [
    NetworkConfig(),
    NetworkConfig(outputs=2),
    NetworkConfig(hidden=(4,), activations="tanh"),
    NetworkConfig(hidden=(3, 2), activations=("none", "relu"), outputs=3),
]


def test_without_hidden_layers_the_exact_output_is_the_closed_form():
    X, y = make_synthetic(n=60, weights=[1, 2, 3], noise=0.5)
    found, fit = exact_output(start_parameters(3, NetworkConfig()), NetworkConfig(), X, y), solve_closed_form(X, y)
    torch.testing.assert_close(found.layer.weights[:, 0], fit.weights)
    assert float(found.layer.bias) == fit.bias
    assert found.loss == fit.loss == linear_loss(X, y)
    assert found.unique


@pytest.mark.parametrize("config", NETWORKS)
def test_no_output_layer_has_a_smaller_loss_than_the_exact_one(config):
    X, y = make_curve(100, config.outputs)
    run = train_network(X, y, config)
    found = exact_output(run.parameters, config, X, y)
    hidden = (*run.parameters[:-1], found.layer)
    rng = np.random.default_rng(0)
    for size in (0, 1e-3, 1e-1):
        moved = Layer(found.layer.weights + size * torch.from_numpy(rng.standard_normal(found.layer.weights.shape)),
                      found.layer.bias)  # fmt: skip
        output = predict_network((*hidden[:-1], moved), config, X)
        assert float(((output - y) ** 2).sum() / 200) >= found.loss * (1 - 1e-9)
    assert found.loss <= run.loss * (1 + 1e-9)
    assert found.rate_limit > 0


def test_of_several_exact_layers_the_one_is_shown_that_descent_goes_to():
    X, y = make_synthetic(n=80, weights=[1, 2], noise=0.1)
    twice = torch.cat([X, X[:, :1]], dim=1)
    run = train_network(twice, y, NetworkConfig(learning_rate=0.5, steps=400, seed=1))
    found = exact_output(run.parameters, run.config, twice, y)
    assert not found.unique
    torch.testing.assert_close(found.layer.weights, run.parameters[0].weights, rtol=1e-7, atol=1e-9)
    assert float(found.layer.weights[0] - found.layer.weights[2]) != pytest.approx(0)  # as the start had it


def test_units_that_are_copies_have_several_best_output_layers():
    X, y = make_curve(50)
    config = NetworkConfig(hidden=(3,), start="equal")
    assert not exact_output(start_parameters(2, config), config, X, y).unique
    with pytest.raises(InputError, match="closed form for the squared loss"):
        exact_output(start_parameters(2, config), NetworkConfig(hidden=(3,), loss="cross_entropy"), X, y)


def test_three_hundred_features_fold_into_ten_groups_that_hold_each_once():
    sizes = np.random.default_rng(0).standard_normal(300)
    groups = fold_features(sizes)
    assert len(groups) == 10
    assert sorted(place for group in groups for place in group.members) == list(range(300))
    single = [group.members[0] for group in groups if group.is_single]
    assert set(single) == set(np.argsort(-np.abs(sizes))[:6].tolist())
    assert max(len(group.members) for group in groups) - min(len(group.members) for group in groups[6:]) <= 1
    names = [f"x{place}" for place in range(300)]
    assert group_name(groups[0], names) in names
    assert group_name(groups[6], names).endswith("(74)")


def test_few_features_stand_alone_and_none_are_told():
    assert [group.members for group in fold_features([0.0] * 16)] == [(place,) for place in range(16)]
    assert [len(group.members) for group in fold_features([0.0] * 11, most=10)] == [1, 1, 1, 1, 1, 1, 2, 1, 1, 1]
    for sizes, most in ([], 16), ([[1.0]], 16), ([1.0], 9):
        with pytest.raises(InputError, match="Folding needs"):
            fold_features(sizes, most)
    with pytest.raises(InputError, match="missing or infinite"):
        fold_features([np.nan])


def test_the_curve_is_drawn_from_its_seed_and_is_not_straight():
    X, y = make_curve(200, 3)
    assert X.shape == (200, 2)
    assert y.shape == (200, len(CURVES)) == (200, 3)
    assert torch.equal(make_curve(200)[1], y[:, :1])
    exact = make_curve(200, noise=0)[1][:, 0]
    assert exact.numpy() == pytest.approx(np.sin(2 * X[:, 0].numpy()) + X[:, 1].numpy() ** 2 / 2)
    assert solve_closed_form(X, exact).r_squared < 0.2
    for wrong in ({"n": 0}, {"outputs": 4}, {"noise": -1.0}):
        with pytest.raises(InputError):
            make_curve(**wrong)


@pytest.mark.parametrize("config", NETWORKS)
def test_the_lines_run_and_give_the_count_and_the_output(config):
    X, y = make_curve(50, config.outputs)
    run = train_network(X, y, config)
    output = run.predict(X[:1])[0]
    lines = network_code(run.parameters, config, X[0], output.tolist()).splitlines()
    counted = next(line for line in lines if "numel" in line)
    told = io.StringIO()
    with redirect_stdout(told):
        exec("\n".join([*lines, f"print({counted.split('  #')[0]})", "print(net(x).tolist())"]), {})
    count, result = told.getvalue().splitlines()
    assert counted.endswith(f"# {count}")
    assert np.array(eval(result))[0] == pytest.approx(output.numpy(), rel=1e-12)
    assert [float(value) for value in lines[-1].split("# ")[1].split(", ")] == pytest.approx(output.tolist(), rel=1e-5)


def test_the_lines_of_a_large_network_run_too():
    config = NetworkConfig(hidden=(8,))
    parameters = start_parameters(300, config)
    text = network_code(parameters, config, torch.zeros(300), [0.0])
    assert sum(layer.weights.numel() + layer.bias.numel() for layer in parameters) > MOST_WRITTEN
    assert len(text) < 500
    variables = {}
    exec(text, variables)
    assert variables["net"](variables["x"]).shape == (1, 1)
    assert "# 2417" in text
