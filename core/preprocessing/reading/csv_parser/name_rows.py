"""Which rows hold names: also years, dates and numbers as names, names in two rows, and rows of units below them."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from core.preprocessing.reading.csv_parser.cell_patterns import (
    are_years,
    is_date,
    is_measured,
    is_number,
    is_value,
    is_year,
)

MOST_NAME_ROWS = 3  # rows of units, formats and texts between the names and the data
MOST_COMPARED = 20
FEWEST_TO_RECUR = 10  # rows below the first, needed to see that its texts are repeated
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) 00:00:00")

Rows = Sequence[Sequence[str]]


def holds_names(row: Sequence[str], body: Rows, missing: Collection[str]) -> bool:
    """Return whether the row holds names: texts above columns of numbers or dates.

    Years, dates and equally spaced numbers are names if the rows below hold something else. If no column is numeric,
    names are texts that are hardly repeated below.
    """
    if not body:
        return True
    named = recurring = 0
    valued = []
    for place, cell in enumerate(map(str.strip, row)):
        column = column_at(body, place)
        if cell in missing or not column:
            continue
        if is_measured(column, missing):
            if is_value(cell):
                valued.append(place)
            else:
                named += 1
        recurring += cell in column
    if named or valued:
        return named > 0 or are_value_names(row, valued, body, missing)
    return len(body) < FEWEST_TO_RECUR or 2 * recurring < sum(1 for cell in row if cell.strip())


def are_value_names(row: Sequence[str], valued: Sequence[int], body: Rows, missing: Collection[str]) -> bool:
    """Return whether the values of a row at these places are names, judged by the rows below it.

    So are successive years; equally spaced numbers, as of `DataFrame(array).to_csv()`, above rows that are not; dates
    above numbers; and a year above numbers of which none looks like one.
    """
    cells = [row[place].strip() for place in valued]
    if are_years([cell for cell in row if is_value(cell)]):
        return True
    every = [place for place, cell in enumerate(row) if is_value(cell)]
    if _are_steps([row[place].strip() for place in every], body, every, has_labels=not row[0].strip()):
        return True
    columns = [[cell for cell in column_at(body, place) if cell not in missing] for place in valued]
    if all(map(is_date, cells)):
        return not any(is_date(cell) for column in columns for cell in column)
    has_words = any(cell.strip() and not is_value(cell) for cell in row)
    return (
        has_words
        and all(map(is_year, cells))
        and all(_is_far(cell, column) for cell, column in zip(cells, columns, strict=True))
    )


def column_at(rows: Rows, place: int) -> list[str]:
    """Return the cells of a column, without blanks around them; a row that ends before it has none."""
    return [row[place].strip() for row in rows if len(row) > place]


def count_name_rows(names: Sequence[str], below: Rows, missing: Collection[str]) -> int:
    """Return how many rows below the names hold no data but units, formats, questions or more names.

    Such a row has a text, and no value, in at least two columns that hold numbers or dates from there on, and no text
    that recurs; or all its cells are in brackets.
    """
    count = 0
    while count < MOST_NAME_ROWS and len(below) > count + 1:
        if not (are_bracketed(below[count]) or _holds_no_data(below[count], below[count + 1 :], len(names), missing)):
            break
        count += 1
    return count


def are_bracketed(row: Sequence[str]) -> bool:
    """Return whether all cells that are not empty are in brackets, like units below names."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 1 and all(cell[0] + cell[-1] in ("()", "[]") and not is_value(cell[1:-1]) for cell in cells)


def join_names(upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
    """Return names in two rows as one: 2020 over men and women gives “2020 men” and “2020 women”.

    None if the upper names suffice: they are distinct, and none is left out as in merged cells.

    >>> join_names(["", "2020", "", "2021"], ["region", "men", "women", "men"])
    ['region', '2020 men', '2020 women', '2021 men']
    """
    width = max(len(upper), len(lower))
    above = [cell.strip() for cell in (*upper, *[""] * (width - len(upper)))]
    below = [cell.strip() for cell in (*lower, *[""] * (width - len(lower)))]
    filled = [cell for cell in above if cell]
    is_merged = any(own and not above[place] and any(above[:place]) for place, own in enumerate(below))
    if not filled or not (is_merged or len(set(filled)) < len(filled)):
        return None
    joined, last = [], ""
    for top, own in zip(above, below, strict=True):
        last = top or last
        joined.append(f"{last} {own}".strip() if own else top)
    return joined


def without_midnight(name: str) -> str:
    """Return a name without the midnight that a date cell of a workbook has.

    >>> without_midnight("2020-01-31 00:00:00")
    '2020-01-31'
    """
    return _MIDNIGHT.sub(r"\1", name) if _MIDNIGHT.fullmatch(name) else name


def _holds_no_data(row: Sequence[str], rest: Rows, width: int, missing: Collection[str]) -> bool:
    seen = 0
    data = rest[MOST_NAME_ROWS - 1 :] if len(rest) >= 2 * MOST_NAME_ROWS else rest  # more rows of names may follow
    for place, cell in enumerate(map(str.strip, row[:width])):
        if not cell or cell in missing:
            continue
        if is_measured(column_at(data, place), missing):
            if is_value(cell) or cell in column_at(rest, place):
                return False
            seen += 1
    return seen > 1


def _are_steps(cells: Sequence[str], body: Rows, places: Sequence[int], *, has_labels: bool) -> bool:
    """Return whether the cells are equally spaced numbers and rows below are not; after a blank name two suffice."""
    if len(cells) < 2 + (not has_labels) or not _equal_steps(cells):
        return False
    rows = [[row[place].strip() for place in places] for row in body[:MOST_COMPARED] if len(row) > places[-1]]
    alike = sum(len(row) > 2 and _equal_steps(row) for row in rows)
    if not rows or 2 * alike >= len(rows):
        return False
    return has_labels or any("." in cell for row in rows for cell in row) or len(cells) > 2 * MOST_NAME_ROWS


def _equal_steps(cells: Sequence[str]) -> bool:
    if not all(_PLAIN.fullmatch(cell) for cell in cells):
        return False
    numbers = [float(cell) for cell in cells]
    steps = {round(after - before, 9) for before, after in pairwise(numbers)}
    return len(steps) == 1 and steps.pop() > 0


def _is_far(year: str, column: Sequence[str]) -> bool:
    """Return whether a year is no value of this column: none looks like one; it is outside or some have decimals."""
    plain = [float(cell) for cell in column if _PLAIN.fullmatch(cell)]
    if len(plain) < 2 or any(map(is_year, column)):
        return False
    has_decimals = any(is_number(cell) and ("." in cell or "," in cell) for cell in column)
    return has_decimals or not min(plain) <= float(year) <= max(plain)
