"""What hidden layers can and cannot do, in numbers: layers that collapse, units that die, and pieces by depth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from core.errors import InputError
from core.foundations.network import Layer, NetworkConfig, Parameters
from core.foundations.network_pass import network_pass
from core.language import _
from core.regression.data.validation import Array, ArrayLike, check_count
from core.regression.least_squares.closed_form import solve_closed_form

if TYPE_CHECKING:
    import torch

Number = TypeVar("Number", Fraction, Array)

DEEPEST = 12  # folds: then there are 4,096 pieces


def collapse_layers(parameters: Sequence[Layer]) -> Layer:
    """Return the one affine map that layers without an activation are: W = W₁W₂…, b = (b₁W₂ + b₂)….

    In exact arithmetic x W + b is the output of these layers one after the other, for every x. Raises InputError for no
    layer, or where the outputs of one are not the inputs of the next.
    """
    if not parameters:
        raise InputError(_("There has to be at least one layer."))
    whole = parameters[0]
    for layer in parameters[1:]:
        if whole.weights.shape[1] != layer.weights.shape[0]:
            raise InputError(
                _("A layer with {outputs} outputs cannot be followed by one with {inputs} inputs.").format(
                    outputs=whole.weights.shape[1], inputs=layer.weights.shape[0]
                )
            )
        whole = Layer(whole.weights @ layer.weights, whole.bias @ layer.weights + layer.bias)
    return whole


@dataclass(frozen=True, eq=False)
class HiddenUnits:
    """The units of the first hidden layer on some rows.

    Attributes:
        parameters (units, inputs + 1): their weights and, last, their bias.
        gradients (units, inputs + 1): of the loss by these.
        live (units,): for how many rows the sum z is above 0.
        highest (units,): the largest sum z of all rows.
        loss: of the network on these rows.
    """

    parameters: torch.Tensor
    gradients: torch.Tensor
    live: torch.Tensor
    highest: torch.Tensor
    loss: float

    @property
    def dead(self) -> int:
        """How many units are above 0 for no row, so that a ReLU has the gradient 0 there."""
        return int((self.live == 0).sum())

    @property
    def apart(self) -> float:
        """The largest difference between a parameter of a unit and that of the first unit."""
        return float((self.parameters - self.parameters[0]).abs().max())


def hidden_units(parameters: Parameters, config: NetworkConfig, X: ArrayLike, y: ArrayLike) -> HiddenUnits:
    """Return the units of the first hidden layer on rows X (n, d) with their labels; InputError as `network_pass`."""
    import torch

    if not config.hidden:
        raise InputError(_("This network has no hidden layer."))
    there = network_pass(parameters, config, X, y)
    first, gradient = parameters[0], there.gradients[0]
    return HiddenUnits(
        torch.vstack([first.weights, first.bias]).T,
        torch.vstack([gradient.weights, gradient.bias]).T,
        (there.sums[0] > 0).sum(dim=0),
        there.sums[0].amax(dim=0),
        there.loss,
    )


def fold(x: Number) -> Number:
    """Return 2·max(0, x) − 4·max(0, x − ½): a layer of two ReLU units that folds the interval from 0 to 1 in two.

    0 goes to 0, ½ to 1 and 1 to 0, in straight lines (the tent map, after Telgarsky 2015). Fractions stay exact.
    """
    return (x + abs(x)) - (2 * x - 1) - abs(2 * x - 1)  # max(0, z) is half of z + |z|


def folded(x: Number, depth: int) -> Number:
    """Return x after `depth` folds, one layer each. Raises InputError for a depth below 1 or above 12."""
    for _layer in range(_depth(depth)):
        x = fold(x)
    return x


def count_pieces(depth: int) -> int:
    """Return of how many straight pieces `depth` folds are made on the interval from 0 to 1, counted exactly.

    Their slopes are compared as fractions on a grid twice as fine as the folds. Raises InputError as `folded` does.
    """
    cells = 2 ** (_depth(depth) + 1)
    heights = [folded(Fraction(place, cells), depth) for place in range(cells + 1)]
    slopes = [after - before for before, after in pairwise(heights)]
    return 1 + sum(one != other for one, other in pairwise(slopes))


@dataclass(frozen=True, eq=False)
class WideFit:
    """One hidden layer of ReLU units beside folds one after the other.

    Attributes:
        x (n,): points from 0 to 1.
        deep (n,): the folds there.
        wide (n,): the least-squares fit of one hidden layer with as many units, whose kinks are evenly spread.
        most_pieces: the most straight pieces that so many units can have in one layer.
        loss: half the mean squared difference of the two.
    """

    x: Array
    deep: Array
    wide: Array
    most_pieces: int
    loss: float


def fit_wide(depth: int) -> WideFit:
    """Return the best output layer for one hidden layer of 2·depth ReLU units with evenly spread kinks, exactly.

    Raises InputError as `folded` does.
    """
    units = 2 * _depth(depth)
    x = np.linspace(0, 1, max(2 ** (depth + 2), 64) + 1)
    deep = folded(x, depth)
    hidden = np.maximum(0, x[:, None] - np.arange(units) / units)
    fit = solve_closed_form(hidden, deep)
    return WideFit(x, deep, hidden @ fit.weights.numpy() + fit.bias, units + 1, fit.loss)


def _depth(depth: int) -> int:
    if check_count(depth, "depth") > DEEPEST:
        raise InputError(_("depth can be at most {most}; got {depth}.").format(most=DEEPEST, depth=depth))
    return int(depth)
