"""Which rows of a file are the table: where the data begins and ends, and the rows above and below."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import islice

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing.naming import quote_names
from core.preprocessing.reading.csv_parser.blocks import count_quotes, find_row_end
from core.preprocessing.reading.csv_parser.cell_patterns import COMMENTS
from core.preprocessing.reading.csv_parser.csv_dialect import (
    MOST_ROWS,
    count_comments,
    is_sep_line,
    take_prefix,
)
from core.preprocessing.reading.csv_parser.footer import Footer, find_footer
from core.preprocessing.reading.csv_parser.header_detection import (
    Layout,
    detect_header,
    filled,
    given_header,
)
from core.preprocessing.reading.csv_parser.name_rows import join_names
from core.preprocessing.reading.csv_parser.rows import Dialect, Row, count_lines, cut_rows, filled_rows, never_closed

TAIL = 1 << 16  # bytes at the end that are searched for remarks,
LONGEST_TAIL = 1 << 20  # more if they hold nothing but delimiters


@dataclass(frozen=True)
class TableBounds:
    """Where the data rows are.

    Attributes:
        start: the position of their first byte.
        end: the position after their last byte.
        line: the line at `start`.
        header: the row of names.
        header_row: its position among the rows that are not blank.
        above: the rows before the data that are not part of it, with their positions.
        below: the rows after the data that are no part of it.
        first: the position of the first data row.
        width: the number of cells that its rows have.
        sample: its first rows.
        groups: the position of a row of names that was joined with the row of names below it.
        header_differs: whether the names are not literally those of that row.
        notes: what was guessed about the names and the rows below.
    """

    start: int
    end: int
    line: int
    header: Row | None
    header_row: int | None
    above: tuple[tuple[int, Row], ...]
    below: tuple[Row, ...]
    first: int
    width: int
    sample: tuple[list[str], ...]
    groups: int | None = None
    header_differs: bool = False
    notes: tuple[str, ...] = ()


def find_table_bounds(
    data: bytes,
    dialect: Dialect,
    header: int | str | None,
    skip_end: int | None,
    missing: Collection[str],
    *,
    keep_sums: bool = False,
) -> TableBounds:
    """Find the table. `header` is the position of the row of names, "none", or None to detect it; so is `skip_end`.

    `keep_sums` says that a row of sums at the end is one of its rows.

    Raises InputError for a file without rows, or without the requested row.
    """
    rows = _first_rows(data, dialect, header if isinstance(header, int) else 0)
    skipped = int(is_sep_line(rows[0].cells, dialect) and len(rows) > 1)
    layout = _lay_out(rows, skipped, header, missing)
    names, notes = _take_names(rows, layout)
    width = _physical_width(rows, layout, names)
    above = [
        (place, row) for place, row in enumerate(rows[: layout.first]) if place not in (layout.header, layout.groups)
    ]
    last = rows[layout.first - 1] if layout.first else None
    start, line = (last.end, last.line + count_lines(data, last.start, last.end)) if last else (0, 1)
    below, more = _find_below(data, dialect, start, width, skip_end, missing, keep_sums=keep_sums)
    return TableBounds(
        start=start,
        end=below[0].start if below else len(data),
        line=line,
        header=names,
        header_row=layout.header,
        above=tuple(above),
        below=below,
        first=layout.first,
        width=width,
        sample=tuple(row.cells for row in rows[layout.first :]),
        groups=layout.groups,
        header_differs=names is not None and layout.header is not None and names != rows[layout.header],
        notes=(*notes, *more),
    )


def _first_rows(data: bytes, dialect: Dialect, header: int) -> list[Row]:
    """Return the rows at the beginning, some more than up to the row of names."""
    prefix = take_prefix(data)
    rows = list(islice(filled_rows(prefix, dialect), MOST_ROWS + count_comments(prefix)))
    if len(prefix) < len(data) and rows and not rows[-1].closed:
        rows.pop()
    if not rows or (len(rows) <= header + 1 and (len(prefix) < len(data) or len(rows) == MOST_ROWS)):
        rows = list(islice(filled_rows(data, dialect), header + MOST_ROWS))
    if not rows:
        raise InputError(_("The file is empty; a header and at least one row are needed."))
    if not rows[-1].closed:
        raise never_closed(rows[-1].line)
    if header >= len(rows):
        raise InputError(
            ngettext(
                "Row {place} was chosen as the header row, but the file has {count} row; choose an earlier one.",
                "Row {place} was chosen as the header row, but the file has {count} rows; choose an earlier one.",
                len(rows),
            ).format(place=header + 1, count=len(rows))
        )
    return rows


def _lay_out(rows: list[Row], skipped: int, header: int | str | None, missing: Collection[str]) -> Layout:
    """Return the layout, with positions among all rows that are not blank."""
    if isinstance(header, int):
        return given_header([row.cells for row in rows], header, missing)
    cells = [row.cells for row in rows[skipped:]]
    found = detect_header(cells, missing) if header is None else given_header(cells, None, missing)
    return replace(
        found,
        header=None if found.header is None else found.header + skipped,
        first=found.first + skipped,
        groups=None if found.groups is None else found.groups + skipped,
    )


def _take_names(rows: list[Row], layout: Layout) -> tuple[Row | None, tuple[str, ...]]:
    """Return the row of names, joined with the one above it, without a comment mark and with a blank name for labels.

    The notes are on what was done to it.
    """
    if layout.header is None:
        return None, ()
    names = rows[layout.header]
    cells, notes = list(names.cells), []
    if layout.groups is not None:
        cells = join_names(rows[layout.groups].cells, cells) or cells
        notes.append(_("Names in two rows were joined: {names}.").format(names=quote_names(filter(None, cells))))
    if layout.is_comment:
        cells[0] = cells[0].lstrip().lstrip("".join(COMMENTS)).lstrip()
        notes.append(_("The names are in a comment line; the mark before “{name}” was left off.").format(name=cells[0]))
    if layout.has_values:
        notes.append(
            _("The row {names} was read as names, since the rows below hold other values; else choose none.").format(
                names=quote_names(cell for cell in names.cells if cell.strip())
            )
        )
    if layout.is_labelled:
        cells.insert(0, "")
        notes.append(
            _("Every row has one cell more than there are names, as with row labels: the first column has no name.")
        )
    return names._replace(cells=cells), tuple(notes)


def _physical_width(rows: list[Row], layout: Layout, names: Row | None) -> int:
    """Return how many cells rows have: as many as there are names, or one more if all end in a delimiter."""
    if names is None:
        return layout.width
    width = len(names.cells)
    longer = [row.cells for row in rows[layout.first :] if len(row.cells) > width]
    is_trailing = longer and layout.width == width + 1 and all(filled(cells) <= width for cells in longer)
    return width + 1 if is_trailing else width


def _find_below(
    data: bytes,
    dialect: Dialect,
    start: int,
    width: int,
    skip_end: int | None,
    missing: Collection[str],
    *,
    keep_sums: bool,
) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Return the rows at the end that are not part of the table, and notes on what they are."""
    if skip_end == 0:
        return (), ()
    size = TAIL
    while True:
        place, rows = _cut_tail(data, dialect, start, max(start, len(data) - size))
        full = [row for row in rows if not row.is_blank]
        enough = any(filled(row.cells) for row in full) if skip_end is None else len(full) > skip_end
        if enough or place <= start or (skip_end is None and size >= LONGEST_TAIL):
            break
        size *= 4
    footer = Footer(skip_end or 0)
    if skip_end is None:
        cells = [None if row.is_blank else row.cells for row in rows]
        footer = find_footer(cells, width, missing, is_whole=place <= start and not keep_sums)
    below = full[len(full) - min(footer.count, len(full)) :]
    before = count_lines(data, 0, place) if below else 0
    return tuple(Row(row.cells, row.start, row.end, row.line + before) for row in below), footer.notes


def _cut_tail(data: bytes, dialect: Dialect, start: int, place: int) -> tuple[int, list[Row]]:
    """Return where the first row after `place` begins, and the rows from there on, with their lines counted again."""
    if place > start:
        quote = dialect.quote.encode()
        found = find_row_end(data, place, len(data), ord(quote), count_quotes(data, quote, start, place) % 2)
        place = len(data) if found is None else found
    try:
        return place, list(cut_rows(data, dialect, place))
    except InputError:
        return place, []
