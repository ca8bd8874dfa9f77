"""Estimates with their intervals: coefficients, and the prediction for one row."""

import math
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from core.language import _
from dashboard.charts.shared import QUIET, framed, titled

MOST_ROWS = 30
SHORT_NAME = 16  # letters
# Strokes, so that what lies beneath shows: the first model is a dot, SGD a cross on it, the true value an upright line.
SHAPES = {"closed_form": "triangle-up", "sgd": "M-1,-1L1,1M-1,1L1,-1", "true": "M0,-1.5L0,1.5"}
_UNEVEN = 100.0  # largest over lower quartile: beyond it, a linear axis would draw the small ones as one point
_DECADES = 6


def coefficient_intervals(
    rows: pd.DataFrame, models: Mapping[str, str], axis: str, title: str, subtitle: str = ""
) -> alt.LayerChart:
    """Draw one line per coefficient: a dot in its interval, SGD's cross, the true value's diamond, and a line at 0.

    `rows` has parameter, estimable, low and high (missing where there is no interval) and a column for each key of
    `models`, whose values are the names in the legend; the first is drawn as a dot,
    hollow where the coefficient is not determined individually. `axis` is the title of the x-axis. The axis is
    logarithmic away from 0 where the sizes differ too much for a linear one, and its title mentions it.
    """
    numbers = rows[[*models, "low", "high"]].to_numpy(dtype=np.float64)
    scale, ticks = _scale(numbers)
    if ticks:
        axis = _("{axis} (logarithmic away from 0)").format(axis=axis)
    order = list(rows["parameter"])
    y = alt.Y("parameter:N", sort=order, title=None, axis=alt.Axis(labelLimit=170, grid=True, gridDash=[1, 3]))
    x = alt.Axis(values=ticks, format=",~g", labelOverlap="greedy") if ticks else alt.Axis(tickCount=6)
    zero = alt.Chart(pd.DataFrame({"value": [0.0]})).mark_rule(color=QUIET).encode(alt.X("value:Q", scale=scale))
    reaches = (
        alt.Chart(rows.dropna(subset=["low", "high"])[["parameter", "low", "high"]])
        .mark_rule(strokeWidth=5, opacity=0.45, strokeCap="round", color=QUIET)
        .encode(
            alt.X("low:Q", scale=scale, title=axis, axis=x),
            alt.X2("high"),
            y,
            tooltip=[
                alt.Tooltip("parameter:N", title=_("coefficient")),
                alt.Tooltip("low:Q", title=_("from"), format=".6g"),
                alt.Tooltip("high:Q", title=_("to"), format=".6g"),
            ],
        )
    )
    return framed([zero, reaches, _marks(rows, models, alt.X("value:Q", scale=scale, title=axis, axis=x), y)],
                  titled(title, subtitle), alt.Step(24))  # fmt: skip


def _marks(rows: pd.DataFrame, models: Mapping[str, str], x: alt.X, y: alt.Y) -> alt.Chart:
    """Draw one mark per model and coefficient."""
    (first, *others), names = models, list(models.values())
    shapes = alt.Scale(domain=names, range=["circle", *(SHAPES[key] for key in others)])
    parts = [
        pd.DataFrame({
            "parameter": rows["parameter"],
            "model": name,
            "value": rows[key].astype(float),
            "filled": np.where(rows["estimable"] & (key == first), 1.0, 0.0),
        })
        for key, name in models.items()
    ]  # fmt: skip
    marks: alt.Chart = (
        alt.Chart(pd.concat(parts, ignore_index=True).dropna(subset=["value"]))
        .mark_point(size=80, strokeWidth=2)
        .encode(
            x,
            y,
            alt.Color("model:N", title=None, scale=alt.Scale(domain=names), legend=_legend(names)),
            alt.Fill("model:N", title=None, scale=alt.Scale(domain=names), legend=None),
            alt.FillOpacity("filled:Q", scale=None),
            alt.Shape("model:N", title=None, scale=shapes),
            tooltip=[
                alt.Tooltip("parameter:N", title=_("coefficient")),
                alt.Tooltip("model:N", title=_("model")),
                alt.Tooltip("value:Q", title=_("value"), format=".8g"),
            ],
        )
    )
    return marks


def _legend(names: Sequence[str]) -> alt.Legend:
    """Return the legend: one name a line if they would not fit beside each other on a telephone."""
    columns = 1 if max(map(len, names)) > SHORT_NAME else 2
    return alt.Legend(orient="top", columns=columns, labelLimit=240, offset=4, symbolOpacity=1)


def _scale(numbers: npt.NDArray[np.float64]) -> tuple[alt.Scale, list[float]]:
    """Return a linear scale and no ticks, or a scale with equal steps between powers of ten, and these powers."""
    sizes = np.max(np.nan_to_num(np.abs(numbers)), axis=1, initial=0.0)
    sizes = sizes[sizes > 0]
    if not len(sizes) or sizes.max() <= _UNEVEN * np.quantile(sizes, 0.25, method="lower"):
        return alt.Scale(nice=True, zero=True), []
    top = math.floor(math.log10(sizes.max()))
    bottom = max(math.floor(math.log10(np.quantile(sizes, 0.1))), top - _DECADES)
    step = -(-(top - bottom + 1) // 3)
    powers = [10.0**power for power in range(top, bottom - 1, -step)]
    low, high = np.nanmin(numbers), np.nanmax(numbers)
    ticks = [-power for power in powers if -power >= low] + [0.0] + [power for power in powers if power <= high]
    return alt.Scale(type="symlog", constant=10.0**bottom, nice=False), ticks
