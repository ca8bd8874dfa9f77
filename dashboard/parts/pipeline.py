"""From the table in use to a trained model: each stage is one call into `core`, kept until its input changes.

What is kept is named by the digest of the file and the choices made about it, never by the file itself, and belongs to
one visit only. Nobody changes what is kept, so the object itself is handed out, uncopied.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
from core.regression import (
    ClosedForm,
    Comparison,
    Scaling,
    SgdRun,
    compare,
    fit_scaling,
    make_synthetic,
    solve_closed_form,
    train_sgd,
    warm_up,
)
from dashboard.parts import knobs, state

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class Preparation:
    """The recipe fitted on the training rows, and what it makes of all rows."""

    recipe: Recipe
    fitted: FittedRecipe
    prepared: Prepared
    train: pd.Index
    test: pd.Index
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Problem:
    """A regression problem in the units of its table: rows to learn from, rows to be judged on.

    X_train is (n, d) and y_train (n,); X_test and y_test are None when no rows are held out. The true parameters are
    known for synthetic data only. `key` names the problem among all others.
    """

    key: str
    label: str
    feature_names: list[str]
    X_train: "torch.Tensor"
    y_train: "torch.Tensor"
    X_test: "torch.Tensor | None" = None
    y_test: "torch.Tensor | None" = None
    true_weights: tuple[float, ...] | None = None
    true_bias: float | None = None


@dataclass(frozen=True)
class Settings:
    """How SGD is run. The batch size is at most the number of training rows."""

    learning_rate: float
    batch_size: int
    epochs: int
    seed: int
    standardise: bool


@dataclass(frozen=True, eq=False)
class Result:
    """SGD's run, the closed form, and both side by side."""

    run: SgdRun
    fit: ClosedForm
    comparison: Comparison
    scaling: Scaling
    closed_form_seconds: float


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


def problem() -> Problem:
    """Return what Train and Compare work on: the prepared table, or synthetic data."""
    return synthetic_problem() if knobs.value("train_source") == "synthetic" else table_problem()


def table_problem() -> Problem:
    """Return the prepared table as a problem."""
    ready = preparation()
    prepared = ready.prepared
    test = prepared.rows.isin(ready.test)
    held_out = test.any()
    return Problem(
        key=json.dumps([
            table_key(),
            ready.recipe.to_json(),
            knobs.value("prepare_test_share"),
            knobs.value("prepare_split_seed"),
        ]),
        label=ready.recipe.target,
        feature_names=list(prepared.feature_names),
        X_train=prepared.X[~test],
        y_train=prepared.y[~test],
        X_test=prepared.X[test] if held_out else None,
        y_test=prepared.y[test] if held_out else None,
    )  # fmt: skip


def synthetic_problem() -> Problem:
    """Return the book's synthetic data, y = Xw + b + noise, with a fifth of the rows held out."""
    rows, noise, seed = knobs.value("train_rows"), knobs.value("noise"), knobs.value("seed")
    weights = (knobs.value("train_weight_1"), knobs.value("train_weight_2"))
    bias = knobs.value("train_bias")
    X, y = make_synthetic(n=rows, weights=weights, bias=bias, noise=noise, seed=seed)
    held_out = rows // 5
    return Problem(
        key=json.dumps(["synthetic", rows, noise, seed, *weights, bias]),
        label="y",
        feature_names=["x1", "x2"],
        X_train=X[held_out:],
        y_train=y[held_out:],
        X_test=X[:held_out],
        y_test=y[:held_out],
        true_weights=weights,
        true_bias=bias,
    )


def settings(of: Problem) -> Settings:
    """Return how the knobs say to train on this problem."""
    return Settings(
        learning_rate=knobs.value("learning_rate"),
        batch_size=min(knobs.value("batch_size"), len(of.y_train)),
        epochs=knobs.value("epochs"),
        seed=knobs.value("seed"),
        standardise=knobs.value("train_standardise"),
    )


def suit_rate(of: Problem) -> bool:
    """Begin with a learning rate that converges on this problem; return whether it is lower than the usual one.

    A rate that the person or a link has chosen is never touched, and each problem is suited once: knobs turned later
    may make it diverge, for that is the lesson.
    """
    if state.is_chosen("learning_rate"):
        return False
    if state.get("_suited_to") != of.key:
        state.put("_suited_to", of.key)
        knobs.turn_to("learning_rate", knobs.KNOBS["learning_rate"].default)
        divergence = result(of, settings(of)).run.divergence
        if divergence:
            knobs.turn_to("learning_rate", knobs.rate_at_most(divergence.working_rate))
    return bool(knobs.value("learning_rate") < knobs.KNOBS["learning_rate"].default)


def result(of: Problem, how: Settings) -> Result:
    """Train with SGD, solve in closed form, and compare."""
    _compile()
    solved, seconds = _solve(of.key, of)
    run = _train(of.key, how, of, solved)
    return Result(run, solved, _compare(of.key, how, of, solved, run), fit_scaling(of.X_train), seconds)


@st.cache_resource(show_spinner=False)
def _compile() -> None:
    """Compile the loops once for all visits, so that the times shown are those of the work."""
    warm_up()


@st.cache_resource(scope="session", max_entries=4, show_spinner=_("Solving in closed form"))
def _solve(key: str, _problem: Problem) -> tuple[ClosedForm, float]:
    start = time.perf_counter()
    solved = solve_closed_form(_problem.X_train, _problem.y_train, feature_names=_problem.feature_names)
    return solved, time.perf_counter() - start


@st.cache_resource(scope="session", max_entries=16, show_spinner=_("Training"))
def _train(key: str, how: Settings, _problem: Problem, _solved: ClosedForm) -> SgdRun:
    return train_sgd(
        _problem.X_train,
        _problem.y_train,
        learning_rate=how.learning_rate,
        batch_size=how.batch_size,
        epochs=how.epochs,
        seed=how.seed,
        standardise=how.standardise,
        X_test=_problem.X_test,
        y_test=_problem.y_test,
        fit=_solved,
        feature_names=_problem.feature_names,
    )


@st.cache_resource(scope="session", max_entries=16, show_spinner=False)
def _compare(key: str, how: Settings, _problem: Problem, _solved: ClosedForm, _run: SgdRun) -> Comparison:
    return compare(
        _run,
        _solved,
        _problem.X_train,
        _problem.y_train,
        X_test=_problem.X_test,
        y_test=_problem.y_test,
        feature_names=_problem.feature_names,
        true_weights=_problem.true_weights,
        true_bias=_problem.true_bias,
    )


def table_key() -> str:
    """Return what names the table in use and the way it was read."""
    return json.dumps([state.source().digest, state.choice("reading", {})], sort_keys=True)


def _recipe_name() -> str:
    return json.dumps(["recipe", table_key(), target()])
