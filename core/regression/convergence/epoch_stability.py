"""The largest learning rate for which the minibatches of an epoch are stable, its shorter last one included."""

from dataclasses import dataclass

import numpy as np

from core.regression.data.minibatches import updates_per_epoch
from core.regression.data.standardizer import fit_scaling
from core.regression.data.validation import Array, ArrayLike, check_array
from core.regression.sgd.stability import FLAT, batch_noise, safe_limit, stability_limit

_SMALL = 2_000_000  # rows times columns squared: the exact limit of a batch size takes some 30 ms
_MOST_DIRECTIONS = 30  # moments of so many have 465 entries: an epoch of them is a small matrix
_ENOUGH = 1e-3  # relative
_TURNS = 60


@dataclass(frozen=True)
class EpochStability:
    """The largest rate that the minibatches of an epoch tolerate.

    Attributes:
        limit: that rate.
        last: the rows in the last minibatch.
        exact: whether `limit` is the limit itself; otherwise it is a rate below it that works as well, since the limit
            takes long to find.
    """

    limit: float
    last: int
    exact: bool


def epoch_stability(
    X: ArrayLike, batch_size: int, standardise: bool = False, penalty: float = 0.0
) -> EpochStability | None:
    """Return the stability limit for the minibatches of rows X (n, d); None when all rows are in one batch.

    A shorter last minibatch is noisier than the others, and makes the limit that of the whole epoch: the second moment
    M of the error has to shrink from one epoch to the next (see `stability_limit` for what one update does to it).
    Raises InputError as `stability_limit` does.
    """
    matrix = check_array(X)
    n, d = matrix.shape
    if batch_size >= n:
        return None
    trained = fit_scaling(matrix).transform(matrix) if standardise else matrix
    last = n % batch_size or batch_size
    if n * d**2 > _SMALL:
        return EpochStability(
            min(safe_limit(trained, size, penalty=penalty) for size in (batch_size, last)), last, False
        )
    high = stability_limit(trained, batch_size, penalty=penalty)
    if last == batch_size:
        return EpochStability(high, last, True)
    low = stability_limit(trained, last, penalty=penalty)
    if d >= _MOST_DIRECTIONS:
        return EpochStability(low, last, False)
    return EpochStability(_limit_of_an_epoch(trained, batch_size, penalty, low, high), last, True)


def _limit_of_an_epoch(X: Array, batch_size: int, penalty: float, low: float, high: float) -> float:
    """Return the limit of an epoch, by bisection between the limits of both kinds of minibatches."""
    size = max(float(np.abs(X).max()), 1.0)  # fourth powers of large values would overflow
    moments = _pose_moments(np.column_stack([X, np.ones(len(X))]) / size, penalty / size**2)
    low, high = low * size**2, high * size**2
    while high - low > _ENOUGH * low:
        middle = (low + high) / 2.0
        low, high = (middle, high) if moments.growth(middle, batch_size) < 1 else (low, middle)
    return low / size**2


@dataclass(frozen=True, eq=False)
class _Moments:
    """Second moments of the error as vectors (s,), along the eigenvectors of the Hessian with the penalty.

    An update turns M into M - η (AM + MA) + η² (AMA + p · (mean of x xᵀM x xᵀ - HMH)): `linear` (s,) and `square` (s,)
    scale the entries as AM + MA and AMA do, `scatter` (s, s) is what p multiplies.
    """

    rows: int
    identity: Array
    linear: Array
    square: Array
    scatter: Array

    def growth(self, rate: float, batch_size: int) -> float:
        """Return the factor by which an epoch multiplies the moment in the long run, by the power method."""
        values, vectors = np.linalg.eigh(self._update(rate, batch_size))
        full = values ** (updates_per_epoch(self.rows, batch_size) - 1)
        last = self._update(rate, self.rows % batch_size)
        moment, grown = self.identity / np.linalg.norm(self.identity), 0.0
        for _turn in range(_TURNS):  # second moments stay in their cone, and the first one lies inside it
            moment = last @ (vectors @ (full * (vectors.T @ moment)))
            grown = float(np.linalg.norm(moment))
            if grown == 0:
                break
            moment = moment / grown
        return grown

    def _update(self, rate: float, batch_size: int) -> Array:
        result: Array = np.diag(1.0 - rate * self.linear + rate**2 * self.square)
        return result + rate**2 * batch_noise(self.rows, batch_size) * self.scatter


def _pose_moments(rows: Array, penalty: float) -> _Moments:
    n, columns = rows.shape
    hessian = rows.T @ rows / n
    curvature, directions = np.linalg.eigh(hessian + penalty * np.diag(np.append(np.ones(columns - 1), 0.0)))
    kept = curvature > FLAT * curvature[-1]
    curvature, along = curvature[kept], rows @ directions[:, kept]
    upper = np.triu_indices(len(curvature))
    weight = np.where(upper[0] == upper[1], 1.0, np.sqrt(2.0))  # so that lengths are those of the matrices
    products = along[:, upper[0]] * along[:, upper[1]] * weight
    turned = along.T @ along / n
    mixed = np.einsum("ik,jl->ijkl", turned, turned)[upper][:, *upper]
    swapped = np.einsum("il,jk->ijkl", turned, turned)[upper][:, *upper]
    pulled = (mixed + swapped) / 2.0 * np.outer(weight, weight)
    return _Moments(
        rows=n,
        identity=np.eye(len(curvature))[upper],
        linear=curvature[upper[0]] + curvature[upper[1]],
        square=curvature[upper[0]] * curvature[upper[1]],
        scatter=products.T @ products / n - pulled,
    )
