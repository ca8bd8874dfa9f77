"""The rows as in the file, parsed again on request: only the text itself is kept."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, islice, pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.preprocessing.reading.csv_parser.blocks import CR, LF
from core.preprocessing.reading.csv_parser.rows import Dialect, Row, count_lines, filled_rows

if TYPE_CHECKING:
    import pyarrow as pa

Places = npt.NDArray[np.int64]
MOST_PASSED = 20  # rows that are parsed in passing to the next one


@dataclass(frozen=True)
class Stretch:
    """Consecutive rows of the text.

    Attributes:
        start: the position of their first byte.
        end: the position after their last byte.
        first: the number of the first row.
        count: how many rows.
        is_plain: see `Piece`.
    """

    start: int
    end: int
    first: int
    count: int
    is_plain: bool


@dataclass(frozen=True, eq=False)
class CutRows:
    """Finds rows in the text.

    Attributes:
        data: the text.
        dialect: its delimiter and quote.
        start: where the rows begin.
        line: the first line of the rows.
        stretches: where the rows are.
        places: the positions of the frame's columns in the file.
        drawn: the numbers of the rows in the frame, None if it holds them all.
    """

    data: bytes
    dialect: Dialect
    start: int
    line: int
    stretches: tuple[Stretch, ...]
    places: tuple[int, ...]
    drawn: Places | None

    def row(self, label: int) -> Sequence[str | None]:
        """Return the cells of a row of the frame as text, None where the row had no cell.

        Raises KeyError if the frame has no such row.
        """
        number = self.number(label)
        begin, _line = self._find(number)
        cells = next(filled_rows(self.data, self.dialect, begin)).cells
        return tuple(cells[place] if place < len(cells) else None for place in self.places)

    def rows(self, labels: Sequence[int]) -> dict[int, list[str]]:
        """Return all cells of these rows of the frame, those between its columns too, by label.

        Neighbours are parsed in one pass, which is many times faster than row by row.
        """
        found: dict[int, list[str]] = {}
        reader: Iterator[Row] = iter(())
        reached = -1
        for label in sorted(labels):
            number = self.number(label)
            if reached < 0 or number - reached > MOST_PASSED:
                reader = filled_rows(self.data, self.dialect, self._find(number)[0])
                reached = number
            for _passed in range(number - reached):
                next(reader)
            found[label] = next(reader).cells
            reached = number + 1
        return found

    def number(self, label: int) -> int:
        """Return the number of a row among all data rows, drawn or not."""
        total = sum(stretch.count for stretch in self.stretches) if self.drawn is None else len(self.drawn)
        if not 0 <= label < total:
            raise KeyError(label)
        return int(label) if self.drawn is None else int(self.drawn[label])

    def count_before(self, place: int) -> int:
        """Return the number of rows that begin before this position in the text."""
        index = bisect_right(self.stretches, place, key=lambda stretch: stretch.start) - 1
        if index < 0:
            return 0
        return self.stretches[index].first + int(np.searchsorted(self._begins(index)[0], place))

    def label(self, number: int) -> int | None:
        """Return the label in the frame of the row with this number among all data rows; None if it was not drawn."""
        if self.drawn is None:
            return number
        place = int(np.searchsorted(self.drawn, number))
        return place if place < len(self.drawn) and self.drawn[place] == number else None

    def line_of(self, label: int) -> int:
        """Return the line in the file at which a row of the frame begins, counted from 1."""
        return self._find(self.number(label))[1]

    def beginning(self, count: int) -> Sequence[Sequence[str]]:
        """Return the first rows of the text that are not blank."""
        return [row.cells for row in islice(filled_rows(self.data, self.dialect), count)]

    def _find(self, number: int) -> tuple[int, int]:
        """Return the position and the line at which a data row begins."""
        index = bisect_right(self.stretches, number, key=lambda stretch: stretch.first) - 1
        starts, lines = self._begins(index)
        place = number - self.stretches[index].first
        return int(starts[place]), self._lines[index] + int(lines[place])

    def _begins(self, index: int) -> tuple[Places, Places]:
        if index not in self._known:
            self._known.clear()  # one stretch is enough, since most callers go from row to row
            self._known[index] = self._starts(self.stretches[index])
        return self._known[index]

    @cached_property
    def _known(self) -> dict[int, tuple[Places, Places]]:
        return {}

    @cached_property
    def _lines(self) -> list[int]:
        """The line at which each stretch begins."""
        ends = [self.start, *(stretch.start for stretch in self.stretches)]
        counts = [count_lines(self.data, *pair) for pair in pairwise(ends)]
        return [self.line + count for count in accumulate(counts)]

    def _starts(self, stretch: Stretch) -> tuple[Places, Places]:
        """Return the position of each row, and the number of lines above it in this stretch."""
        data, start, end = self.data, stretch.start, stretch.end
        returns = data.count(b"\r", start, end)
        if not stretch.is_plain or returns != data.count(b"\r\n", start, end):
            rows = filled_rows(data, self.dialect, start, end, 0)
            found = np.array([(row.start, row.line) for row in rows], dtype=np.int64)
            return found[:, 0], found[:, 1]
        text = np.frombuffer(data, np.uint8, end - start, start)
        breaks = np.flatnonzero(text == LF) + start
        starts = np.concatenate([[start], breaks + 1])
        lengths = np.append(breaks, end) - starts
        first = text[np.minimum(starts - start, len(text) - 1)]
        kept = np.flatnonzero((lengths > 1) | ((lengths == 1) & (first != CR)))
        return starts[kept], kept


@dataclass(frozen=True, eq=False)
class ColumnRows:
    """The rows of a file of values without text, such as Parquet: each value as Python formats it.

    Attributes:
        table: the columns.
    """

    table: "pa.Table"

    def row(self, label: int) -> Sequence[str | None]:
        """Return the values of a row as text, None where one is missing. Raises KeyError if there is no such row."""
        if not 0 <= label < self.table.num_rows:
            raise KeyError(label)
        values = (column[label].as_py() for column in self.table.columns)
        return tuple(None if value is None else str(value) for value in values)

    def line_of(self, label: int) -> None:
        """Return None: there are no lines."""

    def beginning(self, count: int) -> Sequence[Sequence[str]]:
        """Return no rows: all of them are data."""
        return ()
