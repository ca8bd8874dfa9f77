"""What two fits of one recipe learnt, side by side."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from core.language import _
from core.preprocessing.columns.kinds import as_labels, as_numbers, holds_numbers, is_gap, write_value
from core.preprocessing.recipes.fitted import FittedColumn, FittedRecipe

Quantity: TypeAlias = Literal["fill_value", "centre", "spread", "categories"]


@dataclass(frozen=True)
class LearntValue:
    """One thing that was learnt about a column, from the training rows and from all rows.

    `rule` is the fill, the scale or the encoding that learnt it. `training` and `all_rows` are what came out, from
    `counts` values each. For `categories` they are how many are known, and `only_all` names those that the training
    rows do not have. `difference` is `all_rows` less `training`, in the unit of the column, None among texts;
    `relative` is the same in standard deviations of the training rows, None where they never vary. `cells` counts the
    cells it acts on: the gaps for a fill value, the rows for centre and spread, the rows of a category (or a gap) that
    the training rows do not have.
    """

    column: str
    quantity: Quantity
    rule: str
    training: float | str | None
    all_rows: float | str
    counts: tuple[int, int]
    difference: float | None
    relative: float | None
    cells: int
    only_all: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether the other rows changed it."""
        return self.training != self.all_rows or bool(self.only_all)


@dataclass(frozen=True, eq=False)
class _Pair:
    """Both fits of one column, and the rows that each was given."""

    honest: FittedColumn | None
    leaky: FittedColumn
    training: pd.Series
    all_rows: pd.Series


def compare_learnt(
    honest: FittedRecipe, leaky: FittedRecipe, training: pd.DataFrame, all_rows: pd.DataFrame
) -> tuple[LearntValue, ...]:
    """Return what both fits learnt, column by column; the rows are those that each was given and can use.

    A column without a single value among the training rows taught them nothing: `training` is None.
    """
    known = {column.plan.column: column for column in honest.columns}
    found: list[LearntValue] = []
    for column in leaky.columns:
        name = column.plan.column
        found += _compare_column(_Pair(known.get(name), column, training[name], all_rows[name]))
    return tuple(found)


def _compare_column(pair: _Pair) -> list[LearntValue]:
    plan, found = pair.leaky.plan, []
    if plan.fill != "constant" and pair.leaky.fill_value is not None:
        before = pair.honest.fill_value if pair.honest else None
        gaps = int(is_gap(pair.all_rows).sum())
        found.append(_compare(pair, "fill_value", plan.fill, before, pair.leaky.fill_value, gaps))
    if pair.leaky.categories:
        found.append(_compare_categories(pair))
    return found


def _compare(
    pair: _Pair, quantity: Quantity, rule: str, training: float | str | None, all_rows: float | str, cells: int
) -> LearntValue:
    difference = relative = None
    if isinstance(training, float) and isinstance(all_rows, float):
        difference, deviation = all_rows - training, _deviation(pair.training)
        relative = difference / deviation if deviation > 0 else None
    return LearntValue(
        pair.leaky.plan.column, quantity, rule, training, all_rows, _counts(pair), difference, relative, cells
    )


def _compare_categories(pair: _Pair) -> LearntValue:
    honest, leaky = pair.honest, pair.leaky
    before = {write_value(category) for category in honest.categories} if honest else set()
    new = [name for name in map(write_value, leaky.categories) if name not in before]
    rows = int(as_labels(pair.all_rows).isin(new).sum()) if new else 0
    if leaky.has_missing_column and not (honest and honest.has_missing_column):
        new.append(_("missing"))
        rows += int(is_gap(pair.all_rows).sum())
    return LearntValue(
        column=leaky.plan.column,
        quantity="categories",
        rule=leaky.plan.encode,
        training=float(len(before) + (honest.has_missing_column if honest else 0)),
        all_rows=float(len(leaky.categories) + leaky.has_missing_column),
        counts=_counts(pair),
        difference=float(len(new)),
        relative=None,
        cells=rows,
        only_all=tuple(new),
    )


def _counts(pair: _Pair) -> tuple[int, int]:
    return (pair.honest.learnt_from if pair.honest else 0, pair.leaky.learnt_from)


def _deviation(values: pd.Series) -> float:
    """Return the standard deviation of the numbers in a column, 0 where there are none or it leaves float64."""
    present = values[~is_gap(values)]
    if present.empty or not holds_numbers(present):
        return 0.0
    with np.errstate(over="ignore", invalid="ignore"):
        deviation = float(np.std(as_numbers(present, str(values.name))))
    return deviation if np.isfinite(deviation) else 0.0
