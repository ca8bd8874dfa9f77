"""Which learning rates and batch sizes a sweep should try: evenly spread, around what the data tolerate."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.closed_form import ClosedForm
from core.regression.config import SgdConfig
from core.regression.inputs import ArrayLike
from core.regression.problem import Objective, build_objective
from core.regression.stability import stability_limit

DECADES = 4  # how far the rates of a grid reach
ABOVE = 3.0  # the rates end near this many times the limit, so that both sides of it are seen
_APART = 1.4  # batch sizes closer than this factor would be too narrow to be told apart
_ROUNDING = 1e-24  # of the mean square of the labels: a loss below is that of a perfect fit
FEWEST = (4, 4)  # rates and batch sizes that still make a map
_NUMBERS_AFFORDED = 50_000_000_000  # numbers read by all runs together: a minute or two on a pair of cores
_SMALL = 10_000_000  # rows times columns squared up to which the limits of minibatches are a matter of moments


@dataclass(frozen=True)
class SweepPlan:
    """What a sweep tries, every rate with every batch size, and what the data tolerate.

    learning_rates, batch_sizes: ascending. epochs: passes over the rows in every run. limit: the largest stable rate
    with all rows in one batch, infinity where none limits it, as for Adam. batch_limits: that of each of the batch
    sizes, in the mean square; empty where it is not known. smallest: the loss of the closed form, with a penalty the
    smallest objective, which the gaps can be compared with; 0 where it is nothing but rounding.
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

    The rates reach over about four decades and end near three times the largest stable one; for Adam, which has none,
    near the largest parameter of the closed form, then one step away. The batch sizes reach from the smallest to all
    rows, if the largest allowed one covers them. If the work is more than can be waited for, fewer of both are chosen,
    and then fewer epochs.

    Momentum β tolerates (1 + β) times the rate of plain descent (Polyak 1964), as long as all rows are in one batch;
    with minibatches no exact limit is known, nor on tables so large that finding it would take minutes.
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
    """Return how many rates and batch sizes, and how many epochs, can be waited for."""
    runs = _NUMBERS_AFFORDED // (len(objective.y) * (objective.X.shape[1] + 4))
    if size[0] * size[1] * epochs > runs:
        size = (min(size[0], FEWEST[0]), min(size[1], FEWEST[1]))
    return size, min(epochs, max(runs // (size[0] * size[1]), 1))


def _rates(allowed: Sequence[float], top: float, count: int) -> tuple[float, ...]:
    """Take every so-manyth rate, always counted from the first, so that a moving limit shifts the window alone."""
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
