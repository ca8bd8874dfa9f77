"""The options that fit several columns at once, and groups of columns to choose together."""

from collections.abc import Mapping, Sequence

from core.language import _
from core.preprocessing import ColumnPlan, Kind, encode_choices, fill_choices, scale_choices
from core.preprocessing.recipes.choices import LEARNT_FILLS
from dashboard.pipeline import tables
from dashboard.pipeline.plan_names import encode_names, fill_names, level_name, scale_names


def kinds() -> Mapping[str, Kind]:
    """Return the kind of each column of the table in use."""
    columns = tables.table_profile()
    return dict(zip(columns["column"], columns["kind"], strict=True))


def encodes(plans: Sequence[ColumnPlan]) -> list[str]:
    """Return the encodings that fit every one of these columns."""
    of = kinds()
    return [name for name in encode_names() if all(name in encode_choices(of[plan.column]) for plan in plans)]


def fills(plans: Sequence[ColumnPlan]) -> list[str]:
    """Return the fills that fit every one of these columns as it is encoded now."""
    of = kinds()
    return [name for name in fill_names() if all(_takes_fill(plan, of[plan.column], name) for plan in plans)]


def scales(plans: Sequence[ColumnPlan]) -> list[str]:
    """Return the scales that fit every one of these columns as it is encoded now; the parts of a date share none."""
    return [
        name
        for name in scale_names()
        if all(name in scale_choices(plan.encode) and (name == "none" or len(plan.parts) == 1) for plan in plans)
    ]


def may_mark_gaps(plans: Sequence[ColumnPlan]) -> bool:
    """Return whether a column “was missing” makes sense: missing values are filled, and not marked already."""
    return all(plan.is_kept and plan.fill not in ("own_class", "drop_rows") for plan in plans)


def shared(plans: Sequence[ColumnPlan], field: str) -> tuple[bool, object]:
    """Return whether these columns agree on a field of their plans, and its value; no columns do not agree."""
    present = {getattr(plan, field) for plan in plans}
    return (True, present.pop()) if len(present) == 1 else (False, None)


def levels_of(columns: Sequence[str]) -> list[str | float]:
    """Return every value of these columns once: numbers if all of them hold numbers, else text; sorted."""
    every = [tables.levels(column) for column in columns]
    levels = {level for levels in every for level in levels}
    if not all(isinstance(level, float) for level in levels):
        return sorted({level_name(level) for level in levels})
    return sorted(levels)


def share_values(columns: Sequence[str]) -> bool:
    """Return whether each of these columns has a value in common with the first one, so that one order may suit all."""
    first, *others = [set(tables.levels(column)) for column in columns]
    return all(first & levels for levels in others)


def quick_picks(names: Sequence[str]) -> dict[str, list[str]]:
    """Return the groups of columns to change together, by their names."""
    of, columns = kinds(), tables.table_profile().set_index("column")
    groups = {
        _("with gaps"): [name for name in names if columns.loc[name, "missing"] and of[name] != "empty"],
        _("numbers"): [name for name in names if of[name] == "number"],
        _("categories"): [name for name in names if of[name] == "category"],
        _("yes/no"): [name for name in names if of[name] == "yes_no"],
        _("dates"): [name for name in names if of[name] == "date"],
        _("text and codes"): [name for name in names if of[name] in ("text", "identifier")],
        _("all"): list(names),
    }
    return {label: group for label, group in groups.items() if group}


def _takes_fill(plan: ColumnPlan, kind: Kind, fill: str) -> bool:
    if plan.encode not in encode_choices(kind) or fill not in fill_choices(kind, plan.encode):
        return False
    return plan.parts == ("days",) or fill not in LEARNT_FILLS
