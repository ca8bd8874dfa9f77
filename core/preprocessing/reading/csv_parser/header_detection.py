"""Where the table is in a file: titles above it, the row of names, remarks below it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import log2

from core.language import _
from core.preprocessing.naming import quote_names, unique_names
from core.preprocessing.reading.csv_parser.cell_patterns import are_years, is_comment, is_measured, is_remark, is_value
from core.preprocessing.reading.csv_parser.name_rows import (
    are_value_names,
    column_at,
    count_name_rows,
    holds_names,
    join_names,
    without_midnight,
)
from core.preprocessing.reading.csv_parser.rows import Row
from core.preprocessing.schema import Cell, Change

MOST_WIDTHS = 8  # that are considered as the width of the table
NARROW = 0.25  # the weight of a row of a single cell
FEWEST_OF_A_TABLE = 4  # rows of a first table, its names among them, that a wider one below does not replace
FEWEST_LABELLED = 3  # rows with one cell more than there are names
NEARLY_ALL = 0.9


@dataclass(frozen=True)
class Layout:
    """Where the names and the data of a table are.

    Attributes:
        header: the position of the row of names among the rows given, None if there is none.
        first: the position of the first data row.
        width: how many cells most rows have.
        groups: the position of a row of names above the row of names, with which it is joined.
        is_labelled: whether each row begins with a label for which there is no name.
        is_comment: whether the names are in a comment line.
        has_values: whether some names are values themselves, such as dates, but the rows below hold something else.
    """

    header: int | None
    first: int
    width: int
    groups: int | None = None
    is_labelled: bool = False
    is_comment: bool = False
    has_values: bool = False


def detect_header(rows: Sequence[Sequence[str]], missing: Collection[str]) -> Layout:
    """Guess the layout from the first rows of a file that are not blank; there has to be one.

    The table is where most rows, weighted by their width, have as many cells. Rows above it that have fewer cells and
    only the first one filled count as titles if they look like remarks, or if the row below them looks like names; rows
    of another length do if a row of names begins the table, or if they are no names themselves.
    """
    top, width = _find_top(rows, missing)
    below = [row for row in rows[top + 1 :] if len(row) >= min(width, len(rows[top]))]
    if not holds_names(rows[top], below, missing):
        return Layout(None, top, width)
    more = count_name_rows(rows[top], rows[top + 1 :], missing)
    is_comment_line = top > 0 and is_comment(rows[top][0]) and is_comment(rows[top - 1][0])
    is_joined = more > 0 and join_names(rows[top], rows[top + 1]) is not None
    header = top + is_joined
    return Layout(
        header,
        top + 1 + more,
        width,
        top if is_joined else None,
        has_row_labels(rows[top], rows[top + 1 + more :], missing),
        is_comment_line,
        any(map(is_value, rows[top])) and not are_years([cell for cell in rows[top] if is_value(cell)]),
    )


def has_row_labels(names: Sequence[str], body: Sequence[Sequence[str]], missing: Collection[str]) -> bool:
    """Return whether nearly all rows have one cell more than there are names, as R and pandas write row labels.

    Three rows at least have to show it. An extra delimiter at the end of each row makes no label, nor does a comma in
    the text or the numbers of a single column.
    """
    width = len(names) + 1
    longer = [row for row in body if len(row) == width]
    if len(longer) < max(FEWEST_LABELLED, NEARLY_ALL * len(body)) or not all(map(str.strip, names[-1:])):
        return False
    if 2 * sum(1 for row in longer if row[-1].strip()) < len(longer):
        return False
    numbers = column_at(longer, 1)
    has_points = any("." in number for number in numbers) or not is_measured(column_at(longer, 0), missing)
    return width > 2 or (has_points and is_measured(numbers, missing))


def find_run(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return where the table probably begins, and how many cells its rows have.

    That is the stretch of rows in which rows of one length outnumber the others most, weighted by their width, so that
    many remarks of one cell do not outweigh a short table.
    """
    lengths = [len(row) for row in rows]
    above = 0
    while above < len(rows) - 1 and is_comment(rows[above][0]):
        above += 1
    lengths = lengths[above:]
    best = (-1.0, 0, 0)
    for width, _count in Counter(lengths).most_common(MOST_WIDTHS):
        total, start, most, begun = 0, 0, 0, 0
        for place, length in enumerate(lengths):
            if total < 0:
                total, start = 0, place
            total += 1 if length == width else -1
            if total > most:
                most, begun = total, start
        lone = width > 1 and most == 1 and len(lengths) > 2
        weight = log2(width + 1) if width > 1 and not lone else NARROW
        best = max(best, (weight * most, width, begun), key=lambda found: found[:2])
    start = above + best[2]
    if above and start == above and is_comment(rows[above - 1][0]) and len(rows[above - 1]) == best[1] > 1:
        start -= 1  # the last comment may hold the names
    return start, best[1]


def given_header(rows: Sequence[Sequence[str]], header: int | None, missing: Collection[str]) -> Layout:
    """Return the layout if the row of names is known, or known to be absent."""
    first = 0 if header is None else header + 1
    width = find_run(rows[first:] or rows)[1]
    if header is None:
        while first < len(rows) - 1 and filled(rows[first]) < width and is_remark(rows[first][0]):
            first += 1
    is_labelled = header is not None and has_row_labels(rows[header], rows[first:], missing)
    return Layout(header, first, width, is_labelled=is_labelled)


def filled(row: Sequence[str]) -> int:
    """Return how many cells the row has, without blank ones at its end.

    >>> filled(["a", "", "b", " ", ""])
    3
    """
    count = len(row)
    while count and not row[count - 1].strip():
        count -= 1
    return count


def _find_top(rows: Sequence[Sequence[str]], missing: Collection[str]) -> tuple[int, int]:
    """Return the position of the first row that is no title, mostly 0, and the width of the table."""
    start, width = find_run(rows)
    top = _skip_titles(rows, width, missing)
    if top >= start or len(rows[top]) == width:
        return top, width
    first = rows[top:start]
    if len(first) >= FEWEST_OF_A_TABLE and len(first) * FEWEST_OF_A_TABLE >= len(rows) - start:
        run, own = find_run(first)
        if run == 0 and own > 1 and _begins_table(first, 0, own, missing):
            return top, own
    if _begins_table(rows, start, width, missing):
        return start, width
    if start - 1 > top and len(rows[start - 1]) == len(rows[start - 2]):
        return start, width  # lines alike, such as keys and values
    for place in (start - 1, top):
        if _may_be_names(rows[place], rows[start:], missing):
            return place, width
    body = [row for row in rows[start:] if len(row) == width]
    return start if any(is_measured(column_at(body, at), missing) for at in range(width)) else top, width


def _begins_table(rows: Sequence[Sequence[str]], place: int, width: int, missing: Collection[str]) -> bool:
    """Return whether this row clearly holds names: texts that differ, one of them at least above numbers or dates."""
    row = [cell.strip() for cell in rows[place]]
    names = [name for name in row if name]
    body = [other for other in rows[place + 1 :] if len(other) == width]
    if len(names) < 2 or len(set(names)) < len(names) or not body:
        return False
    valued = [at for at, cell in enumerate(row) if is_value(cell)]
    if valued and not are_value_names(row, valued, body, missing):
        return False
    return any(cell and is_measured(column_at(body, at), missing) for at, cell in enumerate(row))


def _may_be_names(row: Sequence[str], body: Sequence[Sequence[str]], missing: Collection[str]) -> bool:
    """Return whether a row of another length than those below it may hold their names.

    One that lacks more than one name, or has as many values as names, may not.
    """
    if filled(row) < max(map(filled, body)) - 1:
        return False
    values = [at for at, cell in enumerate(row) if is_value(cell)]
    return 2 * len(values) < filled(row) or are_value_names(row, values, body, missing)


def _skip_titles(rows: Sequence[Sequence[str]], width: int, missing: Collection[str]) -> int:
    """Return the position of the first row that does not look like a title."""
    top = 0
    while top < len(rows) - 1 and filled(rows[top]) < width and _may_be_title(rows[top], width):
        top += 1
    if top == 0 or all(is_remark(row[0]) and filled(row) < width for row in rows[:top]):
        return top
    body = rows[top + 1 :]
    named = [
        not is_value(rows[top][place]) and is_measured([row[place] for row in body if len(row) > place], missing)
        for place in range(min(width, len(rows[top])))
    ]
    regular = len(body) >= 2 and width >= 3 and all(len(row) == width for row in body)
    valued = [place for place, cell in enumerate(rows[top]) if is_value(cell)]
    if valued and not are_value_names(rows[top], valued, body, missing):
        return 0
    return top if width > 1 and (any(named) or regular or valued) else 0


def _may_be_title(row: Sequence[str], width: int) -> bool:
    return filled(row) <= 1 or is_remark(row[0]) or (width > 3 and filled(row) <= 2)


@dataclass(frozen=True)
class Names:
    """The names of the columns.

    Attributes:
        names: in the order of the file.
        renamed: whether they differ from those in the file.
        changes: what was changed.
        notes: what was noticed.
    """

    names: tuple[str, ...]
    renamed: bool
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


def name_columns(header: Row | None, width: int) -> Names:
    """Name `width` columns by the row of names: a blank one becomes `column_3` by its position, later duplicates get
    `_2`, `_3`. Without such a row all are named by their position.
    """
    if header is None:
        note = _(
            "The file has no header row, so columns were named column_1, column_2, ...; if its first row holds the "
            "names, choose it as the header row."
        )
        return Names(tuple(f"column_{place}" for place in range(1, width + 1)), True, notes=(note,))
    raw = [*header.cells[:width], *[""] * (width - len(header.cells))]
    stripped = [without_midnight(name.strip()) for name in raw]
    named = [name or f"column_{place}" for place, name in enumerate(stripped, start=1)]
    names = unique_names(named)
    invented = [place for place, name in enumerate(stripped) if not name]
    renamed = [place for place in range(width) if names[place] != named[place]]
    changes = []
    if invented:
        sentence = _("Columns without a name were named by their position: {names}.")
        changes.append(_tell(sentence, invented, names, stripped, header.line))
    if renamed:
        sentence = _("Repeated names were made unique: {names}.")
        changes.append(_tell(sentence, renamed, names, stripped, header.line))
    notes = [change.sentence for change in changes]
    if width == 1:
        notes.append(_("The table has a single column, “{name}”.").format(name=names[0]))
    return Names(tuple(names), names != raw, tuple(changes), tuple(notes))


def _tell(sentence: str, places: Sequence[int], names: Sequence[str], before: Sequence[str], line: int) -> Change:
    cells = tuple(Cell(None, line, names[place], before[place], names[place]) for place in places[:1_000])
    return Change(
        "columns_renamed", sentence.format(names=quote_names([names[place] for place in places])), len(places), cells
    )
