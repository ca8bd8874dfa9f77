"""From columns to a solution: chooses between the float and the exact solver."""

from dataclasses import dataclass, replace
from math import log10

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _
from core.regression.data.validation import LARGEST_VALUE, Array
from core.regression.least_squares.exact_solver import eliminate, exact_gram
from core.regression.least_squares.factored_system import FactoredSystem, to_float
from core.regression.least_squares.float_solver import factor_in_float
from core.regression.least_squares.linear_dependence import LinearDependence
from core.regression.least_squares.null_space import minimum_norm_solution
from core.regression.least_squares.standard_errors import Squares
from core.regression.linalg.quadratic_form import fit_quadratic_form

FULL_DIGITS = 53 * log10(2)  # what one rounding to float64 leaves
_MOSTLY_NOISE = 0.9  # of the total: what is explained would lose digits as a difference
_NEGLIGIBLE = 2.0**-40  # a smaller share of a column, in units of its length, is rounding and no dependence


@dataclass(frozen=True, eq=False)
class Solution:
    """What a solver returns. The intercept, if there is one, comes first.

    Attributes:
        coefficients (p,): of smallest norm if many fit equally well.
        squares: what inference needs.
        loss: half the mean squared error.
        condition_number: of the columns scaled to length 1.
        digits: how many significant digits of each coefficient are guaranteed.
        method: the solver used, in words.
        null_space (p, k): orthonormal.
        determined (p,): which coefficients no move along the null space changes.
        relations: one for every linearly dependent feature.
    """

    coefficients: Array
    squares: Squares
    loss: float
    condition_number: float
    digits: float
    method: str
    null_space: Array
    determined: npt.NDArray[np.bool_]
    relations: tuple[LinearDependence, ...]


def solve(X: Array, y: Array, intercept: bool) -> Solution:
    """Solve least squares for X (n, d) and y (n,): in floats if the condition allows, else exactly."""
    reduction = factor_in_float(X, y, intercept) or eliminate(exact_gram(X, y, intercept), intercept)
    smallest = minimum_norm_solution(reduction)
    check_finite(smallest.coefficients)
    rank = len(reduction.independent)
    squares = Squares(
        residual=reduction.residual_square if rank < len(X) else 0.0,
        total=reduction.total_square,
        exponent=int(reduction.exponents[-1]),
        rows=len(X),
        rank=rank,
        unit_errors=_unit_errors(reduction, smallest.null_space),
    )
    if intercept and squares.residual > _MOSTLY_NOISE * squares.total and np.abs(X).max() <= LARGEST_VALUE:
        squares = replace(squares, explained=_explained(X, smallest.coefficients[1:], squares))
    return Solution(
        coefficients=smallest.coefficients,
        squares=squares,
        loss=_half_mean_square(squares),
        condition_number=_condition_number(reduction),
        digits=_digits(reduction, smallest.coefficients),
        method=reduction.method,
        null_space=smallest.null_space,
        determined=_determined(reduction, smallest.null_space),
        relations=_relations(reduction, intercept),
    )


def check_finite(values: Array) -> Array:
    """Return the values, or raise InputError if some of them overflowed float64."""
    if not np.isfinite(values).all():
        raise InputError(_("The result is too large for float64; divide the columns or the labels by a power of ten."))
    return values


def _digits(reduction: FactoredSystem, coefficients: Array) -> float:
    """Return the digits that are sure after rounding: none of a coefficient that is too small for float64."""
    lost = np.abs(coefficients[reduction.independent]) < np.finfo(np.float64).tiny
    if not reduction.dependent and (lost & (reduction.coefficients != 0)).any():
        return 0.0
    return min(reduction.digits, FULL_DIGITS)


def _explained(X: Array, weights: Array, squares: Squares) -> float:
    """Return the sum of squares of the predictions about their mean, of the scaled label; 0 for constant columns."""
    if squares.rank == 1:
        return 0.0
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        along = fit_quadratic_form(np.ascontiguousarray(X)).factor @ np.ldexp(weights, -squares.exponent)
        explained = float(along @ along) * squares.rows
    return explained if np.isfinite(explained) else max(squares.total - squares.residual, 0.0)


def _half_mean_square(squares: Squares) -> float:
    """Return the book's loss, half the mean squared error, in the units of the table."""
    with np.errstate(over="ignore"):
        return float(check_finite(np.ldexp(squares.residual / (2 * squares.rows), 2 * squares.exponent)))


def _unit_errors(reduction: FactoredSystem, null_space: Array) -> Array:
    """Return the roots of the diagonal of the (pseudo)inverse Gram matrix, times the scale of the label."""
    exponents = reduction.exponents[:-1].astype(np.int64)
    lowest = exponents.min()
    factor = np.zeros((len(exponents), len(reduction.independent)))
    factor[reduction.independent] = reduction.inverse
    if null_space.shape[1]:
        factor = np.ldexp(factor, (lowest - exponents)[:, None])
        for _pass in range(2):
            factor = factor - null_space @ (null_space.T @ factor)
        exponents = np.full_like(exponents, lowest)
    with np.errstate(over="ignore"):
        result: Array = np.ldexp(np.linalg.norm(factor, axis=1), int(reduction.exponents[-1]) - exponents)
    return result


def _determined(reduction: FactoredSystem, null_space: Array) -> npt.NDArray[np.bool_]:
    """Return which coefficients stay where they are along the null space, up to rounding in units of the columns."""
    exponents = reduction.exponents[:-1].astype(np.int64)
    lengths = np.where(reduction.lengths > 0, reduction.lengths, 1.0)
    shares = np.abs(null_space) * np.ldexp(lengths, exponents - exponents.max())[:, None]
    largest = shares.max(axis=0, initial=0.0)
    return np.asarray(~(shares > _NEGLIGIBLE * largest).any(axis=1))


def _condition_number(reduction: FactoredSystem) -> float:
    """Return the 2-norm condition number of the columns scaled to length 1."""
    if reduction.dependent:
        return np.inf
    inverse = reduction.inverse * reduction.lengths[:, None]
    return max(1.0, float(np.linalg.norm(inverse, 2) * reduction.norm))


def _relations(reduction: FactoredSystem, intercept: bool) -> tuple[LinearDependence, ...]:
    """Return every dependent column as a combination of earlier ones; coefficients of mere rounding are left out."""
    exponents, lengths, first = reduction.exponents, reduction.lengths, int(intercept)
    relations = []
    for column, relation in zip(reduction.dependent, reduction.relations, strict=True):
        others = np.array(reduction.independent[: len(relation)], dtype=np.int64)
        shares = to_float(relation, -reduction.bits)
        factors = to_float(relation, exponents[column] - exponents[others] - reduction.bits)
        kept = np.abs(shares) * lengths[others] > _NEGLIGIBLE * lengths[column]
        constant = sum(factors[kept & (others < first)].tolist())
        terms = tuple(
            (float(factors[index]), int(others[index]) - first) for index in np.flatnonzero(kept & (others >= first))
        )
        relations.append(LinearDependence(column - first, float(constant), terms))
    return tuple(relations)
