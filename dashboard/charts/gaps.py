"""Charts of missing values: the more are missing, the stronger the colour."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import framed, titled

TALL = 460  # pixels, with title and the slanted names of the columns
FAINTEST = 0.3  # the least opacity where any value is missing, so that one among thousands of rows is visible
EDGE = "#1B2530"
MOST_NUMBERED = 12  # columns whose pairs have room for a number


def missing_matrix(matrix: pd.DataFrame, subtitle: str = "", height: int = TALL) -> alt.LayerChart:
    """Draw where values are missing, one band per row or bin of rows, one stripe per column.

    `matrix` has first, last (positions of rows, counted from 0), column, missing and share, the columns in their order.
    """
    rows = matrix.assign(end=matrix["last"] + 1, part=_("missing"))
    y = alt.Y(
        "first:Q",
        title=_("row, counted from 0"),
        scale=alt.Scale(reverse=True, nice=False, domain=[0, int(rows["end"].max()) if len(rows) else 1]),
        axis=alt.Axis(grid=False, tickMinStep=1),
    )
    picture = (
        alt.Chart(rows)
        .mark_rect()
        .encode(
            _columns_axis("column", list(dict.fromkeys(matrix["column"])), _("columns of the table")),
            y,
            alt.Y2("end:Q"),
            alt.Color("part:N", legend=None),
            _opacity(FAINTEST, 1),
            tooltip=[
                alt.Tooltip("column:N", title=_("column")),
                alt.Tooltip("first:Q", title=_("first row"), format=","),
                alt.Tooltip("last:Q", title=_("last row"), format=","),
                alt.Tooltip("missing:Q", title=_("missing"), format=","),
                alt.Tooltip("share:Q", title=_("share missing"), format=".1%"),
            ],
        )
    )
    return framed([picture], titled(_("The table, and where it has gaps"), subtitle), height)


def missing_together(together: pd.DataFrame, subtitle: str = "", height: int = TALL) -> alt.LayerChart:
    """Draw for each pair of columns how often the second is missing where the first is.

    `together` has column, other, both, share and phi (NaN where there is none).
    """
    names = list(dict.fromkeys(together["column"]))
    rows = together.assign(part=_("missing"))
    x = _columns_axis("other", names, _("this one is missing too"))
    y = alt.Y("column:N", sort=names, title=_("where this one is missing"), axis=alt.Axis(labelLimit=130))
    tiles = (
        alt.Chart(rows)
        .mark_rect()
        .encode(
            x,
            y,
            alt.Color("part:N", legend=None),
            _opacity(FAINTEST, 1),
            tooltip=[
                alt.Tooltip("column:N", title=_("where this is missing")),
                alt.Tooltip("other:N", title=_("this is missing too")),
                alt.Tooltip("both:Q", title=_("rows with both missing"), format=","),
                alt.Tooltip("share:Q", title=_("share of its gaps"), format=".1%"),
                alt.Tooltip("phi:Q", title=_("phi, correlation of the gaps"), format=".3f"),
            ],
        )
    )
    layers = [tiles]
    if len(names) <= MOST_NUMBERED:
        shares = alt.Chart(rows[rows["both"] > 0]).encode(x, y, alt.Text("share:Q", format=".0%"))
        # White on a dark edge is readable on every tile, in either theme.
        layers.append(shares.mark_text(fontSize=12, stroke=EDGE, strokeWidth=2.5, strokeJoin="round"))
        layers.append(shares.mark_text(fontSize=12, color="white"))
    return framed(layers, titled(_("Missing together"), subtitle), height)


def _columns_axis(field: str, names: list[str], title: str) -> alt.X:
    axis = alt.Axis(labelAngle=-40, labelLimit=120, labelOverlap=False)
    return alt.X(f"{field}:N", sort=names, title=title, axis=axis)


def _opacity(least: float, most: float) -> alt.Opacity:
    """Return no colour where nothing is missing, a faint one where anything is, and a full one where all is."""
    return alt.Opacity("share:Q", legend=None, scale=alt.Scale(domain=[0, 1e-9, 1], range=[0, least, most]))


SMALL = 230  # pixels: several of these charts are side by side


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
    """Draw a histogram of the observed values, with the filled ones stacked on top.

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
    """Draw the observed rows of each value, with the filled ones stacked on them.

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
    """Add where each bar begins and ends, the filled on top of the present, and the name of its part."""
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
