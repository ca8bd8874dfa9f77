"""The step that fills a missing value."""

import numpy as np
import pandas as pd

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.analysis.provenance.encoding import scale_step
from core.preprocessing.analysis.provenance.reading import read_value
from core.preprocessing.analysis.provenance.step import Step
from core.preprocessing.column_types.frames import pick_columns
from core.preprocessing.column_types.infer import is_missing, write_value
from core.preprocessing.recipes.fitted import FittedRecipe
from core.preprocessing.recipes.fitted_column import FittedColumn
from core.preprocessing.recipes.rows import usable_rows
from core.preprocessing.recipes.transform import encoded_numbers, read_columns


def is_unknown(column: FittedColumn, value: float | str | None) -> bool:
    """Return whether a value counts as missing for this column: missing, or not in the order."""
    return value is None or (column.plan.encode == "ordinal" and value not in column.categories)


def fill_step(column: FittedColumn, values: pd.Series, place: int, value: float | str | None) -> Step:
    """Return the step that fills a value; `values` is its column in the whole table, `place` its position in it.

    Not for a missing value that a model fills.
    """
    if not is_unknown(column, value):
        return Step("fill", value, _("There is a value, so nothing is filled."))
    first = "" if value is None else _("{value} is not in the order, so it counts as missing.").format(
        value=write_value(value)
    ) + " "  # fmt: skip
    if column.plan.fill == "own_class":
        return Step("fill", None, _("Missing is a class of its own, so nothing is filled."))
    if column.plan.fill == "forward":
        above = _last_above(column, values.iloc[:place])
        if above is not None:
            row, found = above
            sentence = _("The last value above, in row {row}, is carried forward.").format(row=row)
            return Step("fill", found, first + sentence)
    numbers = {"n": float(column.learnt_from)}
    return Step("fill", column.fill_value, first + _fill_sentence(column), _rule(column), numbers)


def _last_above(column: FittedColumn, values: pd.Series) -> tuple[object, float | str | None] | None:
    """Return label and value of the last row above with a value that counts."""
    present = values[~is_missing(values)]
    if column.plan.encode == "ordinal":
        known = set(column.categories)
        present = present[[read_value(present.iloc[[place]]) in known for place in range(len(present))]]
    return None if present.empty else (present.index[-1], read_value(present.iloc[-1:]))


def _rule(column: FittedColumn) -> str | None:
    """Return the name of the formula that gave the fill value."""
    fill = column.plan.fill
    if fill == "forward":
        return "mean" if column.plan.encode in ("number", "date") else "most_frequent"
    return "most_frequent" if fill == "drop_rows" else fill if fill != "constant" else None


def _fill_sentence(column: FittedColumn) -> str:
    count = column.learnt_from
    if column.plan.fill == "constant":
        return _("The gap is filled with the constant of the recipe; nothing was learnt for it.")
    sentence = {
        "mean": ngettext(
            "The gap is filled with the mean of {count} training row.",
            "The gap is filled with the mean of {count} training rows.",
            count,
        ),
        "median": ngettext(
            "The gap is filled with the median of {count} training row.",
            "The gap is filled with the median of {count} training rows.",
            count,
        ),
        "most_frequent": ngettext(
            "The gap is filled with the most frequent value of {count} training row.",
            "The gap is filled with the most frequent value of {count} training rows.",
            count,
        ),
    }[str(_rule(column))]
    nothing_above = _("No row above has a value.") + " " if column.plan.fill == "forward" else ""
    return nothing_above + sentence.format(count=format_count(count))


def model_step(fitted: FittedRecipe, column: FittedColumn, frame: pd.DataFrame, row: int, entry: float) -> Step:
    """Return the step in which a model fills this row of X with a number, encoded but not yet scaled.

    Filling a single row is fast, but together with other rows scikit-learn may round its sums differently; only if that
    row alone does not give the entry, bit for bit, are all of them filled.
    """
    columns = [column.plan.column for column in fitted.columns]
    read = read_columns(fitted.columns, pick_columns(frame, columns), usable_rows(frame, fitted.recipe))
    by_name = {one.column.plan.column: one for one in read}
    imputer, name = fitted.imputer, column.plan.column
    assert imputer is not None
    encoded = encoded_numbers([by_name[other] for other in imputer.columns])
    number = float(imputer.fill(column.plan.fill, encoded[[row]], [name])[0, 0])
    if _scaled(column, number) != entry:
        number = float(imputer.fill(column.plan.fill, encoded, [name])[row, 0])
    return Step("fill", number, _sentence(column), None)


def _scaled(column: FittedColumn, number: float) -> float:
    step = scale_step(column, number)
    return number if step is None else float(np.float64(step.value))


def _sentence(column: FittedColumn) -> str:
    sentence = {
        "nearest": ngettext(
            "The value of the one training row that has one here.",
            "The mean of the nearest training rows, at most five of the {count} that have a value here; near is meant "
            "in the other columns, standardised.",
            column.learnt_from,
        ),
        "iterative": ngettext(
            "Predicted from the other columns of this row by a model that saw a value here in {count} training row.",
            "Predicted from the other columns of this row by a model that saw a value here in {count} training rows.",
            column.learnt_from,
        ),
    }[column.plan.fill]
    return sentence.format(count=format_count(column.learnt_from))
