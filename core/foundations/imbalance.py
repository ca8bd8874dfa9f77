"""An unbalanced set: few rows of one class, where always saying the other one looks good."""

from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.foundations.class_task import ClassProblem, fit_classifier, score_classes
from core.foundations.classification_metrics import Confusion
from core.language import _
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, ArrayLike, check_count


@dataclass(frozen=True, eq=False)
class ImbalanceStudy:
    """A classifier on a set in which class 1 is rare, beside one that looks at nothing.

    Attributes:
        share: of class 1 in the training rows.
        rows: training rows left.
        rare: how many of them are of class 1.
        draws: how often the rows that stay were drawn; the counts of all draws are added up.
        constant: the scores of always saying the larger class, on the test rows thinned to the same share.
        plain: the scores of a logistic regression there.
        weighted: the scores of one whose rows of the rarer class weigh as much in all as the others.
    """

    share: float
    rows: int
    rare: int
    draws: int
    constant: Confusion
    plain: Confusion
    weighted: Confusion


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


def study_imbalance(problem: ClassProblem, share: float, seed: int = 0, draws: int = 10) -> ImbalanceStudy:
    """Train on rows of which this share is of class 1, and test on rows thinned to the same share.

    Which rows stay is drawn `draws` times from the seed, and the counts of all draws are added up, since a single test
    set holds few rows of a rare class. Raises InputError as `thin_class` does.
    """
    found = [_one_draw(problem, share, seed * 1_000 + draw) for draw in range(check_count(draws, "draws"))]
    labels = problem.y[thin_class(problem.y, share, seed * 1_000)]
    constant, plain, weighted = (_added([scores[place] for scores in found]) for place in range(3))
    return ImbalanceStudy(float(labels.mean()), len(labels), int(labels.sum()), draws, constant, plain, weighted)


def _one_draw(problem: ClassProblem, share: float, seed: int) -> tuple[Confusion, Confusion, Confusion]:
    rows, tested = thin_class(problem.y, share, seed), thin_class(problem.y_test, share, seed)
    X, y = problem.X[rows], problem.y[rows]
    X_test, y_test = problem.X_test[tested], problem.y_test[tested]
    classes = y.astype(np.int64)
    weights = (len(y) / (2 * np.bincount(classes, minlength=2)))[classes]
    return (
        score_classes(y_test, np.full(len(y_test), float(y.mean() > 0.5))),
        score_classes(y_test, fit_classifier(X, y).predict(X_test)),
        score_classes(y_test, fit_classifier(X, y, weights).predict(X_test)),
    )


def _added(scores: list[Confusion]) -> Confusion:
    return Confusion(
        sum(each.true_positives for each in scores), sum(each.false_positives for each in scores),
        sum(each.false_negatives for each in scores), sum(each.true_negatives for each in scores),
    )  # fmt: skip
