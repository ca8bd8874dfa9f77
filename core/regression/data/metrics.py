"""How well a linear model predicts a set of rows."""

from dataclasses import dataclass

import numpy as np

from core.regression.data.predictions import predict
from core.regression.data.validation import Array, ArrayLike, as_array, check_X_y


@dataclass(frozen=True)
class Scores:
    """How well predictions fit the labels.

    Attributes:
        loss: half the mean squared error.
        rmse: the root of the mean squared error, in the unit of the label.
        r_squared: None for labels that never vary, a single row included: there is no variation to explain.
        rows: how many.
    """

    loss: float
    rmse: float
    r_squared: float | None
    rows: int


def evaluate(X: ArrayLike, y: ArrayLike, weights: ArrayLike, bias: float) -> Scores:
    """Return the scores of the predictions Xw + b for X (n, d) and y (n,), with weights (d,).

    Raises InputError for missing or infinite values and for lengths that do not match.

    >>> evaluate([[1.0], [3.0]], [1.0, 2.0], weights=[0.5], bias=0.5)
    Scores(loss=0.0, rmse=0.0, r_squared=1.0, rows=2)
    """
    matrix, labels = check_X_y(X, y)
    return score(labels, predict(matrix, labels, as_array(weights, "weights"), bias))


def score(labels: Array, predictions: Array) -> Scores:
    """Return the scores of predictions (n,) of labels (n,). An error whose square overflows gives infinity."""
    with np.errstate(over="ignore"):
        errors = predictions - labels
        unit, label_unit = near_power_of_two(np.abs(errors).max()), near_power_of_two(np.abs(labels).max())
        mean_square, spread = np.square(errors / unit).mean(), np.var(labels / label_unit)
        varies = float(np.ptp(labels)) > 0 and spread > 0
        return Scores(
            loss=float(mean_square * unit * unit / 2.0),
            rmse=float(np.sqrt(mean_square) * unit),
            r_squared=float(1.0 - mean_square / spread * np.square(unit / label_unit)) if varies else None,
            rows=len(labels),
        )


def root_mean_square(values: Array) -> Array:
    """Return the root of the mean square of each column (d,) of values (n, d), or of (n,); no square underflows.

    >>> round(root_mean_square(np.array([3e-200, 4e-200])).item() * 1e200, 9)
    3.535533906
    """
    scale = near_power_of_two(np.abs(values).max(axis=0))
    result: Array = np.sqrt(np.square(values / scale).mean(axis=0)) * scale
    return result


def column_spread(values: Array) -> Array:
    """Return the standard deviation (d,) of each column of values (n, d), or of (n,); 0 where it never varies."""
    scale = near_power_of_two(np.abs(values).max(axis=0))
    spread = np.std(values / scale, axis=0) * scale
    result: Array = np.where(values.max(axis=0) > values.min(axis=0), spread, 0.0)
    return result


def column_centre(values: Array) -> Array:
    """Return the mean (d,) of each column of values (n, d), or of (n,); the value itself where it never varies.

    The mean of equal values rounds, and what is left after it is taken away then looks like a spread.

    >>> column_centre(np.full(6, 0.1)).item() == 0.1
    True
    """
    lowest = values.min(axis=0)
    scale = near_power_of_two(np.abs(values).max(axis=0))
    result: Array = np.where(values.max(axis=0) > lowest, np.mean(values / scale, axis=0) * scale, lowest)
    return result


def near_power_of_two(sizes: Array) -> Array:
    """Return the power of two at or below each size, so that dividing by it rounds nothing; 1 for 0 and infinity."""
    usable = np.where((sizes > 0) & np.isfinite(sizes), sizes, 1.0)
    result: Array = np.ldexp(1.0, np.frexp(usable)[1] - 1)
    return result
