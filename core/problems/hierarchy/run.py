"""Flat and two-level classification on rows held out, with the cost of a near miss going down."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.foundations.two_classes import fit_safe_scaling
from core.language import _
from core.problems.class_rows import Features, principal_plane
from core.problems.hierarchy.near_misses import (
    TwoLevels,
    closest_groups,
    cost_table,
    fit_two_levels,
    group_first,
    halves,
    least_cost,
    most_probable,
    read_groups,
)
from core.problems.rows import Rows

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
FRAMES = 41
GRID = 36


@dataclass(frozen=True, eq=False)
class HierarchyRun:
    """Decisions on rows held out.

    Attributes:
        rows: all of them.
        groups: (K,), the group of each class.
        learned: the places of the rows that were learned from.
        held: those of the m rows held out.
        levels: the probabilities of the rows held out.
        xy: (m, 2), their places along the first two principal axes of the rows learned from.
        edges: of the plane, left, right, lower and upper.
        regions: (frames, GRID, GRID), the decision at each place of the plane; none if the model has all columns.
        nears: (frames,), the cost of a near miss, from 1 down.
        flat: (m,), the most probable class.
        tree: (m,), the most probable group, then the most probable class in it.
        cheapest: (frames, m), the decision with the least expected cost, by enumeration.
    """

    rows: Rows
    groups: Places
    learned: Places
    held: Places
    levels: TwoLevels
    xy: Array
    edges: tuple[float, float, float, float]
    regions: Places | None
    nears: Array
    flat: Places
    tree: Places
    cheapest: Places

    @property
    def y(self) -> Places:
        """The classes of the rows held out, (m,)."""
        return self.rows.need_classes()[self.held]

    def costs(self, decisions: Places) -> Array:
        """Return the mean cost on the rows held out, (frames,), of decisions (m,) or (frames, m)."""
        each = np.broadcast_to(decisions, (len(self.nears), len(self.held)))
        found = [
            cost_table(self.groups, near)[self.y, said].mean() for near, said in zip(self.nears, each, strict=True)
        ]
        return np.array(found)

    def expected(self, decisions: Places) -> Array:
        """Return the mean cost that the flat model expects of decisions (m,) or (frames, m), (frames,)."""
        each = np.broadcast_to(decisions, (len(self.nears), len(self.held)))
        places = np.arange(len(self.held))
        found = [
            (self.levels.flat @ cost_table(self.groups, near))[places, said].mean()
            for near, said in zip(self.nears, each, strict=True)
        ]
        return np.array(found)

    def mistakes(self, decisions: Places) -> tuple[int, int]:
        """Return how many of decisions (m,) are wrong within the group, and how many across groups."""
        same = self.groups[self.y] == self.groups[decisions]
        return int((same & (decisions != self.y)).sum()), int((~same).sum())


def run_hierarchy(rows: Rows, features: Features, groups: str, near: float, penalty: float, seed: int) -> HierarchyRun:
    """Return the run for rows of at least three classes, each of which has a row.

    `features` "two" learns from the first two principal axes, "all" from all columns. `groups` is a text as for
    `read_groups`; "" takes `usual_groups`. Raises InputError for fewer classes,
    groups that do not fit, and rows of which none can be held out.
    """
    y = rows.need_classes(3)
    learned, held = halves(y, seed)
    if not len(held):
        raise InputError(_("A class with two rows is needed, so that one can be held out; choose another table."))
    Z = fit_safe_scaling(rows.X[learned]).transform(rows.X)
    xy = principal_plane(Z, learned)
    edges, used = _edges(xy), xy if features == "two" else Z
    chosen = read_groups(groups or usual_groups(rows), len(rows.classes))
    new = np.vstack([used[held], _grid(edges)]) if features == "two" else used[held]
    every = fit_two_levels(used[learned], y[learned], chosen, penalty, new)
    levels = TwoLevels(*(part[: len(held)] for part in (every.flat, every.groups, every.tree)))
    nears = np.linspace(1.0, near, FRAMES)
    cheapest = np.array([least_cost(every.flat, cost_table(chosen, each)) for each in nears])
    regions = cheapest[:, len(held) :].reshape(FRAMES, GRID, GRID) if features == "two" else None
    flat, tree = most_probable(levels.flat), group_first(levels, chosen)
    return HierarchyRun(
        rows, chosen, learned, held, levels, xy[held], edges, regions, nears, flat, tree, cheapest[:, : len(held)]
    )


def usual_groups(rows: Rows) -> str:
    """Return groups of classes whose means lie close, about √K of them, as a text for `read_groups`.

    Raises InputError for fewer than three classes.

    >>> from core.problems.rows import load_rows
    >>> usual_groups(load_rows("iris"))
    '0,1,1'
    """
    y = rows.need_classes(3)
    Z = fit_safe_scaling(rows.X).transform(rows.X)
    groups = closest_groups(principal_plane(Z), y, max(2, round(len(rows.classes) ** 0.5)))
    return ",".join(str(group) for group in groups)  # read by a machine


def _edges(xy: Array) -> tuple[float, float, float, float]:
    low, high = xy.min(axis=0), xy.max(axis=0)
    rim = 0.05 * (high - low) + 0.1
    (left, lower), (right, upper) = (low - rim).tolist(), (high + rim).tolist()
    return left, right, lower, upper


def _grid(edges: tuple[float, float, float, float]) -> Array:
    """Return the centres of GRID × GRID cells, the lowest row first, (GRID², 2)."""
    share = (np.arange(GRID) + 0.5) / GRID
    left, right, lower, upper = edges
    x, y = np.meshgrid(left + (right - left) * share, lower + (upper - lower) * share)
    return np.column_stack([x.ravel(), y.ravel()])
