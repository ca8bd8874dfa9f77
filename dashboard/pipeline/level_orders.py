"""The orders of categories that are known for the table in use, and those that only the visitor can say."""

from collections.abc import Sequence

from core.preprocessing import ColumnPlan, KnownOrder, Recipe, declared_order, known_order, lacks_order
from dashboard.pipeline import plan_choices, tables
from dashboard.pipeline.plan_names import level_name


def known(column: str) -> KnownOrder | None:
    """Return the order of a column's categories, None if it is not known, or if the column holds numbers."""
    levels = tables.levels(column)
    if any(isinstance(level, float) for level in levels):
        return None
    return known_order(list(map(level_name, levels)), declared_order(tables.table().frame, column))


def with_known_orders(plan: Recipe, columns: Sequence[str]) -> Recipe:
    """Return the plan with the order of each of these columns that has none, if it is known beyond doubt."""
    for column in columns:
        found = known(column) if plan.plan(column).order is None else None
        if found and found.is_sure:
            plan = plan.change(column, order=found.levels)
    return plan


def unanswered(plan: Recipe) -> list[ColumnPlan]:
    """Return the plans of categories that are ranked by the alphabet, since nobody has said their order."""
    kinds = plan_choices.kinds()
    return [column for column in plan.columns if lacks_order(column, kinds[column.column])]
