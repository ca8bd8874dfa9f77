"""The error after an honest and after a leaky preparation, split by split."""

from collections.abc import Mapping

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import DASH, QUIET, framed, legend, titled

ROW = 16  # pixels a split


def paired_errors(
    errors: pd.DataFrame, unit: str, title: str, subtitle: str = "", words: Mapping[str, str] | None = None
) -> alt.LayerChart:
    """Draw two dots per split, honest and leaky, joined by a line: its length is the effect of the leak.

    `errors` has seed, honest_test and leaky_test, and mean_test if the error of predicting the mean label is to be
    shown as a further mark; all in `unit`, that of the label. `words` are other words for these columns.
    """
    names = {"honest_test": _("honest"), "leaky_test": _("leaky"), "mean_test": _("mean label"), **(words or {})}
    present = [column for column in names if column in errors]
    parts = [names[column] for column in present]
    dots = errors[["seed", *present]].rename(columns=names).melt("seed", var_name="part", value_name="rmse")
    y = _seeds()
    title_of_x, scale = _("test RMSE ({unit})").format(unit=unit), alt.Scale(zero=False, nice=True)
    joined = (
        alt.Chart(errors)
        .mark_rule(color=QUIET, strokeWidth=1.5)
        .encode(alt.X("honest_test:Q", title=title_of_x, scale=scale), y, alt.X2("leaky_test"))
    )
    points = (
        alt.Chart(dots)
        .mark_point(strokeWidth=2)
        .encode(
            alt.X("rmse:Q", title=title_of_x, scale=scale, axis=alt.Axis(tickCount=6)),
            y,
            alt.Color("part:N", title=None, scale=alt.Scale(domain=parts), legend=legend()),
            alt.Shape("part:N", title=None, scale=alt.Scale(domain=parts, range=["circle", "diamond", "triangle-up"])),
            # A small mark in a large one: both are visible where they overlap.
            alt.Size("part:N", title=None, scale=alt.Scale(domain=parts, range=[110, 30, 45][: len(parts)])),
            tooltip=[
                alt.Tooltip("seed:O", title=_("seed of the split")),
                alt.Tooltip("part:N", title=_("preparation")),
                alt.Tooltip("rmse:Q", title=_("test RMSE"), format=".8g"),
            ],
        )
    )
    return framed([joined, points], titled(title, subtitle), alt.Step(ROW))


def error_differences(
    differences: pd.DataFrame, mean: float, low: float | None, high: float | None, unit: str
) -> alt.LayerChart:
    """Draw the leaky minus the honest test error of each split, their mean as a dashed line, its interval as a band.

    `differences` has seed and difference, in `unit`, that of the label. Left of 0 the leaky error is too optimistic.
    """
    ticks = alt.Axis(tickCount=6)
    x = alt.X("difference:Q", title=_("leaky minus honest test RMSE ({unit})").format(unit=unit), axis=ticks)
    band = (
        alt.Chart(
            pd.DataFrame({"difference": [mean if low is None else low], "high": [mean if high is None else high]})
        )
        .mark_rect(color=QUIET, opacity=0.25)
        .encode(
            x,
            alt.X2("high"),
            tooltip=[
                alt.Tooltip("difference:Q", title=_("lower end of the interval"), format=".4g"),
                alt.Tooltip("high:Q", title=_("upper end of the interval"), format=".4g"),
            ],
        )
    )
    zero = alt.Chart(pd.DataFrame({"difference": [0.0]})).mark_rule(color=QUIET).encode(x)
    parts = [_("one split"), _("mean")]
    colour = alt.Color("part:N", title=None, scale=alt.Scale(domain=parts), legend=legend())
    middle = (
        alt.Chart(pd.DataFrame({"difference": [mean], "part": parts[1]}))
        .mark_rule(strokeDash=DASH, strokeWidth=2)
        .encode(x, colour, tooltip=[alt.Tooltip("difference:Q", title=_("mean"), format=".4g")])
    )
    points = (
        alt.Chart(differences.assign(part=parts[0]))
        .mark_point(filled=True, size=60, opacity=0.85)
        .encode(
            x,
            _seeds(),
            colour,
            tooltip=[
                alt.Tooltip("seed:O", title=_("seed of the split")),
                alt.Tooltip("difference:Q", title=_("difference"), format=".4g"),
            ],
        )
    )
    subtitle = _("The band is the 95% interval of the mean. Left of 0 the leaky error is too optimistic.")
    return framed([band, zero, middle, points], titled(_("What the leak changed"), subtitle), alt.Step(ROW))


def _seeds() -> alt.Y:
    return alt.Y("seed:O", title=_("seed of the split"), axis=alt.Axis(grid=True, labelOverlap=True))
