"""What forward and reverse accumulation cost, over the length of a chain."""

from typing import Literal

import altair as alt

from core.language import _
from dashboard.charts.shared import DASH, QUIET, Table, framed, legend, titled


def mode_names() -> dict[str, str]:
    """Return what the two modes are called."""
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
