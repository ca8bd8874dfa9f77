"""A table as it was read, how it was read, and what reading changed: all of it plain data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeAlias

import pandas as pd

Kind: TypeAlias = Literal["number", "category", "yes_no", "date", "identifier", "text", "empty"]
FileFormat: TypeAlias = Literal["csv", "parquet", "excel"]
Compression: TypeAlias = Literal["gzip", "bz2", "xz", "zstd", "zip"]
ChangeKind: TypeAlias = Literal[
    "rows_left_out", "cells_left_out", "cells_added", "columns_renamed", "columns_left_out", "values_converted",
    "values_taken_as_missing",
]  # fmt: skip
DateOrder: TypeAlias = Literal["dmy", "mdy", "ymd", "ydm"]
DoubtKind: TypeAlias = Literal["date_order", "century", "mark", "list"]

MOST_CELLS_LISTED = 1_000


@dataclass(frozen=True)
class NumberFormat:
    """How numbers are written in the cells of a column; the defaults fit a plain 3.14.

    Blanks around a cell are always stripped first, and a true minus sign counts as a hyphen.

    Attributes:
        decimal: the decimal mark, which becomes a point.
        group: the thousands separator, which is removed; " " means blanks of any width, and "'" also ’.
        symbols: currency signs and units, which are removed from either end.
        percent: whether a percent sign is removed and the number divided by 100.
        parentheses: whether a cell in parentheses is negative.
        steps: replacements of patterns in the cells, made before all else, in this order.
        sexagesimal: whether cells such as 26:15:00 are counted in their last unit, 60 of which make one before.
    """

    decimal: str = "."
    group: str | None = None
    symbols: tuple[str, ...] = ()
    percent: bool = False
    parentheses: bool = False
    steps: tuple[tuple[str, str], ...] = ()
    sexagesimal: bool = False


@dataclass(frozen=True)
class DateFormat:
    """The one format of a column of dates.

    Attributes:
        format: for `datetime.strptime`.
        utc: whether a time zone was converted to UTC.
        steps: replacements of patterns in the cells, made before, in this order: a century, names of months.
        late: whether 24:00, which the steps turn into 00:00, is the end of the day.
        century: the first of the hundred years that two digits stand for, None if years have four.
    """

    format: str
    utc: bool = False
    steps: tuple[tuple[str, str], ...] = ()
    late: bool = False
    century: int | None = None


@dataclass(frozen=True)
class ColumnReading:
    """How one column was read: its kind and why, and how cells became values.

    Attributes:
        name: of the column.
        kind: what it holds.
        reason: why, in a sentence.
        conversion: None where the cells are plain numbers with the file's decimal mark, or stay text.
        codes: what counts as missing in this column, in addition to the tokens of the file; among numbers a token or
            code that is a number matches by value (-200 also -200.0).
        guessed: False where the person chose the kind; then a cell that does not fit it is missing.
        stripped: whether some cell had blanks around it.
        infinite: whether some number was too large for a float and became missing.
        kept: tokens for missing that are values in this column.
        composed: whether letters with separate accents were composed (NFC).
        order: of the categories, lowest first, if the file declares one; else ().
    """

    name: str
    kind: Kind
    reason: str
    conversion: NumberFormat | DateFormat | None = None
    codes: tuple[str, ...] = ()
    guessed: bool = True
    stripped: bool = False
    infinite: bool = False
    kept: tuple[str, ...] = ()
    composed: bool = False
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """How a file was read: enough to read it again, here or in a script.

    Attributes:
        format: of the file.
        names: of all columns in the file's order, before any is left out.
        columns: those of the frame.
        path: of the file, None if it was read from memory.
        compression: how the file is compressed, None if it is not.
        member: the name of the table within an archive.
        inner: the compression of the file inside it.
        sheet: of a workbook.
        encoding: of the text.
        delimiter: between cells.
        quote: the mark around cells that hold a delimiter.
        mended: whether invalid UTF-8 was replaced by the replacement character.
        decimal: the decimal mark of the file.
        missing: the tokens for a missing value.
        header_row: the position of the row of names among all rows that are not blank, counted from 0 and parsed as
            CSV; None if the file has no header.
        skipped: the positions of the rows that are not part of the table (titles, comments, notes at the end).
        regular: whether every other row has as many cells as there are names, so that `pandas.read_csv` parses it in
        the same way.
        renamed: whether `names` differ from the row of names.
        sample: the number of rows drawn, None if all were read.
        edits: replacements of patterns in the text, made before it was parsed.
    """

    format: FileFormat
    names: tuple[str, ...]
    columns: tuple[ColumnReading, ...]
    path: str | None = None
    compression: Compression | None = None
    member: str | None = None
    inner: Compression | None = None
    sheet: str | None = None
    encoding: str = "utf-8"
    delimiter: str = ","
    quote: str = '"'
    mended: bool = False
    decimal: str = "."
    missing: tuple[str, ...] = ()
    header_row: int | None = 0
    skipped: tuple[int, ...] = ()
    regular: bool = True
    renamed: bool = False
    sample: int | None = None
    edits: tuple[tuple[str, str], ...] = ()

    def column(self, name: str) -> ColumnReading:
        """Return how this column was read. Raises KeyError if the frame has no such column."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kind of each column."""
        return {column.name: column.kind for column in self.columns}

    def __deepcopy__(self, memo: dict[int, Any]) -> "Reading":
        """Return itself: it is immutable, and pandas copies the `attrs` of a frame at every step."""
        return self


@dataclass(frozen=True)
class Cell:
    """One cell that reading changed.

    Attributes:
        row: the label of its row in the frame, None if the row is not in it.
        line: its line in the file counted from 1, None where there are no lines.
        column: the name of its column.
        before: the text of the cell.
        after: what it became.
    """

    row: int | None
    line: int | None
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One sort of change.

    Attributes:
        kind: which sort.
        sentence: what changed.
        count: how many cells, rows or columns it touched.
        cells: the first 1,000 of them.
    """

    kind: ChangeKind
    sentence: str
    count: int
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Alternative:
    """One of two ways to read a column.

    Attributes:
        option: the argument of `read_table` that chooses it, a mapping from names of columns.
        value: what to choose there for this column; None if it is read this way without a choice.
        values: what it makes of the cells of the doubt, as text; None for a missing value.
    """

    option: Literal["date_orders", "centuries", "decimals"]
    value: str | int | None
    values: tuple[str | None, ...]


@dataclass(frozen=True)
class Doubt:
    """A column that can as well be read in another way.

    Attributes:
        kind: what is in doubt: the order of day and month, the century of two digits, whether a mark separates
            thousands or decimals, or whether a comma separates decimals or the items of a list.
        column: its name.
        cells: up to three of its cells, those that the two readings take for different values first.
        readings: the two ways.
        in_use: which of them is in use, 0 or 1.
    """

    kind: DoubtKind
    column: str
    cells: tuple[str, ...]
    readings: tuple[Alternative, Alternative]
    in_use: int


class RawRows(Protocol):
    """The rows as in the file."""

    def row(self, label: int) -> Sequence[str | None]:
        """Return the cells of a row as text, one for each of the frame's columns; None where the row had no cell."""
        ...

    def line_of(self, label: int) -> int | None:
        """Return the line in the file at which a row begins, counted from 1; None where there are no lines."""
        ...

    def beginning(self, count: int) -> Sequence[Sequence[str]]:
        """Return the first rows of the file that are not blank, titles and names too; none where all rows are data."""
        ...


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it was read, and how.

    Attributes:
        frame: one row per row of the table, labelled 0, 1, 2, ...; its columns have unique names and hold int64 or
            float64 (kind number), datetime64[us] (kind date) or text (all other kinds; an empty column holds missing
            values only). `frame.attrs["reading"]` is `reading`; a fitted recipe puts it into its script.
        delimiter: between cells.
        encoding: of the text.
        decimal: the decimal mark of the file.
        missing: the tokens for a missing value.
        notes: a sentence for everything guessed, changed or left out.
        reading: how the file was read.
        changes: the same for what was changed, with the cells.
        raw: finds a row in the file again.
        members: the files of a ZIP archive, one of which was read.
        sheets: the sheets of a workbook, one of which was read.
        doubts: the columns for which another reading is as good.
    """

    frame: pd.DataFrame
    delimiter: str
    encoding: str
    decimal: str
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    reading: Reading
    changes: tuple[Change, ...] = ()
    raw: RawRows | None = field(default=None, repr=False)
    members: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
