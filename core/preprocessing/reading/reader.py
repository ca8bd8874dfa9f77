"""From a CSV or TSV file to a table, with a sentence for everything guessed, changed or left out."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from core.errors import InputError
from core.language import _
from core.preprocessing.reading.dialects import DELIMITERS, find_decimal, find_delimiter
from core.preprocessing.reading.encodings import decode_text
from core.preprocessing.reading.headers import read_header
from core.preprocessing.reading.parsing import pandas_arguments, parse_rows

__all__ = ["DEFAULT_MISSING", "DELIMITERS", "Table", "read_table"]

DEFAULT_MISSING = ("", "NA", "na", "N/A", "n/a", "NaN", "nan", "NAN", "null", "Null", "NULL", "?", "-")


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it was read, and how.

    `frame` has one row per row of the file, labelled 0, 1, 2, ...; its columns have unique names and hold int64,
    float64 or text. `frame.attrs["read_csv"]` says how to read the file again; a fitted recipe puts it into its script.
    """

    frame: pd.DataFrame
    delimiter: str
    encoding: str
    decimal: str
    missing: tuple[str, ...]
    notes: tuple[str, ...]


def read_table(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    delimiter: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    missing: Sequence[str] | None = None,
) -> Table:
    """Read a CSV or TSV file from a path, from its bytes, or from a file opened in binary mode.

    What is not given is found out: the delimiter, the encoding, the decimal mark. A cell is missing if, blanks around
    it aside, it is one of `missing`, spelled just so; an empty cell always is. The default tokens are
    `DEFAULT_MISSING`; "None" is a value. Names are made unique and blank ones filled in; rows that are too short are
    padded with missing values, of rows that are too long the extra cells are left out, blank lines are skipped.

    Numbers are rounded correctly to float64. Kept as text: numbers with leading zeros, such as postal codes; whole
    numbers beyond 2**53, which float64 would round; True and False. Infinite numbers become missing. The notes say so.

    Raises InputError for a file that is absent, empty, binary, wider than 2,000 columns or without rows, and for
    arguments that make no sense.

    >>> read_table(b"NumRooms;Price\\n2;3,5\\nNA;4,25\\n").frame["Price"].tolist()
    [3.5, 4.25]
    """
    data = _load(source)
    text, encoding = decode_text(data, encoding)
    delimiter = find_delimiter(text, delimiter)
    decimal = find_decimal(text, delimiter, decimal)
    tokens = _check_missing(missing)
    header = read_header(text, delimiter)
    arguments = pandas_arguments(header, delimiter, encoding, decimal, tokens)
    frame, reading, notes = parse_rows(data, text, arguments, header)
    if isinstance(source, str | os.PathLike):
        reading["path"] = os.fspath(source)
    frame.attrs = {"read_csv": reading}
    if decimal == ",":
        notes.insert(0, _("Decimal commas were read: 3,14 is the number 3.14."))
    return Table(frame, delimiter, encoding, decimal, tokens, (*header.notes, *notes))


def _load(source: str | os.PathLike[str] | bytes | BinaryIO) -> bytes:
    if isinstance(source, bytes | bytearray | memoryview):
        return bytes(source)
    try:
        if isinstance(source, str | os.PathLike):
            return Path(source).read_bytes()
        data = source.read()
    except (OSError, ValueError) as problem:
        raise InputError(_("The file cannot be read: {problem}.").format(problem=str(problem))) from None
    except AttributeError:
        data = None
    if not isinstance(data, bytes):
        raise InputError(_("A path, bytes or a file opened in binary mode is needed to read a table."))
    return data


def _check_missing(missing: Sequence[str] | None) -> tuple[str, ...]:
    if missing is None:
        return DEFAULT_MISSING
    if isinstance(missing, str) or not all(isinstance(token, str) for token in missing):
        raise InputError(_("The tokens for missing values have to be a list of texts, such as NA and ?."))
    return tuple(dict.fromkeys(["", *(token.strip() for token in missing)]))
