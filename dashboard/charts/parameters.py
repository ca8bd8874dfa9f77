"""The parameters' way to the closed form, and where both end."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import DASH, HEIGHT, QUIET, framed, legend, titled

MOST_PARAMETERS = 6


def parameters_way(way: pd.DataFrame, target: pd.DataFrame, unit: str, height: int = HEIGHT) -> alt.LayerChart:
    """Draw each parameter against step as a line, and its closed-form value as a dashed line of the same colour.

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
    y = alt.Y("value:Q", title=_("{unit} per standard deviation").format(unit=unit))
    lines = (
        alt.Chart(way)
        .mark_line(strokeWidth=2, clip=True)
        .encode(
            alt.X("step:Q", title=_("step (updates of the parameters)")),
            y,
            colour,
            tooltip=[
                alt.Tooltip("parameter:N", title=_("parameter")),
                alt.Tooltip("step:Q", title=_("step"), format=","),
                alt.Tooltip("value:Q", title=_("value"), format=".6g"),
            ],
        )
    )
    ends = (
        alt.Chart(target)
        .mark_rule(strokeDash=DASH, strokeWidth=1.5, opacity=0.8)
        .encode(
            y,
            colour,
            tooltip=[
                alt.Tooltip("parameter:N", title=_("parameter")),
                alt.Tooltip("value:Q", title=_("closed form"), format=".6g"),
            ],
        )
    )
    title = titled(_("The parameters' way"), _("Dashed: where the closed form stands."))
    return framed([lines, ends], title, height)


def coefficients(rows: pd.DataFrame, unit: str, subtitle: str = "") -> alt.LayerChart:
    """Draw SGD's and the closed form's weights as dots on one line a feature.

    `rows` has parameter, model and value (for standardised features, in the label's unit), in the order of the axis.
    """
    order, models = list(dict.fromkeys(rows["parameter"])), list(dict.fromkeys(rows["model"]))
    y = alt.Y("parameter:N", sort=order, title=None, axis=alt.Axis(labelLimit=200))
    x = alt.X("value:Q", title=_("{unit} per standard deviation").format(unit=unit))
    zero = alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color=QUIET, opacity=0.6).encode(alt.X("value:Q"))
    dots = (
        alt.Chart(rows)
        .mark_point(size=90, strokeWidth=2)
        .encode(
            x,
            y,
            alt.Color("model:N", title=None, scale=alt.Scale(domain=models), legend=legend()),
            alt.Shape("model:N", title=None, scale=alt.Scale(domain=models, range=["circle", "cross"])),
            tooltip=[
                alt.Tooltip("parameter:N", title=_("parameter")),
                alt.Tooltip("model:N", title=_("model")),
                alt.Tooltip("value:Q", title=_("weight"), format=".6g"),
            ],
        )
    )
    title = titled(_("Both sets of weights"), subtitle)
    return framed([zero, dots], title, alt.Step(26))
