"""How well a linear model predicts a set of rows."""

from dataclasses import dataclass

import numpy as np

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
    return score(labels, matrix @ as_array(weights, "weights") + bias)


def score(labels: Array, predictions: Array) -> Scores:
    """Return the scores of predictions (n,) of labels (n,). An error whose square overflows gives infinity."""
    with np.errstate(over="ignore"):
        mean_square = float(np.square(predictions - labels).mean())
        spread = float(labels.var())
    varies = float(np.ptp(labels)) > 0 and spread > 0
    return Scores(
        loss=mean_square / 2.0,
        rmse=float(np.sqrt(mean_square)),
        r_squared=1.0 - mean_square / spread if varies else None,
        rows=len(labels),
    )
