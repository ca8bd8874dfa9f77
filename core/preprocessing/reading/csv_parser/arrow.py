"""Parse tidy text with Arrow's CSV parser, which uses all cores and converts plain numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.preprocessing.reading.csv_parser.rows import Dialect

if TYPE_CHECKING:
    import pyarrow as pa

BLOCK = 1 << 21  # bytes that one core takes at a time

_UNCONVERTED = re.compile(r"In CSV column #([0-9]+):")


@dataclass(frozen=True)
class Grid:
    """What cutting has to know of a table.

    Attributes:
        dialect: its delimiter and quote.
        width: how many cells a row has.
        decimal: the decimal mark of its numbers.
        missing: the tokens for a missing value.
    """

    dialect: Dialect
    width: int
    decimal: str = "."
    missing: tuple[str, ...] = ("",)


class RaggedError(Exception):
    """The text cannot be parsed as it is: some row has another number of cells."""


class UnconvertedError(Exception):
    """A cell of the column at `place` is not of the requested type."""

    def __init__(self, place: int) -> None:
        """Store the position."""
        super().__init__(place)
        self.place = place


def parse_text(
    text: memoryview,
    grid: Grid,
    places: Sequence[int],
    types: Mapping[int, "pa.DataType"],
    *,
    has_breaks: bool,
    block: int = BLOCK,
) -> "pa.Table":
    """Return the columns at these positions, named by them, as text unless `types` says otherwise.

    A text without rows gives columns of the same types, since they are joined with those of other blocks.
    Raises RaggedError and UnconvertedError.
    """
    import pyarrow as pa
    from pyarrow import csv

    if not text:
        return pa.table({str(place): pa.array([], types.get(place, pa.string())) for place in places})
    # Memory of Arrow: its threads may outlive the call, and must not release a Python object then.
    buffer = pa.allocate_buffer(len(text))
    np.frombuffer(buffer, np.uint8)[:] = np.frombuffer(text, np.uint8)
    names = list(map(str, range(grid.width)))
    asked = [str(place) for place in places]
    try:
        table = csv.read_csv(
            pa.BufferReader(buffer),
            csv.ReadOptions(column_names=names, block_size=block, use_threads=len(text) > BLOCK),
            csv.ParseOptions(
                delimiter=grid.dialect.delimiter, quote_char=grid.dialect.quote, newlines_in_values=has_breaks
            ),
            csv.ConvertOptions(
                column_types={str(place): types.get(place, pa.string()) for place in places},
                include_columns=asked,
                null_values=list(grid.missing),
                decimal_point=grid.decimal,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid as problem:
        found = _UNCONVERTED.search(str(problem))
        if found is not None:
            raise UnconvertedError(int(found[1])) from None
        raise RaggedError from None
    return table
