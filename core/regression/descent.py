"""Many updates in a row: the compiled loop, fed epoch by epoch, and the parameters kept along the way."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.inputs import Array, check_count, check_positive
from core.regression.kernels import ADAM, MOMENTUM, SGD, descend
from core.regression.minibatches import Rows, check_seed, shuffled_epochs, updates_per_epoch
from core.regression.problem import Problem

Progress: TypeAlias = Callable[[float], bool | None]

RULES = {"sgd": SGD, "momentum": MOMENTUM, "adam": ADAM}

_GROWTH_FOLLOWED = 1e100  # how far a diverging loss is followed: far enough to see, and well inside float64
_MOST_VISITS = 10**11  # rows times epochs: about an hour
_NUMBERS_PER_CALL = 20_000_000  # numbers read between two reports of progress: about a tenth of a second


@dataclass(frozen=True)
class Settings:
    """What a person chooses about a run."""

    learning_rate: float
    batch_size: int
    epochs: int
    seed: int
    optimizer: str = "sgd"
    momentum: float = 0.9


def check_settings(settings: Settings, n: int) -> Settings:
    """Return the settings as plain numbers, or raise InputError. Nothing is clipped."""
    if settings.optimizer not in RULES:
        raise InputError(
            _("optimizer has to be one of {known}; {value} came.").format(
                known=", ".join(RULES), value=settings.optimizer
            )
        )
    momentum = settings.momentum
    if isinstance(momentum, bool) or not isinstance(momentum, int | float) or not 0 <= momentum < 1:
        raise InputError(_("momentum has to be at least 0 and below 1; {value} came.").format(value=momentum))
    epochs = check_count(settings.epochs, "epochs")
    if epochs * n > _MOST_VISITS:
        raise InputError(
            _("{epochs} epochs of {n} rows would take hours; ask for fewer epochs.").format(epochs=epochs, n=n)
        )
    return Settings(
        learning_rate=check_positive(settings.learning_rate, "learning_rate"),
        batch_size=check_count(settings.batch_size, "batch_size", n),
        epochs=epochs,
        seed=check_seed(settings.seed),
        optimizer=settings.optimizer,
        momentum=float(momentum),
    )


@dataclass(frozen=True, eq=False)
class Path:
    """Parameters (k, d + 1), the bias last, after the updates numbered `steps` (k,), from 0 on; the gaps (k,) there.

    `updates` were made in all. `ran_away` says that the loss passed the ceiling; `stopped` that someone stopped it.
    """

    steps: Rows
    parameters: Array
    gaps: Array
    updates: int
    ran_away: bool
    stopped: bool
    seconds: float


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


def follow(
    problem: Problem, start: Array, settings: Settings, record: int = 500, progress: Progress | None = None
) -> Path:
    """Follow the descent from `start` (d + 1,) to its end, or until it has run away or was stopped.

    `progress` gets the share done about ten times a second and stops the run by returning False. The path is cut at
    the last recorded step whose loss is a finite number.
    """
    spread = np.square(problem.y).mean() + 2.0 * (problem.loss + problem.gap(start))
    ceiling = _GROWTH_FOLLOWED * max(float(spread), float(np.finfo(np.float64).tiny))
    path = _descend(problem, start, settings, ceiling, record, progress)
    finite = np.isfinite(path.gaps)
    if finite.all():
        return path
    kept = int(finite.argmin())
    steps, parameters, gaps = path.steps[:kept], path.parameters[:kept], path.gaps[:kept]
    return replace(path, steps=steps, parameters=parameters, gaps=gaps, ran_away=True)


def _descend(
    problem: Problem, start: Array, settings: Settings, ceiling: float, record: int, progress: Progress | None
) -> Path:
    X, y = problem.X, problem.y
    n, d = X.shape
    per_epoch = updates_per_epoch(n, settings.batch_size)
    total = settings.epochs * per_epoch
    steps = recorded_steps(total, record)
    recorded = np.empty((len(steps), d + 1))
    recorded[0] = start
    parameters, memory = start.copy(), np.zeros((2, d + 1))
    record_at = np.append(steps, -1)
    per_call = math.ceil(_NUMBERS_PER_CALL / (d + 4) / settings.batch_size)
    done, kept, ran_away, stopped = 0, 1, False, False
    began = time.perf_counter()
    for orders in shuffled_epochs(n, settings.batch_size, settings.epochs, settings.seed):
        before, in_block = done, len(orders) * per_epoch
        for first in range(0, in_block, per_call):
            done, kept, ran_away = descend(
                X, y, orders, settings.batch_size, first, min(first + per_call, in_block), before,
                RULES[settings.optimizer], settings.learning_rate, settings.momentum,
                parameters, memory, ceiling, record_at, recorded, kept,
            )  # fmt: skip
            stopped = progress is not None and progress(done / total) is False and done < total
            if ran_away or stopped:
                break
        if ran_away or stopped:
            break
    seconds = time.perf_counter() - began
    steps, recorded = steps[:kept], recorded[:kept]
    if done > steps[-1]:
        steps, recorded = np.append(steps, done), np.vstack([recorded, parameters])
    with np.errstate(over="ignore", invalid="ignore"):
        gaps = problem.gap(recorded)
    return Path(steps, recorded, gaps, done, ran_away, stopped, seconds)
