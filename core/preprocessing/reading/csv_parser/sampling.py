"""A few rows from the beginning, the middle and the end of a table, to infer its column types."""

from itertools import islice
from typing import TYPE_CHECKING

from core.errors import InputError
from core.preprocessing.reading.csv_parser.blocks import count_quotes, find_row_end
from core.preprocessing.reading.csv_parser.rows import cut_rows
from core.preprocessing.reading.csv_parser.tokenizer import Tokenizer

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 100  # from each part


def sample_blocks(cutter: Tokenizer) -> "pa.Table":
    """Return some rows as text, in columns named by their positions. Rows of another length are left out."""
    import pyarrow as pa

    size = cutter.end - cutter.start
    rows: list[list[str]] = []
    for part in (0.0, 0.5, 0.95) if size > 1 << 16 else (0.0,):
        rows += _rows_from(cutter, cutter.start + int(size * part))
    columns = list(zip(*rows, strict=True)) or [()] * cutter.grid.width
    return pa.table({str(place): pa.array(column, pa.string()) for place, column in enumerate(columns)})


def _rows_from(cutter: Tokenizer, place: int) -> list[list[str]]:
    dialect, width = cutter.grid.dialect, cutter.grid.width
    start: int | None = place
    if place > cutter.start:
        quote = dialect.quote.encode()
        inside = count_quotes(cutter.data, quote, cutter.start, place) % 2
        start = find_row_end(cutter.data, place, cutter.end, ord(quote), inside)
    if start is None:
        return []
    try:
        rows = list(islice(cut_rows(cutter.data, dialect, start, cutter.end), ROWS))
    except InputError:
        return []
    return [row.cells for row in rows if len(row.cells) == width and not row.is_blank]
