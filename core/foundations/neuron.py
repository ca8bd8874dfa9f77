"""One neuron: features times weights, a sum with the bias, and the sigmoid of that sum."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.foundations.activations import ACTIVATIONS
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array

if TYPE_CHECKING:
    import torch

SATURATED = 0.01  # a slope of the sigmoid below this is nearly none; at 0 it is 0.25


@dataclass(frozen=True, eq=False)
class NeuronTerms:
    """What a neuron adds up for one row of d features.

    Attributes:
        products: each weight times its feature, (d,).
        sums: the sum after each product and, last, after the bias, (d + 1,).
        z: the sum of all products and the bias.
        probability: σ(z), between 0 and 1.
        other: the probability of the other class, σ(−z), to its last digit where it is tiny.
        slope: σ′(z), how much the probability grows for a small step of z.
        slopes: how much it grows for a small step of each weight, σ′(z)·x, (d,).
        norm: the length of the weights, ‖w‖.
        distance: how far the row is from the decision boundary z = 0, |z| / ‖w‖; None where all weights are 0.
    """

    products: Array
    sums: Array
    z: float
    probability: float
    other: float
    slope: float
    slopes: Array
    norm: float
    distance: float | None

    @property
    def saturated(self) -> bool:
        """Whether the sigmoid is so flat at z that hardly any gradient passes."""
        return self.slope < SATURATED


def predict_neuron(w: ArrayLike, x: ArrayLike, b: ArrayLike) -> "torch.Tensor":
    """Return the probability σ(w·x + b), a float64 tensor.

    w is (d,), with d at least 1. x is one row (d,), which gives a tensor of shape (), or n rows (n, d), which give a
    tensor (n,); no rows give an empty one. b is one number. Raises InputError for other shapes, for missing or infinite
    values, and where a sum exceeds the range of float64.

    >>> round(predict_neuron([1.5, -1.0], [1.2, -0.4], -0.8).item(), 4)
    0.8022
    """
    weights, rows, bias = _checked(w, x, b)
    with np.errstate(over="ignore", invalid="ignore"):
        z = rows @ weights + bias
    _check_sum(z)
    return ACTIVATIONS["sigmoid"].value(z)


def neuron_terms(w: ArrayLike, x: ArrayLike, b: ArrayLike) -> NeuronTerms:
    """Return all that a neuron computes for one row, term by term.

    w and x are (d,), b is one number. Raises InputError as `predict_neuron` does.
    """
    weights, row, bias = _checked(w, x, b)
    if row.ndim != 1:
        raise InputError(_("x has to be one row of features; its shape is {shape}.").format(shape=row.shape))
    with np.errstate(over="ignore", invalid="ignore"):
        products = weights * row
        sums = np.cumsum([*products, bias])
    _check_sum(sums)
    z = float(sums[-1])
    row_of = ACTIVATIONS["sigmoid"]
    slope = float(row_of.derivative(z))
    largest = float(np.abs(weights).max())
    norm = largest and largest * float(np.linalg.norm(weights / largest))  # no square overflows
    return NeuronTerms(
        products=products,
        sums=sums,
        z=z,
        probability=float(row_of.value(z)),
        other=float(row_of.value(-z)),
        slope=slope,
        slopes=slope * row,
        norm=norm,
        distance=abs(z) / norm if norm else None,
    )


def _checked(w: ArrayLike, x: ArrayLike, b: ArrayLike) -> tuple[Array, Array, float]:
    weights, rows, bias = as_array(w, "w"), as_array(x, "x"), as_array(b, "b")
    if weights.ndim != 1 or not weights.size:
        raise InputError(
            _("w has to be a vector of weights, of shape (d,), but its shape is {shape}; pass w.reshape(-1).").format(
                shape=weights.shape
            )
            if weights.size
            else _("w has no entries; a neuron needs a weight for each feature.")
        )
    if bias.size != 1:
        raise InputError(_("b has to be one number; its shape is {shape}.").format(shape=bias.shape))
    if rows.ndim not in (1, 2) or rows.shape[-1] != len(weights):
        raise InputError(
            _(
                "x needs a feature for each of the {count} weights, so the shape ({count},), or (n, {count}) for n "
                "rows; its shape is {shape}."
            ).format(count=len(weights), shape=rows.shape)
        )
    return weights, rows, float(bias.reshape(()))


def _check_sum(z: Array) -> None:
    if not np.isfinite(z).all():
        raise InputError(
            _("w·x + b exceeds the range of float64, which ends at 1.8e308; use smaller weights or features.")
        )
