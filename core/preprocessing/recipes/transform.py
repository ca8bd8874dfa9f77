"""Columns of a table written into one matrix, with models filling missing values."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import LimitError
from core.formatting import format_count
from core.language import _, with_context
from core.preprocessing.recipes.choices import LEARNT_FILLS
from core.preprocessing.recipes.column_arrays import (
    NO_MOMENT,
    Codes,
    Mask,
    Moments,
    Numbers,
    carry_forward,
    codes_of,
    missing_numbers,
    moments_of,
    numbers_of,
)
from core.preprocessing.recipes.dates import read_moment
from core.preprocessing.recipes.encode import NOWHERE, DateColumn, NumberColumn, OneHotColumn, RankColumn
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.impute import FittedImputer
from core.preprocessing.recipes.notes import missing_note, unseen_note

FEWEST_FOR_THREADS = 50_000

Input = TypeVar("Input")
Output = TypeVar("Output")


@dataclass(frozen=True, eq=False)
class ReadColumn:
    """A column of n rows, ready to be encoded.

    Attributes:
        encoded: its values.
        gaps (n,): where a value was missing before it was filled; in an ordinal column also one that is not in the
            order.
        notes: on what the training rows did not have.
    """

    encoded: NumberColumn | RankColumn | DateColumn | OneHotColumn
    gaps: Mask
    notes: tuple[str, ...] = ()

    @property
    def column(self) -> FittedColumn:
        """What was learnt about the column."""
        return self.encoded.column

    def numbers(self) -> npt.NDArray[np.float64]:
        """Return a column that becomes single numbers, shape (n,), filled, not scaled."""
        if isinstance(self.encoded, OneHotColumn):
            raise TypeError("one-hot columns are no single numbers")
        return self.encoded.numbers(slice(None))


def read_columns(columns: Sequence[FittedColumn], frame: pd.DataFrame, keep: Mask) -> list[ReadColumn]:
    """Read the columns in the rows marked in `keep` (n,); values are carried forward from all rows of the table.

    Raises InputError, naming the column, if one holds values of another kind than it was fitted on.
    """
    return in_threads(lambda column: read_column(column, frame[column.plan.column], keep), columns, len(frame))


def read_column(column: FittedColumn, values: pd.Series, keep: Mask) -> ReadColumn:
    """Read one column in the rows marked in `keep`; see `read_columns`."""
    rows = slice(None) if keep.all() else keep
    name = column.plan.column
    if column.plan.encode == "number":
        return _read_numbers(column, numbers_of(values, name), rows)
    if column.plan.encode == "date":
        return _read_dates(column, moments_of(values, name), rows)
    coded = codes_of(values, name, column.of_numbers)
    return _read_one_hot(column, coded, rows) if column.plan.encode == "one_hot" else _read_ranks(column, coded, rows)


def in_threads(work: Callable[[Input], Output], items: Sequence[Input], rows: int) -> list[Output]:
    """Apply the work to each item; on long tables in two threads, since Arrow and numpy release the GIL."""
    if rows < FEWEST_FOR_THREADS:
        return list(map(work, items))
    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(with_context(work), items))


def rank_of(column: FittedColumn, value: float | str) -> float:
    """Return the number of a category, NaN if it is not in the order of an ordinal column."""
    if column.plan.encode == "yes_no":
        return float(str(value).casefold() == str(column.yes).casefold())
    categories: tuple[float | str, ...] = column.categories
    return float(categories.index(value)) if value in categories else np.nan


def _read_numbers(column: FittedColumn, numbers: Numbers, rows: slice | Mask) -> ReadColumn:
    gaps = missing_numbers(numbers)
    fill = None
    if gaps.any():
        fill = np.nan if column.fill_value is None else float(column.fill_value)
        if column.plan.fill == "forward":
            numbers = carry_forward(numbers, gaps)
    return ReadColumn(NumberColumn(column, numbers[rows], fill), gaps[rows])


def _read_dates(column: FittedColumn, moments: Moments, rows: slice | Mask) -> ReadColumn:
    gaps = moments == NO_MOMENT
    if column.plan.fill == "forward":
        moments = carry_forward(moments, gaps)
    fill = None if column.fill_value is None else read_moment(str(column.fill_value))
    return ReadColumn(DateColumn(column, moments[rows], fill), gaps[rows])


def _read_ranks(column: FittedColumn, coded: Codes, rows: slice | Mask) -> ReadColumn:
    ranks = np.array([*(rank_of(column, value) for value in coded.distinct), np.nan])
    gaps = np.isnan(ranks).take(coded.codes)
    note = unseen_note(column, replace(coded, codes=coded.codes[rows]))
    codes = carry_forward(coded.codes, gaps) if column.plan.fill == "forward" else coded.codes
    if column.fill_value is not None:
        ranks[np.isnan(ranks)] = rank_of(column, column.fill_value)
    return ReadColumn(RankColumn(column, codes[rows], ranks), gaps[rows], note)


def _read_one_hot(column: FittedColumn, coded: Codes, rows: slice | Mask) -> ReadColumn:
    gaps = coded.codes < 0
    if column.plan.fill == "forward":
        coded = replace(coded, codes=carry_forward(coded.codes, gaps))
    coded = replace(coded, codes=coded.codes[rows])
    places: dict[object, int] = {value: place for place, value in enumerate(column.categories)}
    if column.base is not None:
        places[column.base] = NOWHERE
    elsewhere = len(column.categories) if column.has_other else NOWHERE
    features = [places.get(value, elsewhere) for value in coded.distinct]
    notes = unseen_note(column, coded)
    if column.fill_value is not None:
        gap, is_known = places.get(column.fill_value, elsewhere), column.fill_value in places or column.has_other
    else:
        is_known = column.has_missing_column
        gap = len(column.feature_names) - 1 if is_known else NOWHERE
    if not is_known:
        notes += missing_note(column, coded)
    return ReadColumn(OneHotColumn(column, coded.codes, np.array([*features, gap])), gaps[rows], notes)


MOST_CELLS = 2**28  # 2 GiB of float64
ROWS_AT_ONCE = 2_048  # a block of typical width stays in the cache while its columns are written

Array = npt.NDArray[np.float64]


def read_filled(
    columns: Sequence[FittedColumn], imputer: FittedImputer | None, frame: pd.DataFrame, keep: Mask
) -> list[ReadColumn]:
    """Read the columns as `read_columns`, then fill missing values by models.

    Raises LimitError also if a model would take too long to fill the missing values.
    """
    read = read_columns(columns, frame, keep)
    return read if imputer is None else fill_by_models(read, imputer)


def fill_by_models(read: Sequence[ReadColumn], imputer: FittedImputer) -> list[ReadColumn]:
    """Return the columns with missing values filled by models."""
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
    """Return the columns that become single numbers as one array, encoded but not scaled, NaN where missing."""
    return np.column_stack([np.where(column.gaps, np.nan, column.numbers()) for column in read])


def write_features(read: Sequence[ReadColumn], rows: int) -> Array:
    """Return the features of the columns, shape (rows, d).

    The matrix is allocated once and written block by block: on large tables several times faster than joining tables of
    indicators. Raises LimitError if it would have more than 2**28 cells.
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
