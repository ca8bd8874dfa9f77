"""From the table in use to tensors: each stage is one call into `core`, kept until its input changes.

What is kept is named by the digest of the file and the choices made about it, never by the file itself, and belongs to
one visit only. Nobody changes what is kept, so the object itself is handed out, uncopied.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from core.language import _
from core.preprocessing import (
    FittedRecipe,
    Prepared,
    Recipe,
    Table,
    profile,
    read_table,
    split_rows,
    suggest_recipe,
)
from dashboard.parts import knobs, state


@dataclass(frozen=True, eq=False)
class Preparation:
    """The recipe fitted on the training rows, and what it makes of all rows."""

    recipe: Recipe
    fitted: FittedRecipe
    prepared: Prepared
    train: pd.Index
    test: pd.Index
    notes: tuple[str, ...]


def table() -> Table:
    """Return the table in use, read as was chosen. Raises InputError if it cannot be read."""
    source = state.source()
    return read(source.digest, source.content, state.choice("reading", {}))


def read(digest: str, content: bytes, reading: Mapping[str, Any]) -> Table:
    """Return the table that these bytes hold, read with these arguments for `read_table`. Raises InputError."""
    return _read(digest, json.dumps(reading, sort_keys=True), content)


@st.cache_resource(scope="session", max_entries=3, show_spinner=_("Reading the table"))
def _read(digest: str, reading: str, _content: bytes) -> Table:
    return read_table(_content, **json.loads(reading))


def table_profile() -> pd.DataFrame:
    """Return the profile of the table in use, one row per column."""
    return _profile(table_key(), table().frame)


@st.cache_resource(scope="session", max_entries=3, show_spinner=False)
def _profile(key: str, _frame: pd.DataFrame) -> pd.DataFrame:
    return profile(_frame)


def possible_targets() -> list[str]:
    """Return the columns that can be predicted: those that hold numbers."""
    columns = table_profile()
    return list(columns.loc[columns["kind"] == "number", "column"])


def target() -> str | None:
    """Return the column to predict: the chosen one, else the sample's own, else the last one with numbers."""
    possible = possible_targets()
    for wanted in (state.get("target"), state.source().suggested_target):
        if wanted in possible:
            return str(wanted)
    return possible[-1] if possible else None


def recipe() -> Recipe:
    """Return the plan for the table in use: the one that was changed, else the suggested one."""
    kept = state.choice(_recipe_name())
    return Recipe.from_json(kept) if kept else suggested_recipe()


def suggested_recipe() -> Recipe:
    """Return the suggested plan. Raises InputError if there is no column with numbers to predict."""
    return suggest_recipe(table().frame, target())


def keep_recipe(changed: Recipe | None) -> None:
    """Remember a changed plan for this table, read this way, with this target; None goes back to the suggestion."""
    state.choose(_recipe_name(), changed.to_json() if changed else None)


def preparation() -> Preparation:
    """Return the table in use, split and prepared. Raises InputError if nothing can be learnt from it."""
    plan, share, seed = recipe(), knobs.value("prepare_test_share"), knobs.value("prepare_split_seed")
    return _prepare(table_key(), plan.to_json(), share, seed, table().frame)


@st.cache_resource(scope="session", max_entries=4, show_spinner=_("Preparing the table"))
def _prepare(key: str, recipe_json: str, test_share: int, seed: int, _frame: pd.DataFrame) -> Preparation:
    plan = Recipe.from_json(recipe_json)
    train, test = split_rows(_frame, plan, test_share=test_share / 100, seed=seed)
    fitted = plan.fit(_frame.loc[train])
    prepared = fitted.transform(_frame)
    return Preparation(plan, fitted, prepared, train, test, prepared.notes)


def table_key() -> str:
    """Return what names the table in use and the way it was read."""
    return json.dumps([state.source().digest, state.choice("reading", {})], sort_keys=True)


def _recipe_name() -> str:
    return json.dumps(["recipe", table_key(), target()])
