"""How the error of estimated weights depends on the noise and on the number of samples."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _, with_context
from core.regression.data.minibatches import check_seed
from core.regression.data.standardizer import fit_scaling
from core.regression.data.validation import Array, ArrayLike, as_array, check_array, check_count
from core.regression.least_squares.closed_form import solve_closed_form
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.loop import Progress
from core.regression.sgd.stability import FLAT
from core.regression.sgd.train import train_sgd

COLUMNS = ("noise", "samples", "closed_form", "low", "high", "sgd", "law", "diverged")


@dataclass(frozen=True, eq=False)
class NoiseStudy:
    """The errors of weights estimated from newly drawn rows.

    table: one row per noise and number of samples: noise (standard deviation), samples, closed_form and sgd (the root
    mean square error of a weight per standard deviation of its feature, over all repeats), low and high (the tenth and
    the ninetieth percentile of the closed form's over the repeats), law (noise · √(tr Σ⁻¹ / d / samples), with Σ the
    covariance of the features), diverged (how many runs did; they are left out of sgd, which is NaN if all did).

    repeats: how often rows were drawn for each.
    """

    table: pd.DataFrame
    repeats: int


def study_noise(
    X: ArrayLike,
    weights: ArrayLike,
    noises: Sequence[float],
    samples: Sequence[int],
    *,
    repeats: int = 20,
    seed: int = 0,
    config: SgdConfig | None = None,
    progress: Progress | None = None,
) -> NoiseStudy:
    """Draw rows from X (n, d) with replacement, make labels Xw + noise with known weights (d,), and estimate w again.

    Features are standardised, and `weights` are per standard deviation; the error is taken in directions in which the
    features of X vary. For each number of samples the same rows, and the same noise but for its size, are used
    for every noise. SGD has the rate, the batch size and the epochs (20) of `config` and is plain otherwise, with a
    batch of all rows where there are fewer.
    `progress` is called after each drawing with the share done; returning False leaves the remaining ones out.
    Raises InputError for values that are missing or infinite, fewer than 2 samples, or noise that is not above 0.
    """
    features = check_array(X)
    truth = as_array(weights, "weights")
    if truth.shape != (features.shape[1],):
        raise InputError(
            _("weights needs one number for each column, {columns} in all; its shape is {shape}.").format(
                columns=features.shape[1], shape=truth.shape
            )
        )
    for noise in noises:
        if not 0 < noise < np.inf:
            raise InputError(_("noise has to be above 0; got {value}.").format(value=noise))
    for count in samples:
        if check_count(count, "samples") < 2:
            raise InputError(_("samples has to be at least 2; got {value}.").format(value=count))
    setting = _Setting(
        fit_scaling(features).transform(features), truth, tuple(noises), config or SgdConfig(epochs=20),
        check_seed(seed),
    )  # fmt: skip
    jobs = list(product(range(check_count(repeats, "repeats")), samples))
    found = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for rows in pool.map(
            with_context(partial(_draw, setting)),
            [repeat for repeat, _count in jobs],
            [count for _repeat, count in jobs],
        ):
            found += rows
            if progress is not None and progress(len(found) / len(jobs) / len(noises)) is False:
                pool.shutdown(wait=True, cancel_futures=True)
                break
    errors = pd.DataFrame(found, columns=["noise", "samples", "closed_form", "sgd"])
    return NoiseStudy(_summed_up(errors, setting), len(errors) // max(len(set(samples)) * len(set(noises)), 1))


@dataclass(frozen=True, eq=False)
class _Setting:
    """What all drawings share: standardised features (n, d), the true weights, and how SGD is run."""

    Z: Array
    weights: Array
    noises: tuple[float, ...]
    config: SgdConfig
    seed: int

    def varying(self) -> tuple[Array, Array]:
        """Return the eigenvalues (k,) of the covariance of the features that are not 0, and their directions (k, d)."""
        values, vectors = np.linalg.eigh(self.Z.T @ self.Z / len(self.Z))
        kept = values > FLAT * max(values[-1], np.finfo(np.float64).tiny)
        return values[kept], vectors[:, kept].T


def _draw(setting: _Setting, repeat: int, count: int) -> list[tuple[float, int, float, float]]:
    """Return, for every noise, the mean square errors of the closed form and of SGD on newly drawn rows."""
    rng = np.random.default_rng(np.random.SeedSequence([setting.seed, repeat, count]))
    Z = setting.Z[rng.integers(len(setting.Z), size=count)]
    unit = rng.standard_normal(count)
    _values, directions = setting.varying()
    config, rows = setting.config, []
    for noise in setting.noises:
        y = Z @ setting.weights + noise * unit
        fit = solve_closed_form(Z, y)
        run = train_sgd(
            Z, y, config.learning_rate, min(config.batch_size, count), config.epochs, seed=repeat, record=2, fit=fit
        )
        exact, sgd = (
            float(np.square(directions @ (model.weights.numpy() - setting.weights)).mean()) for model in (fit, run)
        )
        rows.append((noise, count, exact, np.nan if run.diverged else sgd))
    return rows


def _summed_up(errors: pd.DataFrame, setting: _Setting) -> pd.DataFrame:
    values, _directions = setting.varying()
    rows = []
    for (noise, count), group in errors.groupby(["noise", "samples"]):
        each = np.sqrt(group["closed_form"])
        rows.append(
            {
                "noise": noise,
                "samples": count,
                "closed_form": np.sqrt(group["closed_form"].mean()),
                "low": each.quantile(0.1),
                "high": each.quantile(0.9),
                "sgd": np.sqrt(group["sgd"].mean()),
                "law": noise * np.sqrt((1.0 / values).mean() / count),
                "diverged": int(group["sgd"].isna().sum()),
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))
