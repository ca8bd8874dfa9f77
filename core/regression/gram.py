"""Inner products of columns without a single rounding.

Every column is cut into slices of so few bits that the ordinary float64 product of two slices is a sum of whole
numbers below 2^53, and so exact, in whatever order BLAS adds it up. The products are then put together as Python's
whole numbers. K. Ozaki, T. Ogita, S. Oishi & S. M. Rump (2012), "Error-free transformations of matrix multiplication
by using fast routines of matrix multiplication and its applications", Numerical Algorithms 59.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.regression.inputs import Array
from core.regression.reduction import Integers

SLICE_BITS = 20  # two slices and BLOCK_ROWS rows: 2^(20 + 20 + 12) < 2^53
BLOCK_ROWS = 1 << 12
BLOCKS_PER_FLUSH = 16  # int64 holds 16 blocks of 51 products below 2^52
FEWEST_SLICES, MOST_SLICES = 12, 51  # 240 bits below the largest entry of a column; as far down as float64 can go
MOST_WORK = 2e10  # multiplications for which more than 12 slices may be taken


@dataclass(frozen=True, eq=False)
class ExactGram:
    """The inner products of the columns 1, X and y, in this order.

    The product of columns i and j is products[i, j] · 2^(exponents[i] + exponents[j]). products: (m, m) whole numbers;
    exponents: (m,). range_bits: how many bits below the largest entry of their column took part; complete: whether
    these were all, which they are unless a column spans 70 powers of ten in a large table, or 300 in any.
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
    """Move the sums from int64 to Python's whole numbers, which do not overflow."""
    for level, product in waiting.items():
        totals[level] = totals.get(level, 0) + product.astype(object)
    waiting.clear()
