"""Forecasts for a learning rate before it is tried; cached, so that a slider move costs milliseconds."""

import json
import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.formatting import format_list
from core.language import N_
from core.regression import Forecast, forecast
from core.regression.convergence.epoch_stability import EpochStability, epoch_stability
from core.regression.convergence.learning_rates import (
    best_rate,
    condition_number,
    convergence_factor,
    largest_rate,
    spectrum,
    steps_to_tolerance,
)
from core.regression.data.validation import Array
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.divergence import leading_columns
from dashboard.pipeline.training import Problem, Result
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource

SHARE = 0.01  # of the initial gap: what is left once 99 % of it is closed
CAREFUL = 0.9  # share of a limit that the button takes

_QUICK = 1_000_000  # rows times columns squared: the noise floor takes some 20 ms
_DRAWN_RATES = 80


@dataclass(frozen=True, eq=False)
class Outlook:
    """The forecast of a run with these settings.

    told: the forecast for all rows in one batch. momentum: β, or 0 without. limit: the largest stable rate for all
    rows in one batch; batch: that for these minibatches of plain SGD, None for all rows; neither holds for Adam.
    working: a rate that is stable with these settings. best: the rate at which all rows converge fastest. updates:
    after how many 99 % of the gap are closed, NaN if never. floor: the gap around which minibatches stay, None where
    that is not known. flat: how many directions have no curvature.
    """

    told: Forecast
    momentum: float
    limit: float
    batch: EpochStability | None
    best: float
    condition: float
    flat: int
    updates: float
    floor: float | None

    @property
    def working(self) -> float:
        """The rate below which a run is known to converge: momentum adds up to 1/(1 - β) updates of noise in a row."""
        if self.batch is None:
            return self.limit
        return min(self.batch.limit * (1.0 - self.momentum), self.limit)

    @property
    def steepest(self) -> float:
        """The largest eigenvalue."""
        return float(self.told.eigenvalues[0])

    def floor_and_rest(self, steps: Array) -> float:
        """Return the forecast mean gap over these steps of a run: the noise floor, and what is left of the start."""
        return (self.floor or 0.0) + float(np.mean([self.told.gap_after(int(step)) for step in steps]))

    def factor(self, rate: float) -> float:
        """Return the factor of an update for the error along the steepest direction; with momentum, its size."""
        if self.momentum:
            return float(convergence_factor(self.told.eigenvalues[:1], rate, self.momentum)[0])
        return 1.0 - rate * self.steepest


def look_ahead(problem: Problem, how: SgdConfig, result: Result) -> Outlook:
    """Return the forecast of this run."""
    prediction = replace(_told(_spectrum_key(problem, how), problem, how, result), learning_rate=how.learning_rate)
    momentum = how.momentum
    batch_key = json.dumps([problem.key, how.standardise, how.penalty, how.batch_size])
    return Outlook(
        told=prediction,
        momentum=momentum,
        limit=largest_rate(prediction.eigenvalues, momentum),
        batch=_batch(batch_key, problem, how),
        best=best_rate(prediction.eigenvalues, momentum),
        condition=condition_number(prediction.eigenvalues),
        flat=prediction.directions.shape[0] - len(prediction.eigenvalues),
        updates=float(steps_to_tolerance(prediction, np.array([how.learning_rate]), SHARE, momentum)[0]),
        floor=_floor_if_quick(problem, how, result),
    )


def is_bounded(how: SgdConfig) -> bool:
    """Whether the optimizer bounds its own steps, so that no eigenvalue limits its rate."""
    return not how.rule.has_spectrum


def careful_rate(ahead: Outlook) -> float | None:
    """Return the rate on the slider that is at most 0.9 of the working rate; None if the slider does not go so low."""
    wanted = CAREFUL * ahead.working
    return settings.rate_at_most(wanted) if wanted >= settings.RATES[0] else None


def names_of(problem: Problem, direction: Array) -> str:
    """Return the names of the columns that make up a direction, whose last entry is the bias."""
    return format_list(leading_columns(direction, problem.feature_names))


def updates_table(problem: Problem, how: SgdConfig, result: Result) -> pd.DataFrame:
    """Return rate and updates: how many updates on all rows close 99 % of the gap, wherever they ever do."""
    key = json.dumps([_spectrum_key(problem, how), how.momentum])
    return _updates_table(key, how.momentum, _told(_spectrum_key(problem, how), problem, how, result))


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _updates_table(key: str, momentum: float, _told: Forecast) -> pd.DataFrame:
    limit, best = largest_rate(_told.eigenvalues, momentum), best_rate(_told.eigenvalues, momentum)
    near = limit - (limit - best) * np.geomspace(1e-3, 1.0, 20)
    rates = np.unique(np.concatenate([np.geomspace(best / 1000.0, best, _DRAWN_RATES), near]))
    table = pd.DataFrame({"rate": rates, "updates": steps_to_tolerance(_told, rates, SHARE, momentum)})
    return table[table["updates"] > 0].reset_index(drop=True)


def directions_table(problem: Problem, how: SgdConfig, result: Result) -> pd.DataFrame:
    """Return eigenvalue and leading, the columns that make it up, one row per direction that is not flat."""
    key = _spectrum_key(problem, how)
    return _directions_table(key, problem, _told(key, problem, how, result))


@cache_resource(scope="session", max_entries=8, show_spinner=False)
def _directions_table(key: str, _problem: Problem, _told: Forecast) -> pd.DataFrame:
    leading = [names_of(_problem, direction) for direction in _told.directions.T]
    return pd.DataFrame({"eigenvalue": _told.eigenvalues, "leading": leading})


def condition_of(problem: Problem, how: SgdConfig) -> float:
    """Return the condition number of the Hessian of these features as trained, flat directions left out."""
    return _condition(json.dumps([problem.key, how.standardise, how.penalty]), problem, how)


@cache_resource(scope="session", max_entries=16, show_spinner=False)
def _condition(key: str, _problem: Problem, _how: SgdConfig) -> float:
    return condition_number(spectrum(_problem.X_train, _how.standardise, _how.penalty)[0])


def _spectrum_key(problem: Problem, how: SgdConfig) -> str:
    return json.dumps([problem.key, how.standardise, how.penalty, how.seed, how.start_spread])


@cache_resource(scope="session", max_entries=8, show_spinner=N_("Computing the curvature"))
def _told(key: str, _problem: Problem, _how: SgdConfig, _result: Result) -> Forecast:
    return _forecast(_problem, replace(_how, batch_size=len(_problem.y_train)), _result)


@cache_resource(scope="session", max_entries=32, show_spinner=N_("Computing the curvature"))
def _batch(key: str, _problem: Problem, _how: SgdConfig) -> EpochStability | None:
    return epoch_stability(_problem.X_train, _how.batch_size, _how.standardise, _how.penalty)


def _floor_if_quick(problem: Problem, how: SgdConfig, result: Result) -> float | None:
    """Return the noise floor, 0 for all rows in one batch; None where it takes long or is not known.

    It is known for plain SGD on rows shuffled every epoch.
    """
    rows, columns = problem.X_train.shape
    if not how.rule.is_plain or how.shuffle != "every_epoch" or rows * columns**2 > _QUICK:
        return None
    key = json.dumps([_spectrum_key(problem, how), how.learning_rate, how.batch_size])
    floor = _floor(key, problem, how, result)
    return floor if math.isfinite(floor) else None


@cache_resource(scope="session", max_entries=64, show_spinner=False)
def _floor(key: str, _problem: Problem, _how: SgdConfig, _result: Result) -> float:
    return _forecast(_problem, _how, _result).noise_floor


def _forecast(problem: Problem, how: SgdConfig, result: Result) -> Forecast:
    return forecast(problem.X_train, problem.y_train, how, fit=result.fit)
