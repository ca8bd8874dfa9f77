"""From the table in use to tensors: each stage is one call into `core`, cached until its input changes.

The cache is keyed by the digest of the file and the choices made, never by the file itself, and belongs to one visit
only. Cached objects are never changed, so they are returned without a copy.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import pandas as pd

from core.language import N_
from core.preprocessing import (
    FarValues,
    FittedRecipe,
    Prepared,
    Recipe,
    Sentinel,
    Table,
    TargetTransform,
    column_kinds,
    explain_forbidden,
    explain_plan,
    find_far_values,
    find_sentinels,
    profile,
    read_table,
    split_rows,
    suggest_recipe,
)
from core.preprocessing.column_types.infer import as_labels, as_numbers, holds_numbers, is_missing
from core.preprocessing.recipes.split_report import describe_split
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

MOST_LEVELS = 1_000  # the limit of a recipe


@dataclass(frozen=True, eq=False)
class Preparation:
    """The recipe fitted on the training rows, and all rows transformed.

    `key` is its key among all of this visit. `gaps` counts the missing cells of each planned column in the training
    rows. `split_notes` say what the split does.
    """

    key: str
    recipe: Recipe
    fitted: FittedRecipe
    prepared: Prepared
    train: pd.Index
    test: pd.Index
    notes: tuple[str, ...]
    gaps: Mapping[str, int]
    split_notes: tuple[str, ...]


def table() -> Table:
    """Return the table in use, read as chosen. Raises InputError if it cannot be read."""
    source = state.source()
    return read(source.digest, source.content, state.choice("reading", {}))


def read(digest: str, content: bytes, reading: Mapping[str, Any]) -> Table:
    """Return the table that these bytes hold, read with these arguments for `read_table`. Raises InputError."""
    return _read(digest, json.dumps(reading, sort_keys=True), lambda: read_table(content, **reading))


def keep(digest: str, reading: Mapping[str, Any], ready: Table) -> None:
    """Cache a table that was read elsewhere as the result of `read` for these arguments."""
    _read(digest, json.dumps(reading, sort_keys=True), lambda: ready)


@cache_resource(scope="session", max_entries=3, show_spinner=N_("Reading the table"))
def _read(digest: str, reading: str, _make: Callable[[], Table]) -> Table:
    return _make()


def table_profile() -> pd.DataFrame:
    """Return the profile of the table in use, one row per column."""
    return _profile(table_key(), table().frame)


@cache_resource(scope="session", max_entries=3, show_spinner=N_("Inspecting the columns"))
def _profile(key: str, _frame: pd.DataFrame) -> pd.DataFrame:
    return profile(_frame)


def suspects() -> tuple[Sentinel, ...]:
    """Return the numbers in the table in use that look like codes for missing."""
    return _suspects(table_key(), table().frame)


@cache_resource(scope="session", max_entries=3, show_spinner=False)
def _suspects(key: str, _frame: pd.DataFrame) -> tuple[Sentinel, ...]:
    return find_sentinels(_frame)


def far_values() -> tuple[FarValues, ...]:
    """Return the columns of the table in use with numbers far from all the others."""
    return _far_values(table_key(), table().frame)


@cache_resource(scope="session", max_entries=3, show_spinner=False)
def _far_values(key: str, _frame: pd.DataFrame) -> tuple[FarValues, ...]:
    return find_far_values(_frame)


def possible_targets() -> list[str]:
    """Return the columns that can be predicted: those of kind number."""
    return list(_possible_targets(table_key(), table().frame))


@cache_resource(scope="session", max_entries=3, show_spinner=False)
def _possible_targets(key: str, _frame: pd.DataFrame) -> tuple[str, ...]:
    return tuple(name for name, kind in column_kinds(_frame).items() if kind == "number")


def target() -> str | None:
    """Return the column to predict: the chosen one, else the sample's own, else the last one with numbers."""
    chosen, possible = state.get("target"), possible_targets()
    return str(chosen) if chosen in possible else _usual(possible)


def usual_target() -> str | None:
    """Return the default column to predict."""
    return _usual(possible_targets())


def _usual(possible: list[str]) -> str | None:
    suggested = state.source().suggested_target
    return suggested if suggested in possible else possible[-1] if possible else None


def recipe() -> Recipe:
    """Return the plan for the table in use: the changed one, else the suggested one."""
    kept = state.choice(_recipe_name())
    return Recipe.from_json(kept) if kept else suggested_recipe()


def suggested_recipe() -> Recipe:
    """Return the suggested plan. Raises InputError if there is no column with numbers to predict."""
    return _suggest(table_key(), target(), table().frame)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _suggest(key: str, target: str | None, _frame: pd.DataFrame) -> Recipe:
    return suggest_recipe(_frame, target)


def explanations() -> Mapping[str, str]:
    """Return the reason of the suggested plan, a sentence for each column."""
    return _explain(table_key(), suggested_recipe().to_json(), table().frame)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _explain(key: str, recipe_json: str, _frame: pd.DataFrame) -> Mapping[str, str]:
    return {plan.column: explain_plan(_frame, plan) for plan in Recipe.from_json(recipe_json).columns}


def levels(column: str) -> tuple[float, ...] | tuple[str, ...]:
    """Return the first 1,000 values of a column in their order, each once: numbers as floats, all others as text."""
    return _levels(table_key(), column, table().frame[column])


@cache_resource(scope="session", max_entries=2_000, show_spinner=False)
def _levels(key: str, column: str, _values: pd.Series) -> tuple[float, ...] | tuple[str, ...]:
    present = _values[~is_missing(_values)]
    if holds_numbers(present):
        return tuple(sorted(map(float, present.unique()))[:MOST_LEVELS])
    return tuple(sorted(as_labels(present).unique())[:MOST_LEVELS])


def target_refusals() -> Mapping[TargetTransform, str]:
    """Return why each transform of the target that is not defined for all its values is not, naming rows."""
    return _target_refusals(table_key(), recipe().target, table().frame)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _target_refusals(key: str, target: str, _frame: pd.DataFrame) -> Mapping[TargetTransform, str]:
    present = _frame[target][~is_missing(_frame[target])]
    values = as_numbers(present, target)
    found = {name: explain_forbidden(name, target, values, present.index) for name in get_args(TargetTransform)}
    return {name: sentence for name, sentence in found.items() if sentence is not None}


def keep_recipe(changed: Recipe | None) -> None:
    """Store a changed plan for this table, read this way, with this target; None goes back to the suggestion."""
    state.choose(_recipe_name(), changed.to_json() if changed else None)


def preparation() -> Preparation:
    """Return the table in use, split and prepared. Raises InputError if nothing can be learnt from it."""
    plan, share, seed = recipe(), settings.value("prepare_test_share"), settings.value("prepare_split_seed")
    return _prepare(json.dumps([table_key(), plan.to_json(), share, seed]), plan, share / 100, seed, table().frame)


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Preparing the table"))
def _prepare(key: str, _plan: Recipe, _test_share: float, _seed: int, _frame: pd.DataFrame) -> Preparation:
    train, test = split_rows(_frame, _plan, test_share=_test_share, seed=_seed)
    rows = _frame.loc[train]
    fitted = _plan.fit(rows)
    prepared = fitted.transform(_frame)
    gaps = {plan.column: int(is_missing(rows[plan.column]).sum()) for plan in _plan.columns}
    split_notes = describe_split(_frame, fitted, train, test)
    return Preparation(key, _plan, fitted, prepared, train, test, prepared.notes, gaps, split_notes)


def table_key() -> str:
    """Return the key of the table in use and of how it was read."""
    return json.dumps([state.source().digest, state.choice("reading", {})], sort_keys=True)


def _recipe_name() -> str:
    return json.dumps(["recipe", table_key(), target()])
