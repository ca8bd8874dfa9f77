"""Charts of noise: residuals with the densities of three laws."""

from collections.abc import Sequence

import altair as alt

from core.language import _
from dashboard.charts.shared import QUIET, Table, dashes, framed, legend, titled


def residual_laws(bars: Table, curves: Table, laws: Sequence[str], label: str, height: int = 380) -> alt.LayerChart:
    """Draw the histogram of residuals, and the rows that each law expects in a bar.

    `bars` has low, high, rows and floor, which is 0; `curves` has residual, rows and law, one of `laws`.
    Residuals are in the unit of `label`.
    """
    x_title, y_title = _("residual ({label})").format(label=label), _("rows")
    heights = (
        alt.Chart(bars)
        .mark_bar(binSpacing=1, opacity=0.4, color=QUIET)
        .encode(
            alt.X("low:Q", title=x_title, scale=alt.Scale(nice=False)),
            alt.X2("high"),
            alt.Y("rows:Q", title=y_title, axis=alt.Axis(tickMinStep=1)),
            alt.Y2("floor"),
            tooltip=[
                alt.Tooltip("low:Q", title=_("from"), format=".4~g"),
                alt.Tooltip("high:Q", title=_("to"), format=".4~g"),
                alt.Tooltip("rows:Q", title=_("rows"), format=","),
            ],
        )
    )
    lines = (
        alt.Chart(curves)
        .mark_line(strokeWidth=2.5)
        .encode(
            alt.X("residual:Q", title=x_title),
            alt.Y("rows:Q", title=y_title),
            alt.Color("law:N", title=None, scale=alt.Scale(domain=list(laws)), legend=_in_one_row()),
            dashes("law", laws),
            tooltip=[
                alt.Tooltip("law:N", title=_("law")),
                alt.Tooltip("residual:Q", title=_("residual"), format=".4~g"),
                alt.Tooltip("rows:Q", title=_("expected rows"), format=".3g"),
            ],
        )
    )
    subtitle = _("Bars: the residuals. Lines: the rows each law expects in a bar.")
    return framed([heights, lines], titled(_("Residuals under three laws"), subtitle), height)


def estimate_bars(errors: Table, estimates: Sequence[str], height: int = 260) -> alt.LayerChart:
    """Draw how far each estimate is from the truth under each law, the best of a law at the left of its row.

    `errors` has law, estimate (one of `estimates`) and error, in standard deviations of a value.
    """
    x = alt.X("error:Q", title=_("error (standard deviations of one value)"), scale=alt.Scale(zero=True))
    dots = (
        alt.Chart(errors)
        .mark_point(filled=True, size=150, opacity=1)
        .encode(
            x,
            alt.Y("law:N", title=_("noise"), sort=None),
            alt.Color("estimate:N", title=None, scale=alt.Scale(domain=list(estimates)), legend=_in_one_row()),
            alt.Shape(
                "estimate:N",
                title=None,
                scale=alt.Scale(domain=list(estimates), range=["circle", "diamond", "square"]),
                legend=_in_one_row(),
            ),
            tooltip=[
                alt.Tooltip("law:N", title=_("noise")),
                alt.Tooltip("estimate:N", title=_("estimate")),
                alt.Tooltip("error:Q", title=_("error"), format=".3g"),
            ],
        )
    )
    title = titled(_("Errors of three estimates"), _("Under three kinds of noise. Further left is better."))
    return framed([dots], title, height)


def _in_one_row() -> alt.Legend:
    row = legend()
    row["columns"] = 3
    return row
