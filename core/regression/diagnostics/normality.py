"""Whether values look like the normal noise that squared loss assumes: their shape, histogram and quantiles."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.regression.data.validation import Array
from core.regression.diagnostics.residuals import rows_to_draw

MOST_BINS = 60


@dataclass(frozen=True)
class Shape:
    """How far values are from a normal distribution.

    Attributes:
        skewness: 0 if symmetric, above 0 with a long tail upwards.
        excess: the kurtosis less 3, above 0 with heavier tails than the normal's.
        jarque_bera: n/6 · (skewness² + excess²/4).
        p_value: how often normal values would give as much.
    """

    skewness: float
    excess: float
    jarque_bera: float
    p_value: float


def find_shape(values: Array) -> Shape | None:
    """Return the shape of values (n,), or None if they do not vary.

    The test is that of C. M. Jarque & A. K. Bera 1987 (International Statistical Review 55). Its limiting distribution
    is χ² with two degrees of freedom, whose upper tail is exp(-x/2); with few rows the test rarely rejects.
    """
    size = float(np.abs(values).max())
    if not np.ptp(values) > 0:
        return None
    scaled = values / size  # so that the fourth power stays in float64
    apart = scaled - scaled.mean()
    variance = float(np.square(apart).mean())
    if not variance > 0:
        return None
    skewness = float((apart**3).mean()) / variance**1.5
    excess = float((apart**4).mean()) / variance**2 - 3.0
    statistic = len(values) / 6.0 * (skewness**2 + excess**2 / 4.0)
    return Shape(skewness, excess, statistic, math.exp(-statistic / 2.0))


def histogram(residuals: Array, deviation: float) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the histogram of residuals (n,), and that expected of normal noise around 0.

    Bars: low, high, rows; at most 60, of the width of D. Freedman & P. Diaconis 1981, 2 · IQR / ∛n. Curve: residual and
    rows, the rows expected in a bar around it, n · width · φ(r/σ)/σ with σ = deviation > 0.
    """
    low, high = float(residuals.min()), float(residuals.max())
    first, third = np.quantile(residuals, [0.25, 0.75])
    wished = 2 * float(third - first) / len(residuals) ** (1 / 3)
    bins = (
        int(np.clip(math.ceil((high - low) / wished), 5, MOST_BINS)) if wished > (high - low) / MOST_BINS else MOST_BINS
    )
    counts, edges = np.histogram(residuals, bins=min(bins, max(5, len(residuals))))
    bars = pd.DataFrame({"low": edges[:-1], "high": edges[1:], "rows": counts})
    reach = max(3.5 * deviation, -low, high)
    at = np.linspace(-reach, reach, 201)
    width = float(edges[1] - edges[0])
    density = np.exp(-0.5 * np.square(at / deviation)) / (deviation * math.sqrt(2 * math.pi))
    return bars, pd.DataFrame({"residual": at, "rows": len(residuals) * width * density})


def normal_quantiles(standardised: Array, most: int = 1000, confidence: float = 0.95) -> pd.DataFrame:
    """Return standardised residuals (n,) in order, with those expected of a normal sample.

    Columns rank (0 is the smallest), expected, value, low and high. The i-th smallest of n draws lies at a probability
    that is Beta(i, n + 1 - i) distributed: `expected` is the normal quantile of its median, low and high those of its
    central share `confidence`. Of more than `most` values the ends are kept and the middle thinned.
    """
    from scipy.special import betaincinv, ndtri

    n = len(standardised)
    ends = np.arange(min(n, most // 10))
    ranks = rows_to_draw(n, most, np.concatenate([ends, n - 1 - ends]))
    above = ranks + 1.0
    low, middle, high = (
        ndtri(betaincinv(above, n + 1 - above, share)) for share in ((1 - confidence) / 2, 0.5, (1 + confidence) / 2)
    )
    ordered = np.sort(standardised)[ranks]
    return pd.DataFrame({"rank": ranks, "expected": middle, "value": ordered, "low": low, "high": high})
