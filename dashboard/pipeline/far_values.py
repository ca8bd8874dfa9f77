"""Warnings of numbers far from all the others of their column, before anyone trains on them."""

from core.errors import InputError
from core.formatting import format_count
from core.language import ngettext
from core.preprocessing import FarValues
from dashboard.pipeline import tables
from dashboard.ui.escape import show_warning

MOST_SHOWN = 3


def warn_of_table() -> None:
    """Warn of the columns of the table in use, but for numbers that are pointed out as codes for missing already."""
    coded = {(suspect.code, column) for suspect in tables.suspects() for column in suspect.columns}
    _warn([far for far in tables.far_values() if (far.furthest, far.column) not in coded])


def warn_of_plan() -> None:
    """Warn of the columns that the plan in use trains on or predicts."""
    try:
        plan = tables.recipe()
    except InputError:
        return
    used = {plan.target, *(column.column for column in plan.columns if column.encode == "number")}
    _warn([far for far in tables.far_values() if far.column in used])


def _warn(found: list[FarValues]) -> None:
    for far in found[:MOST_SHOWN]:
        show_warning(far.sentence)
    more = len(found) - MOST_SHOWN
    if more > 0:
        show_warning(
            ngettext(
                "{count} more column holds numbers far from all its others.",
                "{count} more columns hold numbers far from all their others.",
                more,
            ).format(count=format_count(more))
        )
