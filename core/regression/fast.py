"""The fast road, for columns of moderate condition: a triangular factor in float64, then refinement."""

from fractions import Fraction

import numpy as np

from core.language import _
from core.regression.exact import misfit
from core.regression.inputs import Array
from core.regression.reduction import ROUNDING, Reduction, to_fixed
from core.regression.refinement import Preconditioner, Refined, refine
from core.regression.triangle import Triangle, factorise, sharpen, square_up

_BITS = 256
_SAFE_SCALE = 1e150  # lengths beyond this, or below its inverse, could lose products to overflow and underflow
_WORST_LOSS = 2.0**-38  # of normal equations; with more the factor is computed once more
_WORST_CONDITION = 1e6
_FEWEST_DIGITS = 15.0
_EPSILON = float(np.finfo(np.float64).eps)
_MOST_SIMPLE_TERMS = 32


def reduce_fast(X: Array, y: Array, intercept: bool) -> Reduction | None:
    """Regress y (n,) on X (n, d), or return None if scale or condition of the columns ask for exact arithmetic."""
    gram = square_up(X, y, intercept)
    lengths = _safe_lengths(gram, X, y, intercept)
    if lengths is None:
        return None
    gram = gram / lengths / lengths[:, None]
    triangle = factorise(gram[:-1, :-1])
    if triangle.condition > _WORST_CONDITION:
        return None
    loss = len(gram) * _EPSILON * triangle.condition**2
    sharp = loss > _WORST_LOSS
    if sharp:
        triangle = sharpen(triangle, X, y, intercept, lengths)
        loss = len(gram) * _EPSILON * triangle.condition
    independent = triangle.independent
    solver = Preconditioner(independent, triangle.inverse, lengths[independent], triangle.condition, 4 * loss)
    relations = _relations(X, intercept, triangle, solver, lengths)
    if relations is None:
        return None
    start = triangle.inverse @ (triangle.inverse.T @ gram[independent, -1]) * lengths[-1] / solver.lengths
    fit = refine(X, y, intercept, solver, start, float(lengths[-1]))
    if fit.digits < _FEWEST_DIGITS:
        return None
    return _reduction(X, y, intercept, triangle, solver, lengths, relations, fit, sharp)


def _safe_lengths(gram: Array, X: Array, y: Array, intercept: bool) -> Array | None:
    """Return the lengths of the columns, 1 for a column of zeros, or None if squares of them are beyond float64."""
    lengths: Array = np.sqrt(gram.diagonal())
    for index in np.flatnonzero(lengths == 0):
        column = y if index == len(gram) - 1 else X[:, index - intercept]
        lengths[index] = 0.0 if column.any() else 1.0
    safe = (lengths < _SAFE_SCALE) & (lengths > 1 / _SAFE_SCALE)
    return lengths if safe.all() else None


def _relations(
    X: Array, intercept: bool, triangle: Triangle, solver: Preconditioner, lengths: Array
) -> list[Array] | None:
    """Return the coefficients (2, r) of every suspect, or None if one of them does not depend on the others."""
    relations = []
    for column, shares in zip(triangle.suspects, triangle.shares.T, strict=True):
        before = solver.leading(int(np.searchsorted(triangle.independent, column)))
        start = shares[: len(before.columns)] * lengths[column] / before.lengths
        target = X[:, column - intercept]
        found = _simple_relation(X, target, intercept, before, start)
        if found is None:
            found = refine(X, target, intercept, before, start, float(lengths[column]))
        parts = found.coefficients[0] * before.lengths
        if found.square > ROUNDING**2 * (lengths[column] ** 2 + parts @ parts):
            return None
        relations.append(found.coefficients)
    return relations


def _simple_relation(X: Array, target: Array, intercept: bool, solver: Preconditioner, start: Array) -> Refined | None:
    """Return the coefficients as whole numbers or simple fractions if these leave no residual at all.

    Indicators of categories are such columns; one look at the few columns concerned then replaces the refinement.
    """
    simple = np.array([float(Fraction(value).limit_denominator(12)) for value in start.tolist()])
    involved = [index for index, value in enumerate(simple) if value and index >= intercept]
    if len(involved) > _MOST_SIMPLE_TERMS or not np.allclose(simple, start, rtol=1e-6, atol=1e-6):
        return None
    pair = np.stack([simple, np.zeros_like(simple)])
    bias = pair[:, 0] if intercept else np.zeros(2)
    columns = [solver.columns[index] - intercept for index in involved]
    left = misfit(X, target, pair[:, involved], bias, columns)
    return Refined(pair, 0.0, np.inf) if left.square == 0 else None


def _reduction(
    X: Array,
    y: Array,
    intercept: bool,
    triangle: Triangle,
    solver: Preconditioner,
    lengths: Array,
    relations: list[Array],
    fit: Refined,
    sharp: bool,
) -> Reduction:
    """Express what was found in columns scaled by powers of two."""
    exponents = np.frexp(lengths)[1].astype(object)
    units = np.ldexp(lengths, -exponents.astype(np.int64))
    independent = triangle.independent
    own, label = exponents[independent], int(exponents[-1])
    centred = y - y.mean() if intercept else y
    scaled = np.ldexp(centred, -label)
    return Reduction(
        bits=_BITS,
        exponents=exponents,
        independent=independent,
        dependent=triangle.suspects,
        coefficients=to_fixed(fit.coefficients, own - label + _BITS),
        relations=[
            to_fixed(pair, own[: pair.shape[1]] - int(exponents[column]) + _BITS)
            for column, pair in zip(triangle.suspects, relations, strict=True)
        ],
        inverse=triangle.inverse / units[independent, None],
        lengths=units[:-1],
        norm=triangle.norm,
        residual_square=float(np.ldexp(fit.square, -2 * label)),
        total_square=float(scaled @ scaled - intercept * scaled.sum() ** 2 / len(y)),
        digits=fit.digits,
        method=_("Cholesky factor computed twice, refined in double-double arithmetic")
        if sharp
        else _("normal equations, refined in double-double arithmetic"),
    )
