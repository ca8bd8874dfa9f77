"""Parse numbers in rows: one line, a pasted table, rows separated by semicolons."""

import re
from collections.abc import Iterator
from itertools import islice

from core.errors import PointedError
from core.formatting import format_count
from core.language import _
from core.tensors.parsing.nested_lists import Value, read_number

_ROW = re.compile(r"[^\n;]+")
_CELL = re.compile(r"[^\s/]+(?:\s*/\s*[^\s/]+)?|/")  # a fraction may be typed with spaces: 1 / 3


def read_rows(text: str, most_cells: int) -> list[Value] | list[list[Value]]:
    """Return rows of numbers: a list for a vector, a list of lists for a matrix.

    Rows are lines, or separated by semicolons; cells are separated by tabs, else by commas, else by spaces. One row is
    a vector, and so is one cell on each line, a pasted column; `1; 2` is a matrix of one column. Where tabs
    separate the cells, a comma is a decimal comma. Raises PointedError for a cell that is not a number, rows of
    unequal length, and more than `most_cells` cells.
    """
    rows: list[list[Value]] = []
    count = 0
    for start, row in _rows(text):
        cells = [_cell(text, at, cell) for at, cell in islice(_cells(start, row), most_cells + 1)]
        if rows and len(cells) != len(rows[0]):
            raise PointedError(_unlike(len(rows) + 1, len(cells), len(rows[0])), text, start)
        rows.append(cells)
        count += len(cells)
        if count > most_cells:
            raise PointedError(too_many(most_cells), text, start)
    if not rows:
        raise PointedError(
            _("A number was needed before the first separator; type numbers, such as 1 2; 3 4."), text, 0
        )
    if len(rows) == 1:
        return rows[0]
    if len(rows[0]) == 1 and ";" not in text:
        return [row[0] for row in rows]
    return rows


def too_many(most_cells: int) -> str:
    """Return the sentence for a tensor with too many entries."""
    template = _("A tensor may have at most {most} entries here; type or paste fewer.")
    return template.format(most=format_count(most_cells))


def _unlike(row: int, came: int, first: int) -> str:
    template = _("All rows need as many entries as the first ({first}); row {row} has {got}.")
    return template.format(first=first, row=row, got=came)


def _rows(text: str) -> Iterator[tuple[int, str]]:
    for found in _ROW.finditer(text):
        row = found.group()
        if row.strip():
            yield found.start() + len(row) - len(row.lstrip()), row.strip()


def _cells(start: int, row: str) -> Iterator[tuple[int, str]]:
    """Yield every cell of a row with its position."""
    parted = "\t" if "\t" in row else "," if "," in row else None
    if parted is None:
        yield from ((start + found.start(), found.group()) for found in _CELL.finditer(row))
        return
    at = start
    for cell in row.removesuffix(parted).split(parted):
        yield at + len(cell) - len(cell.lstrip()), cell.strip().replace(",", ".")
        at += len(cell) + 1


def _cell(text: str, at: int, cell: str) -> Value:
    number = read_number(cell)
    if number is None:
        if not cell:
            sentence = _("A number was needed between these separators; type one, or nan for a missing value.")
            raise PointedError(sentence, text, at)
        template = _("“{cell}” is not a number; give numbers only, such as 2, -0.5, 1/3 or nan.")
        raise PointedError(template.format(cell=cell if len(cell) <= 20 else cell[:19] + "…"), text, at)
    return number
