"""The null space of a rank-deficient problem, and its minimum-norm solution."""

from dataclasses import dataclass

import numpy as np

from core.regression.data.validation import Array
from core.regression.least_squares.factored_system import FactoredSystem, Integers, to_float

_FEW = 16  # vectors that are orthogonalised one by one in integers
_WELL_CONDITIONED = 1e4
_SHARE = 2.0**-60
_ROUNDS = 8  # each gains the 12 digits that a condition of 1e4 leaves of 16


@dataclass(frozen=True, eq=False)
class MinimumNormSolution:
    """The minimum-norm solution and the directions along which predictions do not change.

    Attributes:
        coefficients (p,): of smallest norm.
        null_space (p, k): orthonormal columns, k = p - rank.
    """

    coefficients: Array
    null_space: Array


def minimum_norm_solution(reduction: FactoredSystem) -> MinimumNormSolution:
    """Return, among all least-squares solutions, the one of minimum 2-norm in the units of the given columns.

    From any solution its component in the null space is subtracted, or, if that is fewer vectors, its component in the
    row space is kept. Both are spanned by integer vectors, so neither rounding nor differences of scale matter.
    """
    exponents, bits = reduction.exponents[:-1], reduction.bits
    lift = int(max(exponents))
    solution = np.zeros(len(exponents), dtype=object)
    solution[reduction.independent] = reduction.coefficients << (lift - exponents[reduction.independent])
    guard = bits + lift - int(min(exponents))
    few_dependent = len(reduction.dependent) <= len(reduction.independent)
    vectors = _null_vectors(reduction) if few_dependent else _row_vectors(reduction)
    directions, part = _span(vectors, solution, guard)
    coefficients = to_float(solution - part if few_dependent else part, int(reduction.exponents[-1]) - lift - bits)
    if not few_dependent:
        directions = np.linalg.qr(directions, mode="complete")[0][:, len(vectors) :]
    return MinimumNormSolution(coefficients, directions)


def _null_vectors(reduction: FactoredSystem) -> list[Integers]:
    """Return one vector per dependent column: 1 for itself, minus its coefficients for the others."""
    exponents = reduction.exponents[:-1]
    lifts = max(exponents) - exponents
    vectors = []
    for column, relation in zip(reduction.dependent, reduction.relations, strict=True):
        others = reduction.independent[: len(relation)]
        vector = np.zeros(len(exponents), dtype=object)
        vector[others] = -relation << lifts[others]
        vector[column] = 1 << reduction.bits + int(lifts[column])
        vectors.append(vector)
    return vectors


def _row_vectors(reduction: FactoredSystem) -> list[Integers]:
    """Return one vector per independent column: 1 for itself, and its share in every dependent column."""
    exponents = reduction.exponents[:-1]
    lifts = exponents - min(exponents)
    vectors = []
    for position, own in enumerate(reduction.independent):
        vector = np.zeros(len(exponents), dtype=object)
        vector[own] = 1 << reduction.bits + int(lifts[own])
        for column, relation in zip(reduction.dependent, reduction.relations, strict=True):
            if position < len(relation):
                vector[column] = relation[position] << int(lifts[column])
        vectors.append(vector)
    return vectors


def _span(vectors: list[Integers], solution: Integers, guard: int) -> tuple[Array, Integers]:
    """Return an orthonormal basis (p, k) of the span of k vectors, and the part of the solution that lies in it."""
    if len(vectors) > _FEW:
        units = _unit_columns(vectors, len(solution))
        basis, triangle = np.linalg.qr(units)
        if np.linalg.cond(triangle) < _WELL_CONDITIONED:
            return basis, _project_iteratively(solution << guard, np.array(vectors), triangle) >> guard
    orthogonal: list[Integers] = []
    for vector in vectors:  # each owns an entry that is zero in the earlier ones, so none vanishes
        orthogonal.append(vector - _project(vector, orthogonal, guard))
    return _unit_columns(orthogonal, len(solution)), _project(solution, orthogonal, guard)


def _project(vector: Integers, basis: list[Integers], guard: int) -> Integers:
    """Return the part of a vector in the span of orthogonal vectors, rounded at 2^-guard of their size."""
    rest = vector
    for direction in basis:
        share = (int(rest @ direction) << guard) // int(direction @ direction)
        rest = rest - ((direction * share) >> guard)
    return vector - rest


def _project_iteratively(vector: Integers, vectors: Integers, triangle: Array) -> Integers:
    """Return the part of a vector (p,) in the span of vectors (k, p), whose unit vectors have the factor R (k, k).

    Refinement once more: shares are found in float64, their remainder is computed in integers.
    """
    sizes = np.array([int(abs(one).max()).bit_length() for one in vectors], dtype=object)
    aligned = vectors << (max(sizes) - sizes)[:, None]
    norms = np.linalg.norm(to_float(vectors, -sizes[:, None]), axis=1)
    rest = vector
    for _round in range(_ROUNDS):
        size = int(abs(rest).max()).bit_length()
        products = to_float(vectors @ rest, -sizes - size) / norms
        shares = np.linalg.solve(triangle, np.linalg.solve(triangle.T, products)) / norms
        if np.abs(shares).max() < _SHARE:
            break
        whole = np.array([int(share / _SHARE) for share in shares], dtype=object)
        down = int(max(sizes)) - size - int(np.log2(_SHARE))
        taken = whole @ aligned
        rest = rest - (taken >> down if down >= 0 else taken << -down)
    return vector - rest


def _unit_columns(vectors: list[Integers], size: int) -> Array:
    """Return integer vectors as the columns of a float64 matrix, each of length 1."""
    columns = np.zeros((size, len(vectors)))
    for index, vector in enumerate(vectors):
        column = to_float(vector, -int(abs(vector).max()).bit_length())
        columns[:, index] = column / np.linalg.norm(column)
    return columns
