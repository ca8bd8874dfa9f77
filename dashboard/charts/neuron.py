"""Charts of a neuron that learns classes: growing weights, and calibration."""

import altair as alt

from core.language import _
from dashboard.charts.shared import QUIET, Table, framed, titled


def newton_growth(steps: Table, height: int = 340) -> alt.LayerChart:
    """Draw the length of the weights against the steps of Newton's method.

    `steps` has step, size and loss. On separable classes the curve never comes to rest.
    """
    x = alt.X("step:Q", title=_("step of Newton's method"), axis=alt.Axis(format="d", tickMinStep=1))
    y = alt.Y("size:Q", title=_("length of the weights"))
    tooltip = [
        alt.Tooltip("step:Q", title=_("step")),
        alt.Tooltip("size:Q", title=_("length"), format=".4g"),
        alt.Tooltip("loss:Q", title=_("loss"), format=".3g"),
    ]
    line = alt.Chart(steps).mark_line(strokeWidth=2.5).encode(x, y)
    dots = alt.Chart(steps).mark_point(filled=True, size=60, opacity=1).encode(x, y, tooltip=tooltip)
    subtitle = _("Per standard deviation. Each step makes the loss smaller, and none is the last.")
    return framed([line, dots], titled(_("The weights grow for ever"), subtitle), height)


def calibration_chart(bins: Table, name: str, height: int = 420) -> alt.LayerChart:
    """Draw the share of positive rows against the mean probability, for each bin, with the diagonal.

    `bins` has predicted, observed, rows, low and high (the share, give or take two standard deviations).
    """
    unit = alt.Scale(domain=[0, 1], nice=False)
    percent = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    x = alt.X("predicted:Q", title=_("mean probability of {name}").format(name=name), scale=unit, axis=percent)
    y = alt.Y("observed:Q", title=_("share that is {name}").format(name=name), scale=unit, axis=percent)
    diagonal = alt.Chart(alt.InlineData([{"at": 0}, {"at": 1}])).mark_line(color=QUIET, strokeDash=[6, 4])
    diagonal = diagonal.encode(alt.X("at:Q", scale=unit), alt.Y("at:Q", scale=unit))
    tooltip = [
        alt.Tooltip("predicted:Q", title=_("mean probability"), format=".1%"),
        alt.Tooltip("observed:Q", title=_("share"), format=".1%"),
        alt.Tooltip("rows:Q", title=_("rows")),
    ]
    bars = alt.Chart(bins).mark_rule(strokeWidth=2, color=QUIET).encode(x, alt.Y("low:Q", scale=unit), alt.Y2("high:Q"))
    dots = alt.Chart(bins).mark_point(filled=True, opacity=1)
    size = alt.Size("rows:Q", title=_("rows"), scale=alt.Scale(range=[40, 400]), legend=alt.Legend(orient="top"))
    dots = dots.encode(x, y, size, tooltip=tooltip)
    subtitle = _("On the diagonal: of the rows given 80%, 80% are {name}. Bars: two standard deviations of chance.")
    subtitle = subtitle.format(name=name)
    return framed([diagonal, bars, dots], titled(_("Calibration"), subtitle), height)
