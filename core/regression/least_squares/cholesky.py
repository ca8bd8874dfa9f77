"""The triangular factor R of tall columns A = QR, from inner products over blocks of rows, in float64."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from core.regression.data.validation import Array

_BLOCK_ROWS = 1 << 14
_SAMPLE_ROWS = 1000
_SMALLEST_SQUARE = 1e-10  # a smaller share of a column's square is lost in the rounding of the Gram matrix


@dataclass(frozen=True, eq=False)
class Columns:
    """The columns 1 (with an intercept) and X, p in all, and y, read a block of rows at a time.

    With an intercept every other column is lessened by about its mean, which leaves the weights as they are and takes
    off most of what makes the problem ill-conditioned.

    Attributes:
        X (n, d): the features.
        y (n,): the labels.
        intercept: whether there is one.
        shift (p + 1,): what is taken off each column, then y; 0 for the intercept.
    """

    X: Array
    y: Array
    intercept: bool
    shift: Array

    def blocks(self) -> Iterator[Array]:
        """Yield the shifted columns and y side by side, always in the same memory."""
        first, label = int(self.intercept), len(self.shift) - 1
        memory = np.ones((min(_BLOCK_ROWS, len(self.X)), label + 1))
        for start in range(0, len(self.X), _BLOCK_ROWS):
            rows = slice(start, start + _BLOCK_ROWS)
            block = memory[: len(self.y[rows])]
            np.subtract(self.X[rows], self.shift[first:label], out=block[:, first:label])
            np.subtract(self.y[rows], self.shift[label], out=block[:, label])
            yield block

    def gram(self) -> Array:
        """Return the rounded inner products of the shifted columns and y, (p + 1, p + 1)."""
        gram = np.zeros((len(self.shift), len(self.shift)))
        with np.errstate(over="ignore", invalid="ignore"):  # callers check for values that are not finite
            for block in self.blocks():
                gram += block.T @ block
        return gram


def shifted_columns(X: Array, y: Array, intercept: bool) -> Columns:
    """Shift by the means of about 1,000 rows spread over the table; without an intercept there is nothing to shift."""
    if not intercept:
        return Columns(X, y, intercept, np.zeros(X.shape[1] + 1))
    step = -(-len(X) // _SAMPLE_ROWS)
    with np.errstate(over="ignore", invalid="ignore"):
        return Columns(X, y, intercept, np.concatenate([[0.0], X[::step].mean(axis=0), [y[::step].mean()]]))


@dataclass(frozen=True, eq=False)
class Triangle:
    """The Cholesky factor R of the independent columns, scaled to length 1, as its inverse.

    Attributes:
        independent: the indices of r columns.
        suspects: the indices of k columns, each of them, within rounding, a combination of the independent columns
            before it.
        inverse (r, r): upper triangular, A inverse having orthonormal columns.
        shares (r, k): the coefficients of the suspects.
        norm: the largest singular value of all columns.
    """

    independent: list[int]
    suspects: list[int]
    inverse: Array
    shares: Array
    norm: float

    @property
    def condition(self) -> float:
        """The 2-norm condition number of the independent columns, or a little more."""
        return float(self.norm * np.linalg.norm(self.inverse, 2)) if self.independent else 1.0


def factorise(gram: Array, rows: int) -> Triangle:
    """Factorise columns, given by rows and a Gram matrix (p, p) of unit diagonal; leave out dependent ones."""
    rest = gram.copy()
    found: list[Array] = []
    independent: list[int] = []
    for column in range(len(gram)):
        if len(found) < rows and rest[column, column] > _SMALLEST_SQUARE:
            row = rest[column] / np.sqrt(rest[column, column])
            rest -= np.outer(row, row)
            found.append(row)
            independent.append(column)
    suspects = sorted(set(range(len(gram))) - set(independent))
    triangle = np.array(found).reshape(len(found), len(gram))
    inverse = np.triu(np.linalg.inv(np.triu(triangle[:, independent])))
    norm = float(np.sqrt(np.linalg.eigvalsh(gram)[-1]))
    return Triangle(independent, suspects, inverse, inverse @ triangle[:, suspects], norm)


def sharpen(triangle: Triangle, columns: Columns, lengths: Array) -> Triangle:
    """Factorise A inverse once more: the error of R then grows with the condition number and no more with its square.

    Y. Yamamoto, Y. Nakatsukasa, Y. Yanagisawa & T. Fukaya (2015), "Roundoff error analysis of the CholeskyQR2
    algorithm", ETNA 44.
    """
    gram = np.zeros_like(triangle.inverse)
    scaled = triangle.inverse / lengths[triangle.independent, None]
    for block in columns.blocks():
        orthonormal = block[:, triangle.independent] @ scaled
        gram += orthonormal.T @ orthonormal
    step = np.linalg.inv(np.linalg.cholesky(gram)).T
    return replace(triangle, inverse=triangle.inverse @ step)
