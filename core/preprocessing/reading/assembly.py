"""From the bytes of a text, a workbook or a Parquet file to a table."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _
from core.preprocessing.columns.typing import Typed, type_columns
from core.preprocessing.reading.accounts import tell_left_out, tell_sample
from core.preprocessing.reading.containers import Unpacked
from core.preprocessing.reading.encodings import to_utf8
from core.preprocessing.reading.engine import Cut, cut_text
from core.preprocessing.reading.gathering import Progress, draw_rows
from core.preprocessing.reading.options import Options
from core.preprocessing.reading.parquet import read_parquet
from core.preprocessing.reading.raw import ColumnRows
from core.preprocessing.reading.table import Change, FileFormat, RawRows, Reading, Table
from core.preprocessing.reading.workbooks import read_sheet

if TYPE_CHECKING:
    import pyarrow as pa


def read_text(unpacked: Unpacked, options: Options, progress: Progress) -> Table:
    """Read a text table. Raises InputError and LimitError as `read_table` does."""
    if options.sheet is not None:
        raise _no_sheets(options.sheet)
    text = to_utf8(unpacked.data, options.encoding)
    progress(0.1)
    cut = cut_text(text.data, options, _part(progress, 0.1, 0.7))
    typed = _type(cut.cells, options, cut.decimal, cut.raw.line_of)
    reading = replace(
        _describe_cut("csv", unpacked, options, typed, cut),
        encoding=text.encoding,
        delimiter=cut.dialect.delimiter,
        quote=cut.dialect.quote,
        mended=text.replaced > 0,
    )
    notes = (*unpacked.notes, *text.notes, *_note_guesses(options, cut), *cut.notes, *typed.notes)
    return _tabulate(typed, reading, notes, (*cut.changes, *typed.changes), cut.raw)


def read_workbook(unpacked: Unpacked, options: Options, progress: Progress) -> Table:
    """Read a sheet, written as text first, so that titles, names and remarks are found as in a text."""
    sheet = read_sheet(unpacked.data, options.sheet)
    progress(0.4)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\r\n")
    writer.writerows(row if any(map(str.strip, row)) else [] for row in sheet.rows)
    text = stream.getvalue().encode("utf-8")
    as_text = replace(options, delimiter="\t", decimal=options.decimal or ".")
    cut = cut_text(text, as_text, _part(progress, 0.4, 0.7))
    typed = _type(cut.cells, options, cut.decimal)
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
    changes = tell_left_out([name for name in found.names if name not in found.left_out], kept)
    if counts and counts[0] > found.table.num_rows:
        changes.append(tell_sample(found.table.num_rows, counts[0]))
    typed = _type(found.table, options, options.decimal or ".")
    reading = _describe("parquet", unpacked, options, typed, found.names)
    notes = (*unpacked.notes, *found.notes, *(change.sentence for change in changes), *typed.notes)
    return _tabulate(typed, reading, notes, (*changes, *typed.changes), ColumnRows(found.table))


READERS: Mapping[FileFormat, Callable[[Unpacked, Options, Progress], Table]] = {
    "csv": read_text,
    "excel": read_workbook,
    "parquet": read_columns,
}


def _type(
    cells: "pa.Table", options: Options, decimal: str, line_of: Callable[[int], int | None] | None = None
) -> Typed:
    return type_columns(
        cells,
        decimal=decimal,
        missing=options.missing,
        thousands=options.thousands,
        kinds=options.kinds,
        codes=options.codes,
        day_first=options.day_first,
        line_of=line_of,
        strict=options.decimal is not None,
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


def _describe_cut(file_format: FileFormat, unpacked: Unpacked, options: Options, typed: Typed, cut: Cut) -> Reading:
    return replace(
        _describe(file_format, unpacked, options, typed, cut.names),
        decimal=cut.decimal,
        header_row=cut.header_row,
        skipped=cut.skipped,
        regular=cut.regular,
        renamed=cut.renamed,
    )


def _tabulate(
    typed: Typed, reading: Reading, notes: tuple[str, ...], changes: tuple[Change, ...], raw: RawRows
) -> Table:
    frame = typed.frame
    frame.attrs = {"reading": reading}
    return Table(
        frame, reading.delimiter, reading.encoding, reading.decimal, reading.missing, notes, reading, changes, raw
    )


def _note_guesses(options: Options, cut: Cut) -> list[str]:
    """Return a sentence for each guess that is not what nearly every file has."""
    notes = []
    delimiter = cut.dialect.delimiter
    if options.delimiter is None and delimiter != "," and len(cut.names) > 1:
        word = {"\t": _("tabs"), " ": _("blanks")}.get(delimiter, f"“{delimiter}”")
        notes.append(_("Cells were taken to be separated by {delimiter}.").format(delimiter=word))
    if cut.dialect.quote != '"':
        notes.append(_("Single quotes around cells were taken for quotes."))
    if cut.decimal == ",":
        notes.append(_("Decimal commas were read: 3,14 is the number 3.14."))
    return notes


def _without_lines(change: Change) -> Change:
    """Return a change in a sheet, in which there are no lines."""
    return replace(change, cells=tuple(replace(cell, line=None) for cell in change.cells))


def _no_sheets(sheet: str) -> InputError:
    return InputError(
        _("The sheet “{sheet}” was asked for, but only workbooks have sheets; choose none.").format(sheet=sheet)
    )


def _part(progress: Progress, begin: float, end: float) -> Progress:
    return lambda share: progress(begin + (end - begin) * share)
