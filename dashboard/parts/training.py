"""From tensors to a trained model beside the closed form; kept and named as in `tables`."""

import json
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.language import _
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
from dashboard.parts import knobs, state, tables

if TYPE_CHECKING:
    import torch


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


def problem() -> Problem:
    """Return what Train and Compare work on: the prepared table, or synthetic data."""
    return synthetic_problem() if knobs.value("train_source") == "synthetic" else table_problem()


def table_problem() -> Problem:
    """Return the prepared table as a problem."""
    ready = tables.preparation()
    prepared = ready.prepared
    test = prepared.rows.isin(ready.test)
    held_out = test.any()
    return Problem(
        key=json.dumps([
            tables.table_key(),
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
