"""Double-double arithmetic: a number as the unevaluated sum of two float64, about 32 digits.

T. Ogita, S. M. Rump & S. Oishi (2005), "Accurate sum and dot product", SIAM J. Sci. Comput. 26(6). The compiled
functions keep strict IEEE arithmetic: reassociating sums, as fast-math does, would undo them.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count
from typing import TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
from numba import njit

from core.language import with_context
from core.regression.data import error_free
from core.regression.data.validation import Array

Function = TypeVar("Function", bound=Callable[..., object])
Columns: TypeAlias = "slice | npt.NDArray[np.int64]"

_TILE = 64  # rows that stay in the first cache, one vector register after another
_CHUNK = 1 << 15  # rows per task; fixed, so that sums do not depend on the number of processors


def strict(function: Function) -> Function:
    """Compile without fast-math, keeping the result on disk where there is a place for it."""
    try:
        compiled: Function = njit(function, nogil=True, cache=True)
    except RuntimeError:  # no folder that can be written
        compiled = njit(function, nogil=True)
    return compiled


two_sum = strict(error_free.two_sum)
two_product = strict(error_free.two_product)


@dataclass(frozen=True, eq=False)
class Misfit:
    """Residuals of a set of parameters: the inner products of the columns with the residuals, and their squares.

    Attributes:
        products (d,): with every column of X.
        total: with a column of ones.
        square: the residual sum of squares.
    """

    products: Array
    total: float
    square: float


def misfit(X: Array, y: Array, weights: Array, bias: Array, columns: Columns = slice(None)) -> Misfit:
    """Return X'r, 1'r and r'r of the residuals r = y - X w - b, with y (n,) and X (n, d) some columns of a matrix.

    weights (2, d) and bias (2,) are double-double numbers, high part first; residuals and inner products are taken
    in double-double arithmetic and rounded at the end. X is read in blocks of rows; nothing of its size is made.
    """
    size = weights.shape[1] + 1

    def of_rows(start: int) -> tuple[Array, float]:
        rows = slice(start, start + _CHUNK)
        sums = np.zeros((2, size))
        part = np.ascontiguousarray(X[rows][:, columns])
        return sums, _accumulate(part, np.ascontiguousarray(y[rows]), weights, bias, sums)

    starts = range(0, len(X), _CHUNK)
    if len(starts) == 1:
        parts = [of_rows(0)]
    else:
        with ThreadPoolExecutor(cpu_count()) as pool:
            parts = list(pool.map(with_context(of_rows), starts))
    sums = np.zeros((2, size))
    for part, _square in parts:
        _add(sums, part)
    rounded = sums.sum(axis=0)
    return Misfit(rounded[:-1], float(rounded[-1]), sum(square for _sums, square in parts))


@strict
def _add(sums: Array, part: Array) -> None:
    for index in range(sums.shape[1]):
        high, error = two_sum(sums[0, index], part[0, index])
        sums[0, index] = high
        sums[1, index] += part[1, index] + error


@strict
def _accumulate(X: Array, y: Array, weights: Array, bias: Array, sums: Array) -> float:
    """Add X'r and 1'r to `sums` (2, d + 1) and return r'r. weights (2, d), bias (2,)."""
    n, d = X.shape
    columns = np.empty((d, _TILE))
    high = np.empty(_TILE)
    low = np.empty(_TILE)
    square = 0.0
    for start in range(0, n, _TILE):
        rows = min(_TILE, n - start)
        for row in range(rows):  # a transposed copy: all rows of a tile advance together in vector registers
            high[row] = y[start + row]
            low[row] = 0.0
            for column in range(d):
                columns[column, row] = X[start + row, column]
        for column in range(d):
            weight, fine = -weights[0, column], -weights[1, column]
            for row in range(rows):
                product, lost = two_product(columns[column, row], weight)
                high[row], error = two_sum(high[row], product)
                low[row] += error + lost + columns[column, row] * fine
        part = 0.0
        for row in range(rows):
            total, error = two_sum(high[row], -bias[0])
            high[row], low[row] = two_sum(total, error + low[row] - bias[1])
            part += high[row] * high[row]
        square += part
        for row in range(rows):
            residual, fine = high[row], low[row]
            for column in range(d):
                product, lost = two_product(X[start + row, column], residual)
                sums[0, column], error = two_sum(sums[0, column], product)
                sums[1, column] += error + lost + X[start + row, column] * fine
            sums[0, d], error = two_sum(sums[0, d], residual)
            sums[1, d] += error + fine
    return square
