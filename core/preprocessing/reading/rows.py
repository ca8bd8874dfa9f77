"""The rows of a text, cut by the csv module, each with its place in the bytes."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.preprocessing.reading.limits import LONGEST_LINE, long_line

_LINE_ENDS = re.compile(rb"[\r\n]*")


@dataclass(frozen=True)
class Dialect:
    """Which character separates cells, and which one quotes them."""

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
        """Say whether the row is a line of nothing but blanks."""
        return len(self.cells) < 2 and not (self.cells and self.cells[0].strip(" \t"))


def cut_rows(data: bytes, dialect: Dialect, start: int = 0, end: int | None = None, line: int = 1) -> Iterator[Row]:
    """Walk the rows of UTF-8 bytes as `csv.reader` cuts them, blank ones too; `line` is the one at `start`.

    Blanks after a delimiter are left out. Rows begin before `end`.
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
            raise InputError(
                _(
                    "Line {line} holds a cell of more than {limit} characters; probably a quote is not closed there."
                ).format(line=first, limit=format_count(csv.field_size_limit()))
            ) from None
        yield Row(cells, begin, lines.place, first, not lines.is_over)


def filled_rows(data: bytes, dialect: Dialect, start: int = 0, end: int | None = None, line: int = 1) -> Iterator[Row]:
    """Walk the rows that are not blank; see `cut_rows`. Empty lines at the beginning are skipped at once."""
    first = _LINE_ENDS.match(data, start, len(data) if end is None else end)
    begin = first.end() if first else start
    for row in cut_rows(data, dialect, begin, end, line + count_lines(data, start, begin)):
        if not row.is_blank:
            yield row


def count_lines(data: bytes, start: int, end: int) -> int:
    """Count the line breaks, each of LF, CRLF or CR, between two places in the bytes."""
    returns = data.count(b"\r", start, end)
    return data.count(b"\n", start, end) + (returns - data.count(b"\r\n", start, end) if returns else 0)


def never_closed(line: int) -> InputError:
    """Return the error for a quote that is not closed before the end of the file."""
    return InputError(
        _(
            "The row that begins in line {line} runs to the end of the file; probably a quote is not closed there."
        ).format(line=line)
    )


class _Lines:
    """The lines of the bytes one by one; it knows how far it was read, and whether more was asked than there is."""

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
