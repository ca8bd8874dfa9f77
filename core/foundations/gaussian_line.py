"""Maximum likelihood of a line under Gaussian noise: a product over rows, its logarithm, and the squared loss."""

import math
from dataclasses import dataclass

import numpy as np

from core.foundations.power_line import best_line
from core.regression.data.validation import Array, ArrayLike, as_array, check_positive


@dataclass(frozen=True, eq=False)
class LineLikelihood:
    """How likely labels are, given a line and the standard deviation of its noise.

    Attributes:
        residuals (n,): y - (a + b x).
        factors (n,): the normal density of each, whose product is the likelihood.
        product: their product as float64 computes it: 0.0 or ∞ where it underflows or overflows.
        log_likelihood: the sum of their logarithms.
        sum_of_squares: Σ residuals².
        zero_from: with how many rows, from the first, the product is 0.0 in float64; None if it never is.
    """

    residuals: Array
    factors: Array
    product: float
    log_likelihood: float
    sum_of_squares: float
    zero_from: int | None


@dataclass(frozen=True)
class GaussianLine:
    """The line and the standard deviation with the largest likelihood.

    Attributes:
        slope: b, that of least squares.
        intercept: a, that of least squares.
        sigma: √(Σ residuals² / n); 0 if the line meets every point.
    """

    slope: float
    intercept: float
    sigma: float


def line_likelihood(x: ArrayLike, y: ArrayLike, slope: float, intercept: float, sigma: float) -> LineLikelihood:
    """Return the likelihood of labels y (n,) at x (n,) for the line a + b x with normal noise of deviation sigma.

    log P = -n/2 · log(2πσ²) - Σ r² / (2σ²), so whatever the line, the least Σ r² is the largest P. Without rows the
    product is 1. Sums beyond float64 are ∞ and -∞. Raises InputError for missing or infinite values and residuals, and
    for a sigma that is not above 0.

    >>> line_likelihood([0.0, 1.0], [1.0, 2.0], slope=1.0, intercept=1.0, sigma=1.0).sum_of_squares
    0.0
    """
    deviation = check_positive(sigma, "sigma")
    across, up = as_array(x, "x").ravel(), as_array(y, "y").ravel()
    with np.errstate(under="ignore", over="ignore"):
        residuals = as_array(up - (intercept + slope * across), "y - (a + b x)")
        # not by way of the variance, which leaves float64 long before the deviation does
        logs = -0.5 * math.log(2.0 * math.pi) - math.log(deviation) - 0.5 * np.square(residuals / deviation)
        squares = np.square(residuals)
        factors = np.exp(logs)
        running = np.multiply.accumulate(factors)
    zeros = np.flatnonzero(running == 0)
    return LineLikelihood(
        residuals,
        factors,
        float(running[-1]) if running.size else 1.0,
        _total(logs),
        _total(squares),
        int(zeros[0]) + 1 if zeros.size else None,
    )


def _total(values: Array) -> float:
    """Return the exact sum, rounded once; ∞ or -∞ where it is beyond float64."""
    try:
        return math.fsum(values)
    except OverflowError:
        with np.errstate(over="ignore"):
            return float(values.sum())


def fit_gaussian_line(x: ArrayLike, y: ArrayLike) -> GaussianLine:
    """Return the maximum likelihood of a line for x and y, both (n,). Raises InputError as `best_line`.

    >>> fit_gaussian_line([0, 1, 2], [1, 3, 5])
    GaussianLine(slope=2.0, intercept=1.0, sigma=0.0)
    """
    line = best_line(x, y, 2.0)
    return GaussianLine(line.slope, line.intercept, line.norm / math.sqrt(as_array(x, "x").size))
