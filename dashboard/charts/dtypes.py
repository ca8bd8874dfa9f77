"""Types of numbers: which dtype comes of two, and what is stored in place of a number."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import QUIET, framed, titled

INK = "#14202B"  # readable on every tile, in either theme


def mixing_chart(table: pd.DataFrame, order: list[str], families: list[str], title: str) -> alt.LayerChart:
    """Draw the dtype of the result for every pair, the left one to a row.

    `table` has left, right, result (in words, also where torch refuses), short (what stands in the tile), family (whose
    colour it has) and chosen (one row is). `order` are the dtypes and `families` all five families, in their order.
    """
    rows = alt.Y("left:N", sort=order, title=_("dtype of a"))
    columns = alt.X(
        "right:N", sort=order, title=_("dtype of b"), axis=alt.Axis(labelAngle=-60, labelLimit=80, labelOverlap=False)
    )
    tiles = (
        alt.Chart(table)
        .mark_rect(opacity=0.85)
        .encode(
            columns,
            rows,
            alt.Color("family:N", sort=families, title=None,
                      scale=alt.Scale(domain=families, range=["#9CC7E8", "#A8D5BA", "#F2D39B", "#D7B9E3", "#E6A8A2"]),
                      legend=alt.Legend(orient="top", columns=3, symbolOpacity=1)),
            tooltip=[
                alt.Tooltip("left:N", title=_("a")),
                alt.Tooltip("right:N", title=_("b")),
                alt.Tooltip("result:N", title=_("result")),
            ],
        )
    )  # fmt: skip
    words = alt.Chart(table).mark_text(fontSize=11, color=INK).encode(columns, rows, alt.Text("short:N"))
    chosen = alt.Chart(table[table["chosen"]]).mark_rect(filled=False, stroke=INK, strokeWidth=3).encode(columns, rows)
    subtitle = _("The frame is the pair chosen above; ✗ is refused.")
    return framed([tiles, words, chosen], titled(title, [subtitle]), alt.Step(26))


def stored_chart(points: pd.DataFrame, dtype: str, unit: str) -> alt.LayerChart:
    """Draw what is stored against what is true, both as distances from the number typed.

    `points` has true and stored; `unit` says what the axes count.
    """
    x = alt.X("true:Q", title=_("true number, {unit}").format(unit=unit))
    y = alt.Y("stored:Q", title=_("stored number, {unit}").format(unit=unit))
    ends = pd.DataFrame({"true": [points["true"].min(), points["true"].max()]})
    exact = (
        alt.Chart(ends.assign(stored=ends["true"], part=_("what it should be")))
        .mark_line(strokeDash=[6, 4])
        .encode(x, y, alt.Color("part:N", title=None, legend=alt.Legend(orient="top", columns=2)))
    )
    stored = (
        alt.Chart(points.assign(part=_("what is stored")))
        .mark_point(filled=True, size=36, opacity=1)
        .encode(
            x,
            y,
            alt.Color("part:N"),
            tooltip=[
                alt.Tooltip("true:Q", title=_("true"), format=".6g"),
                alt.Tooltip("stored:Q", title=_("stored"), format=".6g"),
            ],
        )
    )
    middle = alt.Chart(pd.DataFrame({"true": [0.0]})).mark_rule(color=QUIET).encode(x)
    title = titled(_("Numbers around yours, stored in {dtype}").format(dtype=dtype), [_("The upright line is yours.")])
    return framed([middle, exact, stored], title)
