"""The float solver, for columns of moderate condition: a triangular factor in float64, then refinement."""

from dataclasses import dataclass

import numpy as np

from core.language import _
from core.regression.data.validation import Array
from core.regression.least_squares.cholesky import Columns, Triangle, factorise, sharpen, shifted_columns
from core.regression.least_squares.factored_system import ROUNDING, FactoredSystem, largest_singular_value, to_fixed
from core.regression.least_squares.refinement import Preconditioner, Refined, refine
from core.regression.linalg.double_double import misfit

_BITS = 256
_SAFE_SCALE = 1e150  # lengths beyond this, or below its inverse, could lose products to overflow and underflow
_WORST_LOSS = 2.0**-38  # of normal equations; with more the factor is computed once more
_WORST_SHIFTED_CONDITION, _WORST_CONDITION = 1e6, 1e13  # the latter far enough from where rank gets lost
_FEWEST_DIGITS = 15.0
_MARGIN = 4.0  # of the estimated rate of refinement
_EPSILON = float(np.finfo(np.float64).eps)
_MOST_SIMPLE_TERMS = 32
_SIMPLE_DENOMINATOR = 2520  # a multiple of all numbers up to 10


@dataclass(frozen=True, eq=False)
class _Sizes:
    """Gram matrix of the columns as given, their lengths, and those after the shift; all of the p columns but y.

    label, total: the length of y, and its square about the mean if there is an intercept.
    """

    gram: Array
    lengths: Array
    shifted: Array
    label: float
    total: float


def factor_in_float(X: Array, y: Array, intercept: bool) -> FactoredSystem | None:
    """Regress y (n,) on X (n, d), or return None if scale or condition of the columns need exact arithmetic."""
    columns = shifted_columns(X, y, intercept)
    gram = columns.gram()
    sizes = _measure_sizes(columns, gram)
    if sizes is None:
        return None
    triangle = factorise(gram[:-1, :-1] / sizes.shifted / sizes.shifted[:, None], len(X))
    if triangle.condition > _WORST_SHIFTED_CONDITION:
        return None
    loss = len(gram) * _EPSILON * triangle.condition**2
    sharp = loss > _WORST_LOSS
    if sharp:
        triangle = sharpen(triangle, columns, sizes.shifted)
        loss = len(gram) * _EPSILON * triangle.condition
    solver = _unshifted(columns, triangle, sizes, loss)
    relations = None if solver is None else _relations(columns, triangle, solver, sizes)
    if solver is None or relations is None:
        return None
    fit = refine(X, y, intercept, solver, _start(columns, triangle, gram, sizes), sizes.label)
    if fit.digits < _FEWEST_DIGITS:
        return None
    return _reduction(columns, triangle, solver, sizes, relations, fit, sharp)


def _start(columns: Columns, triangle: Triangle, gram: Array, sizes: _Sizes) -> Array:
    """Return the solution of the normal equations of the shifted columns, for the columns as given."""
    independent = triangle.independent
    products = gram[independent, -1] / sizes.shifted[independent]
    start: Array = triangle.inverse @ (triangle.inverse.T @ products) / sizes.shifted[independent]
    return _unshift(columns, independent, start, float(columns.shift[-1]))


def _unshift(columns: Columns, independent: list[int], coefficients: Array, shift: float) -> Array:
    """Return the coefficients for the columns and a target as given, from those of a target less its own shift."""
    if columns.intercept:
        coefficients[0] += shift - columns.shift[independent] @ coefficients
    return coefficients


def _given(columns: Columns, gram: Array) -> Array:
    """Return the Gram matrix of the columns and y as given from that of the shifted ones."""
    back = np.eye(len(gram))
    back[0] += columns.shift
    with np.errstate(over="ignore", invalid="ignore"):
        result: Array = back.T @ gram @ back
    return result


def _measure_sizes(columns: Columns, gram: Array) -> _Sizes | None:
    """Return the lengths of the columns, 1 for a column of zeros, or None if their squares are beyond float64."""
    given = _given(columns, gram)
    if not np.isfinite(given).all():
        return None
    lengths, shifted = np.sqrt(np.abs(given.diagonal())), np.sqrt(gram.diagonal())
    for index in np.flatnonzero(shifted == 0):
        column = columns.y if index == len(gram) - 1 else columns.X[:, index - columns.intercept]
        if (column != columns.shift[index]).any():
            return None
        shifted[index] = 1.0
        lengths[index] = 1.0 if columns.shift[index] == 0 else lengths[index]
    both = np.concatenate([lengths, shifted])
    safe = (both < _SAFE_SCALE) & (both > 1 / _SAFE_SCALE)
    if not safe.all():
        return None
    total = gram[-1, -1] - (gram[0, -1] ** 2 / gram[0, 0] if columns.intercept else 0.0)
    return _Sizes(given[:-1, :-1], lengths[:-1], shifted[:-1], float(lengths[-1]), float(max(total, 0.0)))


def _unshifted(columns: Columns, triangle: Triangle, sizes: _Sizes, loss: float) -> Preconditioner | None:
    """Return the solver for the columns as given: they are the shifted ones plus the shift times the intercept.

    Undoing the shift rounds, too; that error grows with the condition of the columns as given, not with its square.
    None if that condition is too large for this solver.
    """
    independent = triangle.independent
    inverse = triangle.inverse / sizes.shifted[independent, None]
    if columns.intercept:
        inverse[0] -= columns.shift[independent] @ inverse
    lengths = sizes.lengths[independent]
    condition = float(np.linalg.norm(inverse * lengths[:, None]))
    rate = _MARGIN * (loss + len(lengths) * _EPSILON * condition)
    return Preconditioner(independent, inverse, lengths, rate) if condition < _WORST_CONDITION else None


def _relations(columns: Columns, triangle: Triangle, solver: Preconditioner, sizes: _Sizes) -> list[Array] | None:
    """Return the coefficients (2, r) of every suspect, or None if one of them does not depend on the others."""
    relations = []
    for column, shares in zip(triangle.suspects, triangle.shares.T, strict=True):
        before = solver.leading(int(np.searchsorted(triangle.independent, column)))
        start = shares[: len(before.columns)] * sizes.shifted[column] / sizes.shifted[before.columns]
        start = _unshift(columns, before.columns, start, float(columns.shift[column]))
        target = columns.X[:, column - columns.intercept]
        found = _simple_relation(columns, target, before, start)
        if found is None:
            found = refine(columns.X, target, columns.intercept, before, start, float(sizes.lengths[column]))
        parts = found.coefficients[0] * before.lengths
        if found.square > ROUNDING**2 * (sizes.lengths[column] ** 2 + parts @ parts):
            return None
        relations.append(found.coefficients)
    return relations


def _simple_relation(columns: Columns, target: Array, solver: Preconditioner, start: Array) -> Refined | None:
    """Return the coefficients as whole numbers or simple fractions if these leave no residual at all.

    Indicators of categories are such columns; one look at the few columns concerned then replaces the refinement.
    """
    first = int(columns.intercept)
    simple = np.rint(start * _SIMPLE_DENOMINATOR) / _SIMPLE_DENOMINATOR
    involved = first + np.flatnonzero(simple[first:])
    if len(involved) > _MOST_SIMPLE_TERMS or not np.allclose(simple, start, rtol=1e-6, atol=1e-6):
        return None
    pair = np.stack([simple, np.zeros_like(simple)])
    bias = pair[:, 0] if columns.intercept else np.zeros(2)
    used = np.array(solver.columns, dtype=np.int64)[involved] - first
    left = misfit(columns.X, target, pair[:, involved], bias, used)
    return Refined(pair, 0.0, np.inf) if left.square == 0 else None


def _reduction(
    columns: Columns,
    triangle: Triangle,
    solver: Preconditioner,
    sizes: _Sizes,
    relations: list[Array],
    fit: Refined,
    sharp: bool,
) -> FactoredSystem:
    """Return the result for columns scaled by powers of two."""
    scales = np.frexp(sizes.lengths)[1]
    label = int(np.frexp(sizes.label)[1])
    exponents, own = scales.astype(object), scales[triangle.independent].astype(object)
    return FactoredSystem(
        bits=_BITS,
        exponents=np.append(exponents, label),
        independent=triangle.independent,
        dependent=triangle.suspects,
        coefficients=to_fixed(fit.coefficients, own - label + _BITS),
        relations=[
            to_fixed(pair, own[: pair.shape[1]] - int(exponents[column]) + _BITS)
            for column, pair in zip(triangle.suspects, relations, strict=True)
        ],
        inverse=np.ldexp(solver.inverse, scales[triangle.independent, None]),
        lengths=np.ldexp(sizes.lengths, -scales),
        norm=largest_singular_value(sizes.gram),
        residual_square=float(np.ldexp(fit.square, -2 * label)),
        total_square=float(np.ldexp(sizes.total, -2 * label)),
        digits=fit.digits,
        method=_("Cholesky factor computed twice, refined in double-double arithmetic")
        if sharp
        else _("normal equations of centred columns, refined in double-double arithmetic"),
    )
