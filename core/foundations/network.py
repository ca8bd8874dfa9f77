"""A fully connected network: its settings, its layers, their shapes and their parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from core.errors import InputError
from core.formatting import format_count, format_list
from core.language import _
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import check_count, check_positive, check_size

if TYPE_CHECKING:
    import torch

Loss: TypeAlias = Literal["squared", "cross_entropy"]
Start: TypeAlias = Literal["random", "equal", "zero"]

MOST_LAYERS = 12
MOST_PARAMETERS = 1_000_000
MOST_STEPS = 100_000
LEAK = 0.01  # the slope of a leaky ReLU below 0, as in PyTorch
EQUAL = 0.1  # every weight of an equal start


@dataclass(frozen=True)
class LayerActivation:
    """A function that a layer applies to each of its sums z, beside its derivative.

    Attributes:
        value: the activation a from z, entry by entry.
        derivative: da/dz from z and a; at a kink the one that torch takes, 0 for ReLU at 0.
        module: the module of `torch.nn` that computes it, "" for none.
        latex: its formula in terms of z.
    """

    value: Callable[[torch.Tensor], torch.Tensor]
    derivative: Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    module: str
    latex: str


# fmt: off
LAYER_ACTIVATIONS: dict[str, LayerActivation] = {
    "none": LayerActivation(lambda z: z, lambda z, a: z.new_ones(z.shape), "", "z"),
    "relu": LayerActivation(lambda z: z.clamp(min=0), lambda z, a: (z > 0).to(z.dtype), "ReLU", r"\max(0, z)"),
    "sigmoid": LayerActivation(lambda z: z.sigmoid(), lambda z, a: a * (1 - a), "Sigmoid", r"\frac{1}{1 + e^{-z}}"),
    "tanh": LayerActivation(lambda z: z.tanh(), lambda z, a: 1 - a * a, "Tanh", r"\tanh(z)"),
    "leaky": LayerActivation(
        lambda z: z.where(z > 0, LEAK * z), lambda z, a: z.new_ones(z.shape).where(z > 0, z.new_tensor(LEAK)),
        "LeakyReLU", rf"\max({LEAK}z, z)",
    ),
}
# fmt: on


@dataclass(frozen=True, eq=False)
class Layer:
    """The parameters of one layer, which computes z = a W + b from the activations a of the layer before.

    Attributes:
        weights (inputs, outputs): W; `torch.nn.Linear.weight` is its transpose.
        bias (outputs,): b.
    """

    weights: torch.Tensor
    bias: torch.Tensor


Parameters: TypeAlias = tuple[Layer, ...]


@dataclass(frozen=True)
class NetworkConfig:
    """How a network is built and trained, checked at construction; InputError for a value that is out of range.

    With the loss "squared" the network learns to minimise half the squared error, summed over the outputs and averaged
    over the rows. With "cross_entropy" the output is a probability: one output goes through a sigmoid and the label is
    0 or 1; several go through a softmax and the label is the number of a class. Then `output_activation` stays "none".

    Attributes:
        hidden: the number of units of each hidden layer, first to last; empty for linear regression.
        activations: the activation of each hidden layer, a name of `LAYER_ACTIVATIONS`; one name stands for all.
        outputs: the number of outputs.
        output_activation: that of the output layer, with the loss "squared".
        loss: what is minimised.
        learning_rate: the step against the gradient of all rows.
        steps: how many of them.
        seed: of the random start.
        start: "random" draws weights and biases within ±1/√inputs, as `torch.nn.Linear` does; "equal" makes all weights
            0.1 and all biases 0; "zero" makes all of them 0.
        start_scale: the factor of a random or equal start.
    """

    hidden: tuple[int, ...] = ()
    activations: tuple[str, ...] | str = "relu"
    outputs: int = 1
    output_activation: str = "none"
    loss: Loss = "squared"
    learning_rate: float = 0.1
    steps: int = 200
    seed: int = 0
    start: Start = "random"
    start_scale: float = 1.0

    def __post_init__(self) -> None:
        """Check every setting; one activation stands for those of all hidden layers."""
        hidden = tuple(_units(count, number) for number, count in enumerate(self.hidden, 1))
        if len(hidden) >= MOST_LAYERS:
            raise InputError(
                _("A network can have at most {most} hidden layers here; got {count}.").format(
                    most=MOST_LAYERS - 1, count=len(hidden)
                )
            )
        given = (self.activations,) * len(hidden) if isinstance(self.activations, str) else tuple(self.activations)
        if len(given) != len(hidden):
            raise InputError(
                _("Each hidden layer needs an activation: {layers} in all; got {count}.").format(
                    layers=len(hidden), count=len(given)
                )
            )
        for name in (*given, self.output_activation):
            _check_known(name, "activation", list(LAYER_ACTIVATIONS))
        _check_known(self.loss, "loss", get_args(Loss))
        _check_known(self.start, "start", get_args(Start))
        if self.loss == "cross_entropy" and self.output_activation != "none":
            raise InputError(
                _("Cross-entropy has its sigmoid or softmax built in, so output_activation has to be none; got {name}.")
                .format(name=self.output_activation)
            )  # fmt: skip
        checked = {
            "hidden": hidden,
            "activations": given,
            "outputs": check_count(self.outputs, "outputs"),
            "learning_rate": check_positive(self.learning_rate, "learning_rate"),
            "steps": _steps(self.steps),
            "seed": check_seed(self.seed),
            "start_scale": check_size(self.start_scale, "start_scale"),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @property
    def layers(self) -> int:
        """The number of layers as the book counts them: the hidden ones and the output; the input is none."""
        return len(self.hidden) + 1

    @property
    def layer_activations(self) -> tuple[str, ...]:
        """The activation of every layer, the output's last; that within cross-entropy is "none" here."""
        return (*self.activations, self.output_activation)

    def sizes(self, inputs: int) -> tuple[int, ...]:
        """Return how many numbers there are at the input and after every layer."""
        return (check_count(inputs, "inputs"), *self.hidden, self.outputs)


@dataclass(frozen=True)
class LayerShapes:
    """The shapes in one layer of a network for n rows; None in a shape stands for n.

    Attributes:
        layer: its number, from 1; the input has none.
        entering: of the activations that enter, (n, inputs).
        weights: of W, (inputs, outputs).
        bias: of b, (outputs,), which is added to every row.
        leaving: of z and of the activations that leave, (n, outputs).
        activation: its name in `LAYER_ACTIVATIONS`.
        hidden: whether it is a hidden layer.
    """

    layer: int
    entering: tuple[int | None, int]
    weights: tuple[int, int]
    bias: tuple[int]
    leaving: tuple[int | None, int]
    activation: str
    hidden: bool

    @property
    def parameters(self) -> int:
        """The number of its parameters: inputs times outputs, and a bias for each output."""
        return self.weights[0] * self.weights[1] + self.bias[0]


@dataclass(frozen=True)
class ParameterCount:
    """The number of parameters of a network, as a sum of products.

    Attributes:
        total: of all parameters.
        terms: for each layer (inputs, outputs): inputs times outputs weights and `outputs` biases.
    """

    total: int
    terms: tuple[tuple[int, int], ...]


def layer_shapes(inputs: int, config: NetworkConfig) -> tuple[LayerShapes, ...]:
    """Return the shapes in every layer of a network with so many inputs. Raises InputError for no inputs.

    >>> [each.weights for each in layer_shapes(2, NetworkConfig(hidden=(3,)))]
    [(2, 3), (3, 1)]
    """
    sizes = config.sizes(inputs)
    return tuple(
        LayerShapes(
            number, (None, before), (before, after), (after,), (None, after), activation, hidden=number < config.layers
        )
        for number, (before, after, activation) in enumerate(
            zip(sizes, sizes[1:], config.layer_activations, strict=False), 1
        )
    )


def parameter_count(inputs: int, config: NetworkConfig) -> ParameterCount:
    """Return the number of parameters of a network with so many inputs, with its terms. Raises InputError.

    >>> parameter_count(2, NetworkConfig(hidden=(3,)))
    ParameterCount(total=13, terms=((2, 3), (3, 1)))
    """
    shapes = layer_shapes(inputs, config)
    return ParameterCount(sum(each.parameters for each in shapes), tuple(each.weights for each in shapes))


def start_parameters(inputs: int, config: NetworkConfig) -> Parameters:
    """Return the parameters where training begins, float64: the same for the same seed.

    Raises InputError for no inputs, or for more than a million parameters.
    """
    import torch

    count = parameter_count(inputs, config).total
    if count > MOST_PARAMETERS:
        raise InputError(
            _("This network would have {count} parameters; ask for fewer units, so that there are at most {most}.")
            .format(count=format_count(count), most=format_count(MOST_PARAMETERS))
        )  # fmt: skip
    rng = np.random.default_rng(config.seed)
    layers = []
    for shapes in layer_shapes(inputs, config):
        if config.start == "random":
            reach = config.start_scale / np.sqrt(shapes.weights[0])
            weights, bias = rng.uniform(-reach, reach, shapes.weights), rng.uniform(-reach, reach, shapes.bias)
        else:
            each = EQUAL * config.start_scale if config.start == "equal" else 0.0
            weights, bias = np.full(shapes.weights, each), np.zeros(shapes.bias)
        layers.append(Layer(torch.from_numpy(weights), torch.from_numpy(bias)))
    return tuple(layers)


def check_parameters_fit(parameters: Sequence[Layer], inputs: int, config: NetworkConfig) -> Parameters:
    """Return the parameters as float64, or raise InputError unless they have the shapes of the network."""
    import torch

    expected = layer_shapes(inputs, config)
    given = [(tuple(layer.weights.shape), tuple(layer.bias.shape)) for layer in parameters]
    if given != [(each.weights, each.bias) for each in expected]:
        raise InputError(
            _("The parameters need the shapes {expected}; got {given}.").format(
                expected=_listed((each.weights, each.bias) for each in expected), given=_listed(given)
            )
        )
    return tuple(Layer(layer.weights.to(torch.float64), layer.bias.to(torch.float64)) for layer in parameters)


def _listed(shapes: Iterator[tuple[object, object]] | list[tuple[tuple[int, ...], tuple[int, ...]]]) -> str:
    return format_list(f"W {weights}, b {bias}" for weights, bias in shapes) or "–"


def _units(value: object, number: int) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < 1:
        raise InputError(
            _("Hidden layer {number} needs a whole number of units of at least 1; got {value}.").format(
                number=number, value=value
            )
        )
    return int(value)


def _steps(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral) or not 0 <= int(value) <= MOST_STEPS:
        raise InputError(
            _("steps has to be a whole number from 0 to {most}; got {value}.").format(
                most=format_count(MOST_STEPS), value=value
            )
        )
    return int(value)


def _check_known(value: object, name: str, known: Sequence[str]) -> None:
    if value not in known:
        raise InputError(
            _("{name} has to be one of {known}; got {value}.").format(name=name, known=format_list(known), value=value)
        )
