"""Many runs on the same rows: one for every learning rate, batch size and seed."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _, with_context
from core.regression.closed_form import ClosedForm
from core.regression.config import SgdConfig
from core.regression.descent import Progress, run_training_loop
from core.regression.divergence import is_diverged
from core.regression.inputs import Array, ArrayLike
from core.regression.minibatches import Rows
from core.regression.problem import Objective, build_objective, build_test_objective, find_start
from core.regression.sgd import watched_loss

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
