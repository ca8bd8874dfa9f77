"""The fields of a row: numbers to type or to slide, dates, choices; an empty field is a missing value."""

import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from core.language import _
from dashboard.pipeline.plan_names import level_name
from dashboard.screens.compare.row_source import Field, Source
from dashboard.ui.escape import escape_markdown
from dashboard.visit import state

COLUMNS_OF_FIELDS = 2


def load(source: Source, position: int) -> None:
    """Fill the fields with the row at a position, before they are drawn."""
    row = source.frame.iloc[position]
    for field in source.fields:
        _put(field, _cell(field, row[field.name]))


def _put(field: Field, value: Any) -> None:
    state.put(field.key, value)
    if field.slides:
        state.put(_slider(field), _on_slider(field, value))
        state.put(_agreed(field), value)


def _cell(field: Field, value: Any) -> Any:
    """Return a cell of the table as the value of its field; None if it is missing."""
    if pd.isna(value):
        return None
    if field.kind == "number":
        return float(value) if math.isfinite(value) else None
    if field.kind == "date":
        moment = pd.Timestamp(value).to_pydatetime()
        return moment if field.with_time else moment.date()
    level = float(value) if field.levels and isinstance(field.levels[0], float) else str(value)
    return level if level in field.levels else None


def typed(fields: Sequence[Field]) -> pd.DataFrame:
    """Return the fields as a table of one row, each column of the type of its kind."""
    return _as_row(fields, [state.get(field.key) for field in fields])


def held(source: Source, position: int) -> pd.DataFrame:
    """Return what `typed` returns right after `load`."""
    row = source.frame.iloc[position]
    return _as_row(source.fields, [_cell(field, row[field.name]) for field in source.fields])


def _as_row(fields: Sequence[Field], values: Sequence[Any]) -> pd.DataFrame:
    types = {"number": "float64", "date": "datetime64[us]"}
    return pd.DataFrame(
        {
            field.name: pd.Series(
                [value],
                dtype=types.get(field.kind) or ("float64" if isinstance((*field.levels, "")[0], float) else "str"),
            )
            for field, value in zip(fields, values, strict=True)
        }
    )


def draw_row_fields(fields: Sequence[Field]) -> None:
    """Draw the fields, two to a line. They hold what `load` put there until they are changed."""
    for start in range(0, len(fields), COLUMNS_OF_FIELDS):
        places = st.columns(COLUMNS_OF_FIELDS, gap="medium")
        for place, field in zip(places, fields[start : start + COLUMNS_OF_FIELDS], strict=False):
            with place:
                _draw(field)


def _draw(field: Field) -> None:
    label = escape_markdown(field.name)
    if field.kind == "number":
        _draw_number(field, label)
    elif field.kind == "choice":
        st.selectbox(
            label,
            field.levels,
            index=None,
            format_func=level_name,
            placeholder=_("missing"),
            key=field.key,
            persist_state="session",
        )
    elif field.with_time:
        st.datetime_input(label, None, datetime.min, datetime.max, key=field.key, persist_state="session")
    else:
        st.date_input(label, None, date.min, date.max, key=field.key, format="YYYY-MM-DD", persist_state="session")


def _draw_number(field: Field, label: str) -> None:
    """Draw a field to type any number into, and below it a slider over the range of the training rows."""
    if field.slides:
        _agree(field)
    st.number_input(
        label,
        value=None,
        step=field.step,
        format="%g",
        placeholder=_("missing"),
        key=field.key,
        persist_state="session",
    )
    if field.slides:
        st.slider(
            label,
            field.low,
            field.high,
            step=field.step,
            format="%g",
            key=_slider(field),
            label_visibility="collapsed",
            persist_state="session",
        )


def _slider(field: Field) -> str:
    return f"{field.key}_slider"


def _agree(field: Field) -> None:
    """Set number and slider to the same value before they are drawn: the one that was moved counts.

    While a slider moves quickly the browser may still hold an older number, so a slider that has left the last
    common value takes precedence over the number.
    """
    agreed, number, slid = state.get(_agreed(field)), state.get(field.key), state.get(_slider(field))
    if slid is not None and slid != _on_slider(field, agreed):
        agreed = float(slid)
    elif number != agreed:
        agreed = number
    _put(field, agreed)


def _agreed(field: Field) -> str:
    return f"_agreed_{field.key}"


def _on_slider(field: Field, value: float | None) -> float:
    """Return the slider position for a value: an end if it is out of range, the lower one if it is missing."""
    return min(max(field.low if value is None else value, field.low), field.high)
