"""What all charts share."""

import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

import altair as alt
import numpy as np
import pandas as pd

from core.language import _

Table: TypeAlias = pd.DataFrame | alt.NamedData  # only the name of a table, if a chart is built before its data
MOST_POINTS = 1000
DASH = [6, 4]
DASHES = ([1, 0], [10, 3], [2, 3], [10, 3, 2, 3], [5, 2, 5, 6], [2, 6])  # solid, long, dotted, both, pairs, sparse
QUIET = "#7F8C99"  # readable on light and on dark
HEIGHT = 380  # pixels, with title and legend


def legend(longest: int = 150) -> alt.Legend:
    """Return a legend above the plot, where it costs no width; names longer than `longest` pixels are truncated."""
    return alt.Legend(orient="top", columns=2, labelLimit=longest, offset=4, symbolOpacity=1)


def titled(text: str, subtitle: str | list[str] = "") -> alt.TitleParams:
    """Return a chart's title; the subtitle says what was left out or how to read it."""
    return alt.TitleParams(text=text, subtitle=subtitle, anchor="start", subtitleColor=QUIET, subtitleFontSize=12)


def framed(layers: Sequence[alt.Chart], title: alt.TitleParams, height: int | alt.Step = HEIGHT) -> alt.LayerChart:
    """Return the layers as one chart, the first at the bottom.

    Its marks are hidden from screen readers: a description of the chart is given in text.
    """
    chart = alt.layer(*layers).properties(title=title, height=height)
    return cast(alt.LayerChart, chart.configure_mark(aria=False))


def dashes(
    field: str, names: Sequence[str], title: str | None = None, legend: alt.Legend | None = None
) -> alt.StrokeDash:
    """Return a dash for each name, so that lines are distinguishable without colours; the first line is whole.

    From the seventh name on they repeat.
    """
    patterns = [DASHES[place % len(DASHES)] for place in range(len(names))]
    scale = alt.Scale(domain=list(names), range=patterns)
    if legend is None:
        return alt.StrokeDash(f"{field}:N", title=title, scale=scale)
    return alt.StrokeDash(f"{field}:N", title=title, scale=scale, legend=legend)


def places_on_curves(
    here: Table, x: alt.X, y: alt.Y, colour: alt.Color, shapes: Mapping[str, str], *, named: str, across: str
) -> alt.Chart:
    """Return a dot for each row of `here`, which has x, y and series: the series differ in shape too (`shapes`).

    `named` and `across` are the words of the tooltip for the series and for x.
    """
    shape = alt.Shape("series:N", title=None, scale=alt.Scale(domain=list(shapes), range=list(shapes.values())))
    tooltip = [
        alt.Tooltip("series:N", title=named),
        alt.Tooltip("x:Q", title=across, format=".6~g"),
        alt.Tooltip("y:Q", title=_("value"), format=".6~g"),
    ]
    dots = alt.Chart(here).mark_point(filled=True, size=90, opacity=1, clip=True)
    return cast(alt.Chart, dots.encode(x, y, colour, shape, tooltip=tooltip))


def thinned(frame: pd.DataFrame, most: int = MOST_POINTS) -> tuple[pd.DataFrame, str]:
    """Return at most `most` rows, evenly spread over the frame, and a sentence that says so, or an empty one."""
    if len(frame) <= most:
        return frame, ""
    chosen = np.linspace(0, len(frame) - 1, most).round().astype(int)
    sentence = _("{shown} of {rows} rows are drawn, evenly spread.").format(shown=most, rows=len(frame))
    return frame.iloc[chosen], sentence


def log_axis(values: pd.Series) -> alt.Axis:
    """Return an axis for a log scale with a line at each power of ten, if there are enough of them in the values."""
    low, high = float(values.min()), float(values.max())
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1) if 0 < low < high else ()
    if not 4 <= len(powers) <= 12:
        return alt.Axis(tickCount=5)
    return alt.Axis(values=[float(f"1e{power}") for power in powers])


def log_scale(values: pd.Series) -> alt.Scale:
    """Return a log scale that fits positive values; a flat series gets half a decade on either side."""
    low, high = float(values.min()), float(values.max())
    if not 0 < low < high:
        return alt.Scale(type="log")
    if math.log10(high / low) < 1:
        return alt.Scale(type="log", domain=[low / 1.5, high * 1.5], nice=False)
    return alt.Scale(type="log")
