"""Scales: centre and spread of a feature, learnt from the filled training rows."""

from math import frexp, ldexp

import numpy as np
import numpy.typing as npt

from core.preprocessing.recipes.choices import Scale
from core.preprocessing.recipes.column_arrays import Numbers

LARGEST = float(np.finfo(np.float64).max)

Array = npt.NDArray[np.float64]


def learn_scale(scale: Scale, values: Array) -> tuple[float, float]:
    """Return centre and spread of the training values, shape (m,), all finite, at least one.

    - `standard`: mean and standard deviation, n in the divisor.
    - `min_max`: smallest value and range.
    - `robust`: median and interquartile range, between the quartiles interpolated linearly.
    - `none`, `log`: 0 and 1.

    A spread of 0, of a constant column, becomes 1.
    """
    if scale in ("none", "log"):
        return 0.0, 1.0
    lowest, highest = float(values.min()), float(values.max())
    if scale == "min_max":
        centre, spread = lowest, _saturated(highest - lowest)
    elif scale == "robust":
        unit = _unit(values)
        low, middle, high = np.quantile(values / unit, [0.25, 0.5, 0.75])
        centre, spread = float(middle * unit), _saturated(float(high - low) * unit)
    else:
        centre = mean_of(values)
        spread = _deviation(values, centre)
    return centre, spread or 1.0


def scaled(values: Array, scale: Scale, centre: float, spread: float) -> Array:
    """Return finite values on this scale. A result outside the range of float64 becomes the largest of its sign."""
    if scale == "none":
        return values
    if scale == "log":
        result: Array = np.sign(values) * np.log1p(np.abs(values))
        return result
    with np.errstate(over="ignore"):
        return saturate((values - centre) / spread)


def saturate(values: Array) -> Array:
    """Return the values with infinite ones as the largest number of their sign."""
    return np.clip(values, -LARGEST, LARGEST)


def mean_of(values: Numbers) -> float:
    """Return the mean, shape (m,), at least one; it is finite for finite values, and exact if they are constant."""
    if values[0] == values[-1] and values.min() == values.max():
        return float(values[0])
    with np.errstate(over="ignore", invalid="ignore"):
        mean = float(np.mean(values))
    if np.isfinite(mean):
        return mean
    unit = _unit(values)
    return float(np.mean(values / unit) * unit)


def median_of(values: Numbers) -> float:
    """Return the median, shape (m,), at least one; it is finite for finite values."""
    unit = _unit(values)
    return float(np.median(values if unit == 1.0 else values / unit) * unit)


def _unit(values: Numbers) -> float:
    """Return a divisor to apply before summing: near the limit of float64 a sum would overflow.

    Dividing by a power of two does not round there.
    """
    return 2.0**64 if max(float(values.max()), -float(values.min())) > 1e280 else 1.0


def _deviation(values: Array, centre: float) -> float:
    """Return the root mean square; dividing by a power of two first, no square overflows or underflows."""
    with np.errstate(over="ignore"):
        distances = saturate(values - centre)
    farthest = float(np.abs(distances).max())
    if farthest == 0.0:
        return 0.0
    unit = ldexp(0.5, frexp(farthest)[1])
    distances /= unit
    return _saturated(float(np.sqrt(np.mean(distances * distances))) * unit)


def _saturated(spread: float) -> float:
    return min(spread, LARGEST)
