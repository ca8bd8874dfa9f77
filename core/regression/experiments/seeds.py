"""The same run with many seeds: where each ends, compared with the closed form of other samples."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _, with_context
from core.regression.data.validation import Array, ArrayLike
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.divergence import is_diverged
from core.regression.sgd.loop import Progress, run_training_loop
from core.regression.sgd.objective import Objective, build_objective, find_start
from core.regression.sgd.stability import FLAT

SHARE = 0.95  # of the points that an ellipse is to hold


@dataclass(frozen=True, eq=False)
class SeedRuns:
    """Where runs end that differ in nothing but their seed, in the coordinates trained in, the bias last.

    Where the loss is flat in some directions all parameters are those of minimum norm, since a run stays
    at its start along these directions.

    Attributes:
        seeds (k,): of the runs that did not diverge.
        ends (k, d + 1): their last parameters.
        gaps (k,): their last gaps.
        diverged: how many runs did.
        scatter: the mean gap that the ends have around their own mean, NaN if there are none.
        centre (d + 1,): the closed form.
        sampling (d + 1, d + 1): the covariance that the closed form has over other samples of as many rows; None if
            no residuals are left to estimate the noise from, or with a penalty.
        sampling_scatter: the mean gap that goes with it, σ² · rank / 2n, or None.
        freedom: n - rank.
    """

    seeds: tuple[int, ...]
    ends: Array
    gaps: Array
    diverged: int
    scatter: float
    centre: Array
    sampling: Array | None
    sampling_scatter: float | None
    freedom: int

    def sampling_ellipse(self, first: int, second: int, points: int = 121) -> pd.DataFrame | None:
        """Return the 95 % confidence region of two parameters of the closed form, a closed curve with columns x and y.

        Its size is that of 2 F(2, n - rank). None where there is none.
        """
        if self.sampling is None:
            return None
        pair = [first, second]
        reach = self.freedom * ((1 - SHARE) ** (-2 / self.freedom) - 1)
        return _ellipse(self.sampling[np.ix_(pair, pair)], self.centre[pair], reach, points)

    def cloud_ellipse(self, first: int, second: int, points: int = 121) -> pd.DataFrame | None:
        """Return the curve that holds 95 % of a normal cloud with the mean and covariance of the ends; of 3 or more."""
        if len(self.ends) < 3:
            return None
        pair = self.ends[:, [first, second]]
        return _ellipse(np.cov(pair.T, bias=True), pair.mean(axis=0), -2 * np.log(1 - SHARE), points)


def _ellipse(covariance: Array, centre: Array, reach: float, points: int) -> pd.DataFrame:
    values, vectors = np.linalg.eigh(covariance)
    angle = np.linspace(0.0, 2.0 * np.pi, points)
    circle = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(np.maximum(values, 0.0) * reach)
    return pd.DataFrame(centre + circle @ vectors.T, columns=["x", "y"])


def run_seeds(
    X: ArrayLike,
    y: ArrayLike,
    config: SgdConfig,
    seeds: Sequence[int],
    *,
    fit: ClosedForm | None = None,
    progress: Progress | None = None,
) -> SeedRuns:
    """Make the run of `train_sgd` with this config once with each seed, on rows X (n, d) and y (n,).

    Each begins where its seed says, and none is stopped early.
    `progress` is called after every run with the share done; returning False leaves the remaining runs out.
    Raises InputError as `train_sgd` does, and for no seeds.
    """
    config = replace(config, initial=None, early_stopping=None)
    objective = build_objective(X, y, config.standardise, fit, config.penalty)
    if not len(seeds):
        raise InputError(_("At least one seed is needed."))
    config.check_rows(len(objective.y))

    def run(seed: int) -> tuple[Array, float, bool]:
        own = replace(config, seed=seed)
        path = run_training_loop(objective, find_start(own, objective), own, record=2)
        return path.parameters[-1], float(path.gaps[-1]), is_diverged(objective, path, own)

    done = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for result in pool.map(with_context(run), seeds):
            done.append(result)
            if progress is not None and progress(len(done) / len(seeds)) is False:
                pool.shutdown(wait=True, cancel_futures=True)
                break
    return _gather(objective, list(seeds[: len(done)]), done)


def _gather(objective: Objective, seeds: list[int], done: list[tuple[Array, float, bool]]) -> SeedRuns:
    stayed = [not diverged for _end, _gap, diverged in done]
    ends = np.array([end for end, _gap, diverged in done if not diverged]).reshape(-1, len(objective.optimum))
    _left, values, right = np.linalg.svd(objective.bowl.augmented(), full_matrices=False)
    kept = np.square(values) > FLAT * values[0] ** 2
    values, right = values[kept], right[kept]
    n, rank = len(objective.y), objective.fit.rank
    deviation = objective.fit.residual_deviation
    sampling = sampling_scatter = None
    if deviation is not None and not objective.penalty:
        sampling = (right.T / np.square(values)) @ right * deviation**2 / n
        sampling_scatter = deviation**2 * rank / n / 2.0
    around = ends - ends.mean(axis=0) if len(ends) else ends
    return SeedRuns(
        seeds=tuple(seed for seed, stays in zip(seeds, stayed, strict=True) if stays),
        ends=ends @ right.T @ right,
        gaps=np.array([gap for _end, gap, diverged in done if not diverged]),
        diverged=len(done) - sum(stayed),
        scatter=float(objective.bowl.value(around[:, :-1], around[:, -1]).mean()) if len(ends) else float("nan"),
        centre=objective.optimum @ right.T @ right,
        sampling=sampling,
        sampling_scatter=sampling_scatter,
        freedom=n - rank,
    )
