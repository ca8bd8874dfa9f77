"""A large leak: selecting among columns of pure noise with the labels of the test rows included."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.preprocessing.analysis.leakage.repeated_splits import Average, average_over_splits

SPLITS = 20
KEPT = 10  # columns chosen
MOST_COLUMNS = 2_000
MOST_ROWS = 400  # with more rows no column seems to predict by chance
FEWEST_ROWS = 10


@dataclass(frozen=True, eq=False)
class NoiseLeak:
    """The closed form trained on those of many columns of noise that correlate best with the label.

    Attributes:
        errors: one row per split: seed, and the RMSE on the test rows, in the unit of the label, with the columns
            chosen by the training rows (honest_test), by all rows (leaky_test), and with no column at all, the mean
            label of the training rows (mean_test).
        average: that of leaky minus honest.
        columns: how many were drawn.
        kept: how many were chosen.
        rows: how many labels were used.
    """

    errors: pd.DataFrame
    average: Average
    columns: int
    kept: int
    rows: int


def measure_noise_leak(
    labels: npt.ArrayLike, test_share: float = 0.2, seed: int = 0, columns: int = 500, splits: int = SPLITS
) -> NoiseLeak:
    """Draw columns of normal noise for these labels (n,), keep those most correlated with them, and train on them.

    No column predicts anything, so an honest test error is that of the mean label, or worse. This is the mistake
    described in section 7.10.2 of Hastie, Tibshirani and Friedman's "The Elements of Statistical Learning". Of many
    labels 400 are drawn, with seed 0; split s draws its noise and its test rows with `seed + s`.
    Raises InputError for fewer than 10 labels, constant labels, a share that leaves no test rows or fewer than 4
    training rows, and a number of columns that is not between 1 and 2,000.
    """
    y = _check_labels(labels)
    if not 1 <= columns <= MOST_COLUMNS:
        raise InputError(
            _("The number of noise columns has to be from 1 to {most}; got {got}.").format(
                most=format_count(MOST_COLUMNS), got=columns
            )
        )
    tested = round(test_share * len(y))
    if not 1 <= tested <= len(y) - 4:
        raise InputError(_("For this lesson some rows have to be held out, and at least four left to train on."))
    kept = min(KEPT, columns, (len(y) - tested) // 4)
    scale = 2.0 ** (np.frexp(np.abs(y).max())[1] - 1)  # a power of two does not round, and no square overflows float64
    seeds = range(seed, seed + splits)
    found = np.array([_one_split(y / scale, tested, columns, kept, number) for number in seeds]) * scale
    errors = pd.DataFrame(found, columns=["honest_test", "leaky_test", "mean_test"])
    errors.insert(0, "seed", seeds)
    difference = errors["leaky_test"] - errors["honest_test"]
    average = average_over_splits(difference.tolist(), len(y) - tested, tested)
    return NoiseLeak(errors, average, columns, kept, len(y))


def _check_labels(labels: npt.ArrayLike) -> npt.NDArray[np.float64]:
    y = np.asarray(labels, dtype=np.float64)
    if len(y) < FEWEST_ROWS:
        raise InputError(
            _("At least {needed} labels are needed for this lesson; the table has {got}.").format(
                needed=FEWEST_ROWS, got=len(y)
            )
        )
    if len(y) > MOST_ROWS:
        y = y[np.sort(np.random.default_rng(0).choice(len(y), MOST_ROWS, replace=False))]
    if np.ptp(y) == 0:
        raise InputError(_("The labels are constant, so no column can seem to predict them."))
    return y


def _one_split(
    y: npt.NDArray[np.float64], tested: int, columns: int, kept: int, seed: int
) -> tuple[float, float, float]:
    """Return the RMSE on the test rows: columns chosen honestly, chosen leakily, and the mean label alone."""
    random = np.random.default_rng(seed)
    noise = random.standard_normal((len(y), columns))
    order = random.permutation(len(y))
    test, train = order[:tested], order[tested:]
    honest = _rmse_with(_best_columns(noise, y, train, kept), noise, y, train, test)
    leaky = _rmse_with(_best_columns(noise, y, order, kept), noise, y, train, test)
    return honest, leaky, float(np.sqrt(np.square(y[test] - y[train].mean()).mean()))


def _best_columns(
    noise: npt.NDArray[np.float64], y: npt.NDArray[np.float64], rows: npt.NDArray[np.int64], kept: int
) -> Sequence[int]:
    """Return the columns most correlated with the label over these rows, the first of equally good ones first."""
    centred = noise[rows] - noise[rows].mean(axis=0)
    correlation = np.abs(centred.T @ (y[rows] - y[rows].mean())) / np.linalg.norm(centred, axis=0)
    return [int(column) for column in np.argsort(-correlation, kind="stable")[:kept]]


def _rmse_with(
    chosen: Sequence[int],
    noise: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    train: npt.NDArray[np.int64],
    test: npt.NDArray[np.int64],
) -> float:
    from core.regression import evaluate, solve_closed_form

    X = noise[:, chosen]
    fit = solve_closed_form(X[train], y[train])
    return evaluate(X[test], y[test], fit.weights, fit.bias).rmse
