"""The error of estimated weights against the number of samples, for several levels of noise."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import dashes, framed, legend, log_axis, log_scale, titled


def noise_study(rows: pd.DataFrame, unit: str, height: int = 480) -> alt.LayerChart:
    """Draw errors on log axes: a mark for each model, a line for the law of one over the root of the samples.

    `rows` has samples, error, model (name, in the order of the legend), level (the noise, named, in its order), law,
    low and high (NaN where there is no band). `unit` is that of a weight per standard deviation.
    """
    levels, models = list(dict.fromkeys(rows["level"])), list(dict.fromkeys(rows["model"]))
    shown = rows.dropna(subset=["error"]).query("error > 0")
    colour = alt.Color("level:N", title=_("noise"), scale=alt.Scale(domain=levels), legend=legend(230))
    x = alt.X(
        "samples:Q", scale=alt.Scale(type="log", nice=False, padding=14), title=_("number of samples n"),
        axis=alt.Axis(tickCount=6, format="~s"),
    )  # fmt: skip
    errors = pd.concat([shown["error"], rows["law"]])
    scale = log_scale(errors)
    y = alt.Y("error:Q", scale=scale, title=_("error of a weight ({unit})").format(unit=unit), axis=log_axis(errors))
    tooltip = [
        alt.Tooltip("model:N", title=_("model")),
        alt.Tooltip("level:N", title=_("noise")),
        alt.Tooltip("samples:Q", title=_("samples"), format=","),
        alt.Tooltip("error:Q", title=_("error"), format=".4g"),
        alt.Tooltip("law:Q", title=_("law"), format=".4g"),
    ]
    dash = dashes("level", levels, title=_("noise"), legend=legend(230))
    law = (
        alt.Chart(rows[rows["model"] == models[0]])
        .mark_line(strokeWidth=1.5)
        .encode(x, alt.Y("law:Q", scale=scale), colour, dash)
    )
    band = (
        alt.Chart(shown.dropna(subset=["low", "high"]))
        .mark_rule(strokeWidth=5, opacity=0.25)
        .encode(x, alt.Y("low:Q", scale=scale), alt.Y2("high:Q"), colour)
    )
    marks = (
        alt.Chart(shown)
        .mark_point(size=80, strokeWidth=2)
        .encode(
            x,
            y,
            colour,
            alt.Shape(
                "model:N",
                title=_("model"),
                scale=alt.Scale(domain=models, range=["circle", "cross"][: len(models)]),
                legend=legend(),
            ),
            tooltip=tooltip,
        )
    )
    title = titled(
        _("More samples, smaller errors"), _("Lines: the law of 1/√n. Bars: from the 10th to the 90th percentile.")
    )
    return framed([law, band, marks], title, height)
