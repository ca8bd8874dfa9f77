"""Where the table is in a file: titles above it, the row of names, remarks below it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from core.language import _
from core.preprocessing.naming import quote_names, unique_names
from core.preprocessing.reading.csv_parser.cell_patterns import are_years, is_measured, is_remark, is_value
from core.preprocessing.reading.csv_parser.rows import Row
from core.preprocessing.schema import Cell, Change

MOST_TITLES = 50  # rows
MOST_COMPARED = 20  # rows above a remark
FEWEST_TO_RECUR = 10  # rows below the first, needed to see that its texts are repeated


@dataclass(frozen=True)
class Layout:
    """Where the names and the data of a table are.

    Attributes:
        header: the position of the row of names among the rows given, None if there is none.
        first: the position of the first data row.
        width: how many cells most rows have.
        units: the positions of rows with units in between.
    """

    header: int | None
    first: int
    width: int
    units: tuple[int, ...] = ()


def detect_header(rows: Sequence[Sequence[str]], missing: Collection[str]) -> Layout:
    """Guess the layout from the first rows of a file that are not blank; there has to be one.

    Rows above the table have fewer cells than it, and only the first one filled; they count as titles if they look like
    remarks, or if the row below them looks like names.
    """
    width = _usual_width(rows)
    top = _find_top(rows, width, missing)
    body = [row for row in rows[top + 1 :] if len(row) >= min(width, len(rows[top]))]
    if not _is_header(rows[top], body, missing):
        return Layout(None, top, width)
    units = (top + 1,) if len(rows) > top + 2 and _are_units(rows[top + 1]) else ()
    return Layout(top, top + 1 + len(units), width, units)


def given_header(rows: Sequence[Sequence[str]], header: int | None) -> Layout:
    """Return the layout if the row of names is known, or known to be absent."""
    first = 0 if header is None else header + 1
    width = _usual_width(rows[first:] or rows)
    if header is None:
        while first < len(rows) - 1 and filled(rows[first]) < width and is_remark(rows[first][0]):
            first += 1
    return Layout(header, first, width)


def filled(row: Sequence[str]) -> int:
    """Return how many cells the row has, without blank ones at its end.

    >>> filled(["a", "", "b", " ", ""])
    3
    """
    count = len(row)
    while count and not row[count - 1].strip():
        count -= 1
    return count


def find_footer(rows: Sequence[Sequence[str] | None], width: int, missing: Collection[str]) -> int:
    """Return how many rows at the end are remarks below the table; None among the rows is a blank line.

    A remark has its text in the first cell, or begins like a remark; and the column above it is numeric, or the remark
    follows a blank line or has two words. Rows with only delimiters above a remark belong to it.
    """
    full = [place for place, row in enumerate(rows) if row is not None and _is_full(row, width)]
    if width < 2 or not full:
        return 0
    measured = is_measured([(rows[place] or [""])[0] for place in full[-MOST_COMPARED:]], missing)
    count, bare, apart = 0, 0, False
    for row in rows[full[-1] + 1 :]:
        if row is None or not filled(row):
            apart = True
            bare += row is not None
        elif _is_footer(row, width, missing, measured, apart=apart):
            count, bare = count + bare + 1, 0
        else:
            count, bare, apart = 0, 0, False
    return count + bare if count else 0


def _is_full(row: Sequence[str], width: int) -> bool:
    count = filled(row)
    return count == width or (count >= max(2, width // 2) and not is_remark(row[0]))


def _is_footer(row: Sequence[str], width: int, missing: Collection[str], measured: bool, *, apart: bool) -> bool:
    text = row[0].strip()
    if is_remark(text) and (filled(row) < width or apart):
        return True
    if filled(row) != 1 or is_value(text) or text in missing:
        return False
    return measured or apart or " " in text


def _usual_width(rows: Sequence[Sequence[str]]) -> int:
    """Return the most frequent number of cells; of several, the larger."""
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width], width))


def _find_top(rows: Sequence[Sequence[str]], width: int, missing: Collection[str]) -> int:
    """Return the position of the first row that is no title, mostly 0."""
    top = 0
    while top < min(len(rows) - 1, MOST_TITLES) and filled(rows[top]) < width and _may_be_title(rows[top], width):
        top += 1
    if top == 0 or all(is_remark(row[0]) and filled(row) < width for row in rows[:top]):
        return top
    body = rows[top + 1 :]
    measured = [
        not is_value(rows[top][place]) and is_measured([row[place] for row in body if len(row) > place], missing)
        for place in range(min(width, len(rows[top])))
    ]
    regular = len(body) >= 2 and width >= 3 and all(len(row) == width for row in body)
    names = not any(map(is_value, rows[top]))
    return top if width > 1 and names and (any(measured) or regular) else 0


def _may_be_title(row: Sequence[str], width: int) -> bool:
    return filled(row) <= 1 or is_remark(row[0]) or (width > 3 and filled(row) <= 2)


def _is_header(row: Sequence[str], body: Sequence[Sequence[str]], missing: Collection[str]) -> bool:
    """Return whether the row holds names: texts above columns of numbers or dates.

    Successive years are names of columns. If no column is numeric, names are texts that are hardly repeated below.
    """
    if not body:
        return True
    named = valued = recurring = 0
    for place, cell in enumerate(map(str.strip, row)):
        column = [other[place].strip() for other in body if len(other) > place]
        if cell in missing or not column:
            continue
        if is_measured(column, missing):
            valued += is_value(cell)
            named += not is_value(cell)
        recurring += cell in column
    if named or valued:
        return named > 0 or are_years([cell for cell in row if is_value(cell)])
    return len(body) < FEWEST_TO_RECUR or 2 * recurring < filled(row)


def _are_units(row: Sequence[str]) -> bool:
    """Return whether all cells that are not empty are in brackets, like units below names."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return len(cells) > 1 and all(cell[0] + cell[-1] in ("()", "[]") and not is_value(cell[1:-1]) for cell in cells)


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
    stripped = [name.strip() for name in raw]
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
