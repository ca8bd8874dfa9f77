"""The largest learning rate at which descent is stable."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from core.regression.data.validation import Array, ArrayLike, check_array, check_count
from core.regression.linalg.row_blocks import inner_products, row_blocks

FLAT = 1e-13  # directions with less than this share of the largest curvature count as flat


def stability_limit(
    X: ArrayLike, batch_size: int | None = None, intercept: bool = True, *, penalty: float = 0.0
) -> float:
    """Return the largest learning rate at which descent on the rows of X (n, d) still converges.

    Without `batch_size`, or with all rows in one batch, that is 2/λ_max for H = [X 1]ᵀ[X 1]/n (without the column of
    ones if `intercept` is False): each update multiplies the error along an eigenvector by 1 - ηλ.

    With a batch size the mean square of the error has to shrink too, though each update sees its own Hessian. For
    minibatches of B rows drawn without replacement the second moment M of the error becomes M - 2η C(M) + η² D(M), with
    C(M) = (HM + MH)/2 and D(M) = (1 - p) HMH + p · mean of x xᵀM x xᵀ and p = (n - B)/(B(n - 1)); it shrinks exactly
    for η below 2/λ_max(C⁻¹D) (Mulayoff and Michaeli 2024, "Exact mean square linear stability analysis for SGD"). A
    shorter last batch, and the gentler order of shuffled epochs, are left out. A `penalty` on the squares of the
    weights adds to H on the diagonal, the bias left out: then A = H + penalty takes the place of H, and D(M) is
    AMA + p · (mean of x xᵀM x xᵀ - HMH).

    If every value is 0 and there is no intercept, no rate is too large: the limit is infinity.
    Raises InputError for NaN, infinity, no rows, no columns, or a batch size outside 1 … n.

    >>> stability_limit([[1.0], [-1.0]])
    2.0
    >>> stability_limit([[3.0], [-3.0]]) == 2 / 9
    True
    """
    matrix = check_array(X)
    batch = len(matrix) if batch_size is None else check_count(batch_size, "batch_size", len(matrix))
    # squares and fourth powers of large values would overflow
    size = max(float(matrix.max()), -float(matrix.min()), 1.0 if intercept else 0.0)
    if size == 0:
        return float("inf")
    rows = _Rows(matrix, intercept, 1.0 / size)
    eigenvalues, vectors = rows.spectrum(penalty / size / size)
    largest = eigenvalues[-1]
    if batch < len(matrix):
        kept = eigenvalues > FLAT * eigenvalues[-1]
        turned = np.concatenate([block @ vectors[:, kept] for block in rows.blocks()])
        hessian = turned.T @ turned / len(matrix) if penalty else np.diag(eigenvalues[kept])
        largest = _largest_ratio(turned, eigenvalues[kept], hessian, batch_noise(len(matrix), batch))
    return float(2.0 / largest / size / size)


def safe_limit(X: Array, batch_size: int, *, penalty: float = 0.0) -> float:
    """Return a rate at which minibatches converge in the mean square: a bound that takes less work than the limit.

    With p as in `stability_limit`, the trace of M shrinks for every rate below 2/((1 - p) λ_max + p · max ‖[x 1]‖²),
    since xᵀM x ‖x‖² is at most xᵀM x times the largest ‖x‖². With a penalty, (1 - p) is left out.
    """
    noise = batch_noise(len(X), batch_size)
    largest_row = float(np.einsum("ij,ij->i", X, X).max()) + 1.0
    share = 1.0 if penalty else 1.0 - noise
    return 2.0 / (share * 2.0 / stability_limit(X, penalty=penalty) + noise * largest_row)


@dataclass(frozen=True, eq=False)
class _Rows:
    """The rows [x 1] of X (n, d), or x without an intercept, times a factor; made block by block, never all at once."""

    X: Array
    intercept: bool
    factor: float

    def blocks(self) -> Iterator[Array]:
        for block in row_blocks(self.X):
            scaled = block * self.factor
            yield np.column_stack([scaled, np.full(len(block), self.factor)]) if self.intercept else scaled

    def spectrum(self, penalty: float = 0.0) -> tuple[Array, Array]:
        """Return the eigenvalues (k,) of the mean of x xᵀ, ascending, and the eigenvectors (columns, k).

        The penalty is added on the diagonal, but for the intercept.
        """
        n, columns = len(self.X), self.X.shape[1] + self.intercept
        if columns > n and not penalty:
            _left, values, right = np.linalg.svd(np.concatenate(list(self.blocks())), full_matrices=False)
            return np.square(values[::-1]) / n, right[::-1].T
        pull = np.diag(np.append(np.full(self.X.shape[1], penalty), np.zeros(int(self.intercept))))
        eigenvalues, vectors = np.linalg.eigh(inner_products(self.blocks(), columns) / n + pull)
        return np.maximum(eigenvalues, 0.0), vectors


def _largest_ratio(rows: Array, curvature: Array, hessian: Array, noise: float) -> float:
    """Return λ_max(C⁻¹D) for rows (n, k), and H (k, k), given along the eigenvectors of A.

    There C only scales each entry; curvature (k,) are the eigenvalues of A.
    """
    root = np.sqrt((curvature[:, None] + curvature) / 2.0)

    def scaled_moment(flat: Array) -> Array:
        moment = flat.reshape(root.shape) / root
        scatter = fourth_moment(rows, moment) - hessian @ moment @ hessian
        mixed = curvature[:, None] * moment * curvature + noise * scatter
        result: Array = (mixed / root).ravel()
        return result

    return _largest_eigenvalue(scaled_moment, np.diag(np.sqrt(curvature)).ravel())


def fourth_moment(rows: Array, moment: Array) -> Array:
    """Return the mean over the rows x (n, k) of x xᵀM x xᵀ, shape (k, k)."""
    total = np.zeros_like(moment)
    for block in row_blocks(rows):
        total += (block * np.einsum("ij,ij->i", block @ moment, block)[:, None]).T @ block
    result: Array = total / len(rows)
    return result


def batch_noise(n: int, batch_size: int) -> float:
    """Return the variance of a mean over rows drawn without replacement, as a share of that of one row."""
    return 0.0 if batch_size == n else (n - batch_size) / (batch_size * (n - 1))


def _largest_eigenvalue(apply: Callable[[Array], Array], start: Array, tolerance: float = 1e-6) -> float:
    """Return the largest eigenvalue of a symmetric positive operator by the method of Lanczos.

    `start` must not be orthogonal to the eigenvector. The operator here keeps the cone of positive semidefinite
    matrices, so its top eigenvector lies in it, and a positive definite start cannot be orthogonal to that.
    """
    basis = [start / np.linalg.norm(start)]
    diagonal: list[float] = []
    beside: list[float] = []
    while True:
        vector = apply(basis[-1])
        diagonal.append(float(vector @ basis[-1]))
        for _round in range(2):  # twice is enough to stay orthogonal
            for known in basis:
                vector = vector - (vector @ known) * known
        length = float(np.linalg.norm(vector))
        values, vectors = np.linalg.eigh(np.diag(diagonal) + np.diag(beside, 1) + np.diag(beside, -1))
        if length * abs(vectors[-1, -1]) <= tolerance * values[-1] or len(basis) == start.size:
            return float(values[-1])
        beside.append(length)
        basis.append(vector / length)
