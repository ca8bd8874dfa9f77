"""Gram–Schmidt on columns that are known by their inner products alone, in whole numbers with hundreds of bits.

The normal equations square the condition number: of 16 digits a problem of condition 10^8 leaves none. Here the inner
products are exact and the elimination carries 77 digits and more, so that squaring 10^15 leaves plenty.

Every column is regressed on the independent columns before it. Its coefficients give the next row of the inverse
factor; what remains of its squared length says whether it depends on them. The label is simply the last column: its
coefficients are the solution, and what remains of it is the residual sum of squares.
"""

from dataclasses import dataclass
from math import log2, log10

import numpy as np

from core.regression.gram import ExactGram, Integers
from core.regression.inputs import Array

# A column whose remainder is 4 roundings (2^-53) of the columns in its relation, or less, depends on them.
ROUNDINGS = 4
_ROUNDING_BITS = 2 * (53 - ROUNDINGS.bit_length() + 1)  # of squared lengths
_CLEARLY_INDEPENDENT_BITS = 40  # a squared remainder above 2^-40 needs no look at the relation


@dataclass(frozen=True, eq=False)
class Elimination:
    """The label regressed on the independent columns, every column scaled by a power of two to a length in [1/2, 1).

    Column i is the given one times 2^-exponents[i]; the label, last, is scaled in the same way. Fixed-point numbers
    are whole numbers counting 2^-bits.

    independent, dependent: indices of the columns, in order; r and k of them.
    coefficients: (r,), fixed-point, of the label. relations: for each dependent column its (r,) coefficients on the
    independent ones, zero on those after it.
    inverse: (r, r) float64 with inverse @ inverse.T the inverse of the Gram matrix of the independent columns.
    lengths: (m - 1,) float64, of all columns but the label; norm: the largest singular value of these columns scaled to
    length 1. residual_square: the residual sum of squares, in units of
    the scaled label. digits: how many significant digits of every coefficient are right.
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
    digits: float


class _Basis:
    """The independent columns so far: `inverse` T and `squares` D with T G T' = D, T unit lower triangular."""

    def __init__(self, gram: Integers, bits: int) -> None:
        self.gram, self.bits = gram, bits
        self.columns: list[int] = []
        self.inverse: Integers = np.zeros(gram.shape, dtype=object)
        self.squares: Integers = np.zeros(len(gram), dtype=object)

    def regress(self, products: Integers) -> tuple[Integers, int]:
        """Regress a column with these inner products; return its coefficients and the square they explain."""
        size = len(self.columns)
        if size == 0:
            return np.zeros(0, dtype=object), 0
        inverse = self.inverse[:size, :size]
        along = (inverse @ products) >> self.bits
        shares = (along << self.bits) // self.squares[:size]
        return (shares @ inverse) >> self.bits, int(shares @ along) >> self.bits

    def products(self, column: int) -> Integers:
        """Return the inner products of one column with those of the basis."""
        result: Integers = self.gram[self.columns, column]
        return result

    def append(self, column: int, coefficients: Integers, square: int) -> None:
        """Take one more independent column, whose remainder after the regression has this square."""
        size = len(self.columns)
        self.inverse[size, :size] = -coefficients
        self.inverse[size, size] = 1 << self.bits
        self.squares[size] = square
        self.columns.append(column)


def eliminate(gram: ExactGram) -> Elimination:
    """Regress the last column of an exact Gram matrix on the ones before it, with as many bits as that takes.

    A column of zeros, and one that depends on the independent columns before it, is left out. Column a depends on
    columns b with coefficients w if |a - Σ w b| <= 4 · 2^-53 · sqrt(|a|² + Σ w² |b|²): a few roundings of the entries
    could then have made it of an exactly dependent column. Scaling a column changes nothing in this. As the remainder
    divided by that root is never below the smallest singular value of the columns scaled to length 1, no matrix with
    a condition number below 2^51 = 2.3e15 loses a column.
    """
    bits = 256
    while (result := _eliminate(gram, bits)).digits < 17 and bits < 4096:
        bits *= 2
    return result


def _eliminate(gram: ExactGram, bits: int) -> Elimination:
    unit, halves = _unit_gram(gram.products, bits)
    label = len(unit) - 1
    basis = _Basis(unit, bits)
    dependent: list[int] = []
    relations: list[Integers] = []
    for column in range(label):
        coefficients, explained = basis.regress(basis.products(column))
        remainder = unit[column, column] - explained
        if _depends(unit, basis.columns, column, coefficients, remainder, bits):
            dependent.append(column)
            relations.append(coefficients)
        else:
            basis.append(column, coefficients, remainder)
    size = len(basis.columns)
    inverse = to_float(basis.inverse[:size, :size].T, -bits) / np.sqrt(to_float(basis.squares[:size], -bits))
    coefficients, digits = _solve(basis, label, inverse)
    features = to_float(unit[:label, :label], -bits)
    return Elimination(
        bits=bits,
        exponents=gram.exponents + halves,
        independent=basis.columns,
        dependent=dependent,
        coefficients=coefficients,
        relations=relations,
        inverse=inverse,
        lengths=np.sqrt(features.diagonal()),
        norm=_largest_singular_value(features),
        residual_square=_residual_square(basis, label, coefficients),
        digits=digits,
    )


def _unit_gram(products: Integers, bits: int) -> tuple[Integers, Integers]:
    """Scale the columns to lengths in [1/2, 1); return the Gram matrix in fixed point and the powers of two taken."""
    halves = np.array([(int(square).bit_length() + 1) // 2 for square in products.diagonal()], dtype=object)
    return (products << bits) >> (halves[:, None] + halves), halves


def _depends(
    unit: Integers, columns: list[int], column: int, coefficients: Integers, remainder: int, bits: int
) -> bool:
    """Tell whether a few roundings of the entries could have left this remainder."""
    if remainder >> max(bits - _CLEARLY_INDEPENDENT_BITS, 0) > 0:
        return False
    spread = unit[column, column]
    if columns:
        spread += int((coefficients * coefficients) @ unit.diagonal()[columns]) >> 2 * bits
    return bool(remainder << _ROUNDING_BITS <= spread)


def _largest_singular_value(gram: Array) -> float:
    """Return that of the columns with this Gram matrix, scaled to length 1."""
    lengths = np.sqrt(gram.diagonal())
    lengths = np.where(lengths > 0, lengths, 1.0)
    return float(np.sqrt(np.linalg.eigvalsh(gram / lengths / lengths[:, None])[-1]))


def _solve(basis: _Basis, label: int, inverse: Array) -> tuple[Integers, float]:
    """Regress the label, refine once, and count the digits that the refinement left alone."""
    products, bits = basis.products(label), basis.bits
    coefficients, _explained = basis.regress(products)
    if not coefficients.any():
        return coefficients, np.inf
    gram = basis.gram[np.ix_(basis.columns, basis.columns)]
    correction, _explained = basis.regress(products - ((gram @ coefficients) >> bits))
    coefficients = coefficients + correction
    largest = int(abs(coefficients).max())
    coefficients[abs(coefficients) <= largest >> (bits // 2)] = 0
    # The inner products were cut off after `bits` bits, which counts with the squared condition number.
    cut = largest * len(gram) * int(np.square(inverse).sum() + 1) >> bits
    doubt = np.maximum(abs(correction), max(cut, 1))
    sure = [log2(abs(value)) - log2(error) for value, error in zip(coefficients, doubt, strict=True) if value]
    return coefficients, min(sure) * log10(2)


def _residual_square(basis: _Basis, label: int, coefficients: Integers) -> float:
    """Return |y|² - 2 w'X'y + w'X'X w in fixed point, and 0 for what is below the resolution."""
    bits = basis.bits
    square = int(basis.gram[label, label])
    if len(coefficients) == 0:
        return square / (1 << bits)
    gram = basis.gram[np.ix_(basis.columns, basis.columns)]
    square += int(coefficients @ (((gram @ coefficients) >> bits) - 2 * basis.products(label))) >> bits
    noise = 16 * len(gram) * (1 + (int(abs(coefficients).sum()) >> bits)) ** 2
    return square / (1 << bits) if square > noise else 0.0


def to_float(numbers: Integers, exponents: Integers | int) -> Array:
    """Return numbers · 2^exponents rounded to float64; infinite if too large, 0 if too small for it."""
    shifts = np.array([max(int(number).bit_length() - 1000, 0) for number in numbers.ravel()], dtype=np.int64)
    heads = [float(int(number) >> shift) for number, shift in zip(numbers.ravel(), shifts.tolist(), strict=True)]
    powers = np.broadcast_to(np.asarray(exponents, dtype=np.int64), numbers.shape).ravel() + shifts
    with np.errstate(over="ignore", under="ignore"):
        result: Array = np.ldexp(np.array(heads, dtype=np.float64), powers).reshape(numbers.shape)
    return result
