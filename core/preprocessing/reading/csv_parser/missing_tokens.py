"""Which tokens for missing the columns hold that were parsed as numbers at once: of their texts only a few are read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.preprocessing.column_types.cells import TakenTokens
from core.preprocessing.reading.csv_parser.columns import ParsedColumns, collect_columns
from core.preprocessing.reading.csv_parser.raw_rows import CutRows
from core.preprocessing.reading.csv_parser.rows import Ragged
from core.preprocessing.reading.csv_parser.tokenizer import Tokenizer

if TYPE_CHECKING:
    import pyarrow as pa

MOST_READ = 50  # missing cells at the beginning of a column, and at its end,
FEWEST_READ = 10  # or fewer in a wide table, whose rows take longer to find,
MOST_IN_ALL = 2_500  # than so many at either end of all columns together


def find_tokens(
    cutter: Tokenizer, gathered: ParsedColumns, raw: CutRows, names: Mapping[int, str], sample: int | None
) -> dict[str, TakenTokens]:
    """Return the tokens of the columns of numbers, by their name; `names` are those of the places of all columns.

    The first and last missing cells of each column are read as text. If they are all empty, the others count as empty
    too; if none is, the others as such tokens; else the column is read once more as text.
    """
    import pyarrow.types as types

    missing = {}
    for place in names:
        column = gathered.cells.column(str(place))
        if not types.is_string(column.type) and column.null_count:
            missing[place] = np.flatnonzero(column.is_null().to_numpy())
    most = max(min(MOST_READ, MOST_IN_ALL // max(len(missing), 1)), FEWEST_READ)
    ends = {place: sorted({*rows[:most].tolist(), *rows[-most:].tolist()}) for place, rows in missing.items()}
    texts = raw.rows(sorted({row for rows in ends.values() for row in rows}))
    found = {}
    for place, rows in ends.items():
        cells = [(texts[row][place].strip() if place < len(texts[row]) else "", row) for row in rows]
        filled = [(row, cell) for cell, row in cells if cell]
        if not filled:
            continue
        counts = Counter(cell for _row, cell in filled)
        if len(rows) == len(missing[place]):
            found[names[place]] = TakenTokens(counts, len(filled), tuple(filled))
        elif len(filled) == len(rows):
            found[names[place]] = TakenTokens(counts, len(missing[place]), tuple(filled))
        else:
            found[names[place]] = _count(cutter, place, missing[place].tolist(), sample)
    return found


def _count(cutter: Tokenizer, place: int, rows: Sequence[int], sample: int | None) -> TakenTokens:
    fresh = replace(cutter, types={}, ragged=Ragged())
    column: pa.ChunkedArray = collect_columns(fresh, [place], sample, lambda _share: None).cells.column(str(place))
    cells = [(row, text) for row, text in zip(rows, map(_strip, column.take(rows).to_pylist()), strict=True) if text]
    return TakenTokens(Counter(text for _row, text in cells), len(cells), tuple(cells))


def _strip(text: str | None) -> str:
    return (text or "").strip()
