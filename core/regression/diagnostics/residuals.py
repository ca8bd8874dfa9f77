"""The residuals of a model, row by row, and how they vary with the predictions."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.regression.data.metrics import root_mean_square
from core.regression.data.minibatches import Rows
from core.regression.data.predictions import predict, rounding_of
from core.regression.data.validation import Array, ArrayLike, as_array, check_X_y

_FEWEST_A_BIN, _MOST_MEANS = 8, 20


@dataclass(frozen=True, eq=False)
class Residuals:
    """The residuals of a linear model and its predictions, both in the unit of the label.

    Attributes:
        fitted (n,): the predictions ŷ.
        residuals (n,): y - ŷ.
        rank: how many independent parameters the model has.
        deviation: √(sum of squares / (n - rank)), the estimate of the deviation of the noise; None if n - rank is 0.
        perfect: whether every residual is 0 up to the rounding of its prediction.
    """

    fitted: Array
    residuals: Array
    rank: int
    deviation: float | None
    perfect: bool


def find_residuals(X: ArrayLike, y: ArrayLike, weights: ArrayLike, bias: float, rank: int) -> Residuals:
    """Return the residuals of the model Xw + b for X (n, d) and y (n,).

    Raises InputError for missing or infinite values and for lengths that do not match.

    >>> find_residuals([[0.0], [1.0], [2.0]], [1.0, 2.0, 4.0], weights=[1.5], bias=1.0, rank=2).residuals
    array([ 0. , -0.5,  0. ])
    """
    matrix, labels = check_X_y(X, y)
    w = as_array(weights, "weights")
    fitted = predict(matrix, labels, w, bias)
    residuals = labels - fitted
    freedom = len(labels) - rank
    with np.errstate(over="ignore"):
        deviation = float(root_mean_square(residuals)) * math.sqrt(len(labels) / freedom) if freedom > 0 else None
    perfect = bool(np.abs(residuals).max() <= rounding_of(matrix, labels, w, bias))
    return Residuals(fitted, residuals, rank, deviation, perfect)


def largest_rows(values: ArrayLike, count: int) -> Rows:
    """Return the positions of the `count` values furthest from 0, the furthest first; NaN is never among them.

    >>> largest_rows([1.0, -5.0, float("nan"), 3.0], 2)
    array([1, 3])
    """
    sizes = np.abs(np.asarray(values, dtype=np.float64))
    sizes[np.isnan(sizes)] = -1.0
    count = min(count, int((sizes >= 0).sum()))
    if not count:
        return np.zeros(0, dtype=np.int64)
    # all that tie with the last one are sorted, so that ties go to the earlier row whatever the order of the partition
    limit = np.partition(sizes, len(sizes) - count)[len(sizes) - count]
    found = np.flatnonzero(sizes >= limit)
    rows: Rows = found[np.argsort(-sizes[found], kind="stable")[:count]].astype(np.int64)
    return rows


def rows_to_draw(n: int, most: int, always: Rows | None = None) -> Rows:
    """Return at most `most` positions of 0 … n - 1 evenly spread, with those of `always` among them.

    >>> rows_to_draw(1000, most=5, always=np.array([7]))
    array([  0,   7, 333, 666, 999])
    """
    if n <= most:
        return np.arange(n)
    kept = np.zeros(0, dtype=np.int64) if always is None else np.unique(always)
    spread = np.linspace(0, n - 1, max(most - len(kept), 0)).astype(np.int64)
    return np.unique(np.concatenate([kept, spread]))


def running_mean(fitted: Array, residuals: Array) -> pd.DataFrame:
    """Return the mean residual of rows with neighbouring predictions, with equally many rows in each bin.

    Columns fitted (their mean prediction), mean, low and high (two standard errors to either side), rows. At most 20
    bins of at least 8 rows; empty with fewer than three bins.
    """
    columns = ["fitted", "mean", "low", "high", "rows"]
    bins = min(len(fitted) // _FEWEST_A_BIN, _MOST_MEANS)
    if bins < 3:
        return pd.DataFrame({column: np.zeros(0) for column in columns})
    order = np.argsort(fitted, kind="stable")
    starts = np.linspace(0, len(order), bins, endpoint=False).astype(np.int64)
    counts = np.diff(np.append(starts, len(order)))
    means = np.add.reduceat(residuals[order], starts) / counts
    apart = residuals[order] - np.repeat(means, counts)
    errors = np.sqrt(np.add.reduceat(np.square(apart), starts) / (counts - 1) / counts)
    centres = np.add.reduceat(fitted[order], starts) / counts
    return pd.DataFrame(
        dict(zip(columns, (centres, means, means - 2 * errors, means + 2 * errors, counts), strict=True))
    )


def spread_ratio(fitted: Array, residuals: Array) -> float | None:
    """Return how many times as far residuals scatter in the upper third of the predictions as in the lower third.

    None with fewer than 30 rows, or if the residuals of one third do not vary.
    """
    if len(fitted) < 30:
        return None
    order = np.argsort(fitted, kind="stable")
    third = len(order) // 3
    low, high = float(residuals[order[:third]].std()), float(residuals[order[-third:]].std())
    return high / low if low > 0 and high > 0 else None
