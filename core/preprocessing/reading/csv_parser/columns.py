"""Collect the blocks of a table: numbers where that is safe, a sample if requested, within the limits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from core.preprocessing.limits import MOST_CELLS, MOST_ROWS, check_sampled, check_size
from core.preprocessing.reading.csv_parser.raw_rows import Stretch
from core.preprocessing.reading.csv_parser.rows import Ragged, count_lines
from core.preprocessing.reading.csv_parser.tokenizer import Piece, Tokenizer, count_rows

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[float], None]

LOOK = 1 << 20  # bytes at the beginning, to estimate the number of rows
LARGEST_WHOLE = 2**53  # above it float64 does not hold every whole number


@dataclass(frozen=True)
class ParsedColumns:
    """The requested columns.

    Attributes:
        cells: the columns, named by their positions.
        stretches: where their rows are.
        rows: how many there are in all.
        drawn: which of them were drawn, None if all are here.
    """

    cells: "pa.Table"
    stretches: tuple[Stretch, ...]
    rows: int
    drawn: npt.NDArray[np.int64] | None


@dataclass
class _Parts:
    stretches: list[Stretch] = field(default_factory=list)
    tables: list["pa.Table"] = field(default_factory=list)


def collect_columns(
    cutter: Tokenizer, places: Sequence[int], sample: int | None, progress: Progress, names: Sequence[str] = ()
) -> ParsedColumns:
    """Read the columns at these positions, of `sample` rows drawn with seed 0 if it is given.

    Raises LimitError, with the `names` of the columns, for more rows or cells than can be kept.
    """
    drawn, begun = None, 0.4
    if sample is None:
        begun = _check_early(cutter, len(places), names, progress)
    else:
        drawn = _draw(cutter, sample, lambda share: progress(0.4 * share))
    parts = _read(cutter, places, drawn, lambda share: progress(begun + (0.9 - begun) * share), names)
    rows = sum(stretch.count for stretch in parts.stretches)
    as_text = _find_doubtful(cutter, parts.tables, places)
    again: list[pa.Table] = []
    if as_text:
        fresh = replace(cutter, types={}, ragged=Ragged())
        again = _read(fresh, as_text, drawn, lambda share: progress(0.9 + 0.1 * share), keep_count=False).tables
    return ParsedColumns(_join(parts.tables, again, places, as_text), tuple(parts.stretches), rows, drawn)


def _draw(cutter: Tokenizer, sample: int, progress: Progress) -> npt.NDArray[np.int64] | None:
    """Count the rows and draw some; None if there are no more than `sample`."""
    rows = 0
    for rows, place in count_rows(cutter):
        check_sampled(rows)
        progress(_share(cutter, place))
    return None if rows <= sample else draw_rows(rows, sample)


def draw_rows(rows: int, sample: int) -> npt.NDArray[np.int64]:
    """Return the numbers of `sample` rows, or all if there are fewer, drawn with seed 0, in increasing order."""
    return np.sort(np.random.default_rng(0).permutation(rows)[:sample]).astype(np.int64)


def _check_early(cutter: Tokenizer, columns: int, names: Sequence[str], progress: Progress) -> float:
    """Raise LimitError before parsing if an estimate from the first lines exceeds a limit, and counting confirms it.

    Returns the share of the work that counting took.
    """
    stop = min(cutter.start + LOOK, cutter.end)
    lines = count_lines(cutter.data, cutter.start, stop) * (cutter.end - cutter.start) / max(stop - cutter.start, 1)
    if lines <= MOST_ROWS and lines * columns <= MOST_CELLS:
        return 0.0
    _check_all(cutter, columns, names, lambda share: progress(0.4 * share))
    return 0.4


def _check_all(cutter: Tokenizer, columns: int, names: Sequence[str], progress: Progress) -> None:
    rows = 0
    for rows, place in count_rows(cutter):  # noqa: B007
        progress(_share(cutter, place))
    check_size(rows, columns, names)


def _read(
    cutter: Tokenizer,
    places: Sequence[int],
    drawn: npt.NDArray[np.int64] | None,
    progress: Progress,
    names: Sequence[str] = (),
    *,
    keep_count: bool = True,
) -> _Parts:
    parts = _Parts()
    rows = 0
    for piece in cutter.walk(places):
        rows += piece.count
        if drawn is None and (rows > MOST_ROWS or rows * len(places) > MOST_CELLS):
            _check_all(cutter, len(places), names, _standing_at(_share(cutter, piece.end), progress))
        if keep_count:
            parts.stretches.append(Stretch(piece.start, piece.end, piece.first, piece.count, piece.is_plain))
        parts.tables.append(piece.columns if drawn is None else _take(piece, drawn))
        progress(_share(cutter, piece.end))
    return parts


def _take(piece: Piece, drawn: npt.NDArray[np.int64]) -> "pa.Table":
    low, high = np.searchsorted(drawn, [piece.first, piece.first + piece.count])
    return piece.columns.take(drawn[low:high] - piece.first)


def _standing_at(now: float, progress: Progress) -> Progress:
    return lambda _share: progress(now)


def _share(cutter: Tokenizer, place: int) -> float:
    return (place - cutter.start) / max(cutter.end - cutter.start, 1)


def _find_doubtful(cutter: Tokenizer, tables: Sequence["pa.Table"], places: Sequence[int]) -> list[int]:
    """Return the positions of columns that were partly read as numbers, but have to be text.

    A later cell is no plain number, or a number is infinite or above 2**53.
    """
    import pyarrow as pa

    found = []
    for place in places:
        chunks = [table.column(str(place)) for table in tables]
        numbers = [chunk for chunk in chunks if not pa.types.is_string(chunk.type)]
        if numbers and (place not in cutter.types or not all(map(_is_safe, numbers))):
            found.append(place)
    return found


def _is_safe(numbers: "pa.ChunkedArray") -> bool:
    """Return whether all numbers are finite and below 2**53, the buffer values of missing ones included.

    Arrow writes zeros there. Any other value would only make the column be read again as text: slower, not wrong.
    """
    dtype = np.dtype(np.float64) if str(numbers.type) == "double" else np.dtype(np.int64)
    for chunk in numbers.chunks:
        if len(chunk):
            values = np.frombuffer(chunk.buffers()[1], dtype, len(chunk), chunk.offset * dtype.itemsize)
            largest = max(-values.min().item(), values.max().item())  # NaN if one is
            if not (largest < LARGEST_WHOLE or (largest == LARGEST_WHOLE and dtype.kind == "i")):
                return False
    return True


def _join(
    tables: Sequence["pa.Table"], again: Sequence["pa.Table"], places: Sequence[int], as_text: Sequence[int]
) -> "pa.Table":
    import pyarrow as pa

    columns = []
    for place in places:
        name = str(place)
        chunks = [chunk for table in (again if place in as_text else tables) for chunk in table.column(name).chunks]
        columns.append(pa.chunked_array(chunks, type=chunks[0].type if chunks else pa.string()))
    return pa.table(dict(zip(map(str, places), columns, strict=True)))
