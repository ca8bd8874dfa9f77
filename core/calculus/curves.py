"""The points of a curve, and the range of the axis that shows them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

POINTS = 241


def curve(f: Callable[[Any], Any], low: float, high: float, points: int = POINTS) -> pd.DataFrame:
    """Return x and y of a function between two places; y is NaN where it has no finite value."""
    x = np.linspace(low, high, points)
    y = np.array(f(x), dtype=np.float64)
    return pd.DataFrame({"x": x, "y": np.where(np.isfinite(y), y, np.nan)})


def shown_span(*values: NDArray[np.float64]) -> tuple[float, float]:
    """Return the range of an axis that shows these curves, without the extremes near poles.

    It holds 95 % of all finite values, and all of them if that takes at most half of the height. Without any it is
    (-1, 1).
    """
    known = np.concatenate([np.ravel(array) for array in values])
    known = known[np.isfinite(known)]
    if not len(known):
        return -1.0, 1.0
    most, (low, high) = (known.min(), known.max()), np.quantile(known, [0.025, 0.975])
    if most[1] - most[0] <= 2 * (high - low) or high == low:
        low, high = most
    room = 0.08 * (high - low) or abs(high) / 2 or 1.0
    return float(low - room), float(high + room)
