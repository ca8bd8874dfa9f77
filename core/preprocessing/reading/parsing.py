"""The rows of a file, cut and converted by `pandas.read_csv`, with arguments that a script can repeat."""

import io
from typing import Any

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing.columns.texts import (
    distinct_texts,
    find_grouped_columns,
    find_text_columns,
    note_kept_text,
    note_stray_text,
    padded_tokens,
)
from core.preprocessing.naming import quote_names
from core.preprocessing.reading.headers import Header


def pandas_arguments(
    header: Header, delimiter: str, encoding: str, decimal: str, missing: tuple[str, ...]
) -> dict[str, Any]:
    """Return the arguments with which `pandas.read_csv` reads this file, leaving out those that are its defaults."""
    arguments: dict[str, Any] = {}
    if delimiter != ",":
        arguments["sep"] = delimiter
    if decimal != ".":
        arguments["decimal"] = decimal
    if encoding != "utf-8":
        arguments["encoding"] = encoding
    if not header.is_plain:  # names in place of the header; cells beyond them are left out, not shifted
        places = list(range(len(header.names)))
        arguments |= {"header": 0, "names": list(header.names), "usecols": places, "index_col": False}
    return arguments | {
        "na_values": list(missing),
        "keep_default_na": False,
        "skipinitialspace": True,
        "low_memory": False,
    }


def parse_rows(
    data: bytes, text: str, arguments: dict[str, Any], header: Header
) -> tuple[pd.DataFrame, dict[str, Any], list[str]]:
    """Read the file once by pandas' own rules, and again where those would lose something.

    Returns the table, what a script needs to read it again (`arguments` for pandas, columns whose cells to `strip`,
    whether to take `infinite` numbers out), and notes. Raises InputError if the rows cannot be cut into cells.
    """
    frame = _read_csv(data, arguments)
    padded = padded_tokens(distinct_texts(frame), arguments["na_values"])
    if padded:
        arguments = arguments | {"na_values": [*arguments["na_values"], *padded]}
        frame = _read_csv(data, arguments)
    more, notes = _settle_types(data, text, frame, arguments, header)
    if more:
        arguments = arguments | more
        frame = _read_csv(data, arguments)
    distinct = distinct_texts(frame)
    strip = [name for name, values in distinct.items() if not values.str.strip().equals(values)]
    frame, infinite_notes = _drop_infinite(_strip_cells(frame, strip))
    notes += [*note_kept_text(distinct), *infinite_notes, *note_stray_text(distinct, arguments.get("decimal", "."))]
    return frame, {"arguments": arguments, "strip": strip, "infinite": bool(infinite_notes)}, notes


def _settle_types(
    data: bytes, text: str, frame: pd.DataFrame, arguments: dict[str, Any], header: Header
) -> tuple[dict[str, Any], list[str]]:
    """Return the arguments to add so that columns get the types a person means, and notes."""

    def read_as_text(columns: list[str]) -> pd.DataFrame:
        places = [header.names.index(column) for column in columns]
        return _read_csv(data, arguments | {"usecols": places, "dtype": "str"})

    distinct = distinct_texts(frame)
    as_text = find_text_columns(frame, distinct, text, arguments["na_values"], read_as_text)
    decimal = arguments.get("decimal", ".")
    grouped = find_grouped_columns(distinct, decimal)
    more: dict[str, Any] = {}
    notes = []
    if grouped:  # pandas would take 1.2.2020 for a number as well, so the other texts are named as such
        more["thousands"] = "." if decimal == "," else ","
        as_text += [name for name in distinct if name not in grouped]
        notes.append(
            _("Marks between thousands were left out of the numbers: {names}.").format(names=quote_names(grouped))
        )
    if as_text:
        more["dtype"] = dict.fromkeys(as_text, "str")
    return more, notes


def _read_csv(data: bytes, arguments: dict[str, Any]) -> pd.DataFrame:
    try:
        frame: pd.DataFrame = pd.read_csv(io.BytesIO(data), **arguments)
    except (ValueError, OverflowError) as problem:  # ParserError and UnicodeError are ValueErrors
        raise InputError(
            _("The rows of the file cannot be read; probably a quote is not closed ({problem}).").format(
                problem=" ".join(str(problem).split()).rstrip(".")
            )
        ) from None
    if frame.empty:
        raise InputError(_("The file has a header but no rows; at least one row is needed."))
    return frame


def _strip_cells(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    frame = frame.copy(deep=False)
    for name in columns:
        frame[name] = frame[name].str.strip()
    return frame


def _drop_infinite(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    counts = np.isinf(frame.select_dtypes("float64")).sum()
    counts = counts[counts > 0]
    notes = [
        ngettext(
            "{name}: {count} value is infinite or too large for a float and counts as missing.",
            "{name}: {count} values are infinite or too large for a float and count as missing.",
            int(count),
        ).format(name=quote_names([name]), count=int(count))
        for name, count in counts.items()
    ]
    return (frame.replace([np.inf, -np.inf], np.nan) if notes else frame), notes
