"""The chart of more data against stronger assumptions: errors as rows are added."""

import altair as alt

from core.language import _
from dashboard.charts.shared import Table, dashes, framed, legend, titled


def contest_chart(curve: Table, names: tuple[str, str], label: str, log: bool) -> alt.LayerChart:
    """Draw the test error of a line and of nearest neighbours as rows are added, on a log axis of rows.

    `curve` has rows, model (one of the two `names`), error, low and high over the seeds; `label` is the unit of the
    error, whose axis is logarithmic too if `log`.
    """
    x = alt.X("rows:Q", title=_("rows learned from"), scale=alt.Scale(type="log", nice=False))
    scale = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False)
    unit = _("test error ({label})").format(label=label)
    y = alt.Y("error:Q", title=unit, scale=scale)
    colour = alt.Color("model:N", title=None, scale=alt.Scale(domain=list(names)), legend=legend(260))
    dash = dashes("model", names)
    band = (
        alt.Chart(curve)
        .mark_area(opacity=0.15)
        .encode(x, alt.Y("low:Q", title=unit, scale=scale), alt.Y2("high"), colour)
    )
    tooltip = [
        alt.Tooltip("model:N", title=_("model")),
        alt.Tooltip("rows:Q", title=_("rows"), format=","),
        alt.Tooltip("error:Q", title=_("mean error"), format=".4g"),
        alt.Tooltip("low:Q", title=_("smallest of the seeds"), format=".4g"),
        alt.Tooltip("high:Q", title=_("largest of the seeds"), format=".4g"),
    ]
    line = alt.Chart(curve).mark_line(strokeWidth=2.5).encode(x, y, colour, dash)
    dots = alt.Chart(curve).mark_point(filled=True, size=55, opacity=1)
    shapes = alt.Scale(domain=list(names), range=["circle", "diamond"])
    shown = dots.encode(x, y, colour, alt.Shape("model:N", title=None, scale=shapes), tooltip=tooltip)
    return framed([band, line, shown], titled(_("Test error as rows are added"), _("Root of the mean squared error on "
                  "rows that neither has seen. Line: mean over the seeds; band: all of them.")))  # fmt: skip
