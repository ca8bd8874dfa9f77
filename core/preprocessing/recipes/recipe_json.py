"""A recipe as JSON text, and back."""

import json
from dataclasses import asdict
from typing import Any

from core.errors import InputError
from core.language import _
from core.preprocessing.recipes.plans import ColumnPlan
from core.preprocessing.recipes.recipe import Recipe


def dump_recipe(recipe: Recipe) -> str:
    """Write the target, and for each column its fill and encoding; a constant only where there is one."""
    columns = []
    for plan in recipe.columns:
        fields = asdict(plan)
        if plan.constant is None:
            del fields["constant"]
        columns.append(fields)
    return json.dumps({"target": recipe.target, "columns": columns}, indent=2, ensure_ascii=False)


def parse_recipe(text: str) -> Recipe:
    """Read what `dump_recipe` wrote. Raises InputError for anything else."""
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, TypeError, RecursionError):
        raise InputError(_("A recipe has to be JSON text; this is not.")) from None
    fields = _check_keys(data, required={"target", "columns"}, allowed={"target", "columns"})
    if not isinstance(fields["columns"], list):
        raise InputError(_("The columns of a recipe have to be a list."))
    return Recipe(fields["target"], tuple(_parse_plan(entry) for entry in fields["columns"]))


def _parse_plan(entry: object) -> ColumnPlan:
    required = {"column", "fill", "encode"}
    return ColumnPlan(**_check_keys(entry, required=required, allowed={*required, "constant"}))


def _check_keys(data: object, required: set[str], allowed: set[str]) -> dict[str, Any]:
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
        raise InputError(_("The recipe has unknown keys: {keys}.").format(keys=", ".join(unknown)))
    return data


def _refuse_constant(name: str) -> float:
    raise ValueError(name)  # JSON knows no NaN and no Infinity; Python's reader would let them pass
