"""Descent and the exact optimum on the rows of a problem, computed once, beside what scikit-learn gives."""

import json
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.foundations import LogisticFit, Separability, fit_logistic, separability
from core.foundations.descent import Descent, descend
from core.foundations.logistic import newton_path, optimum_curvature
from core.foundations.two_classes import cross_entropy
from dashboard.screens.neuron.class_problem import ClassProblem
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fitted:
    """One way to the weights (d,) and the bias, in the units of the table, and its loss on the training rows."""

    weights: Array
    bias: float
    loss: float


@dataclass(frozen=True, eq=False)
class Fits:
    """Everything learnt on the training rows; `exact` is None where the classes are separable.

    `resting` is the rate up to which descent can come to rest at the optimum. `plain` and `penalised` are
    scikit-learn's, without a penalty and with its default, on the features that descent saw.
    """

    run: Descent
    verdict: Separability
    exact: LogisticFit | None
    resting: float | None
    plain: Fitted
    penalised: Fitted
    growth: pd.DataFrame


def fits_of(problem: ClassProblem) -> Fits:
    """Return what is learnt with the settings of the screen."""
    rate, updates = float(settings.value("neuron_rate")), int(settings.value("neuron_updates"))
    return _fits(
        json.dumps([problem.key, rate, updates]), bool(settings.value("neuron_standardise")), rate, updates, problem
    )


@cache_resource(scope="session", max_entries=12, show_spinner=False)
def _fits(key: str, standardise: bool, rate: float, updates: int, _problem: ClassProblem) -> Fits:
    X, y = _problem.X_train, _problem.y_train
    exact, verdict, growth = _optimum(_problem.key, _problem)
    run = descend(X, y, rate, updates, standardise=standardise)
    resting = None if exact is None else 2 / optimum_curvature(X, exact, run.scaling)
    plain, penalised = _scikit_learn(_problem.key, standardise, _problem, run)
    return Fits(run, verdict, exact, resting, plain, penalised, growth)


@cache_resource(scope="session", max_entries=12, show_spinner=False)
def _optimum(key: str, _problem: ClassProblem) -> tuple[LogisticFit | None, Separability, pd.DataFrame]:
    X, y = _problem.X_train, _problem.y_train
    verdict = separability(X, y)
    return None if verdict.separable else fit_logistic(X, y), verdict, newton_path(X, y, 20)


@cache_resource(scope="session", max_entries=12, show_spinner=False)
def _scikit_learn(key: str, standardise: bool, _problem: ClassProblem, _run: Descent) -> tuple[Fitted, Fitted]:
    import warnings

    from sklearn.linear_model import LogisticRegression

    Z = _run.scaling.transform(_problem.X_train)
    fitted = []
    for C in (np.inf, 1.0):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it has not converged is said on the screen
            model = LogisticRegression(C=C, max_iter=1000).fit(Z, _problem.y_train)
        weights, bias = _run.scaling.to_table(model.coef_[0], float(model.intercept_[0]))
        loss = cross_entropy(_problem.X_train, _problem.y_train, weights, float(bias))
        fitted.append(Fitted(weights, float(bias), loss))
    return fitted[0], fitted[1]


def best_of(fits: Fits) -> Fitted:
    """Return the exact optimum, or the last weights of descent where there is none."""
    if fits.exact is not None:
        return Fitted(fits.exact.weights.numpy(), fits.exact.bias, fits.exact.loss)
    return Fitted(fits.run.weights[-1].numpy(), float(fits.run.bias[-1]), float(fits.run.loss[-1]))
