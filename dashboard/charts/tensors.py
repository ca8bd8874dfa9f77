"""Charts of tensors: shapes aligned from the right, the loss bug, mixed dtypes and stored numbers."""

import altair as alt
import pandas as pd

from core.language import _
from dashboard.charts.shared import DASH, QUIET, framed, legend, titled

TILE = 48  # pixels


def alignment(table: pd.DataFrame) -> alt.LayerChart:
    """Draw two aligned shapes, one above the other, over the shape of the result.

    `table` has who, axis, length, read and part, as `alignment_table` gives it.
    """
    names = {"a": "a", "b": "b", "result": _("result")}
    parts = {
        "own": _("own length"),
        "copied": _("1, repeated"),
        "missing": _("no axis: 1 is added"),
        "apart": _("✗ not equal"),
    }
    rows = table.assign(
        who=table["who"].map(names),
        part=table["part"].map(parts),
        place=[_("axis −{axis}").format(axis=-axis) for axis in table["axis"]],
        said=[_said(*map(str, cells)) for cells in table[["part", "length", "read"]].itertuples(index=False)],
    )
    colours = alt.Scale(domain=list(parts.values()))
    base = alt.Chart(rows).encode(
        alt.X(
            "place:N",
            sort=list(dict.fromkeys(rows["place"])),
            title=_("axes, counted from the right"),
            scale=alt.Scale(paddingInner=0.06, paddingOuter=0.03),
            axis=alt.Axis(orient="top", labelAngle=0),
        ),
        alt.Y("who:N", sort=list(names.values()), title=_("shapes"), scale=alt.Scale(paddingInner=0.14)),
        tooltip=[
            alt.Tooltip("who:N", title=_("tensor")),
            alt.Tooltip("place:N", title=_("axis")),
            alt.Tooltip("length:N", title=_("length")),
            alt.Tooltip("part:N", title=_("which is")),
        ],
    )
    tiles = base.mark_rect(filled=False, strokeWidth=2).encode(
        alt.Stroke("part:N", scale=colours, title=None, legend=legend())
    )
    texts = base.mark_text(fontSize=16, fontWeight="bold").encode(
        alt.Text("said:N"), alt.Color("part:N", scale=colours, legend=None)
    )
    return framed([tiles, texts], titled(_("Shapes, aligned from the right")), alt.Step(TILE))


def _said(part: str, length: str, read: str) -> str:
    """Return the text of a tile: the length, and the length in the result."""
    if part == "apart":
        return f"✗ {length}"
    return {"copied": f"{length} → {read}", "missing": f"+ 1 → {read}"}.get(part, length)


def learnt(table: pd.DataFrame) -> alt.LayerChart:
    """Draw predictions against their labels, before and after descent on each loss, with the line of perfect ones.

    `table` has label, prediction and which: "start", "meant" or "wrong".
    """
    names = {"start": _("as typed"), "meant": _("intended loss"), "wrong": _("loss with the bug")}
    rows = table.assign(which=table["which"].map(names))
    ends = [float(rows["label"].min()), float(rows["label"].max())]
    diagonal = pd.DataFrame({"label": ends, "prediction": ends})
    line = alt.Chart(diagonal).mark_line(strokeDash=DASH, color=QUIET).encode(_x(), _y())
    points = (
        alt.Chart(rows)
        .mark_point(size=90, strokeWidth=2, opacity=1)
        .encode(
            _x(),
            _y(),
            alt.Color("which:N", sort=list(names.values()), title=None, legend=legend()),
            alt.Shape("which:N", sort=list(names.values()), title=None, legend=legend()),
            tooltip=[
                alt.Tooltip("which:N", title=_("which")),
                alt.Tooltip("label:Q", title=_("label"), format=".5~g"),
                alt.Tooltip("prediction:Q", title=_("prediction"), format=".5~g"),
            ],
        )
    )
    subtitle = _("On the dashed line a prediction is its label.")
    return framed([line, points], titled(_("Where gradient descent on each loss leads"), subtitle))


def _x() -> alt.X:
    return alt.X("label:Q", title=_("label y"), scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5))


def _y() -> alt.Y:
    return alt.Y("prediction:Q", title=_("prediction ŷ"), scale=alt.Scale(zero=False))


INK = "#14202B"  # readable on every tile, in either theme


def mixing_chart(table: pd.DataFrame, order: list[str], families: list[str], title: str) -> alt.LayerChart:
    """Draw the dtype of the result for every pair, the left one to a row.

    `table` has left, right, result (as text, also where torch raises), short (the text of the tile), family (for the
    colour) and chosen (one row is). `order` are the dtypes and `families` all five families, in their order.
    """
    rows = alt.Y("left:N", sort=order, title=_("dtype of a"))
    columns = alt.X(
        "right:N", sort=order, title=_("dtype of b"), axis=alt.Axis(labelAngle=-60, labelLimit=80, labelOverlap=False)
    )
    tiles = (
        alt.Chart(table)
        .mark_rect(opacity=0.85)
        .encode(
            columns,
            rows,
            alt.Color("family:N", sort=families, title=None,
                      scale=alt.Scale(domain=families, range=["#9CC7E8", "#A8D5BA", "#F2D39B", "#D7B9E3", "#E6A8A2"]),
                      legend=alt.Legend(orient="top", columns=3, symbolOpacity=1)),
            tooltip=[
                alt.Tooltip("left:N", title=_("a")),
                alt.Tooltip("right:N", title=_("b")),
                alt.Tooltip("result:N", title=_("result")),
            ],
        )
    )  # fmt: skip
    words = alt.Chart(table).mark_text(fontSize=11, color=INK).encode(columns, rows, alt.Text("short:N"))
    chosen = alt.Chart(table[table["chosen"]]).mark_rect(filled=False, stroke=INK, strokeWidth=3).encode(columns, rows)
    subtitle = _("Framed: the pair chosen above; ✗: an error.")
    return framed([tiles, words, chosen], titled(title, [subtitle]), alt.Step(26))


def stored_chart(points: pd.DataFrame, dtype: str, unit: str) -> alt.LayerChart:
    """Draw stored against true numbers, both as distances from the typed number.

    `points` has true and stored; `unit` is the unit of the axes.
    """
    x = alt.X("true:Q", title=_("true number, {unit}").format(unit=unit))
    y = alt.Y("stored:Q", title=_("stored number, {unit}").format(unit=unit))
    ends = pd.DataFrame({"true": [points["true"].min(), points["true"].max()]})
    exact = (
        alt.Chart(ends.assign(stored=ends["true"], part=_("true number")))
        .mark_line(strokeDash=[6, 4])
        .encode(x, y, alt.Color("part:N", title=None, legend=alt.Legend(orient="top", columns=2)))
    )
    stored = (
        alt.Chart(points.assign(part=_("stored number")))
        .mark_point(filled=True, size=36, opacity=1)
        .encode(
            x,
            y,
            alt.Color("part:N"),
            tooltip=[
                alt.Tooltip("true:Q", title=_("true"), format=".6g"),
                alt.Tooltip("stored:Q", title=_("stored"), format=".6g"),
            ],
        )
    )
    middle = alt.Chart(pd.DataFrame({"true": [0.0]})).mark_rule(color=QUIET).encode(x)
    title = titled(
        _("Numbers around yours, stored in {dtype}").format(dtype=dtype), [_("The vertical line is your number.")]
    )
    return framed([middle, exact, stored], title)
