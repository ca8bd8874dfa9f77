"""A function as a tree, and with its derivative."""

from typing import Any

import altair as alt
import pandas as pd

from core.formatting import format_number
from core.language import _
from dashboard.charts.shared import DASH, QUIET, framed, legend, places_on_curves, titled

LEVEL = 62  # pixels from one level of the tree to the next
MOST_NUMBERED = 8  # leaves side by side whose numbers are still legible
MOST_NAMED = 24


def tree(pieces: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """Draw a function as a tree: the last operation on top, numbers and variables as leaves.

    `pieces` has across, down, side, kind ("operation", "variable", "number"), sign, text, value and slope; `lines`
    across, down, across_to and down_to. In a small tree the value and the slope of each piece are shown next to it.
    """
    kinds = {"operation": _("operation"), "variable": _("variable"), "number": _("number")}
    leaves, levels = int((pieces["kind"] != "operation").sum()), int(pieces["down"].max())
    shown = pieces.assign(
        kind=pieces["kind"].map(kinds),
        numbered=[
            sign if kind == "number" else f"{sign}  {format_number(value, 3)} | {format_number(slope, 3)}"
            for kind, sign, value, slope in pieces[["kind", "sign", "value", "slope"]].itertuples(index=False)
        ],
    )
    x = alt.X("across:Q", axis=None, scale=alt.Scale(domain=[-0.6, max(leaves - 1, 0) + 0.9], nice=False))
    y = alt.Y("down:Q", axis=None, scale=alt.Scale(domain=[-0.4, levels + 0.6], reverse=True, nice=False))
    domain = [name for name in kinds.values() if name in set(shown["kind"])]
    shapes = dict(zip(kinds.values(), ["circle", "square", "diamond"], strict=True))
    tooltip = [
        alt.Tooltip("text:N", title=_("piece")),
        alt.Tooltip("value:Q", title=_("its value"), format=".6~g"),
        alt.Tooltip("slope:Q", title=_("its derivative"), format=".6~g"),
    ]
    branches = (
        alt.Chart(lines).mark_rule(color=QUIET, strokeWidth=1.5).encode(x, y, alt.X2("across_to"), alt.Y2("down_to"))
    )
    points = (
        alt.Chart(shown)
        .mark_point(filled=True, size=120, opacity=1)
        .encode(
            x,
            y,
            alt.Color("kind:N", title=None, scale=alt.Scale(domain=domain), legend=legend()),
            alt.Shape("kind:N", title=None, scale=alt.Scale(domain=domain, range=[shapes[name] for name in domain])),
            tooltip=tooltip,
        )
    )
    layers = [branches, points]
    if leaves <= MOST_NAMED:
        layers += _words(shown, "numbered" if leaves <= MOST_NUMBERED else "sign", x, y, domain)
    subtitle = (
        _("Point at a piece to read it.") if leaves > MOST_NUMBERED else _("Each piece, its value | its derivative.")
    )
    return framed(layers, titled(_("The function as a tree"), subtitle), 84 + LEVEL * (levels + 1))


def _words(shown: pd.DataFrame, text: str, x: alt.X, y: alt.Y, domain: list[str]) -> list[alt.Chart]:
    """Return the texts next to the pieces, away from the branches."""
    marks: dict[str, dict[str, Any]] = {
        "below": {"dy": 16, "align": "center"},
        "left": {"dx": -9, "dy": -8, "align": "right"},
        "right": {"dx": 9, "dy": -8, "align": "left"},
    }
    colour = alt.Color("kind:N", scale=alt.Scale(domain=domain))
    return [
        alt.Chart(shown[shown["side"] == side]).mark_text(fontSize=12, **mark).encode(x, y, colour, text=f"{text}:N")
        for side, mark in marks.items()
    ]


def with_derivative(curves: pd.DataFrame, here: pd.DataFrame, span: tuple[float, float]) -> alt.LayerChart:
    """Draw the function and its derivative over x, with both values at the point.

    `curves` has x, y (NaN where there is no value) and series; `here` has x, y and series, all finite. `span` is the
    range of the y axis.
    """
    names = list(dict.fromkeys(curves["series"]))
    scale = alt.Scale(domain=list(span), nice=False)
    x, y = alt.X("x:Q", title="x"), alt.Y("y:Q", title=_("value"), scale=scale, axis=alt.Axis(format=".4~g"))
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=names), legend=legend())
    dash = alt.StrokeDash("series:N", title=None, scale=alt.Scale(domain=names, range=[[1, 0], DASH]), legend=None)
    zero = alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(color=QUIET, opacity=0.6).encode(y)
    lines = alt.Chart(curves).mark_line(strokeWidth=2.5, clip=True).encode(x, y, colour, dash)
    shapes = dict(zip(names, ["circle", "triangle-up"], strict=True))
    dots = places_on_curves(here, x, y, colour, shapes, named=_("curve"), across="x")
    title = titled(_("The function and its derivative"), _("Where the derivative is 0, the function is level."))
    return framed([zero, lines, dots], title)
