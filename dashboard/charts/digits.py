"""Charts of features of digits: accuracies, layers seen from above, and weights as pictures."""

import altair as alt
import numpy as np
import numpy.typing as npt
import pandas as pd

from core.language import _
from dashboard.charts.shared import QUIET, Table, framed, titled

ACROSS = 8  # pictures in a row


def accuracy_bars(bars: Table, title: str, subtitle: str, height: int = 260) -> alt.LayerChart:
    """Draw accuracies, 0 to 1: `bars` has name, place (their order), accuracy, text (the number) and learned (whether
    the features were learned).
    """
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
    scale = alt.Scale(domain=[0, 1.1], nice=False)  # with room for the number after a full bar
    x = alt.X("accuracy:Q", title=_("test images that are right"), axis=axis, scale=scale)
    y = alt.Y("name:N", title=None, sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelLimit=180))
    paler = alt.Opacity("learned:N", scale=alt.Scale(domain=[False, True], range=[0.5, 1]), legend=None)
    tooltip = [alt.Tooltip("name:N", title=_("features")), alt.Tooltip("accuracy:Q", title=_("right"), format=".1%")]
    shown = alt.Chart(bars).mark_bar().encode(x, y, paler, tooltip=tooltip)
    words = (
        alt.Chart(bars).mark_text(align="left", dx=4, color=QUIET, fontWeight="bold").encode(x, y, alt.Text("text:N"))
    )
    return framed([shown, words], titled(title, subtitle), height)


def digit_plane(points: Table, title: str, subtitle: str) -> alt.LayerChart:
    """Draw images as their digits in the plane in which they spread most: `points` has x, y and digit (0 to 9)."""
    axis = alt.Axis(labels=False, ticks=False, grid=False)
    marks = alt.Chart(points).mark_text(fontSize=11, fontWeight="bold")
    encoded = marks.encode(
        alt.X("x:Q", title=_("first principal component"), axis=axis),
        alt.Y("y:Q", title=_("second"), axis=axis),
        alt.Text("digit:N"),
        alt.Color("digit:N", scale=alt.Scale(scheme="tableau10"), legend=None),
        tooltip=[alt.Tooltip("digit:N", title=_("digit"))],
    )
    return framed([encoded], titled(title, subtitle), 300)


def weight_tiles(pictures: npt.NDArray[np.float64]) -> pd.DataFrame:
    """Return pictures (m, h, w) as tiles, eight pictures in a row with a gap between: x, y, picture and weight."""
    high, wide = pictures.shape[1:]
    picture, down, right = np.indices(pictures.shape)
    return pd.DataFrame(
        {
            "x": (right + (picture % ACROSS) * (wide + 1)).ravel(),
            "y": (down + (picture // ACROSS) * (high + 1)).ravel(),
            "picture": picture.ravel() + 1,
            "weight": pictures.ravel(),
        }
    )


def weight_pictures(tiles: Table, title: str, subtitle: str, shape: tuple[int, int, int], step: int) -> alt.LayerChart:
    """Draw weights as pictures: `tiles` as `weight_tiles` has them for pictures of this shape (m, h, w).

    A tile is a square of `step` pixels; blue is negative, orange positive.
    """
    count, high, wide = shape
    columns, rows = list(range(min(count, ACROSS) * (wide + 1))), list(range(-(-count // ACROSS) * (high + 1)))
    axis = alt.Axis(labels=False, ticks=False, domain=False)
    colour = alt.Color(
        "weight:Q",
        title=_("weight"),
        scale=alt.Scale(range=["#0072B2", "#F3F6F9", "#D55E00"], domainMid=0, interpolate="rgb"),
        legend=alt.Legend(orient="top", gradientLength=120, titleOrient="left"),
    )
    tooltip = [
        alt.Tooltip("picture:Q", title=_("picture"), format="d"),
        alt.Tooltip("weight:Q", title=_("weight"), format=".3g"),
    ]
    shown = alt.Chart(tiles).mark_rect(stroke=QUIET, strokeWidth=0.2).encode(
        alt.X("x:O", title=None, axis=axis, scale=alt.Scale(domain=columns)),
        alt.Y("y:O", title=None, axis=axis, scale=alt.Scale(domain=rows)),
        colour,
        tooltip=tooltip,
    )  # fmt: skip
    chart: alt.LayerChart = framed([shown], titled(title, subtitle), alt.Step(step)).properties(width=alt.Step(step))
    return chart
