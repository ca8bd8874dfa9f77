"""From tensors to a trained model and the closed form; cached and keyed as in `tables`."""

import gc
import json
import time
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.language import N_, _
from core.preprocessing import FittedTarget
from core.regression import (
    ClosedForm,
    Comparison,
    Scaling,
    SgdConfig,
    SgdRun,
    compare,
    fit_scaling,
    make_synthetic,
    solve_closed_form,
    train,
    warm_up,
)
from core.regression.data.polynomial_features import PolynomialFeatures, expand
from core.regression.diagnostics.level_contrasts import LevelGroup
from core.regression.sgd.optimizers import PARAMETERS
from dashboard.pipeline import tables
from dashboard.pipeline.jobs import GoOn, long_work
from dashboard.pipeline.levels import level_groups
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class Problem:
    """A regression problem in the units of its table: rows to train on, rows to test on.

    X_train is (n, d) and y_train (n,); X_test and y_test are None when no rows are held out. The true parameters are
    known for synthetic data only. `expansion` has how powers and products were made of its columns, if there are any.
    Where the target is transformed, `target` inverts predictions, y_train and y_test are transformed, and truth_train
    and truth_test are the same labels in the units of the table. `categories` are those of its columns that have a
    feature for each level; features made of them come after all columns, so positions stay. `key` names the problem
    among all others.
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
    expansion: PolynomialFeatures | None = None
    target: FittedTarget | None = None
    truth_train: "torch.Tensor | None" = None
    truth_test: "torch.Tensor | None" = None
    categories: tuple[LevelGroup, ...] = ()

    @property
    def unit(self) -> str:
        """The name of the label in the units of the table, whether or not it is transformed."""
        return self.label if self.target is None else self.target.column

    def features(self, X: "torch.Tensor") -> "torch.Tensor":
        """Return the features of rows that have the columns before powers and products were added."""
        import torch

        return X if self.expansion is None else torch.from_numpy(self.expansion.transform(X))


@dataclass(frozen=True, eq=False)
class Result:
    """SGD's run, the closed form, and their comparison."""

    run: SgdRun
    fit: ClosedForm
    comparison: Comparison
    scaling: Scaling
    closed_form_seconds: float


def problem(base: Problem | None = None) -> Problem:
    """Return the problem of Train and Compare: the prepared table or synthetic data, with the chosen features.

    `base` is the problem without these features, if it is known. Raises InputError where the knobs ask for more
    features than can be trained.
    """
    base = base or base_problem()
    degree, products, centre = (settings.value(f"train_{name}") for name in ("degree", "products", "centre"))
    if degree == 1 and not products:
        return base
    return _expanded(json.dumps([base.key, degree, products, centre]), base, degree, products, centre)


def base_problem() -> Problem:
    """Return the problem before powers and products are added."""
    return synthetic_problem() if settings.value("train_source") == "synthetic" else table_problem()


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Making features"))
def _expanded(key: str, _base: Problem, degree: int, products: bool, centre: bool) -> Problem:
    import torch

    expansion, truth = expand(_base.X_train, _base.feature_names, degree, products, centre), _base.true_weights
    return replace(
        _base,
        key=key,
        feature_names=list(expansion.names),
        X_train=torch.from_numpy(expansion.transform(_base.X_train)),
        X_test=None if _base.X_test is None else torch.from_numpy(expansion.transform(_base.X_test)),
        true_weights=None if truth is None else (*truth, *[0.0] * (len(expansion.names) - len(truth))),
        expansion=expansion,
    )


def alone(of: Problem, column: int) -> Problem:
    """Return the problem with one of its features and no other; one that has no other is returned as it is."""
    d = len(of.feature_names)
    if d == 1:
        return of
    made = of.expansion or PolynomialFeatures(tuple(of.feature_names), tuple((j,) for j in range(d)), np.zeros(d))
    return replace(
        of,
        key=json.dumps([of.key, "alone", column]),
        feature_names=[of.feature_names[column]],
        X_train=of.X_train[:, [column]],
        X_test=None if of.X_test is None else of.X_test[:, [column]],
        true_weights=None,
        true_bias=None,
        expansion=replace(made, names=(made.names[column],), terms=(made.terms[column],)),
        categories=(),
    )


def table_problem() -> Problem:
    """Return the prepared table as a problem."""
    ready = tables.preparation()
    return _posed(ready.key, ready)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _posed(key: str, _ready: tables.Preparation) -> Problem:
    prepared = _ready.prepared
    test = prepared.rows.isin(_ready.test)
    held_out, truth = test.any(), prepared.untransformed
    return Problem(
        key=key,
        label=prepared.target,
        feature_names=list(prepared.feature_names),
        X_train=prepared.X[~test],
        y_train=prepared.y[~test],
        X_test=prepared.X[test] if held_out else None,
        y_test=prepared.y[test] if held_out else None,
        target=_ready.fitted.target,
        truth_train=None if truth is None else truth[~test],
        truth_test=truth[test] if truth is not None and held_out else None,
        categories=level_groups(_ready.fitted),
    )


def synthetic_problem() -> Problem:
    """Return the book's synthetic data, y = Xw + b + noise, with a fifth of the rows held out."""
    rows, noise, seed = settings.value("train_rows"), settings.value("noise"), settings.value("seed")
    weights = (settings.value("train_weight_1"), settings.value("train_weight_2"))
    bias = settings.value("train_bias")
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


def sgd_config(of: Problem) -> SgdConfig:
    """Return the settings of the knobs for this problem, with at most as many rows in a batch as it has."""
    return SgdConfig(
        learning_rate=settings.value("learning_rate"),
        batch_size=min(settings.value("batch_size"), len(of.y_train)),
        epochs=settings.value("epochs"),
        seed=settings.value("seed"),
        standardise=settings.value("train_standardise"),
        optimizer=settings.value("train_optimizer"),
        options={name: settings.value(f"train_{name}") for name in PARAMETERS},
        shuffle=settings.value("train_shuffle"),
        start_spread=settings.START_SPREADS[settings.value("train_start")],
        penalty=settings.value("train_penalty"),
        early_stopping=None if of.X_test is None else settings.value("train_patience") or None,
    )


def result(of: Problem, how: SgdConfig) -> Result:
    """Train with SGD, solve in closed form, and compare."""
    _compile()
    solved, seconds = _solve(of.key, of)
    run = _train(of, how, solved)
    return Result(run, solved, _compare(run_key(of, how), run.steps, of, solved, run), fit_scaling(of.X_train), seconds)


def run(of: Problem, how: SgdConfig) -> SgdRun:
    """Train with SGD alone."""
    _compile()
    return _train(of, how, closed_form(of))


def closed_form(of: Problem) -> ClosedForm:
    """Return the closed form of a problem."""
    return _solve(of.key, of)[0]


@cache_resource(show_spinner=False)
def _compile() -> None:
    """Compile the loops once for all visits, so that compilation is not in the times shown.

    Streamlit collects garbage after every run of a page, and all visits wait for it. What is loaded by now, torch and
    the compiler above all, stays loaded and need not be scanned each time: that takes a sixth of a second.
    """
    warm_up()
    gc.collect()
    gc.freeze()


@cache_resource(scope="session", max_entries=4, show_spinner=N_("Solving in closed form"))
def _solve(key: str, _problem: Problem) -> tuple[ClosedForm, float]:
    start = time.perf_counter()
    solved = solve_closed_form(_problem.X_train, _problem.y_train, feature_names=_problem.feature_names)
    return solved, time.perf_counter() - start


def run_key(of: Problem, how: SgdConfig) -> str:
    """Return the key of the run of this problem with these settings, for `long_work`."""
    return json.dumps([of.key, asdict(how)])


def _train(of: Problem, how: SgdConfig, solved: ClosedForm) -> SgdRun:
    """Train in another thread, so that it can be stopped; a run that was stopped is kept up to there."""

    def task(go_on: GoOn) -> SgdRun:
        return train(
            of.X_train,
            of.y_train,
            how,
            X_test=of.X_test,
            y_test=of.y_test,
            fit=solved,
            feature_names=of.feature_names,
            progress=go_on,
        )

    return long_work(run_key(of, how), _("Training"), task)


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _compare(key: str, steps: int, _problem: Problem, _solved: ClosedForm, _run: SgdRun) -> Comparison:
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
