"""Pictures of broadcasting: two shapes aligned from the right, and what the loss bug does to predictions."""

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
        "own": _("its own length"),
        "copied": _("1, read again"),
        "missing": _("none: 1 is put there"),
        "apart": _("✗ do not fit"),
    }
    rows = table.assign(
        who=table["who"].map(names),
        part=table["part"].map(parts),
        place=[_("axis −{axis}").format(axis=-axis) for axis in table["axis"]],
        said=[_said(*map(str, told)) for told in table[["part", "length", "read"]].itertuples(index=False)],
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
    """Return what stands in a tile: the length, and what is made of it."""
    if part == "apart":
        return f"✗ {length}"
    return {"copied": f"{length} → {read}", "missing": f"+ 1 → {read}"}.get(part, length)


def learnt(table: pd.DataFrame) -> alt.LayerChart:
    """Draw predictions against their labels, before and after descent on either loss, over the line of perfect ones.

    `table` has label, prediction and which: "start", "meant" or "wrong".
    """
    names = {"start": _("as typed"), "meant": _("loss as meant"), "wrong": _("loss with the bug")}
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
    return framed([line, points], titled(_("Where descent on either loss leads"), subtitle))


def _x() -> alt.X:
    return alt.X("label:Q", title=_("label y"), scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5))


def _y() -> alt.Y:
    return alt.Y("prediction:Q", title=_("prediction ŷ"), scale=alt.Scale(zero=False))
