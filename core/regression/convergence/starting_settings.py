"""Learning rate, batch size and epochs with which plain SGD ends near the closed form, forecast without training."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from core.regression.convergence.forecast import forecast, kept_at_the_end
from core.regression.data.minibatches import updates_per_epoch
from core.regression.data.validation import Array, ArrayLike
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.objective import Objective, build_objective
from core.regression.sgd.stability import batch_noise

EPOCHS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200)
HALF_A_SECOND = 125_000_000  # of `cost`, on two cores of 2020 with a table that does not fit into their cache
_PER_ROW = 16  # what fetching a row, or an update, costs in features
_CAREFUL = 0.9  # share of the rate that minibatches tolerate for certain
_PERFECT = 1e-24  # of the mean square of the labels: a smaller loss is rounding


def cost(rows: int, features: int, batch_size: int, epochs: int) -> int:
    """Return how long training takes on any machine, in row updates times features; an update counts as a row.

    >>> cost(rows=1000, features=4, batch_size=10, epochs=20)
    440000
    """
    return epochs * (rows + updates_per_epoch(rows, batch_size)) * (features + _PER_ROW)


def forecast_starts(
    X: ArrayLike,
    y: ArrayLike,
    config: SgdConfig,
    fit: ClosedForm,
    rates: Sequence[float],
    batch_sizes: Sequence[int],
    most_cost: int = HALF_A_SECOND,
) -> pd.DataFrame:
    """Return for numbers of epochs and batch sizes the rate after which plain SGD is nearest to the closed form.

    One row for each of EPOCHS and of `batch_sizes` up to n (larger ones are n) that takes at most `most_cost`: epochs,
    batch_size, learning_rate (one of `rates`) and gap, forecast as a share of the closed form's loss. It is the gap
    that is left of the start after so many updates on all rows, and above it the scatter that the minibatches of
    shuffled epochs leave at the end of an epoch (see `Forecast`), both direction by direction. What the minibatches'
    own Hessians add is bounded by 1/(1 - η/limit), with the limit of `safe_limit`; rates near it are left out.
    Everything but learning rate, batch size and epochs is as in `config`. No row if the loss is 0 up to rounding.
    Raises InputError as `train_sgd` does.
    """
    objective = build_objective(X, y, config.standardise, fit)
    n, d = objective.X.shape
    columns = ["epochs", "batch_size", "learning_rate", "gap"]
    if objective.loss <= _PERFECT * float(np.square(objective.y).mean()):
        return pd.DataFrame(columns=columns)
    told = forecast(X, y, replace(config, batch_size=n, penalty=0.0), fit=fit)
    scatter, longest = _scatter(objective, told.directions)
    steepest = told.eigenvalues[0]
    possible = np.array([rate for rate in rates if rate < 2.0 / steepest])
    with np.errstate(divide="ignore"):
        pace = 2.0 * np.log(np.abs(1.0 - np.outer(possible, told.eigenvalues)))  # (rates, k)
    rows = []
    for size in sorted({min(size, n) for size in batch_sizes}):
        limit = min(_safe(n, batch, steepest, longest) for batch in {size, n % size or size})
        careful = possible < _CAREFUL * limit
        if not careful.any():
            continue
        noise = _noise(possible[careful], told.eigenvalues, scatter, n, size) / (1.0 - possible[careful] / limit)
        for epochs in EPOCHS:
            if cost(n, d, size, epochs) <= most_cost:
                with np.errstate(under="ignore"):
                    left = np.exp(pace[careful] * epochs * updates_per_epoch(n, size)) @ told.gaps
                best = int(np.argmin(left + noise))
                rows.append((epochs, size, possible[careful][best], (left + noise)[best] / objective.loss))
    return pd.DataFrame(rows, columns=columns)


def choose_start(starts: pd.DataFrame, gap: float, usual: SgdConfig) -> "pd.Series[Any]":
    """Return the row of `forecast_starts` to begin with: with a forecast gap of at most `gap`, in as few epochs.

    It has at least as many epochs as usual where these reach the gap, and of the batch sizes the one nearest to the
    usual one. If none reaches the gap it is the row with the smallest one. There has to be a row.
    """
    near = starts[starts["gap"] <= gap]
    if near.empty:
        return starts.iloc[int(starts["gap"].argmin())]
    enough = near[near["epochs"] >= min(usual.epochs, near["epochs"].max())]
    fewest = enough[enough["epochs"] == enough["epochs"].min()]
    apart = np.abs(np.log(fewest["batch_size"].to_numpy(np.float64)) - math.log(usual.batch_size))
    nearest: pd.Series[Any] = fewest.iloc[int(apart.argmin())]
    return nearest


def _scatter(objective: Objective, directions: Array) -> tuple[Array, float]:
    """Return how much the gradient of a row scatters along each direction (k,), and the longest ‖[x 1]‖²."""
    augmented = np.column_stack([objective.X, np.ones(len(objective.y))])
    residuals = augmented @ objective.optimum - objective.y
    along = augmented @ directions
    longest = float(np.einsum("ij,ij->i", augmented, augmented).max())
    return np.asarray(np.square(residuals) @ np.square(along)) / len(residuals), longest


def _safe(n: int, batch_size: int, steepest: float, longest: float) -> float:
    """Return the bound of `safe_limit`."""
    noise = batch_noise(n, batch_size)
    return 2.0 / ((1.0 - noise) * steepest + noise * longest)


def _noise(rates: Array, eigenvalues: Array, scatter: Array, n: int, batch_size: int) -> Array:
    """Return the mean gap (rates,) that minibatches leave at the end of an epoch, in the long run."""
    noise = batch_noise(n, batch_size)
    if noise == 0:
        return np.zeros(len(rates))
    kept = kept_at_the_end(np.outer(rates, eigenvalues), updates_per_epoch(n, batch_size))
    result: Array = 0.5 * noise * np.square(rates) * (kept @ (eigenvalues * scatter))
    return result
