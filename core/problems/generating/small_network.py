"""A network with two hidden layers, its gradients written out, and Adam."""

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
HIDDEN = 32  # units of each of the two hidden layers
MOMENTUM, DECAY, TINY = 0.5, 0.999, 1e-8  # of Adam; 0.5 is what Radford et al. 2016 recommend for a GAN


@dataclass(frozen=True)
class Network:
    """The shape of a network with two hidden layers of tanh; its parameters are one vector.

    Attributes:
        inputs: numbers that it takes.
        outputs: numbers that it returns.
    """

    inputs: int
    outputs: int

    @cached_property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """Shapes of weights and biases in the order in which the vector holds them."""
        layers = ((self.inputs, HIDDEN), (HIDDEN, HIDDEN), (HIDDEN, self.outputs))
        return tuple(shape for layer in layers for shape in (layer, (layer[1],)))

    @cached_property
    def places(self) -> tuple[slice, ...]:
        """Where each of them is in the vector."""
        sizes = [math.prod(shape) for shape in self.shapes]
        return tuple(slice(end - size, end) for size, end in zip(sizes, accumulate(sizes), strict=True))

    def start(self, rng: np.random.Generator) -> Array:
        """Draw weights from N(0, 1/inputs of the layer); biases are 0."""
        parts = (rng.normal(0.0, s[0] ** -0.5, s) if len(s) == 2 else np.zeros(s) for s in self.shapes)
        return np.concatenate([part.ravel() for part in parts])

    def parts(self, vector: Array) -> list[Array]:
        """Return weights and biases as views of their vector."""
        return [vector[place].reshape(shape) for place, shape in zip(self.places, self.shapes, strict=True)]

    def layers(self, vector: Array, x: Array) -> tuple[Array, Array, Array]:
        """Return both hidden layers (n, 32) and the output (n, outputs) for rows x (n, inputs)."""
        w1, b1, w2, b2, w3, b3 = self.parts(vector)
        first = np.tanh(x @ w1 + b1)
        second = np.tanh(first @ w2 + b2)
        return first, second, second @ w3 + b3

    def forward(self, vector: Array, x: Array) -> Array:
        """Return the output (n, outputs) for rows x (n, inputs)."""
        return self.layers(vector, x)[2]

    def backward(self, vector: Array, x: Array, hidden: tuple[Array, Array], gradient: Array) -> tuple[Array, Array]:
        """Return the gradients by parameters and by x, given that of the loss by the output (n, outputs)."""
        w1, _b1, w2, _b2, w3, _b3 = self.parts(vector)
        first, second = hidden
        by_second = (gradient @ w3.T) * (1.0 - second * second)
        by_first = (by_second @ w2.T) * (1.0 - first * first)
        pairs = ((x, by_first), (first, by_second), (second, gradient))
        flat = [part.ravel() for given, by in pairs for part in (given.T @ by, by.sum(axis=0))]
        return np.concatenate(flat), by_first @ w1.T


@dataclass(frozen=True)
class Adam:
    """Parameters with what Adam remembers of their gradients (Kingma and Ba 2015).

    Attributes:
        values: (p,), the parameters.
        mean: (p,), of the gradients.
        square: (p,), mean of their squares.
        steps: made so far.
    """

    values: Array
    mean: Array
    square: Array
    steps: int = 0

    def step(self, gradient: Array, rate: float) -> "Adam":
        """Return the parameters one step later."""
        steps = self.steps + 1
        mean = MOMENTUM * self.mean + (1.0 - MOMENTUM) * gradient
        square = DECAY * self.square + (1.0 - DECAY) * gradient * gradient
        size = np.sqrt(square / (1.0 - DECAY**steps)) + TINY
        return Adam(self.values - rate / (1.0 - MOMENTUM**steps) * mean / size, mean, square, steps)


def sigmoid(z: Array) -> Array:
    """Return 1/(1 + e^−z), without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * z)))
