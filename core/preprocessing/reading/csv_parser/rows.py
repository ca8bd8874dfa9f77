"""The rows of a text, parsed by the csv module, each with its position in the bytes."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.preprocessing.limits import LONGEST_LINE, long_line
from core.preprocessing.schema import MOST_CELLS_LISTED

_LINE_ENDS = re.compile(rb"[\r\n]*")


class UnclosedQuoteError(InputError):
    """A quote is not closed, so that the rest of the file is one cell; it may be a letter."""


@dataclass(frozen=True)
class Dialect:
    """How a line is split into cells.

    Attributes:
        delimiter: the character that separates cells.
        quote: the character that quotes them.
    """

    delimiter: str
    quote: str = '"'


class Row(NamedTuple):
    """The cells of a row, its bytes from `start` to `end`, and the line it begins in, counted from 1.

    `closed` is False for the last row if a quote in it is never closed.
    """

    cells: list[str]
    start: int
    end: int
    line: int
    closed: bool = True

    @property
    def is_blank(self) -> bool:
        """Return whether the row is a line of nothing but blanks."""
        return len(self.cells) < 2 and not (self.cells and self.cells[0].strip(" \t"))


def cut_rows(data: bytes, dialect: Dialect, start: int = 0, end: int | None = None, line: int = 1) -> Iterator[Row]:
    """Yield the rows of UTF-8 bytes as `csv.reader` parses them, blank ones too; `line` is the one at `start`.

    Blanks after a delimiter are skipped. Rows begin before `end`.
    Raises InputError for a cell of more than 131,072 characters and a line of more than 10,000,000.
    """
    lines = _Lines(data, start, line)
    reader = csv.reader(lines, delimiter=dialect.delimiter, quotechar=dialect.quote, skipinitialspace=True)
    stop = len(data) if end is None else end
    while lines.place < stop:
        begin, first = lines.place, lines.line
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise UnclosedQuoteError(
                _(
                    "Line {line} has a cell of more than {limit} characters; probably a quote is not closed there."
                ).format(line=first, limit=format_count(csv.field_size_limit()))
            ) from None
        yield Row(cells, begin, lines.place, first, not lines.is_over)


def filled_rows(data: bytes, dialect: Dialect, start: int = 0, end: int | None = None, line: int = 1) -> Iterator[Row]:
    """Yield the rows that are not blank; see `cut_rows`. Empty lines at the beginning are skipped at once."""
    first = _LINE_ENDS.match(data, start, len(data) if end is None else end)
    begin = first.end() if first else start
    for row in cut_rows(data, dialect, begin, end, line + count_lines(data, start, begin)):
        if not row.is_blank:
            yield row


def count_lines(data: bytes, start: int, end: int) -> int:
    """Count the line breaks, each of LF, CRLF or CR, between two positions in the bytes."""
    returns = data.count(b"\r", start, end)
    return data.count(b"\n", start, end) + (returns - data.count(b"\r\n", start, end) if returns else 0)


def never_closed(line: int) -> UnclosedQuoteError:
    """Return the error for a quote that is not closed before the end of the file."""
    return UnclosedQuoteError(
        _(
            "The row that begins in line {line} runs to the end of the file; probably a quote is not closed there."
        ).format(line=line)
    )


class _Lines:
    """Iterates over the lines of the bytes; keeps how far it was read, and whether it is exhausted."""

    def __init__(self, data: bytes, start: int, line: int) -> None:
        stream = io.BytesIO(data)  # shares the bytes
        stream.seek(start)
        self._text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        self.place, self.line, self.is_over = start, line, False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            self.is_over = True
            raise StopIteration
        if len(line) >= LONGEST_LINE:
            raise long_line(self.line)
        self.place += len(line) if line.isascii() else len(line.encode("utf-8"))
        self.line += 1
        return line


@dataclass
class Ragged:
    """The rows that are not as long as the others.

    Attributes:
        lengths: how many rows of which length.
        short: the first short rows as (row, line, cells).
        beyond: the first cells after the last column as (row, line, position, text), without blank ones.
        rows_beyond: how many rows had such cells.
        cells_beyond: how many such cells there were.
        trailing: how many rows had nothing but blank cells there.
    """

    lengths: Counter[int] = field(default_factory=Counter)
    short: list[tuple[int, int, int]] = field(default_factory=list)
    beyond: list[tuple[int, int, int, str]] = field(default_factory=list)
    rows_beyond: int = 0
    cells_beyond: int = 0
    trailing: int = 0

    def note(self, row: int, width: int, source: Row) -> None:
        """Count a row of another length."""
        cells = source.cells
        self.lengths[len(cells)] += 1
        if len(cells) < width:
            if len(self.short) < MOST_CELLS_LISTED:
                self.short.append((row, source.line, len(cells)))
            return
        extra = [(place, cell) for place, cell in enumerate(cells[width:], start=width) if cell.strip()]
        self.trailing += not extra
        self.rows_beyond += bool(extra)
        self.cells_beyond += len(extra)
        room = MOST_CELLS_LISTED - len(self.beyond)
        self.beyond += [(row, source.line, place, cell) for place, cell in extra[:room]]


class RegularText:
    """Rewritten rows of equal width, in double quotes where needed; `first` is the number of the first."""

    def __init__(self, first: int, width: int, delimiter: str, ragged: Ragged) -> None:
        """Begin without a row."""
        self._stream = io.StringIO()
        self._writer = csv.writer(self._stream, delimiter=delimiter, lineterminator="\r\n")  # both are quoted in cells
        self._first, self._width, self._ragged = first, width, ragged
        self.count = 0

    def add(self, row: Row) -> None:
        """Write a row, padded or shortened. Rows are not kept: many small objects slow down the garbage collector."""
        cells = row.cells
        if len(cells) != self._width:
            self._ragged.note(self._first + self.count, self._width, row)
            cells = [*cells[: self._width], *[""] * (self._width - len(cells))]
        self._writer.writerow(cells)
        self.count += 1

    def encode(self) -> bytes:
        """Return the text."""
        return self._stream.getvalue().encode("utf-8")
