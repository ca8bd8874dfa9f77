"""From a file to a table, with a sentence for everything guessed, changed or left out."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import BinaryIO

from core.preprocessing.columns.kinds import Kind
from core.preprocessing.reading.assembly import READERS
from core.preprocessing.reading.containers import unpack
from core.preprocessing.reading.dialects import DELIMITERS
from core.preprocessing.reading.formats import sniff
from core.preprocessing.reading.gathering import Progress
from core.preprocessing.reading.limits import check_unpacked
from core.preprocessing.reading.options import DEFAULT_MISSING, Options, check_chosen, check_missing, check_options
from core.preprocessing.reading.sources import load
from core.preprocessing.reading.table import Table

__all__ = ["DEFAULT_MISSING", "DELIMITERS", "Table", "read_table"]


def read_table(
    source: str | os.PathLike[str] | bytes | BinaryIO,
    delimiter: str | None = None,
    encoding: str | None = None,
    decimal: str | None = None,
    missing: Sequence[str] | None = None,
    *,
    thousands: str | None = None,
    header: int | str | None = None,
    skip_end: int | None = None,
    kinds: Mapping[str, Kind] | None = None,
    codes: Mapping[str, Sequence[str]] | None = None,
    day_first: bool | None = None,
    sheet: str | None = None,
    member: str | None = None,
    columns: Sequence[str] | None = None,
    sample: int | None = None,
    progress: Progress | None = None,
) -> Table:
    """Read a table from a path, from its bytes, or from a file opened in binary mode.

    What is not given is found out, and `notes` has a sentence for it: the delimiter, the encoding, the decimal mark,
    the mark between `thousands`, which row holds the names (`header`: its place among the rows that are not blank,
    counted from 0, or "none"), how many rows at the end are remarks (`skip_end`), and the kind of each column. `kinds`
    and `codes` settle the kind, and further tokens for missing, of single columns; `day_first` how 01/02/2020 is
    meant. `sheet` and `member` choose a sheet of a workbook and a file in a ZIP archive. `columns` reads only these;
    `sample` that many rows, those that `numpy.random.default_rng(0).permutation(n)[:sample]` picks of all n, in the
    file's order.

    A cell is missing if, blanks around it aside, it is one of `missing`, spelled just so; an empty cell always is. The
    default tokens are `DEFAULT_MISSING`; "None" is a value. Names are made unique and blank ones filled in; rows that
    are too short are padded with missing values, of rows that are too long the extra cells are left out, blank lines
    are skipped. `changes` lists the very cells.

    Numbers are rounded correctly to float64. Kept as text: numbers with leading zeros, such as postal codes; whole
    numbers beyond 2**53, which float64 would round; True and False. Infinite numbers become missing. The notes say so.

    `progress` is called with the share done, from 0 to 1, in the thread of the caller; what it raises ends the reading
    and comes out. Cutting the rows takes time in proportion to the bytes, whatever they are.

    Raises InputError for a file that is absent, empty, binary, without rows or with a quote that is never closed, and
    for arguments that make no sense; LimitError for one that is too large.

    >>> read_table(b"NumRooms;Price\\n2;3,5\\nNA;4,25\\n").frame["Price"].tolist()
    [3.5, 4.25]
    """
    options = check_options(
        Options(
            delimiter, encoding, decimal, check_missing(missing), thousands, header, skip_end, dict(kinds or {}),
            dict(codes or {}), day_first, sheet, member, check_chosen(columns), sample,
        )
    )  # fmt: skip
    report = progress or _ignore
    report(0.0)
    unpacked = unpack(load(source), member)
    check_unpacked(len(unpacked.data))
    report(0.05)
    table = replace(READERS[sniff(unpacked.data)](unpacked, options, report), members=unpacked.members)
    report(1.0)
    return _with_path(table, os.fspath(source)) if isinstance(source, str | os.PathLike) else table


def _with_path(table: Table, path: str) -> Table:
    reading = replace(table.reading, path=path)
    table.frame.attrs["reading"] = reading
    return replace(table, reading=reading)


def _ignore(_share: float) -> None:
    """Report to nobody."""
