"""A recipe as JSON text, and back."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from core.errors import InputError
from core.language import _
from core.preprocessing.recipes.checks import shorten
from core.preprocessing.recipes.plans import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe

REQUIRED = frozenset({"column", "fill", "encode"})
OPTIONS: Mapping[str, Any] = {field.name: field.default for field in fields(ColumnPlan) if field.name not in REQUIRED}
LISTS = ("order", "parts")


def dump_recipe(recipe: Recipe) -> str:
    """Write the target, and for each column its fill and encoding; an option only where it is not the usual one."""
    data = {"target": recipe.target, "columns": [dump_plan(plan) for plan in recipe.columns]}
    return json.dumps(data, indent=2, ensure_ascii=False)


def dump_plan(plan: ColumnPlan) -> dict[str, Any]:
    """Return the plan as an object for JSON."""
    options = {name: getattr(plan, name) for name, usual in OPTIONS.items() if getattr(plan, name) != usual}
    return {"column": plan.column, "fill": plan.fill, "encode": plan.encode, **options}


def parse_recipe(text: str) -> Recipe:
    """Read what `dump_recipe` wrote. Raises InputError for anything else."""
    data = check_keys(load_json(text), required={"target", "columns"}, allowed={"target", "columns"})
    if not isinstance(data["columns"], list):
        raise InputError(_("The columns of a recipe have to be a list."))
    return Recipe(data["target"], tuple(parse_plan(entry) for entry in data["columns"]))


def parse_plan(entry: object) -> ColumnPlan:
    """Read one plan. Raises InputError for anything else, naming the column where there is one."""
    return ColumnPlan(**tuples(check_keys(entry, required=REQUIRED, allowed={*REQUIRED, *OPTIONS})))


def tuples(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options with lists as tuples, which a plan keeps."""
    return {
        name: tuple(value) if name in LISTS and isinstance(value, list) else value for name, value in options.items()
    }


def load_json(text: str) -> Any:  # noqa: ANN401 - JSON holds anything
    """Return what the text holds. Raises InputError for anything but JSON, and for lists nested without end."""
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, TypeError, RecursionError):
        raise InputError(_("A recipe has to be JSON text; this is not.")) from None


def check_keys(data: object, required: frozenset[str] | set[str], allowed: set[str]) -> dict[str, Any]:
    """Return the object if it has the required keys and no other but the allowed ones, else raise InputError."""
    if not isinstance(data, dict):
        raise InputError(
            _("A recipe and each of its columns have to be JSON objects with the keys {keys}.").format(
                keys=", ".join(sorted(required))
            )
        )
    absent, unknown = sorted(required - set(data)), sorted(set(data) - allowed)
    if absent:
        raise InputError(_("The recipe lacks the key {keys}.").format(keys=", ".join(absent)))
    if unknown:
        raise InputError(_("The recipe has unknown keys: {keys}.").format(keys=shorten(", ".join(unknown))))
    return data


def _refuse_constant(name: str) -> float:
    raise ValueError(name)  # JSON knows no NaN and no Infinity; Python's reader would let them pass
