"""Sums and products of float64 with their rounding errors: nothing is lost. For numbers and, entry by entry, arrays.

T. Ogita, S. M. Rump & S. Oishi (2005), "Accurate sum and dot product", SIAM J. Sci. Comput. 26(6).
"""

from typing import TypeVar

from core.regression.data.validation import Array

Number = TypeVar("Number", float, Array)

_SPLITTER = 2.0**27 + 1.0


def two_sum(a: Number, b: Number) -> tuple[Number, Number]:
    """Return (s, e) with s = fl(a + b) and s + e = a + b exactly (Knuth).

    >>> two_sum(1.0, 1e-20)
    (1.0, 1e-20)
    """
    total = a + b
    shadow = total - a
    return total, (a - (total - shadow)) + (b - shadow)


def two_product(a: Number, b: Number) -> tuple[Number, Number]:
    """Return (p, e) with p = fl(a b) and p + e = a b exactly (Dekker, by Veltkamp's splitting).

    Exact as long as |a| and |b| stay below 2^995 and |a b| between 2^-969 and 2^1021.

    >>> p, e = two_product(1.0 + 2.0**-30, 1.0 - 2.0**-30)
    >>> p == 1.0, e == -(2.0**-60)
    (True, True)
    """
    product = a * b
    shifted = _SPLITTER * a
    a_high = shifted - (shifted - a)
    a_low = a - a_high
    shifted = _SPLITTER * b
    b_high = shifted - (shifted - b)
    b_low = b - b_high
    return product, a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
