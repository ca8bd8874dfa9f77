"""Predictions of a linear model that keep their digits where its terms cancel.

With columns such as a start and an end in nanoseconds each term of Xw + b is 1e16 times the prediction, and the sum of
the rounded terms is noise. Around the mean row little cancels, and what still does is summed with its rounding errors.
"""

from fractions import Fraction

import numpy as np

from core.regression.data.error_free import two_product, two_sum
from core.regression.data.validation import Array

_EPSILON = float(np.finfo(np.float64).eps)
_ENOUGH = 1e-10  # of the largest residual: rounding below it leaves the plain sum as good
_LARGEST, _SMALLEST = 1e140, 1e-140  # products of such values and their errors stay in float64


def predict(X: Array, y: Array, weights: Array, bias: float) -> Array:
    """Return the predictions Xw + b (n,) of the labels y (n,) for rows X (n, d), as exact as the parameters are.

    The rounding of the parameters leaves the prediction for the mean row uncertain; where the mean label lies within
    that uncertainty it is taken for this prediction, as least squares has it.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        plain: Array = X @ weights + bias
        largest = float(np.abs(y - plain).max())
        sizes = np.abs(X).max(axis=0) * np.abs(weights)
        rounding = (len(weights) + 2) * _EPSILON * (float(sizes.sum()) + abs(bias))
        if not rounding > _ENOUGH * largest or not _is_moderate(X, weights) or not np.isfinite(plain).all():
            return plain
        centre = X.mean(axis=0)
        return _around(X, y, weights, bias, centre)


def rounding_of(X: Array, y: Array, weights: Array, bias: float) -> float:
    """Return how far the rounding of parameters and labels can move a residual of `predict`."""
    with np.errstate(over="ignore", invalid="ignore"):
        if _is_moderate(X, weights):
            X = X - X.mean(axis=0)
            bias = 0.0
        largest = float(np.abs(X).max(axis=0) @ np.abs(weights)) + abs(bias) + float(np.abs(y).max())
    return 8 * (len(weights) + 1) * _EPSILON * largest


def _is_moderate(X: Array, weights: Array) -> bool:
    """Return whether products of these can be split into a rounded part and its error."""
    sizes = np.concatenate([np.abs(X).max(axis=0), np.abs(weights)])
    sizes = sizes[sizes > 0]
    return bool(((sizes < _LARGEST) & (sizes > _SMALLEST)).all())


def _around(X: Array, y: Array, weights: Array, bias: float, centre: Array) -> Array:
    high, low = np.zeros(len(X)), np.zeros(len(X))
    for column, (middle, weight) in enumerate(zip(centre.tolist(), weights.tolist(), strict=True)):
        away, lost = two_sum(X[:, column], np.asarray(-middle))
        product, error = two_product(away, np.asarray(weight))
        high, carry = two_sum(high, product)
        low += carry + error + lost * weight
    terms = [Fraction(a) * Fraction(b) for a, b in zip(centre.tolist(), weights.tolist(), strict=True)]
    level = float(sum(terms, Fraction(float(bias))))
    doubt = _EPSILON * (float(np.abs(centre) @ np.abs(weights)) + abs(float(bias)))
    middle = float(y.mean()) - float(high.mean()) - float(low.mean())
    if abs(middle - level) <= doubt:
        level = middle
    total, carry = two_sum(high, np.asarray(level))
    result: Array = total + (carry + low)
    return result
