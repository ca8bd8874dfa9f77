"""The line a + b x with the least p-norm of its residuals: least absolute deviations, least squares, Chebyshev's."""

import math
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.foundations.densities import check_power
from core.foundations.power_loss import SURE, best_constant
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array
from core.tensors.norms import length

TIED = 1e-9  # relative: sums of sizes this near to the least one count as equally good


@dataclass(frozen=True)
class PowerLine:
    """The line that is nearest to all points in the p-norm of the residuals.

    Attributes:
        p: of the norm.
        slope: b.
        intercept: a.
        norm: (Σ |y - a - b x|ᵖ)^(1/p); the largest |y - a - b x|, for p = ∞.
        slope_low: the smallest slope of the equally good lines; for p = 1 and ∞ there may be many.
        slope_high: the largest slope of the equally good lines.
    """

    p: float
    slope: float
    intercept: float
    norm: float
    slope_low: float
    slope_high: float


def best_line(x: ArrayLike, y: ArrayLike, p: float) -> PowerLine:
    """Return the line with the least Σ |y - a - b x|ᵖ for x and y, both (n,), or the least largest |y - a - b x|.

    p = 2 is a closed form. p = 1 and p = ∞ are linear programmes, solved by HiGHS. In between the sum is strictly
    convex: for each slope the best intercept is a bracketed search, and so is the slope around it, whose derivative
    changes sign between the least and the largest slope of two points. Raises InputError for p below 1, lengths that
    differ, x that does not vary, missing or infinite values, and values so far apart that float64 cannot hold the line.
    """
    power, across, up = check_power(p), as_array(x, "x").ravel(), as_array(y, "y").ravel()
    if len(across) != len(up):
        template = _("x and y have to be of equal length, but got {first} and {second} values.")
        raise InputError(template.format(first=len(across), second=len(up)))
    if not len(across) or across.min() == across.max():
        raise InputError(_("A line needs at least two different x; with one, every slope fits equally well."))
    with np.errstate(over="ignore"):
        centre, unit = float(across.mean()), float(np.ptp(across))
        level, size = float(up.mean()), float(np.ptp(up)) or 1.0
    _check_held(centre, unit, level, size)
    u, v = (across - centre) / unit, (up - level) / size
    if power == 2:
        slope = float((u * v).sum() / np.square(u).sum())
        slopes = (slope, slope, slope)
    elif power == 1 or math.isinf(power):
        slopes = _by_programme(u, v, power)
    else:
        slope = _by_search(u, v, power)
        slopes = (slope, slope, slope)
    slope, low, high = (float(each) * size / unit for each in slopes)
    with np.errstate(over="ignore", invalid="ignore"):
        left = up - slope * across
    _check_held(slope, low, high, *left)
    intercept = best_constant(left, power).centre
    with np.errstate(over="ignore", invalid="ignore"):
        residuals = up - intercept - slope * across
    _check_held(intercept, *residuals)
    return PowerLine(power, slope, intercept, length(residuals, power), low, high)


def _check_held(*numbers: float) -> None:
    if not all(map(math.isfinite, numbers)):
        raise InputError(_("x and y differ by more than float64 can hold; use smaller units."))


def _by_programme(u: Array, v: Array, p: float) -> tuple[float, float, float]:
    """Return a slope with the least sum or largest size of the residuals, and the range of all such slopes.

    Unknowns are b, a and t: sizes of the residuals, or one bound of them all, with -t ≤ v - a - b u ≤ t.
    """
    from scipy.optimize import linprog

    n = len(u)
    line = np.column_stack([u, np.ones(n)])
    bound = np.eye(n) if p == 1 else np.ones((n, 1))
    limits = np.vstack([np.hstack([-line, -bound]), np.hstack([line, -bound])])
    against = np.concatenate([-v, v])
    costs = np.concatenate([[0.0, 0.0], np.ones(bound.shape[1])])
    free = [(None, None), (None, None), *[(0, None)] * bound.shape[1]]
    best = linprog(costs, A_ub=limits, b_ub=against, bounds=free, method="highs")
    limits, against = np.vstack([limits, costs]), np.append(against, best.fun + TIED)
    ends = []
    for sign in (1.0, -1.0):
        aim = np.zeros(len(costs))
        aim[0] = sign
        found = linprog(aim, A_ub=limits, b_ub=against, bounds=free, method="highs")
        ends.append(float(found.x[0]) if found.status == 0 else float(best.x[0]))
    slope = float(best.x[0])
    if ends[1] - ends[0] < 1e-6:  # no more than the tolerance leaves open
        return slope, slope, slope
    return slope, min(ends[0], slope), max(ends[1], slope)


def _by_search(u: Array, v: Array, p: float) -> float:
    from scipy.optimize import brentq

    low, high = _slopes_of_pairs(u, v)
    if not low < high:
        return low

    def derivative(slope: float) -> float:
        """Return -Σ u · sign(r) |r|^(p-1) at the best intercept: that of the sum by the slope, up to a factor."""
        left = v - slope * u
        residuals = left - best_constant(left, p).centre
        sizes = np.abs(residuals)
        peak = float(sizes.max())
        if peak == 0:
            return 0.0
        with np.errstate(under="ignore"):
            return -float((u * np.sign(residuals) * (sizes / peak) ** (p - 1.0)).sum())

    if derivative(low) >= 0 or derivative(high) <= 0:  # at an end, up to rounding
        return low if derivative(low) >= 0 else high
    return float(brentq(derivative, low, high, xtol=1e-14, rtol=SURE, maxiter=500))


def _slopes_of_pairs(u: Array, v: Array) -> tuple[float, float]:
    """Return the least and the largest slope between two points with different u; neighbours have both."""
    places, group = np.unique(u, return_inverse=True)
    lowest, highest = np.full(len(places), math.inf), np.full(len(places), -math.inf)
    np.minimum.at(lowest, group, v)
    np.maximum.at(highest, group, v)
    steps = np.diff(places)
    return float(((lowest[1:] - highest[:-1]) / steps).min()), float(((highest[1:] - lowest[:-1]) / steps).max())
