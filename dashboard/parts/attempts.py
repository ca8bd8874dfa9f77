"""Lines of code that were run: kept for the visit, and shown with what came of them. What they print is data."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from core.language import _, ngettext
from core.preprocessing import ThenAndNow, read_then_and_now, then_and_now, write_then_and_now
from core.preprocessing.insight.attempts import Attempt, Result, TableResult, TensorResult
from core.preprocessing.insight.then_and_now import Step
from core.preprocessing.naming import unique_names
from dashboard.parts import state, tables
from dashboard.parts.plain import plain


def lines() -> ThenAndNow:
    """Return the book's lines run on the table in use. Raises InputError if it has no feature with a value."""
    return _lines(json.dumps([tables.table_key(), tables.target()]), tables.table().frame)


@st.cache_resource(scope="session", max_entries=3, show_spinner=_("Running the lines"))
def _lines(key: str, _frame: pd.DataFrame) -> ThenAndNow:
    return then_and_now(_frame, json.loads(key)[1])


def first_steps() -> tuple[Step, ...]:
    """Return the lines before the split: writing the book's file, and reading the file in use where it can be tried."""
    read = _read(tables.table_key(), state.source().content, state.choice("reading", {}), tables.table().frame)
    return (_write(), *([read] if read else []))


@st.cache_resource(show_spinner=False)
def _write() -> Step:
    return write_then_and_now()


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _read(key: str, _content: bytes, _arguments: dict[str, Any], _frame: pd.DataFrame) -> Step | None:
    return read_then_and_now(_content, _frame, _arguments)


def show(attempt: Attempt) -> None:
    """Show the lines, and below them what they left, or the exception."""
    st.code(attempt.code, language="python", wrap_lines=True)
    if not attempt.worked:
        st.markdown(":red[:material/error: **" + _("Raises") + "**]")
        st.code(f"{attempt.error}: {attempt.message}", language=None, wrap_lines=True)
    for result in attempt.results:
        _show_result(result)


def _show_result(result: Result) -> None:
    if isinstance(result, TableResult):
        _show_table(result)
        return
    if isinstance(result, TensorResult):
        told = _("{name}: shape {shape}, {dtype}")
        st.caption(plain(told.format(name=result.name, shape=result.shape, dtype=result.dtype)))
    st.code(result.text, language=None)


def _show_table(result: TableResult) -> None:
    st.caption(plain(_("{name}: shape {shape}").format(name=result.name, shape=result.shape)))
    names = [f"{name} · {dtype}" for name, dtype in zip(result.head.columns, result.dtypes, strict=True)]
    st.dataframe(
        result.head.set_axis(unique_names(names), axis="columns"),
        placeholder="NaN",
        alt=_("The first rows, with the dtype of each column."),
    )
    left_out = result.shape[1] - result.head.shape[1] if len(result.shape) > 1 else 0
    if left_out:
        st.caption(
            ngettext("{count} more column is not shown.", "{count} more columns are not shown.", left_out).format(
                count=left_out
            )
        )
