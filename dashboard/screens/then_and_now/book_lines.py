"""The book's lines of preprocessing, run on the table in use and cached for the visit."""

import json
from typing import Any

import pandas as pd

from core.language import N_
from core.preprocessing import ThenAndNow, read_then_and_now, then_and_now, write_then_and_now
from core.preprocessing.analysis.book_examples import Step
from dashboard.pipeline import tables
from dashboard.visit import state
from dashboard.visit.cache import cache_resource


def lines() -> ThenAndNow:
    """Return the book's lines run on the table in use. Raises InputError if it has no feature with a value."""
    return _lines(json.dumps([tables.table_key(), tables.target()]), tables.table().frame)


@cache_resource(scope="session", max_entries=3, show_spinner=N_("Running the lines"))
def _lines(key: str, _frame: pd.DataFrame) -> ThenAndNow:
    return then_and_now(_frame, json.loads(key)[1])


def first_steps() -> tuple[Step, ...]:
    """Return the lines before the split: writing the book's file, and reading the file in use where possible."""
    read = _read(tables.table_key(), state.source().content, state.choice("reading", {}), tables.table().frame)
    return (_write(), *([read] if read else []))


@cache_resource(show_spinner=False)
def _write() -> Step:
    return write_then_and_now()


@cache_resource(scope="session", max_entries=3, show_spinner=False)
def _read(key: str, _content: bytes, _arguments: dict[str, Any], _frame: pd.DataFrame) -> Step | None:
    return read_then_and_now(_content, _frame, _arguments)
