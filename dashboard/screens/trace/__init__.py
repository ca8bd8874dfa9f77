"""Trace: any entry of X, traced back to its cell in the file."""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from core.formatting import format_count, format_general, format_number
from core.language import _
from core.preprocessing.analysis.provenance.step import Step
from core.preprocessing.analysis.provenance.trace import Trace, trace_entry
from dashboard.pipeline import results, tables
from dashboard.pipeline.tables import Preparation
from dashboard.screens.trace.step_formula import step_formula
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import explained, heading, link
from dashboard.ui.tables import show_table
from dashboard.visit import settings, state

ROWS_SHOWN = 200
ROWS_ABOVE = 3
FEATURES_SHOWN = 50
TALLEST = 318  # pixels
FILLED = "background-color: rgba(230, 159, 0, 0.35)"
TRACED = "background-color: rgba(0, 114, 178, 0.55); font-weight: bold"


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Trace"),
        _("Every number in X comes from a cell of the file. Click an entry of X, or choose its row and feature, and "
          "trace it back to its cell."),
    )  # fmt: skip
    ready = tables.preparation()
    _settle(ready)
    row, feature = _choose_entry(ready)
    _show_matrix(ready, row, feature)
    trace = trace_entry(tables.table(), ready.fitted, ready.prepared, row, feature)
    _show_steps(trace)
    _show_code(trace)
    link("prepare", _("Change the recipe"))


def _settle(ready: Preparation) -> None:
    """Choose the first entry that was filled; keep the choice while the table and its recipe are the same."""
    split = [settings.value("prepare_test_share"), settings.value("prepare_split_seed")]
    key = state.digest(json.dumps([tables.table_key(), ready.recipe.to_json(), split]).encode())
    row, names = state.get("trace_row"), ready.prepared.feature_names
    fits = isinstance(row, int) and row < len(ready.prepared.rows) and state.get("trace_feature") in names
    if not fits or state.get("_traced") != key:
        first_row, first_feature = _first_filled(ready)
        state.put("trace_row", first_row)
        state.put("trace_feature", names[first_feature])
        _move_window()
    state.put("_traced", key)


def _move_window() -> None:
    """Show the part of X that begins a little above the chosen row."""
    state.put("_trace_top", max(int(state.get("trace_row", 0)) - ROWS_ABOVE, 0))


def _first_filled(ready: Preparation) -> tuple[int, int]:
    """Return row and feature of the first filled entry of X, (0, 0) if there is none."""
    marks = ready.fitted.filled_cells(tables.table().frame.loc[ready.prepared.rows])
    rows = marks.any(axis=1).to_numpy().nonzero()[0]
    if not len(rows):
        return 0, 0
    row, start = int(rows[0]), 0
    for column in ready.fitted.columns:
        width = len(column.feature_names)
        if width and marks[column.plan.column].iloc[row]:
            entries = ready.prepared.X[row, start : start + width].tolist()
            return row, start + next((place for place, entry in enumerate(entries) if entry), 0)
        start += width
    return row, 0


def _choose_entry(ready: Preparation) -> tuple[int, int]:
    names = ready.prepared.feature_names
    left, right = st.columns(2, gap="large")
    row = left.number_input(
        _("Row of X, counted from 0"),
        0,
        len(ready.prepared.rows) - 1,
        key="trace_row",
        on_change=_move_window,
        persist_state="session",
    )
    name = right.selectbox(_("Feature"), names, key="trace_feature", persist_state="session")
    return int(row), names.index(name)


def _show_matrix(ready: Preparation, row: int, feature: int) -> None:
    """Draw the part of X around the entry; a click on a cell chooses it."""
    rows, features = ready.prepared.X.shape
    top, left = int(state.get("_trace_top", 0)), feature - feature % FEATURES_SHOWN
    bottom, right = min(top + ROWS_SHOWN, rows), min(left + FEATURES_SHOWN, features)
    names = ready.prepared.feature_names[left:right]
    block = pd.DataFrame(
        ready.prepared.X[top:bottom, left:right].numpy(), index=pd.RangeIndex(top, bottom), columns=pd.Index(names)
    )
    key = f"trace_matrix_{state.get('_traced')}_{top}_{left}"

    def go() -> None:
        cells = (state.get(key) or {}).get("selection", {}).get("cells", [])
        if cells:
            place, name = cells[0]
            state.put("trace_row", top + int(place))
            state.put("trace_feature", name)

    show_table(
        _painted(ready, block, left, row, ready.prepared.feature_names[feature]),
        height=min(38 + 35 * len(block), TALLEST),
        key=key,
        on_select=go,
        selection_mode="single-cell",
        column_config={"_index": st.column_config.Column(_("Row"))},
        alt=_("A part of the matrix X; the traced entry is blue, entries that were missing are shaded."),
    )
    st.caption(_where(top, bottom, rows, left, right, features))


def _in_full(value: Any) -> str:
    return format_general(value, 10)


def _painted(ready: Preparation, block: pd.DataFrame, left: int, row: int, traced: str) -> Styler:
    labels = ready.prepared.rows[block.index]
    marks = ready.fitted.filled_cells(tables.table().frame.loc[labels])
    sources = [column.plan.column for column in ready.fitted.columns for _name in column.feature_names]
    sources = sources[left : left + block.shape[1]]
    shades = pd.DataFrame(
        {name: marks[source].to_numpy() for name, source in zip(block.columns, sources, strict=True)}, block.index
    ).map(lambda mark: FILLED if mark else "")
    shades.loc[row, traced] = TRACED
    return block.style.apply(lambda _block: shades, axis=None).format(_in_full)


def _where(top: int, bottom: int, rows: int, left: int, right: int, features: int) -> str:
    text = _("X is {rows} × {features}. Blue: the entry below. Shaded: missing in the file.").format(
        rows=format_count(rows), features=format_count(features)
    )
    if (bottom - top, right - left) == (rows, features):
        return text
    return (
        text
        + " "
        + _("Shown are rows {top} to {bottom} and features {left} to {right}, counted from 0.").format(
            top=top, bottom=bottom - 1, left=left, right=right - 1
        )
    )


def _show_steps(trace: Trace) -> None:
    template = _("X[{row}, {feature}] = {value}, from “{column}”")
    st.header(
        escape_markdown(
            template.format(
                row=trace.row, feature=trace.place, value=format_number(trace.value, 10), column=trace.column
            )
        ),
        anchor=False,
    )
    way, beside = st.columns([2.4, 1], gap="large") if trace.raw else (st.container(), None)
    with way:
        _draw_cards(trace.steps)
    if beside is not None:
        with beside:
            _show_raw_row(trace)


def _draw_cards(steps: Sequence[Step]) -> None:
    names = {
        "file": _("In the file"),
        "read": _("As read"),
        "fill": _("After filling"),
        "encode": _("As a number"),
        "scale": _("Scaled"),
        "entry": _("In X"),
    }
    for number, step in enumerate(steps, 1):
        with st.container(border=True):
            explanation, value = st.columns([1.8, 1], gap="medium", vertical_alignment="center")
            explanation.markdown(f"**{number}. {names[step.stage]}**  \n{escape_markdown(step.sentence)}")
            value.code(_written(step), language=None, wrap_lines=True)
            formula = step_formula(step)
            if formula:
                st.latex(formula)


def _written(step: Step) -> str:
    """Return a value as text, with quotes around text; a float with all of its digits."""
    if step.value is None:
        return _("no cell") if step.stage == "file" else _("missing")
    return repr(step.value)


def _show_raw_row(trace: Trace) -> None:
    raw = trace.raw or {}
    title = _("**The row in the file**") if trace.line is None else _("**Line {line} of the file**")
    st.markdown(title.format(line=trace.line))
    cells = pd.DataFrame({_("Column"): list(raw), _("Cell"): list(raw.values())})
    shades = [TRACED if name == trace.column else "" for name in raw]
    show_table(
        cells.style.apply(lambda column: shades if column.name == _("Cell") else [""] * len(cells)),
        hide_index=True,
        placeholder=_("no cell"),
        height=min(38 + 35 * len(cells), 600),
        alt=_("The cells of this row as in the file."),
    )


def _show_code(trace: Trace) -> None:
    share, seed = settings.value("prepare_test_share") / 100, settings.value("prepare_split_seed")
    code = f"""\
from pathlib import Path

from core.preprocessing import Recipe, read_table, split_rows, trace_entry

table = read_table({results.reading_arguments()})
recipe = Recipe.from_json(Path("recipe.json").read_text())
train, _test = split_rows(table.frame, recipe, test_share={share}, seed={seed})
fitted = recipe.fit(table.frame.loc[train])
prepared = fitted.transform(table.frame)

trace = trace_entry(table, fitted, prepared, row={trace.row}, feature={trace.place})
for step in trace.steps:
    print(step.stage, step.value, step.sentence)
assert trace.value == prepared.X[{trace.row}, {trace.place}]
"""
    with st.expander(_("The code: the same entry, traced"), icon=":material/code:", expanded=False):
        st.code(code, language="python", wrap_lines=True)
        st.caption(
            escape_markdown(
                _("Run it in the folder of {name}; recipe.json is the recipe.").format(name=state.source().name)
            )
        )
