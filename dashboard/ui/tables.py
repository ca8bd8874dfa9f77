"""Tables on the screen, their numbers in the visitor's language."""

from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number, format_printf, number_rules
from core.locale_rules import ENGLISH

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

Write = Callable[[Any], str]
DECIMALS = 4  # Streamlit's own, where a column has no format
MOST_CELLS = 50_000  # of a table whose cells are written one by one


def show_table(
    table: "pd.DataFrame | Styler", *, column_config: Mapping[Any, Any] | None = None, **options: Any
) -> Any:
    """Draw a table as `st.dataframe` does, and return what that returns.

    The browser writes English numbers, by the format of the column or without one; in another language the cells are
    written here, and stay numbers for sorting. Tables of more than `MOST_CELLS` cells, or with names that repeat, are
    left to the browser; what a Styler writes stays.
    """
    config: dict[Any, Any] = dict(column_config or {})
    shown: Any = table
    if number_rules() != ENGLISH and isinstance(table, pd.DataFrame) and _can_be_written(table):
        written = {name: _writer(table[name], config.get(name)) for name in table}
        writers: dict[Any, Any] = {name: write for name, write in written.items() if write is not None}
        shown = table.style.format(writers, na_rep="–") if writers else table
        config |= {name: _without_format(config[name]) for name in writers if isinstance(config.get(name), dict)}
    return st.dataframe(shown, column_config=config or None, **options)


def _can_be_written(table: pd.DataFrame) -> bool:
    return table.index.is_unique and table.columns.is_unique and table.size <= MOST_CELLS


def _writer(column: "pd.Series[Any]", config: object) -> Write | None:
    """Return what writes the cells of a column, or None where the browser does."""
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return None
    form = (_type_config(config) or {}).get("format")
    if form is not None:
        return (lambda value: format_printf(value, form)) if str(form).startswith("%") else None
    if pd.api.types.is_integer_dtype(column):
        return format_count
    return lambda value: format_number(round(float(value), DECIMALS), 15)


def _type_config(config: object) -> dict[Hashable, Any] | None:
    return (config.get("type_config") or {}) if isinstance(config, dict) else None


def _without_format(config: dict[Any, Any]) -> dict[Any, Any]:
    return {**config, "type_config": {**(_type_config(config) or {}), "format": None}}
