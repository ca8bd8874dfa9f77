"""An unbalanced set: few rows of one class, where always saying the other one looks good."""

from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.foundations.two_classes import ClassProblem, ClassScores, fit_classifier, score_classes
from core.language import _
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, ArrayLike


@dataclass(frozen=True, eq=False)
class ImbalanceStudy:
    """A classifier on a set in which class 1 is rare, beside one that looks at nothing.

    Attributes:
        share: of class 1 in the training rows.
        rows: training rows left.
        rare: how many of them are of class 1.
        constant: the scores of always saying the larger class, on the test rows thinned to the same share.
        plain: the scores of a logistic regression there.
        weighted: the scores of one whose rows of the rarer class weigh as much in all as the others.
    """

    share: float
    rows: int
    rare: int
    constant: ClassScores
    plain: ClassScores
    weighted: ClassScores


def thin_class(y: ArrayLike, share: float, seed: int = 0) -> Array:
    """Return the positions of rows, in order, of which this share is of class 1: as many as there can be.

    Rows of one class alone are left out, drawn from the seed; at least one row of each class stays. Raises InputError
    for labels of one class, and a share that is not between 0 and 1.
    """
    labels = np.asarray(y, dtype=np.float64).ravel()
    ones, zeros = np.flatnonzero(labels == 1), np.flatnonzero(labels == 0)
    if not len(ones) or not len(zeros):
        raise InputError(
            _("Both classes are needed to change their share; there are {ones} rows of one and {zeros} of the other.")
            .format(ones=len(ones), zeros=len(zeros))
        )  # fmt: skip
    if not 0 < share < 1:
        raise InputError(_("The share of a class has to be between 0 and 1; got {value}.").format(value=share))
    rng = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(76,)))
    rare = min(len(ones), max(round(len(zeros) * share / (1 - share)), 1))
    many = min(len(zeros), max(round(len(ones) * (1 - share) / share), 1))
    kept = np.concatenate([rng.permutation(ones)[:rare], rng.permutation(zeros)[:many]])
    kept.sort()
    return kept


def study_imbalance(problem: ClassProblem, share: float, seed: int = 0) -> ImbalanceStudy:
    """Train on rows of which this share is of class 1, and test on rows thinned to the same share.

    Raises InputError as `thin_class` does.
    """
    rows, tested = thin_class(problem.y, share, seed), thin_class(problem.y_test, share, seed)
    X, y = problem.X[rows], problem.y[rows]
    X_test, y_test = problem.X_test[tested], problem.y_test[tested]
    plain = fit_classifier(X, y)
    larger = float(y.mean() > 0.5)
    counts = np.bincount(y.astype(np.int64), minlength=2)
    weights = (len(y) / (2 * counts))[y.astype(np.int64)]
    scores = score_classes(y_test, plain.predict(X_test))
    weighted = score_classes(y_test, fit_classifier(X, y, weights).predict(X_test))
    return ImbalanceStudy(
        share=float(y.mean()),
        rows=len(y),
        rare=int(y.sum()),
        constant=score_classes(y_test, np.full(len(y_test), larger)),
        plain=scores,
        weighted=weighted,
    )
