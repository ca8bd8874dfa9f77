"""The exact solver: inner products without rounding, then Gram–Schmidt on them alone, in whole numbers of many bits.

The normal equations square the condition number: of 16 digits a problem of condition 10^8 leaves none. Here the inner
products are exact and the elimination carries 70 digits and more, so squaring 10^15 leaves enough.

Every column is regressed on the independent columns before it. Its coefficients give the next row of the inverse
factor; what remains of its squared length decides whether it depends on them. The label is simply the last column: its
coefficients are the solution, and what remains of it is the residual sum of squares.
"""

from dataclasses import dataclass
from math import log2, log10

import numpy as np
import numpy.typing as npt

from core.language import _
from core.regression.data.validation import Array
from core.regression.least_squares.factored_system import (
    ROUNDING,
    FactoredSystem,
    Integers,
    largest_singular_value,
    to_float,
)

SLICE_BITS = 20  # two slices and BLOCK_ROWS rows: 2^(20 + 20 + 12) < 2^53
BLOCK_ROWS = 1 << 12
BLOCKS_PER_FLUSH = 16  # int64 holds 16 blocks of 51 products below 2^52
FEWEST_SLICES, MOST_SLICES = 12, 51  # 240 bits below the largest entry of a column; as far down as float64 can go
MOST_WORK = 2e10  # multiplications for which more than 12 slices may be taken


@dataclass(frozen=True, eq=False)
class ExactGram:
    """The inner products of the columns 1, X and y, in this order.

    The product of columns i and j is products[i, j] · 2^(exponents[i] + exponents[j]).

    Attributes:
        products (m, m): whole numbers.
        exponents (m,): of the columns.
        range_bits: how many bits below the largest entry of their column took part.
        complete: whether these were all, which they are unless a column spans 70 powers of ten in a large table, or 300
            in any.
    """

    products: Integers
    exponents: npt.NDArray[np.int64]
    range_bits: int
    complete: bool


def assemble(X: Array, y: Array, intercept: bool) -> Array:
    """Return the columns 1 (with an intercept), X and y side by side, shape (n, m)."""
    ones = [np.ones((len(X), 1))] if intercept else []
    return np.hstack([*ones, X, y[:, None]])


def largest_entries(X: Array, y: Array, intercept: bool) -> Array:
    """Return the largest absolute value in each of the columns 1, X and y, shape (m,), without a copy of X."""
    ones = [1.0] if intercept else []
    return np.concatenate([ones, np.maximum(X.max(axis=0), -X.min(axis=0)), [np.abs(y).max()]])


def exact_gram(X: Array, y: Array, intercept: bool) -> ExactGram:
    """Return the exact inner products of the columns 1 (with an intercept), X (n, d) and y (n,)."""
    exponents = np.frexp(largest_entries(X, y, intercept))[1].astype(np.int64)
    most = int(np.clip(np.sqrt(MOST_WORK / (len(X) * len(exponents) ** 2)), FEWEST_SLICES, MOST_SLICES))
    totals: dict[int, Integers] = {}
    waiting: dict[int, npt.NDArray[np.int64]] = {}
    for number, start in enumerate(range(0, len(X), BLOCK_ROWS), start=1):
        rows = slice(start, start + BLOCK_ROWS)
        block = np.ldexp(assemble(X[rows], y[rows], intercept), -exponents)
        for level, product in _products(_slices(block, most)).items():
            waiting[level] = waiting.get(level, 0) + product
        if number % BLOCKS_PER_FLUSH == 0:
            _flush(waiting, totals)
    _flush(waiting, totals)
    last = max(totals)
    products = sum((total << SLICE_BITS * (last - level) for level, total in totals.items()), start=0 * totals[last])
    # Slice s counts 2^(-20 (s + 1)), so a product at level s + t counts 2^(-20 (level + 2)): half of it to each column.
    range_bits = SLICE_BITS * (last + 2) // 2
    return ExactGram(products, exponents - range_bits, range_bits, complete=range_bits < SLICE_BITS * most)


def _slices(block: Array, most: int) -> list[Array]:
    """Cut numbers below 1 into whole numbers below 2^20: block = Σ slice_s · 2^(-20 (s + 1))."""
    slices: list[Array] = []
    while len(slices) < most and (block.any() or not slices):
        block = block * 2.0**SLICE_BITS
        whole = np.trunc(block)
        block = block - whole
        slices.append(whole)
    return slices


def _products(slices: list[Array]) -> dict[int, npt.NDArray[np.int64]]:
    """Return Σ slice_s' slice_t for every level s + t."""
    levels: dict[int, npt.NDArray[np.int64]] = {}
    for s, left in enumerate(slices):
        for t, right in enumerate(slices[: s + 1]):
            product = (left.T @ right).astype(np.int64)
            if s != t:
                product = product + product.T
            levels[s + t] = levels.get(s + t, 0) + product
    return levels


def _flush(waiting: dict[int, npt.NDArray[np.int64]], totals: dict[int, Integers]) -> None:
    """Move the sums from int64 to Python integers, which do not overflow."""
    for level, product in waiting.items():
        totals[level] = totals.get(level, 0) + product.astype(object)
    waiting.clear()


_ROUNDING_BITS = -2 * int(log2(ROUNDING))  # of squared lengths
_CLEARLY_INDEPENDENT_BITS = 40  # a squared remainder above 2^-40 needs no look at the relation
_SPARE_BITS = 192  # above the range of the entries: condition numbers up to 10^15 take 150 and leave 42
_MOST_BITS = 1 << 14
_ENOUGH_DIGITS = 17


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
        """Append an independent column, whose remainder after the regression has this square."""
        size = len(self.columns)
        self.inverse[size, :size] = -coefficients
        self.inverse[size, size] = 1 << self.bits
        self.squares[size] = square
        self.columns.append(column)


def eliminate(gram: ExactGram, intercept: bool) -> FactoredSystem:
    """Regress the last column of an exact Gram matrix on the ones before it, with as many bits as that takes."""
    bits = _SPARE_BITS + 2 * gram.range_bits
    most = _MOST_BITS if gram.complete else bits
    while (result := _eliminate(gram, intercept, bits)).digits < _ENOUGH_DIGITS and bits < most:
        bits *= 2
    return result


def _eliminate(gram: ExactGram, intercept: bool, bits: int) -> FactoredSystem:
    unit, halves = _unit_gram(gram.products, bits)
    label = len(unit) - 1
    basis, dependent, relations = _tell_apart(unit, label, bits)
    size = len(basis.columns)
    inverse = to_float(basis.inverse[:size, :size].T, -bits) / np.sqrt(to_float(basis.squares[:size], -bits))
    coefficients, digits = _solve(basis, label, inverse, bits if gram.complete else min(bits, gram.range_bits))
    features = to_float(unit[:label, :label], -bits)
    return FactoredSystem(
        bits=bits,
        exponents=gram.exponents + halves,
        independent=basis.columns,
        dependent=dependent,
        coefficients=coefficients,
        relations=relations,
        inverse=inverse,
        lengths=np.sqrt(features.diagonal()),
        norm=largest_singular_value(features),
        residual_square=_residual_square(basis, label, coefficients),
        total_square=_total_square(gram.products, intercept, int(halves[label])),
        digits=digits,
        method=_("exact inner products, eliminated with {bits} bits").format(bits=bits),
    )


def _tell_apart(unit: Integers, count: int, bits: int) -> tuple[_Basis, list[int], list[Integers]]:
    """Return the independent ones of the first columns, the indices of the others, and their relations."""
    basis = _Basis(unit, bits)
    dependent: list[int] = []
    relations: list[Integers] = []
    for column in range(count):
        coefficients, explained = basis.regress(basis.products(column))
        remainder = int(unit[column, column]) - explained
        if _depends(basis, column, coefficients, remainder):
            dependent.append(column)
            relations.append(coefficients)
        else:
            basis.append(column, coefficients, remainder)
    return basis, dependent, relations


def _unit_gram(products: Integers, bits: int) -> tuple[Integers, Integers]:
    """Scale the columns to lengths in [1/2, 1); return the Gram matrix in fixed point and the powers of two taken."""
    halves = np.array([(int(square).bit_length() + 1) // 2 for square in products.diagonal()], dtype=object)
    return (products << bits) >> (halves[:, None] + halves), halves


def _depends(basis: _Basis, column: int, coefficients: Integers, remainder: int) -> bool:
    """Whether a few roundings of the entries could have left this remainder."""
    if remainder >> max(basis.bits - _CLEARLY_INDEPENDENT_BITS, 0) > 0:
        return False
    squares = basis.gram.diagonal()
    spread = int(squares[column]) + (int((coefficients * coefficients) @ squares[basis.columns]) >> 2 * basis.bits)
    return remainder << _ROUNDING_BITS <= spread


def _solve(basis: _Basis, label: int, inverse: Array, precision: int) -> tuple[Integers, float]:
    """Regress the label, refine once, and count the digits that the refinement did not change."""
    products, bits = basis.products(label), basis.bits
    coefficients, _explained = basis.regress(products)
    if not coefficients.any():
        return coefficients, np.inf
    gram = basis.gram[np.ix_(basis.columns, basis.columns)]
    correction, _explained = basis.regress(products - ((gram @ coefficients) >> bits))
    coefficients = coefficients + correction
    # The inner products were cut off below 2^-precision, which counts with the squared condition number.
    squared_condition = int(np.square(inverse).sum() + 1)
    cut = (int(abs(coefficients).max()) + (1 << bits)) * len(gram) * squared_condition >> precision
    doubt = np.maximum(abs(correction), max(cut, 1))
    coefficients[abs(coefficients) <= 2 * doubt] = 0
    sure = [log2(abs(value)) - log2(error) for value, error in zip(coefficients, doubt, strict=True) if value]
    return coefficients, min(sure, default=np.inf) * log10(2)


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


def _total_square(products: Integers, intercept: bool, label: int) -> float:
    """Return the square of the label times 2^-label, about its mean if the first column is the intercept."""
    square, below = int(products[-1, -1]), 1
    if intercept:
        below = int(products[0, 0])
        square = square * below - int(products[0, -1]) ** 2
    return square / (below << 2 * label)
