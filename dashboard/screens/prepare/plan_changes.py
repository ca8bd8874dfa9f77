"""Changes of the plan: a new one that can be applied, or the old one and a reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.errors import InputError
from core.language import _
from core.preprocessing import ColumnPlan, Recipe
from dashboard.pipeline import level_orders, plan_choices, tables
from dashboard.visit import state

KEEP_ALL, LEVEL = "all", "level:"  # the widget's values for "none" and for a level
MOST_FREQUENT = 20  # categories suggested to be kept if there are too many


def change(field: str) -> None:
    """Apply the widget of this field to all chosen columns."""
    chosen, value = state.get("prepare_columns", []), state.get(f"prepare_{field}")
    if value is None and field not in ("most", "min_frequency"):  # fields that differ are kept
        return
    problem = _try(lambda plan: _changed(plan, chosen, field, value))
    too_many = getattr(problem, "limit", None) in ("categories", "features")
    state.choose("may_keep_frequent", too_many and (field, value) == ("encode", "one_hot"))


def keep_frequent() -> None:
    """Encode the chosen columns one-hot, with features for their most frequent categories only."""
    chosen = state.get("prepare_columns", [])
    _try(lambda plan: plan.change(chosen, encode="one_hot", most=MOST_FREQUENT))


def turn_order() -> None:
    """Reverse the order of the chosen columns."""
    order = state.get("prepare_order") or plan_choices.levels_of(state.get("prepare_columns", []))
    state.put("prepare_order", list(reversed(order)))
    change("order")


def state_order(column: str, order: Sequence[str]) -> None:
    """Set the order of one column."""
    _try(lambda plan: plan.change(column, order=order))


def change_target() -> None:
    """Apply the widget of the target's transform."""
    _try(lambda plan: replace(plan, target_transform=state.get("prepare_target_transform")))


def suggest_again() -> None:
    """Go back to the suggested plan; the split stays."""
    suggested = tables.suggested_recipe()
    split_as_now = replace(suggested, split=tables.recipe().split)
    tables.keep_recipe(None if split_as_now == suggested else split_as_now)
    _forget_messages()


def _try(make: Callable[[Recipe], Recipe]) -> InputError | None:
    """Apply a changed plan. On an error go back to the old one, and store and return the reason."""
    before = tables.recipe()
    _forget_messages()
    try:
        tables.keep_recipe(make(before))
        tables.preparation()
    except InputError as problem:
        tables.keep_recipe(before)
        state.choose("refused_plan", _("The plan was not changed. {problem}").format(problem=problem))
        return problem
    return None


def _forget_messages() -> None:
    state.choose("refused_plan", None)
    state.choose("may_keep_frequent", None)
    state.choose("taken_plan", None)
    state.choose("refused_link", None)


def _changed(plan: Recipe, columns: Sequence[str], field: str, value: Any) -> Recipe:
    if field == "constant" or (field, value) == ("fill", "constant"):
        typed = str(value) if field == "constant" else None
        for name in columns:
            plan = plan.change(name, fill="constant", constant=_constant(plan.plan(name), typed))
        return plan
    changed = plan.change(columns, **_fields(field, value))
    return level_orders.with_known_orders(changed, columns) if (field, value) == ("encode", "ordinal") else changed


def _fields(field: str, value: Any) -> Mapping[str, Any]:
    """Return the value of a widget as a field of a plan."""
    if field == "base":
        return {"base": None if value == KEEP_ALL else value.removeprefix(LEVEL)}
    if field == "order":
        return {"order": tuple(value) or None}
    if field == "parts":
        return {"parts": tuple(value) or ("days",)}
    if field == "was_missing":
        return {"was_missing": value == "yes"}
    return {field: value}


def _constant(plan: ColumnPlan, typed: str | None) -> str | float:
    """Return what was typed, or a default, as a constant to fill the column with."""
    kind = plan_choices.kinds()[plan.column]
    if kind == "number":
        return _begin(plan, 0.0) if typed is None else _as_number(typed, plan.column)
    if typed is not None:
        return typed
    return _begin(plan, "2000-01-01" if kind == "date" else _("unknown"))


def _begin(plan: ColumnPlan, usual: str | float) -> str | float:
    """Return the default constant; if only known values have a number, the first of these."""
    if plan.encode not in ("ordinal", "yes_no"):
        return usual
    levels = plan.order or plan_choices.levels_of([plan.column])
    return levels[0] if levels else usual


def _as_number(typed: str, column: str) -> float:
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        raise InputError(
            _("“{column}” holds numbers, and {typed} is not a number; type one like 3.5.").format(
                column=column, typed=repr(typed)
            )
        ) from None
