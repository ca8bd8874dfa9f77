"""A forecast of a run, from the spectrum of the Hessian before the first update."""

from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.data.minibatches import updates_per_epoch
from core.regression.data.validation import Array, ArrayLike, check_positive
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.objective import Objective, build_objective, find_start
from core.regression.sgd.stability import FLAT, batch_noise, fourth_moment, stability_limit

_MOST_UPDATES = 2**60


@dataclass(frozen=True, eq=False)
class Forecast:
    """The gap of plain SGD, direction by direction.

    Attributes:
        eigenvalues (k,): of the Hessian in the coordinates trained in, largest first, without the directions in which
            the loss is flat.
        directions (d + 1, k): their unit eigenvectors, the bias last.
        gaps (k,): the share of the initial gap in each direction, which every update multiplies by (1 - ηλ)².
        learning_rate: η.
        updates_per_epoch: minibatches in a pass.
        noise_floor: the mean gap around which minibatches keep the run in the long run, a shorter last batch left out;
            0 with all rows in one batch, infinite at or above the limit.
        floor_at_end: the same at the end of an epoch only, where it is lower, since every row has been used once.
    """

    eigenvalues: Array
    directions: Array
    gaps: Array
    learning_rate: float
    updates_per_epoch: int
    noise_floor: float
    floor_at_end: float

    def gap_after(self, updates: int) -> float:
        """Return the gap after so many updates on all rows; with minibatches, that of the mean of many runs."""
        with np.errstate(over="ignore", under="ignore"):
            left = np.abs(1.0 - self.learning_rate * self.eigenvalues) ** (2.0 * updates)
            return float(self.gaps[self.gaps > 0] @ left[self.gaps > 0])

    def steps_to(self, share: float) -> int | None:
        """Return after how many updates that gap is at most `share` of the initial one; None if it never is.

        Raises InputError unless share is above 0 and at most 1.
        """
        if check_positive(share, "share") > 1:
            raise InputError(_("share has to be above 0 and at most 1; got {value}.").format(value=share))
        target = share * self.gaps.sum()
        if self.gaps.sum() <= target:
            return 0
        if self.learning_rate * self.eigenvalues[0] >= 2.0 or self.gap_after(_MOST_UPDATES) > target:
            return None
        low, high = 0, _MOST_UPDATES
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.gap_after(middle) <= target else (middle, high)
        return high


def forecast(
    X: ArrayLike,
    y: ArrayLike,
    config: SgdConfig | None = None,
    *,
    fit: ClosedForm | None = None,
) -> Forecast:
    """Forecast the run of `train_sgd` with this config, for plain SGD on rows shuffled every epoch.

    `fit` is the closed form of the rows if it is known already. Raises InputError as `train_sgd` does.
    """
    config = config or SgdConfig()
    objective = build_objective(X, y, config.standardise, fit, config.penalty)
    n = len(objective.y)
    config.check_rows(n)
    start = find_start(config, objective)
    _left, values, right = np.linalg.svd(objective.bowl.augmented(), full_matrices=False)
    kept = np.square(values) > FLAT * values[0] ** 2
    values, right = values[kept], right[kept]
    floor, at_end = _noise_floors(objective, config, np.square(values), right.T)
    return Forecast(
        eigenvalues=np.square(values),
        directions=right.T,
        gaps=0.5 * np.square(values * (right @ (start - objective.optimum))),
        learning_rate=config.learning_rate,
        updates_per_epoch=updates_per_epoch(n, config.batch_size),
        noise_floor=floor,
        floor_at_end=at_end,
    )


def _noise_floors(
    objective: Objective, config: SgdConfig, eigenvalues: Array, directions: Array
) -> tuple[float, float]:
    """Return half the trace of HM, with M the second moment of the parameters in the long run: mean, end of an epoch.

    The gradient of a minibatch scatters by its residuals and, at a distance from the closed form, by its own Hessian;
    M is found where the updates remove as much scatter as they add. Within an epoch the scatter cancels, since every
    row is used once; so shuffling is less noisy than sampling with replacement (Mishchenko, Khaled and Richtárik 2020,
    "Random reshuffling: simple analysis with vast improvements").
    """
    n, rate = len(objective.y), config.learning_rate
    noise = batch_noise(n, config.batch_size)
    if noise == 0:
        return 0.0, 0.0
    if rate >= stability_limit(objective.X, config.batch_size, penalty=config.penalty):
        return float("inf"), float("inf")
    augmented = np.column_stack([objective.X, np.ones(n)])
    rows = augmented @ directions
    residuals = augmented @ objective.optimum - objective.y
    pull = residuals @ rows / n  # 0 at the closed form, unless there is a penalty that balances it
    scatter = (rows * np.square(residuals)[:, None]).T @ rows / n - np.outer(pull, pull)
    hessian = rows.T @ rows / n
    kept, at_end = _kept_over_an_epoch(rate * eigenvalues, updates_per_epoch(n, config.batch_size))
    kept, at_end = kept * rate**2 * noise, at_end * rate**2 * noise
    moment = np.zeros_like(scatter)
    change = np.inf
    while change > 1e-4:
        drift = hessian @ moment @ hessian
        added = scatter + fourth_moment(rows, moment) - drift
        following = kept * added
        size = np.abs(following).max()
        change = np.abs(following - moment).max() / size if size > 0 else 0.0
        moment = following
    half = 0.5 * eigenvalues
    return max(float(half @ np.diag(moment)), 0.0), max(float(half @ np.diag(at_end * added)), 0.0)


def _kept_over_an_epoch(strides: Array, updates: int) -> tuple[Array, Array]:
    """Return how much scatter the parameters hold for scatter 1 per update: mean over an epoch, at its end; (k, k).

    `strides` are ηλ. Scatter added s updates ago is multiplied by (1 - ηλ_i)ˢ (1 - ηλ_j)ˢ. Two minibatches of an epoch
    of m have the covariance -1/(m - 1); different epochs are independent.
    """
    m = updates
    pair_strides = strides[:, None] + strides - np.outer(strides, strides)
    gone, pair_gone = _gone(strides, m), _gone(pair_strides, m)
    alone = pair_gone / pair_strides
    together = np.outer(gone / strides, gone / strides)
    at_the_end = (m * alone - together) / (m - 1) / pair_gone
    left, pair_left = (1.0 - strides) * gone / strides, (1.0 - pair_strides) * pair_gone / pair_strides
    alone = (m - pair_left) / pair_strides
    together = (m - left[:, None] - left + pair_left) / np.outer(strides, strides)
    mean = (pair_left * at_the_end + (m * alone - together) / (m - 1)) / m
    return np.asarray(mean), np.asarray(at_the_end)


def kept_at_the_end(strides: Array, updates: int) -> Array:
    """Return for ηλ how much scatter a direction holds at the end of an epoch of `updates`, for scatter 1 per update.

    As in `_noise_floors`, for each direction by itself; 0 for a single update, whose scatter cancels whole.
    """
    if updates == 1:
        return np.zeros_like(strides)
    pairs = strides * (2.0 - strides)
    gone, pair_gone = _gone(strides, updates), _gone(pairs, updates)
    alone, together = updates * pair_gone / pairs, np.square(gone / strides)
    return np.maximum(alone - together, 0.0) / (updates - 1) / pair_gone


def _gone(strides: Array, updates: int) -> Array:
    """Return 1 - (1 - stride)ᵐ, also for strides so small that 1 - stride rounds to 1."""
    small = np.minimum(strides, 0.5)
    return np.where(strides < 0.5, -np.expm1(updates * np.log1p(-small)), 1.0 - (1.0 - strides) ** updates)
