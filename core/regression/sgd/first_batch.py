"""The minibatch of a run's first update: the sums over its rows that the two lines of the update need."""

from dataclasses import dataclass

import numpy as np

from core.regression.data.minibatches import Rows
from core.regression.data.validation import Array, ArrayLike, check_X_y
from core.regression.sgd.train import SgdRun

_SPELT = 2  # rows whose features are held


@dataclass(frozen=True, eq=False)
class FirstBatch:
    """The rows of the first update, in the coordinates trained in.

    Attributes:
        rows (m,): their positions in the table trained on.
        first (k, d): the features of the first two, or of the only one.
        errors (m,): ŷ - y with the initial parameters.
        sums (d + 1,): Σ x (ŷ - y) for each weight, then Σ (ŷ - y) for the bias; divided by m they are the gradient.
    """

    rows: Rows
    first: Array
    errors: Array
    sums: Array


def find_first_batch(X: ArrayLike, y: ArrayLike, run: SgdRun) -> FirstBatch:
    """Return the first minibatch of a run on X (n, d) and y (n,). Raises InputError as `evaluate` does."""
    matrix, labels = check_X_y(X, y)
    rows, before = run.minibatches([0])[0], run.updates.before[0]
    seen = run.scaling.transform(matrix[rows])
    with np.errstate(over="ignore", invalid="ignore"):
        errors = seen @ before[:-1] + before[-1] - labels[rows]
        sums = np.append(seen.T @ errors, errors.sum())
    return FirstBatch(rows, seen[:_SPELT].copy(), errors, sums)
