"""Several functions in one picture, each with a format string: points, limits, tangents, and what cannot be shown."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.calculus.curves import POINTS, shown_span
from core.calculus.expression.parser import Expression, parse_expression
from core.calculus.plot_colours import Rgba, cycled
from core.calculus.plot_format import PlotFormat, parse_format
from core.calculus.slopes import Slope, slope_at
from core.errors import InputError, PointedError
from core.formatting import format_number
from core.language import _, ngettext

Scale: TypeAlias = Literal["linear", "log"]
Limits: TypeAlias = tuple[float, float]

MARK_EVERY = 8  # points from one marker to the next; 241 markers would be a band
FARTHEST = 1e100  # of a limit; the squares of larger numbers overflow float64
LARGEST = 1e300  # of a value that is drawn
LARGEST_POWER = 300.0
DECADES = 3  # shown on a log axis whose lower limit it cannot have
LONGEST_NAME = 100


@dataclass(frozen=True)
class Typed:
    """What is typed for one function.

    Attributes:
        f: f(x).
        fmt: its format string.
        name: in the legend; empty for no entry.
    """

    f: str
    fmt: str
    name: str


@dataclass(frozen=True, eq=False)
class Line:
    """One function as it is drawn.

    Attributes:
        expression: f(x).
        format: how it is drawn.
        colour: of the format string, or of the cycle.
        cycle: the number of that colour in the cycle; None if the format string has a colour.
        name: in the legend, each once; empty for no entry.
        y: the values, (241,); nan where nothing is drawn.
        tangent: the value and the slopes at the point of the tangent; None if none was asked for.
        tangent_y: the values of the tangent, (241,); None where there is none, and where it is the function itself.
    """

    expression: Expression
    format: PlotFormat
    colour: Rgba
    cycle: int | None
    name: str
    y: NDArray[np.float64]
    tangent: Slope | None
    tangent_y: NDArray[np.float64] | None


@dataclass(frozen=True, eq=False)
class Plot:
    """A picture.

    Attributes:
        x: the places, (241,): evenly spread, on a log axis by equal factors.
        lines: one for each function, at least one.
        x_limits: the ends of the axis, from left to right.
        y_limits: the ends of the axis, from bottom to top.
        x_scale: "linear" or "log".
        y_scale: "linear" or "log".
        notes: a sentence for everything that cannot be shown.
    """

    x: NDArray[np.float64]
    lines: tuple[Line, ...]
    x_limits: Limits
    y_limits: Limits
    x_scale: Scale
    y_scale: Scale
    notes: tuple[str, ...]


def make_plot(
    typed: Sequence[Typed],
    x_limits: str = "0, 3",
    y_limits: str = "",
    x_scale: Scale = "linear",
    y_scale: Scale = "linear",
    tangent_at: float | None = None,
) -> Plot:
    """Return the picture of some functions; those with an empty f are left out.

    Without y limits the axis shows the curves without the extremes near poles. A log axis leaves out 0 and below, and
    says so. Raises InputError if nothing is left to draw, and for texts that cannot be read.

    >>> plot = make_plot([Typed("3*x**2 - 4*x", "-", "f(x)"), Typed("2*x - 3", "m--", "")])
    >>> plot.x[[0, 80, 240]].tolist(), [float(line.y[80]) for line in plot.lines]
    ([0.0, 1.0, 3.0], [-1.0, -1.0])
    """
    given = [each for each in typed if each.f.strip()]
    if not given:
        raise InputError(_("All functions are empty. Type at least one, such as 3*x**2 - 4*x."))
    notes: list[str] = []
    limits = _x_limits(x_limits, x_scale, notes)
    x = np.linspace(*limits, POINTS) if x_scale == "linear" else np.geomspace(*limits, POINTS)
    lines: list[Line] = []
    for each in given:
        lines.append(_line(each, lines, x, y_scale, tangent_at, notes))
    height = _y_limits(y_limits, y_scale, [line.y for line in lines], notes)
    return Plot(x, tuple(lines), limits, height, x_scale, y_scale, tuple(notes))


def read_limits(text: str) -> Limits | None:
    """Return the two numbers of a text such as `0, 3` or `[0, 2*pi]`; None if it is empty.

    Raises PointedError or InputError for anything else, and for two equal or far too large ones.
    """
    inner = text.strip()
    if not inner:
        return None
    start = text.index(inner)
    if inner[0] in "[(" and inner[-1] == {"[": "]", "(": ")"}[inner[0]]:
        inner, start = inner[1:-1], start + 1
    pieces = inner.split(",") if "," in inner else inner.split()
    if len(pieces) != 2:
        raise InputError(_("Two limits are needed, with a comma between them, such as 0, 3."))
    low = _limit(pieces[0], text, start)
    high = _limit(pieces[1], text, start + inner.rindex(pieces[1]))
    if low == high:
        raise InputError(_("The two limits are the same. Type two different ones, such as 0, 3."))
    return low, high


def _limit(piece: str, text: str, start: int) -> float:
    try:
        value = float(np.asarray(parse_expression(piece, names=())()))
    except InputError as problem:
        sentence = _("A limit has to be a number, such as 2, 0.5 or pi/2, and two are needed, such as 0, 3.")
        raise PointedError(sentence, text, start + getattr(problem, "position", 0)) from None
    if not abs(value) <= FARTHEST:
        raise PointedError(_("A limit has to lie between -1e100 and 1e100."), text, start)
    return value


def _x_limits(text: str, scale: Scale, notes: list[str]) -> Limits:
    limits = read_limits(text)
    if limits is None:
        raise InputError(_("The limits of x are empty; type two numbers, such as 0, 3."))
    return _on_axis("x", limits, scale, notes)


def _on_axis(axis: str, limits: Limits, scale: Scale, notes: list[str]) -> Limits:
    """Return limits that the axis can have; adds a note if they had to change. Raises InputError if there are none."""
    if scale == "linear":
        return limits
    shown = _above_zero(limits)
    if shown is None:
        sentence = _("A log axis has no place for 0 and below. Type limits of {axis} above 0, such as 0.01, 3.")
        raise InputError(sentence.format(axis=axis))
    if shown != limits:
        sentence = _("A log axis has no place for 0 and below: {axis} begins at {start} instead of {limit}.")
        start, limit = format_number(min(shown)), format_number(min(limits))
        notes.append(sentence.format(axis=axis, start=start, limit=limit))
    return shown


def _above_zero(limits: Limits) -> Limits | None:
    """Return limits for a log axis: the lower one is replaced if it is not above 0; None if neither is."""
    low, high = limits
    if max(limits) <= 0:
        return None
    replacement = max(limits) / 10**DECADES
    return (low if low > 0 else replacement, high if high > 0 else replacement)


def _line(
    typed: Typed, before: Sequence[Line], x: NDArray[np.float64], y_scale: Scale, at: float | None, notes: list[str]
) -> Line:
    expression, found = parse_expression(typed.f, names=("x",)), parse_format(typed.fmt)
    values = np.asarray(expression(x), dtype=np.float64)
    y, left_out = _drawable(values, y_scale)
    notes += _missing(typed.f, values, left_out)
    if not found.is_visible:
        notes.append(_("Of {f} nothing is drawn: its format string asks for no line, or no colour.").format(f=typed.f))
    cycle = sum(line.cycle is not None for line in before) if found.colour is None else None
    colour = found.colour if found.colour is not None else cycled(cycle or 0)
    slope = None if at is None else slope_at(expression, at)
    name = _name(typed.name, before, notes)
    return Line(expression, found, colour, cycle, name, y, slope, _tangent(slope, x, values, y_scale))


def _drawable(values: NDArray[np.float64], scale: Scale) -> tuple[NDArray[np.float64], int]:
    """Return the values with nan for what is not drawn, and how many only a log axis leaves out."""
    finite = np.abs(values) <= LARGEST
    shown = finite & (values > 0) if scale == "log" else finite
    return np.where(shown, values, np.nan), int((finite & ~shown).sum())


def _missing(f: str, values: NDArray[np.float64], left_out: int) -> list[str]:
    undefined = int((~(np.abs(values) <= LARGEST)).sum())
    sentences = []
    if undefined:
        sentence = ngettext(
            "{f} has no finite value at {count} of {points} points.",
            "{f} has no finite value at {count} of {points} points.",
            undefined,
        )
        sentences.append(sentence.format(f=f, count=undefined, points=POINTS))
    if left_out:
        sentence = ngettext(
            "A log axis cannot show 0 and below: {count} of {points} points of {f} is left out.",
            "A log axis cannot show 0 and below: {count} of {points} points of {f} are left out.",
            left_out,
        )
        sentences.append(sentence.format(f=f, count=left_out, points=POINTS))
    return sentences


def _name(typed: str, before: Sequence[Line], notes: list[str]) -> str:
    """Return a name that no other line has; empty for those that matplotlib leaves out of the legend."""
    name = " ".join(typed.split())[:LONGEST_NAME]
    if name.startswith("_"):
        notes.append(_("matplotlib leaves names that begin with _ out of the legend: {name}.").format(name=name))
        return ""
    taken, number, unique = {line.name for line in before}, 1, name
    while name and unique in taken:
        number += 1
        unique = f"{name} ({number})"
    return unique


def _tangent(
    slope: Slope | None, x: NDArray[np.float64], values: NDArray[np.float64], scale: Scale
) -> NDArray[np.float64] | None:
    """Return the values of the tangent; None where there is none, and for a straight line, which is its own."""
    if slope is None or slope.kind != "smooth":
        return None
    with np.errstate(all="ignore"):
        tangent = slope.value + slope.derivative * (x - slope.x)
    size = float(np.max(np.abs(tangent[np.isfinite(tangent)]), initial=0.0))
    if np.allclose(tangent, values, rtol=1e-9, atol=1e-12 * size, equal_nan=True):
        return None
    return _drawable(tangent, scale)[0]


def _y_limits(text: str, scale: Scale, curves: Sequence[NDArray[np.float64]], notes: list[str]) -> Limits:
    limits = read_limits(text)
    if limits is None:
        return _automatic(scale, curves)
    return _on_axis("y", limits, scale, notes)


def _automatic(scale: Scale, curves: Sequence[NDArray[np.float64]]) -> Limits:
    """Return limits that show the curves, with few digits."""
    if scale == "linear":
        low, high = shown_span(*curves)
        digits = 2 - math.floor(math.log10(high - low))
        return round(low, digits), round(high, digits)
    powers = shown_span(*(np.log10(curve) for curve in curves))
    low, high = (10.0 ** min(max(power, -LARGEST_POWER), LARGEST_POWER) for power in powers)
    low, high = max(float(f"{low:.3g}"), 1 / LARGEST), float(f"{high:.3g}")
    return (low, high) if low < high else (low / 2, 2 * low)
