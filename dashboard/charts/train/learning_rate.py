"""The learning rate and its limits: on a small scale, against the updates it takes, direction by direction."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import DASH, QUIET, framed, legend, log_scale, titled

STRIP = 192  # pixels high, with title and legend
SHAPES = ["circle", "triangle-down", "square", "diamond"]
DASHES = [[1, 0], DASH, [2, 3]]
_STEEP = 3.0  # factors beyond this need a log axis


def rate_scale(marks: pd.DataFrame, zones: pd.DataFrame) -> alt.LayerChart:
    """Draw the current rate and its limits as marks on a line of rates, with the zones between them.

    `marks` has rate and mark, in the order of the legend: the name of each mark. `zones` has low, high
    and zone, the first of them the stable one; each later one is drawn darker. Each mark lies in some zone.
    """
    scale = alt.Scale(type="log", nice=False)
    axis = alt.Axis(tickCount=5, format="~g", grid=False, labelOverlap=True, title=None)
    bands = (
        alt.Chart(zones)
        .mark_bar(height=14, color=QUIET)
        .encode(
            alt.X("low:Q", scale=scale, axis=axis),
            alt.X2("high:Q"),
            y=alt.value(26),
            opacity=alt.Opacity("zone:N", sort=None, scale=alt.Scale(range=[0.15, 0.45, 0.8]), legend=None),
            tooltip=[
                alt.Tooltip("zone:N", title=_("a run at this rate")),
                alt.Tooltip("low:Q", title=_("from")),
                alt.Tooltip("high:Q", title=_("to")),
            ],
        )
    )
    symbols = alt.Legend(orient="top", columns=2, labelLimit=150, symbolOpacity=1, offset=2, rowPadding=1)
    stands = (
        alt.Chart(marks)
        .mark_point(size=110, filled=True, opacity=1, clip=True)
        .encode(
            alt.X("rate:Q", scale=scale, axis=axis),
            y=alt.value(9),
            color=alt.Color("mark:N", title=None, sort=None, legend=symbols),
            shape=alt.Shape("mark:N", title=None, sort=None, scale=alt.Scale(range=SHAPES)),
            tooltip=[alt.Tooltip("mark:N", title=_("mark")), alt.Tooltip("rate:Q", title=_("learning rate"))],
        )
    )
    return framed([bands, stands], titled(_("The rate and its limits"), _("Dark: the run diverges.")), STRIP)


def updates_against_rate(curve: pd.DataFrame, marks: pd.DataFrame) -> alt.LayerChart:
    """Draw the updates that a run on all rows takes against its learning rate, both on log axes.

    `curve` has rate and updates (above 0, none missing); `marks` has rate and mark, in the order of the legend.
    """
    names = list(marks["mark"])
    low = min(curve["rate"].min(), marks["rate"].min())
    high = max(curve["rate"].max(), marks["rate"].max())
    scale = alt.Scale(type="log", domain=[float(low) / 1.3, float(high) * 1.3], nice=False)
    x = alt.X("rate:Q", title=_("learning rate η"), scale=scale, axis=alt.Axis(tickCount=6, format="~g"))
    line = (
        alt.Chart(curve)
        .mark_line(strokeWidth=2.5, color=QUIET, clip=True)
        .encode(
            x,
            alt.Y(
                "updates:Q",
                title=_("updates to close 99% of the gap"),
                scale=log_scale(curve["updates"]),
                axis=alt.Axis(tickCount=5, format="~s"),
            ),
            tooltip=[
                alt.Tooltip("rate:Q", title=_("learning rate"), format=".3~g"),
                alt.Tooltip("updates:Q", title=_("updates"), format=","),
            ],
        )
    )
    rules = (
        alt.Chart(marks)
        .mark_rule(strokeWidth=2)
        .encode(
            x,
            alt.Color("mark:N", title=None, scale=alt.Scale(domain=names), legend=legend(220)),
            alt.StrokeDash("mark:N", title=None, scale=alt.Scale(domain=names, range=DASHES[: len(names)])),
            tooltip=[alt.Tooltip("mark:N", title=_("mark")), alt.Tooltip("rate:Q", title=_("learning rate"))],
        )
    )
    title = titled(_("How many updates a learning rate takes"), _("Forecast for all rows in one batch."))
    return framed([line, rules], title)


def growth_of_directions(points: pd.DataFrame, curve: pd.DataFrame, ylabel: str, subtitle: str = "") -> alt.LayerChart:
    """Draw the factor by which an update multiplies the error along each direction, against the direction's eigenvalue.

    `points` has eigenvalue, factor, leading (the columns that make up the direction) and fate (what becomes of the
    error), in the order of the legend; `curve` has eigenvalue and factor, for the line through them. Factors beyond 3
    turn the axis into a logarithmic one, on which smaller factors are drawn at 0.01.
    """
    steep = max(points["factor"].max(), curve["factor"].max()) > _STEEP
    floor = 0.01 if steep else 0.0
    kinds = list(dict.fromkeys(points["fate"]))
    y = alt.Y(
        "height:Q",
        title=ylabel,
        scale=alt.Scale(type="log") if steep else alt.Scale(domainMin=0),
        axis=alt.Axis(tickCount=5, format="~g"),
    )
    x = alt.X(
        "eigenvalue:Q",
        title=_("eigenvalue λ of the Hessian"),
        scale=log_scale(points["eigenvalue"]),
        axis=alt.Axis(tickCount=6, format="~g"),
    )
    line = (
        alt.Chart(curve.assign(height=curve["factor"].clip(lower=floor)))
        .mark_line(strokeWidth=1.5, color=QUIET, opacity=0.8, clip=True)
        .encode(x, y)
    )
    one = alt.Chart(pd.DataFrame({"height": [1.0]})).mark_rule(strokeDash=DASH, color=QUIET, strokeWidth=2).encode(y)
    dots = (
        alt.Chart(points.assign(height=points["factor"].clip(lower=floor)))
        .mark_point(size=90, filled=True, opacity=1)
        .encode(
            x,
            y,
            alt.Color("fate:N", title=None, scale=alt.Scale(domain=kinds), legend=legend(220)),
            alt.Shape("fate:N", title=None, scale=alt.Scale(domain=kinds, range=SHAPES[: len(kinds)])),
            tooltip=[
                alt.Tooltip("leading:N", title=_("leading columns")),
                alt.Tooltip("eigenvalue:Q", title=_("eigenvalue"), format=".4~g"),
                alt.Tooltip("factor:Q", title=_("factor per update"), format=".4~g"),
                alt.Tooltip("fate:N", title=_("the error")),
            ],
        )
    )
    title = titled(_("An update, direction by direction"), subtitle)
    return framed([line, one, dots], title)
