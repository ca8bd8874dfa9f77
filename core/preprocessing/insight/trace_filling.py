"""The step in which a gap becomes a value."""

import pandas as pd

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.columns.kinds import is_gap, write_value
from core.preprocessing.insight.trace_reading import read_value
from core.preprocessing.insight.trace_steps import Step
from core.preprocessing.recipes.fitted_column import FittedColumn


def is_unknown(column: FittedColumn, value: float | str | None) -> bool:
    """Say whether a value counts as missing for this column: a gap, or a value that is not in the order."""
    return value is None or (column.plan.encode == "ordinal" and value not in column.categories)


def fill_step(column: FittedColumn, values: pd.Series, place: int, value: float | str | None) -> Step:
    """Return what became of a value; `values` is its column in the whole table, where it stands at this place.

    Not for a gap that a model fills.
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
            told = _("The last value above, in row {row}, is carried forward.").format(row=row)
            return Step("fill", found, first + told)
    numbers = {"n": float(column.learnt_from)}
    return Step("fill", column.fill_value, first + _fill_sentence(column), _rule(column), numbers)


def _last_above(column: FittedColumn, values: pd.Series) -> tuple[object, float | str | None] | None:
    """Return label and value of the last row that has a value the column knows."""
    present = values[~is_gap(values)]
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
    told = {
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
    return nothing_above + told.format(count=format_count(count))
