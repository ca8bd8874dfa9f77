"""Columns that already have a type: parsed as numbers, or from Parquet or Excel."""

from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.language import _
from core.preprocessing.column_types.arrow_text import no_values
from core.preprocessing.column_types.cells import Choice, TypedColumn, split_cells
from core.preprocessing.column_types.date_parsing import BEYOND, FIRST
from core.preprocessing.column_types.number_formats import LARGEST_WHOLE
from core.preprocessing.column_types.numbers import code_values, say_infinite, say_kind
from core.preprocessing.column_types.text_columns import convert_text
from core.preprocessing.column_types.values import write_value
from core.preprocessing.naming import quote_names
from core.preprocessing.schema import MOST_CELLS_LISTED, Cell, Change, ColumnReading, NumberFormat

if TYPE_CHECKING:
    import pyarrow as pa

MOST_DIGITS = 15  # float64 holds every decimal number with this many digits


def is_text(type_: "pa.DataType") -> bool:
    """Return whether this is a string type."""
    import pyarrow.types as types

    return bool(types.is_string(type_) or types.is_large_string(type_) or types.is_string_view(type_))


def convert_arrow(name: str, column: "pa.ChunkedArray", choice: Choice) -> TypedColumn:
    """Convert a column that already has a type.

    Whole and floating numbers become int64 and float64, durations seconds; dates and timestamps datetime64[us] in UTC;
    True and False, times of the day and everything else the text that Python writes for it. Whole numbers above 2**53,
    decimals, and columns whose chosen kind needs other values are converted as text.
    """
    import pyarrow.types as types

    choice = replace(choice, decimal=".")  # Python writes a point, whatever the file has
    if types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if types.is_duration(column.type):
        column = _in_seconds(column)
    is_number = types.is_integer(column.type) or types.is_floating(column.type)
    if is_number and choice.kind in (None, "number") and not _is_beyond(column):
        return _type_numbers(name, column, choice)
    if types.is_timestamp(column.type) or types.is_date(column.type):
        moments = _in_microseconds(column)
        if choice.kind in (None, "date"):
            return _type_moments(name, column, moments, choice)
        column = moments
    texts = column if is_text(column.type) else _write(column)
    typed = convert_text(split_cells(name, texts, (*choice.missing, *choice.codes), choice.line_of), choice)
    return _note_rounded(typed, texts) if types.is_decimal(column.type) else typed


def _type_numbers(name: str, column: "pa.ChunkedArray", choice: Choice) -> TypedColumn:
    values = _to_numpy(column)
    codes = code_values((*choice.missing, *choice.codes), NumberFormat())
    infinite, coded = np.isinf(values), np.isin(values, codes)
    changes: tuple[Change, ...] = ()
    if infinite.any():
        changes = (_tell_infinite(name, values, infinite, choice),)
    if infinite.any() or coded.any():
        values = np.where(infinite | coded, np.nan, values)
    guess = say_kind(values, name, choice)
    reading = ColumnReading(
        name, guess.kind, guess.reason, None, choice.codes, choice.kind is None, infinite=bool(infinite.any())
    )
    series = pd.Series(values, name=name, copy=False) if guess.kind != "empty" else no_values(len(values), name)
    return TypedColumn(series, reading, changes)


def _type_moments(name: str, column: "pa.ChunkedArray", moments: "pa.ChunkedArray", choice: Choice) -> TypedColumn:
    values = moments.cast("int64").fill_null(np.iinfo(np.int64).min).to_numpy().view("datetime64[us]")
    outside = (values < FIRST) | (values >= BEYOND)
    changes: tuple[Change, ...] = ()
    if outside.any():
        sentence = _("{name}: {count} dates outside the years 1 to 9999 count as missing.").format(
            name=quote_names([name]), count=int(outside.sum())
        )
        changes = (_list_missing(name, [str(value) for value in values[outside]], outside, choice, sentence),)
        values = np.where(outside, np.datetime64("NaT", "us"), values)
    notes: tuple[str, ...] = ()
    if getattr(column.type, "tz", None) not in (None, "UTC"):
        notes = (_("Times with a zone were converted to UTC: {name}.").format(name=quote_names([name])),)
    if np.isnat(values).all():
        reading = ColumnReading(name, "empty", _("no row has a value"), None, choice.codes, choice.kind is None)
        return TypedColumn(no_values(len(values), name), reading, changes, notes)
    reason = _("the file declares them as dates") if choice.kind is None else _("chosen by you")
    reading = ColumnReading(name, "date", reason, None, choice.codes, choice.kind is None)
    return TypedColumn(pd.Series(values, name=name), reading, changes, notes)


def _to_numpy(column: "pa.ChunkedArray") -> npt.NDArray[np.float64] | npt.NDArray[np.int64]:
    """Return numbers of any width as int64, or as float64 if they are no whole numbers or some are missing."""
    import pyarrow.types as types

    is_whole = types.is_integer(column.type) and column.null_count == 0
    values: npt.NDArray[np.float64] | npt.NDArray[np.int64]
    values = column.cast("int64" if is_whole else "float64").to_numpy()
    return values


def _in_seconds(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    import pyarrow as pa
    import pyarrow.compute as pc

    per_second = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}[column.type.unit]
    return pc.divide(pc.cast(column.cast("int64"), pa.float64(), safe=False), float(per_second))


def _in_microseconds(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Return dates or timestamps in UTC, truncated to microseconds; one more than 300,000 years away is missing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if getattr(column.type, "unit", None) in ("s", "ms"):
        factor = 10**6 if column.type.unit == "s" else 10**3
        most = np.iinfo(np.int64).max // factor
        whole = column.cast("int64")
        inside = pc.and_(pc.less_equal(whole, most), pc.greater_equal(whole, -most))
        column = pc.if_else(inside, column, pa.scalar(None, column.type))
    return (
        pc.cast(column, pa.timestamp("us", tz=getattr(column.type, "tz", None)), safe=False)
        .cast("int64")
        .cast(pa.timestamp("us"))
    )


def _is_beyond(column: "pa.ChunkedArray") -> bool:
    """Return whether a column of whole numbers has one above 2**53."""
    import pyarrow.compute as pc
    import pyarrow.types as types

    if not types.is_integer(column.type):
        return False
    ends = pc.min_max(column).as_py()
    return ends["min"] is not None and max(-ends["min"], ends["max"]) > LARGEST_WHOLE


def _write(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    """Return the values as text; each distinct one is formatted once."""
    import pyarrow as pa

    try:
        encoded = column.dictionary_encode().combine_chunks()
    except (pa.ArrowNotImplementedError, pa.ArrowTypeError):  # lists and similar types cannot be compared
        return pa.chunked_array([pa.array(map(_write_one, column.to_pylist()), pa.string())])
    if isinstance(encoded, pa.ChunkedArray):
        return pa.chunked_array([pa.nulls(len(column), pa.string())])
    texts = pa.array(map(_write_one, encoded.dictionary.to_pylist()), pa.string())
    return pa.chunked_array([texts.take(encoded.indices)])


def _write_one(value: object) -> str | None:
    if value is None or (isinstance(value, float) and isnan(value)):
        return None
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value.hex()
    return write_value(value)


def _note_rounded(typed: TypedColumn, texts: "pa.ChunkedArray") -> TypedColumn:
    """Add a note if decimals have more digits than float64 can hold."""
    import pyarrow.compute as pc

    digits = pc.utf8_length(pc.replace_substring_regex(texts, r"^[-0.]*|\.|0+$|[eE].*$", ""))
    if typed.reading.kind not in ("number", "identifier") or (pc.max(digits).as_py() or 0) <= MOST_DIGITS:
        return typed
    note = _("{name}: decimals of more than 15 digits were rounded to float64.").format(
        name=quote_names([typed.reading.name])
    )
    return replace(typed, notes=(*typed.notes, note))


def _tell_infinite(name: str, values: npt.NDArray[Any], infinite: npt.NDArray[np.bool_], choice: Choice) -> Change:
    count = int(infinite.sum())
    sentence = say_infinite(name, count)
    return _list_missing(name, [write_value(value) for value in values[infinite].tolist()], infinite, choice, sentence)


def _list_missing(name: str, texts: list[str], which: npt.NDArray[np.bool_], choice: Choice, sentence: str) -> Change:
    rows = np.flatnonzero(which)[:MOST_CELLS_LISTED].tolist()
    cells = tuple(
        Cell(row, choice.line_of(row) if choice.line_of else None, name, before, "")
        for row, before in zip(rows, texts, strict=False)
    )
    return Change("values_taken_as_missing", sentence, int(which.sum()), cells)
