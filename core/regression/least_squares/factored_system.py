"""Shared by the float and the exact solver: independent and dependent columns, and the coefficients of the label.

Columns differ by hundreds of powers of ten, and the minimum-norm solution results from cancellation; so numbers
are kept as integers with a fixed point and rounded to float64 last.
"""

from dataclasses import dataclass
from math import ldexp
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from core.regression.data.validation import Array

Integers: TypeAlias = npt.NDArray[Any]  # arrays of Python's whole numbers, dtype object

# A column whose remainder is 4 roundings (2^-53) of the columns in its relation, or less, depends on them.
ROUNDING = 2.0**-51


@dataclass(frozen=True, eq=False)
class FactoredSystem:
    """The label regressed on the independent columns, every column scaled by a power of two to a length in [1/2, 1).

    The columns are the intercept, if there is one, then those of X: p in all. Column i is the given one times
    2^-exponents[i]; the label, last, is scaled in the same way. Fixed-point numbers are whole numbers counting 2^-bits.

    Column a depends on the columns b before it, with coefficients w, if |a - Σ w b| <= 4 · 2^-53 · sqrt(|a|² + Σ w²
    |b|²): a few roundings of the entries could have made it of an exactly dependent column. Scaling a column changes
    nothing in this. The remainder divided by that root is never below the smallest singular value of the columns scaled
    to length 1, so no matrix with a condition number below 2^51 = 2.3e15 loses a column.

    Attributes:
        bits: of fixed-point numbers.
        exponents (p + 1,): of the columns, then of the label.
        independent: the indices of r columns, in order.
        dependent: the indices of the k others, in order.
        coefficients (r,): of the label, fixed-point.
        relations: for each dependent column its coefficients on the independent ones before it, fixed-point.
        inverse (r, r): float64, with inverse @ inverse.T the inverse of the Gram matrix of the independent columns.
        lengths (p,): of the scaled columns.
        norm: the largest singular value of the columns scaled to length 1.
        residual_square: of the scaled label, after the regression.
        total_square: of the scaled label, before it; about the mean with an intercept.
        digits: how many of every coefficient are right.
        method: the solver used, in words.
    """

    bits: int
    exponents: Integers
    independent: list[int]
    dependent: list[int]
    coefficients: Integers
    relations: list[Integers]
    inverse: Array
    lengths: Array
    norm: float
    residual_square: float
    total_square: float
    digits: float
    method: str


def to_float(numbers: Integers, exponents: Integers | int) -> Array:
    """Return numbers · 2^exponents rounded to float64; infinite on overflow, 0 on underflow."""
    shifts = np.array([max(int(number).bit_length() - 1000, 0) for number in numbers.ravel()], dtype=np.int64)
    heads = [float(int(number) >> shift) for number, shift in zip(numbers.ravel(), shifts.tolist(), strict=True)]
    powers = np.broadcast_to(np.asarray(exponents, dtype=np.int64), numbers.shape).ravel() + shifts
    with np.errstate(over="ignore", under="ignore"):
        result: Array = np.ldexp(np.array(heads, dtype=np.float64), powers).reshape(numbers.shape)
    return result


def to_fixed(pair: Array, exponents: Integers) -> Integers:
    """Return the double-double numbers `pair` (2, m) times 2^exponents (m,), in whole numbers."""
    sums = [
        int(ldexp(high, int(power))) + int(ldexp(low, int(power)))
        for high, low, power in zip(*pair.tolist(), exponents, strict=True)
    ]
    return np.array(sums, dtype=object)


def largest_singular_value(gram: Array) -> float:
    """Return that of the columns with this Gram matrix (p, p), scaled to length 1."""
    lengths = np.sqrt(gram.diagonal())
    lengths = np.where(lengths > 0, lengths, 1.0)
    return float(np.sqrt(np.linalg.eigvalsh(gram / lengths / lengths[:, None])[-1]))
