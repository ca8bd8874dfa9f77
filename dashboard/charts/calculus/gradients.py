"""A function of two variables: level lines and gradient, sections along the axes, and the slope in every direction."""

import math

import altair as alt
import numpy as np
import pandas as pd

from core.calculus.directional_slopes import Kind
from core.formatting import format_general, format_number
from core.language import _
from dashboard.charts.shared import DASH, QUIET, Table, framed, legend, places_on_curves, titled

SEEN = (0.3, 0.75)  # of viridis: the part with contrast on light and dark
SIDE = 300  # pixels of the square: only in a square is the gradient perpendicular to the level lines
HEAD = 45  # size of an arrow's head
MARKED = 0.55  # length of the longest arrow, relative to the distance between arrows


def names() -> tuple[str, str]:
    """Return the names of the two marks on the level lines."""
    return _("the point"), _("steepest descent")


def contours(
    lines: Table, labels: Table, arrows: Table, here: Table, downhill: Table, *, reach: float
) -> alt.LayerChart:
    """Draw level lines, the gradient as arrows uphill, the point, and the direction of steepest descent from it.

    `lines` has level, x, y (NaN between two pieces) and place; `labels` x, y and text; `here` x, y and what;
    `arrows` and `downhill` are `arrow_ends`, the latter one row or none, with what. `what` is one of `names`.
    """
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    x, y = alt.X("x:Q", title="x", scale=scale), alt.Y("y:Q", title="y", scale=scale)
    # The level uses the channel `stroke`, so it and the point have separate colour scales.
    scheme = alt.SchemeParams(name="viridis", extent=list(SEEN))
    viridis = alt.Stroke("level:Q", scale=alt.Scale(scheme=scheme), legend=None)
    level = alt.Chart(lines).mark_line(strokeWidth=1.5, clip=True)
    level = level.encode(x, y, viridis, alt.Order("place:Q"), alt.Detail("level:N"))
    words = alt.Chart(labels).mark_text(fontSize=11, color=QUIET, dy=-7).encode(x, y, text="text:N")
    colour = alt.Color("what:N", title=None, scale=alt.Scale(domain=list(names())), legend=legend())
    point = (
        alt.Chart(here)
        .mark_point(filled=True, size=110, opacity=1)
        .encode(x, y, colour, tooltip=[alt.Tooltip("x:Q"), alt.Tooltip("y:Q")])
    )
    uphill = [arrow.encode(color=alt.value(QUIET)) for arrow in _arrows(arrows, scale, 1.2, HEAD)]
    down = [arrow.encode(colour) for arrow in _arrows(downhill, scale, 4, 5 * HEAD)]
    title = titled(
        _("Contours and gradient"),
        [
            _("Grey arrows point uphill, longer where it is steeper."),
            _("x and y share one scale, so the arrows are perpendicular to the contours."),
        ],
    )
    picture = framed([level, *uphill, words, *down, point], title, SIDE)
    picture.width, picture.autosize = SIDE, "pad"  # the plot is the square, not the plot with its title
    return picture


def level_labels(lines: pd.DataFrame, reach: float) -> pd.DataFrame:
    """Return the positions of the level labels: in the middle of their pieces, away from the edge."""
    inside = lines[(lines[["x", "y"]].abs() < 0.85 * reach).all(axis=1)]
    rows = [
        (some["x"].iloc[len(some) // 3], some["y"].iloc[len(some) // 3], format_number(level, 3))
        for level in dict.fromkeys(inside["level"])
        for some in [inside[inside["level"] == level]]
    ]
    return pd.DataFrame(rows, columns=["x", "y", "text"])


def fitted(arrows: pd.DataFrame, reach: float) -> pd.DataFrame:
    """Return the arrows with visible lengths: the root of the gradient's norm, scaled to the longest allowed."""
    size = np.hypot(arrows["dx"], arrows["dy"])
    arrows, size = arrows[size > 0], size[size > 0]
    if arrows.empty:
        return arrows
    gap = 2 * reach / (1 + math.sqrt(max(len(arrows), 4)))
    length = np.sqrt(size / np.quantile(size, 0.95)).clip(0.15, 1) * MARKED * gap
    return arrows.assign(dx=arrows["dx"] / size * length, dy=arrows["dy"] / size * length)


def arrow_ends(arrows: pd.DataFrame) -> pd.DataFrame:
    """Return arrows from x, y by dx, dy with their ends x2, y2, and the angle of their heads, clockwise from up."""
    return arrows.assign(
        x2=arrows["x"] + arrows["dx"],
        y2=arrows["y"] + arrows["dy"],
        turn=90 - np.degrees(np.arctan2(arrows["dy"], arrows["dx"])),
    )


def _arrows(ends: Table, scale: alt.Scale, width: float, head: int) -> tuple[alt.Chart, alt.Chart]:
    shafts = alt.Chart(ends).mark_rule(strokeWidth=width, clip=True)
    heads = alt.Chart(ends).mark_point(shape="triangle", filled=True, size=head, opacity=1, clip=True)
    return (
        shafts.encode(alt.X("x:Q", scale=scale), alt.Y("y:Q", scale=scale), alt.X2("x2"), alt.Y2("y2")),
        heads.encode(
            alt.X("x2:Q", scale=scale, title="x"),
            alt.Y("y2:Q", scale=scale, title="y"),
            angle=alt.Angle("turn:Q", scale=None),
        ),
    )


def section_names() -> tuple[str, str]:
    """Return the names of the two sections."""
    return _("along x"), _("along y")


def sections(curves: Table, tangents: Table, here: Table) -> alt.LayerChart:
    """Draw the sections through the point along both axes, each with its tangent, whose slope is a partial derivative.

    `curves` and `tangents` have x (the variable that moves), y (the value, NaN where there is none) and series, which
    is one of `section_names`; `here` has x, y and series.
    """
    series = list(section_names())
    scale = alt.Scale(zero=False)
    x = alt.X("x:Q", title=_("the variable that moves"))
    y = alt.Y("y:Q", title=_("value"), scale=scale, axis=alt.Axis(format=".4~g"))
    named = legend(170)
    named.symbolStrokeWidth = 0  # a dotted outline would blur the symbol
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=series), legend=named)
    dash = alt.StrokeDash("series:N", title=None, scale=alt.Scale(domain=series, range=[[1, 0], [2, 3]]), legend=None)
    lines = alt.Chart(curves).mark_line(strokeWidth=2.5, clip=True).encode(x, y, colour, dash)
    touching = alt.Chart(tangents).mark_line(strokeWidth=1.5, strokeDash=DASH, clip=True).encode(x, y, colour)
    shapes = dict(zip(series, ["circle", "square"], strict=True))
    dots = places_on_curves(here, x, y, colour, shapes, named=_("section"), across=_("at"))
    title = titled(_("Sections along the axes"), _("Dashed: tangents. Their slopes are the partial derivatives."))
    return framed([lines, touching, dots], title)


def slope_names() -> tuple[str, str]:
    """Return the names of the slopes: measured, and predicted by the gradient."""
    return _("measured"), _("gradient · direction")


def _reading(kind: Kind, h: float) -> str:
    """Return how to read the slopes at a point of this kind."""
    template = {
        "differentiable": _("Dots on the line: the gradient predicts every slope. h = {h}"),
        "only along lines": _("Dots on the line, yet f is not differentiable: see the paths that bend. h = {h}"),
        "undecided": _("Dots off the line are slopes that the gradient does not predict. h = {h}"),
    }.get(kind, _("Dots off the line: the gradient does not predict these slopes. h = {h}"))
    return template.format(h=format_general(h))


def slopes_around(measured: Table, foretold: Table, *, h: float, kind: Kind) -> alt.LayerChart:
    """Draw the slope in every direction out of the point: as measured with step h, and as predicted by the gradient.

    Both have degrees, slope and series, which is one of `slope_names`; `kind` is that of the point.
    """
    series = list(slope_names())
    x = alt.X(
        "degrees:Q",
        title=_("direction (degrees from the x axis)"),
        scale=alt.Scale(domain=[0, 360], nice=False),
        axis=alt.Axis(values=list(range(0, 361, 45))),
    )
    y = alt.Y("slope:Q", title=_("slope"), axis=alt.Axis(format=".4~g"))
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=series), legend=legend(170))
    shape = alt.Shape("series:N", title=None, scale=alt.Scale(domain=series, range=["circle", "stroke"]))
    tooltip = [
        alt.Tooltip("series:N", title=_("slope")),
        alt.Tooltip("degrees:Q", title=_("direction"), format=".4~g"),
        alt.Tooltip("slope:Q", title=_("value"), format=".6~g"),
    ]
    line = alt.Chart(foretold).mark_line(strokeWidth=2, strokeDash=DASH).encode(x, y, colour)
    dots = alt.Chart(measured).mark_point(filled=True, size=40, opacity=1).encode(x, y, colour, shape, tooltip=tooltip)
    title = titled(_("The slope in every direction"), _reading(kind, h))
    return framed([line, dots], title)
