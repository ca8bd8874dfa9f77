"""Columns of a table written into one matrix, with the gaps that models fill."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import LimitError
from core.formatting import format_count
from core.language import _
from core.preprocessing.recipes.choices import LEARNT_FILLS
from core.preprocessing.recipes.encoding import NumberColumn
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.imputers import FittedImputer
from core.preprocessing.recipes.read_column import ReadColumn, read_columns
from core.preprocessing.recipes.sources import Mask

MOST_CELLS = 2**28  # 2 GiB of float64
ROWS_AT_ONCE = 2_048  # a block of usual width stays in the cache while its columns are written

Array = npt.NDArray[np.float64]


def read_filled(
    columns: Sequence[FittedColumn], imputer: FittedImputer | None, frame: pd.DataFrame, keep: Mask
) -> list[ReadColumn]:
    """Read the columns as `read_columns`, then let the models fill their gaps.

    Raises LimitError also if a model would take too long to fill so many gaps.
    """
    read = read_columns(columns, frame, keep)
    return read if imputer is None else fill_by_models(read, imputer)


def fill_by_models(read: Sequence[ReadColumn], imputer: FittedImputer) -> list[ReadColumn]:
    """Return the columns with the gaps filled that a model fills."""
    by_name = {column.column.plan.column: column for column in read}
    encoded = encoded_numbers([by_name[name] for name in imputer.columns])
    for fill in LEARNT_FILLS:
        chosen = [column for column in read if column.column.plan.fill == fill]
        filled = imputer.fill(fill, encoded, [column.column.plan.column for column in chosen])
        for place, column in enumerate(chosen):
            numbers = NumberColumn(column.column, filled[:, place], None)
            by_name[column.column.plan.column] = ReadColumn(numbers, column.gaps, column.notes)
    return list(by_name.values())


def encoded_numbers(read: Sequence[ReadColumn]) -> Array:
    """Return columns that become single numbers side by side, encoded but not scaled, NaN in every gap."""
    return np.column_stack([np.where(column.gaps, np.nan, column.numbers()) for column in read])


def write_features(read: Sequence[ReadColumn], rows: int) -> Array:
    """Return the features of the columns, shape (rows, d).

    The matrix is allocated once and written block by block: on large tables several times quicker than joining tables
    of indicators. Raises LimitError if it would have more than 2**28 cells.
    """
    width = sum(len(column.column.feature_names) for column in read)
    check_cells(rows, width)
    matrix = np.zeros((rows, width))
    for first in range(0, rows, ROWS_AT_ONCE):
        part = slice(first, min(first + ROWS_AT_ONCE, rows))
        block, place = matrix[part], 0
        for column in read:
            column.encoded.write(part, block, place)
            place += len(column.column.feature_names)
            if column.column.plan.was_missing and column.column.has_missing_column:
                block[:, place - 1] = column.gaps[part]
    return matrix


def check_cells(rows: int, width: int) -> None:
    """Raise LimitError if a matrix of this size would not fit."""
    if rows * width > MOST_CELLS:
        raise LimitError(
            _(
                "{rows} rows with {width} features are too many at once: a matrix may have {limit} cells; "
                "leave out columns or rows."
            ).format(rows=format_count(rows), width=format_count(width), limit=format_count(MOST_CELLS)),
            limit="cells",
            most=MOST_CELLS,
            came=rows * width,
        )
