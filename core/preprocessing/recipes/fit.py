"""Learn from the training rows: fill values, categories, models, scales and the names of features."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from core.errors import InputError, LimitError
from core.formatting import format_count
from core.language import _
from core.preprocessing.column_types.frames import check_frame, pick_columns
from core.preprocessing.column_types.infer import as_numbers, holds_numbers
from core.preprocessing.naming import unique_names
from core.preprocessing.recipes.choices import LEARNT_FILLS
from core.preprocessing.recipes.column_arrays import (
    NO_MOMENT,
    Mask,
    Moments,
    Numbers,
    codes_of,
    missing_numbers,
    moments_of,
    numbers_of,
)
from core.preprocessing.recipes.dates import read_moment, write_moment
from core.preprocessing.recipes.encode import fit_categories
from core.preprocessing.recipes.fitted import FittedRecipe
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.impute import FittedImputer, check_nearest, fit_imputer
from core.preprocessing.recipes.notes import base_note, left_out_note, order_note, rare_note
from core.preprocessing.recipes.plan import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe
from core.preprocessing.recipes.rows import take_rows, usable_rows
from core.preprocessing.recipes.scale import learn_scale, mean_of, median_of
from core.preprocessing.recipes.target_transform import FittedTarget, fit_target
from core.preprocessing.recipes.transform import ReadColumn, encoded_numbers, fill_by_models, in_threads, read_columns


def fill_number(plan: ColumnPlan, present: Numbers) -> float | None:
    """Return the fill value, None if rows with missing values are dropped or a model fills them.

    `present` (m,) are the finite training values, at least one unless a constant fills. Of equally frequent values the
    smallest fills. With `forward`, it is the mean, for rows with nothing above them.
    """
    if plan.fill == "constant":
        return float(plan.constant)  # type: ignore[arg-type]
    if plan.fill == "most_frequent":
        return float(_most_frequent(present))
    if plan.fill == "median":
        return median_of(present)
    return mean_of(present) if plan.fill in ("mean", "forward") else None


def fill_moment(plan: ColumnPlan, present: Moments) -> str | None:
    """Return the fill value of dates, as text to the microsecond; else as `fill_number`."""
    if plan.fill == "constant":
        return write_moment(read_moment(str(plan.constant)))
    if plan.fill == "most_frequent":
        return write_moment(_most_frequent(present))
    if plan.fill not in ("mean", "median", "forward"):
        return None
    first = present.min()
    since = (present - first).astype(np.float64)  # smaller numbers lose fewer digits
    middle = np.median(since) if plan.fill == "median" else np.mean(since)
    return write_moment(int(first) + round(float(middle)))


def _most_frequent(present: Numbers) -> Any:  # noqa: ANN401 - a float or a whole number
    values, counts = np.unique(present, return_counts=True)
    return values[counts.argmax()].item()


MOST_FEATURES = 10_000


def fit_recipe(recipe: Recipe, frame: pd.DataFrame) -> FittedRecipe:
    """Fit on the rows that have a target and that the recipe keeps. See `Recipe.fit`."""
    check_frame(frame)
    plans = [plan for plan in recipe.columns if plan.is_kept]
    keep = usable_rows(frame, recipe)
    sources = pick_columns(frame, [plan.column for plan in plans])
    training = take_rows(sources, keep)
    learnt = in_threads(lambda plan: _fit_column(plan, training[plan.column]), plans, len(training))
    columns = [column for column in learnt if column is not None]
    _check_features(sum(len(column.feature_names) for column in columns))
    columns, imputer = _fit_models_and_scales(columns, sources, keep)
    empty = [plan.column for plan, column in zip(plans, learnt, strict=True) if column is None]
    notes = (
        *left_out_note(empty),
        *(note for column in columns for note in (*base_note(column), *rare_note(column), *order_note(column))),
    )
    reading = frame.attrs.get("reading")
    target = _fit_target(recipe, frame, keep)
    return FittedRecipe(recipe, _make_names_unique(columns), notes, reading, frame.index[keep], imputer, target)


def _fit_target(recipe: Recipe, frame: pd.DataFrame, keep: Mask) -> FittedTarget | None:
    """Learn the transform of the target from the training rows; None if it stays as it is."""
    if recipe.target_transform == "none":
        return None
    values = as_numbers(pick_columns(frame, [recipe.target])[recipe.target][keep], recipe.target)
    return fit_target(recipe.target_transform, recipe.target, values.astype(np.float64), frame.index[keep])


def _fit_column(plan: ColumnPlan, values: pd.Series) -> FittedColumn | None:
    """Fit one column; return None if it has neither a value to learn from nor a constant."""
    if plan.encode == "number":
        return _fit_numbers(plan, values)
    if plan.encode == "date":
        return _fit_dates(plan, values)
    of_numbers = holds_numbers(values) if not values.isna().all() else isinstance(plan.constant, int | float)
    return fit_categories(plan, codes_of(values, plan.column, of_numbers), of_numbers)


def _fit_numbers(plan: ColumnPlan, values: pd.Series) -> FittedColumn | None:
    numbers = numbers_of(values, plan.column)
    gaps = missing_numbers(numbers)
    has_gaps = bool(gaps.any())
    present = numbers[~gaps] if has_gaps else numbers
    if not len(present) and plan.fill != "constant":
        return None
    marks = plan.was_missing and has_gaps
    names = (plan.column, *([f"{plan.column}_was_missing"] if marks else []))
    return FittedColumn(plan, "number", fill_number(plan, present), (), marks, len(present), names)


def _fit_dates(plan: ColumnPlan, values: pd.Series) -> FittedColumn | None:
    moments = moments_of(values, plan.column)
    present = moments[moments != NO_MOMENT]
    if not len(present) and plan.fill != "constant":
        return None
    marks = plan.was_missing and len(present) < len(moments)
    labels = [*plan.parts, *(["was_missing"] if marks else [])]
    names = tuple(f"{plan.column}_{label}" for label in labels)
    return FittedColumn(plan, "date", fill_moment(plan, present), (), marks, len(present), names)


def _fit_models_and_scales(
    columns: Sequence[FittedColumn], sources: pd.DataFrame, keep: Mask
) -> tuple[list[FittedColumn], FittedImputer | None]:
    """Fit the models that fill missing values, then learn the scales, from the columns as the recipe reads them."""
    fills = [fill for fill in LEARNT_FILLS if any(column.plan.fill == fill for column in columns)]
    scaling = [column for column in columns if column.plan.scale not in ("none", "log")]
    needed = [column for column in columns if (fills and _feeds_models(column)) or column in scaling]
    if not needed:
        return list(columns), None
    read = read_columns(needed, sources, keep)
    imputer = None
    if fills:
        feeding = [column for column in read if _feeds_models(column.column)]
        _check_models(feeding)
        names = [column.column.plan.column for column in feeding]
        imputer = fit_imputer(names, encoded_numbers(feeding), fills)
    if scaling and imputer is not None:
        read = fill_by_models(read, imputer)
    scales = {
        column.column.plan.column: learn_scale(column.column.plan.scale, column.numbers())
        for column in read
        if column.column in scaling
    }
    return [_with_scale(column, scales.get(column.plan.column)) for column in columns], imputer


def _feeds_models(column: FittedColumn) -> bool:
    return column.plan.is_single_number and column.learnt_from > 0


def _check_models(feeding: Sequence[ReadColumn]) -> None:
    gaps = [column.gaps for column in feeding if column.column.plan.fill == "nearest"]
    if gaps:
        check_nearest(int(np.logical_or.reduce(gaps).sum()), len(gaps[0]), len(feeding))


def _with_scale(column: FittedColumn, scale: tuple[float, float] | None) -> FittedColumn:
    return column if scale is None else replace(column, centre=scale[0], spread=scale[1])


def _check_features(count: int) -> None:
    if not count:
        raise InputError(_("At least one feature is needed; the recipe leaves out every column that has values."))
    if count > MOST_FEATURES:
        raise LimitError(
            _(
                "The recipe creates {count} features, and at most {limit} are allowed; keep only the most frequent "
                "categories, or leave out columns."
            ).format(count=format_count(count), limit=format_count(MOST_FEATURES)),
            limit="features",
            most=MOST_FEATURES,
            came=count,
        )


def _make_names_unique(columns: Sequence[FittedColumn]) -> tuple[FittedColumn, ...]:
    names = iter(unique_names([name for column in columns for name in column.feature_names]))
    return tuple(
        replace(column, feature_names=tuple(next(names) for _name in column.feature_names)) for column in columns
    )
