"""Level lines of a function on a grid."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

LEVELS = 8
MOST_POINTS = 4_500
_RULED = 6  # decimal digits of a level, to be readable


def quantile_levels(values: NDArray[np.float64], count: int = LEVELS) -> list[float]:
    """Return levels with equal areas in between, so they are sparse where the function is steep.

    NaN and ±inf are left out; a constant has one level, an empty array none.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return []
    levels = np.quantile(known, np.linspace(0.04, 0.96, count))
    return sorted({float(f"{level:.{_RULED}g}") + 0.0 for level in levels})


def level_lines(
    xs: NDArray[np.float64], ys: NDArray[np.float64], values: NDArray[np.float64], levels: Sequence[float]
) -> pd.DataFrame:
    """Return the level lines of values (len(ys), len(xs)) as segments, two points and a nan each: level, x, y, place.

    Each square of the grid is divided into two triangles, on each of which the function is interpolated linearly;
    triangles with a value that is not finite are left out. `place` counts the points of a level in drawing order.
    With more than 4,500 points every second level is left out.
    """
    rows = []
    for level in levels:
        with np.errstate(over="ignore", invalid="ignore"):
            pieces = _pieces(xs, ys, values - level)
        gaps = np.full((len(pieces), 1, 2), np.nan)
        points = np.concatenate([pieces, gaps], axis=1).reshape(-1, 2)
        rows.append(
            pd.DataFrame({"level": level, "x": points[:, 0], "y": points[:, 1], "place": np.arange(len(points))})
        )
    if sum(map(len, rows)) > MOST_POINTS and len(levels) > 1:
        return level_lines(xs, ys, values, levels[::2])
    if not rows:
        return pd.DataFrame(columns=["level", "x", "y", "place"], dtype=np.float64)
    return pd.concat(rows, ignore_index=True)[:MOST_POINTS]


def _pieces(xs: NDArray[np.float64], ys: NDArray[np.float64], above: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the segments of the line on which `above` is 0: (pieces, 2 ends, x and y)."""
    x, y = np.meshgrid(xs, ys)
    points = np.stack([x, y, above], axis=-1)
    corners = points[:-1, :-1], points[:-1, 1:], points[1:, 1:], points[1:, :-1]
    found = []
    for triangle in ((0, 1, 2), (0, 2, 3)):
        three = np.stack([corners[corner] for corner in triangle], axis=-2).reshape(-1, 3, 3)
        three = three[np.isfinite(three[:, :, 2]).all(axis=1)]
        over = three[:, :, 2] >= 0  # never both ends on the line, so no division by 0
        crossed = three[over.any(axis=1) & ~over.all(axis=1)]
        found.append(_ends(crossed))
    return np.concatenate(found)


def _ends(triangles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return where the line enters and leaves each of these triangles."""
    over = triangles[:, :, 2] >= 0
    ends = np.full((len(triangles), 2, 2), np.nan)
    taken = np.zeros(len(triangles), dtype=np.intp)
    for first, second in pairwise((0, 1, 2, 0)):
        which = np.flatnonzero(over[:, first] != over[:, second])
        a, b = triangles[which, first], triangles[which, second]
        share = (a[:, 2] / (a[:, 2] - b[:, 2]))[:, None]
        ends[which, taken[which]] = a[:, :2] + share * (b[:, :2] - a[:, :2])
        taken[which] += 1
    return ends
