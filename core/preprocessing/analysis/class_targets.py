"""What in a table can be predicted as a class: its categories, and its numbers above and below their median."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.formatting import format_number
from core.preprocessing.column_types.infer import column_kinds
from core.preprocessing.column_types.values import as_labels, as_numbers, is_missing

MOST_CLASSES = 20  # of a category; a column with more is more like a name
MOST_NUMBERS = 10  # different values of a column of numbers that may be classes too


@dataclass(frozen=True, eq=False)
class ClassTarget:
    """A label with classes.

    Attributes:
        name: of the label: that of its column, or “column > median”.
        column: the column it is made from.
        labels (n,): the class of each row as text, missing where the cell is.
        classes: the names of the classes, in order.
    """

    name: str
    column: str
    labels: pd.Series
    classes: tuple[str, ...]


def class_targets(frame: pd.DataFrame) -> Mapping[str, ClassTarget]:
    """Return the labels with classes that a table offers, by name.

    First come categories and columns of yes and no with at most 20 classes, then numbers with at most 10 different
    values, then every column of numbers cut at its median, which is written as in the current language. A column
    without a value is left out; one whose values are all the same has one class. Empty if there are no such columns.
    """
    kinds = column_kinds(frame)
    found: dict[str, ClassTarget] = {}
    for wanted, most in ((("category", "yes_no", "text"), MOST_CLASSES), (("number",), MOST_NUMBERS)):
        for name in (name for name, kind in kinds.items() if kind in wanted):
            labels = _labels(frame[name])
            classes = _in_order(labels, numeric="number" in wanted)
            if 1 <= len(classes) <= most:
                found[name] = ClassTarget(name, name, labels, classes)
    for column in (name for name, kind in kinds.items() if kind == "number"):
        cut = _cut_at_median(frame[column], column)
        if cut is not None:
            found.setdefault(cut.name, cut)
    return found


def _labels(values: pd.Series) -> pd.Series:
    labels = as_labels(values).astype("object")
    return labels.where(~is_missing(values), None)


def _in_order(labels: pd.Series, *, numeric: bool) -> tuple[str, ...]:
    names = {str(label) for label in labels.dropna()}
    return tuple(sorted(names, key=float) if numeric else sorted(names))


def _cut_at_median(values: pd.Series, column: str) -> ClassTarget | None:
    numbers = as_numbers(values, column)
    if np.isnan(numbers).all():
        return None
    median = float(np.nanmedian(numbers))
    low, high = f"≤ {format_number(median)}", f"> {format_number(median)}"
    cut = pd.Series(np.where(numbers > median, high, low), index=values.index, dtype="object")
    labels = cut.where(~np.isnan(numbers), None)
    classes = tuple(name for name in (low, high) if (labels == name).any())
    return ClassTarget(f"{column} {high}", column, labels, classes)
