"""Runs compared in one chart: a colour, a dash and a letter for each."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import HEIGHT, QUIET, framed, log_scale, titled

_DASHES = ([1, 0], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [14, 4], [6, 3, 2, 3, 2, 3], [3, 6])
_LEGEND_ROW = 20  # pixels
_ROOM_ABOVE = 10.0  # how far above the other runs one that diverged is followed


def overlaid(
    runs: pd.DataFrame,
    titles: Sequence[str],
    title: str,
    x_title: str,
    y_title: str,
    remarks: Sequence[str] = (),
    floor: float | None = None,
    height: int = HEIGHT,
) -> alt.LayerChart:
    """Draw one line per run on a log axis, its letter at its end.

    `runs` has run (one of `titles`, in the order of the legend), letter, x, y and diverged; values that are not above 0
    cannot be drawn on a log axis and are left out. Where one run diverged, the axis fits the others, and its line
    leaves the chart. `floor` is drawn as a thin line if it is given; `remarks` are below the title.
    """
    shown = runs[runs["y"] > 0]
    calm = shown[~shown["diverged"]]
    top = float(calm["y"].max()) * _ROOM_ABOVE if len(calm) else float("inf")
    shown = shown[(shown["y"] <= top) | ~shown["diverged"]]
    floors = pd.DataFrame({"y": [] if floor is None or floor <= 0 else [floor]}, dtype="float64")
    y = alt.Y("y:Q", title=y_title, scale=log_scale(pd.concat([shown["y"], floors["y"]])), axis=alt.Axis(tickCount=6))
    x = alt.X("x:Q", title=x_title, axis=alt.Axis(tickCount=6))
    key = alt.Legend(
        orient="top", columns=2, labelLimit=220, symbolType="stroke", symbolSize=400, symbolStrokeWidth=2.5, offset=4
    )
    scale = alt.Scale(domain=list(titles))
    colour = alt.Color("run:N", title=None, scale=scale, legend=key)
    dash = alt.StrokeDash(
        "run:N", title=None, legend=key, scale=alt.Scale(domain=list(titles), range=list(_DASHES[: len(titles)]))
    )
    rule = alt.Chart(floors).mark_rule(color=QUIET, strokeWidth=1).encode(y)
    lines = (
        alt.Chart(shown)
        .mark_line(strokeWidth=2)
        .encode(
            x,
            y,
            colour,
            dash,
            tooltip=[
                alt.Tooltip("run:N", title=_("run")),
                alt.Tooltip("x:Q", title=x_title, format=",.6~g"),
                alt.Tooltip("y:Q", title=y_title, format=".6g"),
            ],
        )
    )
    ends = shown.sort_values("x", kind="stable").groupby("run", sort=False).tail(1)
    letters = (
        alt.Chart(ends)
        .mark_text(align="left", dx=5, fontWeight="bold", fontSize=13)
        .encode(x, y, alt.Text("letter:N"), alt.Color("run:N", scale=scale, legend=key))
    )
    return framed(
        [rule, lines, letters],
        titled(title, [remark for remark in remarks if remark]),
        height + _LEGEND_ROW * (len(titles) // 2),
    )
