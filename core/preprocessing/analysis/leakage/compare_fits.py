"""Compare what two fits of one recipe learnt."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from core.language import _
from core.preprocessing.column_types.infer import as_labels, is_missing, write_value
from core.preprocessing.recipes.dates import A_DAY, read_moment
from core.preprocessing.recipes.fitted import FittedRecipe
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.scale import learn_scale
from core.preprocessing.recipes.transform import read_column

Quantity: TypeAlias = Literal["fill_value", "model", "centre", "spread", "categories"]


@dataclass(frozen=True)
class LearntValue:
    """One thing that was learnt about a column, from the training rows and from all rows.

    Attributes:
        column: its name.
        quantity: what was learnt.
        rule: the fill, the scale or the encoding that learnt it.
        training: what the training rows taught. For a `model` that fills missing values it is how many rows with a
            value it has seen, for `categories` how many are known.
        all_rows: the same of all rows.
        counts: from how many values each was learnt.
        difference: `all_rows` minus `training`, in the unit of the column (dates in days), None among texts.
        relative: the difference in standard deviations of the training rows, None where they never vary.
        cells: how many cells it acts on: the missing ones for a fill value or a model, the rows for centre and spread,
            the rows of a category (or a missing value) that the training rows do not have.
        only_all: the categories that the training rows do not have.
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
        """Whether the test rows changed it."""
        return self.training != self.all_rows or bool(self.only_all)


@dataclass(frozen=True, eq=False)
class _Pair:
    """Both fits of one column, and the rows of each."""

    honest: FittedColumn | None
    leaky: FittedColumn
    training: pd.Series
    all_rows: pd.Series


def compare_fits(
    honest: FittedRecipe, leaky: FittedRecipe, training: pd.DataFrame, all_rows: pd.DataFrame
) -> tuple[LearntValue, ...]:
    """Return what both fits learnt, column by column; the rows are those that each can use.

    For a column without a value in the training rows `training` is None.
    """
    known = {column.plan.column: column for column in honest.columns}
    found: list[LearntValue] = []
    for column in leaky.columns:
        name = column.plan.column
        found += _compare_column(_Pair(known.get(name), column, training[name], all_rows[name]))
    return tuple(found)


def _compare_column(pair: _Pair) -> list[LearntValue]:
    honest, leaky = pair.honest, pair.leaky
    plan, found = leaky.plan, []
    if plan.fill not in ("constant", "drop_rows") and leaky.fill_value is not None:
        gaps = int(is_missing(pair.all_rows).sum())
        found.append(_compare(pair, "fill_value", honest.fill_value if honest else None, leaky.fill_value, gaps))
    if leaky.is_filled_by_model:
        seen = float(honest.learnt_from) if honest else None
        found.append(_compare(pair, "model", seen, float(leaky.learnt_from), int(is_missing(pair.all_rows).sum())))
    if plan.scale in ("standard", "min_max", "robust"):
        rows = len(pair.all_rows)
        found.append(_compare(pair, "centre", honest.centre if honest else None, leaky.centre, rows))
        found.append(_compare(pair, "spread", honest.spread if honest else None, leaky.spread, rows))
    if plan.encode == "one_hot" or (plan.encode == "ordinal" and plan.order is None):
        found.append(_compare_categories(pair))
    return found


def _compare(
    pair: _Pair, quantity: Quantity, training: float | str | None, all_rows: float | str, cells: int
) -> LearntValue:
    plan = pair.leaky.plan
    difference = relative = None
    before, after = _as_number(pair.leaky, training), _as_number(pair.leaky, all_rows)
    if before is not None and after is not None:
        difference, deviation = after - before, _deviation(pair)
        relative = difference / deviation if deviation > 0 and quantity != "model" else None
    return LearntValue(
        column=plan.column,
        quantity=quantity,
        rule=plan.fill if quantity in ("fill_value", "model") else plan.scale,
        training=training,
        all_rows=all_rows,
        counts=_counts(pair) if quantity in ("fill_value", "model") else (len(pair.training), len(pair.all_rows)),
        difference=difference,
        relative=relative,
        cells=cells,
    )


def _as_number(column: FittedColumn, value: float | str | None) -> float | None:
    """Return a learnt value as a number, a date in days; None for a category."""
    if isinstance(value, float):
        return value
    return read_moment(value) / A_DAY if column.kind == "date" and value is not None else None


def _compare_categories(pair: _Pair) -> LearntValue:
    honest, leaky = pair.honest, pair.leaky
    before, after = _category_names(honest), _category_names(leaky)
    new = [name for name in after if name not in before]
    rows = int(as_labels(pair.all_rows).isin(new).sum()) if new else 0
    if _has_gap_class(leaky) and not _has_gap_class(honest):
        new.append(_("missing"))
        rows += int(is_missing(pair.all_rows).sum())
    return LearntValue(
        column=leaky.plan.column,
        quantity="categories",
        rule=leaky.plan.encode,
        training=float(len(before) + _has_gap_class(honest)),
        all_rows=float(len(after) + _has_gap_class(leaky)),
        counts=_counts(pair),
        difference=float(len(new)),
        relative=None,
        cells=rows,
        only_all=tuple(new),
    )


def _category_names(column: FittedColumn | None) -> list[str]:
    """Return the categories of the fit, those without a feature of their own too."""
    if column is None:
        return []
    base = () if column.base is None else (column.base,)
    return [write_value(category) for category in (*column.categories, *column.others, *base)]


def _has_gap_class(column: FittedColumn | None) -> bool:
    return column is not None and column.plan.fill == "own_class" and column.has_missing_column


def _counts(pair: _Pair) -> tuple[int, int]:
    return (pair.honest.learnt_from if pair.honest else 0, pair.leaky.learnt_from)


def _deviation(pair: _Pair) -> float:
    """Return the standard deviation of the training values before they are scaled, dates in days.

    It is 0 where there are none, or where they are categories without an order.
    """
    column = pair.honest
    if column is None or column.plan.encode == "one_hot":
        return 0.0
    read = read_column(column, pair.training, np.ones(len(pair.training), dtype=bool))
    present = read.numbers()[~read.gaps]
    if not len(present) or present.min() == present.max():
        return 0.0
    return learn_scale("standard", present)[1]
