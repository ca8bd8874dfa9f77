"""Mean, spread, correlation and bins of columns with gaps, safe over the whole range of float64.

Arrays are float64 of shape (n,), NaN where a value is missing.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

BINS = 24
MOST = np.finfo(np.float64).max


def mean_and_spread(values: Numbers) -> tuple[float, float]:
    """Return mean and standard deviation (n in the divisor) of the present values; NaN and NaN if there are none.

    >>> mean_and_spread(np.array([1.0, np.nan, 3.0]))
    (2.0, 1.0)
    """
    present = values[~np.isnan(values)]
    if not len(present):
        return np.nan, np.nan
    scale = _scale(present)
    shrunk = present / scale
    return float(shrunk.mean() * scale), float(shrunk.std() * scale)


def root_mean_square(values: Numbers) -> float:
    """Return the root of the mean of the squares; NaN without values."""
    if not len(values):
        return np.nan
    scale = _scale(values)
    return float(np.sqrt(np.mean((values / scale) ** 2)) * scale)


def correlation(first: Numbers, second: Numbers) -> float:
    """Return Pearson's correlation over the places where both are present; NaN if fewer than two, or one is constant.

    >>> round(correlation(np.array([1.0, 2.0, 3.0, np.nan]), np.array([2.0, 4.0, 6.0, 0.0])), 12)
    1.0
    """
    both = ~(np.isnan(first) | np.isnan(second))
    x, y = first[both], second[both]
    if len(x) < 2 or x.min() == x.max() or y.min() == y.max():
        return np.nan
    x, y = _centred(x), _centred(y)
    # Sums, not dot products: at these sizes BLAS spends longer on waking its threads than on adding.
    return float(np.clip((x * y).sum() / np.sqrt((x * x).sum() * (y * y).sum()), -1.0, 1.0))


def correlations(values: Numbers, others: Mapping[str, Numbers]) -> dict[str, float]:
    """Return the correlation of a column with each of the others, NaN where there is none."""
    return {name: correlation(values, other) for name, other in others.items()}


def largest_change(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[float, str]:
    """Return by how much the correlation changed that changed most, and with which column.

    Without a correlation that exists in both there is NaN and "", without a change 0 and "".
    """
    changes = {name: after[name] - before[name] for name in before if not np.isnan(after[name] - before[name])}
    if not changes:
        return np.nan, ""
    name = max(changes, key=lambda other: abs(changes[other]))
    return changes[name], name if changes[name] else ""


def equal_bins(arrays: Sequence[Numbers]) -> Numbers:
    """Return the edges of 24 bins of equal width over all present values, shape (25,); around a single value, +-1/2.

    Without any value the bins go from 0 to 1.
    """
    present = np.concatenate([values[~np.isnan(values)] for values in arrays]) if arrays else np.zeros(0)
    if not len(present):
        return np.linspace(0.0, 1.0, BINS + 1)
    low, high = float(present.min()), float(present.max())
    if low == high:
        half = max(0.5, abs(low) * 1e-3)
        low, high = np.clip([low - half, high + half], -MOST, MOST)
    steps = np.arange(BINS + 1) / BINS
    return np.asarray(low * (1 - steps) + high * steps)


def count_in_bins(values: Numbers, edges: Numbers) -> npt.NDArray[np.int64]:
    """Count the present values in each bin, the last one closed on both sides; shape (bins,)."""
    present = values[~np.isnan(values)]
    places = np.searchsorted(edges, present, side="right") - 1
    return np.bincount(np.clip(places, 0, len(edges) - 2), minlength=len(edges) - 1)


def _scale(values: Numbers) -> float:
    """Return a power of two by which values far from 1 are divided, so that their squares stay in range."""
    largest = float(np.abs(values).max())
    if largest == 0 or 1e-100 < largest < 1e100:
        return 1.0
    return float(2.0 ** np.clip(np.floor(np.log2(largest)), -1000, 1000))


def _centred(values: Numbers) -> Numbers:
    shrunk = values / _scale(values)
    return np.asarray(shrunk - shrunk.mean())
