"""The path of the parameters to the closed form."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import HEIGHT, dashes, framed, legend, titled

MOST_PARAMETERS = 6


def parameters_way(way: pd.DataFrame, target: pd.DataFrame, unit: str, height: int = HEIGHT) -> alt.LayerChart:
    """Draw each parameter against step, and its closed-form value as a thin level line of the same colour and dash.

    `way` has step, parameter and value; `target` has parameter and value, in the order of the legend. Values are those
    for standardised features, so that all share one scale, in the label's unit.
    """
    names = list(target["parameter"])
    colour = alt.Color(
        "parameter:N",
        title=None,
        scale=alt.Scale(domain=names),
        legend=legend(90),
    )
    dash = dashes("parameter", names, legend=legend(90))
    y = alt.Y("value:Q", title=_("{unit} per standard deviation").format(unit=unit))
    lines = (
        alt.Chart(way)
        .mark_line(strokeWidth=2, clip=True)
        .encode(
            alt.X("step:Q", title=_("step (updates of the parameters)")),
            y,
            colour,
            dash,
            tooltip=[
                alt.Tooltip("parameter:N", title=_("parameter")),
                alt.Tooltip("step:Q", title=_("step"), format=","),
                alt.Tooltip("value:Q", title=_("value"), format=".6g"),
            ],
        )
    )
    ends = (
        alt.Chart(target)
        .mark_rule(strokeWidth=1, opacity=0.8)
        .encode(
            y,
            colour,
            dash,
            tooltip=[
                alt.Tooltip("parameter:N", title=_("parameter")),
                alt.Tooltip("value:Q", title=_("closed form"), format=".6g"),
            ],
        )
    )
    title = titled(_("The parameters' way"), _("Thin and level: where the closed form stands."))
    return framed([lines, ends], title, height)
