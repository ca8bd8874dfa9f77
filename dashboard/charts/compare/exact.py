"""How many digits each method gets right, and what a shifted or scaled column does to them."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import DASH, QUIET, framed, legend, titled

ROW = 34  # pixels per method
MOST_DIGITS = 17.0
_SHAPES = ["circle", "diamond", "stroke"]
_DASHES = [[1, 0], [8, 4], [2, 3], [10, 3, 2, 3], [5, 2]]


def digits_right(rows: pd.DataFrame, failures: pd.DataFrame, room: pd.DataFrame, subtitle: str = "") -> alt.LayerChart:
    """Draw the digits of each method on one line: its worst coefficient, its predictions, the rule of thumb.

    `rows` has method, digits, and part (what the digits are of, in the order of the legend); `failures` has method and
    words, for methods without a result; `room` has digits and words: how many digits each precision holds.
    """
    order = list(dict.fromkeys([*rows["method"], *failures["method"]]))
    parts = list(dict.fromkeys(rows["part"]))
    y = alt.Y("method:N", sort=order, title=None, scale=alt.Scale(domain=order), axis=alt.Axis(labelLimit=190))
    x = alt.X("digits:Q", title=_("correct significant digits"), scale=alt.Scale(domain=[0, MOST_DIGITS]))
    limits = (
        alt.Chart(room)
        .mark_rule(color=QUIET, strokeDash=DASH)
        .encode(x, tooltip=[alt.Tooltip("words:N", title=_("limit"))])
    )
    dots = (
        alt.Chart(rows)
        .mark_point(size=110, strokeWidth=2.5, angle=90)
        .encode(
            x,
            y,
            alt.Color("part:N", title=None, scale=alt.Scale(domain=parts), legend=legend(125)),
            alt.Shape("part:N", title=None, scale=alt.Scale(domain=parts, range=_SHAPES[: len(parts)])),
            tooltip=[
                alt.Tooltip("method:N", title=_("method")),
                alt.Tooltip("part:N", title=_("digits of")),
                alt.Tooltip("digits:Q", title=_("right"), format=".2f"),
            ],
        )
    )
    labels = (
        alt.Chart(failures.assign(digits=0.3))
        .mark_text(align="left", fontWeight="bold", color=QUIET, limit=260)
        .encode(x, y, alt.Text("words:N"))
    )
    layers = [limits, dots] if failures.empty else [limits, dots, labels]
    return framed(layers, titled(_("Correct digits"), subtitle), alt.Step(ROW))


def digits_lost(lines: pd.DataFrame, rule: pd.DataFrame, chosen: float, x_title: str) -> alt.LayerChart:
    """Draw the digits of each method against the change of the column, on a log axis, with the chosen amount marked.

    `lines` has amount (above 0), digits and method, in the order of the legend; `rule` has amount, once and twice, the
    digits that the rule of thumb leaves of a float64.
    """
    order = list(dict.fromkeys(lines["method"]))
    amounts = sorted(set(lines["amount"]))
    scale = (
        alt.Scale(type="log", domain=[amounts[0], amounts[-1]], nice=False)
        if len(amounts) > 1
        else alt.Scale(type="log")
    )
    x = alt.X("amount:Q", title=x_title, scale=scale, axis=alt.Axis(format="~e", values=amounts))
    here = alt.Chart(pd.DataFrame({"amount": [chosen]})).mark_rule(color=QUIET, strokeWidth=2).encode(x)
    curves = (
        alt.Chart(lines)
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=45, filled=True))
        .encode(
            x,
            alt.Y(
                "digits:Q", title=_("correct digits of the worst coefficient"), scale=alt.Scale(domain=[0, MOST_DIGITS])
            ),
            alt.Color("method:N", title=None, scale=alt.Scale(domain=order), legend=legend(125)),
            alt.StrokeDash("method:N", title=None, scale=alt.Scale(domain=order, range=_DASHES[: len(order)])),
            tooltip=[
                alt.Tooltip("method:N", title=_("method")),
                alt.Tooltip("amount:Q", title=x_title, format="~g"),
                alt.Tooltip("digits:Q", title=_("correct digits"), format=".2f"),
            ],
        )
    )
    thumb = [_rule_of_thumb(rule, field, x) for field in ("once", "twice")]
    subtitle = _("Thin lines: the rule of thumb, for QR and for normal equations.")
    return framed([here, *thumb, curves], titled(_("How many digits remain"), subtitle))


def _rule_of_thumb(rule: pd.DataFrame, field: str, x: alt.X) -> alt.Chart:
    line: alt.Chart = (
        alt.Chart(rule)
        .mark_line(color=QUIET, strokeWidth=1.2)
        .encode(x, alt.Y(f"{field}:Q"), tooltip=[alt.Tooltip(f"{field}:Q", title=_("rule of thumb"), format=".2f")])
    )
    return line
