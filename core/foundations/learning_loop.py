"""The loop of learning, turn by turn: a minibatch of data, the model's predictions, the objective, the optimiser."""

from dataclasses import dataclass, replace

import numpy as np

from core.regression.data.minibatches import Rows, rows_of_updates, updates_per_epoch
from core.regression.data.standardizer import fit_scaling
from core.regression.data.validation import Array, ArrayLike, check_count, check_X_y
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.train import Updates, train


@dataclass(frozen=True, eq=False)
class Turn:
    """One turn of the loop, in the coordinates trained in.

    Attributes:
        rows (m,): the positions of the minibatch.
        X (m, d): its features, standardised if the run standardises.
        y (m,): its labels.
        before (d + 1,): the parameters before the update, the bias last.
        predictions (m,): ŷ of the minibatch with these parameters.
        loss: half the mean squared error of the minibatch.
        objective: the loss plus half the penalty times ‖w‖².
        gradient (d + 1,): of the objective.
        after (d + 1,): the parameters after the update.
    """

    rows: Rows
    X: Array
    y: Array
    before: Array
    predictions: Array
    loss: float
    objective: float
    gradient: Array
    after: Array

    @property
    def errors(self) -> Array:
        """ŷ - y of each row (m,)."""
        return self.predictions - self.y


def walk_loop(X: ArrayLike, y: ArrayLike, config: SgdConfig, turns: int = 3) -> list[Turn]:
    """Return the first turns of the run of this config on X (n, d) and y (n,), at most as many as its first epoch has.

    Only the rows of these turns are visited, in the order of the whole run, from the same start; early stopping and
    `initial` of the config are left aside. Raises InputError as `train_sgd` does.
    """
    matrix, labels = check_X_y(X, y)
    config.check_rows(len(labels))
    count = min(check_count(turns, "turns"), updates_per_epoch(len(labels), config.batch_size))
    batches = rows_of_updates(len(labels), config.batch_size, range(1, count + 1), config.seed, config.shuffle)
    visited = np.concatenate(batches)
    seen = fit_scaling(matrix).transform(matrix[visited]) if config.standardise else matrix[visited]
    short = replace(config, epochs=1, standardise=False, shuffle="never", early_stopping=None, initial=None)
    updates = train(seen, labels[visited], short, record=count + 2).updates
    starts = np.cumsum([0, *map(len, batches)])
    return [
        _turn(rows, seen[start : start + len(rows)], labels[rows], updates, k, config.penalty)
        for k, (rows, start) in enumerate(zip(batches, starts[:-1].tolist(), strict=True))
        if k < len(updates.steps) - 1
    ]


def _turn(rows: Rows, X: Array, y: Array, updates: Updates, k: int, penalty: float) -> Turn:
    before = updates.before[k]
    predictions = X @ before[:-1] + before[-1]
    loss = float(((predictions - y) ** 2).mean() / 2)
    shrink = penalty / 2 * float(before[:-1] @ before[:-1])
    return Turn(rows, X, y, before, predictions, loss, loss + shrink, updates.gradient[k], updates.after[k])
