"""A function with a loop and a branch, in straight pieces with the visitor's numbers; and what both modes cost."""

from typing import Literal

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import DASH, QUIET, Table, framed, legend, titled

HEIGHT = 360


def flow_chart(pieces: pd.DataFrame, own: pd.DataFrame, title: str) -> alt.LayerChart:
    """Draw f piece by piece on one side of 0, and the visitor's numbers on it with dashed lines to the origin.

    `pieces` has a, f, piece and slope, two rows to a piece; `own` has a, d, grad and label.
    """
    x, y = alt.X("a:Q", title=_("a")), alt.Y("f:Q", title=_("f(a)"), axis=alt.Axis(tickCount=5))
    part = alt.Color("part:N", title=None, legend=alt.Legend(orient="top", symbolOpacity=1))
    lines = (
        alt.Chart(pieces.assign(part=_("f")))
        .mark_line(strokeWidth=2)
        .encode(
            x, y, part, alt.Detail("piece:N"),
            tooltip=[
                alt.Tooltip("piece:Q", title=_("doublings")),
                alt.Tooltip("slope:Q", title=_("slope"), format=",.6g"),
            ],
        )
    )  # fmt: skip
    numbers = own.assign(part=_("your numbers"), zero=0.0)
    points = alt.Chart(numbers).encode(x, alt.Y("d:Q"))
    ways = points.mark_rule(strokeDash=DASH).encode(part, alt.X2("zero:Q"), alt.Y2("zero:Q"))
    marks = points.mark_point(size=90, filled=True, shape="diamond", opacity=1).encode(
        part,
        tooltip=[
            alt.Tooltip("a:Q", title=_("a"), format=".6g"),
            alt.Tooltip("d:Q", title=_("f(a)"), format=",.6g"),
            alt.Tooltip("grad:Q", title=_("a.grad"), format=",.6g"),
        ],
    )
    texts = points.encode(alt.Text("label:N"))
    if (own["a"] > 0).all():
        labels = texts.mark_text(align="right", dx=-9, color=QUIET, fontSize=12)
    else:
        labels = texts.mark_text(align="left", dx=9, color=QUIET, fontSize=12)
    subtitle = _("Each piece lies on a line through the origin, whose slope is a.grad.")
    return framed([lines, ways, marks, labels], titled(title, [subtitle]), HEIGHT)


def mode_names() -> dict[str, str]:
    """Return the names of the two modes."""
    return {"forward": _("forward"), "reverse": _("reverse")}


def cost_chart(costs: Table, here: Table, what: Literal["products", "memory"], height: int = 280) -> alt.LayerChart:
    """Draw a cost of both modes over the length of the chain, as a line each, and a rule at the chosen length.

    `costs` has length, name (one of `mode_names`), products and memory; `here` has length, the chosen one.
    """
    titles = {
        "products": (_("Products for all derivatives"), _("products")),
        "memory": (_("Numbers held at once, in one pass"), _("numbers")),
    }
    title, of_y = titles[what]
    domain = list(mode_names().values())
    x = alt.X("length:Q", title=_("length of the chain"), axis=alt.Axis(tickMinStep=1))
    lines = (
        alt.Chart(costs)
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(filled=True, size=45))
        .encode(
            x,
            alt.Y(f"{what}:Q", title=of_y),
            alt.Color("name:N", title=None, scale=alt.Scale(domain=domain), legend=legend()),
            alt.Shape("name:N", title=None, scale=alt.Scale(domain=domain, range=["circle", "square"])),
            alt.StrokeDash("name:N", title=None, scale=alt.Scale(domain=domain, range=[[1, 0], DASH])),
            tooltip=[
                alt.Tooltip("name:N", title=_("mode")),
                alt.Tooltip("length:Q", title=_("length")),
                alt.Tooltip(f"{what}:Q", title=of_y, format=","),
            ],
        )
    )
    rule = alt.Chart(here).mark_rule(strokeDash=DASH, color=QUIET).encode(x)
    return framed([rule, lines], titled(title, _("The dashed rule is your chain.")), height)
