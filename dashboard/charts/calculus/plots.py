"""Several functions in one picture, each in the colour, line and marker of its format string."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.calculus.plotting import MARK_EVERY, Line, Plot
from core.language import _
from dashboard.charts.calculus.plot_marks import DASHES, SHAPES, SIZE, WIDTH, readable, to_css
from dashboard.charts.shared import HEIGHT, QUIET, framed, log_axis, titled

ENTRY = 20  # pixels of height for each name in the legend
SAMPLE = 40  # pixels of width of its line


def functions_in_one_picture(plot: Plot) -> alt.LayerChart:
    """Draw the functions of a plot, their tangents, and above them the legend: a sample of each line with its name.

    Colours are those of `readable`. The legend has no box and no place inside the picture, where it would hide curves.
    """
    series = [str(number) for number in range(1, len(plot.lines) + 1)]
    colours = [to_css(readable(line.colour)) for line in plot.lines]
    x = alt.X("x:Q", title="x", scale=_scale(plot.x_scale, plot.x_limits), axis=_axis(plot.x_scale, plot.x_limits))
    y = alt.Y("y:Q", title="f(x)", scale=_scale(plot.y_scale, plot.y_limits), axis=_axis(plot.y_scale, plot.y_limits))
    colour = alt.Color("series:N", scale=alt.Scale(domain=series, range=colours), legend=None)
    dashes = [DASHES.get(line.format.line, DASHES["-"]) for line in plot.lines]
    dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=series, range=dashes), legend=None)
    shapes = [SHAPES.get(line.format.marker, SHAPES["o"]) for line in plot.lines]
    shape = alt.Shape("series:N", scale=alt.Scale(domain=series, range=shapes), legend=None)
    fill = alt.Fill("series:N", scale=alt.Scale(domain=series, range=colours), legend=None)
    tooltip = [alt.Tooltip("f:N", title="f(x)"), _number("x:Q", "x"), _number("y:Q", _("value"))]
    tables = tables_of(plot)
    lines = alt.Chart(tables["lines"]).mark_line(strokeWidth=WIDTH, clip=True).encode(x, y, colour, dash)
    tangents = alt.Chart(tables["tangents"]).mark_line(strokeWidth=1, clip=True).encode(x, y, colour)
    points = alt.Chart(tables["points"]).mark_point(size=SIZE, strokeWidth=1.5, opacity=1, clip=True)
    touched = alt.Chart(tables["touched"]).mark_point(size=SIZE, opacity=1, clip=True)
    layers = [
        tangents,
        lines,
        points.encode(x, y, colour, fill, shape, tooltip=tooltip),
        touched.encode(x, y, colour, fill, tooltip=tooltip),
        *_legend(tables["names"], colour, fill, shape, dash),
    ]
    title = titled(_("Functions, each as its format string draws it"), _subtitle(plot))
    title.offset = 8  # above the legend, whose marks count as part of the picture
    return framed(layers, title, HEIGHT + ENTRY * len(tables["names"]))


def tables_of(plot: Plot) -> dict[str, pd.DataFrame]:
    """Return x, y, series and f of the lines, their markers, the tangents and where these touch.

    "names" has the entries of the legend: series, name, top (pixels from the top of the plot), and whether the line and
    the marker are drawn.
    """
    lines = [_rows(plot.x, line.y, place, line) for place, line in enumerate(plot.lines, 1) if line.format.line]
    points = [
        _rows(plot.x[::MARK_EVERY], line.y[::MARK_EVERY], place, line).dropna()
        for place, line in enumerate(plot.lines, 1)
        if line.format.marker
    ]
    tangents, touched = [], []
    for place, line in enumerate(plot.lines, 1):
        if line.tangent is not None and line.tangent_y is not None:
            tangents.append(_rows(plot.x, line.tangent_y, place, line))
            touched.append(_rows(np.array([line.tangent.x]), np.array([line.tangent.value]), place, line))
    here = _joined(touched)
    shown = np.ones(len(here), dtype=bool)
    for scale, column in ((plot.x_scale, "x"), (plot.y_scale, "y")):
        shown &= here[column].to_numpy() > 0 if scale == "log" else True
    return {
        "lines": _joined(lines),
        "points": _joined(points),
        "tangents": _joined(tangents),
        "touched": here[shown],
        "names": _names(plot.lines),
    }


def _rows(x: np.ndarray, y: np.ndarray, place: int, line: Line) -> pd.DataFrame:
    return pd.DataFrame({"x": x, "y": y, "series": str(place), "f": line.expression.text})


def _joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    if tables:
        return pd.concat(tables, ignore_index=True)
    return pd.DataFrame({"x": [0.0], "y": [0.0], "series": [""], "f": [""]}).iloc[:0]


def _scale(kind: str, limits: tuple[float, float]) -> alt.Scale:
    return alt.Scale(type="log" if kind == "log" else "linear", domain=list(limits), nice=False, zero=False)


def _axis(kind: str, limits: tuple[float, float]) -> alt.Axis:
    axis = log_axis(pd.Series(limits)) if kind == "log" else alt.Axis(tickCount=10)
    axis.format, axis.labelOverlap = "~g", True
    return axis


def _number(field: str, title: str) -> alt.Tooltip:
    return alt.Tooltip(field, title=title, format=".6~g")


def _subtitle(plot: Plot) -> str:
    if any(line.tangent_y is not None for line in plot.lines):
        return _("Thin: the tangents, each in the colour of its function. Dots: where they touch.")
    return ""


def _names(lines: Sequence[Line]) -> pd.DataFrame:
    named = [(str(place), line) for place, line in enumerate(lines, 1) if line.name]
    return pd.DataFrame(
        {
            "series": [place for place, _line in named],
            "name": [line.name for _place, line in named],
            "top": [-ENTRY * (len(named) - row) + ENTRY / 2 - 4 for row in range(len(named))],
            "line": [bool(line.format.line) for _place, line in named],
            "marker": [bool(line.format.marker) for _place, line in named],
        }
    )


def _legend(
    names: pd.DataFrame, colour: alt.Color, fill: alt.Fill, shape: alt.Shape, dash: alt.StrokeDash
) -> list[alt.Chart]:
    """Return, above the plot, a sample and the name for each line that has one."""
    top = alt.Y("top:Q", scale=None, axis=None)  # pixels
    rules = alt.Chart(names[names["line"]]).mark_rule(x=0, x2=SAMPLE, strokeWidth=WIDTH)
    marks = alt.Chart(names[names["marker"]]).mark_point(x=SAMPLE / 2, size=SIZE, strokeWidth=1.5, opacity=1)
    words = alt.Chart(names).mark_text(
        x=SAMPLE + 10, align="left", baseline="middle", color=QUIET, fontSize=13, limit=260
    )
    return [
        rules.encode(top, colour, dash),
        marks.encode(top, colour, fill, shape),
        words.encode(top, alt.Text("name:N")),
    ]
