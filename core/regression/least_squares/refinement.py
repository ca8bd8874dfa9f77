"""Iterative refinement: solve approximately, compute the residual in double-double, solve for it, and add.

G. H. Golub & J. H. Wilkinson (1966), "Note on the iterative refinement of least squares solution", Numer. Math. 9;
Å. Björck (1967), "Iterative refinement of linear least squares solutions I", BIT 7: the residuals of the rows have to
be carried in the higher precision too, or a large residual makes the solution inaccurate.
"""

from dataclasses import dataclass

import numpy as np

from core.regression.data.validation import Array
from core.regression.linalg.double_double import misfit, two_sum

_MOST_ROUNDS = 8
_ENOUGH_DIGITS = 17.0
_NO_RESIDUAL = 2.0**-140  # of the squared label: less than a single rounding in a million rows would leave
_SETTLED = 1e-13  # a step that explains no more than this share of the residual square changes none of its digits
_ARITHMETIC = 2.0**-100  # what double-double arithmetic and the sums over rows may lose


@dataclass(frozen=True, eq=False)
class Preconditioner:
    """An approximate solver for r columns A: the change is inverse inverse' A'r.

    Attributes:
        columns: the indices, 0 being the intercept if there is one.
        inverse (r, r): upper triangular, A inverse having nearly orthonormal columns.
        lengths (r,): of the columns.
        rate: the share of an error that one round may leave.
    """

    columns: list[int]
    inverse: Array
    lengths: Array
    rate: float

    def leading(self, count: int) -> "Preconditioner":
        """Return the solver for the first columns alone."""
        return Preconditioner(self.columns[:count], self.inverse[:count, :count], self.lengths[:count], self.rate)


@dataclass(frozen=True, eq=False)
class Refined:
    """Coefficients after refinement.

    Attributes:
        coefficients (2, r): in double-double.
        square: the residual sum of squares.
        digits: how many of each coefficient are sure.
    """

    coefficients: Array
    square: float
    digits: float


def refine(X: Array, target: Array, intercept: bool, solver: Preconditioner, start: Array, length: float) -> Refined:
    """Refine coefficients `start` (r,) of a target (n,) of this length until no more digits can be gained.

    What a round leaves is estimated from the last step and the rate seen so far, and shared out to the coefficients as
    an error in the labels would be: by the lengths of the rows of the inverse factor. A coefficient that is zero, or
    too small for this arithmetic to distinguish from zero, is set to zero, and no digit is sure.
    """
    pair = np.stack([start, np.zeros_like(start)])
    reach = np.sqrt(np.square(solver.inverse).sum(axis=1))
    rate, previous = solver.rate, np.inf
    for _round in range(_MOST_ROUNDS):
        gradient, square = _measure(X, target, intercept, solver, pair)
        along = solver.inverse.T @ gradient
        pair = _add(pair, solver.inverse @ along)
        step = float(np.linalg.norm(along))
        rate = max(rate, step / previous)
        residual = float(np.sqrt(square))
        square = square - step**2 if square > _NO_RESIDUAL * length**2 else 0.0
        noise = _ARITHMETIC * (length + np.abs(pair[0]) @ solver.lengths + (reach @ solver.lengths) * residual)
        doubt = reach * (rate * step + noise)
        digits = _digits(pair[0], doubt)
        settled = digits >= _ENOUGH_DIGITS and step**2 <= _SETTLED * square
        if settled or step >= previous / 2 or step == 0:
            break
        previous = step
    none = np.abs(pair[0]) <= 4 * doubt
    pair[:, none] = 0.0
    return Refined(pair, max(square, 0.0), 0.0 if none.any() else digits)


def _measure(X: Array, target: Array, intercept: bool, solver: Preconditioner, pair: Array) -> tuple[Array, float]:
    """Return the inner products of the columns with the residuals, and the square of these."""
    first = int(intercept)
    used = np.array(solver.columns[first:], dtype=np.int64) - first
    bias = pair[:, 0] if intercept else np.zeros(2)
    if 2 * len(used) < X.shape[1]:
        left = misfit(X, target, pair[:, first:], bias, used)
        products = left.products
    else:  # a weight of 0 costs less than a copy of the other columns
        weights = np.zeros((2, X.shape[1]))
        weights[:, used] = pair[:, first:]
        left = misfit(X, target, weights, bias)
        products = left.products[used]
    return np.concatenate([[left.total], products]) if intercept else products, left.square


def _add(pair: Array, change: Array) -> Array:
    """Add float64 numbers to double-double ones."""
    sums = [_add_one(*numbers) for numbers in zip(*pair.tolist(), change.tolist(), strict=True)]
    result: Array = np.array(sums, dtype=np.float64).reshape(-1, 2).T
    return result


def _add_one(high: float, low: float, change: float) -> tuple[float, float]:
    total, error = two_sum(high, change)
    return two_sum(total, low + error)


def _digits(values: Array, doubt: Array) -> float:
    """Return how many decimal digits of every value that is not zero are above the uncertainty."""
    sure = np.abs(values) > 4 * doubt
    with np.errstate(divide="ignore"):
        return float(np.log10((np.abs(values) / doubt)[sure]).min(initial=np.inf)) if sure.any() else np.inf
