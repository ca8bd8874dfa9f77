"""A column before and after its gaps are filled: what is filled stands on top of what was there."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import framed, titled

SMALL = 230  # pixels: several of these charts stand side by side


def filled_histogram(
    bins: pd.DataFrame,
    title: str,
    subtitle: str,
    column: str,
    filled: str,
    *,
    is_date: bool = False,
    height: int = SMALL,
) -> alt.LayerChart:
    """Draw the values that were there, and on top of them the filled ones, in bins.

    `bins` has part ("present" or "filled"), low, high (for dates in days since 1970) and count. The axis is called
    `column`, and the filled ones `filled`.
    """
    shown = _named(bins, filled)
    kind, form = ("T", "%Y-%m-%d") if is_date else ("Q", ".6g")
    if is_date:
        shown = shown.assign(**{edge: pd.to_datetime(shown[edge] * 86_400e6, unit="us") for edge in ("low", "high")})
    bars = (
        alt.Chart(shown)
        .mark_bar(binSpacing=0)
        .encode(
            alt.X(f"low:{kind}", title=column, scale=alt.Scale(zero=False, nice=False), axis=alt.Axis(tickCount=5)),
            alt.X2("high"),
            alt.Y("bottom:Q", title=_("rows"), axis=alt.Axis(tickCount=4, tickMinStep=1)),
            alt.Y2("top:Q"),
            _part_colour(filled),
            tooltip=[
                alt.Tooltip(f"low:{kind}", title=_("from"), format=form),
                alt.Tooltip(f"high:{kind}", title=_("to"), format=form),
                alt.Tooltip("count:Q", title=_("rows"), format=","),
                alt.Tooltip("name:N", title=_("values")),
            ],
        )
    )
    return framed([bars], titled(title, subtitle), height)


def filled_shares(counts: pd.DataFrame, title: str, subtitle: str, column: str, filled: str) -> alt.LayerChart:
    """Draw each value's rows that were there, and behind them the filled ones.

    `counts` has part ("present" or "filled"), value and count, in the order of the axis, which is called `column`; the
    filled ones are called `filled`.
    """
    shown = _named(counts, filled)
    values = list(dict.fromkeys(shown["value"]))
    bars = (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            alt.Y("value:N", sort=values, title=column, axis=alt.Axis(labelLimit=110, labelOverlap=False)),
            alt.X("bottom:Q", title=_("rows"), axis=alt.Axis(tickCount=4, tickMinStep=1)),
            alt.X2("top:Q"),
            _part_colour(filled),
            tooltip=[
                alt.Tooltip("value:N", title=_("value")),
                alt.Tooltip("count:Q", title=_("rows"), format=","),
                alt.Tooltip("name:N", title=_("values")),
            ],
        )
    )
    return framed([bars], titled(title, subtitle), max(SMALL, 120 + 18 * len(values)))


def _named(rows: pd.DataFrame, filled: str) -> pd.DataFrame:
    """Add where each bar begins and ends, the filled on top of the present, and what its part is called."""
    place = [name for name in ("low", "high", "value") if name in rows]
    top = rows.groupby(place, sort=False)["count"].cumsum()
    named = rows.assign(bottom=top - rows["count"], top=top, name=rows["part"].map(_part_names(filled)))
    return named[named["count"] > 0]


def _part_colour(filled: str) -> alt.Color:
    names = list(_part_names(filled).values())
    return alt.Color(
        "name:N", title=None, scale=alt.Scale(domain=names), legend=alt.Legend(orient="top", offset=0, symbolOpacity=1)
    )


def _part_names(filled: str) -> dict[str, str]:
    return {"present": _("were there"), "filled": filled}
