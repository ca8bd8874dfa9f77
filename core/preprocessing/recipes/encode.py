"""One fitted column of a table, filled and encoded, to be written into the matrix block by block."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from core.errors import InputError, LimitError
from core.formatting import format_count
from core.language import _
from core.preprocessing.column_types.infer import PAIRS, write_value
from core.preprocessing.naming import quote_names
from core.preprocessing.recipes.column_arrays import NO_MOMENT, Codes, Moments, Numbers
from core.preprocessing.recipes.dates import date_part
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.plan import MOST_CATEGORIES, ColumnPlan, shorten
from core.preprocessing.recipes.scale import scaled

Block = npt.NDArray[np.float64]
NOWHERE = -1  # a value of a one-hot column for which all features are 0


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """A column that becomes numbers.

    Attributes:
        column: what the training rows taught.
        values (n,): the numbers.
        fill: what is not finite becomes this, unless it is None, for nothing is missing.
    """

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
    """A column that becomes ranks.

    Attributes:
        column: what the training rows taught.
        codes (n,): into the ranks.
        ranks: the number that each code becomes; the last one is that of a missing value.
    """

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
    """A column that becomes parts of dates.

    Attributes:
        column: what the training rows taught.
        moments (n,): microseconds since 1970-01-01.
        fill: what missing values become, NaN if it is None.
    """

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
    """A column that becomes a feature of 0 and 1 for each category.

    Attributes:
        column: what the training rows taught.
        codes (n,): into the features.
        features: the feature that each code sets to 1, or NOWHERE; the last one is that of a missing value.
    """

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
    """Scale numbers and write them."""
    block[:, place] = scaled(numbers, column.plan.scale, column.centre, column.spread)


Counts = dict[Any, int]


def fit_categories(plan: ColumnPlan, values: Codes, of_numbers: bool) -> FittedColumn | None:
    """Learn a column encoded as one-hot, ordinal or yes_no; None without a value to learn from or a constant.

    Raises InputError, naming the column, if its constant, its order or its yes does not fit its values, and LimitError
    for more than 1,000 categories.
    """
    *counted, gaps = values.counts().tolist()
    counts = {value: count for value, count in zip(values.distinct, counted, strict=True) if count}
    if not counts and plan.fill != "constant":
        return None
    fit = {"one_hot": _fit_one_hot, "ordinal": _fit_ordinal, "yes_no": _fit_yes_no}[plan.encode]
    return fit(plan, counts, gaps, of_numbers)


def _fit_one_hot(plan: ColumnPlan, counts: Counts, gaps: int, of_numbers: bool) -> FittedColumn:
    fill = None if plan.fill == "own_class" else _fill(plan, counts, of_numbers)
    filled = {**counts, fill: counts.get(fill, 0) + gaps} if gaps and fill is not None else counts
    by_frequency = sorted(filled, key=lambda value: (-filled[value], value))
    frequent = [value for value in by_frequency if filled[value] >= (plan.min_frequency or 0)]
    if plan.most is None:
        _check_count(plan, len(frequent))
    base = _find_base(plan, by_frequency)
    kept = set(frequent[: plan.most]) - {base}
    others = tuple(sorted(set(filled) - kept - {base}))
    categories = tuple(sorted(kept))
    marks_missing = gaps > 0 and (plan.fill == "own_class" or plan.was_missing)
    labels = [*map(write_value, categories), *(["other"] if others else [])]
    if marks_missing:
        labels.append("nan" if plan.fill == "own_class" else "was_missing")
    return FittedColumn(
        plan=plan,
        kind="number" if of_numbers else "category",
        fill_value=fill,
        categories=categories,
        has_missing_column=marks_missing,
        learnt_from=sum(counts.values()),
        feature_names=tuple(f"{plan.column}_{label}" for label in labels),
        has_other=bool(others),
        others=others,
        other_rows=sum(filled[value] for value in others),
        base=base,
    )


def _fit_ordinal(plan: ColumnPlan, counts: Counts, gaps: int, of_numbers: bool) -> FittedColumn | None:
    order = _read_order(plan, of_numbers) if plan.order is not None else tuple(sorted(counts))
    _check_count(plan, len(order))
    known = {value: count for value, count in counts.items() if value in set(order)}
    if not known and plan.fill != "constant":
        return None
    fill = None if plan.fill in ("nearest", "iterative") else _fill(plan, known, of_numbers, always=True)
    if plan.fill == "constant" and fill not in order:
        raise InputError(
            _("The constant {value} of “{column}” is not in its order; choose one of {choices}.").format(
                value=repr(plan.constant), column=plan.column, choices=quote_names(map(write_value, order))
            )
        )
    has_gaps = gaps > 0 or len(known) < len(counts)
    return _single(plan, "number" if of_numbers else "category", fill, order, has_gaps, sum(known.values()))


def _fit_yes_no(plan: ColumnPlan, counts: Counts, gaps: int, of_numbers: bool) -> FittedColumn:
    if of_numbers:
        raise InputError(
            _("The column “{column}” holds numbers, not yes and no; choose another encoding.").format(
                column=plan.column
            )
        )
    yes = _find_yes(plan, list(counts)) if plan.yes is None else plan.yes
    _check_count(plan, len(counts))
    fill = _fill(plan, _of_the_more_frequent_answer(counts, yes), of_numbers)
    return _single(plan, "yes_no", fill, tuple(sorted(counts)), gaps > 0, sum(counts.values()), yes)


def _of_the_more_frequent_answer(counts: Counts, yes: str) -> Counts:
    """Return the counts of the answers that mean yes, or of the others, whichever are more; in a tie the others."""
    of_yes = {value: count for value, count in counts.items() if value.casefold() == yes.casefold()}
    of_no = {value: count for value, count in counts.items() if value not in of_yes}
    return of_yes if sum(of_yes.values()) > sum(of_no.values()) else of_no


def _single(
    plan: ColumnPlan,
    kind: Any,  # noqa: ANN401 - one of the kinds
    fill: float | str | None,
    categories: tuple[Any, ...],
    has_gaps: bool,
    learnt_from: int,
    yes: str | None = None,
) -> FittedColumn:
    """Return a column that becomes one number in each row, perhaps with an indicator of missing values."""
    marks = has_gaps and plan.was_missing
    names = (plan.column, *([f"{plan.column}_was_missing"] if marks else []))
    return FittedColumn(plan, kind, fill, categories, marks, learnt_from, names, yes=yes)


def _fill(plan: ColumnPlan, counts: Counts, of_numbers: bool, always: bool = False) -> float | str | None:
    """Return the category that fills missing values: of equally frequent ones the smallest."""
    if plan.fill == "constant":
        return _read_constant(plan, of_numbers)
    if plan.fill in ("most_frequent", "forward") or always:
        fill: float | str = min(counts, key=lambda value: (-counts[value], value))
        return fill
    return None


def _read_constant(plan: ColumnPlan, of_numbers: bool) -> float | str:
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


def _read_order(plan: ColumnPlan, of_numbers: bool) -> tuple[Any, ...]:
    """Return the order as values of the column: numbers may be written as text, and text as numbers."""
    order = plan.order or ()
    try:
        values = tuple(float(value) for value in order) if of_numbers else tuple(map(write_value, order))
    except ValueError:
        raise InputError(
            _("The column “{column}” holds numbers, so its order cannot be {order}.").format(
                column=plan.column, order=quote_names(order)
            )
        ) from None
    if len(set(values)) < len(values):
        raise InputError(
            _("The order of “{column}” lists a category twice; list each once.").format(column=plan.column)
        )
    return values


def _find_base(plan: ColumnPlan, by_frequency: Sequence[Any]) -> float | str | None:
    if plan.base == "":
        base: float | str = by_frequency[0]
        return base
    return next((value for value in by_frequency if write_value(value) == plan.base), None)


def _find_yes(plan: ColumnPlan, labels: Sequence[str]) -> str:
    words = {label.casefold() for label in labels}
    for yes, no in PAIRS:
        if words <= {yes, no}:
            return yes
    raise InputError(
        _(
            "It is not known which value of “{column}” means yes ({values}); choose it, or encode the column one-hot."
        ).format(column=plan.column, values=quote_names(sorted(labels)))
    )


def _check_count(plan: ColumnPlan, count: int) -> None:
    if count <= MOST_CATEGORIES:
        return
    sentence = _("The column “{column}” has {count} categories; at most {limit} can become features.")
    if plan.encode == "one_hot":
        sentence = _(
            "The column “{column}” has {count} categories; at most {limit} can become features: keep the most "
            "frequent ones and merge the others."
        )
    raise LimitError(
        sentence.format(column=shorten(plan.column), count=format_count(count), limit=format_count(MOST_CATEGORIES)),
        limit="categories",
        most=MOST_CATEGORIES,
        came=count,
    )
