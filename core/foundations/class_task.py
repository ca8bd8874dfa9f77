"""Two classes out of a table: rows, features and labels of 0 and 1, and how predictions of them are scored."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_general
from core.foundations.classification_metrics import Confusion, confusion
from core.language import _
from core.preprocessing import column_kinds
from core.preprocessing.column_types.values import as_labels
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, ArrayLike, as_array, check_X_y

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

MOST_LEVELS = 12
ABOVE_MEDIAN = ""  # the level of a column of numbers whose class 1 is above its median


@dataclass(frozen=True)
class ClassTarget:
    """What is to be told apart: a level of a column of categories from all others, or numbers above the median.

    Attributes:
        column: the column of the label.
        level: the level that is class 1; "" for a column of numbers.
    """

    column: str
    level: str


@dataclass(frozen=True, eq=False)
class ClassProblem:
    """Rows to train on and rows to test on, with standardised features and labels of 0 and 1.

    Attributes:
        target: what is told apart.
        names (d,): the features, columns of numbers.
        X (n, d): the training rows, each feature with mean 0 and standard deviation 1.
        y (n,): their labels.
        X_test (m, d): the test rows, scaled as the training rows.
        y_test (m,): their labels.
        dropped: rows left out since a feature or the label is missing.
    """

    target: ClassTarget
    names: tuple[str, ...]
    X: Array
    y: Array
    X_test: Array
    y_test: Array
    dropped: int


def score_classes(y: ArrayLike, predicted: ArrayLike) -> Confusion:
    """Return the scores of predicted classes (n,) for labels (n,), both of 0 and 1.

    Raises InputError for no rows, other values, and lengths that do not match.
    """
    return confusion(check_classes(predicted, "predicted"), check_classes(y))


def check_classes(y: ArrayLike, name: str = "y") -> Array:
    """Return labels (n,) of 0 and 1 as float64, or raise InputError."""
    labels = as_array(y, name).ravel()
    other = labels[(labels != 0) & (labels != 1)]
    if len(other):
        raise InputError(
            _("{name} has to hold 0 and 1 only; it holds {value}. Make one class 1 and all others 0.").format(
                name=name, value=format_general(float(other[0]))
            )
        )
    return labels


def possible_classes(frame: pd.DataFrame) -> list[ClassTarget]:
    """Return what can be told apart in a table: columns of two levels, then levels of other columns, then numbers.

    Columns with more than 12 levels are left out, and classes with fewer than 4 complete rows of their own or of all
    others; of two levels the second in order is class 1.
    """
    kinds = column_kinds(frame)
    pairs, levels, numbers = [], [], []
    for name, kind in kinds.items():
        present = frame[name].dropna()
        counts = as_labels(present).value_counts()
        if kind == "number" and len(counts) > 2:
            numbers.append(ClassTarget(name, ABOVE_MEDIAN))
        elif kind in ("category", "yes_no", "number") and 2 <= len(counts) <= MOST_LEVELS:
            known = sorted(str(level) for level, count in counts.items() if count >= 4)
            if len(counts) == 2 and len(known) == 2:
                pairs.append(ClassTarget(name, known[1]))
            elif len(counts) > 2:
                levels += [ClassTarget(name, level) for level in known]
    features = _features(frame)
    return [target for target in (*pairs, *levels, *numbers) if _smaller_class(frame, target, features) >= 4]


def _features(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """Return the columns of numbers that are present in at least half of the rows, infinite values as missing."""
    values = {
        name: pd.to_numeric(frame[name], errors="coerce").astype(np.float64).replace([np.inf, -np.inf], np.nan)
        for name, kind in column_kinds(frame).items()
        if kind == "number"
    }
    return {name: column for name, column in values.items() if column.isna().mean() <= 0.5}


def _smaller_class(frame: pd.DataFrame, target: ClassTarget, features: dict[str, pd.Series]) -> int:
    """Return how many complete rows the smaller of the two classes has; 0 without a feature."""
    others = [column.notna().to_numpy() for name, column in features.items() if name != target.column]
    if not others:
        return 0
    labels = _labels(frame, target)
    known = labels[np.logical_and.reduce(others) & labels.notna().to_numpy()]
    return int(min((known == 1).sum(), (known == 0).sum()))


def class_problem(frame: pd.DataFrame, target: ClassTarget, test_share: float = 0.3, seed: int = 0) -> ClassProblem:
    """Return the rows of a table with this target, split at random from the seed.

    Features are all columns of numbers but the target's own that vary in the training rows. Rows with a missing or
    infinite feature or label are left out; a column that is missing in more than half of the rows is no feature.
    Raises InputError if there is no feature, or either class has fewer than two rows on either side.
    """
    values = {name: column for name, column in _features(frame).items() if name != target.column}
    if not values:
        raise InputError(_("A class is predicted from columns of numbers, and this table has no other one."))
    features = pd.DataFrame(values)
    labels = _labels(frame, target)
    kept = features.notna().all(axis=1).to_numpy() & labels.notna().to_numpy()
    X, y = features.to_numpy()[kept], labels.to_numpy(dtype=np.float64)[kept]
    order = np.random.default_rng(np.random.SeedSequence(check_seed(seed), spawn_key=(74,))).permutation(len(y))
    cut = round(len(y) * (1 - test_share))
    train, test = order[:cut], order[cut:]
    for rows in (train, test):
        ones = int(y[rows].sum())
        if min(ones, len(rows) - ones) < 2:
            raise InputError(
                _("Each class needs at least two rows to train on and two to test on; of {rows} rows {ones} are of "
                  "“{level}”. Choose another class or table.").format(
                    rows=len(rows), ones=ones, level=target.level or target.column)
            )  # fmt: skip
    varies = np.ptp(X[train], axis=0) > 0
    if not varies.any():
        raise InputError(_("No column of numbers varies in the training rows, so nothing can be learnt from them."))
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = (X - X[train].mean(axis=0)) / np.where(varies, X[train].std(axis=0), 1.0)
    usable = varies & np.isfinite(scaled).all(axis=0)
    names = tuple(name for name, good in zip(features.columns, usable, strict=True) if good)
    scaled = scaled[:, usable]
    return ClassProblem(
        target, names, scaled[train], y[train], scaled[test], y[test], dropped=int(len(kept) - kept.sum())
    )


def _labels(frame: pd.DataFrame, target: ClassTarget) -> pd.Series:
    """Return 1, 0, or missing for each row."""
    if target.column not in frame:
        raise InputError(_("There is no column “{name}” in the table.").format(name=target.column))
    column = frame[target.column]
    if target.level == ABOVE_MEDIAN:
        numbers = pd.to_numeric(column, errors="coerce").astype(np.float64)
        return (numbers > numbers.median()).astype(np.float64).where(numbers.notna())
    return (as_labels(column).astype(object) == target.level).astype(np.float64).where(column.notna())


def fit_classifier(X: ArrayLike, y: ArrayLike, row_weights: ArrayLike | None = None) -> "LogisticRegression":
    """Return scikit-learn's logistic regression without a penalty for X (n, d) and y (n,) of 0 and 1.

    `row_weights` (n,) say how much each row counts; all count alike without them. Of
    separable rows, which have no finite maximum likelihood, it is where the solver stopped.
    Raises InputError for labels of one class, and as `check_X_y` does.
    """
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    matrix, labels = check_X_y(X, check_classes(y))
    if labels.min() == labels.max():
        raise InputError(
            _("All {rows} training rows are of one class; a classifier needs rows of both.").format(rows=len(labels))
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression(C=np.inf, max_iter=200).fit(matrix, labels, row_weights)
