"""Rows that have more or fewer cells than the table has columns: made to fit, and counted."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field

from core.preprocessing.reading.rows import Row
from core.preprocessing.reading.table import MOST_CELLS_LISTED


@dataclass
class Ragged:
    """What was met: how many rows of which length; the first short rows as (row, line, cells); the first cells beyond
    the last column as (row, line, place, text), and how many there were, blank ones aside.
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
    """Rows written anew, each of one width, in double quotes where needed; `first` is the number of the first."""

    def __init__(self, first: int, width: int, delimiter: str, ragged: Ragged) -> None:
        """Begin without a row."""
        self._stream = io.StringIO()
        self._writer = csv.writer(self._stream, delimiter=delimiter, lineterminator="\r\n")  # quoted in cells, both
        self._first, self._width, self._ragged = first, width, ragged
        self.count = 0

    def add(self, row: Row) -> None:
        """Write a row, made to fit. Rows are not kept: many small objects make Python look for garbage all the time."""
        cells = row.cells
        if len(cells) != self._width:
            self._ragged.note(self._first + self.count, self._width, row)
            cells = [*cells[: self._width], *[""] * (self._width - len(cells))]
        self._writer.writerow(cells)
        self.count += 1

    def encode(self) -> bytes:
        """Return the text."""
        return self._stream.getvalue().encode("utf-8")
