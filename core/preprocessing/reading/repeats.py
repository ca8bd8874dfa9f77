"""The row of names that comes again further down, as where files were joined one behind the other."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from core.language import ngettext
from core.preprocessing.reading.blocks import count_quotes
from core.preprocessing.reading.extent import Extent
from core.preprocessing.reading.looks import is_measured, is_value
from core.preprocessing.reading.raw import CutRows
from core.preprocessing.reading.rows import Dialect, count_lines
from core.preprocessing.reading.table import MOST_CELLS_LISTED, Cell, Change

MARK = b"\xef\xbb\xbf"  # the byte order mark of a file that was joined to another
BREAKS = (b"\n", b"\r")
MOST_TOLD = 5


@dataclass(frozen=True)
class Repeat:
    """Where the row of names stood, in the text without it, and its line in the file."""

    place: int
    line: int


def leave_out_repeats(
    data: bytes, extent: Extent, dialect: Dialect, missing: Collection[str]
) -> tuple[bytes, Extent, tuple[Repeat, ...]]:
    """Return the text with a blank line wherever the row of names comes again, the table in it, and where that was.

    A row is such only if it is spelled as the names are and some column below them holds numbers or dates, which no
    name is: among words alone, equal rows may be equal for another reason.
    """
    if extent.header is None or len(extent.header.cells) < 2 or not _is_told_apart(extent, missing):
        return data, extent, ()
    kept, repeats, last, removed, line = [], [], 0, 0, extent.line
    for begin, end in _find(data, extent, dialect):
        kept.append(data[last:begin])
        line += count_lines(data, max(last, extent.start), begin)
        repeats.append(Repeat(begin - removed, line))
        last, removed = end, removed + end - begin
    if not repeats:
        return data, extent, ()
    sample = tuple(cells for cells in extent.sample if not _are_names(cells, extent.header.cells))
    return b"".join([*kept, data[last:]]), replace(extent, end=extent.end - removed, sample=sample), tuple(repeats)


def skipped_places(repeats: Sequence[Repeat], raw: CutRows, first: int) -> list[int]:
    """Return the places of these rows among all that are not blank; `first` is that of the first row of data."""
    return [first + raw.count_before(repeat.place) + earlier for earlier, repeat in enumerate(repeats)]


def tell_repeats(repeats: Sequence[Repeat], extent: Extent, delimiter: str) -> list[Change]:
    """Tell where the row of names came again."""
    if not repeats or extent.header is None:
        return []
    text = delimiter.join(extent.header.cells)
    lines = ", ".join(str(repeat.line) for repeat in repeats[:MOST_TOLD]) + ("…" if len(repeats) > MOST_TOLD else "")
    sentence = ngettext(
        "The row of names comes again in line {lines} and was left out there.",
        "The row of names comes again {count} times and was left out there, in lines {lines}.",
        len(repeats),
    ).format(count=len(repeats), lines=lines)
    cells = tuple(Cell(None, repeat.line, "", text, "") for repeat in repeats[:MOST_CELLS_LISTED])
    return [Change("rows_left_out", sentence, len(repeats), cells)]


def _is_told_apart(extent: Extent, missing: Collection[str]) -> bool:
    names = extent.header.cells if extent.header is not None else []
    rows = [cells for cells in extent.sample if len(cells) == len(names) and not _are_names(cells, names)]
    return any(
        not is_value(name) and is_measured([cells[place] for cells in rows], missing)
        for place, name in enumerate(names)
    )


def _are_names(cells: Sequence[str], names: Sequence[str]) -> bool:
    return [cells[0].removeprefix("\ufeff"), *cells[1:]] == names


def _find(data: bytes, extent: Extent, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """Yield where such rows begin and end, the line break aside: whole lines outside quotes."""
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
