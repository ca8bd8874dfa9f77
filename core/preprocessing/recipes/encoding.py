"""One fitted column of a table, filled and encoded, ready to be written into the matrix block by block."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.preprocessing.recipes.dates import date_part
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.scales import scaled
from core.preprocessing.recipes.sources import NO_MOMENT, Moments, Numbers

Block = npt.NDArray[np.float64]
NOWHERE = -1  # a value of a one-hot column that makes all of its features 0


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """Numbers (n,); what is not finite becomes `fill`, unless that is None, for there are no gaps."""

    column: FittedColumn
    values: Numbers
    fill: float | None

    def numbers(self, rows: slice) -> Block:
        """Return the filled numbers, not yet scaled."""
        block = self.values[rows]
        if self.fill is None:
            return block.astype(np.float64, copy=False)
        return np.where(np.isfinite(block), block, self.fill)

    def write(self, rows: slice, block: Block, place: int) -> None:
        """Write the scaled numbers."""
        write_scaled(self.column, self.numbers(rows), block, place)


@dataclass(frozen=True, eq=False)
class RankColumn:
    """Codes (n,) and the number that each of them becomes; the last one is that of a gap."""

    column: FittedColumn
    codes: npt.NDArray[Any]
    ranks: Block

    def numbers(self, rows: slice) -> Block:
        """Return the filled ranks, not yet scaled."""
        return self.ranks.take(self.codes[rows])

    def write(self, rows: slice, block: Block, place: int) -> None:
        """Write the scaled ranks."""
        write_scaled(self.column, self.numbers(rows), block, place)


@dataclass(frozen=True, eq=False)
class DateColumn:
    """Microseconds since 1970-01-01 (n,); gaps become `fill`, or NaN if that is None."""

    column: FittedColumn
    moments: Moments
    fill: int | None

    def numbers(self, rows: slice) -> Block:
        """Return the first part of the filled dates, not yet scaled."""
        return self._part(rows, 0)

    def write(self, rows: slice, block: Block, place: int) -> None:
        """Write every part of the filled dates."""
        for step in range(len(self.column.plan.parts)):
            write_scaled(self.column, self._part(rows, step), block, place + step)

    def _part(self, rows: slice, step: int) -> Block:
        gaps = self.moments[rows] == NO_MOMENT
        filled = np.where(gaps, self.fill or 0, self.moments[rows])
        part = date_part(filled, self.column.plan.parts[step])
        return np.where(gaps, np.nan, part) if self.fill is None else part


@dataclass(frozen=True, eq=False)
class OneHotColumn:
    """Codes (n,) and the feature that each of them sets to 1, or NOWHERE; the last one is that of a gap."""

    column: FittedColumn
    codes: npt.NDArray[Any]
    features: npt.NDArray[np.int64]

    def write(self, rows: slice, block: Block, place: int) -> None:
        """Set the features; the block has to hold zeros."""
        features = self.features.take(self.codes[rows])
        starts = np.arange(len(features)) * block.shape[1] + place
        if (self.features == NOWHERE).any():
            somewhere = features != NOWHERE
            features, starts = features[somewhere], starts[somewhere]
        block.reshape(-1).put(features + starts, 1.0)  # a view: the rows of a block lie one after the other


def write_scaled(column: FittedColumn, numbers: Block, block: Block, place: int) -> None:
    """Write numbers on the scale of their column."""
    block[:, place] = scaled(numbers, column.plan.scale, column.centre, column.spread)
