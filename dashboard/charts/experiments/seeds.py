"""Where many seeds end, compared with the closed form of other samples."""

import altair as alt
import pandas as pd

from core.formatting import as_factor
from core.language import _
from dashboard.charts.shared import DASH, HEIGHT, QUIET, dashes, framed, legend, log_axis, log_scale, titled


def seed_cloud(
    ends: pd.DataFrame, curves: pd.DataFrame, centre: pd.DataFrame, names: tuple[str, str], unit: str, height: int = 460
) -> alt.LayerChart:
    """Draw the ends of the runs, the curves around them and around the closed form, and the closed form itself.

    `ends` has x, y, seed and gap; `curves` x, y, order and curve (its name, in the order of the legend; the first is
    drawn solid, the second dashed); `centre` x and y. `names` are those of the two parameters, `unit` is theirs.
    """
    order = list(dict.fromkeys(curves["curve"]))
    x, y = (
        alt.X("x:Q", scale=alt.Scale(zero=False), title=f"{names[0]} ({unit})", axis=alt.Axis(tickCount=6)),
        alt.Y("y:Q", scale=alt.Scale(zero=False), title=f"{names[1]} ({unit})", axis=alt.Axis(tickCount=6)),
    )
    colour = alt.Color("curve:N", title=None, scale=alt.Scale(domain=order), legend=legend(230))
    lines = (
        alt.Chart(curves)
        .mark_line(strokeWidth=2.5)
        .encode(
            x,
            y,
            colour,
            alt.Order("order:Q"),
            alt.StrokeDash("curve:N", title=None, scale=alt.Scale(domain=order, range=[[1, 0], DASH][: len(order)])),
        )
    )
    dots = (
        alt.Chart(ends)
        .mark_point(filled=True, size=34, opacity=0.7, color=QUIET)
        .encode(
            x,
            y,
            tooltip=[
                alt.Tooltip("seed:Q", title=_("seed")),
                alt.Tooltip("gap:Q", title=_("gap"), format=".4g"),
                alt.Tooltip("x:Q", title=names[0], format=".6g"),
                alt.Tooltip("y:Q", title=names[1], format=".6g"),
            ],
        )
    )
    cross = alt.Chart(centre).mark_point(shape="cross", size=160, filled=True, color=QUIET, opacity=1).encode(x, y)
    title = titled(_("Where the runs end"), _("One dot per seed; the cross is the closed form of these rows."))
    return framed([lines, dots, cross], title, height)


def scatter_sizes(
    rows: pd.DataFrame, level: pd.DataFrame, now: float, axis: str, title: str, unit: str, height: int = HEIGHT
) -> alt.LayerChart:
    """Draw how the scatter over seeds depends on one setting, compared with the scatter over samples, which does not.

    `rows` has setting, scatter and series, `level` scatter and series, one row or none. `now` is the current setting,
    `axis` its name; both scatters are in the square of `unit`.
    """
    series = list(dict.fromkeys([*rows["series"], *level["series"]]))
    shown = rows[rows["scatter"] > 0]
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=series), legend=legend(230))
    dash = dashes("series", series)
    x = alt.X("setting:Q", scale=alt.Scale(type="log", nice=False, padding=12), title=axis, axis=alt.Axis(tickCount=5))
    sizes = pd.concat([shown["scatter"], level["scatter"]])
    title_y = _("mean gap ({unit}²)").format(unit=as_factor(unit))
    y = alt.Y("scatter:Q", scale=log_scale(sizes), title=title_y, axis=log_axis(sizes))
    tooltip = [
        alt.Tooltip("setting:Q", title=axis, format=",.4g"),
        alt.Tooltip("scatter:Q", title=_("mean gap"), format=".4g"),
    ]
    line = (
        alt.Chart(shown)
        .mark_line(point=alt.OverlayMarkDef(size=60), strokeWidth=2)
        .encode(x, y, colour, dash, tooltip=tooltip)
    )
    flat = alt.Chart(level).mark_rule(strokeWidth=2).encode(y, colour, dash)
    here = alt.Chart(pd.DataFrame({"setting": [now]})).mark_rule(color=QUIET, strokeDash=[2, 3]).encode(x)
    return framed([here, flat, line], titled(title, _("The dotted line is the current setting.")), height)
