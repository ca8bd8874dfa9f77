"""The number m with the least sum of |v - m|ᵖ: the median for p = 1, the mean for 2, the mid-range for ∞."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from core.errors import InputError
from core.foundations.densities import check_power
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array
from core.tensors.norms import length

SURE = 4 * float(np.finfo(float).eps)  # relative accuracy asked of a root


@dataclass(frozen=True)
class PowerCentre:
    """The number that is nearest to all values in the p-norm.

    Attributes:
        p: of the norm.
        centre: the number; in the middle of all equally good ones.
        low: the smallest of the equally good ones; they differ for the median of an even number of values only.
        high: the largest of the equally good ones.
        norm: (Σ |v - m|ᵖ)^(1/p) there; the largest |v - m|, for p = ∞.
    """

    p: float
    centre: float
    low: float
    high: float
    norm: float


def best_constant(values: ArrayLike, p: float) -> PowerCentre:
    """Return the m that minimises Σ |v - m|ᵖ over values (n,), or the largest |v - m| for p = ∞.

    p = 1, 2 and ∞ are closed forms. In between the slope of the sum rises from below 0 to above 0 between the smallest
    and the largest value, so Brent's bracketed search (R. P. Brent 1973) ends at its only zero. Equal values give that
    value. Raises InputError for p below 1, without values, and for missing or infinite ones.

    >>> [best_constant([1, 2, 6], p).centre for p in (1, 2, math.inf)]
    [2.0, 3.0, 3.5]
    """
    power, given = check_power(p), as_array(values, "values").ravel()
    if not given.size:
        raise InputError(_("A best number needs at least one value, but got none."))
    ordered = np.sort(given)
    if power == 1:
        low, high = float(ordered[(len(ordered) - 1) // 2]), float(ordered[len(ordered) // 2])
        return _centre(given, power, low, high)
    middle = _centre_between(ordered, power)
    return _centre(given, power, middle, middle)


def exact_constant(values: Iterable[float], p: float) -> Fraction | None:
    """Return the best number for p = 1, 2 or ∞ as an exact fraction, or None for other p.

    The values are taken as the decimals that they are written as. Raises InputError as `best_constant`.

    >>> exact_constant([0.1, 0.2, 0.6], 2)
    Fraction(3, 10)
    """
    power = check_power(p)
    given = as_array(list(values), "values")
    if not given.size:
        raise InputError(_("A best number needs at least one value, but got none."))
    ordered = sorted(Fraction(repr(float(value))) for value in given.ravel())
    if power == 1:
        return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
    if power == 2:
        return sum(ordered, Fraction(0)) / len(ordered)
    return (ordered[0] + ordered[-1]) / 2 if math.isinf(power) else None


def root_of_slope(values: Array, p: float) -> float:
    """Return the zero of Σ sign(m - v) |m - v|^(p-1) for values (n,) within [-1, 1] that reach both ends, 1 < p < ∞."""
    from scipy.optimize import brentq

    def slope(m: float) -> float:
        gaps = m - values
        sizes = np.abs(gaps)
        with np.errstate(under="ignore"):
            terms = (sizes / sizes.max()) ** (p - 1.0)  # a common factor, so that large p do not underflow
        return float((np.sign(gaps) * terms).sum())

    return float(brentq(slope, -1.0, 1.0, xtol=1e-15, rtol=SURE, maxiter=500))


def _centre_between(ordered: Array, p: float) -> float:
    """Return the best number of sorted values for p above 1."""
    low, high = float(ordered[0]), float(ordered[-1])
    middle, half = low / 2.0 + high / 2.0, high / 2.0 - low / 2.0
    if half == 0 or math.isinf(p):
        return middle
    if p == 2:
        try:
            return math.fsum(ordered) / len(ordered)
        except OverflowError:  # the sum is too large, the mean is not
            return middle + half * (math.fsum((ordered - middle) / half) / len(ordered))
    return middle + half * root_of_slope((ordered - middle) / half, p)


def _centre(values: Array, p: float, low: float, high: float) -> PowerCentre:
    centre = low if low == high else low / 2.0 + high / 2.0
    return PowerCentre(p, centre, low, high, length(values - centre, p))
