"""The slopes of a function of two variables in all directions out of a point, and what kind of point it is by them.

A function is differentiable where the gradient predicts all slopes and the error of its plane, divided by the distance,
tends to 0 along every path. Slopes along straight lines are exact where the formula has a Taylor series (`taylor`), and
limits of quotients where it is 0/0. Paths that bend are tried on circles around the point: at angles ever closer to
each direction, so that curves such as y = x² or y = x³ are among them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.calculus.expression.evaluate import evaluate
from core.calculus.expression.parser import Expression
from core.calculus.gradients import DIRECTIONS, EPSILON, SETTLED, VARIABLES, Place, directions, limit_of, noise_near
from core.calculus.slopes import OVERFLOWS
from core.calculus.taylor import JET_OPERATIONS, Jet

LINES = DIRECTIONS // 2
RADII = tuple(float(f"1e-{power}") for power in range(2, 11))
SHOWN = 1e-3  # radius of the circle of which a point is named
OFFSETS = 10.0 ** (-np.arange(2, 81) / 4)  # angles next to a direction, down to those of y = x² at the smallest radius
QUOTIENTS = tuple(float(f"1e-{power}") for power in range(3, 11))
SAME, APART = 1e-6, 1e-4  # relative differences that are none, and that are one
State: TypeAlias = Literal["slope", "unbounded", "undefined", "undecided"]
Found: TypeAlias = tuple[float, float, State]  # a slope, a bound on its error, and whether there is one
Kind: TypeAlias = Literal[
    "differentiable",
    "only along lines",
    "not linear",
    "some without",
    "not continuous",
    "not differentiable",
    "no gradient",
    "undecided",
    "undefined",
]


@dataclass(frozen=True)
class Path:
    """What f does on circles around the point.

    Attributes:
        tends: whether the largest value found on them tends to 0 with the radius; None if that cannot be decided.
        x: of the point where it is largest, on a circle of radius 0.001.
        y: of that point.
        value: of f there.
        largest: the value found there.
    """

    tends: bool | None
    x: float
    y: float
    value: float
    largest: float


@dataclass(frozen=True, eq=False)
class Slopes:
    """The slopes out of a point, and what they make of it.

    Attributes:
        table: degrees, slope (outward, one-sided; nan if there is none), error (a bound) and state, a row for each of
            48 directions.
        straight: the number of the 24 lines through the point on which both directions have the same slope.
        broken: the direction, in degrees, where a line has no slope most clearly; nan if there is none.
        decided: whether each line was decided.
        worst: the direction, in degrees, whose slope differs most from gradient · direction; nan without a gradient.
        jump: |f − f(p)| on circles, which tends to 0 where f is continuous.
        remainder: |f − plane| / radius on circles, which tends to 0 where f is differentiable.
        kind: "differentiable"; "only along lines" if the gradient predicts all slopes but the error does not vanish on
            a path that bends; "not linear" if every line has a slope, but not that of the gradient; "some without" if a
            line has none; "not continuous" if both partial derivatives exist all the same; "not differentiable" if it
            is not decided which of these; "no gradient" if an axis has no slope; "undecided"; "undefined".
    """

    table: pd.DataFrame
    straight: int
    broken: float
    decided: bool
    worst: float
    jump: Path
    remainder: Path
    kind: Kind

    @property
    def steepest(self) -> tuple[float, float]:
        """Return the largest slope and its direction in degrees; nan if one of the directions has none."""
        return self._end(self.table["slope"].to_numpy())

    @property
    def lowest(self) -> tuple[float, float]:
        """Return the smallest slope and its direction in degrees; nan as for the steepest."""
        slope, degrees = self._end(-self.table["slope"].to_numpy())
        return -slope, degrees

    def _end(self, slopes: NDArray[np.float64]) -> tuple[float, float]:
        if not np.isfinite(slopes).all():
            return math.nan, math.nan
        best = _first_largest(slopes)
        return float(slopes[best]), float(self.table["degrees"].iloc[best])

    def at(self, degrees: float) -> float:
        """Return the slope in a direction of the table."""
        return float(self.table["slope"].iloc[round(degrees * DIRECTIONS / 360) % DIRECTIONS])


def look_around(expression: Expression, place: Place) -> Slopes:
    """Return the slopes of a function of x and y in all directions out of a point. Never raises, never warns.

    >>> from core.calculus import parse_expression
    >>> from core.calculus.gradients import look_at
    >>> f = parse_expression("x**2*y/(x**2 + y**2)", ["x", "y"])
    >>> found = look_around(f, look_at(f, 0, 0))
    >>> found.kind, found.straight, round(found.at(45), 6)
    ('not linear', 24, 0.353553)
    """
    with np.errstate(all="ignore"):
        table = _slopes(expression, place)
        jump, remainder = _circles(expression, place)
    straight, broken, decided = _lines(table)
    foretold = directions() @ np.array(place.slopes)
    gaps = np.abs(table["slope"].to_numpy() - foretold)
    worst = float(table["degrees"].iloc[_first_largest(gaps)]) if np.isfinite(gaps).any() else math.nan
    linear = _compare(gaps, table["error"].to_numpy(), _scale(table["slope"].to_numpy(), foretold))
    kind = _kind(place, (straight, decided, bool(np.nanmax(linear, initial=0) > 0)), jump, remainder)
    return Slopes(table, straight, broken, decided, worst, jump, remainder, kind)


def _first_largest(values: NDArray[np.float64]) -> int:
    """Return where the largest number is, the first of those that differ by rounding alone; nan is left out."""
    return int(np.argmax(values >= np.nanmax(values) - SAME * np.nanmax(np.abs(values))))


def _kind(place: Place, lines: tuple[int, bool, bool], jump: Path, remainder: Path) -> Kind:
    straight, decided, apart = lines
    if place.verdict in ("undefined", "no gradient", "undecided"):
        return place.verdict
    if place.verdict == "not continuous" or jump.tends is False:
        return "not continuous"
    if place.verdict == "differentiable":
        if remainder.tends is None:
            return "undecided"
        return "differentiable" if remainder.tends else "only along lines"
    if not decided:
        return "not differentiable"
    if straight < LINES:
        return "some without"
    return "not linear" if apart else "not differentiable"


def _slopes(expression: Expression, place: Place) -> pd.DataFrame:
    around = directions()
    limits = _limits(expression, place, around)
    rows: list[Found] = []
    for direction, limit in zip(around, limits, strict=True):
        series = None if limit[2] == "undefined" else _by_series(expression, place, direction)
        rows.append(_agreed(series, limit))
    table = pd.DataFrame(rows, columns=["slope", "error", "state"])
    table.insert(0, "degrees", np.arange(DIRECTIONS) * 360 / DIRECTIONS)
    return table


def _agreed(series: Found | None, limit: Found) -> Found:
    """Return the slope by the series, unless the quotients settle on another one: then neither can be trusted.

    A series has three terms, so it loses what begins beyond them, as in the fourth root of x⁴.
    """
    if series is None:
        return limit
    if series[2] == limit[2] == "slope":
        gap, size = abs(series[0] - limit[0]), max(abs(series[0]), abs(limit[0]))
        return (math.nan, 0.0, "undecided") if gap > 10 * limit[1] + APART * size else series
    return series


def _by_series(expression: Expression, place: Place, direction: NDArray[np.float64]) -> Found | None:
    """Return the slope by the Taylor series along a ray; None where the formula has none there, as at 0/0."""
    start = dict(zip(VARIABLES, (place.x, place.y), strict=True))
    seeds = {
        name: Jet((start[name], float(step), 0.0, 0.0), abs(start[name]))
        for name, step in zip(VARIABLES, direction, strict=True)
        if name in expression.names
    }
    try:
        jet = evaluate(expression.root, seeds, JET_OPERATIONS, Jet.constant)
    except OVERFLOWS:
        return None
    value, slope = jet.series[:2]
    if math.isnan(value) or math.isnan(slope) or math.isnan(place.value):
        return None
    noise = jet.noise if math.isfinite(jet.noise) else 0.0
    if abs(value - place.value) > 1e-12 * (abs(place.value) + noise) + 1e-300:
        return math.nan, 0.0, "unbounded"  # a jump: the quotient grows without bound
    if math.isinf(slope):
        return math.nan, 0.0, "unbounded"
    return slope + 0.0, 1e-12 * abs(slope), "slope"


def _limits(expression: Expression, place: Place, around: NDArray[np.float64]) -> list[Found]:
    """Return what the quotients along each ray tend to, with ever smaller steps."""
    h = np.array(QUOTIENTS)[:, None]
    there = np.asarray(expression(place.x + h * around[:, 0], place.y + h * around[:, 1])) + 0.0 * h * around[:, 0]
    quotients = (there - place.value) / h
    size, largest = math.hypot(place.x, place.y), np.nanmax(np.abs(quotients), axis=1, initial=0.0)
    rounding = 4 * EPSILON * (abs(place.value) + h[:, 0] * largest + size * largest) / h[:, 0]
    return [_settle(quotients[:, ray], rounding) for ray in range(len(around))]


def _settle(quotients: NDArray[np.float64], rounding: NDArray[np.float64]) -> Found:
    """Judge by the quotients of one ray where rounding is small beside them."""
    if not np.isfinite(quotients[:3]).all():
        return math.nan, 0.0, "undefined"
    scale = float(np.max(np.abs(quotients[:3])))
    kept = np.isfinite(quotients) & (rounding <= max(SAME * scale, rounding[0]))
    kept[:3] = True
    count = len(kept) if kept.all() else int(np.argmin(kept))
    q, noise = quotients[:count], float(rounding[count - 1])
    if not math.isfinite(scale + noise):
        return math.nan, 0.0, "undecided"
    first, second = float(q[-2] - q[-3]), float(q[-1] - q[-2])
    if abs(second) <= SAME * scale + noise:
        return float(q[-1]), abs(second) + noise, "slope"
    if abs(q[-1]) > 1.05 * abs(q[-2]) > 1.1 * abs(q[-3]):
        return math.nan, 0.0, "unbounded"
    if abs(second) <= 0.9 * abs(first):
        rest = second**2 / (first - second)  # what is still to come if the steps go on falling as they do
        return float(q[-1] + rest), abs(rest) + noise, "slope"
    return math.nan, 0.0, "undecided"


def _scale(*values: NDArray[np.float64]) -> float:
    return max(float(np.nanmax(np.abs(value), initial=0.0)) for value in values)


def _compare(gaps: NDArray[np.float64], errors: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """Return 0 for a gap that is none, 1 for one that is certain, nan between them and where there is no number."""
    same, apart = gaps <= 3 * errors + SAME * scale, gaps > 10 * errors + APART * scale
    return np.where(same, 0.0, np.where(apart, 1.0, np.nan))


def _lines(table: pd.DataFrame) -> tuple[int, float, bool]:
    """Return how many lines have one slope on both sides, where one has none, and whether all were decided."""
    slopes, errors, states = (table[name].to_numpy() for name in ("slope", "error", "state"))
    there, back = slopes[:LINES], slopes[LINES:]
    bends = _compare(np.abs(there + back), errors[:LINES] + errors[LINES:], _scale(slopes))
    lost = np.isin(states, ["unbounded", "undefined"])
    broken = lost[:LINES] | lost[LINES:] | (bends == 1)
    undecided = ~broken & (np.isnan(bends) | (states[:LINES] == "undecided") | (states[LINES:] == "undecided"))
    depth = np.where(broken, np.where(np.isnan(there + back), np.inf, np.abs(there + back)), -1.0)
    worst = float(table["degrees"].iloc[int(np.argmax(depth))]) if broken.any() else math.nan
    return int((~broken & ~undecided).sum()), worst, not undecided.any()


def _circles(expression: Expression, place: Place) -> tuple[Path, Path]:
    """Look for the largest |f − f(p)|, and the largest |f − plane| / radius, on circles around the point."""
    size = max(abs(place.x), abs(place.y))
    radii = np.array([radius for radius in RADII if radius >= 1e-7 * size])  # below, x + r keeps no digit of a bend
    turns = np.concatenate([[0.0], OFFSETS, -OFFSETS])
    around = directions(LINES)
    aside = np.stack([-around[:, 1], around[:, 0]], axis=1)
    ways = (around[:, None] * np.cos(turns)[:, None] + aside[:, None] * np.sin(turns)[:, None]).reshape(-1, 2)
    x, y = (at + radii[:, None] * ways[:, axis] for axis, at in enumerate((place.x, place.y)))
    there = np.asarray(expression(x, y)) + 0.0 * x
    rise = there - place.value
    plane = radii[:, None] * (ways @ np.array(place.slopes))
    noise = noise_near(expression, (place.x, place.y)) + sum(
        abs(at * slope) for at, slope in zip((place.x, place.y), place.slopes, strict=True) if math.isfinite(slope)
    )
    rounding = 4 * EPSILON * (noise + abs(place.value) + np.nanmax(np.abs(there), axis=1, initial=0.0))
    return (
        _path(np.abs(rise), rounding, radii, (x, y, there)),
        _path(np.abs(rise - plane) / radii[:, None], rounding / radii, radii, (x, y, there)),
    )


def _path(
    sizes: NDArray[np.float64],
    rounding: NDArray[np.float64],
    radii: NDArray[np.float64],
    found: tuple[NDArray[np.float64], ...],
) -> Path:
    sizes = np.where(np.isfinite(sizes), sizes, -1.0)
    row = int(np.argmin(np.abs(radii - SHOWN)))
    best = int(np.argmax(sizes[row]))
    x, y, value = (float(of[row, best]) for of in found)
    largest = sizes.max(axis=1)
    return Path(_tends_to_0(largest.tolist(), rounding.tolist()), x, y, value, float(largest[row]))


def _tends_to_0(largest: Sequence[float], rounding: Sequence[float]) -> bool | None:
    """Judge the largest values on ever smaller circles; None where they fall too slowly to tell, or are no numbers."""
    if min(largest) < 0:
        return None
    for value, noise in zip(largest, rounding, strict=True):
        if value <= noise or value <= SETTLED * largest[0]:
            return True
    return limit_of(largest)
