"""Growth by decade, as lines over powers of ten."""

import altair as alt

from core.language import _
from dashboard.charts.shared import Table, dashes, framed, legend, titled

POWERS = [10.0**power for power in range(2, 16, 2)]


def growth_chart(curve: Table, here: Table, names: tuple[str, ...]) -> alt.LayerChart:
    """Draw how each quantity grew, on a log axis, and where the machine and the table at hand stand.

    `curve` has year, quantity (one of `names`), value and about (for the tooltip); `here` the same for what is at hand,
    with the year in which the book's table reached it.
    """
    x = alt.X("year:Q", title=_("year"), axis=alt.Axis(format="d", values=list(range(1970, 2021, 10))),
              scale=alt.Scale(domain=[1966, 2024], nice=False))  # fmt: skip
    y = alt.Y("value:Q", title=_("rows, bytes, operations per second"), scale=alt.Scale(type="log"),
              axis=alt.Axis(values=POWERS, format="~e"))  # fmt: skip
    colour = alt.Color("quantity:N", title=None, scale=alt.Scale(domain=list(names)), legend=legend(260))
    tooltip = [
        alt.Tooltip("quantity:N", title=_("quantity")),
        alt.Tooltip("year:Q", title=_("year"), format=".0f"),
        alt.Tooltip("value:Q", title=_("value"), format=".3~g"),
        alt.Tooltip("about:N", title=_("for example")),
    ]
    shapes = alt.Scale(domain=list(names), range=["circle", "diamond", "square"])
    shape = alt.Shape("quantity:N", title=None, scale=shapes)
    lines = alt.Chart(curve).mark_line(strokeWidth=2.5).encode(x, y, colour, dashes("quantity", names))
    dots = alt.Chart(curve).mark_point(filled=True, size=80, opacity=1).encode(x, y, colour, shape, tooltip=tooltip)
    rings = alt.Chart(here).mark_point(filled=False, size=320, strokeWidth=3, opacity=1)
    at_hand = rings.encode(x, y, colour, shape, tooltip=tooltip)
    words = alt.Chart(here).mark_text(align="right", dx=-12, dy=-12, fontWeight="bold").encode(
        x, y, alt.Text("about:N"), colour
    )  # fmt: skip
    title = titled(_("Data, memory and computing by decade"),
                   _("Each grid line is 100 times the one below. Large marks: what is at hand."))  # fmt: skip
    return framed([lines, dots, at_hand, words], title, 440)
