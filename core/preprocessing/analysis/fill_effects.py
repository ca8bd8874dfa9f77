"""What filling missing values does to a column: to mean, spread, distribution and correlations."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.preprocessing.analysis.column_summary import MOST_OTHERS, LabelColumn, NumberColumn, is_date, is_numeric
from core.preprocessing.column_types.frames import check_frame, pick_columns, read_target
from core.preprocessing.column_types.infer import column_kind, holds_numbers, is_missing
from core.preprocessing.recipes.choices import LEARNT_FILLS, Encode, Fill, encode_choices, fill_choices
from core.preprocessing.recipes.fitted import FittedRecipe
from core.preprocessing.recipes.plan import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe


@dataclass(frozen=True, eq=False)
class FillComparison:
    """One column filled in every possible way, on the same rows.

    The columns of measured: `way` ("present": the values that are there; "truth": all values, where they are known; or
    a fill), `rows`, `filled` (how many missing values got one), and

    - for numbers: `mean`, `spread` (standard deviation, n in the divisor), `correlation` with the target,
      `largest_change` of the correlation with any other numeric column and `changed_with`, its name, and `error`, the
      root mean squared error of the filled values whose truth is known;
    - for other values: `classes` (distinct values), `top` and `top_share` (the most frequent value and its share),
      and `error`, the share of filled values that are not the true ones.

    What does not exist is NaN.

    The columns of distribution: way, part ("present" or "filled") and bin: for numbers `low` and `high` of 24 bins of
    equal width (dates in days since 1970), for other values `value` (the 12 most frequent present ones, two that only
    the way brings in, among them "nan" for missing values left as a class of their own, None for the rest); and
    `count`.

    Attributes:
        column: its name.
        target: the name of the label.
        is_numeric: whether it holds numbers or dates.
        is_date: whether it holds dates.
        rows: how many were looked at.
        gaps: how many values are missing.
        measured: one row per way.
        distribution: one row per way, part and bin.
        refused: the fills that cannot be done, with their reasons.
        notes: what was not looked at.
    """

    column: str
    target: str
    is_numeric: bool
    is_date: bool
    rows: int
    gaps: int
    measured: pd.DataFrame
    distribution: pd.DataFrame
    refused: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def way(self, name: str) -> dict[str, Any]:
        """Return the statistics of one way. Raises KeyError if the column was not filled in this way."""
        if name not in set(self.measured["way"]):
            raise KeyError(name)
        return {str(key): value for key, value in self.measured[self.measured["way"] == name].iloc[0].items()}

    @property
    def shrunk_spread(self) -> float:
        """The spread after filling numbers with their mean: s times the root of the share that is present.

        A row filled with the mean adds nothing to the sum of squares, and the sum is divided by all rows.
        """
        return float(self.way("present")["spread"] * np.sqrt((self.rows - self.gaps) / self.rows))


def fill_effects(frame: pd.DataFrame, fitted: FittedRecipe) -> pd.DataFrame:
    """Return the effect of a fitted recipe's fills on every column with missing values; pass the training rows.

    One row per column with missing values that the recipe keeps: `column`, `fill`, `gaps`, and the columns of
    `FillComparison.measured` twice, ending in `_before` and `_after`. Numeric and other columns have different ones;
    the rest is NaN. Without missing values the table is empty.
    Raises InputError if a column of the recipe is absent.
    """
    plain = _plain(frame)
    target = fitted.recipe.target
    filled = fitted.filled(plain)
    rows = []
    for plan in (column.plan for column in fitted.columns):
        values = plain[plan.column]
        gaps = is_missing(values)
        if not gaps.any() or gaps.all():
            continue
        subject = _take_up(plain, plan.column, target)
        before, after = subject.measure(values[~gaps]), subject.measure(filled[plan.column])
        row: dict[str, object] = {"column": plan.column, "fill": plan.fill, "gaps": int(gaps.sum())}
        row |= {f"{key}_before": value for key, value in before.items()}
        row |= {f"{key}_after": value for key, value in after.items()}
        rows.append(row)
    return pd.DataFrame(rows)


def compare_fills(
    frame: pd.DataFrame, recipe: Recipe, column: str, truth: pd.Series | None = None, *, learnt: bool = True
) -> FillComparison:
    """Fill one column in every possible way, and measure each; pass the training rows.

    Each fill is fitted on these rows. `nearest` and `iterative` use the other columns as the recipe prepares them. They
    take seconds on a few thousand rows; without `learnt` they are left out. `truth` holds the true values of the
    column, in the order of the frame's rows, where they are known.
    Raises InputError if the column is no feature of the recipe, or has no value in these rows.
    """
    plain = _plain(frame)
    plan = recipe.plan(column)
    values = pick_columns(plain, [column])[column]
    gaps = is_missing(values)
    if gaps.all():
        raise InputError(
            _("The column “{column}” has no value in the training rows to learn from; choose another one.").format(
                column=column
            )
        )
    read_target(plain, recipe.target)
    ways: dict[str, pd.Series] = {"present": values[~gaps]}
    known = None if truth is None else truth.reset_index(drop=True)
    if known is not None:
        ways["truth"] = known[~is_missing(known)]
    refused: dict[str, str] = {}
    encode = _kept_encoding(plan, values)
    for fill in _fills(plan, encode, values, learnt):
        try:
            changed = recipe.change(column, fill=fill, encode=encode, constant=_constant(plan, fill, values))
            ways[fill] = _fill(plain, changed, changed.plan(column))
        except InputError as problem:
            refused[fill] = str(problem)
    subject = _take_up(plain, column, recipe.target, known)
    return FillComparison(
        column, recipe.target, is_numeric(values), is_date(values), len(plain), int(gaps.sum()),
        pd.DataFrame([{"way": way, **subject.measure(filled)} for way, filled in ways.items()]),
        subject.count(ways), MappingProxyType(refused), tuple(_notes(plain, subject)),
    )  # fmt: skip


def keep_missing(recipe: Recipe) -> Recipe:
    """Return the recipe without fills that drop rows, so that rows with missing values are kept."""
    dropping = [plan.column for plan in recipe.columns if plan.is_kept and plan.fill == "drop_rows"]
    return recipe.change(dropping, fill="most_frequent") if dropping else recipe


def _take_up(
    frame: pd.DataFrame, column: str, target: str, truth: pd.Series | None = None
) -> NumberColumn | LabelColumn:
    if is_numeric(frame[column]):
        return NumberColumn.of(frame, column, target, truth)
    return LabelColumn.of(frame, column, truth)


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its rows labelled 0, 1, 2, ..., so that a label is a position."""
    check_frame(frame)
    return frame.reset_index(drop=True)


def _notes(frame: pd.DataFrame, subject: NumberColumn | LabelColumn) -> list[str]:
    if not isinstance(subject, NumberColumn):
        return []
    notes = []
    if subject.step > 1:
        template = _("The correlations with other columns are taken over {shown} of {rows} rows, evenly spread.")
        shown = len(range(0, len(frame), subject.step))
        notes.append(template.format(shown=format_count(shown), rows=format_count(len(frame))))
    if len(subject.others) == MOST_OTHERS:
        template = _("Only the correlations with the first {count} other numeric columns are compared.")
        notes.append(template.format(count=MOST_OTHERS))
    return notes


def _fills(plan: ColumnPlan, encode: Encode, values: pd.Series, learnt: bool) -> list[Fill]:
    """Return the fills that keep the column; there is no natural constant for a date."""
    left_out: set[str] = {"drop_column"} | (set() if learnt else set(LEARNT_FILLS))
    if is_date(values) and plan.constant is None:
        left_out.add("constant")
    return [fill for fill in fill_choices(column_kind(values), encode) if fill not in left_out]


def _kept_encoding(plan: ColumnPlan, values: pd.Series) -> Encode:
    """Return an encoding that keeps the column: numbers as numbers, others as in the plan, else as suggested."""
    choices = encode_choices(column_kind(values))
    if holds_numbers(values):
        return "number"
    return next(choice for choice in (plan.encode, *choices, "one_hot") if choice != "drop")


def _constant(plan: ColumnPlan, fill: Fill, values: pd.Series) -> float | str | None:
    if fill != "constant":
        return None
    if plan.fill == "constant":
        return plan.constant
    return 0.0 if holds_numbers(values) else _("unknown")


def _fill(frame: pd.DataFrame, recipe: Recipe, plan: ColumnPlan) -> pd.Series:
    """Fit on these rows and fill the column. Only the learnt fills need the other columns."""
    if plan.fill not in LEARNT_FILLS:
        recipe = replace(recipe, columns=(plan,))
    filled: pd.Series = recipe.fit(frame).filled(frame)[plan.column]
    return filled
