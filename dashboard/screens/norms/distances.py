"""Distances between rows of the prepared table: nearest rows for each norm, and the effect of scaling."""

import math

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from core.formatting import format_number, format_percent
from core.language import _
from core.tensors.distances import column_shares, distances_from
from dashboard.charts.norms import distance_map, entry_shares, labelled
from dashboard.screens.norms.neighbourhood import Rows, Standing, standing, the_rows
from dashboard.screens.norms.vectors import code_power, code_vector, power_said
from dashboard.ui import controls, lesson, page
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown
from dashboard.ui.tables import show_table
from dashboard.visit import settings

NEAREST = 5
MOST_BARS = 10


def draw_distances() -> None:
    """Draw the choices, the nearest rows, the columns' shares, and how well distances reflect the label."""
    rows = the_rows()
    st.markdown(
        _("The distance of two rows is the norm of their difference. Choosing the norm sets an **objective**: "
          "similar rows should be near, dissimilar ones far.")
    )  # fmt: skip
    row = _choose(rows)
    p, scale = float(settings.value("norms_p")), str(settings.value("norms_scale"))
    now = standing(rows, p, scale)
    _boxes(rows, now)
    _show_nearest(rows, row, p, scale)
    left, right = st.columns(2)
    with left:
        _draw_shares(rows, row, p, scale)
    with right:
        _draw_map(rows, now)
    _show_grid(rows, row, p)
    lesson.code(code(rows, row, p, scale))
    lesson.traps(_traps)


def _choose(rows: Rows) -> int:
    knobs_at = st.columns([2, 2, 1], vertical_alignment="bottom")
    with knobs_at[0]:
        controls.slider("norms_p", _("The power p"))
    with knobs_at[1]:
        controls.either("norms_scale", _("Columns"))
    with knobs_at[2]:
        asked = controls.number("norms_row", _("Row of X"))
    row = min(asked, len(rows.raw) - 1)
    if row != asked:
        st.caption(_("X has {rows} rows, counted from 0, so its last row is used.").format(rows=len(rows.raw)))
    return row


def _boxes(rows: Rows, now: Standing) -> None:
    near, any_two = format_number(now.near_gap, 4), format_number(now.any_gap, 4)
    page.boxes(
        [
            (
                _("Label difference, nearest rows"),
                near,
                _("The mean absolute difference between the labels of a row and its nearest."),
            ),
            (
                _("Label difference, any two rows"),
                any_two,
                _("The mean absolute difference between the labels of two rows."),
            ),
        ]
    )
    st.caption(escape_markdown(_("The label is {label}.").format(label=rows.label) + " " + rows.left_out))


def _show_nearest(rows: Rows, row: int, p: float, scale: str) -> None:
    distances = distances_from(rows.scales[scale], row, p)
    chosen = [row, *_by_distance(distances, row)[:NEAREST]]
    table = rows.cells.iloc[chosen].reset_index(drop=True)
    table.attrs = {}  # metadata of reading is not for the browser
    table.insert(0, _("row"), chosen)
    table.insert(1, _("distance"), distances[chosen])
    st.markdown(
        escape_markdown(
            _("Row {row} and the rows nearest to it for p = {p}, as in the table:").format(row=row, p=power_said(p))
        )
    )
    show_table(table, hide_index=True)


def _by_distance(distances: npt.NDArray[np.float64], row: int) -> list[int]:
    """Return the indices of the other rows, the nearest first."""
    return [int(other) for other in np.argsort(distances, kind="stable") if other != row]


def _draw_shares(rows: Rows, row: int, p: float, scale: str) -> None:
    shares = column_shares(rows.scales[scale], row, p)
    order = np.argsort(-shares, kind="stable")
    table = pd.DataFrame({"entry": [rows.names[at] for at in order], "share": shares[order]})
    if len(table) > MOST_BARS:
        rest = table.iloc[MOST_BARS - 1 :]
        others = {"entry": _("{count} others").format(count=len(rest)), "share": rest["share"].sum()}
        table = pd.concat([table.iloc[: MOST_BARS - 1], pd.DataFrame([others])], ignore_index=True)
    text = _("{name} contributes {share} of the distances from row {row}, on average.").format(
        name=table["entry"].iloc[0], share=format_percent(table["share"].iloc[0]), row=row
    )
    subtitle = _("Mean over all other rows.")
    title = _("What the distances are made of")
    draw_kept(entry_shares, {"entries": labelled(table)}, text, title=title, subtitle=subtitle, height=420)


def _draw_map(rows: Rows, now: Standing) -> None:
    template = _(
        "Distances of {count} rows in the order of {label}; the nearest row is {steps} positions away on average."
    )
    nearest = now.cells[now.cells["nearest"]]
    steps = float((nearest["across"] - nearest["up"]).abs().mean())
    sentence = template.format(count=len(nearest), label=rows.label, steps=format_number(steps, 3))
    draw_kept(distance_map, {"cells": now.cells}, sentence, label=rows.label)


def _show_grid(rows: Rows, row: int, p: float) -> None:
    """Show, for several norms on both scales, the row nearest to this one, and how well distances reflect the label."""
    powers = {"L1": 1.0, "L2": 2.0, "L∞": math.inf}
    if p not in powers.values():
        powers[f"p = {power_said(p)}"] = p
    table = pd.DataFrame(index=pd.Index(powers, name=_("norm")))
    for scale, name in (("raw", _("as prepared")), ("standardised", _("standardised"))):
        nearest = [_nearest(rows, row, power, scale) for power in powers.values()]
        table[_("nearest to row {row}, {scale}").format(row=row, scale=name)] = nearest
        gaps = [format_number(standing(rows, power, scale).near_gap, 4) for power in powers.values()]
        table[_("label difference, {scale}").format(scale=name)] = gaps
    st.markdown(
        _("**Norms as objectives.** Which row is nearest depends on the norm and on the units. The label difference "
          "is the mean absolute difference between the labels of a row and its nearest: the smaller it is, the more "
          "the distance reflects the label.")
    )  # fmt: skip
    st.table(table)


def _nearest(rows: Rows, row: int, p: float, scale: str) -> str:
    distances = distances_from(rows.scales[scale], row, p)
    nearest = _by_distance(distances, row)[0]
    return _("row {row}, at {distance}").format(row=nearest, distance=format_number(distances[nearest], 4))


def code(rows: Rows, row: int, p: float, scale: str) -> str:
    """Return the code for torch that finds which of three other rows of X is nearest to this one."""
    X = rows.raw[[row, *[other for other in range(min(len(rows.raw), 4)) if other != row][:3]]]
    lines = ["import torch\n", "X = torch.tensor([", *(f"    {[float(value) for value in line]}," for line in X)]
    lines += ["], dtype=torch.float64)"]
    if scale == "standardised":
        centre, spread = rows.scaling
        lines += [f"centre = {code_vector(centre)}", f"spread = {code_vector(spread)}", "X = (X - centre) / spread"]
    lines += [
        f"distances = torch.linalg.vector_norm(X - X[0], {code_power(p)}, dim=1)",
        "print(distances, distances[1:].argmin() + 1)  # the nearest of these to the first",
    ]
    return "\n".join(lines)


def _traps() -> list[lesson.Trap]:
    return [
        lesson.Trap(
            _("Units decide which rows are near."),
            _("A column in grams has differences a thousand times those in kilograms, and so a thousand times the "
              "weight. Standardise before computing distances, unless the units are meant to count."),
        ),
        lesson.Trap(
            _("`torch.cdist` multiplies matrices for more than 25 rows."),
            _("That is fast, but less exact for close rows; even the distance of a row from itself may not be 0. "
              'Use `compute_mode="donot_use_mm_for_euclid_dist"` where that matters.'),
        ),
        lesson.Trap(
            _("One-hot columns count twice."),
            _("Two rows of different categories differ in two columns, by 1 each: 2 apart in L1, √2 in L2, 1 in L∞."),
        ),
    ]  # fmt: skip
