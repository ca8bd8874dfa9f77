"""The loss landscape for drawing: a part of the plane, and curves of equal loss on it."""

import math

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_fixed
from core.language import _
from core.regression.convergence.loss_surface import EXTREMES, LossSurface
from core.regression.data.validation import Array

CURVES = 9
RATIO = 4.0  # between the gaps of two neighbouring curves, so that each is twice as wide as the next
_FAR = 30.0  # a path is drawn until its gap is that many times the first: some five times as far out
_NEAR = 0.02  # the chart includes at least the curve at this share of the first gap
_ROOM = 0.08


def places(bowl: LossSurface, parameters: Array) -> Array:
    """Return where parameters (k, d + 1), in the coordinates trained in, lie on the plane: shape (k, 2)."""
    with np.errstate(over="ignore", invalid="ignore"):
        found: Array = bowl.centre + (parameters - bowl.origin) @ bowl.directions
    return found


def plane_gaps(bowl: LossSurface, on_plane: Array) -> Array:
    """Return how far above its smallest the loss is at points (k, 2) of the plane."""
    gaps: Array = 0.5 * np.square((on_plane - bowl.centre) @ bowl.root.T).sum(axis=1)
    return gaps


def frames_before_leaving(gaps: Array) -> int:
    """Return for how many frames a path has not left the chart, from the gaps (k,) there: at least 1, at most k."""
    left = ~(gaps <= _FAR * gaps[0])
    return int(left.argmax()) if left.any() and gaps[0] > 0 else len(gaps)


def window(bowl: LossSurface, on_plane: Array, gaps: Array) -> Array:
    """Return what part of the plane is drawn: lows and highs, shape (2, 2), with the closed form and the path in it.

    `on_plane` (k, 2) is the path and `gaps` (k,) its gaps; a part of it that diverged is not counted.
    """
    kept = np.vstack([on_plane[: frames_before_leaving(gaps)], bowl.centre])
    low, high = kept.min(axis=0), kept.max(axis=0)
    first = float(plane_gaps(bowl, on_plane[:1])[0])
    least = _half_widths(bowl, _NEAR * first)
    low, high = np.minimum(low, bowl.centre - least), np.maximum(high, bowl.centre + least)
    size = high - low
    size[size <= 1e-9 * np.abs(bowl.centre)] = max(float(size.max()), 1.0)
    return np.array([low - _ROOM * size, high + _ROOM * size])


def _half_widths(bowl: LossSurface, gap: float) -> Array:
    """Return the half-widths of the curve at a gap along both axes; 0 where it is unbounded."""
    determinant = float(np.linalg.det(bowl.curvature))
    scale = float(bowl.curvature[0, 0] * bowl.curvature[1, 1])
    if not determinant > 1e-9 * scale:
        return np.zeros(2)
    return np.sqrt(2.0 * gap * np.diag(bowl.curvature)[::-1] / determinant)


def curve_gaps(bowl: LossSurface, part: Array) -> list[float]:
    """Return the gaps of the curves to draw, the outermost first; none if the loss is flat all over the plane."""
    corners = np.array([[part[i, 0], part[j, 1]] for i in (0, 1) for j in (0, 1)])
    highest = float(plane_gaps(bowl, corners).max())
    if not 0 < highest < math.inf:
        return []
    gaps = [highest / 2 / RATIO**power for power in range(CURVES)]
    return [gap for gap in gaps if gap > 0]


def curves(bowl: LossSurface, gaps: list[float], part: Array) -> pd.DataFrame:
    """Return the curves of equal loss: curve (its number), piece, across and up.

    Where the loss is flat along a line, a curve is two such lines, longer than the chart.
    """
    pieces = [(float(number), piece) for number, gap in enumerate(gaps) for piece in _pieces(bowl, gap, part)]
    columns = [
        np.column_stack([np.full(len(points), number), np.full(len(points), float(place)), points])
        for place, (number, points) in enumerate(pieces)
    ]
    return pd.DataFrame(np.vstack([np.empty((0, 4)), *columns]), columns=["curve", "piece", "across", "up"])


def _pieces(bowl: LossSurface, gap: float, part: Array) -> list[Array]:
    """Return the lines that make the curve at a gap."""
    try:
        return [bowl.ellipse(gap).to_numpy()]
    except InputError:
        _left, sizes, turn = np.linalg.svd(bowl.root, full_matrices=False)
        aside = turn[0] * math.sqrt(2.0 * gap) / sizes[0]
        along = turn[1] * 2.0 * float(np.linalg.norm(part[1] - part[0]))
        return [np.array([middle - along, middle + along]) for middle in (bowl.centre - aside, bowl.centre + aside)]


def axis_titles(bowl: LossSurface, names: list[str], label: str, standardised: bool) -> tuple[str, str]:
    """Return the names of the two axes of the plane, with their units."""
    if bowl.axes == EXTREMES:
        return _("distance along the steepest direction"), _("distance along the flattest direction")
    unit = _("{label} per standard deviation") if standardised else _("{label} per unit")
    titles = [
        _("bias ({label})").format(label=label)
        if axis == "b"
        else _("weight of {feature} ({unit})").format(feature=names[int(axis[1:]) - 1], unit=unit.format(label=label))
        for axis in bowl.axes
    ]
    return titles[0], titles[1]


def directions_in_words(bowl: LossSurface, names: list[str]) -> str:
    """Return the largest parameters, three at most, of the two extreme directions; "" for two parameters."""
    if bowl.axes != EXTREMES:
        return ""
    steep, flat = (_mixture(direction, [*names, _("bias")]) for direction in bowl.directions.T)
    return _("Steepest: {steep}. Flattest: {flat}.").format(steep=steep, flat=flat)


def _mixture(direction: Array, names: list[str]) -> str:
    """Format a direction as a sum of its largest components."""
    order = np.argsort(-np.abs(direction), kind="stable")
    count = int(np.searchsorted(np.cumsum(np.square(direction[order])), 0.9)) + 1
    parts = [f"{format_fixed(direction[j], 2, signed=True)} {names[j]}" for j in order[: min(count, 3)]]
    return " ".join([*parts, *(["…"] if count > 3 else [])]).removeprefix("+")
