"""The four parts of a trained model, changed one at a time: data, model, objective and optimiser."""

import math
from dataclasses import dataclass

import numpy as np

from core.regression.data.metrics import score
from core.regression.data.minibatches import Rows, check_seed
from core.regression.data.validation import Array, ArrayLike, check_X_y
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.least_squares.ridge import Ridge
from core.regression.sgd.objective import check_test_rows
from core.regression.sgd.train import SgdRun


@dataclass(frozen=True)
class Errors:
    """How far a model is off, in the units of the label.

    Attributes:
        train: the root mean squared error on the training rows.
        test: the same on the test rows; None without such.
    """

    train: float
    test: float | None


def keep_share(rows: int, share: float, seed: int = 0) -> Rows:
    """Return the positions, in order, of a share of the rows drawn from the seed; a smaller share is part of a larger.

    At least two rows are kept, where there are two.
    """
    order = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(79,))).permutation(rows)
    kept: Rows = np.sort(order[: max(round(share * rows), min(2, rows))])
    return kept


def model_errors(
    model: SgdRun | ClosedForm | Ridge,
    X: ArrayLike,
    y: ArrayLike,
    X_test: ArrayLike | None = None,
    y_test: ArrayLike | None = None,
) -> Errors:
    """Return the errors of a linear model, weights (d,) and bias, on X (n, d), y (n,) and on test rows, if any.

    A run that diverged has infinite errors. Raises InputError for shapes that do not match.
    """
    matrix, labels = check_X_y(X, y)
    tested = check_test_rows(X_test, y_test, matrix.shape[1])
    if getattr(model, "diverged", False):
        return Errors(math.inf, None if tested is None else math.inf)
    weights, bias = np.asarray(model.weights, dtype=np.float64), float(model.bias)
    return Errors(_error(matrix, labels, weights, bias), None if tested is None else _error(*tested, weights, bias))


def _error(X: Array, y: Array, weights: Array, bias: float) -> float:
    with np.errstate(over="ignore", invalid="ignore"):
        return math.sqrt(2 * score(y, X @ weights + bias).loss)
