"""Matrix factorisation on the cells seen: R ≈ P Qᵀ by alternating least squares, or by SGD; and the SVD of all cells.

The objective is Σ (rᵢⱼ − pᵢ·qⱼ)² over the cells seen, plus a penalty times the squares of all factors (Koren, Bell and
Volinsky 2009). Alternating least squares solves it exactly for the people, then for the things, and so on.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
LARGEST = 1e6  # times the largest rating; a prediction beyond it is a divergence


@dataclass(frozen=True, eq=False)
class Factors:
    """The factors of people and things: ratings are P Qᵀ.

    Attributes:
        P (n, k): a row for each person.
        Q (m, k): a row for each thing.
    """

    P: Array
    Q: Array

    @property
    def ratings(self) -> Array:
        """All ratings, P Qᵀ (n, m)."""
        return self.P @ self.Q.T


@dataclass(frozen=True, eq=False)
class Factorisation:
    """A run of a learner.

    Attributes:
        factors: at the start and after each epoch that was finite.
        diverged: the epoch in which the numbers grew beyond all bounds, or none.
    """

    factors: tuple[Factors, ...]
    diverged: int | None = None


def start_factors(seen: Array, rank: int, *, seed: int = 0) -> Factors:
    """Return random factors for ratings (n, m) with NaN where none is seen.

    The first column of each is √|mean| of the ratings seen (with the sign of the mean at the things), all have Gaussian
    noise with a tenth of the spread of √(mean square).
    """
    rng, given = np.random.default_rng(seed), seen[np.isfinite(seen)]
    spread = 0.1 * float(np.mean(given**2)) ** 0.25 if len(given) else 0.1
    P, Q = (rng.normal(0, spread or 0.1, (side, rank)) for side in seen.shape)
    mean = float(given.mean()) if len(given) else 0.0
    P[:, 0] += math.sqrt(abs(mean))
    Q[:, 0] += math.copysign(math.sqrt(abs(mean)), mean)
    return Factors(P, Q)


def objective(factors: Factors, seen: Array, penalty: float = 0.0) -> float:
    """Return Σ (rᵢⱼ − pᵢ·qⱼ)² over the ratings seen + penalty (Σ p² + Σ q²)."""
    errors = np.nan_to_num(seen - factors.ratings)
    return float((errors**2).sum() + penalty * ((factors.P**2).sum() + (factors.Q**2).sum()))


def gradient(factors: Factors, seen: Array, penalty: float = 0.0) -> Factors:
    """Return the derivatives of `objective` with respect to P and Q."""
    errors = np.nan_to_num(seen - factors.ratings)
    return Factors(
        -2 * errors @ factors.Q + 2 * penalty * factors.P, -2 * errors.T @ factors.P + 2 * penalty * factors.Q
    )


def solve_rows(seen: Array, Q: Array, penalty: float = 0.0) -> Array:
    """Return the factors P (n, k) that minimise the objective for fixed Q (m, k): ridge regression for each row.

    p = (Q'Q + penalty I)⁻¹ Q'r over the things rated in a row. Without a penalty it is least squares, of minimum norm
    where the ratings of a row are too few; a row without ratings has factors of 0.
    """
    k = Q.shape[1]
    P = np.zeros((len(seen), k))
    for p, row in zip(P, seen, strict=True):
        rated = np.isfinite(row)
        if not rated.any():
            continue
        if penalty > 0:
            p[:] = np.linalg.solve(Q[rated].T @ Q[rated] + penalty * np.eye(k), Q[rated].T @ row[rated])
        else:
            p[:] = np.linalg.lstsq(Q[rated], row[rated], rcond=1e-10)[0]
    return P


def alternate(seen: Array, start: Factors, *, penalty: float = 0.0, epochs: int = 30) -> Factorisation:
    """Solve for P with Q fixed, then for Q with P fixed, once an epoch; the objective never grows."""
    factors = [start]
    for _epoch in range(epochs):
        P = solve_rows(seen, factors[-1].Q, penalty)
        factors.append(Factors(P, solve_rows(seen.T, P, penalty)))
    return Factorisation(tuple(factors))


def descend(
    seen: Array, start: Factors, *, penalty: float = 0.0, rate: float = 0.02, epochs: int = 60, seed: int = 0
) -> Factorisation:
    """Run SGD: in each epoch all ratings seen in random order, one at a time (Funk 2006).

    With e = r − p·q: p += rate (e q − penalty p), and likewise q with the p of before. It stops before the epoch in
    which a prediction exceeds a million times the largest rating.
    """
    rng, cells = np.random.default_rng(seed), np.argwhere(np.isfinite(seen))
    limit = LARGEST * max(float(np.abs(seen[np.isfinite(seen)]).max(initial=0.0)), 1.0)
    factors, P, Q = [start], start.P.copy(), start.Q.copy()
    with np.errstate(over="ignore", invalid="ignore"):
        for epoch in range(1, epochs + 1):
            for i, j in rng.permutation(cells).tolist():
                p, q = P[i], Q[j]
                error = seen[i, j] - p @ q
                P[i], Q[j] = p + rate * (error * q - penalty * p), q + rate * (error * p - penalty * q)
            if not np.abs(P @ Q.T).max(initial=0.0) < limit:
                return Factorisation(tuple(factors), epoch)
            factors.append(Factors(P.copy(), Q.copy()))
    return Factorisation(tuple(factors))


def truncated_svd(values: Array, rank: int) -> Array:
    """Return the matrix (n, m) of a rank that is nearest to a full one in the sum of squares (Eckart and Young 1936).

    >>> truncated_svd(np.diag([3.0, 1.0]), 1).round(9).tolist()
    [[3.0, 0.0], [0.0, 0.0]]
    """
    left, sizes, right = np.linalg.svd(values, full_matrices=False)
    return np.asarray((left[:, :rank] * sizes[:rank]) @ right[:rank], dtype=np.float64)


def fill_unrated(predicted: Array, seen: Array) -> Array:
    """Return predictions (n, m) with those of rows and columns without any rating seen replaced.

    A row without one gets the mean rating of each column, a column without one that of each row, and where both are
    empty it is the mean of all ratings seen; of a column or row that has none of its own, too.
    """
    given = np.isfinite(seen)
    whole = float(seen[given].mean()) if given.any() else 0.0
    filled = predicted.copy()
    filled[~given.any(axis=1)] = column_means(seen)
    filled[:, ~given.any(axis=0)] = column_means(seen.T)[:, None]
    filled[np.ix_(~given.any(axis=1), ~given.any(axis=0))] = whole
    return filled


def column_means(seen: Array) -> Array:
    """Return the mean rating seen in each column (m,); of a column without one, the mean of all; 0 without any."""
    given = np.isfinite(seen)
    whole = float(seen[given].mean()) if given.any() else 0.0
    counts = given.sum(axis=0)
    return np.where(counts > 0, np.where(given, seen, 0.0).sum(axis=0) / np.maximum(counts, 1), whole)


def rmse(predicted: Array, values: Array, cells: Mask) -> float:
    """Return the root of the mean squared error over some cells; NaN if there are none."""
    errors = (predicted - values)[cells]
    return math.sqrt(float(np.mean(errors**2))) if len(errors) else math.nan
