"""Accuracy and loss as one parameter moves: a staircase and a parabola."""

import altair as alt

from core.formatting import as_factor
from core.language import _
from dashboard.charts.shared import QUIET, Table, framed, titled

_HEIGHT = 240


def accuracy_stairs(stairs: Table, here: Table, across: str) -> alt.LayerChart:
    """Draw the accuracy as steps, and a dot where the model is.

    `stairs` has value and accuracy, a share of 1, each step from its value to the next; `here` has both, one row.
    `across` is the name of the parameter, with its unit.
    """
    y = alt.Y("accuracy:Q", title=_("accuracy"), scale=alt.Scale(zero=False), axis=alt.Axis(format="~%", tickCount=5))
    tooltip = [
        alt.Tooltip("value:Q", title=_("value"), format=".4~g"),
        alt.Tooltip("accuracy:Q", title=_("accuracy"), format=".1%"),
    ]
    steps = alt.Chart(stairs).mark_line(interpolate="step-after", strokeWidth=2).encode(_across(across), y)
    title = titled(_("Accuracy: a staircase"), _("Flat between its jumps. The dot is the model."))
    return framed([steps, _dot(here).encode(_across(across), y, tooltip=tooltip)], title, _HEIGHT)


def loss_parabola(curve: Table, here: Table, across: str, unit: str) -> alt.LayerChart:
    """Draw the loss as a curve, and a dot where the model is.

    `curve` has value and loss; `here` has both, one row. `across` is the name of the parameter, with its unit;
    `unit` is that of the label, and the loss is in its square.
    """
    y = alt.Y(
        "loss:Q",
        title=_("loss ({unit}²)").format(unit=as_factor(unit)),
        scale=alt.Scale(zero=False),
        axis=alt.Axis(tickCount=5),
    )
    tooltip = [
        alt.Tooltip("value:Q", title=_("value"), format=".4~g"),
        alt.Tooltip("loss:Q", title=_("loss"), format=".6~g"),
    ]
    line = alt.Chart(curve).mark_line(strokeWidth=2).encode(_across(across), y)
    title = titled(_("Loss: a smooth curve"), _("Its slope is 0 at the lowest point only. The dot is the model."))
    return framed([line, _dot(here).encode(_across(across), y, tooltip=tooltip)], title, _HEIGHT)


def _across(name: str) -> alt.X:
    return alt.X(
        "value:Q",
        title=name,
        scale=alt.Scale(zero=False, nice=False),
        axis=alt.Axis(tickCount=5),
    )


def _dot(here: Table) -> alt.Chart:
    dot: alt.Chart = alt.Chart(here).mark_point(filled=True, size=110, opacity=1, color=QUIET, stroke="white")
    return dot
