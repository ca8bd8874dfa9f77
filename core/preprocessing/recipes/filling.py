"""A table with its gaps filled as a fitted recipe fills them, before anything is encoded or scaled."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from core.preprocessing.columns.kinds import as_labels
from core.preprocessing.recipes.dates import A_DAY, read_moment
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.imputers import FittedImputer
from core.preprocessing.recipes.matrix import read_filled
from core.preprocessing.recipes.read_column import ReadColumn, rank_of
from core.preprocessing.recipes.sources import Mask, moments_of, numbers_of


def fill_gaps(
    columns: Sequence[FittedColumn], imputer: FittedImputer | None, frame: pd.DataFrame, keep: Mask
) -> pd.DataFrame:
    """Return the columns in the order of the table and the rows marked in `keep`; see `FittedRecipe.filled`."""
    read = read_filled(columns, imputer, frame, np.ones(len(frame), dtype=bool))
    filled = {column.column.plan.column: _fill(column, frame[column.column.plan.column]) for column in read}
    return pd.DataFrame({name: filled[name] for name in frame.columns}, index=frame.index)[keep]


def _fill(read: ReadColumn, values: pd.Series) -> pd.Series:
    if not read.gaps.any():
        return values
    column = read.column
    plain = _plain(column, values).mask(read.gaps)
    if column.is_filled_by_model:
        return plain.where(~read.gaps, _predicted(read, values.index).astype(plain.dtype))
    if column.plan.fill == "forward":
        plain = plain.ffill()
    fill = column.fill_value
    if fill is None:
        return plain
    return plain.fillna(pd.Timestamp(np.datetime64(read_moment(str(fill)), "us")) if column.kind == "date" else fill)


def _plain(column: FittedColumn, values: pd.Series) -> pd.Series:
    """Return the column as numbers, dates or text, whatever its dtype."""
    name = column.plan.column
    if column.kind == "date":
        return pd.Series(moments_of(values, name).view("datetime64[us]"), index=values.index)
    if column.of_numbers:
        return pd.Series(numbers_of(values, name).astype(np.float64), index=values.index)
    return as_labels(values)


def _predicted(read: ReadColumn, index: pd.Index) -> pd.Series:
    """Return what a model predicts as values of the column: of categories, the one whose number is nearest."""
    numbers, column = read.numbers(), read.column
    if column.kind == "date":
        moments = np.rint(np.where(read.gaps, numbers, 0.0) * A_DAY).astype(np.int64)
        return pd.Series(moments.view("datetime64[us]"), index=index)
    if column.plan.encode == "number":
        return pd.Series(numbers, index=index)
    ranks = np.array([rank_of(column, category) for category in column.categories])
    nearest = np.abs(numbers[:, np.newaxis] - ranks).argmin(axis=1)
    categories = pd.Series(list(column.categories), dtype="float64" if column.of_numbers else "str")
    return pd.Series(categories.array.take(nearest), index=index)
