"""Many runs on the same rows, one for every learning rate, batch size and seed; and the plan of which."""

import math
import os
from bisect import bisect_left
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _, with_context
from core.regression.data.minibatches import Rows
from core.regression.data.validation import Array, ArrayLike
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.divergence import is_diverged
from core.regression.sgd.loop import Progress, run_training_loop
from core.regression.sgd.objective import Objective, build_objective, build_test_objective, find_start
from core.regression.sgd.stability import stability_limit
from core.regression.sgd.train import watched_loss

COLUMNS = ("learning_rate", "batch_size", "seed", "steps", "loss", "gap", "steps_to_one_percent", "diverged")

_CLOSE = 0.01  # of the initial gap


def sweep(
    X: ArrayLike,
    y: ArrayLike,
    learning_rates: Sequence[float],
    batch_sizes: Sequence[int],
    epochs: int = 3,
    seed: int = 0,
    *,
    seeds: Sequence[int] | None = None,
    config: SgdConfig | None = None,
    X_test: ArrayLike | None = None,
    y_test: ArrayLike | None = None,
    fit: ClosedForm | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Train on rows X (n, d) and y (n,) with every combination of rate, batch size and seed.

    Returns one row per run, the seeds changing fastest: learning_rate, batch_size, seed, steps (updates made), loss and
    gap at the end, steps_to_one_percent (the first of about 500 recorded updates with at most a hundredth of the gap at
    the start, NaN if none has), diverged. Each equals the run of `train_sgd` with these settings and all others of
    `config`, but for its start, which the seed draws. Runs share the processor's cores.
    `progress` is called after every run with the share done; returning False leaves the remaining runs out.
    Raises InputError as `train_sgd` does, before the first run, and for an empty list.
    """
    base = replace(config or SgdConfig(), initial=None)
    objective = build_objective(X, y, base.standardise, fit, base.penalty)
    choices = product(
        _listed(learning_rates, "learning_rates"),
        _listed(batch_sizes, "batch_sizes"),
        _listed([seed] if seeds is None else seeds, "seeds"),
    )
    configs = [
        replace(base, learning_rate=rate, batch_size=batch_size, epochs=epochs, seed=each)
        for rate, batch_size, each in choices
    ]
    for one in configs:
        one.check_rows(len(objective.y))
    test = build_test_objective(objective, X_test, y_test)
    watched = None if base.early_stopping is None else watched_loss(test)
    rows = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for row in pool.map(with_context(partial(_run, objective, watched=watched)), configs):
            rows.append(row)
            if progress is not None and progress(len(rows) / len(configs)) is False:
                pool.shutdown(wait=True, cancel_futures=True)
                break
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _run(
    objective: Objective, config: SgdConfig, watched: Callable[[Array], float] | None
) -> tuple[float, int, int, int, float, float, float, bool]:
    path = run_training_loop(objective, find_start(config, objective), config, watched=watched)
    diverged = is_diverged(objective, path, config)
    if path.best is not None and not diverged:
        path = path.until(path.best.updates, path.best.parameters, float(objective.gap(path.best.parameters)))
    gap = float(path.gaps[-1])
    loss = float(objective.loss_at(path.parameters[-1:], path.gaps[-1:])[0])
    return (
        config.learning_rate, config.batch_size, config.seed, path.updates, loss, gap,
        steps_to_one_percent(path.steps, path.gaps), diverged,
    )  # fmt: skip


def steps_to_one_percent(steps: Array | Rows, gaps: Array) -> float:
    """Return the first of these steps (k,) whose gap is at most a hundredth of the first gap; NaN if there is none.

    >>> steps_to_one_percent(np.array([0, 1, 2, 4]), np.array([50.0, 8.0, 0.5, 0.1]))
    2.0
    """
    close = gaps <= _CLOSE * gaps[0]
    return float(steps[close.argmax()]) if close.any() else float("nan")


def _listed(values: object, name: str) -> list[Any]:
    listed: list[Any] = np.asarray(values, dtype=object).ravel().tolist()
    if not listed:
        raise InputError(_("{name} is empty; give at least one value.").format(name=name))
    return listed


DECADES = 4  # the range of the rates of a grid
ABOVE = 3.0  # the rates end near this many times the limit, so that both sides of it are seen
_APART = 1.4  # batch sizes closer than this factor would be too narrow to distinguish
_ROUNDING = 1e-24  # of the mean square of the labels: a loss below is that of a perfect fit
FEWEST = (4, 4)  # rates and batch sizes that still make a map
_NUMBERS_AFFORDED = 50_000_000_000  # numbers read by all runs together: a minute or two on a pair of cores
_SMALL = 10_000_000  # rows times columns squared up to which the limits of minibatches are a matter of moments


@dataclass(frozen=True)
class SweepPlan:
    """What a sweep tries, every rate with every batch size, and the limits of stability.

    Attributes:
        learning_rates: ascending.
        batch_sizes: ascending.
        epochs: passes over the rows in every run.
        limit: the largest stable rate with all rows in one batch, infinity where none limits it, as for Adam.
        batch_limits: that of each of the batch sizes, in the mean square; empty where it is not known.
        smallest: the loss of the closed form, with a penalty the smallest objective, which the gaps can be compared
            with; 0 where it is nothing but rounding.
    """

    learning_rates: tuple[float, ...]
    batch_sizes: tuple[int, ...]
    epochs: int
    limit: float
    batch_limits: tuple[float, ...]
    smallest: float


def plan_sweep(
    X: ArrayLike,
    y: ArrayLike,
    learning_rates: Sequence[float],
    batch_sizes: Sequence[int],
    config: SgdConfig | None = None,
    *,
    size: tuple[int, int] = (8, 6),
    fit: ClosedForm | None = None,
) -> SweepPlan:
    """Choose `size` learning rates and batch sizes among the allowed ones, both ascending, for runs of `config`.

    The rates cover about four decades and end near three times the largest stable one; for Adam, which has none,
    near the largest parameter of the closed form, then one step away. The batch sizes go from the smallest to all
    rows, if the largest allowed one covers them. If the work would take too long, fewer of both are chosen,
    and then fewer epochs.

    Momentum β is stable up to (1 + β) times the rate of plain descent (Polyak 1964), as long as all rows are in one
    batch; with minibatches no exact limit is known, nor on tables so large that finding it would take minutes.
    Raises InputError as `train_sgd` does, and for an empty list.

    >>> plan = plan_sweep([[1.0], [-1.0], [2.0]], [1.0, 2.0, 3.0], [0.001, 0.01, 0.1, 1.0], [1, 2, 4], size=(3, 3))
    >>> plan.learning_rates, plan.batch_sizes
    ((0.01, 0.1, 1.0), (1, 2, 3))
    """
    if not len(learning_rates) or not len(batch_sizes):
        raise InputError(_("There is nothing to choose from; allow at least one learning rate and one batch size."))
    config = config or SgdConfig()
    objective = build_objective(X, y, config.standardise, fit, config.penalty)
    size, epochs = _affordable(objective, size, config.epochs)
    sizes = _batch_sizes(batch_sizes, len(objective.y), size[1])
    rounding = _ROUNDING * float(np.square(objective.y).mean())
    smallest = objective.loss if objective.loss > rounding else 0.0
    if not config.rule.has_spectrum:
        top = float(np.abs(objective.optimum).max())
        return SweepPlan(_rates(learning_rates, top, size[0]), sizes, epochs, math.inf, (), smallest)
    limit = stability_limit(objective.X, penalty=config.penalty) * (1.0 + config.momentum)
    known = config.rule.is_plain and objective.X.size * objective.X.shape[1] <= _SMALL
    batch_limits = tuple(stability_limit(objective.X, each, penalty=config.penalty) for each in sizes if known)
    return SweepPlan(_rates(learning_rates, ABOVE * limit, size[0]), sizes, epochs, limit, batch_limits, smallest)


def _affordable(objective: Objective, size: tuple[int, int], epochs: int) -> tuple[tuple[int, int], int]:
    """Return how many rates and batch sizes, and how many epochs, take no more than a minute or two."""
    runs = _NUMBERS_AFFORDED // (len(objective.y) * (objective.X.shape[1] + 4))
    if size[0] * size[1] * epochs > runs:
        size = (min(size[0], FEWEST[0]), min(size[1], FEWEST[1]))
    return size, min(epochs, max(runs // (size[0] * size[1]), 1))


def _rates(allowed: Sequence[float], top: float, count: int) -> tuple[float, ...]:
    """Return every k-th rate, counted from the first, so that a moving limit only shifts the window."""
    per_decade = (len(allowed) - 1) / math.log10(allowed[-1] / allowed[0]) if len(allowed) > 1 else 1.0
    lattice = allowed[:: max(round(per_decade * DECADES / count), 1)]
    end = min(bisect_left(lattice, top) + 1, len(lattice))
    start = max(end - count, 0)
    return tuple(lattice[start : start + count])


def _batch_sizes(allowed: Sequence[int], rows: int, count: int) -> tuple[int, ...]:
    """Take sizes that grow evenly on a log scale, the last one all rows if a size is allowed that covers them."""
    possible = [size for size in allowed if size < rows] + ([rows] if allowed[-1] >= rows else [])
    wanted = np.geomspace(possible[0], possible[-1], count)
    nearest = np.abs(np.log(possible)[:, None] - np.log(wanted)).argmin(axis=0)
    chosen = [possible[-1]]  # from the largest down, which is kept in any case
    for place in np.unique(nearest)[-2::-1]:
        if chosen[-1] >= _APART * possible[place]:
            chosen.append(possible[place])
    return tuple(reversed(chosen))
