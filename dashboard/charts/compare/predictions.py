"""Predictions compared with the true labels."""

import altair as alt
import numpy as np
import pandas as pd

from core.language import _
from dashboard.charts.shared import DASH, HEIGHT, QUIET, framed, legend, thinned, titled


def predictions_against_truth(
    points: pd.DataFrame, label: str, height: int = HEIGHT, subtitle: str = ""
) -> alt.LayerChart:
    """Draw one point per row; on the diagonal the prediction equals the truth.

    `points` has truth, prediction (in the label's units) and part (the name of the training or the test rows, in the
    order of the legend). `label` is the name of the column that is predicted. `subtitle` mentions it if not all rows
    are drawn.
    """
    shown, left_out = thinned(points)
    subtitle = subtitle or left_out
    parts = list(dict.fromkeys(points["part"]))
    ends = [float(shown[["truth", "prediction"]].min().min()), float(shown[["truth", "prediction"]].max().max())]
    scale = alt.Scale(zero=False, nice=True)
    x = alt.X("truth:Q", scale=scale, title=_("true {label}").format(label=label), axis=alt.Axis(tickCount=6))
    y = alt.Y("prediction:Q", scale=scale, title=_("predicted {label}").format(label=label))
    diagonal = (
        alt.Chart(pd.DataFrame({"truth": ends, "prediction": ends}))
        .mark_line(strokeDash=DASH, color=QUIET, strokeWidth=1.5)
        .encode(x, y)
    )
    dots = (
        alt.Chart(shown)
        .mark_point(filled=True, opacity=0.65, size=42)
        .encode(
            x,
            y,
            alt.Color("part:N", title=None, scale=alt.Scale(domain=parts), legend=legend()),
            alt.Shape("part:N", title=None, scale=alt.Scale(domain=parts, range=["circle", "triangle-up"])),
            tooltip=[
                alt.Tooltip("truth:Q", title=_("truth"), format=".6g"),
                alt.Tooltip("prediction:Q", title=_("prediction"), format=".6g"),
                alt.Tooltip("part:N", title=_("rows")),
            ],
        )
    )
    title = titled(_("Predictions against truth"), subtitle or _("On the dashed line the prediction is right."))
    return framed([diagonal, dots], title, height)


def fitted_line(
    points: pd.DataFrame, models: pd.DataFrame, feature: str, label: str, height: int = HEIGHT
) -> alt.LayerChart:
    """Draw a model of one feature as a line through the rows.

    `points` has x and y, in the table's units; `models` has model (its name), weight and bias, one row per model.
    """
    shown, subtitle = thinned(points)
    ends = np.array([shown["x"].min(), shown["x"].max()], dtype=np.float64)
    lines = pd.DataFrame(
        [
            {"model": row.model, "x": end, "y": row.weight * end + row.bias}
            for row in models.itertuples()
            for end in ends
        ]
    )
    scale = alt.Scale(zero=False, nice=True)
    dots = (
        alt.Chart(shown)
        .mark_point(filled=True, opacity=0.5, size=36, color=QUIET)
        .encode(alt.X("x:Q", scale=scale, title=feature), alt.Y("y:Q", scale=scale, title=label))
    )
    drawn = (
        alt.Chart(lines)
        .mark_line(strokeWidth=2.5)
        .encode(
            alt.X("x:Q"),
            alt.Y("y:Q"),
            alt.Color(
                "model:N",
                title=None,
                scale=alt.Scale(domain=list(models["model"])),
                legend=legend(),
            ),
            alt.StrokeDash("model:N", title=None, scale=alt.Scale(domain=list(models["model"]), range=[[1, 0], DASH])),
        )
    )
    return framed([dots, drawn], titled(_("The fitted line"), subtitle), height)
