"""From the text of a table to columns of Arrow, block by block.

A tidy block is parsed by Arrow. One with rows of other lengths is parsed by the csv module and rewritten; so is
everything from the first block on in which quotes make the ends of rows uncertain.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from core.preprocessing.reading.csv_parser.arrow import BLOCK, Grid, RaggedError, UnconvertedError, parse_text
from core.preprocessing.reading.csv_parser.blocks import SIZE, Block, leading_zeros, next_block
from core.preprocessing.reading.csv_parser.rows import (
    Dialect,
    Ragged,
    RegularText,
    count_lines,
    filled_rows,
    never_closed,
)

if TYPE_CHECKING:
    import pyarrow as pa

PIECES = 5  # of a large text: its blocks may be twice as large, which is faster, but progress is reported as often
MOST_ZEROS = 2_000  # cells with leading zeros that are traced to their columns
MOST_REWRITTEN = 50_000  # rows in one piece: a tenth of a second
MOST_ATTEMPTS = 4  # at a block, before all its columns are read as text


@dataclass(frozen=True)
class Piece:
    """The columns of a block as they were read.

    Attributes:
        columns: the cells.
        start: the position of the block's first byte.
        end: the position after its last byte.
        first: the number of its first row.
        is_plain: whether each of its rows that is not blank is one line.
    """

    columns: "pa.Table"
    start: int
    end: int
    first: int
    is_plain: bool

    @property
    def count(self) -> int:
        """The number of rows."""
        return int(self.columns.num_rows)


@dataclass
class Tokenizer:
    """Walks the rows of a text.

    Attributes:
        data: the text.
        grid: how its rows are parsed.
        start: the position of the next byte.
        end: the position after the last byte.
        line: the line at `start`.
        types: requested for the columns at those positions; a column is removed once a cell does not fit, or that a
            conversion would change, such as 007.
        ragged: the rows that had to be made to fit.
        counted: the last position whose line was requested, and that line.
    """

    data: bytes
    grid: Grid
    start: int
    end: int
    line: int
    types: dict[int, "pa.DataType"] = field(default_factory=dict)
    ragged: Ragged = field(default_factory=Ragged)
    counted: tuple[int, int] | None = None

    def walk(self, places: Sequence[int]) -> Iterator[Piece]:
        """Yield the columns at these positions piece by piece. Raises InputError for text that cannot be parsed."""
        place, first = self.start, 0
        size = min(2 * SIZE, max(SIZE, (self.end - self.start) // PIECES))
        while place < self.end:
            block = next_block(self.data, place, self.end, self.grid.dialect, size)
            if not block.is_tidy or self.grid.dialect.delimiter == " ":
                block = replace(block, end=self.end, is_tidy=False)
            for piece in self._cut_block(block, first, places):
                yield piece
                first += piece.count
            place = block.end

    def _cut_block(self, block: Block, first: int, places: Sequence[int]) -> Iterator[Piece]:
        columns = self._cut_tidy(block, places) if block.is_tidy else None
        if columns is None:
            yield from self._cut_doubtful(block, first, places)
        else:
            yield Piece(columns, block.start, block.end, first, not block.has_breaks and self.grid.width > 1)

    def _cut_tidy(self, block: Block, places: Sequence[int]) -> "pa.Table | None":
        """Return the columns, None if some row has another length."""
        with ThreadPoolExecutor(1) as beside:  # Arrow does not keep all cores busy
            zeros = beside.submit(self._find_zeros, block, places)
            columns = self._parse_tidy(block, places)
        if self._spare_zeros(zeros.result(), block) and columns is not None:
            columns = self._parse_tidy(block, places)
        return columns

    def _parse_tidy(self, block: Block, places: Sequence[int]) -> "pa.Table | None":
        text = memoryview(self.data)[block.start : block.end]
        try:
            return self._drop_blank(self._parse(text, self.grid, places, has_breaks=block.has_breaks))
        except RaggedError:
            return None

    def _cut_doubtful(self, block: Block, first: int, places: Sequence[int]) -> Iterator[Piece]:
        """Parse with the csv module, in small pieces since it is slow, and rewrite the rows."""
        start, line = block.start, self._line_at(block.start)
        text = RegularText(first, self.grid.width, self.grid.dialect.delimiter, self.ragged)
        for row in filled_rows(self.data, self.grid.dialect, start, block.end, line):
            if not row.closed:
                raise never_closed(row.line)
            text.add(row)
            if text.count >= MOST_REWRITTEN or row.end - start > SIZE:
                yield self._read_anew(text, start, row.end, first, places)
                start, first = row.end, first + text.count
                text = RegularText(first, self.grid.width, self.grid.dialect.delimiter, self.ragged)
        yield self._read_anew(text, start, block.end, first, places)

    def _line_at(self, place: int) -> int:
        """Return the line at a position; lines are counted from the last requested position if it comes first."""
        start, line = self.counted if self.counted is not None and self.counted[0] <= place else (self.start, self.line)
        self.counted = (place, line + count_lines(self.data, start, place))
        return self.counted[1]

    def _read_anew(self, text: RegularText, start: int, end: int, first: int, places: Sequence[int]) -> Piece:
        """Return the piece of rows that were rewritten."""
        grid = replace(self.grid, dialect=Dialect(self.grid.dialect.delimiter))
        written = text.encode()
        columns = self._parse(memoryview(written), grid, places, has_breaks=True, block=max(BLOCK, len(written)))
        return Piece(columns, start, end, first, is_plain=False)

    def _parse(
        self, text: memoryview, grid: Grid, places: Sequence[int], *, has_breaks: bool, block: int = BLOCK
    ) -> "pa.Table":
        for _attempt in range(MOST_ATTEMPTS):
            try:
                return parse_text(text, grid, places, self.types, has_breaks=has_breaks, block=block)
            except UnconvertedError as problem:
                self.types.pop(problem.place, None)
        self.types.clear()
        return parse_text(text, grid, places, {}, has_breaks=has_breaks, block=block)

    def _find_zeros(self, block: Block, places: Sequence[int]) -> list[int]:
        """Return where cells begin with a zero that a number would lose, if a column may be read as numbers."""
        if not any(place in self.types for place in places):
            return []
        return leading_zeros(self.data, block.start, block.end, self.grid.dialect, MOST_ZEROS)

    def _spare_zeros(self, found: Sequence[int], block: Block) -> bool:
        """Keep columns as text in which a number may begin with a zero; return whether some were numbers before."""
        before = len(self.types)
        if len(found) > MOST_ZEROS or (found and not self._has_plain_lines(block)):
            self.types.clear()
            return before > 0
        delimiter = self.grid.dialect.delimiter.encode()
        for place in found:
            begin = max(self.data.rfind(b"\n", block.start, place) + 1, block.start)
            self.types.pop(self.data.count(delimiter, begin, place), None)
        return len(self.types) < before

    def _has_plain_lines(self, block: Block) -> bool:
        """Return whether every row is a line that ends in LF or CRLF, without quotes."""
        has_quotes = self.data.find(self.grid.dialect.quote.encode(), block.start, block.end) >= 0
        returns = self.data.count(b"\r", block.start, block.end)
        return not has_quotes and returns == self.data.count(b"\r\n", block.start, block.end)

    def _drop_blank(self, columns: "pa.Table") -> "pa.Table":
        """Leave out blank lines, which look like cells in a table of one column."""
        if self.grid.width > 1 or not columns.num_columns:
            return columns
        import pyarrow.compute as pc

        return columns.filter(pc.not_equal(pc.utf8_trim(columns[0], " \t"), ""))


def count_rows(cutter: Tokenizer) -> Iterator[tuple[int, int]]:
    """Yield the number of rows so far and the position in the bytes."""
    rows = 0
    for piece in replace(cutter, types={}, ragged=Ragged()).walk([0]):
        rows += piece.count
        yield rows, piece.end
