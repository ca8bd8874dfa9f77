"""The triangular factor R of tall columns A = QR, from inner products over blocks of rows, in float64."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.regression.inputs import Array

_BLOCK_ROWS = 1 << 13
_SMALLEST_SQUARE = 1e-10  # a smaller share of a column's square drowns in the rounding of the Gram matrix


@dataclass(frozen=True, eq=False)
class Triangle:
    """The columns scaled to length 1, told apart: R of the independent ones, as its inverse.

    independent, suspects: indices of r and k columns; a suspect is, within rounding, a combination of the independent
    columns before it. inverse: (r, r) upper triangular, A inverse having orthonormal columns. shares: (r, k), the
    coefficients of the suspects. norm: the largest singular value of all columns.
    """

    independent: list[int]
    suspects: list[int]
    inverse: Array
    shares: Array
    norm: float

    @property
    def condition(self) -> float:
        """The 2-norm condition number of the independent columns, or a little more."""
        return float(self.norm * np.linalg.norm(self.inverse, 2))


def square_up(X: Array, y: Array, intercept: bool) -> Array:
    """Return the rounded Gram matrix of the columns 1 (with an intercept), X (n, d) and y (n,)."""
    size = X.shape[1] + 1 + intercept
    gram = np.zeros((size, size))
    with np.errstate(over="ignore", invalid="ignore"):
        for block in _blocks(X, y, intercept):
            gram += block.T @ block
    return gram


def factorise(gram: Array) -> Triangle:
    """Take the columns with this Gram matrix (p, p), of unit diagonal, in order; leave out those that add nothing."""
    rest = gram.copy()
    rows, independent, suspects = [], [], []
    for column in range(len(gram)):
        if rest[column, column] > _SMALLEST_SQUARE:
            row = rest[column] / np.sqrt(rest[column, column])
            rest -= np.outer(row, row)
            rows.append(row)
            independent.append(column)
        else:
            suspects.append(column)
    triangle = np.array(rows).reshape(len(rows), len(gram))
    inverse = _inverse(np.triu(triangle[:, independent]))
    norm = float(np.sqrt(np.linalg.eigvalsh(gram)[-1]))
    return Triangle(independent, suspects, inverse, inverse @ triangle[:, suspects], norm)


def sharpen(triangle: Triangle, X: Array, y: Array, intercept: bool, lengths: Array) -> Triangle:
    """Factorise A inverse once more: the error of R then grows with the condition number and no more with its square.

    Y. Yamamoto, Y. Nakatsukasa, Y. Yanagisawa & T. Fukaya (2015), "Roundoff error analysis of the CholeskyQR2
    algorithm", ETNA 44.
    """
    gram = np.zeros_like(triangle.inverse)
    scaled = triangle.inverse / lengths[triangle.independent, None]
    for block in _blocks(X, y, intercept):
        orthonormal = block[:, triangle.independent] @ scaled
        gram += orthonormal.T @ orthonormal
    factor: Array = np.linalg.cholesky(gram)
    step = _inverse(factor.T)
    return Triangle(triangle.independent, triangle.suspects, triangle.inverse @ step, triangle.shares, triangle.norm)


def _inverse(triangle: Array) -> Array:
    """Return the inverse of an upper triangular matrix."""
    return np.triu(np.linalg.inv(triangle))


def _blocks(X: Array, y: Array, intercept: bool) -> Iterator[Array]:
    """Yield the columns 1, X and y side by side, a block of rows at a time, always in the same memory."""
    first = int(intercept)
    memory = np.ones((min(_BLOCK_ROWS, len(X)), X.shape[1] + 1 + first))
    for start in range(0, len(X), _BLOCK_ROWS):
        rows = X[start : start + _BLOCK_ROWS]
        block = memory[: len(rows)]
        block[:, first:-1] = rows
        block[:, -1] = y[start : start + _BLOCK_ROWS]
        yield block
