"""Gradient descent on a polynomial: its training error falls for ever, its test error falls and rises again."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.foundations.degrees import MOST_DEGREE, orthonormal_polynomials
from core.regression.data.validation import Array, ArrayLike, as_array
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.stability import stability_limit
from core.regression.sgd.train import SgdRun, train

SHARE_OF_LIMIT = 0.5  # of the largest stable rate, where a run is fast and converges


@dataclass(frozen=True, eq=False)
class CurveDescent:
    """A run of gradient descent on the Chebyshev polynomials of x up to a degree.

    Attributes:
        run: the run, whose loss is half the mean squared error.
        test_errors (k,): half the mean squared error on the test rows, one for each row of the history, measured
            directly: beside a closed form that is far off on them, a difference would lose its digits.
        low: the smallest x of all rows.
        high: the largest one; x is mapped from low … high to -1 … 1, where the features stay between -1 and 1.
        degree: of the polynomial.
        best: the row of the history where the test error is least.
    """

    run: SgdRun
    test_errors: Array
    low: float
    high: float
    degree: int
    best: int

    @property
    def history(self) -> pd.DataFrame:
        """The history of the run, one row per recorded step."""
        return self.run.history

    def curves(self, x: ArrayLike, rows: ArrayLike) -> Array:
        """Return the predictions (k, m) at x (m,) of these rows (k,) of the history."""
        features = chebyshev_features(x, self.low, self.high, self.degree)
        kept = self.history.iloc[np.asarray(rows, dtype=np.int64)]
        weights = kept[[f"w{j + 1}" for j in range(self.degree)]].to_numpy(dtype=np.float64)
        predictions: Array = weights @ features.T + kept["b"].to_numpy(dtype=np.float64)[:, None]
        return predictions


def chebyshev_features(x: ArrayLike, low: float, high: float, degree: int) -> Array:
    """Return T_1(x) … T_degree(x), shape (n, degree), with x mapped from low … high to -1 … 1."""
    inner = 2 * ((as_array(x, "x") - low) / (high - low)) - 1
    features: Array = np.polynomial.chebyshev.chebvander(inner, degree)[:, 1:].astype(np.float64, copy=False)
    return features


def descend_on_curve(
    x: ArrayLike,
    y: ArrayLike,
    x_test: ArrayLike,
    y_test: ArrayLike,
    *,
    degree: int = 9,
    epochs: int = 5_000,
    batch_size: int | None = None,
    seed: int = 0,
) -> CurveDescent:
    """Train a polynomial of this degree, from 1 to 15, on rows x, y (n,), testing on x_test, y_test (m,).

    The batch is all rows unless `batch_size` says otherwise, the rate half of the largest stable one. Raises InputError
    as `train_sgd` does, and for fewer than two different x.
    """
    degree = min(max(int(degree), 1), MOST_DEGREE)
    points, others = as_array(x, "x").ravel(), as_array(x_test, "x_test").ravel()
    orthonormal_polynomials(points, 0)  # refuses points that hold no curve
    every = np.append(points, others)
    low, high = float(every.min()), float(every.max())
    features = chebyshev_features(points, low, high, degree)
    config = SgdConfig(
        learning_rate=SHARE_OF_LIMIT * stability_limit(features),
        batch_size=min(batch_size or len(points), len(points)),
        epochs=epochs,
        seed=seed,
    )
    tested = chebyshev_features(others, low, high, degree)
    truth = as_array(y_test, "y_test").ravel()
    run = train(features, y, config, record=120)
    weights = run.history[[f"w{j + 1}" for j in range(degree)]].to_numpy(dtype=np.float64)
    predictions = weights @ tested.T + run.history["b"].to_numpy(dtype=np.float64)[:, None]
    errors = ((predictions - truth) ** 2).mean(axis=1) / 2
    return CurveDescent(run, errors, low, high, degree, int(errors.argmin()))


def descents_by_degree(
    x: ArrayLike, y: ArrayLike, x_test: ArrayLike, y_test: ArrayLike, degrees: Sequence[int], epochs: int
) -> pd.DataFrame:
    """Return the least test error on the way of a descent (least) and that at its end (end), for each of these degrees.

    Both are infinite for a run that diverges. Raises InputError as `descend_on_curve` does.
    """
    found = []
    for degree in degrees:
        descent = descend_on_curve(x, y, x_test, y_test, degree=degree, epochs=epochs)
        errors = (descent.test_errors[descent.best], descent.test_errors[-1])
        found.append((degree, *(np.inf if descent.run.diverged else float(error) for error in errors)))
    return pd.DataFrame(found, columns=["degree", "least", "end"])
