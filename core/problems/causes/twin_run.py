"""What the miniature of causes computes from a known graph: rows that are seen, and rows under do()."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from core.errors import InputError
from core.formatting import format_list, format_number
from core.language import _
from core.problems.causes.confounder import SlopeFit, fit_slope
from core.problems.causes.graph import SHAPES, Structure, build_structure, is_back_door_set, simulate
from core.problems.rows import Array

EFFECTS = (-2.0, 2.0)  # allowed coefficients of X → Y
STRENGTHS = (-2.0, 2.0)  # allowed coefficients of the second arrow of Z
SIZES = (20, 2000)  # allowed numbers of rows
ROUNDS = 30  # frames in which do() is carried out
VALUES = 9  # that X is set to
SAME = 1e-9  # two exact slopes that differ by less are the same


@dataclass(frozen=True, eq=False)
class TwinRun:
    """A structure, rows simulated from it, and do() carried out in it.

    Attributes:
        shape: "fork", "chain" or "collider".
        structure: the equations.
        seen: (n, 3), rows of X, Y and Z.
        without: the regression of Y on X in these rows.
        adjusted: the regression of Y on X and Z.
        set_to: (VALUES,), the values that X is set to.
        counts: (ROUNDS,), the draws at each value after each round.
        means: (ROUNDS, VALUES), the mean of Y after each round.
    """

    shape: str
    structure: Structure
    seen: Array = field(repr=False)
    without: SlopeFit
    adjusted: SlopeFit
    set_to: Array = field(repr=False)
    counts: Array = field(repr=False)
    means: Array = field(repr=False)

    @cached_property
    def right(self) -> tuple[bool, bool]:
        """Whether the exact slope without Z, and the one with Z, is the slope under do()."""
        effect = self.structure.total_effect
        without, adjusted = (abs(self.structure.slope(each) - effect) <= SAME for each in (False, True))
        return without, adjusted

    @cached_property
    def allowed(self) -> tuple[bool, bool]:
        """Whether the back-door criterion allows the regression without Z, and the one with Z."""
        arrows = self.structure.arrows
        return is_back_door_set(arrows, set()), is_back_door_set(arrows, {"Z"})

    def slope_done(self, step: int) -> float:
        """Return the slope of the mean of Y on the values X is set to, after a round."""
        return fit_slope(self.set_to, self.means[step]).slope


def twin_run(shape: str, effect: float, strength: float, size: int, seed: int) -> TwinRun:
    """Simulate a graph of `SHAPES`, and carry out do() at VALUES values of X with `size` draws each.

    The values reach two standard deviations of X to either side. Raises InputError for settings out of range.
    """
    _check(shape, effect, strength, size)
    structure = build_structure(shape, effect, strength)
    rng = np.random.default_rng(seed)
    seen = simulate(structure, rng.standard_normal((size, 3)))
    set_to = 2.0 * np.sqrt(structure.covariance[0, 0]) * np.linspace(-1.0, 1.0, VALUES)
    done = simulate(structure, rng.standard_normal((size * VALUES, 3)), np.tile(set_to, size))
    counts = np.ceil(size * np.arange(1, ROUNDS + 1) / ROUNDS).astype(np.int64)
    sums = done[:, 1].reshape(size, VALUES).cumsum(axis=0)
    x, y, z = seen.T
    fits = fit_slope(x, y), fit_slope(x, y, z[:, None])
    return TwinRun(shape, structure, seen, *fits, set_to, counts.astype(np.float64), sums[counts - 1] / counts[:, None])


def _check(shape: str, effect: float, strength: float, size: int) -> None:
    if shape not in SHAPES:
        raise InputError(
            _("The graph has to be one of {names}, but got {got}; choose one of them.")
            .format(names=format_list(SHAPES), got=shape)
        )  # fmt: skip
    ranges = (
        (_("the effect of X on Y"), effect, EFFECTS),
        (_("the coefficient of the arrow of Z"), strength, STRENGTHS),
        (_("the number of rows"), size, SIZES),
    )
    for name, value, (low, high) in ranges:
        if not low <= value <= high:
            raise InputError(
                _("For {name} a number from {low} to {high} is needed, but got {value}; choose one in between.")
                .format(name=name, low=format_number(low), high=format_number(high), value=format_number(value))
            )  # fmt: skip
