"""Many runs on the same rows: one for every learning rate, batch size and seed."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _
from core.regression.closed_form import ClosedForm
from core.regression.descent import Progress, Settings, check_settings, follow
from core.regression.divergence import is_diverged
from core.regression.inputs import ArrayLike
from core.regression.minibatches import draw_start
from core.regression.problem import Problem, pose_problem

COLUMNS = ("learning_rate", "batch_size", "seed", "steps", "loss", "gap", "diverged")


def sweep(
    X: ArrayLike,
    y: ArrayLike,
    learning_rates: Sequence[float],
    batch_sizes: Sequence[int],
    epochs: int = 3,
    seed: int = 0,
    *,
    seeds: Sequence[int] | None = None,
    standardise: bool = False,
    fit: ClosedForm | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Train on rows X (n, d) and y (n,) with every combination of rate, batch size and seed.

    Returns one row per run, the seeds changing fastest: learning_rate, batch_size, seed, steps (updates made), loss and
    gap at the end, diverged. Each equals the run of `train_sgd` with these settings. Runs share the processor's cores.
    `progress` is called after every run with the share done; returning False leaves the remaining runs out.
    Raises InputError as `train_sgd` does, before the first run, and for an empty list.
    """
    problem = pose_problem(X, y, standardise, fit)
    choices = product(
        _listed(learning_rates, "learning_rates"),
        _listed(batch_sizes, "batch_sizes"),
        _listed([seed] if seeds is None else seeds, "seeds"),
    )
    settings = [
        check_settings(Settings(rate, batch_size, epochs, each), len(problem.y)) for rate, batch_size, each in choices
    ]
    rows = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for row in pool.map(lambda one: _run(problem, one), settings):
            rows.append(row)
            if progress is not None and progress(len(rows) / len(settings)) is False:
                pool.shutdown(wait=True, cancel_futures=True)
                break
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _run(problem: Problem, settings: Settings) -> tuple[float, int, int, int, float, float, bool]:
    path = follow(problem, draw_start(problem.X.shape[1], settings.seed), settings)
    gap = float(path.gaps[-1])
    diverged = is_diverged(problem, path, settings)
    return (
        settings.learning_rate, settings.batch_size, settings.seed, path.updates, problem.loss + gap, gap, diverged,
    )  # fmt: skip


def _listed(values: object, name: str) -> list[Any]:
    listed: list[Any] = np.asarray(values, dtype=object).ravel().tolist()
    if not listed:
        raise InputError(_("{name} is empty; give at least one value.").format(name=name))
    return listed
