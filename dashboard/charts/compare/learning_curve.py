"""The learning curve: losses over the number of training rows."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from core.formatting import as_factor
from core.language import _
from dashboard.charts.shared import DASH, QUIET, dashes, framed, legend, titled


def learning_curve(
    summary: pd.DataFrame,
    law: pd.DataFrame,
    noise: float | None,
    unit: str,
    title: str,
    subtitle: str,
    losses: Sequence[float],
) -> alt.LayerChart:
    """Draw the mean loss of repeats on training and on test rows, their range as a band, and what theory expects.

    `summary` has size, part ("train" or "test"), mean, low, high and repeats, of one model; `law` has size, train and
    test, and may be empty; `noise` is the loss that noise alone would leave. All are in the square of `unit`, that of
    the label, on a log axis that spans `losses`; what is not above 0 is left out.
    """
    names = {"train": _("training rows"), "test": _("test rows")}
    scale = alt.Scale(type="log", domain=[min(losses) / 1.1, max(losses) * 1.1], nice=False, clamp=True)
    title_of_y = _("loss ({unit}²)").format(unit=as_factor(unit))
    x = alt.X(
        "size:Q",
        scale=alt.Scale(type="log", nice=False),
        title=_("training rows used"),
        axis=alt.Axis(values=sorted(set(summary["size"].tolist())), format=".3~s", labelOverlap=True),
    )
    y = alt.Y("mean:Q", scale=scale, title=title_of_y, axis=alt.Axis(tickCount=6))
    shown = summary.assign(name=summary["part"].map(names)).query("mean > 0")
    parts = alt.Scale(domain=list(names.values()))
    colour = alt.Color("name:N", title=None, scale=parts, legend=legend())
    low = shown["low"].clip(lower=min(losses) / 1.1)
    band = (
        alt.Chart(shown.assign(low=low))
        .mark_area(opacity=0.2)
        .encode(x, alt.Y("low:Q", scale=scale, title=title_of_y), alt.Y2("high"), colour)
    )
    line = (
        alt.Chart(shown)
        .mark_line(strokeWidth=2, point=alt.OverlayMarkDef(filled=True, size=50))
        .encode(
            x,
            y,
            colour,
            dashes("name", parts.domain),
            alt.Shape("name:N", title=None, scale=alt.Scale(domain=parts.domain, range=["circle", "triangle-up"])),
            tooltip=[
                alt.Tooltip("name:N", title=_("evaluated on")),
                alt.Tooltip("size:Q", title=_("rows used"), format=","),
                alt.Tooltip("mean:Q", title=_("mean loss"), format=".5g"),
                alt.Tooltip("low:Q", title=_("lowest"), format=".5g"),
                alt.Tooltip("high:Q", title=_("highest"), format=".5g"),
                alt.Tooltip("repeats:Q", title=_("repeats")),
            ],
        )
    )
    layers = [band, *_expected(law, noise, x, scale, title_of_y), line]
    return framed(layers, titled(title, subtitle))


def _expected(law: pd.DataFrame, noise: float | None, x: alt.X, scale: alt.Scale, title_of_y: str) -> list[alt.Chart]:
    """Draw the noise level as a dashed horizontal line, and the law for both parts as dotted curves."""
    layers = []
    if len(law):
        curves = law.melt("size", value_name="loss", var_name="part").query("loss > 0")
        layers.append(
            alt.Chart(curves)
            .mark_line(strokeDash=[2, 3], strokeWidth=2, color=QUIET)
            .encode(
                x,
                alt.Y("loss:Q", scale=scale, title=title_of_y),
                alt.Detail("part:N"),
                tooltip=[
                    alt.Tooltip("size:Q", title=_("rows used"), format=",.0f"),
                    alt.Tooltip("loss:Q", title=_("expected loss"), format=".5g"),
                ],
            )
        )
    if noise:
        level = pd.DataFrame({"loss": [noise]})
        y = alt.Y("loss:Q", scale=scale, title=title_of_y)
        tip = [alt.Tooltip("loss:Q", title=_("noise level σ²/2"), format=".5g")]
        layers.append(alt.Chart(level).mark_rule(strokeDash=DASH, color=QUIET, strokeWidth=1.5).encode(y, tooltip=tip))
    return layers
