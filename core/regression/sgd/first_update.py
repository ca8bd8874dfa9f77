"""The first update of a run with its minibatch: the sums over the rows in the two lines of the book."""

from dataclasses import dataclass

import numpy as np

from core.regression.data.minibatches import Rows
from core.regression.data.validation import Array, ArrayLike, check_X_y
from core.regression.sgd.train import SgdRun


@dataclass(frozen=True, eq=False)
class FirstUpdate:
    """What the first update of a run saw, in the coordinates trained in, and what it did.

    Attributes:
        rows (m,): the positions of the rows of its minibatch.
        X (m, d): their features.
        errors (m,): ŷ - y before the update.
        sums (d + 1,): Σ x (ŷ - y) for each weight, and Σ (ŷ - y) for the bias, last.
        before (d + 1,): the parameters before.
        gradient (d + 1,): the sums divided by m, with the penalty's share.
        after (d + 1,): the parameters after.
    """

    rows: Rows
    X: Array
    errors: Array
    sums: Array
    before: Array
    gradient: Array
    after: Array

    @property
    def is_finite(self) -> bool:
        """Whether no number of it overflowed."""
        return bool(np.isfinite([*self.sums, *self.gradient, *self.after]).all())


def find_first_update(X: ArrayLike, y: ArrayLike, run: SgdRun) -> FirstUpdate:
    """Return the first update of a run on X (n, d) and y (n,). Raises InputError as `evaluate` does."""
    matrix, labels = check_X_y(X, y)
    updates, rows = run.updates, run.minibatches([0])[0]
    seen, before = run.scaling.transform(matrix[rows]), updates.before[0]
    with np.errstate(over="ignore", invalid="ignore"):
        errors = seen @ before[:-1] + before[-1] - labels[rows]
        sums = np.append(seen.T @ errors, errors.sum())
    return FirstUpdate(rows, seen, errors, sums, before, updates.gradient[0], updates.after[0])
