"""The loss of a linear model as what it is: a quadratic bowl, kept in a form whose values do not cancel."""

from dataclasses import dataclass

import numpy as np

from core.regression.inputs import Array

_ROWS_AT_ONCE = 8192  # a block of rows that stays in the cache while it is centred and multiplied


@dataclass(frozen=True, eq=False)
class Quadratic:
    """½ δᵀHδ with H = [X 1]ᵀ[X 1]/n, for a change δ of the weights and the bias.

    With `mean` (d,) the mean row and `factor` (k, d) such that factorᵀ factor is the covariance of the columns
    (dividing by n), the value is half of ‖factor δ_w‖² + (δ_b + mean·δ_w)²: a sum of squares, so it is never negative,
    and a value of 1e-15 comes out as 1e-15.
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


def fit_quadratic(X: Array) -> Quadratic:
    """Return the quadratic of the rows of X (n, d).

    A table with more columns than rows is its own factor. Otherwise the factor comes from the eigenvectors of the
    correlations. Forming these squares the condition number, so when that would cost digits they are formed
    once more in the basis of the eigenvectors found, where small and large directions no longer mix: one round of the
    one-sided Jacobi method (Demmel and Veselić 1992, "Jacobi's method is more accurate than QR").
    """
    n, d = X.shape
    mean = X.mean(axis=0)
    if n <= d:
        return Quadratic(mean=mean, factor=(X - mean) / np.sqrt(n))
    scale = _powers_of_two(np.maximum(X.max(axis=0) - mean, mean - X.min(axis=0)))
    basis = np.diag(1.0 / scale)
    eigenvalues, vectors = np.linalg.eigh(_covariance(X, mean, basis))
    if eigenvalues[0] > 1e-8 * eigenvalues[-1]:
        return Quadratic(mean=mean, factor=np.sqrt(eigenvalues)[:, None] * (vectors.T * scale))
    graded = _covariance(X, mean, basis @ vectors)
    spread = np.sqrt(np.diag(graded))
    spread[spread <= d * np.finfo(np.float64).eps * spread.max()] = 0.0
    safe = np.where(spread > 0, spread, 1.0)
    shares, turns = np.linalg.eigh(graded / np.outer(safe, safe))
    factor = np.sqrt(np.maximum(shares, 0.0))[:, None] * (turns.T * spread) @ (vectors.T * scale)
    return Quadratic(mean=mean, factor=factor)


def _covariance(X: Array, mean: Array, basis: Array) -> Array:
    """Return the covariance (dividing by n) of the rows, centred on `mean` and multiplied by `basis` (d, k)."""
    diagonal = not np.any(basis - np.diag(np.diag(basis)))
    total = np.zeros((basis.shape[1], basis.shape[1]))
    for first in range(0, len(X), _ROWS_AT_ONCE):
        block = X[first : first + _ROWS_AT_ONCE] - mean
        block = block * np.diag(basis) if diagonal else block @ basis
        total += block.T @ block
    result: Array = total / len(X)
    return result


def _powers_of_two(sizes: Array) -> Array:
    """Return a power of two near each size, so that scaling by it rounds nothing; 1 for a size of 0."""
    result: Array = np.exp2(np.floor(np.log2(np.where(sizes > 0, sizes, 1.0))))
    return result
