"""From how few rows a fill was learnt, and what it would be if it were learnt from all of them."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.preprocessing.column_types.infer import as_numbers, holds_numbers, is_missing
from core.preprocessing.recipes.fitted import FittedRecipe
from core.preprocessing.recipes.fitted_column import FittedColumn

LEARNT = ("mean", "median", "most_frequent")
FEW = 10  # values
NOTICEABLE = 0.1  # of the column's standard deviation
MOST_COMPARED = 1_000  # training rows: a fill learnt from more hardly differs, and is not learnt again


@dataclass(frozen=True)
class FillBasis:
    """What one fill was learnt from.

    Attributes:
        column: its name.
        fill: mean, median or most_frequent.
        value: what was learnt from the training rows: a number, or a category.
        known: how many training rows have a value in the column.
        rows: how many training rows there are.
        value_of_all: what training and test rows together give.
        known_of_all: how many of those have a value.
        all_rows: how many there are.
    """

    column: str
    fill: str
    value: float | str
    known: int
    rows: int
    value_of_all: float | str
    known_of_all: int
    all_rows: int

    @property
    def differs(self) -> bool:
        """Whether the held-out rows change the value at all."""
        return self.value != self.value_of_all


def find_weak_fills(
    frame: pd.DataFrame, fitted: FittedRecipe, train: pd.Index, test: pd.Index
) -> tuple[FillBasis, ...]:
    """Return the fills learnt from at most 10 values, or which the test rows would change noticeably.

    `fitted` was fitted on the rows `train`. Noticeable is a tenth of the column's standard deviation, or another
    category. Columns in which nothing is missing are left out, and so are dates. Beyond 1,000 training rows only fills
    from few values are returned.
    """
    rows = frame.loc[frame.index.isin(train) | frame.index.isin(test)]
    found = []
    for column in fitted.columns:
        is_few = column.learnt_from <= FEW
        if column.plan.fill not in LEARNT or column.kind == "date" or column.fill_value is None:
            continue
        if not is_few and len(train) > MOST_COMPARED:
            continue
        gaps = is_missing(rows[column.plan.column])
        if not gaps.any():
            continue
        basis = _basis(column, fitted, rows, len(train), int((~gaps).sum()))
        if is_few or _is_noticeable(basis, rows[column.plan.column]):
            found.append(basis)
    return tuple(found)


def _basis(column: FittedColumn, fitted: FittedRecipe, rows: pd.DataFrame, trained: int, known: int) -> FillBasis:
    name, value = column.plan.column, column.fill_value
    (whole,) = replace(fitted.recipe, columns=(column.plan,)).fit(rows).columns
    assert value is not None
    assert whole.fill_value is not None  # it was learnt from fewer rows already
    return FillBasis(
        name, column.plan.fill, value, column.learnt_from, trained, whole.fill_value, known, len(rows)
    )  # fmt: skip


def _is_noticeable(basis: FillBasis, values: pd.Series) -> bool:
    if not basis.differs:
        return False
    if isinstance(basis.value, str) or isinstance(basis.value_of_all, str) or basis.fill == "most_frequent":
        return True
    if not holds_numbers(values):
        return False
    known = as_numbers(values[~is_missing(values)], basis.column)
    return bool(abs(basis.value - basis.value_of_all) > NOTICEABLE * np.std(known))
