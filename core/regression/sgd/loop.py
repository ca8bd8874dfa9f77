"""Many updates in a row: the compiled loop, fed epoch by epoch, and the recorded parameters."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from core.regression.data.minibatches import Rows, shuffled_epochs, updates_per_epoch
from core.regression.data.validation import Array
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.kernel import descend
from core.regression.sgd.objective import Objective

Progress: TypeAlias = Callable[[float], bool | None]

_GROWTH_FOLLOWED = 1e100  # how far a diverging loss is followed: far enough to see, and well inside float64
_NUMBERS_PER_CALL = 20_000_000  # numbers read between two reports of progress: about a tenth of a second


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Parameters and gaps after some of the updates of a run.

    Attributes:
        steps (k,): the numbers of the updates, from 0 on.
        parameters (k, d + 1): after those updates, the bias last.
        gradients (k, d + 1): the mean gradient of the minibatch of the next update; NaN where none was made.
        after (k, d + 1): the parameters after that update; NaN where none was made.
        gaps (k,): at `parameters`.
        updates: how many were made in all.
        ran_away: whether the loss passed the ceiling.
        stopped: whether someone stopped the run.
        seconds: time of the loop.
        best: the watched loss at its least, if the run was watched.
    """

    steps: Rows
    parameters: Array
    gradients: Array
    after: Array
    gaps: Array
    updates: int
    ran_away: bool
    stopped: bool
    seconds: float
    best: "Best | None" = None

    def until(self, updates: int, parameters: Array, gap: float) -> "Trajectory":
        """Return the path up to so many updates, where it had these parameters and this gap."""
        kept = int(np.searchsorted(self.steps, updates))
        nothing = np.full_like(parameters, np.nan)
        return replace(
            self,
            steps=np.append(self.steps[:kept], updates),
            parameters=np.vstack([self.parameters[:kept], parameters]),
            gradients=np.vstack([self.gradients[:kept], nothing]),
            after=np.vstack([self.after[:kept], nothing]),
            gaps=np.append(self.gaps[:kept], gap),
            updates=updates,
        )


@dataclass(frozen=True, eq=False)
class Best:
    """Where a watched loss was least.

    Attributes:
        epoch: after which it was least, counted from 0.
        epochs: how many were made.
        loss: the watched loss there.
        updates: made by then.
        parameters (d + 1,): there, the bias last.
    """

    epoch: int
    epochs: int
    loss: float
    updates: int
    parameters: Array


class _Watch:
    """Evaluates a loss after every epoch, and remembers where it was lowest."""

    def __init__(self, loss: Callable[[Array], float], patience: int, start: Array) -> None:
        self.loss, self.patience = loss, patience
        self.best = Best(0, 0, loss(start), 0, start.copy())

    def is_over(self, epoch: int, updates: int, parameters: Array) -> bool:
        """Evaluate the parameters after this epoch; return whether patience has run out."""
        loss = self.loss(parameters)
        if loss < self.best.loss:
            self.best = Best(epoch, epoch, loss, updates, parameters.copy())
        self.best = replace(self.best, epochs=epoch)
        return epoch - self.best.epoch >= self.patience


def recorded_steps(updates: int, record: int) -> Rows:
    """Return at most `record` step numbers from 0 to `updates`: half of them ever sparser, half evenly spread.

    >>> recorded_steps(1000, record=12)
    array([   0,    1,    4,   16,   63,  200,  251,  400,  600,  800, 1000])
    """
    if updates < record:
        return np.arange(updates + 1)
    sparser = np.geomspace(1, updates, record // 2)
    evenly = np.linspace(0, updates, record - record // 2)
    return np.unique(np.round(np.concatenate([sparser, evenly]))).astype(np.int64)


def run_training_loop(
    objective: Objective,
    start: Array,
    config: SgdConfig,
    record: int = 500,
    progress: Progress | None = None,
    watched: Callable[[Array], float] | None = None,
) -> Trajectory:
    """Run the descent from `start` (d + 1,) to its end, or until it has diverged or was stopped.

    `progress` gets the share done about ten times a second and stops the run by returning False. With early stopping
    `watched`, the loss to stop by, is evaluated after every epoch. The path is cut at the last recorded step whose loss
    is a finite number.
    """
    spread = np.square(objective.y).mean() + 2.0 * (objective.loss + objective.gap(start))
    ceiling = _GROWTH_FOLLOWED * max(float(spread), float(np.finfo(np.float64).tiny))
    path = _descend(objective, start, config, ceiling, record, progress, watched)
    finite = np.isfinite(path.gaps)
    if finite.all():
        return path
    kept = slice(int(finite.argmin()))
    return replace(
        path,
        steps=path.steps[kept],
        parameters=path.parameters[kept],
        gradients=path.gradients[kept],
        after=path.after[kept],
        gaps=path.gaps[kept],
        ran_away=True,
    )


def _descend(
    objective: Objective,
    start: Array,
    config: SgdConfig,
    ceiling: float,
    record: int,
    progress: Progress | None,
    watched: Callable[[Array], float] | None,
) -> Trajectory:
    X, y = objective.X, objective.y
    n, d = X.shape
    per_epoch = updates_per_epoch(n, config.batch_size)
    total = config.epochs * per_epoch
    steps = recorded_steps(total, record)
    recorded = np.full((3, len(steps), d + 1), np.nan)
    recorded[0, 0] = start
    rule, own = config.rule, np.array(list(config.own.values()), dtype=np.float64)
    parameters, memory = start.copy(), np.zeros((rule.memory, d + 1))
    record_at = np.append(steps, -1)
    per_call = math.ceil(_NUMBERS_PER_CALL / (d + 4) / config.batch_size)
    watch = _Watch(watched, config.early_stopping, start) if watched and config.early_stopping else None
    done, kept, ran_away, ended, stopped = 0, 1, False, False, False
    began = time.perf_counter()
    for orders in shuffled_epochs(n, config.batch_size, config.epochs, config.seed, config.shuffle):
        before, in_block = done, len(orders) * per_epoch
        first = 0
        while first < in_block and not (ran_away or stopped or ended):
            epoch_ends = (first // per_epoch + 1) * per_epoch if watch else in_block
            last = min(first + per_call, epoch_ends)
            done, kept, ran_away = descend(
                X, y, orders, config.batch_size, first, last, before,
                rule.rule, config.learning_rate, own, config.penalty,
                parameters, memory, ceiling, record_at, recorded, kept,
            )  # fmt: skip
            first = last
            stopped = progress is not None and progress(done / total) is False and done < total
            if watch and last == epoch_ends and not ran_away:
                ended = watch.is_over(done // per_epoch, done, parameters)
        if ran_away or stopped or ended:
            break
    seconds = time.perf_counter() - began
    path = _kept(objective, steps[:kept], recorded[:, :kept], done, parameters)
    return replace(path, ran_away=ran_away, stopped=stopped, seconds=seconds, best=watch.best if watch else None)


def _kept(objective: Objective, steps: Rows, recorded: Array, done: int, parameters: Array) -> Trajectory:
    """Return the path that was recorded; where it ended is recorded too."""
    with np.errstate(over="ignore", invalid="ignore"):
        before, gradients, after = recorded
        path = Trajectory(steps, before, gradients, after, objective.gap(before), done, False, False, 0.0)
        ends = path.until(done, parameters, float(objective.gap(parameters))) if done > steps[-1] else path
    ends.gradients[-1] = ends.after[-1] = np.nan
    return ends
