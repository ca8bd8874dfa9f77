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

MOST_CELLS_LISTED = 1_000


@dataclass(frozen=True)
class NumberFormat:
    """How numbers are written in the cells of a column; the defaults fit a plain 3.14.

    Blanks around a cell are always stripped first. Then: `symbols` are removed from either end (currency signs, units);
    a cell in parentheses is negative if `parentheses`; thousands separators `group` are removed, where " " means blanks
    of any width and "'" also ’; `decimal` becomes a point; if `percent`, a percent sign is removed and the number is
    divided by 100; a true minus sign counts as a hyphen.
    """

    decimal: str = "."
    group: str | None = None
    symbols: tuple[str, ...] = ()
    percent: bool = False
    parentheses: bool = False


@dataclass(frozen=True)
class DateFormat:
    """The one format of a column of dates, for `datetime.strptime`; `utc` says that a zone was converted to UTC."""

    format: str
    utc: bool = False


@dataclass(frozen=True)
class ColumnReading:
    """How one column was read: its kind and why, and how cells became values.

    `conversion` is None where the cells are plain numbers with the file's decimal mark, or stay text. `codes` count as
    missing in this column, in addition to the tokens of the file; among numbers a token or code that is a number
    matches by value (-200 also -200.0). `guessed` is False if the user chose the kind; then a cell that does not fit it
    is missing. `stripped` says that some cell had blanks around it; `infinite` that some number was too large for a
    float and became missing.
    """

    name: str
    kind: Kind
    reason: str
    conversion: NumberFormat | DateFormat | None = None
    codes: tuple[str, ...] = ()
    guessed: bool = True
    stripped: bool = False
    infinite: bool = False


@dataclass(frozen=True)
class Reading:
    """How a file was read: enough to read it again, here or in a script.

    `compression` is the compression of the file, and `inner` that of the file inside it; `member` is the name of the
    table within an archive. `header_row` is the position of the row of names among all rows that are not blank, counted
    from 0 and parsed as CSV; None if the file has no header. `skipped` are the positions of the rows that are not part
    of the table (titles, comments, notes at the end). `regular` says that every other row has as many cells as there
    are names, so that `pandas.read_csv` parses it in the same way. `names` are the names of all columns in the file's
    order, before any is left out; `columns` are those of the frame. `renamed` says that `names` differ from the row of
    names. `sample` is the number of rows drawn, None if all were read. `quote` is the mark around cells that hold a
    delimiter. `mended` says that invalid UTF-8 was replaced by the replacement character.
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
    """One cell that reading changed: the label of its row in the frame (None if the row is not in it), its line in the
    file counted from 1 (None where there are no lines), its column, the text before and after.
    """

    row: int | None
    line: int | None
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One kind of change: a sentence, the number of cells, rows or columns, and the first 1,000 of them."""

    kind: ChangeKind
    sentence: str
    count: int
    cells: tuple[Cell, ...] = ()


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

    `frame` has one row per row of the table, labelled 0, 1, 2, ...; its columns have unique names and hold int64 or
    float64 (kind number), datetime64[us] (kind date) or text (all other kinds; an empty column holds missing values
    only). `frame.attrs["reading"]` is `reading`; a fitted recipe puts it into its script. `notes` has a sentence for
    everything guessed, changed or left out; `changes` lists what was changed, with the cells. `members` are the files
    of a ZIP archive, and `sheets` the sheets of a workbook, one of which was read.
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
