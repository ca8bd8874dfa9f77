"""A network from two features through one hidden layer to one output, as one vector; and level lines of its output.

The vector has length 4h + 1: for each of the h hidden units its two weights, its bias and the output's weight for it;
last, the output's bias.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.errors import InputError
from core.foundations.network import Layer, NetworkConfig, Parameters
from core.foundations.network_pass import predict_network
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array

GRID = 100  # points along each side of the plane, between which level lines are straight
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


def level_lines(
    parameters: Sequence[Layer], config: NetworkConfig, part: ArrayLike, levels: Sequence[float]
) -> pd.DataFrame:
    """Return where the first output has these values, on a part of the plane: lows and highs, shape (2, 2).

    One row a point: level, piece (a number for each connected line, from 0), x1 and x2; empty where the output has none
    of the values. The lines are linear between the points of a grid (contourpy). Raises InputError for a network that
    has not two features, and for a part whose highs are not above its lows.
    """
    import contourpy

    low, high = as_array(part, "part")
    if not (high > low).all():
        raise InputError(
            _("A part of the plane needs highs above its lows; got {low} and {high}.").format(
                low=low.tolist(), high=high.tolist()
            )
        )
    across, up = (np.linspace(low[axis], high[axis], GRID) for axis in (0, 1))
    points = np.stack(np.meshgrid(across, up), axis=-1).reshape(-1, 2)
    heights = predict_network(parameters, config, points)[:, 0].numpy().reshape(GRID, GRID)
    lines = contourpy.contour_generator(across, up, heights)
    pieces = [(level, np.asarray(piece)) for level in levels for piece in lines.lines(level)]
    columns = [
        np.column_stack([np.full(len(piece), level), np.full(len(piece), float(number)), piece])
        for number, (level, piece) in enumerate(pieces)
    ]
    return pd.DataFrame(np.vstack([np.empty((0, 4)), *columns]), columns=["level", "piece", "x1", "x2"])
