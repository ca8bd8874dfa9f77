"""From a file to a table, with a sentence for everything guessed, changed or left out."""

import csv
import io
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _
from core.preprocessing.column_types.cells import TakenTokens
from core.preprocessing.column_types.convert import Typed, convert_columns
from core.preprocessing.column_types.infer import Kind
from core.preprocessing.column_types.thousands import MarkKnown
from core.preprocessing.limits import MOST_BYTES, check_bytes, check_unpacked
from core.preprocessing.naming import quote_names
from core.preprocessing.read_options import (
    DEFAULT_MISSING,
    Options,
    check_by_column,
    check_chosen,
    check_missing,
    check_options,
)
from core.preprocessing.reading.containers import Unpacked, unpack
from core.preprocessing.reading.copies import note_copies
from core.preprocessing.reading.csv_parser.change_report import report_left_out, report_sample
from core.preprocessing.reading.csv_parser.columns import Progress, draw_rows
from core.preprocessing.reading.csv_parser.csv_dialect import DELIMITERS, NO_QUOTES
from core.preprocessing.reading.csv_parser.parser import ParsedTable, mark_known, parse_table
from core.preprocessing.reading.csv_parser.raw_rows import ColumnRows
from core.preprocessing.reading.csv_parser.text_edits import MARKS, delimiter_of
from core.preprocessing.reading.encoding import to_utf8
from core.preprocessing.reading.excel import read_sheet
from core.preprocessing.reading.file_format import detect_format
from core.preprocessing.reading.parquet import declared_orders, read_parquet
from core.preprocessing.schema import Change, DateOrder, FileFormat, NumberFormat, RawRows, Reading, Table

if TYPE_CHECKING:
    import pyarrow as pa


def load(source: str | os.PathLike[str] | bytes | BinaryIO) -> bytes:
    """Return the bytes of a path, of bytes, or of a file opened in binary mode.

    Raises InputError for a source that cannot be read, LimitError for more than 200 MB; no more than that is read.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        check_bytes(memoryview(source).nbytes)
        return bytes(source)
    try:
        if isinstance(source, str | os.PathLike):
            check_bytes(Path(source).stat().st_size)
            data = Path(source).read_bytes()
        else:
            data = source.read(MOST_BYTES + 1)
    except InputError:
        raise
    except (OSError, ValueError) as problem:
        raise InputError(_("The file cannot be read: {problem}.").format(problem=str(problem))) from None
    except (AttributeError, TypeError):
        data = None
    if not isinstance(data, bytes):
        raise InputError(_("A path, bytes or a file opened in binary mode is needed to read a table."))
    check_bytes(len(data))
    return data


def read_text(unpacked: Unpacked, options: Options, progress: Progress) -> Table:
    """Read a text table. Raises InputError and LimitError as `read_table` does."""
    if options.sheet is not None:
        raise _no_sheets(options.sheet)
    text = to_utf8(unpacked.data, options.encoding)
    progress(0.1)
    cut = parse_table(text.data, options, _part(progress, 0.1, 0.7))
    mark = mark_known(cut.doubtful, cut.dialect.delimiter)
    typed = _type(cut.cells, options, cut.decimal, cut.raw.line_of, mark, cut.tokens, cut.is_mark_shown)
    described = _describe_cut("csv", unpacked, options, typed, cut)
    reading = replace(
        described,
        edits=(MARKS, *described.edits) if text.marked_again else described.edits,
        encoding=text.encoding,
        delimiter=cut.dialect.delimiter,
        quote=cut.dialect.quote,
        mended=text.replaced > 0,
    )
    notes = (*unpacked.notes, *text.notes, *_note_guesses(options, cut, typed), *cut.notes, *typed.notes)
    return _tabulate(typed, reading, notes, (*cut.changes, *typed.changes), cut.raw)


def read_workbook(unpacked: Unpacked, options: Options, progress: Progress) -> Table:
    """Read a sheet, converted to text first, so that titles, names and remarks are detected as in a text."""
    sheet = read_sheet(unpacked.data, options.sheet)
    progress(0.4)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\r\n")
    writer.writerows(row if any(map(str.strip, row)) else [] for row in sheet.rows)
    text = stream.getvalue().encode("utf-8")
    as_text = replace(options, delimiter="\t", quote='"', decimal=options.decimal or ".")
    cut = parse_table(text, as_text, _part(progress, 0.4, 0.7))
    typed = _type(cut.cells, options, cut.decimal, tokens=cut.tokens, is_mark_shown=cut.is_mark_shown)
    reading = replace(
        _describe_cut("excel", unpacked, options, typed, cut),
        sheet=sheet.sheet,
    )
    notes = (*unpacked.notes, *sheet.notes, *cut.notes, *typed.notes)
    changes = map(_without_lines, (*cut.changes, *typed.changes))
    return replace(_tabulate(typed, reading, notes, tuple(changes), cut.raw), sheets=sheet.sheets)


def read_columns(unpacked: Unpacked, options: Options, progress: Progress) -> Table:
    """Read a Parquet file."""
    if options.sheet is not None:
        raise _no_sheets(options.sheet)
    counts: list[int] = []

    def draw(rows: int) -> npt.NDArray[np.int64]:
        counts.append(rows)
        return draw_rows(rows, options.sample or rows)

    found = read_parquet(unpacked.data, options.columns, draw if options.sample is not None else None)
    progress(0.7)
    kept = found.table.column_names
    changes = report_left_out([name for name in found.names if name not in found.left_out], kept)
    if counts and counts[0] > found.table.num_rows:
        changes.append(report_sample(found.table.num_rows, counts[0]))
    typed = _type(found.table, options, options.decimal or ".")
    orders = declared_orders(found.table)
    typed = replace(typed, columns=tuple(replace(each, order=orders.get(each.name, ())) for each in typed.columns))
    reading = _describe("parquet", unpacked, options, typed, found.names)
    notes = (*unpacked.notes, *found.notes, *(change.sentence for change in changes), *typed.notes)
    return _tabulate(typed, reading, notes, (*changes, *typed.changes), ColumnRows(found.table))


READERS: Mapping[FileFormat, Callable[[Unpacked, Options, Progress], Table]] = {
    "csv": read_text,
    "excel": read_workbook,
    "parquet": read_columns,
}


def _type(
    cells: "pa.Table",
    options: Options,
    decimal: str,
    line_of: Callable[[int], int | None] | None = None,
    mark: MarkKnown = "known",
    tokens: Mapping[str, TakenTokens] | None = None,
    is_mark_shown: bool = False,
) -> Typed:
    return convert_columns(
        cells,
        decimal=decimal,
        missing=options.missing,
        thousands=options.thousands,
        kinds=options.kinds,
        codes=options.codes,
        day_first=options.day_first,
        line_of=line_of,
        strict=options.decimal is not None,
        mark=mark,
        tokens=tokens,
        date_orders=options.date_orders,
        centuries=options.centuries,
        decimals=options.decimals,
        is_mark_shown=is_mark_shown,
    )


def _describe(
    file_format: FileFormat, unpacked: Unpacked, options: Options, typed: Typed, names: tuple[str, ...]
) -> Reading:
    return Reading(
        format=file_format,
        names=names,
        columns=typed.columns,
        compression=unpacked.compression,
        member=unpacked.member,
        inner=unpacked.inner,
        missing=options.missing,
        sample=options.sample,
    )


def _describe_cut(
    file_format: FileFormat, unpacked: Unpacked, options: Options, typed: Typed, cut: ParsedTable
) -> Reading:
    return replace(
        _describe(file_format, unpacked, options, typed, cut.names),
        decimal=cut.decimal,
        header_row=cut.header_row,
        skipped=cut.skipped,
        regular=cut.regular,
        renamed=cut.renamed,
        edits=cut.edits,
    )


def _tabulate(
    typed: Typed, reading: Reading, notes: tuple[str, ...], changes: tuple[Change, ...], raw: RawRows
) -> Table:
    frame = typed.frame
    notes = (*notes, *note_copies(frame, typed.columns))
    frame.attrs = {"reading": reading}
    return Table(
        frame, reading.delimiter, reading.encoding, reading.decimal, reading.missing, notes, reading, changes, raw,
        doubts=typed.doubts,
    )  # fmt: skip


def _note_guesses(options: Options, cut: ParsedTable, typed: Typed) -> list[str]:
    """Return a sentence for each detected format that is unusual."""
    notes = []
    delimiter = cut.dialect.delimiter
    is_noted = delimiter == "," or delimiter_of(cut.edits) is not None
    if options.delimiter is None and not is_noted and len(cut.names) > 1:
        shown = delimiter if delimiter.isprintable() else f"U+{ord(delimiter):04X}"
        word = {"\t": _("tabs"), " ": _("spaces")}.get(delimiter, f"“{shown}”")
        notes.append(_("Cells were split at {delimiter}.").format(delimiter=word))
    if options.quote is not None:
        pass  # nothing was guessed
    elif cut.dialect.quote in NO_QUOTES:
        notes.append(_("Quotes were read as letters, since one is not closed and the rows are alike without them."))
    elif cut.dialect.quote != '"':
        notes.append(_("Single quotes around cells were read as quotation marks."))
    if cut.decimal == ",":
        notes.append(_("Decimal commas were read: 3,14 is the number 3.14."))
    formats = [column.conversion for column in typed.columns]
    is_grouped = any(isinstance(one, NumberFormat) and one.group == cut.decimal for one in formats)
    is_chosen = any(doubt.kind == "mark" and doubt.column in options.decimals for doubt in typed.doubts)
    if cut.doubtful is not None and delimiter != "," and not is_grouped and not is_chosen:
        note = _("The mark in {cell} was read as a decimal mark; it could also separate thousands.")
        notes.append(note.format(cell=quote_names([cut.doubtful])))
    return notes


def _without_lines(change: Change) -> Change:
    """Return a change in a sheet, which has no lines."""
    return replace(change, cells=tuple(replace(cell, line=None) for cell in change.cells))


def _no_sheets(sheet: str) -> InputError:
    return InputError(
        _("The sheet “{sheet}” was chosen, but only workbooks have sheets; choose none.").format(sheet=sheet)
    )


def _part(progress: Progress, begin: float, end: float) -> Progress:
    return lambda share: progress(begin + (end - begin) * share)


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
    quote: str | None = None,
    keep_sums: bool = False,
    date_orders: Mapping[str, DateOrder] | None = None,
    centuries: Mapping[str, int] | None = None,
    decimals: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Table:
    """Read a table from a path, from its bytes, or from a file opened in binary mode.

    What is not given is detected, and `notes` has a sentence for it: the delimiter, the encoding, the decimal mark, the
    `thousands` separator, which row holds the names (`header`: its position among the rows that are not blank, counted
    from 0, or "none"), how many rows at the end are remarks (`skip_end`), and the kind of each column. `kinds` and
    `codes` set the kind, and further tokens for missing, of single columns; `day_first` says how to read 01/02/2020.
    `sheet` and `member` choose a sheet of a workbook and a file in a ZIP archive. `columns` reads only these; `sample`
    that many rows, those of `numpy.random.default_rng(0).permutation(n)[:sample]`, n rows in all, in the file's order.
    `quote` is the mark around cells, "" if quotes are letters; `keep_sums` keeps a row of sums at the end.

    Of single columns, by name: `date_orders` is the order of day, month and year ("dmy", "mdy", "ymd", "ydm"),
    `centuries` the first of the hundred years that two digits stand for (1930: to 2029), `decimals` the decimal mark.
    Cells that do not fit are missing; a choice that fits no cell of its column is left aside, with a note. `doubts`
    lists the columns that can as well be read in another way, with the choice for either.

    A cell is missing if, stripped of blanks, it equals one of `missing`; an empty cell always is. The default tokens
    are `DEFAULT_MISSING`; "None" is a value. Names are made unique and blank ones filled in; rows that are too short
    are padded with missing values, the extra cells of rows that are too long are left out, blank lines are skipped.
    `changes` lists the cells.

    Numbers are rounded correctly to float64. Kept as text: numbers with leading zeros, such as postal codes; whole
    numbers above 2**53, which float64 would round; True and False. Infinite numbers become missing. The notes say so.

    `progress` is called with the share done, from 0 to 1, in the thread of the caller; an exception that it raises ends
    the reading and is passed on. Parsing takes time proportional to the number of bytes, whatever they are.

    Raises InputError for a file that is absent, empty, binary, without rows or with a quote that is never closed, and
    for invalid arguments; LimitError for one that is too large.

    >>> read_table(b"NumRooms;Price\\n2;3,5\\nNA;4,25\\n").frame["Price"].tolist()
    [3.5, 4.25]
    """
    options = check_options(
        Options(
            delimiter, encoding, decimal, check_missing(missing), thousands, header, skip_end, dict(kinds or {}),
            dict(codes or {}), day_first, sheet, member, check_chosen(columns), sample, quote, bool(keep_sums),
            check_by_column(date_orders), check_by_column(centuries), check_by_column(decimals),
        )
    )  # fmt: skip
    report = progress or _ignore
    report(0.0)
    unpacked = unpack(load(source), member)
    check_unpacked(len(unpacked.data))
    report(0.05)
    table = replace(READERS[detect_format(unpacked.data)](unpacked, options, report), members=unpacked.members)
    report(1.0)
    return _with_path(table, os.fspath(source)) if isinstance(source, str | os.PathLike) else table


def _with_path(table: Table, path: str) -> Table:
    reading = replace(table.reading, path=path)
    table.frame.attrs["reading"] = reading
    return replace(table, reading=reading)


def _ignore(_share: float) -> None:
    """Ignore the progress."""
