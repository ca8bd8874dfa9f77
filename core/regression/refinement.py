"""Iterative refinement: solve roughly, measure in double-double what is left, solve roughly for that, and add.

Å. Björck (1967), "Iterative refinement of linear least squares solutions I", BIT 7, for what it reaches; G. H. Golub &
J. H. Wilkinson (1966), "Note on the iterative refinement of least squares solution", Numer. Math. 9, for why the
residuals of all rows have to be carried in the higher precision.
"""

from dataclasses import dataclass

import numpy as np

from core.regression.exact import misfit, two_sum
from core.regression.inputs import Array

_MOST_ROUNDS = 8
_ENOUGH_DIGITS = 17.0
_NO_RESIDUAL = 2.0**-140  # of the squared label: below what one rounding in one of a million rows would leave
_SETTLED = 1e-13  # a last step that explains no more than this share of the residual square changes none of its digits


@dataclass(frozen=True, eq=False)
class Preconditioner:
    """An approximate solver for r columns: change = inverse inverse' X'r, the columns scaled to length 1.

    columns: the indices, 0 being the intercept if there is one. inverse: (r, r). lengths: (r,).
    condition: of the scaled columns. rate: the share of an error that one round is expected to leave.
    """

    columns: list[int]
    inverse: Array
    lengths: Array
    condition: float
    rate: float

    def leading(self, count: int) -> "Preconditioner":
        """Return the solver for the first columns alone."""
        return Preconditioner(
            self.columns[:count], self.inverse[:count, :count], self.lengths[:count], self.condition, self.rate
        )


@dataclass(frozen=True, eq=False)
class Refined:
    """Coefficients (2, r) in double-double, the residual sum of squares, and how many digits of each are sure."""

    coefficients: Array
    square: float
    digits: float


def refine(
    X: Array, target: Array, intercept: bool, solver: Preconditioner, start: Array, target_length: float
) -> Refined:
    """Refine coefficients `start` (r,) of a target (n,) until no more digits can be won."""
    pair = np.stack([start, np.zeros_like(start)])
    rate, previous = solver.rate, np.inf
    for _round in range(_MOST_ROUNDS):
        gradient, square = _measure(X, target, intercept, solver, pair)
        change = solver.inverse @ (solver.inverse.T @ gradient)
        pair = _add(pair, change / solver.lengths)
        step = float(np.linalg.norm(change))
        rate = max(rate, step / previous)
        explained = float(gradient @ change)
        square = square - explained if square > _NO_RESIDUAL * target_length**2 else 0.0
        scaled = pair[0] * solver.lengths
        noise = 2.0**-98 * solver.condition**2 * (target_length + np.abs(scaled).sum())
        doubt = rate * step + noise
        digits = _digits(scaled, doubt)
        if (digits >= _ENOUGH_DIGITS and explained <= _SETTLED * square) or step >= previous / 2:
            break
        previous = step
    pair[:, np.abs(scaled) <= 4 * doubt] = 0.0
    return Refined(pair, max(square, 0.0), digits)


def _measure(X: Array, target: Array, intercept: bool, solver: Preconditioner, pair: Array) -> tuple[Array, float]:
    """Return the inner products of the scaled columns with the residuals, and the square of these."""
    first = int(intercept)
    columns = [column - first for column in solver.columns[first:]]
    every = slice(None) if len(columns) == X.shape[1] else columns
    left = misfit(X, target, pair[:, first:], pair[:, 0] if intercept else np.zeros(2), every)
    products = np.concatenate([[left.total], left.products]) if intercept else left.products
    return products / solver.lengths, left.square


def _add(pair: Array, change: Array) -> Array:
    """Add float64 numbers to double-double ones."""
    sums = [two_sum(high, more) for high, more in zip(*(row.tolist() for row in (pair[0], change)), strict=True)]
    high, error = np.array(sums).reshape(-1, 2).T
    both = [two_sum(a, b) for a, b in zip(high.tolist(), (pair[1] + error).tolist(), strict=True)]
    result: Array = np.array(both).reshape(-1, 2).T
    return result


def _digits(values: Array, doubt: float) -> float:
    """Return how many decimal digits of the smallest value that is not zero stand above the doubt."""
    sizes = np.abs(values)[np.abs(values) > 4 * doubt]
    return float(np.log10(sizes.min() / doubt)) if len(sizes) and doubt > 0 else np.inf
