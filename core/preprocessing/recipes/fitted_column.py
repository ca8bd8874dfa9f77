"""What was learnt from the training rows about one column, as plain data."""

from dataclasses import dataclass

from core.preprocessing.column_types.infer import Kind
from core.preprocessing.recipes.choices import LEARNT_FILLS
from core.preprocessing.recipes.plan import ColumnPlan


@dataclass(frozen=True)
class FittedColumn:
    """What was learnt from the training rows about one column.

    `kind` is what it was read as: number, date, yes_no or category. `fill_value` replaces missing values, before
    encoding and scaling: a number, a category, or a date as text; None if nothing is filled (`own_class`, `drop_rows`)
    or a model fills. With `forward` it fills the missing values that have nothing above them; in an ordinal column
    whose rows with missing values are dropped it replaces values that are not in the order.

    `categories`, floats or texts, are: for one-hot, the values with a feature each, sorted; for ordinal, the order,
    lowest first, so that a value becomes its index; for yes_no, the values seen, sorted; else (). `base` is the
    category without a feature. `others` are the training values that share the feature `<column>_other`, which exists
    if `has_other`. `yes` is the value that becomes 1, ignoring case. `has_missing_column` says whether a last feature
    marks missing values, as a class of their own or in addition to the filled values.

    `learnt_from` counts the training rows with a value. `centre` and `spread` are those of the scale: a number x
    becomes (x - centre) / spread; 0 and 1 if unscaled or on the log scale.
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
