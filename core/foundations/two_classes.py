"""The checks of a table with two classes, its features scaled, and the cross-entropy of its log-odds."""

from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.formatting import format_count, format_number
from core.language import _
from core.regression.data.standardizer import Scaling, fit_scaling
from core.regression.data.validation import Array, ArrayLike, as_array, check_X_y


@dataclass(frozen=True, eq=False)
class TwoClasses:
    """Features and labels, checked.

    Attributes:
        X (n, d): the features, finite.
        y (n,): 1.0 for the positive class, 0.0 for the other.
        classes: the two labels as they were given, the negative one first.
    """

    X: Array
    y: Array
    classes: tuple[float, float]


def check_two_classes(X: ArrayLike, y: ArrayLike) -> TwoClasses:
    """Return X (n, d) and y (n,) checked, the larger of the two labels as 1.

    Raises InputError for what is missing, infinite or no number, for shapes that do not fit, and for labels with one
    class or more than two.
    """
    matrix, labels = check_X_y(X, y)
    found = np.unique(labels)
    if len(found) == 1:
        raise InputError(
            _("Two classes are needed, but all {rows} labels are {label}; choose rows of two classes.").format(
                rows=format_count(len(labels)), label=format_number(float(found[0]))
            )
        )
    if len(found) > 2:
        raise InputError(
            _("Two classes are needed, but y has {count} different labels; choose two of them.").format(
                count=format_count(len(found))
            )
        )
    return TwoClasses(matrix, (labels == found[1]).astype(np.float64), (float(found[0]), float(found[1])))


@dataclass(frozen=True, eq=False)
class SafeScaling:
    """Standardised features for columns of any size: each is divided by a power of two before its mean is taken.

    Attributes:
        factor (d,): powers of two, about the largest absolute value of each column.
        scaling: of the columns divided by them.
    """

    factor: Array
    scaling: Scaling

    def transform(self, X: Array) -> Array:
        """Return the standardised features, shape (n, d)."""
        return self.scaling.transform(X / self.factor)

    def to_table(self, weights: Array, bias: Array | float) -> tuple[Array, Array]:
        """Return parameters in the units given: weights (..., d) and bias (...)."""
        scaled_weights, table_bias = self.scaling.to_table(weights, bias)
        return scaled_weights / self.factor, table_bias


def fit_safe_scaling(X: Array) -> SafeScaling:
    """Return the scaling of features X (n, d) to mean 0 and standard deviation 1; a constant column becomes 0."""
    largest = np.abs(X).max(axis=0)
    factor = np.ldexp(1.0, np.where(largest > 0, np.frexp(largest)[1], 1) - 1)
    return SafeScaling(factor, fit_scaling(X / factor))


def identity_scaling(columns: int) -> SafeScaling:
    """Return the scaling that changes nothing."""
    return SafeScaling(np.ones(columns), Scaling(np.zeros(columns), np.ones(columns)))


def with_ones(Z: Array) -> Array:
    """Return Z (n, d) with a last column of ones, (n, d + 1), whose weight is the bias."""
    return np.column_stack([Z, np.ones(len(Z))])


def log_losses(z: Array, y: Array) -> Array:
    """Return the cross-entropy of each row, shape of z.

    It is log(1 + exp(-z)) where y is 1 and log(1 + exp(z)) where it is 0, computed by logaddexp, so that neither a
    large z overflows nor a small loss is rounded to 0.
    """
    return np.logaddexp(0.0, np.where(y == 1, -z, z))


def cross_entropy(X: ArrayLike, y: ArrayLike, weights: ArrayLike, bias: float = 0.0) -> float:
    """Return the mean cross-entropy, in nats, of the neuron with these weights (d,) on X (n, d) and y (n,).

    The larger of the two labels is the positive class. Raises InputError as `check_two_classes`, for weights that do
    not fit X, and where a weight is so large that the log-odds exceed the range of float64.

    >>> round(cross_entropy([[0.0], [1.0]], [0, 1], [0.0]), 6)
    0.693147
    """
    rows = check_two_classes(X, y)
    w = as_array(weights, "weights")
    if w.shape != (rows.X.shape[1],):
        raise InputError(
            _("weights needs one number for each of the {columns} columns of X; its shape is {shape}.").format(
                columns=rows.X.shape[1], shape=tuple(w.shape)
            )
        )
    with np.errstate(over="ignore", invalid="ignore"):
        z = rows.X @ w + float(bias)
    if not np.isfinite(z).all():
        raise InputError(_("The weights times the features exceed the range of float64; use smaller weights."))
    return float(log_losses(z, rows.y).mean())
