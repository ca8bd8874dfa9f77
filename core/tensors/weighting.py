"""The dot product as a weighted mean: weights that are not negative and sum to 1."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.errors import InputError
from core.language import _
from core.tensors.products import dot


@dataclass(frozen=True, eq=False)
class WeightedMean:
    """Values, weights as given, their sum, the shares that sum to 1, and the mean; float64 throughout.

    `mean` is the dot product of values and shares; `plain` the mean in which all count alike.
    """

    values: NDArray[np.float64]
    weights: NDArray[np.float64]
    total: float
    shares: NDArray[np.float64]
    mean: float
    plain: float


def weighted_mean(values: ArrayLike, weights: ArrayLike) -> WeightedMean:
    """Return the mean of values (n,) in which each counts as much as its weight (n,) says.

    Equal weights give the plain mean; the mean always lies between the smallest and the largest value that has any
    weight. Raises InputError unless both are vectors of one length, at least 1, weights finite and not negative, at
    least one of them above 0, values finite.

    >>> weighted_mean([2, 4, 9], [1, 1, 2]).mean
    6.0
    """
    pair = dot(np.asarray(values, dtype=np.float64), np.asarray(weights, dtype=np.float64))
    of, by = pair.left.astype(np.float64), pair.right.astype(np.float64)
    if not np.isfinite(of).all() or not np.isfinite(by).all():
        raise InputError(_("A mean needs finite numbers; take out nan and inf."))
    if (by < 0).any():
        raise InputError(_("A weight says how much a value counts, and {weight} is below 0; give none below 0.").format(
            weight=by.min()))  # fmt: skip
    largest = by.max(initial=0.0)
    if not largest:
        raise InputError(_("All weights are 0, so nothing counts; give at least one weight above 0."))
    scaled = by / largest  # so that no sum of weights is infinite
    shares = scaled / scaled.sum()
    with np.errstate(over="ignore"):
        total = float(by.sum())
    return WeightedMean(of, by, total, shares, float(dot(of, shares).result), float((of / of.size).sum()))
