"""Which rows of a file are the table: where the data begins and ends, and what stands above and below."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing.reading.blocks import count_quotes, find_row_end
from core.preprocessing.reading.dialects import MOST_ROWS, is_sep_line, take_prefix
from core.preprocessing.reading.layout import Layout, filled, find_footer, find_layout, given_layout
from core.preprocessing.reading.rows import Dialect, Row, count_lines, cut_rows, filled_rows, never_closed

TAIL = 1 << 16  # bytes at the end that are searched for remarks


@dataclass(frozen=True)
class Extent:
    """The rows of data lie from `start` to `end`; `line` is the line at `start`.

    `header` is the row of names and `header_row` its place among the rows that are not blank; `above` are the rows
    before the data that are no part of it, with their places, `below` those after it. `first` is the place of the first
    row of data, `width` the number of cells that its rows have, `sample` its first rows.
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


def find_extent(
    data: bytes, dialect: Dialect, header: int | str | None, skip_end: int | None, missing: Collection[str]
) -> Extent:
    """Find the table. `header` is the place of the row of names, "none", or None to guess; so is `skip_end`.

    Raises InputError for a file without rows, or without the row asked for.
    """
    rows = _first_rows(data, dialect, header if isinstance(header, int) else 0)
    skipped = int(is_sep_line(rows[0].cells, dialect) and len(rows) > 1)
    layout = _lay_out(rows, skipped, header, missing)
    width = _physical_width(rows, layout)
    above = [(place, row) for place, row in enumerate(rows[: layout.first]) if place != layout.header]
    names = rows[layout.header] if layout.header is not None else None
    last = rows[layout.first - 1] if layout.first else None
    start, line = (last.end, last.line + count_lines(data, last.start, last.end)) if last else (0, 1)
    below = _find_below(data, dialect, start, width, skip_end, missing)
    return Extent(
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
    )


def _first_rows(data: bytes, dialect: Dialect, header: int) -> list[Row]:
    """Return the rows at the beginning, some more than the place of the row of names."""
    prefix = take_prefix(data)
    rows = list(islice(filled_rows(prefix, dialect), MOST_ROWS))
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
                "The names were to come from row {place}, but the file has {count} row; choose an earlier one.",
                "The names were to come from row {place}, but the file has {count} rows; choose an earlier one.",
                len(rows),
            ).format(place=header + 1, count=len(rows))
        )
    return rows


def _lay_out(rows: list[Row], skipped: int, header: int | str | None, missing: Collection[str]) -> Layout:
    """Return the layout, with places among all rows that are not blank."""
    if isinstance(header, int):
        return given_layout([row.cells for row in rows], header)
    cells = [row.cells for row in rows[skipped:]]
    found = find_layout(cells, missing) if header is None else given_layout(cells, None)
    place = None if found.header is None else found.header + skipped
    return Layout(place, found.first + skipped, found.width)


def _physical_width(rows: list[Row], layout: Layout) -> int:
    """Return how many cells rows have: as many as there are names, or one more where all end in a delimiter."""
    if layout.header is None:
        return layout.width
    width = len(rows[layout.header].cells)
    longer = [row.cells for row in rows[layout.first :] if len(row.cells) > width]
    is_trailing = longer and layout.width == width + 1 and all(filled(cells) <= width for cells in longer)
    return width + 1 if is_trailing else width


def _find_below(
    data: bytes, dialect: Dialect, start: int, width: int, skip_end: int | None, missing: Collection[str]
) -> tuple[Row, ...]:
    """Return the rows at the end that are no part of the table."""
    if skip_end == 0:
        return ()
    size = TAIL
    while True:
        place, rows = _cut_tail(data, dialect, start, max(start, len(data) - size))
        full = [row for row in rows if not row.is_blank]
        if skip_end is None or len(full) > skip_end or place <= start:
            break
        size *= 4
    count = skip_end
    if count is None:
        count = find_footer([None if row.is_blank else row.cells for row in rows], width, missing)
    below = full[len(full) - min(count, len(full)) :]
    before = count_lines(data, 0, place) if below else 0
    return tuple(Row(row.cells, row.start, row.end, row.line + before) for row in below)


def _cut_tail(data: bytes, dialect: Dialect, start: int, place: int) -> tuple[int, list[Row]]:
    """Return where the first row after `place` begins, and the rows from there on, their lines counted anew."""
    if place > start:
        quote = dialect.quote.encode()
        found = find_row_end(data, place, len(data), ord(quote), count_quotes(data, quote, start, place) % 2)
        place = len(data) if found is None else found
    try:
        return place, list(cut_rows(data, dialect, place))
    except InputError:
        return place, []
