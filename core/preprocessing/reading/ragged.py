"""Rows that have more or fewer cells than the table has columns: made to fit, and counted."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
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


def write_regular(rows: Sequence[Row], first: int, width: int, delimiter: str, ragged: Ragged) -> bytes:
    """Write the rows anew, each of this width, in double quotes where needed; `first` is the number of the first."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")  # both are then quoted in cells
    for number, row in enumerate(rows, start=first):
        cells = row.cells
        if len(cells) != width:
            ragged.note(number, width, row)
            cells = [*cells[:width], *[""] * (width - len(cells))]
        writer.writerow(cells)
    return stream.getvalue().encode("utf-8")
