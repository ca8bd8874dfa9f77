"""Residuals: against the predictions, as a histogram, as quantiles, and against leverage."""

import altair as alt
import pandas as pd

from core.formatting import format_general
from core.language import _
from dashboard.charts.shared import DASH, HEIGHT, QUIET, framed, legend, titled


def residuals_against_fitted(
    points: pd.DataFrame, means: pd.DataFrame, named: pd.DataFrame, label: str, subtitle: str = ""
) -> alt.LayerChart:
    """Draw residuals over predictions, a line at 0, the running mean with its band, and the furthest rows by name.

    `points` has fitted, residual (in the label's units), part (the name of the rows) and row (its number in the table);
    `means` has fitted, mean, low and high, and may be empty; `named` has fitted, residual and row.
    """
    x = alt.X("fitted:Q", scale=alt.Scale(zero=False), title=_("predicted {label}").format(label=label), axis=_ticks())
    title_of_y = _("residual ({label})").format(label=label)
    y = alt.Y("residual:Q", title=title_of_y)
    parts = list(dict.fromkeys(points["part"]))
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, opacity=0.55, size=36)
        .encode(x, y, *_parts(parts), tooltip=[*_row_tips(), _tip("fitted", _("prediction")), _residual_tip()])
    )
    mean_x = alt.X("fitted:Q")
    band = (
        alt.Chart(means)
        .mark_area(opacity=0.3, color=QUIET)
        .encode(mean_x, alt.Y("low:Q", title=title_of_y), alt.Y2("high"))
    )
    line = (
        alt.Chart(means)
        .mark_line(strokeWidth=2.5, color=QUIET)
        .encode(
            mean_x,
            alt.Y("mean:Q", title=title_of_y),
            tooltip=[
                _tip("fitted", _("mean prediction")),
                _tip("mean", _("mean residual")),
                alt.Tooltip("rows:Q", title=_("rows"), format=","),
            ],
        )
    )
    title = titled(
        _("Residuals against predictions"),
        subtitle or _("Grey: the running mean, ± 2 standard errors."),
    )
    return framed([_level(0.0, "residual"), dots, band, line, _names(named, x, y)], title)


def residual_histogram(bars: pd.DataFrame, curve: pd.DataFrame, label: str, deviation: str) -> alt.LayerChart:
    """Draw the histogram of the residuals, and the normal curve that squared loss assumes.

    `bars` has low, high and rows; `curve` has residual and rows, those expected in a bar. `deviation` is shown in the
    subtitle.
    """
    names = [_("residuals"), _("normal noise, σ = {sigma}").format(sigma=deviation)]
    colour = alt.Color("part:N", title=None, scale=alt.Scale(domain=names), legend=legend(220))
    title_of_x, title_of_y = _("residual ({label})").format(label=label), _("rows")
    heights = (
        alt.Chart(bars.assign(part=names[0], floor=0))
        .mark_bar(binSpacing=1, opacity=0.75)
        .encode(
            alt.X("low:Q", title=title_of_x, scale=alt.Scale(nice=False), axis=_ticks()),
            alt.X2("high"),
            alt.Y("rows:Q", title=title_of_y, axis=alt.Axis(tickMinStep=1)),
            alt.Y2("floor"),
            colour,
            tooltip=[
                _tip("low", _("from")),
                _tip("high", _("to")),
                alt.Tooltip("rows:Q", title=_("rows"), format=","),
            ],
        )
    )
    line = (
        alt.Chart(curve.assign(part=names[1]))
        .mark_line(strokeWidth=2.5, strokeDash=DASH)
        .encode(
            alt.X("residual:Q", title=title_of_x),
            alt.Y("rows:Q", title=title_of_y),
            colour,
            tooltip=[_tip("residual", _("residual")), _tip("rows", _("rows expected"), ".3g")],
        )
    )
    return framed([heights, line], titled(_("What is left, and what normal noise would leave")))


def normal_quantile_plot(quantiles: pd.DataFrame, named: pd.DataFrame, subtitle: str = "") -> alt.LayerChart:
    """Draw standardised residuals in order over those of a normal sample, with the line and the band around it.

    `quantiles` has expected, value, low and high (in standard deviations) and row; `named` expected, value and row.
    """
    x = alt.X("expected:Q", title=_("expected of normal noise (deviations)"), axis=_ticks())
    y = alt.Y("value:Q", title=_("standardised residual (deviations)"))
    band = alt.Chart(quantiles).mark_area(opacity=0.25, color=QUIET).encode(x, alt.Y("low:Q"), alt.Y2("high"))
    ends = pd.DataFrame({"expected": [quantiles["expected"].min(), quantiles["expected"].max()]})
    line = (
        alt.Chart(ends.assign(value=ends["expected"]))
        .mark_line(strokeDash=DASH, color=QUIET, strokeWidth=1.5)
        .encode(x, y)
    )
    dots = (
        alt.Chart(quantiles)
        .mark_point(filled=True, opacity=0.7, size=32)
        .encode(
            x,
            y,
            tooltip=[*_row_tips(), _tip("expected", _("expected")), _tip("value", _("standardised residual"))],
        )
    )
    title = titled(_("Quantiles: are the residuals normal?"), subtitle)
    return framed([band, line, dots, _names(named, x, y)], title)


def leverage_plot(
    points: pd.DataFrame, contours: pd.DataFrame, named: pd.DataFrame, subtitle: str = ""
) -> alt.LayerChart:
    """Draw studentised residuals over leverage, with the curves on which Cook's distance is constant.

    `points` has leverage, internal, cook, part (whether a row takes part in the fit) and row; `contours` has leverage,
    internal, level and side; `named` has leverage, internal and row.
    """
    x = alt.X("leverage:Q", title=_("leverage: how much the row decides its own prediction"), axis=_ticks())
    y = alt.Y("internally_studentized:Q", title=_("studentised residual"))
    colour, shape = _parts(list(dict.fromkeys(points["part"])))
    dots = (
        alt.Chart(points)
        .mark_point(filled=True, opacity=0.65, size=42)
        .encode(
            x,
            y,
            colour,
            shape,
            tooltip=[
                *_row_tips(),
                _tip("leverage", _("leverage"), ".3g"),
                _tip("internally_studentized", _("studentised residual"), ".3g"),
                _tip("cook", _("Cook's distance"), ".3g"),
            ],
        )
    )
    layers = [_level(0.0, "internally_studentized"), dots]
    if len(contours):
        curves = (
            alt.Chart(contours)
            .mark_line(color=QUIET, strokeWidth=1.5)
            .encode(
                x,
                y,
                alt.Detail("side:N"),
                alt.StrokeDash("level:N", title=None, legend=None, scale=alt.Scale(range=[DASH, [2, 2]])),
            )
        )
        ends = contours.groupby(["level", "side"], as_index=False).first()
        ends["text"] = [f"D = {format_general(level)}" for level in ends["level"]]
        layers += [
            curves,
            alt.Chart(ends).mark_text(color=QUIET, align="left", dx=8).encode(x, y, alt.Text("text:N")),
        ]
    layers.append(_names(named, x, y))
    return framed(layers, titled(_("Influence: far out, and far off"), subtitle), HEIGHT)


def _parts(parts: list[str]) -> tuple[alt.Color, alt.Shape]:
    """Return colour and shape by part, for a legend that also distinguishes them without colour."""
    scale = alt.Scale(domain=parts)
    shapes = alt.Scale(domain=parts, range=["circle", "triangle-up", "cross"][: len(parts)])
    return (
        alt.Color("part:N", title=None, scale=scale, legend=legend()),
        alt.Shape("part:N", title=None, scale=shapes),
    )


def _names(named: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """Draw the numbers of some rows next to them."""
    text: alt.Chart = alt.Chart(named).mark_text(dy=-10, fontWeight="bold", color=QUIET).encode(x, y, alt.Text("row:N"))
    return text


def _level(value: float, field: str) -> alt.Chart:
    """Draw a dashed horizontal line."""
    line: alt.Chart = (
        alt.Chart(pd.DataFrame({field: [value]})).mark_rule(strokeDash=DASH, color=QUIET).encode(alt.Y(f"{field}:Q"))
    )
    return line


def _ticks() -> alt.Axis:
    return alt.Axis(tickCount=6)


def _tip(field: str, title: str, form: str = ".6g") -> alt.Tooltip:
    return alt.Tooltip(f"{field}:Q", title=title, format=form)


def _row_tips() -> list[alt.Tooltip]:
    return [alt.Tooltip("row:N", title=_("row"))]


def _residual_tip() -> alt.Tooltip:
    return _tip("residual", _("residual"))
