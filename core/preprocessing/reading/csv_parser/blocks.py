"""Split a text into blocks of whole rows, and check whether the quotes in a block make the ends of its rows certain."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.preprocessing.reading.csv_parser.rows import Dialect

SIZE = 1 << 23  # bytes of a block: large enough for all cores, small enough to report progress often
WINDOW = 1 << 16
STEP = 1 << 18  # bytes searched at once, so that they stay in the cache
LONGEST_ROW = 1 << 25  # bytes after which the search for the end of a row stops

LF, CR = ord("\n"), ord("\r")

Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Block:
    """Whole rows of a text.

    Attributes:
        start: the position of their first byte.
        end: the position after their last byte.
        is_tidy: whether every quote is the first or last character of its cell or doubled inside it, so that all
            parsers find the same rows; if False the rows may end elsewhere.
        has_breaks: whether cells hold line breaks.
    """

    start: int
    end: int
    is_tidy: bool = True
    has_breaks: bool = False


def next_block(data: bytes, start: int, end: int, dialect: Dialect, size: int = SIZE) -> Block:
    """Return the block that begins with the row at `start` and holds about `size` bytes.

    A line break outside quotes ends a row; it is outside if the number of quotes before it is even, which holds in a
    tidy block.
    """
    quote = dialect.quote.encode()
    target = min(start + size, end)
    quotes = count_quotes(data, quote, start, target)
    stop = target if target == end else find_row_end(data, target, end, ord(quote), quotes % 2)
    if stop is None:
        return Block(start, end, is_tidy=False)
    if not quotes and data.find(quote, target, stop) < 0:
        return Block(start, stop)
    return _inspect(data, start, stop, dialect)


def count_quotes(data: bytes, quote: bytes, start: int, end: int) -> int:
    """Count the quotes; most texts have none, and searching for one is much faster than counting."""
    first = data.find(quote, start, end)
    return 0 if first < 0 else data.count(quote, first, end)


def find_row_end(data: bytes, place: int, end: int, quote: int, inside: int) -> int | None:
    """Return the position after the next line break outside quotes, None if there is none in `LONGEST_ROW` bytes."""
    mark = LF if data.find(b"\n", max(place - WINDOW, 0), min(place + WINDOW, end)) >= 0 else CR
    limit = min(end, place + LONGEST_ROW)
    while place < limit:
        window = np.frombuffer(data, np.uint8, min(WINDOW, limit - place), place)
        breaks = np.flatnonzero(window == mark)
        quotes = np.flatnonzero(window == quote)
        outside = breaks[(inside + np.searchsorted(quotes, breaks)) % 2 == 0]
        if len(outside):
            stop = place + int(outside[0]) + 1
            return stop + (mark == CR and data[stop : min(stop + 1, end)] == b"\n")
        inside += len(quotes)
        place += len(window)
    return end if limit == end and inside % 2 == 0 else None


def _inspect(data: bytes, start: int, end: int, dialect: Dialect) -> Block:
    view = np.frombuffer(data, np.uint8, end - start, start)
    quotes = np.flatnonzero(view == ord(dialect.quote))
    if len(quotes) % 2 or not _are_tidy(view, quotes, dialect):
        return Block(start, end, is_tidy=False)
    breaks = np.flatnonzero((view == LF) | (view == CR))
    return Block(start, end, has_breaks=bool((np.searchsorted(quotes, breaks) % 2).any()))


def _are_tidy(view: Bytes, quotes: npt.NDArray[np.intp], dialect: Dialect) -> bool:
    """Return whether every other quote opens a cell, or a doubled quote, and each one between them closes it."""
    ends = np.zeros(256, dtype=bool)
    ends[[LF, CR, ord(dialect.delimiter), ord(dialect.quote)]] = True
    opening, closing = quotes[::2], quotes[1::2]
    before, after = view[opening[opening > 0] - 1], view[closing[closing < len(view) - 1] + 1]
    return bool(ends[before].all() and ends[after].all())


def leading_zeros(data: bytes, start: int, end: int, dialect: Dialect, most: int = 2_000) -> list[int]:
    """Return the positions of cells beginning with a zero and another digit, such as 007: about the first `most`.

    A few positions that do not begin a cell may be among them.
    """
    before = np.zeros(256, dtype=bool)
    before[[LF, CR, ord(" "), ord(dialect.delimiter), ord(dialect.quote)]] = True
    signs = np.zeros(256, dtype=bool)
    signs[[ord("+"), ord("-")]] = True
    has_slashes = "/" in (dialect.delimiter, dialect.quote)
    found: list[int] = []
    for place in range(start, end, STEP):
        first = max(place - 2, start)
        view = np.frombuffer(data, np.uint8, min(place + STEP + 1, end) - first, first)
        places = _leading(view, place - first, has_slashes=has_slashes)
        places = places - signs[view[places - 1]] * (places > 0)
        places = places[(places == 0) | before[view[places - 1]]] + first
        found += places.tolist()
        if len(found) > most:
            break
    return found


def _leading(view: Bytes, skip: int, *, has_slashes: bool) -> npt.NDArray[np.intp]:
    """Return where a zero stands before a digit or an x and after neither a digit nor a point, but for the first few.

    A few passes over all bytes leave few places to look at. The slash, whose code is between those of the point and of
    the digits, is let through where it parts cells.
    """
    marked = view[:-1] == ord("0")
    marked &= view[1:] >= ord("0")
    before = view[:-2] - np.uint8(ord("."))
    is_apart = before > ord("9") - ord(".")
    if has_slashes:
        is_apart |= before == 1
    marked[1:] &= is_apart
    marked[:skip] = False
    places = np.flatnonzero(marked)
    after = view[places + 1]
    kept: npt.NDArray[np.intp] = places[(after <= ord("9")) | ((after | np.uint8(ord("x") - ord("X"))) == ord("x"))]
    return kept
