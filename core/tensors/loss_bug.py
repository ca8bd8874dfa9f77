"""The loss bug: predictions of shape (n, 1) minus labels of shape (n,) is (n, n), without an error."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.language import _

MOST = 100
RATE = 0.1


@dataclass(frozen=True, eq=False)
class LossBug:
    """Half the mean of the squared differences, as intended and with the bug.

    The wrong loss is half the mean of `differences` squared, which is `to_mean` plus `spread`.

    Attributes:
        differences (n, n): row i is prediction i minus every label; the diagonal is intended.
        meant: the intended loss.
        wrong: the loss with the bug.
        mean: of the labels.
        to_mean: half the mean squared distance of the predictions to the mean label.
        spread: half the spread of the labels, the lower bound of the wrong loss.
    """

    differences: np.ndarray
    meant: float
    wrong: float
    mean: float
    to_mean: float
    spread: float


def loss_bug(predictions: np.ndarray, labels: np.ndarray) -> LossBug:
    """Compute both losses of n predictions and n labels, float64, whatever their shapes.

    Raises InputError unless there are equally many of both, from 1 to 100, all finite.
    """
    guess, truth = np.asarray(predictions, np.float64).ravel(), np.asarray(labels, np.float64).ravel()
    if guess.size != truth.size:
        sentence = _("Each prediction needs its label: there are {predictions} predictions and {labels} labels.")
        raise InputError(sentence.format(predictions=guess.size, labels=truth.size))
    if not 0 < guess.size <= MOST:
        raise InputError(
            _("From 1 to {most} predictions can be compared here; {count} came.").format(most=MOST, count=guess.size)
        )
    with np.errstate(over="ignore"):
        differences = guess[:, None] - truth
        finite = np.isfinite(differences**2).all()
    if not finite or not np.isfinite((differences**2).sum()):
        raise InputError(_("Finite numbers were needed, whose squares are finite too; take smaller ones."))
    mean = float(truth.mean())
    return LossBug(
        differences=differences,
        meant=float(((guess - truth) ** 2).mean() / 2),
        wrong=float((differences**2).mean() / 2),
        mean=mean,
        to_mean=float(((guess - mean) ** 2).mean() / 2),
        spread=float(((truth - mean) ** 2).mean() / 2),
    )


def descend(predictions: np.ndarray, labels: np.ndarray, updates: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the predictions after gradient descent on each loss, the intended one first, both (n,).

    Each prediction is a parameter, with rate 0.1 on n times the loss: the intended gradient is its difference from its
    own label, the wrong one its difference from the mean of all labels.
    """
    guess, truth = np.asarray(predictions, np.float64).ravel(), np.asarray(labels, np.float64).ravel()
    left = (1 - RATE) ** updates
    return truth + left * (guess - truth), truth.mean() + left * (guess - truth.mean())


def descent_table(predictions: np.ndarray, labels: np.ndarray, updates: int) -> pd.DataFrame:
    """Return one row for each prediction before and after gradient descent: label, prediction and which.

    `which` is "start", "meant" or "wrong".
    """
    truth = np.asarray(labels, np.float64).ravel()
    meant, wrong = descend(predictions, labels, updates)
    parts = {"start": np.asarray(predictions, np.float64).ravel(), "meant": meant, "wrong": wrong}
    return pd.concat(
        [pd.DataFrame({"label": truth, "prediction": values, "which": which}) for which, values in parts.items()],
        ignore_index=True,
    )
