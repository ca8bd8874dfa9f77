"""Labels of 0 and 1, some of them flipped: what a classifier still learns, and what a flipped test set measures."""

from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from core.errors import InputError
from core.foundations.class_task import ClassProblem, check_classes, fit_classifier, score_classes
from core.language import _
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, ArrayLike, check_count

Which: TypeAlias = Literal["any", "ones"]  # the labels that may be flipped: all of them, or only those of class 1
SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


def flip_labels(y: ArrayLike, share: float, seed: int = 0, which: Which = "any") -> Array:
    """Return labels y (n,) of 0 and 1 with this share of them flipped, drawn from the seed.

    Of m labels that may be flipped round(share · m) are; a larger share flips the same ones and more. Raises InputError
    for other labels, and a share outside 0 … 1.

    >>> flip_labels([0, 0, 1, 1], 0.5, which="ones").tolist() in ([0, 0, 0, 1], [0, 0, 1, 0])
    True
    """
    labels = check_classes(y)
    if not 0 <= share <= 1:
        raise InputError(_("The share of flipped labels has to be from 0 to 1; got {value}.").format(value=share))
    flippable = np.flatnonzero(labels == 1) if which == "ones" else np.arange(len(labels))
    rng = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(75,)))
    chosen = rng.permutation(flippable)[: round(share * len(flippable))]
    flipped = labels.copy()
    flipped[chosen] = 1 - flipped[chosen]
    return flipped


def measured_accuracy(accuracy: float, share: float) -> float:
    """Return the accuracy to be expected on test rows of which this share is mislabelled, whatever the model.

    A right prediction counts as wrong where the label is flipped, and a wrong one as right: a(1 - s) + (1 - a)s.

    >>> round(measured_accuracy(0.9, 0.25), 12)
    0.7
    """
    return accuracy * (1 - share) + (1 - accuracy) * share


def study_label_noise(
    problem: ClassProblem,
    shares: tuple[float, ...] = SHARES,
    which: Which = "any",
    seeds: int = 5,
    first_seed: int = 0,
) -> pd.DataFrame:
    """Return how a classifier trained on flipped labels does, one row for each share and seed.

    Columns: share, seed, true (its accuracy on test rows with their true labels), measured (on the same rows with that
    share flipped too), expected (`measured_accuracy` for any labels, NaN if only ones are flipped). Where the flipped
    labels are of one class it predicts that class.
    """
    found = []
    for seed in range(first_seed, first_seed + check_count(seeds, "seeds")):
        for share in shares:
            guesses = _predict(problem, flip_labels(problem.y, share, seed, which))
            true = score_classes(problem.y_test, guesses).accuracy
            noisy = flip_labels(problem.y_test, share, seed + 1, which)
            measured = score_classes(noisy, guesses).accuracy
            expected = measured_accuracy(true, share) if which == "any" else np.nan
            found.append((share, seed, true, measured, expected))
    return pd.DataFrame(found, columns=["share", "seed", "true", "measured", "expected"])


def _predict(problem: ClassProblem, labels: Array) -> Array:
    if labels.min() == labels.max():
        return np.full(len(problem.y_test), labels[0])
    guesses: Array = fit_classifier(problem.X, labels).predict(problem.X_test)
    return guesses
