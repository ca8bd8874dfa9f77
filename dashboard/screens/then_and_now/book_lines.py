"""The book's lines of preprocessing, run on a typed file or on the table in use, and cached for the visit."""

import json

import pandas as pd

from core.export.preprocessing_script.whole_table import write_reading
from core.language import N_
from core.preprocessing import ThenAndNow, read_then_and_now, then_and_now, write_then_and_now
from core.preprocessing.analysis.book_examples import Step, book_then_and_now
from dashboard.pipeline import tables
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

VIEW = "then_and_now_view"


def lines() -> ThenAndNow:
    """Return the book's lines run on the table in use. Raises InputError if it has no feature with a value."""
    return _lines(json.dumps([tables.table_key(), tables.target()]), tables.table().frame)


@cache_resource(scope="session", max_entries=3, show_spinner=N_("Running the lines"))
def _lines(key: str, _frame: pd.DataFrame) -> ThenAndNow:
    return then_and_now(_frame, json.loads(key)[1])


def lines_of_file(text: str) -> tuple[tuple[Step, ...], ThenAndNow]:
    """Return the lines up to reading a typed file, and those after it. Raises InputError if it is no table."""
    return _lines_of_file(text)


@cache_resource(scope="session", max_entries=3, show_spinner=N_("Running the lines"))
def _lines_of_file(text: str) -> tuple[tuple[Step, ...], ThenAndNow]:
    return book_then_and_now(text)


def first_steps() -> tuple[Step, ...]:
    """Return the lines before the split: writing the book's file, and reading the file in use where possible."""
    read = _read(tables.table_key(), state.source().content, tables.table().frame)
    return (_write(), *([read] if read else []))


def suit_view() -> None:
    """Let the lines run on the visitor's table once one was brought or chosen; else on the book's file."""
    key = tables.table_key()
    if state.get("_then_and_now_suited_to") == key:
        return
    is_set = state.get("_then_and_now_suited_to") is None and state.get(VIEW) is not None
    state.put("_then_and_now_suited_to", key)
    if not is_set:
        settings.set(VIEW, "table" if state.is_brought() else "file")


@cache_resource(show_spinner=False)
def _write() -> Step:
    return write_then_and_now()


@cache_resource(scope="session", max_entries=3, show_spinner=False)
def _read(key: str, _content: bytes, _frame: pd.DataFrame) -> Step | None:
    return read_then_and_now(_content, _frame, write_reading)
