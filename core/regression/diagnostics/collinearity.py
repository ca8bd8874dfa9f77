"""Linear dependence of columns: exact, by kind; near, by variance inflation factors and condition indices."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from core.regression.data.validation import Array, ArrayLike, check_array, check_names
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.least_squares.linear_dependence import LinearDependence
from core.regression.linalg.quadratic_form import QuadraticForm, fit_quadratic_form

_LARGEST = 1e100  # columns larger than this, or smaller than its inverse, are scaled first, so that no square is lost
_INVOLVED = 0.5  # of the variance of a weight: from this share on a direction is its cause (Belsley, Kuh, Welsch)


def near_dependence(X: Array, kept: Sequence[int], exact: Collection[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the variance inflation of every column of X (n, d), and the condition indices of those in `kept`.

    `kept` are the positions of features that are independent of each other and of the intercept; those in `exact` take
    part in an exact dependency. Belsley, Kuh & Welsch 1980, "Regression Diagnostics", chapter 3.

    The first: feature (its position), r_squared (of the regression of this feature on all others and an intercept),
    inflation (1/(1 − r_squared), 1 at best: by how much the others inflate the variance of its weight; infinite if
    exactly dependent).
    The second, one row for each direction of [X 1] with columns scaled to length 1, the shortest first: index (the
    longest direction over this one, so the first row holds the condition number), involved (a tuple of positions of the
    features of whose variance this direction makes at least half; the intercept has the position d). From about 30 on
    an index means that the columns involved nearly depend on each other.

    >>> inflation, indices = near_dependence(np.array([[0.0, 1.0], [1.0, 1.0], [2.0, 4.0]]), [0, 1], [])
    >>> inflation["inflation"].round(6).tolist(), len(indices)
    ([4.0, 4.0], 3)
    """
    form = _quadratic_form(X, kept) if len(kept) else None
    return _inflation(X.shape[1], form, kept, exact), _indices(X.shape[1], form, kept)


def condition_numbers(X: Array, kept: Sequence[int]) -> tuple[float, float]:
    """Return the condition numbers of [X 1] and of X with its columns centred, all columns scaled to length 1.

    Only the columns in `kept`, which have to be independent of each other and of the intercept, take part.

    >>> condition_numbers(np.array([[10.0, 1.0], [10.0, -1.0], [12.0, 1.0], [12.0, -1.0]]), [0, 1])[1]
    1.0
    """
    if not len(kept):
        return 1.0, 1.0
    form = _quadratic_form(X, kept)
    given, centred = (_length_ratio(factor) for factor in (form.augmented(), form.factor))
    return given, centred


def _inflation(features: int, form: QuadraticForm | None, kept: Sequence[int], exact: Collection[int]) -> pd.DataFrame:
    inflation = np.full(features, np.inf)
    if form is not None:
        _u, roots, directions = np.linalg.svd(_unit_columns(form.factor), full_matrices=False)
        with np.errstate(over="ignore"):
            inflation[list(kept)] = np.square(directions / _above_zero(roots)[:, None]).sum(axis=0)
    inflation[list(exact)] = np.inf
    inflation = np.maximum(inflation, 1.0)  # it is never less, up to rounding
    return pd.DataFrame({"feature": np.arange(features), "r_squared": 1 - 1 / inflation, "inflation": inflation})


def _indices(features: int, form: QuadraticForm | None, kept: Sequence[int]) -> pd.DataFrame:
    root = np.ones((1, 1)) if form is None else _unit_columns(form.augmented())
    _u, roots, directions = np.linalg.svd(root, full_matrices=False)
    roots = _above_zero(roots)
    shares = np.square(directions / roots[:, None])
    proportions = shares / shares.sum(axis=0)
    indices = roots[0] / roots
    positions = [*kept, features]
    involved = [tuple(positions[j] for j in np.flatnonzero(row >= _INVOLVED)) for row in proportions]
    return pd.DataFrame({"index": indices, "involved": involved})[::-1].reset_index(drop=True)


def _quadratic_form(X: Array, kept: Sequence[int]) -> QuadraticForm:
    chosen = X if len(kept) == X.shape[1] else X[:, list(kept)]
    sizes = np.maximum(chosen.max(axis=0), -chosen.min(axis=0))
    sizes[sizes == 0] = 1.0
    if not ((sizes < _LARGEST) & (sizes > 1 / _LARGEST)).all():
        chosen = chosen / np.exp2(np.floor(np.log2(sizes)))
    return fit_quadratic_form(np.ascontiguousarray(chosen))


def _unit_columns(factor: Array) -> Array:
    lengths = np.linalg.norm(factor, axis=0)
    result: Array = factor / np.where(lengths > 0, lengths, 1.0)
    return result


def _length_ratio(factor: Array) -> float:
    roots = _above_zero(np.asarray(np.linalg.svd(_unit_columns(factor), compute_uv=False), np.float64))
    return float(roots[0] / roots[-1])


def _above_zero(roots: Array) -> Array:
    """Return singular values, those lost in the rounding of the largest as large as that rounding."""
    result: Array = np.maximum(roots, roots[0] * np.finfo(np.float64).eps / 16)
    return result


Kind: TypeAlias = Literal["constant", "copy", "one_hot", "linear"]


@dataclass(frozen=True)
class Finding:
    """A feature that depends linearly on the features before it and the intercept.

    Attributes:
        kind: `constant` (a multiple of the intercept), `copy` (another feature, maybe in other units), `one_hot`
            (indicators that add up to 1, as the intercept does) or `linear`.
        column: its position.
        columns: the positions of all features that take part, in the order of the table.
        relation: the feature as a sum of others.
        sentence: the same in words.
    """

    kind: Kind
    column: int
    columns: tuple[int, ...]
    relation: LinearDependence
    sentence: str

    def direction(self, features: int) -> Array:
        """Return a change (features + 1,) of the weights and, last, the bias that leaves every prediction as it is."""
        change = np.zeros(features + 1)
        change[self.column] = 1.0
        for factor, other in self.relation.terms:
            change[other] = -factor
        change[-1] = -self.relation.constant
        return change


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """The linear dependencies among d features of n rows and the intercept.

    Attributes:
        rows: n.
        features: d.
        rank: of the d + 1 columns.
        findings: one for each dependent feature.
        kept: the positions of all other features, which with the intercept are independent.
        inflation: of every column, see `near_dependence`.
        indices: of the kept features, see `near_dependence`.
    """

    rows: int
    features: int
    rank: int
    findings: tuple[Finding, ...]
    kept: tuple[int, ...]
    inflation: pd.DataFrame
    indices: pd.DataFrame

    @property
    def deficient(self) -> bool:
        """Whether some feature is linearly dependent."""
        return bool(self.findings)

    @property
    def forced(self) -> int:
        """How many features must be dependent, since there are fewer rows than columns."""
        return max(self.features + 1 - self.rows, 0)

    def of_kind(self, kind: Kind) -> tuple[Finding, ...]:
        """Return the findings of one kind."""
        return tuple(finding for finding in self.findings if finding.kind == kind)


def diagnose(X: ArrayLike, fit: ClosedForm, feature_names: Sequence[str] | None = None) -> Diagnosis:
    """Return which columns of X (n, d) depend on which, exactly and nearly; `fit` is their closed form.

    The exact dependencies are those that the closed form found, the near ones are measured on all rows.
    Raises InputError for NaN, infinity and names of another number of columns.

    >>> from core.regression.least_squares.closed_form import solve_closed_form
    >>> X = [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]
    >>> found = diagnose(X, solve_closed_form(X, [1, 2, 3]), ["red", "blue"])
    >>> [(finding.kind, finding.sentence) for finding in found.findings], found.kept
    ([('one_hot', '“red” + “blue” = 1.')], (0,))
    """
    matrix = check_array(X)
    features = matrix.shape[1]
    names = check_names(feature_names, features) or [f"x{j + 1}" for j in range(features)]
    findings = tuple(_finding(relation, matrix, names) for relation in fit.relations)
    spare = {finding.column for finding in findings}
    kept = tuple(j for j in range(features) if j not in spare)
    exact = sorted({j for finding in findings for j in finding.columns})
    inflation, indices = near_dependence(matrix, kept, exact)
    return Diagnosis(
        rows=len(matrix),
        features=features,
        rank=fit.rank,
        findings=findings,
        kept=kept,
        inflation=inflation,
        indices=indices,
    )


def _finding(relation: LinearDependence, X: Array, names: Sequence[str]) -> Finding:
    columns = tuple(sorted({relation.column, *(other for _factor, other in relation.terms)}))
    return Finding(_kind(relation, columns, X), relation.column, columns, relation, relation.describe(names))


def _kind(relation: LinearDependence, columns: Sequence[int], X: Array) -> Kind:
    if not relation.terms:
        return "constant"
    adds_up = np.allclose([relation.constant, *(-factor for factor, _other in relation.terms)], 1.0, atol=1e-9)
    if adds_up and all(bool(np.isin(X[:, j], (0.0, 1.0)).all()) for j in columns):
        return "one_hot"
    return "copy" if len(relation.terms) == 1 else "linear"
