"""A function and its linear approximation, and the error of that beside the error divided by h."""

import altair as alt

from core.language import _
from dashboard.charts.shared import DASH, QUIET, Table, framed, legend, titled


def curve_names() -> tuple[str, str]:
    """Return the names of the function and of its linear approximation."""
    return _("f(x + h)"), _("f(x) + slope · h")


def error_names() -> tuple[str, str]:
    """Return the names of the error, and of the error divided by h."""
    return _("error"), _("error / h")


def approximation(curves: Table, here: Table, gap: Table) -> alt.LayerChart:
    """Draw f and the line that approximates it over h, the point, and the error at the chosen h as a thick rule.

    `curves` has h, y (NaN where there is none) and series, one of `curve_names`; `here` h, y and series: both curves at
    the chosen h; `gap` has h, y and y2: the ends of the error.
    """
    series = list(curve_names())
    scale = alt.Scale(zero=False)
    x = alt.X("h:Q", title=_("h, the distance from x"))
    y = alt.Y("y:Q", title=_("value"), scale=scale, axis=alt.Axis(format=".4~g"))
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=series), legend=legend(170))
    dash = alt.StrokeDash("series:N", title=None, scale=alt.Scale(domain=series, range=[[1, 0], DASH]))
    shape = alt.Shape("series:N", title=None, scale=alt.Scale(domain=series, range=["circle", "square"]))
    lines = alt.Chart(curves).mark_line(strokeWidth=2.5, clip=True).encode(x, y, colour, dash)
    error = alt.Chart(gap).mark_rule(strokeWidth=4, color=QUIET, clip=True).encode(x, y, alt.Y2("y2"))
    tooltip = [
        alt.Tooltip("series:N", title=_("curve")),
        alt.Tooltip("h:Q", title="h", format=".6~g"),
        alt.Tooltip("y:Q", title=_("value"), format=".6~g"),
    ]
    dots = alt.Chart(here).mark_point(filled=True, size=90, opacity=1, clip=True)
    title = titled(_("The function and its linear approximation"), _("Thick: the error at your h."))
    return framed([lines, error, dots.encode(x, y, colour, shape, tooltip=tooltip)], title)


def errors(curves: Table, here: Table, *, smooth: bool) -> alt.LayerChart:
    """Draw the error and error / h over h, with the chosen h marked; `smooth` says whether both tend to 0.

    `curves` and `here` have h, y and series, one of `error_names`.
    """
    series = list(error_names())
    x = alt.X("h:Q", title=_("h, the distance from x"))
    y = alt.Y("y:Q", title=_("value"), axis=alt.Axis(format=".4~g"))
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=series), legend=legend(170))
    dash = alt.StrokeDash("series:N", title=None, scale=alt.Scale(domain=series, range=[[1, 0], DASH]))
    shape = alt.Shape("series:N", title=None, scale=alt.Scale(domain=series, range=["circle", "square"]))
    lines = alt.Chart(curves).mark_line(strokeWidth=2.5, clip=True).encode(x, y, colour, dash)
    tooltip = [
        alt.Tooltip("series:N", title=_("curve")),
        alt.Tooltip("h:Q", title="h", format=".6~g"),
        alt.Tooltip("y:Q", title=_("value"), format=".6~g"),
    ]
    dots = alt.Chart(here).mark_point(filled=True, size=90, opacity=1, clip=True)
    reading = (
        _("Towards h = 0 even error / h goes to 0: f is differentiable.")
        if smooth
        else _("Towards h = 0 the error goes to 0, but error / h does not: f is not differentiable.")
    )
    title = titled(_("The error, and the error divided by h"), reading)
    return framed([lines, dots.encode(x, y, colour, shape, tooltip=tooltip)], title)
