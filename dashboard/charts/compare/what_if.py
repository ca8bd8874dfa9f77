"""The predictions of both models for one row, and how they change with one of its values."""

from collections.abc import Mapping
from typing import Literal

import altair as alt
import numpy as np
import pandas as pd

from core.language import _
from dashboard.charts.shared import DASH, QUIET, framed, titled

MOST_TICKS = 400
CROSS, UPRIGHT = "M-1,-1L1,1M-1,1L1,-1", "M0,-1.8L0,1.8"
SHAPES = ("circle", CROSS, UPRIGHT)
_STEP, _HEIGHT = 44, 440  # pixels


def row_prediction(
    intervals: pd.DataFrame,
    points: pd.DataFrame,
    labels: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    label: str,
    seen: str,
) -> alt.LayerChart:
    """Draw the intervals of one row as bars, the predictions as marks on them, and the training labels below.

    `intervals` has what (its line), low and high; `points` has what, model and value, the models in the order of the
    legend: a dot, a cross, an upright line. `labels` are drawn as thin lines in the line called `seen`, at most 400,
    evenly spread among the sorted ones. All are in the unit of `label`.
    """
    lines = [*dict.fromkeys(points["what"]), seen]
    models = list(dict.fromkeys(points["model"]))
    spread = np.sort(labels)[np.linspace(0, len(labels) - 1, min(len(labels), MOST_TICKS)).round().astype(int)]
    y = alt.Y("what:N", sort=lines, title=None, scale=alt.Scale(domain=lines), axis=alt.Axis(labelLimit=150))
    scale = alt.Scale(zero=False, nice=True)
    axis = alt.Axis(tickCount=6)
    rug = (
        alt.Chart(pd.DataFrame({"what": seen, "value": spread}))
        .mark_tick(color=QUIET, opacity=0.5, thickness=1, size=22)
        .encode(alt.X("value:Q", scale=scale, title=label, axis=axis), y)
    )
    bars = (
        alt.Chart(intervals)
        .mark_rule(strokeWidth=7, opacity=0.45, strokeCap="round", color=QUIET)
        .encode(
            alt.X("low:Q", scale=scale, title=label, axis=axis),
            alt.X2("high"),
            y,
            tooltip=[
                alt.Tooltip("what:N", title=_("interval")),
                alt.Tooltip("low:Q", title=_("from"), format=".6g"),
                alt.Tooltip("high:Q", title=_("to"), format=".6g"),
            ],
        )
    )
    marks = (
        alt.Chart(points)
        .mark_point(size=110, strokeWidth=2)
        .encode(
            alt.X("value:Q", scale=scale, title=label, axis=axis),
            y,
            _colour(models),
            alt.Fill("model:N", title=None, scale=alt.Scale(domain=models), legend=None),
            alt.Shape("model:N", title=None, scale=alt.Scale(domain=models, range=list(SHAPES[: len(models)]))),
            tooltip=[
                alt.Tooltip("model:N", title=_("model")),
                alt.Tooltip("value:Q", title=label, format=".8g"),
            ],
        )
    )
    return framed([rug, bars, marks], titled(_("This row")), alt.Step(_STEP))


def along_one_value(
    curve: pd.DataFrame,
    here: pd.DataFrame,
    models: Mapping[str, str],
    bands: Mapping[str, str],
    column: str,
    label: str,
) -> alt.LayerChart:
    """Draw the predictions as one value changes, in their bands, and the row itself.

    `curve` has x, a column for each key of `models` (the first is drawn solid, the next dashed) and, for each key of
    `bands`, its _low and _high, missing where there is no interval. `here` has x, model (a name of `models`) and value:
    the row as it is, or no line if its value is missing. The values of both mappings are the names in the legend.
    """
    scale = alt.Scale(zero=False, nice=False)
    x, y = alt.X("x:Q", scale=scale, title=column), alt.Y("value:Q", scale=alt.Scale(zero=False), title=label)
    names = list(models.values())
    lines = (
        alt.Chart(_long(curve, models))
        .mark_line(strokeWidth=2.5)
        .encode(
            x,
            y,
            _colour(names),
            alt.StrokeDash(
                "model:N", title=None, scale=alt.Scale(domain=names, range=[[1, 0], DASH, [2, 2]][: len(names)])
            ),
            tooltip=[
                alt.Tooltip("x:Q", title=column, format=".6g"),
                alt.Tooltip("model:N", title=_("model")),
                alt.Tooltip("value:Q", title=label, format=".6g"),
            ],
        )
    )
    place = alt.Chart(here[["x"]].drop_duplicates()).mark_rule(strokeDash=[2, 2], color=QUIET).encode(x)
    shapes = alt.Scale(domain=names, range=list(SHAPES[: len(names)]))
    marks = (
        alt.Chart(here)
        .mark_point(size=90, strokeWidth=2.5)
        .encode(x, y, _colour(names), alt.Shape("model:N", title=None, scale=shapes))
    )
    title = titled(_("If only {column} changes").format(column=column), _("All other values stay as they are."))
    return framed([_areas(curve, bands, x), place, lines, marks], title, _HEIGHT)


def _areas(curve: pd.DataFrame, bands: Mapping[str, str], x: alt.X) -> alt.Chart:
    names = list(bands.values())
    parts = [
        pd.DataFrame({"x": curve["x"], "low": curve[f"{key}_low"], "high": curve[f"{key}_high"], "band": name})
        for key, name in bands.items()
    ]
    areas: alt.Chart = (
        alt.Chart(pd.concat(parts, ignore_index=True).dropna())
        .mark_area(color=QUIET)
        .encode(
            x,
            alt.Y("low:Q"),
            alt.Y2("high"),
            alt.Opacity(
                "band:N", title=None, scale=alt.Scale(domain=names, range=[0.2, 0.45]), legend=_legend("bottom")
            ),
        )
    )
    return areas


def _long(curve: pd.DataFrame, models: Mapping[str, str]) -> pd.DataFrame:
    parts = [pd.DataFrame({"x": curve["x"], "model": name, "value": curve[key]}) for key, name in models.items()]
    return pd.concat(parts, ignore_index=True)


def _colour(names: list[str]) -> alt.Color:
    return alt.Color("model:N", title=None, scale=alt.Scale(domain=names), legend=_legend("top"))


def _legend(orient: Literal["top", "bottom"]) -> alt.Legend:
    return alt.Legend(orient=orient, columns=3, labelLimit=200, offset=4, symbolOpacity=1)
