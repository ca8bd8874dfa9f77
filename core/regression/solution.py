"""From columns to a solution: the road is chosen here."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

import numpy as np

from core.language import _
from core.regression.dependencies import describe
from core.regression.elimination import Elimination, eliminate, to_float
from core.regression.gram import ExactGram, exact_gram
from core.regression.inference import Squares
from core.regression.inputs import Array
from core.regression.rank import smallest_solution

FULL_DIGITS = 53 * log10(2)  # what one rounding to float64 leaves
_NEGLIGIBLE = 2.0**-40  # a smaller share of a column, in units of its length, is rounding and not a relation


@dataclass(frozen=True, eq=False)
class Solution:
    """What a solver returns. The intercept, if there is one, comes first in coefficients (p,) and null_space (p, k)."""

    coefficients: Array
    squares: Squares
    loss: float
    condition_number: float
    digits: float
    method: str
    null_space: Array
    dependencies: tuple[str, ...]


def solve(X: Array, y: Array, intercept: bool, names: Sequence[str]) -> Solution:
    """Solve least squares for X (n, d) and y (n,) on the road that the condition of the columns asks for."""
    return solve_exactly(X, y, intercept, names)


def solve_exactly(X: Array, y: Array, intercept: bool, names: Sequence[str]) -> Solution:
    """Solve least squares from the exact Gram matrix, whatever the condition and the rank."""
    gram = exact_gram(X, y, intercept)
    elimination = eliminate(gram)
    exponents = elimination.exponents
    smallest = smallest_solution(elimination)
    label = int(exponents[-1])
    squares = Squares(
        residual=elimination.residual_square if len(elimination.independent) < len(X) else 0.0,
        total=_total_square(gram, intercept, label),
        exponent=label,
        rows=len(X),
        rank=len(elimination.independent),
        unit_errors=_unit_errors(elimination, smallest.null_space),
    )
    return Solution(
        coefficients=smallest.coefficients,
        squares=squares,
        loss=half_mean_square(squares),
        condition_number=_condition_number(elimination),
        digits=min(elimination.digits, FULL_DIGITS),
        method=_("exact inner products, elimination with {bits} bits").format(bits=elimination.bits),
        null_space=smallest.null_space,
        dependencies=_dependencies(elimination, intercept, names),
    )


def half_mean_square(squares: Squares) -> float:
    """Return the book's loss, half the mean squared error, in the units of the table; infinite if too large for it."""
    with np.errstate(over="ignore"):
        return float(np.ldexp(squares.residual / (2 * squares.rows), 2 * squares.exponent))


def _total_square(gram: ExactGram, intercept: bool, label: int) -> float:
    """Return the sum of squares of the label, about its mean with an intercept, in units of 2^(2 label)."""
    square, products = int(gram.products[-1, -1]), gram.products
    below = 1
    if intercept:
        below = int(products[0, 0])
        square = square * below - int(products[0, -1]) ** 2
    shift = 2 * (label - int(gram.exponents[-1]))
    return square / (below << shift)


def _unit_errors(elimination: Elimination, null_space: Array) -> Array:
    """Return the roots of the diagonal of the (pseudo)inverse Gram matrix, times the scale of the label."""
    exponents = elimination.exponents[:-1].astype(np.int64)
    lowest = exponents.min()
    factor = np.zeros((len(exponents), len(elimination.independent)))
    factor[elimination.independent] = elimination.inverse
    if null_space.shape[1]:
        factor = np.ldexp(factor, (lowest - exponents)[:, None])
        for _pass in range(2):
            factor = factor - null_space @ (null_space.T @ factor)
        exponents = np.full_like(exponents, lowest)
    result: Array = np.ldexp(np.linalg.norm(factor, axis=1), int(elimination.exponents[-1]) - exponents)
    return result


def _condition_number(elimination: Elimination) -> float:
    """Return the 2-norm condition number of the columns scaled to length 1."""
    if elimination.dependent:
        return np.inf
    inverse = elimination.inverse * elimination.lengths[:, None]
    return float(np.linalg.norm(inverse, 2) * elimination.norm)


def _dependencies(elimination: Elimination, intercept: bool, names: Sequence[str]) -> tuple[str, ...]:
    """Put every dependent column into a sentence."""
    exponents, lengths, first = elimination.exponents, elimination.lengths, int(intercept)
    sentences = []
    for column, relation in zip(elimination.dependent, elimination.relations, strict=True):
        others = np.array(elimination.independent[: len(relation)], dtype=np.int64)
        shares = to_float(relation, -elimination.bits)
        factors = to_float(relation, exponents[column] - exponents[others] - elimination.bits)
        kept = np.abs(shares) * lengths[others] > _NEGLIGIBLE * lengths[column]
        constant = sum(factors[kept & (others < first)].tolist())
        terms = [
            (float(factors[index]), names[others[index] - first]) for index in np.flatnonzero(kept & (others >= first))
        ]
        sentences.append(describe(names[column - first], constant, terms))
    return tuple(sentences)
