"""Rows between those of the data that are no part of it: the names again, and comments."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from core.formatting import format_list
from core.language import ngettext
from core.preprocessing.reading.csv_parser.blocks import count_quotes
from core.preprocessing.reading.csv_parser.cell_patterns import is_measured, is_value
from core.preprocessing.reading.csv_parser.raw_rows import CutRows
from core.preprocessing.reading.csv_parser.rows import Dialect, count_lines
from core.preprocessing.reading.csv_parser.table_bounds import TableBounds
from core.preprocessing.schema import MOST_CELLS_LISTED, Cell, Change

MARK = b"\xef\xbb\xbf"  # the byte order mark of a file that was joined to another
BREAKS = (b"\n", b"\r")
MOST_LINES = 5


@dataclass(frozen=True)
class Repeat:
    """A repeated row of names, or a comment, that was removed from the text.

    Attributes:
        place: its position in the text without it.
        line: its line in the file.
        comment: its text if it is a comment, else None.
    """

    place: int
    line: int
    comment: str | None = None


def leave_out_repeats(
    data: bytes, extent: TableBounds, dialect: Dialect, missing: Collection[str]
) -> tuple[bytes, TableBounds, tuple[Repeat, ...]]:
    """Return the text with a blank line for each repetition of the row of names and each comment, the bounds in it, and
    these rows.

    A row counts as names only if it equals them literally and some column is numeric or of dates, which no name is:
    among words alone, rows may be equal for another reason. A comment begins with # and has fewer cells than the table.
    """
    if extent.width < 2:
        return data, extent, ()
    found = list(_find_comments(data, extent, dialect))
    names = extent.header
    if names is not None and len(names.cells) > 1 and _is_told_apart(extent, missing):
        found = sorted([*found, *_find(data, extent, dialect)])
    kept, repeats, last, removed, line = [], [], 0, 0, extent.line
    for begin, end in found:
        kept.append(data[last:begin])
        line += count_lines(data, max(last, extent.start), begin)
        text = data[begin:end].decode()
        repeats.append(Repeat(begin - removed, line, text if text.startswith("#") else None))
        last, removed = end, removed + end - begin
    if not repeats:
        return data, extent, ()
    sample = tuple(cells for cells in extent.sample if not _is_left_out(cells, extent))
    return b"".join([*kept, data[last:]]), replace(extent, end=extent.end - removed, sample=sample), tuple(repeats)


def _is_left_out(cells: Sequence[str], extent: TableBounds) -> bool:
    is_comment = cells[0].startswith("#") and len(cells) < extent.width
    return is_comment or (extent.header is not None and _are_names(cells, extent.header.cells))


def skipped_places(repeats: Sequence[Repeat], raw: CutRows, first: int) -> list[int]:
    """Return the positions of these rows among all that are not blank; `first` is that of the first row of data."""
    return [first + raw.count_before(repeat.place) + earlier for earlier, repeat in enumerate(repeats)]


def report_repeats(repeats: Sequence[Repeat], extent: TableBounds, delimiter: str) -> list[Change]:
    """Return the changes for repeated rows of names and for comments."""
    names = [repeat for repeat in repeats if repeat.comment is None]
    comments = [repeat for repeat in repeats if repeat.comment is not None]
    changes = []
    if names and extent.header is not None:
        sentence = ngettext(
            "The header row is repeated in line {lines} and was left out there.",
            "The header row is repeated {count} times, in lines {lines}, and was left out there.",
            len(names),
        )
        changes.append(_report(sentence, names, delimiter.join(extent.header.cells)))
    if comments:
        sentence = ngettext(
            "{count} comment between the rows was left out, in line {lines}.",
            "{count} comments between the rows were left out, in lines {lines}.",
            len(comments),
        )
        changes.append(_report(sentence, comments, ""))
    return changes


def _report(sentence: str, rows: Sequence[Repeat], names: str) -> Change:
    lines = format_list(str(row.line) for row in rows[:MOST_LINES]) + ("…" if len(rows) > MOST_LINES else "")
    cells = tuple(Cell(None, row.line, "", row.comment or names, "") for row in rows[:MOST_CELLS_LISTED])
    return Change("rows_left_out", sentence.format(count=len(rows), lines=lines), len(rows), cells)


def _is_told_apart(extent: TableBounds, missing: Collection[str]) -> bool:
    names = extent.header.cells if extent.header is not None else []
    rows = [cells for cells in extent.sample if len(cells) == len(names) and not _are_names(cells, names)]
    return any(
        not is_value(name) and is_measured([cells[place] for cells in rows], missing)
        for place, name in enumerate(names)
    )


def _are_names(cells: Sequence[str], names: Sequence[str]) -> bool:
    return [cells[0].removeprefix("\ufeff"), *cells[1:]] == names


def _find(data: bytes, extent: TableBounds, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Yield where such rows begin and end, without the line break: whole lines outside quotes."""
    assert extent.header is not None
    names = data[extent.header.start : extent.header.end].strip(b"\r\n")
    quote = dialect.quote.encode()
    place, counted, quotes = data.find(names, extent.start, extent.end), extent.start, 0
    while place >= 0:
        end = place + len(names)
        begin = place - len(MARK) * (data[place - len(MARK) : place] == MARK)
        if (begin == extent.start or data[begin - 1 : begin] in BREAKS) and data[end : end + 1] in (*BREAKS, b""):
            quotes, counted = quotes + count_quotes(data, quote, counted, begin), begin
            if quotes % 2 == 0:
                yield begin, end
        place = data.find(names, end, extent.end)


def _find_comments(data: bytes, extent: TableBounds, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Yield where comments begin and end, without the line break: lines with # first, outside quotes, lacking cells."""
    if b"#" not in data:
        return  # of most files: a search for a byte is many times faster than one for a pattern
    quote, delimiter = dialect.quote.encode(), dialect.delimiter.encode()
    counted, quotes = extent.start, 0
    cell = rb"[^\r\n" + re.escape(delimiter) + rb"]*+"
    fewer = b"(?:" + re.escape(delimiter) + cell + b"){0,%d}+" % (extent.width - 2)
    comment = re.compile(rb"(?:\A|[\r\n])(#" + cell + fewer + rb")(?=[\r\n]|\Z)")
    for line in comment.finditer(data, max(extent.start - 1, 0), extent.end):
        begin, end = line.span(1)
        quotes, counted = quotes + count_quotes(data, quote, counted, begin), begin
        if quotes % 2 == 0:
            yield begin, end
            counted = end
