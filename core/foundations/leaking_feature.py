"""A feature that leaks: it is made from the label, so the test score is too good, and in use it is not there."""

from dataclasses import dataclass

import numpy as np

from core.foundations.class_task import ClassProblem, fit_classifier, score_classes
from core.foundations.classification_metrics import Confusion
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, ArrayLike, check_size


@dataclass(frozen=True, eq=False)
class LeakStudy:
    """The same rows with and without a feature that was written down after the label was known.

    Attributes:
        honest: the test scores without it.
        tested: the test scores with it, in the training rows and in the test rows.
        in_use: the scores of that model on the same test rows in use: the label is not known yet, so the feature is
            filled with its training mean.
        weights (d + 1,): of the model with it, its own weight last, each per standard deviation.
        honest_weights (d,): of the model without it.
    """

    honest: Confusion
    tested: Confusion
    in_use: Confusion
    weights: Array
    honest_weights: Array


def leak(y: ArrayLike, noise: float, seed: int = 0) -> Array:
    """Return a feature (n,) made from labels y (n,): y + noise · N(0, 1). With noise 0 it is the label itself."""
    labels = np.asarray(y, dtype=np.float64).ravel()
    rng = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(77,)))
    made: Array = labels + check_size(noise, "noise") * rng.standard_normal(len(labels))
    return made


def study_leak(problem: ClassProblem, noise: float = 0.2, seed: int = 0) -> LeakStudy:
    """Train with and without a feature that leaks, and test each as it was trained, then as it would be used."""
    both = leak(np.append(problem.y, problem.y_test), noise, seed)
    trained, tested = both[: len(problem.y)], both[len(problem.y) :]
    mean, spread = trained.mean(), trained.std()
    X = np.column_stack([problem.X, (trained - mean) / spread])
    X_test = np.column_stack([problem.X_test, (tested - mean) / spread])
    unknown = np.column_stack([problem.X_test, np.zeros(len(tested))])
    honest, leaky = fit_classifier(problem.X, problem.y), fit_classifier(X, problem.y)
    return LeakStudy(
        honest=score_classes(problem.y_test, honest.predict(problem.X_test)),
        tested=score_classes(problem.y_test, leaky.predict(X_test)),
        in_use=score_classes(problem.y_test, leaky.predict(unknown)),
        weights=leaky.coef_[0].copy(),
        honest_weights=honest.coef_[0].copy(),
    )
