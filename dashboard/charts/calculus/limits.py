"""Difference quotients and their limit, and their errors for each step."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.formatting import format_general
from core.language import _
from dashboard.charts.shared import DASH, HEIGHT, QUIET, Table, framed, legend, log_axis, titled

SHAPES = ["circle", "triangle-up", "square"]
POINT = 70
TEXT = alt.Text("label:N")
TALL = 520  # pixels: seventeen decades need room


def method_names() -> dict[str, str]:
    """Return the names of the three quotients."""
    return {"forward": _("forward"), "backward": _("backward"), "central": _("central")}


def quotient_tables(quotients: pd.DataFrame, limits: Sequence[float], chosen: float) -> dict[str, pd.DataFrame]:
    """Return the tables of `quotients_against_step`.

    `quotients` is long: h (above 0), method and quotient, all finite; `limits` are their limits, each finite one
    once; `chosen` is the step whose working is shown.
    """
    return {
        "rows": quotients.assign(name=quotients["method"].map(method_names()), digits=-np.log10(quotients["h"])),
        "goals": pd.DataFrame(
            {
                "limit": list(limits),
                "label": [_("limit {limit}").format(limit=format_general(limit, 6)) for limit in limits],
            }
        ),
        "here": pd.DataFrame({"digits": [-np.log10(chosen)]}),
    }


def quotients_against_step(rows: Table, goals: Table, here: Table) -> alt.LayerChart:
    """Draw the quotients of each method against h, smaller to the right, and their limits: `quotient_tables`."""
    methods = list(method_names().values())
    # Not a log axis, whose ticks would have to be listed: a chart with fixed texts is redrawn quickly.
    x = alt.X(
        "digits:Q",
        title=_("step h (smaller to the right)"),
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(labelExpr="format(pow(10, -datum.value), '~g')", tickMinStep=1, labelOverlap=True),
    )
    y = alt.Y("quotient:Q", title=_("difference quotient"), scale=alt.Scale(zero=False), axis=alt.Axis(format="~g"))
    lines = (
        alt.Chart(rows)
        .mark_line(strokeWidth=2)
        .encode(
            x,
            y,
            alt.Color("name:N", title=None, scale=alt.Scale(domain=methods), legend=_three_in_a_row()),
        )
    )
    points = (
        alt.Chart(rows)
        .mark_point(filled=True, size=POINT, opacity=1)
        .encode(
            x,
            y,
            alt.Color("name:N", title=None, scale=alt.Scale(domain=methods), legend=_three_in_a_row()),
            alt.Shape("name:N", title=None, scale=alt.Scale(domain=methods, range=SHAPES)),
            tooltip=[
                alt.Tooltip("name:N", title=_("difference")),
                alt.Tooltip("h:Q", title="h", format="~g"),
                alt.Tooltip("quotient:Q", title=_("quotient"), format=".10~g"),
            ],
        )
    )
    goal = alt.Chart(goals).encode(alt.Y("limit:Q", title=_("difference quotient")))
    rule = goal.mark_rule(strokeDash=DASH, strokeWidth=1.5, color=QUIET)
    labels = goal.mark_text(align="left", dx=4, dy=-8, color=QUIET, fontSize=12)
    text = labels.encode(TEXT, x=alt.value(0))
    mark = alt.Chart(here).mark_rule(strokeWidth=1, color=QUIET, opacity=0.6).encode(x)
    title = titled(_("Where the quotients go"), _("Dashed: the limit. Vertical: your h."))
    return framed([mark, rule, lines, points, text], title, HEIGHT)


def _three_in_a_row() -> alt.Legend:
    return alt.Legend(orient="top", columns=3, labelLimit=120, offset=4, symbolOpacity=1)


def valley(points: pd.DataFrame, sides: pd.DataFrame, best: pd.DataFrame, subtitle: str) -> alt.LayerChart:
    """Draw errors against h on log axes, with truncation and rounding as straight lines and the best h marked.

    `points` has h, error (both above 0) and series; `sides` has h, error, power (of h), line (one name for each line
    of two points) and label (the text next to it); `best` has h, error, series and label. Series are the entries
    of the legend, the methods of one dtype or two.
    """
    names = list(dict.fromkeys(points["series"]))
    low, high = float(points["error"].min()) / 3, float(points["error"].max()) * 3
    x_scale = alt.Scale(type="log", domain=[float(points["h"].min()), float(points["h"].max())], nice=False)
    y_scale = alt.Scale(type="log", domain=[low, high], nice=False)
    x = alt.X("h:Q", title=_("step h"), scale=x_scale, axis=_powers(points["h"]))
    y = alt.Y("error:Q", title=_("error of the quotient"), scale=y_scale, axis=_powers(points["error"]))
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=names), legend=legend(190))
    shape = alt.Shape("series:N", title=None, scale=alt.Scale(domain=names, range=[*SHAPES, "diamond"][: len(names)]))
    tooltip = [
        alt.Tooltip("series:N", title=_("difference")),
        alt.Tooltip("h:Q", title="h", format=".3~e"),
        alt.Tooltip("error:Q", title=_("error"), format=".3~e"),
    ]
    dots = alt.Chart(points).mark_point(filled=True, size=22, opacity=0.8).encode(x, y, colour, shape, tooltip=tooltip)
    slopes = alt.Chart(sides).mark_line(strokeWidth=1.5, strokeDash=DASH, color=QUIET, clip=True)
    ends = alt.Chart(best).encode(x, y)
    rings = ends.mark_point(size=220, strokeWidth=2.5, filled=False, opacity=1).encode(colour, shape, tooltip=tooltip)
    words = ends.mark_text(dy=20, fontSize=12, fontWeight=600).encode(TEXT, colour)
    labels = _names_of_lines(sides, low, high)
    left, right = (alt.Chart(labels[labels["align"] == align]).encode(x, y, TEXT) for align in ("left", "right"))
    texts = [
        left.mark_text(align="left", dx=8, color=QUIET, fontSize=12, clip=True),
        right.mark_text(align="right", dx=-8, color=QUIET, fontSize=12, clip=True),
    ]
    title = titled(_("The error for every step h"), subtitle)
    return framed([slopes.encode(x, y, alt.Detail("line:N")), dots, rings, *texts, words], title, TALL)


def _names_of_lines(sides: pd.DataFrame, low: float, high: float) -> pd.DataFrame:
    """Return h, error, label and align: a position next to each line where the chart is empty."""
    heights = {-1: high / 30, 1: low * 30, 2: (low * high) ** 0.5}
    rows = []
    for _line, ends in sides.groupby("line", sort=False):
        power, h, error = int(ends["power"].iloc[0]), float(ends["h"].iloc[0]), float(ends["error"].iloc[0])
        place = h * (heights[power] / error) ** (1 / power)
        rows.append((place, heights[power], ends["label"].iloc[0], "right" if power == 1 else "left"))
    return pd.DataFrame(rows, columns=["h", "error", "label", "align"])


def _powers(values: pd.Series) -> alt.Axis:
    """Return an axis of powers of ten, with few enough ticks for a telephone."""
    axis = log_axis(values) if len(values) else alt.Axis()
    axis.format, axis.labelOverlap = "~e", True
    return axis
