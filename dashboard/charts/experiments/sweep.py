"""Many runs as a map: learning rate by batch size, the better the brighter, with the limit drawn in."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from core.language import _
from core.regression.data.validation import Array
from dashboard.charts.shared import QUIET, framed, titled

CELL = "cell"  # the selection that a click on the map makes
_MOST_NUMBERED = 100  # cells that have room for a number
_INK, _PAPER = "#1B2530", "#FFFFFF"  # marks and their halo: one of them is visible on every colour of the map
_CROSS = "M-1,-1L1,1M-1,1L1,-1"
_STAR = (
    "M0,-1L0.225,-0.309L0.951,-0.309L0.363,0.118L0.588,0.809L0,0.382"
    "L-0.588,0.809L-0.363,0.118L-0.951,-0.309L-0.225,-0.309Z"
)
_ROW, _REST = 44, 215  # pixels: a row of the map; title, legends and axis


def mark_names() -> dict[str, str]:
    """Return the names of the marks on the map."""
    return {"present": _("present setting"), "best": _("best"), "diverged": _("diverged")}


def sweep_map(
    cells: pd.DataFrame,
    limits: pd.DataFrame,
    marks: pd.DataFrame,
    title: str,
    measure: str,
    chosen: tuple[float, int] | None = None,
) -> alt.LayerChart:
    """Draw one rectangle per run, on log axes, its colour the value; a click selects its rate and batch size as `cell`.

    `cells` has learning_rate, batch_size, value (smaller is better; NaN where there is none), label (the value in a few
    characters), told (the same in words) and diverged. `limits` has limit (what it is called; of two the first is
    dashed), batch_size, and learning_rate: one value for each batch size of the map. `marks` has mark ("present",
    "best"), learning_rate and batch_size. `measure` names the value and its unit. `chosen` is the rate and batch size
    of a cell to be framed.
    """
    tiles = _tiles(cells)
    x, y = _axes(tiles)
    box = _axes(tiles, "_from")
    known = tiles[tiles["value"].notna() & ~tiles["diverged"]]
    layers = [_ground(tiles, *box), _coloured(known, *box, measure)]
    if len(tiles) <= _MOST_NUMBERED:
        layers += [_numbers(rows, x, y, ink) for ink, rows in _by_ink(known)]
    layers += _limit_lines(limits, tiles, x, y)
    if chosen is not None:
        layers += _frames(tiles, chosen, *box)
    layers += _marked(tiles, marks, x, y)
    height = _REST + _ROW * max(tiles["learning_rate"].nunique(), 4)
    return framed(layers, titled(title, _key(tiles, limits)), height)


def _key(tiles: pd.DataFrame, limits: pd.DataFrame) -> list[str]:
    """Return the key of the map, in lines short enough for a telephone."""
    names = mark_names()
    marks = [f"○ {names['present']}", f"☆ {names['best']}"]
    if tiles["diverged"].any():
        marks.append(f"× {names['diverged']}")
    styles = (_("dashed: {limit}"), _("solid: {limit}"))
    limit_names = dict.fromkeys(limits["limit"])
    lines = [" · ".join(marks), *(style.format(limit=limit) for style, limit in zip(styles, limit_names, strict=False))]
    if (tiles["value"].isna() & ~tiles["diverged"]).any():
        lines.append(_("Empty: more was left to the end."))
    return lines


def edges(values: Sequence[float] | Array) -> Array:
    """Return where each of the ascending positive values begins and ends on a log axis, shape (k + 1,).

    >>> edges([1.0, 4.0, 16.0]).tolist()
    [0.5, 2.0, 8.0, 32.0]
    """
    logs = np.log2(np.asarray(values, dtype=np.float64))
    middles = (logs[1:] + logs[:-1]) / 2.0 if len(logs) > 1 else logs + 0.5
    first = 2.0 * logs[0] - middles[0]
    last = 2.0 * logs[-1] - middles[-1] if len(logs) > 1 else []
    result: Array = np.exp2(np.hstack([first, middles, last]))
    return result


def _tiles(cells: pd.DataFrame) -> pd.DataFrame:
    """Add the edges of each cell."""
    tiles = cells.copy()
    for column in ("learning_rate", "batch_size"):
        values = np.unique(cells[column])
        places, borders = np.searchsorted(values, cells[column]), edges(values)
        tiles[f"{column}_from"], tiles[f"{column}_to"] = borders[places], borders[places + 1]
    return tiles


def _axes(tiles: pd.DataFrame, end: str = "") -> tuple[alt.X, alt.Y]:
    """Return positions on the axes of the map: the values themselves, or, with an end, edges of cells."""
    return (
        alt.X(f"batch_size{end}:Q", title=_("batch size |B| (rows an update)"), **_log(tiles, "batch_size")),
        alt.Y(f"learning_rate{end}:Q", title=_("learning rate η"), **_log(tiles, "learning_rate")),
    )


def _log(tiles: pd.DataFrame, column: str) -> dict[str, Any]:
    domain = [float(tiles[f"{column}_from"].min()), float(tiles[f"{column}_to"].max())]
    values = np.unique(tiles[column]).tolist()
    return {
        "scale": alt.Scale(type="log", domain=domain, nice=False),
        "axis": alt.Axis(values=values, format="~g", grid=False, labelOverlap=True, labelAngle=0),
    }


def _box(rows: pd.DataFrame, x: alt.X, y: alt.Y, mark: dict[str, Any]) -> alt.Chart:
    box: alt.Chart = (
        alt.Chart(rows).mark_rect(**mark).encode(x, y, alt.X2("batch_size_to:Q"), alt.Y2("learning_rate_to:Q"))
    )
    return box


def _ground(tiles: pd.DataFrame, x: alt.X, y: alt.Y) -> alt.Chart:
    """Draw all cells, also those without a colour; this is the layer that is clicked, and read aloud cell by cell."""
    click = alt.selection_point(name=CELL, fields=["learning_rate", "batch_size"], toggle=False, empty=False)
    mark = {"color": QUIET, "opacity": 0.18, "stroke": QUIET, "strokeWidth": 0.5, "cursor": "pointer", "aria": True}
    return _box(tiles, x, y, mark).encode(tooltip=_tooltip()).add_params(click)


def _coloured(known: pd.DataFrame, x: alt.X, y: alt.Y, measure: str) -> alt.Chart:
    low, high = _domain(known)
    colour = alt.Color(
        "value:Q",
        title=measure,
        scale=alt.Scale(type="log", domain=[low, high], scheme="viridis", reverse=True, clamp=True, nice=False),
        legend=alt.Legend(
            orient="top", format="~g", gradientLength=220, titleLimit=320, tickCount=3, labelSeparation=8, offset=4
        ),
    )
    return _box(known, x, y, {"stroke": QUIET, "strokeWidth": 0.5}).encode(colour)


def _domain(known: pd.DataFrame) -> tuple[float, float]:
    """Return the ends of the colour scale: the smallest and the largest value, at most twelve decades apart."""
    positive = known["value"][known["value"] > 0]
    high = float(positive.max()) if len(positive) else 1.0
    low = max(float(positive.min()), high * 1e-12) if len(positive) else high / 10.0
    return (low, high) if low < high else (low / 2.0, high * 2.0)


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("learning_rate:Q", title=_("learning rate"), format="~g"),
        alt.Tooltip("batch_size:Q", title=_("batch size"), format=","),
        alt.Tooltip("told:N", title=_("result")),
    ]


def _by_ink(known: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Split the cells by the colour of their text: dark on bright ones, which are the better half of the scale."""
    low, high = np.log(_domain(known))
    share = (np.log(known["value"].clip(lower=np.exp(low))) - low) / (high - low)
    return [(_INK, known[share < 0.5]), (_PAPER, known[share >= 0.5])]


def _numbers(rows: pd.DataFrame, x: alt.X, y: alt.Y, ink: str) -> alt.Chart:
    text: alt.Chart = alt.Chart(rows).mark_text(color=ink, dy=13, fontSize=11).encode(x, y, alt.Text("label:N"))
    return text


def _limit_lines(limits: pd.DataFrame, tiles: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw each limit as a step line, constant over the cells of one batch size; a halo keeps it visible."""
    borders = tiles.groupby("batch_size")[["batch_size_from", "batch_size_to"]].first()
    joined = limits.join(borders, on="batch_size")
    ends = [joined.assign(end=end, batch_size=joined[f"batch_size_{end}"]) for end in ("from", "to")]
    stairs = pd.concat(ends).sort_values(["limit", "batch_size_from", "end"], kind="stable", ignore_index=True)
    stairs["place"] = stairs.index
    names = list(dict.fromkeys(limits["limit"]))
    dash = alt.StrokeDash("limit:N", legend=None, scale=alt.Scale(domain=names, range=[[7, 4], [1, 0]][: len(names)]))
    if stairs.empty:
        return []
    lines = alt.Chart(stairs)
    order = alt.Order("place:Q")
    return [
        lines.mark_line(color=_PAPER, strokeWidth=4.5, clip=True).encode(x, y, order, alt.Detail("limit:N")),
        lines.mark_line(color=_INK, strokeWidth=2, clip=True).encode(x, y, order, dash),
    ]


def _frames(tiles: pd.DataFrame, chosen: tuple[float, int], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    rows = tiles[(tiles["learning_rate"] == chosen[0]) & (tiles["batch_size"] == chosen[1])]
    return [
        _box(rows, x, y, {"fillOpacity": 0, "stroke": colour, "strokeWidth": width})
        for colour, width in ((_PAPER, 5), (_INK, 2))
    ]


def _marked(tiles: pd.DataFrame, marks: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw the marks: a cross in what diverged, a ring at the current setting, a star in the best cell."""
    names = mark_names()
    crosses = tiles[tiles["diverged"]].assign(mark=names["diverged"])
    points = marks.assign(mark=marks["mark"].map(names))
    domain = [names[mark] for mark in ("present", "best", "diverged")]
    shape = alt.Shape("mark:N", legend=None, scale=alt.Scale(domain=domain, range=["circle", _STAR, _CROSS]))
    return [
        alt.Chart(rows)
        .mark_point(size=90, color=colour, strokeWidth=width, opacity=1, filled=False)
        .encode(x, y, shape)
        for rows, colour, width in ((crosses, QUIET, 2.5), (points, _PAPER, 5), (points, _INK, 2))
    ]
