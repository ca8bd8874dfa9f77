"""A network from two features through one hidden layer to one output, as one vector; and the exact output layer.

The vector has length 4h + 1: for each of the h hidden units its two weights, its bias and the output's weight for it;
last, the output's bias. The output is linear and the loss half the mean squared error: with the hidden units
fixed the best output layer is a least-squares problem, which has an exact answer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.errors import InputError
from core.foundations.network import Layer, NetworkConfig, Parameters
from core.foundations.network_pass import unit_activations
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form

PER_UNIT = 4  # parameters of a hidden unit: two weights, its bias, and the output's weight for it


def to_vector(parameters: Sequence[Layer]) -> Array:
    """Return the parameters of such a network as one vector, shape (4h + 1,). Raises InputError for another network."""
    shapes = [tuple(layer.weights.shape) for layer in parameters]
    if len(shapes) != 2 or shapes[0][0] != 2 or shapes[1] != (shapes[0][1], 1):
        raise InputError(
            _("This needs a network with two features, one hidden layer and one output; its weights are {shapes}.")
            .format(shapes=shapes)
        )  # fmt: skip
    first, last = parameters
    units = np.column_stack([first.weights.numpy().T, first.bias.numpy(), last.weights.numpy()[:, 0]])
    return np.append(units.ravel(), last.bias.numpy())


def from_vector(vector: ArrayLike) -> Parameters:
    """Return the layers for a vector (4h + 1,), float64. Raises InputError for another length or missing values."""
    import torch

    array = as_array(vector, "vector")
    if array.ndim != 1 or len(array) < PER_UNIT + 1 or (len(array) - 1) % PER_UNIT:
        raise InputError(
            _("The parameters of h hidden units are one vector of 4h + 1 numbers; its shape is {shape}.").format(
                shape=tuple(array.shape)
            )
        )
    units = torch.from_numpy(array[:-1].reshape(-1, PER_UNIT).copy())
    last = Layer(units[:, 3:].clone(), torch.from_numpy(array[-1:].copy()))
    return Layer(units[:, :2].T.clone(), units[:, 2].clone()), last


def exact_output_layer(parameters: Sequence[Layer], config: NetworkConfig, X: ArrayLike, y: ArrayLike) -> ClosedForm:
    """Return the least-squares output layer for the hidden units as they are, on rows X (n, d) with labels y (n,).

    Its loss, half the mean squared error, is the smallest that any output layer has on these rows. Where hidden units
    answer alike many are best, and this is the one of smallest norm. Without a hidden layer it is linear regression.
    Raises InputError for shapes that do not fit, missing values, or numbers too large to fit to.
    """
    entering = unit_activations(parameters, config, X)[-2] if len(parameters) > 1 else X
    return solve_closed_form(entering, y)


def with_exact_output(parameters: Sequence[Layer], exact: ClosedForm) -> Parameters:
    """Return the parameters with this output layer in place of their last one, which has one output."""
    import torch

    bias = torch.tensor([exact.bias], dtype=torch.float64)
    return (*parameters[:-1], Layer(exact.weights[:, None], bias))
