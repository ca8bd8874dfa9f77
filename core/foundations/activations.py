"""Activation functions and their derivatives, a row each: sigmoid, tanh, ReLU and the step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.regression.data.validation import Array, ArrayLike, as_array

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Activation:
    r"""A function that is applied to the sum z of a neuron, entry by entry.

    Attributes:
        name: as torch calls it, and "step" for the step.
        formula: of its value, in LaTeX.
        slope: the formula of its derivative, in LaTeX.
        code: an expression of torch for its value at the tensor z.
        function: its value at an array of floats.
        slope_function: its derivative at an array of floats.
    """

    name: str
    formula: str
    slope: str
    code: str
    function: Callable[[Array], Array]
    slope_function: Callable[[Array], Array]

    def value(self, z: ArrayLike) -> "torch.Tensor":
        """Return the function at every entry of z, a float64 tensor of the shape of z.

        An infinite entry gives the limit, a missing one NaN, an empty z an empty tensor. Raises InputError for
        anything that is not real numbers.
        """
        return _entrywise(self.function, z)

    def derivative(self, z: ArrayLike) -> "torch.Tensor":
        """Return the derivative at every entry of z, as `value` returns the function.

        Where there is none, at the corner of ReLU and the jump of the step, it is 0, which is what torch takes at the
        corner.
        """
        return _entrywise(self.slope_function, z)


def sigmoid(z: ArrayLike) -> "torch.Tensor":
    """Return 1 / (1 + e^−z) at every entry of z, a float64 tensor of the shape of z.

    No entry overflows, however large: the exponential is taken of −|z| alone, so both tails keep their digits. An
    infinite entry gives 0 or 1, a missing one NaN, an empty z an empty tensor. Raises InputError for anything that is
    not real numbers.

    >>> sigmoid([0.0, 1e308, -1e308]).tolist()
    [0.5, 1.0, 0.0]
    """
    return ACTIVATIONS["sigmoid"].value(z)


def _entrywise(function: Callable[[Array], Array], z: ArrayLike) -> "torch.Tensor":
    import torch

    return torch.from_numpy(np.array(function(as_array(z, "z", finite=False)), dtype=np.float64))


def _sigmoid(z: Array) -> Array:
    small = np.exp(-np.abs(z))  # from 0 to 1, whatever z is
    return np.where(z < 0, small, 1.0) / (1.0 + small)


def _sigmoid_slope(z: Array) -> Array:
    """Return σ(z)·(1 − σ(z)) as σ(z)·σ(−z): beyond z = 37, 1 − σ(z) would round to 0."""
    return _sigmoid(z) * _sigmoid(-z)


def _tanh_slope(z: Array) -> Array:
    """Return 1 − tanh²(z), which is 4·σ(2z)·σ(−2z) and keeps its digits in the tails so."""
    with np.errstate(over="ignore"):  # twice the largest numbers is infinite, and the derivative there 0
        return 4.0 * _sigmoid_slope(2.0 * z)


def _relu(z: Array) -> Array:
    return np.maximum(z, 0.0)


def _relu_slope(z: Array) -> Array:
    return np.where(np.isnan(z), np.nan, z > 0)


def _step(z: Array) -> Array:
    return np.where(np.isnan(z), np.nan, z >= 0)


def _step_slope(z: Array) -> Array:
    return np.where(np.isnan(z), np.nan, 0.0)


ACTIVATIONS = {
    row.name: row
    for row in (
        Activation(
            "sigmoid",
            r"\sigma(z) = \frac{1}{1 + e^{-z}}",
            r"\sigma'(z) = \sigma(z)\,(1 - \sigma(z))",
            "torch.sigmoid(z)",
            _sigmoid,
            _sigmoid_slope,
        ),
        Activation(
            "tanh",
            r"\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
            r"\tanh'(z) = 1 - \tanh^2(z)",
            "torch.tanh(z)",
            np.tanh,
            _tanh_slope,
        ),
        Activation(
            "relu",
            r"\operatorname{ReLU}(z) = \max(0, z)",
            r"\operatorname{ReLU}'(z) = 1 \text{ if } z > 0,\ 0 \text{ if } z < 0",
            "torch.relu(z)",
            _relu,
            _relu_slope,
        ),
        Activation(
            "step",
            r"\operatorname{step}(z) = 1 \text{ if } z \ge 0,\ 0 \text{ if } z < 0",
            r"\operatorname{step}'(z) = 0 \text{ wherever it exists}",
            "torch.heaviside(z, torch.ones_like(z))",
            _step,
            _step_slope,
        ),
    )
}
