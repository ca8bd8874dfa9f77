"""What was learnt from the training rows about one column, as plain data."""

from dataclasses import dataclass

from core.preprocessing.column_types.infer import Kind
from core.preprocessing.recipes.choices import LEARNT_FILLS
from core.preprocessing.recipes.plan import ColumnPlan


@dataclass(frozen=True)
class FittedColumn:
    """What was learnt from the training rows about one column.

    Attributes:
        plan: for the column.
        kind: what it was read as: number, date, yes_no or category.
        fill_value: what missing values become, before they are encoded and scaled: a number, a category, or a date as
            text; None if they become no value (`own_class`, `drop_rows`) or a model fills them. With `forward` it fills
            those that have nothing above them; in an ordinal column whose rows with missing values are dropped it
            replaces values that are not in the order.
        categories: floats or texts; for one-hot, the values with a feature each, sorted; for ordinal, the order, lowest
            first, so that a value becomes its index; for yes_no, the values seen, sorted; else ().
        has_missing_column: whether a last feature marks the missing values, as a class of their own or in addition to
            the filled values.
        learnt_from: how many training rows have a value.
        feature_names: of the features that it becomes.
        has_other: whether there is a feature `<column>_other`.
        others: the training values that share that feature.
        other_rows: how many training rows share it, filled ones included.
        base: the category without a feature.
        yes: the value that becomes 1, letter case aside.
        centre: of the scale: a number x becomes (x - centre) / spread; 0 if unscaled or on the log scale.
        spread: of the scale; 1 if unscaled or on the log scale.
    """

    plan: ColumnPlan
    kind: Kind
    fill_value: float | str | None
    categories: tuple[float, ...] | tuple[str, ...]
    has_missing_column: bool
    learnt_from: int
    feature_names: tuple[str, ...]
    has_other: bool = False
    others: tuple[float, ...] | tuple[str, ...] = ()
    other_rows: int = 0
    base: float | str | None = None
    yes: str | None = None
    centre: float = 0.0
    spread: float = 1.0

    @property
    def of_numbers(self) -> bool:
        """Whether the column holds numbers, as numbers or as categories."""
        known = (*self.categories[:1], self.base, *self.others[:1], self.fill_value)
        return self.plan.encode == "number" or any(isinstance(value, float) for value in known)

    @property
    def is_filled_by_model(self) -> bool:
        """Whether missing values are predicted by a model from the other columns."""
        return self.plan.fill in LEARNT_FILLS
