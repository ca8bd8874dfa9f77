"""Networks against torch: counts against `numel`, the forward pass and every gradient against autograd."""

import itertools

import numpy as np
import pytest
import torch
from torch import nn

from core.errors import InputError
from core.foundations import (
    LAYER_ACTIVATIONS,
    Layer,
    NetworkConfig,
    layer_shapes,
    network_pass,
    parameter_count,
    predict_network,
    start_parameters,
    unit_activations,
)

CONFIGS = [
    NetworkConfig(),
    NetworkConfig(outputs=3),
    NetworkConfig(hidden=(4,), activations="tanh"),
    NetworkConfig(hidden=(3, 5), activations=("sigmoid", "relu"), outputs=2),
    NetworkConfig(hidden=(2, 2, 2), activations=("none", "tanh", "sigmoid"), output_activation="sigmoid"),
    NetworkConfig(hidden=(4,), loss="cross_entropy"),
    NetworkConfig(hidden=(3,), activations="tanh", outputs=3, loss="cross_entropy"),
]


def as_modules(parameters, config):
    """Return the same network of torch's own modules."""
    modules = []
    for layer, name in zip(parameters, config.layer_activations, strict=True):
        linear = nn.Linear(*layer.weights.shape, dtype=torch.float64)
        linear.weight.data, linear.bias.data = layer.weights.T.clone(), layer.bias.clone()
        modules.append(linear)
        if LAYER_ACTIVATIONS[name].module:
            modules.append(getattr(nn, LAYER_ACTIVATIONS[name].module)())
    return nn.Sequential(*modules)


def torch_loss(output, y, config):
    if config.loss == "squared":
        return ((output - y.reshape(len(y), -1)) ** 2).sum(dim=1).mean() / 2
    if config.outputs == 1:
        return nn.functional.binary_cross_entropy_with_logits(output[:, 0], y)
    return nn.functional.cross_entropy(output, y.long())


def rows(config, n=7, d=3):
    rng = np.random.default_rng(5)
    if config.loss == "squared":
        return torch.from_numpy(rng.standard_normal((n, d))), torch.from_numpy(rng.standard_normal((n, config.outputs)))
    classes = rng.integers(0, max(config.outputs, 2), n).astype(float)
    return torch.from_numpy(rng.standard_normal((n, d))), torch.from_numpy(classes)


@pytest.mark.parametrize("config", CONFIGS)
def test_every_number_of_a_pass_is_that_of_torch(config):
    X, y = rows(config)
    parameters = start_parameters(3, config)
    ours, theirs = network_pass(parameters, config, X, y), as_modules(parameters, config)
    loss = torch_loss(theirs(X), y, config)
    loss.backward()
    assert ours.loss == pytest.approx(loss.item(), rel=1e-12)
    linears = [module for module in theirs if isinstance(module, nn.Linear)]
    for gradient, linear in zip(ours.gradients, linears, strict=True):
        torch.testing.assert_close(gradient.weights, linear.weight.grad.T)
        torch.testing.assert_close(gradient.bias, linear.bias.grad)


@pytest.mark.parametrize("config", CONFIGS)
def test_the_gradient_by_every_unit_is_that_of_autograd(config):
    X, y = rows(config)
    parameters = start_parameters(3, config)
    ours = network_pass(parameters, config, X, y)
    a, sums, activations = X, [], []
    for layer, name in zip(parameters, config.layer_activations, strict=True):
        sums.append((a @ layer.weights + layer.bias).requires_grad_())
        sums[-1].retain_grad()
        a = LAYER_ACTIVATIONS[name].value(sums[-1])
        a.retain_grad()
        activations.append(a)
    torch_loss(a, y, config).backward()
    for number, (z, a) in enumerate(zip(sums, activations, strict=True)):
        torch.testing.assert_close(ours.sums[number], z.detach())
        torch.testing.assert_close(ours.sum_gradients[number], z.grad)
        torch.testing.assert_close(ours.activation_gradients[number], a.grad)


@pytest.mark.parametrize("name", LAYER_ACTIVATIONS)
def test_every_derivative_passes_gradcheck(name):
    rule = LAYER_ACTIVATIONS[name]

    class Ours(torch.autograd.Function):
        @staticmethod
        def forward(ctx, z):
            ctx.save_for_backward(z)
            return rule.value(z).clone()

        @staticmethod
        def backward(ctx, gradient):
            (z,) = ctx.saved_tensors
            return gradient * rule.derivative(z, rule.value(z))

    z = torch.tensor([-3.0, -0.4, 0.3, 2.0], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(Ours.apply, (z,))


def test_gradients_of_one_row_are_difference_quotients_of_its_loss():
    config = NetworkConfig(hidden=(3, 2), activations=("tanh", "sigmoid"))
    x, y = torch.tensor([[0.3, -1.2]]).double(), torch.tensor([0.7]).double()
    parameters = start_parameters(2, config)
    found = network_pass(parameters, config, x, y).gradients
    h = 1e-6
    for number, layer in enumerate(parameters):
        for place in itertools.product(*map(range, layer.weights.shape)):
            losses = []
            for way in (h, -h):
                moved = layer.weights.clone()
                moved[place] += way
                changed = [*parameters[:number], Layer(moved, layer.bias), *parameters[number + 1 :]]
                losses.append(network_pass(changed, config, x, y).loss)
            assert (losses[0] - losses[1]) / (2 * h) == pytest.approx(float(found[number].weights[place]), abs=1e-7)


@pytest.mark.parametrize("config", CONFIGS)
@pytest.mark.parametrize("inputs", [1, 2, 300])
def test_the_count_is_the_sum_of_numel_and_of_its_terms(config, inputs):
    count = parameter_count(inputs, config)
    assert count.total == sum(p.numel() for p in as_modules(start_parameters(inputs, config), config).parameters())
    assert count.total == sum(entering * leaving + leaving for entering, leaving in count.terms)
    assert len(count.terms) == config.layers == len(config.hidden) + 1


def test_shapes_are_those_of_the_arrays():
    config = NetworkConfig(hidden=(4, 2), outputs=3)
    shapes, parameters = layer_shapes(5, config), start_parameters(5, config)
    leaving = unit_activations(parameters, config, np.zeros((6, 5)))
    for each, layer, a in zip(shapes, parameters, leaving, strict=True):
        assert each.weights == tuple(layer.weights.shape)
        assert each.bias == tuple(layer.bias.shape)
        assert (6, each.leaving[1]) == tuple(a.shape)
    assert [each.hidden for each in shapes] == [True, True, False]


def test_a_start_is_the_same_for_the_same_seed_and_within_its_reach():
    config = NetworkConfig(hidden=(50,), seed=3)
    one, other = start_parameters(16, config), start_parameters(16, config)
    assert all(
        torch.equal(a.weights, b.weights) and torch.equal(a.bias, b.bias) for a, b in zip(one, other, strict=True)
    )
    assert 0.2 < float(one[0].weights.abs().max()) <= 0.25  # 1 over the root of 16
    assert not torch.equal(one[0].weights, start_parameters(16, NetworkConfig(hidden=(50,), seed=4))[0].weights)
    equal = start_parameters(16, NetworkConfig(hidden=(5,), start="equal", start_scale=2.0))
    assert equal[0].weights.unique().tolist() == [0.2]
    assert start_parameters(2, NetworkConfig(start="zero"))[0].weights.unique().tolist() == [0.0]


def test_probabilities_add_up_and_large_sums_do_not_overflow():
    config = NetworkConfig(outputs=3, loss="cross_entropy")
    large = [Layer(1e4 * torch.eye(3).double(), torch.zeros(3).double())]
    output = predict_network(large, config, np.eye(3))
    torch.testing.assert_close(output, torch.eye(3).double())
    assert network_pass(large, config, np.eye(3), [0, 1, 2]).loss == 0
    one = NetworkConfig(loss="cross_entropy")
    wrong = network_pass([Layer(torch.tensor([[1000.0]]), torch.zeros(1))], one, [[1.0]], [0])
    assert wrong.loss == pytest.approx(1000)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"hidden": (0,)}, "Hidden layer 1 needs a whole number of units"),
        ({"hidden": (3, 2.5)}, "Hidden layer 2 needs"),
        ({"hidden": (2,) * 12}, "at most 11 hidden layers"),
        ({"hidden": (2, 2), "activations": ("relu",)}, "2 in all; got 1"),
        ({"hidden": (2,), "activations": "swish"}, "tanh, leaky; got swish"),
        ({"outputs": 0}, "outputs has to be a whole number"),
        ({"learning_rate": float("nan")}, "learning_rate has to be a finite number above 0"),
        ({"steps": -1}, "steps has to be a whole number from 0"),
        ({"seed": -1}, "seed has to be"),
        ({"loss": "hinge"}, "squared, cross_entropy; got hinge"),
        ({"loss": "cross_entropy", "output_activation": "sigmoid"}, "built in"),
        ({"start": "large"}, "got large"),
    ],
)
def test_a_setting_out_of_range_is_told(settings, words):
    with pytest.raises(InputError, match=words):
        NetworkConfig(**settings)


def test_input_that_does_not_fit_is_told():
    config = NetworkConfig(hidden=(2,))
    parameters = start_parameters(2, config)
    with pytest.raises(InputError, match="at least one row"):
        network_pass(parameters, config, np.zeros((0, 2)), [])
    with pytest.raises(InputError, match="missing or infinite"):
        network_pass(parameters, config, [[1.0, np.nan]], [1.0])
    with pytest.raises(InputError, match=r"y needs the shape \(1, 1\)"):
        network_pass(parameters, config, [[1.0, 2.0]], [1.0, 2.0])
    with pytest.raises(InputError, match=r"The parameters need the shapes W \(3, 2\)"):
        predict_network(parameters, config, [[1.0, 2.0, 3.0]])
    with pytest.raises(InputError, match="from 0 to 1 for this network; got 2"):
        network_pass(parameters, NetworkConfig(hidden=(2,), loss="cross_entropy"), [[1.0, 2.0]], [2])
    with pytest.raises(InputError, match="at most 1,000,000"):
        start_parameters(1001, NetworkConfig(hidden=(1000,)))


def test_weights_of_any_size_raise_nothing():
    config = NetworkConfig(hidden=(2,), activations="relu")
    huge = [Layer(torch.full(shape, 1e300, dtype=torch.float64), torch.zeros(shape[1])) for shape in [(2, 2), (2, 1)]]
    assert not np.isfinite(network_pass(huge, config, [[1e10, 1.0]], [0.0]).loss)


@pytest.mark.filterwarnings("error")
def test_read_only_arrays_are_taken_without_a_warning():
    X, y = np.ones((3, 2)), np.arange(3.0)
    for array in (X, y):
        array.flags.writeable = False
    config = NetworkConfig()
    start = start_parameters(2, config)
    assert network_pass(start, config, X, y).loss >= 0
    classes = NetworkConfig(loss="cross_entropy")
    labels = np.array([[0.0], [1.0], [1.0]])
    labels.flags.writeable = False
    assert network_pass(start, classes, X, labels).loss > 0
