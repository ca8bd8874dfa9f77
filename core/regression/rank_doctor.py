"""What is wrong with the columns of a table: which say nothing new, which nearly so, and which of them could go."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd

from core.regression.closed_form import ClosedForm
from core.regression.collinearity import near_dependence
from core.regression.dependencies import Relation
from core.regression.inputs import Array, ArrayLike, as_matrix
from core.regression.problem import check_names

Kind: TypeAlias = Literal["constant", "copy", "one_hot", "linear"]


@dataclass(frozen=True)
class Finding:
    """A feature that says nothing new beside the features before it and the intercept.

    kind: `constant` (a multiple of the intercept), `copy` (another feature, maybe in other units), `one_hot`
    (indicators that add up to 1, as the intercept does) or `linear`. column: its position; columns: the positions of
    all features that take part, in the order of the table. sentence: the same in words.
    """

    kind: Kind
    column: int
    columns: tuple[int, ...]
    relation: Relation
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
    """What was found in n rows of d features, beside an intercept.

    rank of the d + 1 columns. findings: one for each feature too many. kept: the positions of all other features, which
    with the intercept are independent. inflation, indices: see `variance_inflation` and `condition_indices`; the second
    is of the kept features. forced: how many features have to be too many, since there are fewer rows than columns.
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
        """Whether some feature says nothing new."""
        return bool(self.findings)

    @property
    def forced(self) -> int:
        """How many columns the rows have no room for."""
        return max(self.features + 1 - self.rows, 0)

    def of_kind(self, kind: Kind) -> tuple[Finding, ...]:
        """Return the findings of one kind."""
        return tuple(finding for finding in self.findings if finding.kind == kind)


def diagnose(X: ArrayLike, fit: ClosedForm, feature_names: Sequence[str] | None = None) -> Diagnosis:
    """Say which of the columns of X (n, d) depend on which, exactly and nearly; `fit` is their closed form.

    The exact dependencies are those that the closed form found, the near ones are measured on all rows.
    Raises InputError for NaN, infinity and names of another number of columns.

    >>> from core.regression.closed_form import solve_closed_form
    >>> X = [[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]]
    >>> found = diagnose(X, solve_closed_form(X, [1, 2, 3]), ["red", "blue"])
    >>> [(finding.kind, finding.sentence) for finding in found.findings], found.kept
    ([('one_hot', '“red” + “blue” = 1.')], (0,))
    """
    matrix = as_matrix(X)
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


def _finding(relation: Relation, X: Array, names: Sequence[str]) -> Finding:
    columns = tuple(sorted({relation.column, *(other for _factor, other in relation.terms)}))
    return Finding(_kind(relation, columns, X), relation.column, columns, relation, relation.describe(names))


def _kind(relation: Relation, columns: Sequence[int], X: Array) -> Kind:
    if not relation.terms:
        return "constant"
    adds_up = np.allclose([relation.constant, *(-factor for factor, _other in relation.terms)], 1.0, atol=1e-9)
    if adds_up and all(bool(np.isin(X[:, j], (0.0, 1.0)).all()) for j in columns):
        return "one_hot"
    return "copy" if len(relation.terms) == 1 else "linear"
