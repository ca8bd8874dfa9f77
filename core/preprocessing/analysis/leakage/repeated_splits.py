"""One statistic over many splits of the same table: its mean and confidence interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Average:
    """A mean over splits, and its 95% interval.

    Attributes:
        mean: over the splits.
        low: the lower end of the interval; None for one split.
        high: the upper end; None for one split.
        splits: how many.
    """

    mean: float
    low: float | None
    high: float | None
    splits: int


def average_over_splits(values: Sequence[float], train_rows: int, test_rows: int) -> Average:
    """Return the mean of one value per split, and its interval, for splits of one table into this many rows.

    The splits share their rows, so their values are not independent, and the usual interval, whose variance is that of
    the values over their number J, would be far too narrow. Nadeau and Bengio (2003, "Inference for the generalization
    error") multiply the variance by 1/J + test_rows/train_rows instead; so does this function.

    >>> average_over_splits([1.0, 3.0], train_rows=8, test_rows=2).mean
    2.0
    """
    from core.regression.least_squares.standard_errors import student_quantile

    numbers = np.asarray(values, dtype=np.float64)
    scale = float(np.abs(numbers).max()) or 1.0  # no square overflows or underflows
    mean, count = float((numbers / scale).mean()) * scale, len(numbers)
    if count < 2:
        return Average(mean, None, None, count)
    variance = float((numbers / scale).var(ddof=1)) * (1 / count + test_rows / train_rows)
    reach = student_quantile(count - 1, CONFIDENCE) * variance**0.5 * scale
    return Average(mean, mean - reach, mean + reach, count)
