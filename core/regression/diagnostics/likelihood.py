"""The likelihood of residuals under independent normal noise of one standard deviation."""

import math

import numpy as np

from core.regression.data.validation import ArrayLike, as_array, check_positive


def negative_log_likelihood(residuals: ArrayLike, deviation: float) -> float:
    """Return -log of the likelihood of n residuals y - ŷ: n/2 · log(2πσ²) + Σ (y - ŷ)² / (2σ²).

    Raises InputError for missing or infinite residuals, and for a deviation that is not above 0.

    >>> round(negative_log_likelihood([0.0, 0.0], 1.0), 6)  # log(2π)
    1.837877
    """
    values = as_array(residuals, "residuals")
    sigma = check_positive(deviation, "deviation")
    level = values.size * (0.5 * math.log(2.0 * math.pi) + math.log(sigma))
    return level + 0.5 * float(np.square(values / sigma).sum())
