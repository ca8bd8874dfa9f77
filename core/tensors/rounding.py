"""Rounding of decimals: where floats end beside the number that the same decimals have on paper."""

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

import numpy as np

from core.tensors.reduction_steps import Collapse
from core.tensors.reductions import Array, Floats, reduce

MOST_RESULTS = 20
MOST_ENTRIES = 1_000


@dataclass(frozen=True)
class Rounding:
    """A float beside the number that it would be without rounding.

    Attributes:
        terms: the entries that were reduced to it.
        got: the float, with all its digits.
        wanted: the float nearest to the exact result.
        off: how far the first is from the second.
    """

    terms: tuple[float, ...]
    got: float
    wanted: float
    off: float


def rounding_of(of: Collapse) -> Rounding | None:
    """Return the first sum or mean of floats that rounding keeps from the nearest float, None if there is none.

    Entries count as the decimals they are written as: 0.1 + 0.2 is 0.3 on paper. The first 20 results are looked at.

    >>> from core.tensors.reduction_steps import collapse
    >>> rounding_of(collapse([0.1, 0.2], "sum"))
    Rounding(terms=(0.1, 0.2), got=0.30000000000000004, wanted=0.3, off=5.551115123125783e-17)
    """
    if of.x.dtype.kind != "f" or of.how not in ("sum", "mean") or not of.count or of.count > MOST_ENTRIES:
        return None
    for place in islice(np.ndindex(of.result.shape), MOST_RESULTS):
        line, got = of.line(place).tolist(), float(of.result[place])
        if not (math.isfinite(got) and all(map(math.isfinite, line))):
            continue
        exact = sum(Fraction(repr(value)) for value in line) / (len(line) if of.how == "mean" else 1)
        if float(exact) != got:
            return Rounding(tuple(line), got, float(exact), abs(got - float(exact)))
    return None


def farthest_total(shares: Array, axes: tuple[int, ...]) -> tuple[str, float]:
    """Return the sum of shares farthest from 1 with all its digits, and how far it is; in the type of the shares."""
    dtype: Floats = "float32" if shares.dtype == np.float32 else "float64"
    totals = reduce(shares, "sum", axes or None, dtype=dtype).numpy().ravel()
    totals = totals[np.isfinite(totals)]
    if not totals.size:
        return "1.0", 0.0
    total = totals[np.abs(totals - 1).argmax()]
    return str(total), abs(float(total) - 1)
