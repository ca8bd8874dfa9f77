"""What the training rows teach: fill values, categories, names of features."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _
from core.preprocessing.columns.kinds import as_labels, as_numbers, holds_numbers, is_gap, write_value
from core.preprocessing.frames import check_frame, pick_columns, take_rows, usable_rows
from core.preprocessing.naming import quote_names, unique_names
from core.preprocessing.recipes.fitted import FittedColumn, FittedRecipe
from core.preprocessing.recipes.plans import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe

MOST_CATEGORIES = 1_000


def fit_recipe(recipe: Recipe, frame: pd.DataFrame) -> FittedRecipe:
    """Learn from the rows that have a target and that the recipe keeps. See `Recipe.fit`."""
    check_frame(frame)
    plans = [plan for plan in recipe.columns if plan.is_kept]
    rows = usable_rows(frame, recipe)
    training = take_rows(pick_columns(frame, [plan.column for plan in plans]), rows)
    learnt = [_fit_column(plan, training[plan.column]) for plan in plans]
    columns = [column for column in learnt if column is not None]
    if not columns:
        raise InputError(_("At least one feature is needed; the recipe leaves out every column that has values."))
    empty = [plan.column for plan, column in zip(plans, learnt, strict=True) if column is None]
    notes: tuple[str, ...] = ()
    if empty:
        notes = (_("Left out, for the training rows have no value there: {names}.").format(names=quote_names(empty)),)
    return FittedRecipe(recipe, _make_names_unique(columns), notes, frame.attrs.get("read_csv"))


def _fit_column(plan: ColumnPlan, values: pd.Series) -> FittedColumn | None:
    """Learn one column, or return None if it has no value to learn from and no constant to fill it with."""
    gaps = is_gap(values)
    present = values[~gaps]
    if present.empty and plan.fill != "constant":
        return None
    if plan.encode == "number":
        fill = _fill_number(plan, as_numbers(present, plan.column))
        return FittedColumn(plan, fill, (), False, len(present), (plan.column,))
    return _fit_one_hot(plan, present, has_gaps=bool(gaps.any()))


def _fill_number(plan: ColumnPlan, numbers: npt.NDArray[np.float64]) -> float | None:
    if plan.fill == "constant":
        return float(plan.constant)  # type: ignore[arg-type]
    if plan.fill == "most_frequent":
        counts = _count_values(pd.Series(numbers))
        return float(counts.index.tolist()[counts.argmax()])
    if plan.fill == "drop_rows":
        return None
    # Near the end of the range of float64 the sum would overflow. A power of two rounds nothing there.
    scale = 2.0**64 if np.abs(numbers).max() > 1e280 else 1.0
    middle = np.mean if plan.fill == "mean" else np.median
    return float(middle(numbers / scale) * scale)


def _fit_one_hot(plan: ColumnPlan, present: pd.Series, has_gaps: bool) -> FittedColumn:
    of_numbers = isinstance(plan.constant, int | float) if present.empty else holds_numbers(present)
    counts = _count_values(pd.Series(as_numbers(present, plan.column)) if of_numbers else as_labels(present))
    values_found: list[Any] = counts.index.tolist()
    fill: float | str | None = None
    if plan.fill == "most_frequent":
        fill = values_found[counts.argmax()]
    elif plan.fill == "constant":
        fill = _check_constant(plan, of_numbers)
    found = set(values_found) | ({fill} if has_gaps and fill is not None else set())
    if len(found) > MOST_CATEGORIES:
        raise InputError(
            _("The column “{column}” has {count} categories; at most {limit} can become features.").format(
                column=plan.column, count=f"{len(found):,}", limit=f"{MOST_CATEGORIES:,}"
            )
        )
    categories: tuple[Any, ...] = tuple(sorted(found))
    marks_gaps = has_gaps and plan.fill == "own_class"
    labels = [*map(write_value, categories), *(["nan"] if marks_gaps else [])]
    names = tuple(f"{plan.column}_{label}" for label in labels)
    return FittedColumn(plan, fill, categories, marks_gaps, len(present), names)


def _check_constant(plan: ColumnPlan, of_numbers: bool) -> float | str:
    constant = plan.constant
    if of_numbers and not isinstance(constant, str) and constant is not None:
        return float(constant)
    if isinstance(constant, str) and not of_numbers:
        return constant
    raise InputError(
        _("The column “{column}” holds {held}, so its constant cannot be {value}.").format(
            column=plan.column, held=_("numbers") if of_numbers else _("text"), value=repr(constant)
        )
    )


def _count_values(values: pd.Series) -> pd.Series:
    """Count each value, smallest value first, so that `argmax` finds the smallest of equally frequent ones."""
    return values.value_counts().sort_index()


def _make_names_unique(columns: list[FittedColumn]) -> tuple[FittedColumn, ...]:
    names = iter(unique_names([name for column in columns for name in column.feature_names]))
    return tuple(
        replace(column, feature_names=tuple(next(names) for _name in column.feature_names)) for column in columns
    )
