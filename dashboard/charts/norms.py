"""Charts of norms: against p, by entry, singular values, and distances of rows."""

import altair as alt
import pandas as pd

from core.formatting import format_percent
from core.language import _
from dashboard.charts.shared import QUIET, Table, framed, titled


def norm_against_power(curve: Table, marks: Table, height: int = 300) -> alt.LayerChart:
    """Draw how the norm of a vector falls as p grows, towards its largest entry.

    `curve` has place (2 − 1/p, from 0 to 2) and norm; `marks` place, norm, name (for the tooltip), and chosen
    (true for the p in use).
    """
    ticks = {0.0: "½", 1.0: "1", 1.5: "2", 5 / 3: "3", 1.8: "5", 2.0: "∞"}
    labels = " : ".join(f"abs(datum.value - {place}) < 1e-6 ? '{name}'" for place, name in ticks.items()) + " : ''"
    x = alt.X(
        "place:Q",
        title=_("p (even steps of 1/p)"),
        scale=alt.Scale(domain=[0, 2], nice=False),
        axis=alt.Axis(values=list(ticks), labelExpr=labels),
    )
    y = alt.Y("norm:Q", title=_("norm"), scale=alt.Scale(zero=False, nice=True))
    chosen = [False, True]
    dots = alt.Chart(marks).mark_point(filled=True, opacity=1)
    dots = dots.encode(
        x,
        y,
        alt.Shape("chosen:N", scale=alt.Scale(domain=chosen, range=["circle", "diamond"]), legend=None),
        alt.Size("chosen:N", scale=alt.Scale(domain=chosen, range=[80, 240]), legend=None),
        tooltip=[alt.Tooltip("name:N", title=_("norm")), alt.Tooltip("norm:Q", title=_("value"), format=".6g")],
    )
    line = alt.Chart(curve).mark_line(strokeWidth=2.5).encode(x, y)
    subtitle = _("The diamond is the p in use; at ∞ only the largest entry counts.")
    return framed([line, dots], titled(_("The norm for every p"), subtitle), height)


def labelled(entries: pd.DataFrame) -> pd.DataFrame:
    """Return entries (their names, in order) and share, 0 to 1, with a label of both and an index."""
    labels = [f"{name}  {format_percent(share)}" for name, share in entries.itertuples(index=False)]
    return entries.assign(label=labels, place=range(len(entries)))


def entry_shares(entries: Table, title: str, subtitle: str = "", height: int = 300) -> alt.Chart:
    """Draw the share of each entry in a sum; `entries` are `labelled`.

    One layer only, with the shares in the labels: every further layer costs time at each move of a slider.
    """
    bars = alt.Chart(entries).mark_bar()
    bars = bars.encode(
        alt.X(
            "share:Q",
            title=_("share of the sum"),
            axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1]),
            scale=alt.Scale(domain=[0, 1], nice=False),
        ),
        alt.Y("label:N", sort=alt.EncodingSortField("place", op="min"), title=None, axis=alt.Axis(labelLimit=170)),
        tooltip=[alt.Tooltip("entry:N", title=_("entry")), alt.Tooltip("share:Q", title=_("share"), format=".2%")],
    )
    return _alone(bars, titled(title, subtitle), height)


def singular_bars(values: pd.DataFrame, height: int = 300) -> alt.LayerChart:
    """Draw the singular values of a matrix, the largest first. `values` has place, from 1, and size."""
    x = alt.X("place:O", title=_("singular value"), axis=alt.Axis(labelAngle=0))
    y = alt.Y("size:Q", title=_("σ"))
    tooltip = [alt.Tooltip("place:O", title=_("singular value")), alt.Tooltip("size:Q", title=_("σ"), format=".6g")]
    paler = alt.Opacity("place:O", scale=alt.Scale(range=[1.0, *[0.45] * (len(values) - 1)]), legend=None)
    bars = alt.Chart(values).mark_bar().encode(x, y, paler, tooltip=tooltip)
    text = alt.Chart(values).mark_text(dy=-8, color=QUIET).encode(x, y, alt.Text("size:Q", format=".4~g"))
    subtitle = _("Spectral: the first bar. Nuclear: all bars on top of each other.")
    return framed([bars, text] if len(values) <= 12 else [bars], titled(_("The singular values"), subtitle), height)


def distance_map(cells: Table, label: str, height: int = 420) -> alt.Chart:
    """Draw the distances between rows, in the order of their labels, with the nearest row of each.

    `cells` has across and up (indices in that order, from 1), distance, nearest (whether the row upwards is nearest to
    the one across), and row and other (for the tooltip).
    """
    places = alt.Axis(labels=False, ticks=False)
    outline = alt.Scale(domain=[False, True], range=["transparent", "black"])
    tiles = alt.Chart(cells).mark_rect(strokeWidth=2.5)
    tiles = tiles.encode(
        alt.X("across:O", title=_("rows, by {label}").format(label=label), axis=places),
        alt.Y("up:O", title=None, sort="descending", axis=places),
        alt.Color(
            "distance:Q",
            title=_("distance"),
            scale=alt.Scale(scheme="viridis", reverse=True),
            legend=alt.Legend(orient="top", gradientLength=160, titleOrient="left", offset=4),
        ),
        alt.Stroke("nearest:N", scale=outline, legend=None),
        tooltip=[
            alt.Tooltip("row:N", title=_("row")),
            alt.Tooltip("other:N", title=_("other row")),
            alt.Tooltip("distance:Q", title=_("distance"), format=".4g"),
        ],
    )
    subtitle = _("Both ways in this order. Framed in each column: its nearest row.")
    return _alone(tiles, titled(_("Who is nearest to whom"), subtitle), height)


def _alone(layer: alt.Chart, title: alt.TitleParams, height: int | alt.Step) -> alt.Chart:
    """Return one layer as a complete chart."""
    chart: alt.Chart = layer.properties(title=title, height=height)
    return chart
