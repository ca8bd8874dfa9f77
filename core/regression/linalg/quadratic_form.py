"""The loss of a linear model as a quadratic form, kept so that its values do not cancel."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.regression.data.validation import Array
from core.regression.linalg.row_blocks import inner_products, rows_at_once

_SIDE_BY_SIDE = 64  # rows read as one: NumPy is quick along long rows only
_GRADED = 1e-8  # below this ratio of eigenvalues half of the digits are gone
_NEAR_UNDERFLOW, _SMALLEST = 1e-200, 1e-300


@dataclass(frozen=True, eq=False)
class QuadraticForm:
    """½ δᵀHδ with H = [X 1]ᵀ[X 1]/n, for a change δ of the weights and the bias.

    The value is half of ‖factor δ_w‖² + (δ_b + mean·δ_w)²: a sum of squares, so it is never negative, and a value of
    1e-15 keeps its digits.

    Attributes:
        mean (d,): the mean row.
        factor (k, d): factorᵀ factor is the covariance of the columns (dividing by n).
    """

    mean: Array
    factor: Array

    def value(self, weights: Array, bias: Array | float) -> Array:
        """Return the value for changes of shape (d,) and (), or of k of them, shapes (k, d) and (k,)."""
        along = weights @ self.factor.T
        level = bias + weights @ self.mean
        result: Array = 0.5 * (np.square(along).sum(axis=-1) + np.square(level))
        return result

    def augmented(self) -> Array:
        """Return A, shape (k + 1, d + 1), with AᵀA = H; its singular values are the roots of H's eigenvalues."""
        rows, columns = self.factor.shape
        root = np.zeros((rows + 1, columns + 1))
        root[:rows, :columns] = self.factor
        root[rows, :columns] = self.mean
        root[rows, columns] = 1.0
        return root


def fit_quadratic_form(X: Array) -> QuadraticForm:
    """Return the quadratic form of the rows of X (n, d), C-contiguous, with values up to 1e100.

    A table with more columns than rows is its own factor. Otherwise the factor comes from the eigenvectors of the
    correlations. Forming these squares the condition number, so when that would cost digits they are formed
    once more in the basis of the eigenvectors found, where small and large directions no longer mix: one round of the
    one-sided Jacobi method (Demmel and Veselić 1992, "Jacobi's method is more accurate than QR").
    """
    n, d = X.shape
    mean = _column_sums(X) / n
    if n <= d:
        return QuadraticForm(mean=mean, factor=(X - mean) / np.sqrt(n))
    covariance, scale = _scaled_covariance(X, mean)
    eigenvalues, vectors = np.linalg.eigh(covariance)
    if eigenvalues[0] > _GRADED * eigenvalues[-1]:
        return QuadraticForm(mean=mean, factor=np.sqrt(eigenvalues)[:, None] * (vectors.T * scale))
    graded = _covariance(X, mean, vectors / scale[:, None])
    spread = np.sqrt(np.diag(graded))
    spread[spread <= d * np.finfo(np.float64).eps * spread.max()] = 0.0
    safe = np.where(spread > 0, spread, 1.0)
    shares, turns = np.linalg.eigh(graded / np.outer(safe, safe))
    factor = np.sqrt(np.maximum(shares, 0.0))[:, None] * (turns.T * spread) @ (vectors.T * scale)
    return QuadraticForm(mean=mean, factor=factor)


def _scaled_covariance(X: Array, mean: Array) -> tuple[Array, Array]:
    """Return the covariance of the columns, each divided by a power of two near its deviation, and these powers."""
    size = np.ones(X.shape[1])
    covariance = _covariance(X, mean)
    if (np.diag(covariance) < _NEAR_UNDERFLOW).any():
        size = _powers_of_two(np.abs(X - mean).max(axis=0))
        covariance = _covariance(X, mean, np.diag(1.0 / size))
    scale = _powers_of_two(np.sqrt(np.diag(covariance)))
    return covariance / np.outer(scale, scale), scale * size


def _covariance(X: Array, mean: Array, basis: Array | None = None) -> Array:
    """Return the covariance (dividing by n) of the rows, centred on `mean` and multiplied by `basis` (d, k)."""
    blocks = _centred_blocks(X, mean)
    turned = blocks if basis is None else (block @ basis for block in blocks)
    return inner_products(turned, X.shape[1]) / len(X)


def _centred_blocks(X: Array, mean: Array) -> Iterator[Array]:
    """Yield the rows less their mean, in blocks that stay in the cache."""
    tall = len(X) - len(X) % _SIDE_BY_SIDE
    wide = X[:tall].reshape(-1, _SIDE_BY_SIDE * X.shape[1])
    wide_mean = np.tile(mean, _SIDE_BY_SIDE)
    step = rows_at_once(X.shape[1]) // _SIDE_BY_SIDE
    for first in range(0, len(wide), step):
        yield (wide[first : first + step] - wide_mean).reshape(-1, X.shape[1])
    yield X[tall:] - mean


def _column_sums(X: Array) -> Array:
    tall = len(X) - len(X) % _SIDE_BY_SIDE
    wide = X[:tall].reshape(-1, _SIDE_BY_SIDE * X.shape[1]).sum(axis=0)
    result: Array = wide.reshape(_SIDE_BY_SIDE, -1).sum(axis=0) + X[tall:].sum(axis=0)
    return result


def _powers_of_two(sizes: Array) -> Array:
    """Return a power of two near each size, so that scaling by it rounds nothing; 1 for a size of 0."""
    result: Array = np.exp2(np.floor(np.log2(np.where(sizes > _SMALLEST, sizes, 1.0))))
    return result
