"""The levels of a category compared: each against a reference level, and all at once by the partial F test.

With a column for every level and an intercept no weight of a level is determined, but the difference of two levels is,
as in treatment coding, where the reference level has no column (Searle 1971, "Linear Models", on estimable functions).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.regression.data.validation import Array
from core.regression.diagnostics.confidence_intervals import UNITS, judged
from core.regression.diagnostics.leverage import Leverage
from core.regression.diagnostics.residuals import Residuals
from core.regression.least_squares.closed_form import ClosedForm

Positions: TypeAlias = npt.NDArray[np.intp]

_ESTIMATES = ("true", "sgd", "closed_form", "least_squares")
_FREE = 1e-9  # a smaller cosine between a direction of the levels and the null space is rounding


@dataclass(frozen=True)
class LevelGroup:
    """A category whose levels have a column of 0 and 1 each; at most one of them has none.

    Raises InputError unless there is a name for each level, and at most one level has no column.

    Attributes:
        name: of the category.
        levels (m,): the names of its levels.
        columns (m,): the position of each level's column in X; None for a level without one, whose weight is 0.
    """

    name: str
    levels: tuple[str, ...]
    columns: tuple[int | None, ...]

    def __post_init__(self) -> None:
        """Check that names and columns belong together."""
        if len(self.levels) != len(self.columns) or not self.levels or self.columns.count(None) > 1:
            raise InputError(
                _("The category {name} needs one column for each of its levels, and at most one level without.").format(
                    name=self.name
                )
            )

    @property
    def features(self) -> list[int]:
        """The positions of the levels that have a column."""
        return [column for column in self.columns if column is not None]

    def name_of(self, level: int, names: Sequence[str]) -> str:
        """Return the name of a level's feature; `names` are those of all features. One without has `<name>_<level>`."""
        column = self.columns[level]
        return f"{self.name}_{self.levels[level]}" if column is None else names[column]

    def most_frequent(self, X: Array) -> int:
        """Return the position of the level that most rows of X (n, d) have; of equally frequent ones the first."""
        counts = [0.0 if column is None else float(X[:, column].sum()) for column in self.columns]
        if None in self.columns:
            counts[self.columns.index(None)] = len(X) - sum(counts)
        return int(np.argmax(counts))


@dataclass(frozen=True, eq=False)
class _Shares:
    """Combinations of the parameters: shares weights (k, d) and bias (k,)."""

    weights: Array
    bias: Array

    def of(self, parameters: Array) -> Array:
        """Return the combinations (k,) of parameters (d + 1,), the bias last."""
        with np.errstate(over="ignore", invalid="ignore"):  # of a run that diverged
            result: Array = self.weights @ parameters[:-1] + self.bias * parameters[-1]
        return result


def against_levels(
    table: pd.DataFrame,
    groups: Sequence[LevelGroup],
    references: Sequence[int],
    fit: ClosedForm,
    leverage: Leverage,
    confidence: float,
) -> pd.DataFrame:
    """Return a table of coefficients with each level against the reference level of its category.

    `table` is that of a `Comparison`: d features, then the bias. `references` has the position of one level for each
    group. The weights of a group's levels are replaced by their differences to that of the reference, which has no row
    itself (a level without a column gets its place); the bias by what is predicted at the reference levels, where all
    other features are 0, or in standardised units have their means. All other coefficients stay. A difference is the
    same in both units, that of the label: whether a column of 0 and 1 was scaled for training does not matter. Standard
    errors and intervals are those of least squares for the combination; one that the rows do not determine has none,
    and its value is that of the parameters in the table. Rows keep their order and their labels. sgd_as_it_landed is
    left out if all is determined.

    Raises InputError for another number of references than groups, a reference that is no level, and a confidence that
    is no probability.
    """
    _check(groups, references)
    d = len(table) - 1
    names = list(table["coefficient"])
    weights, reference_row, is_level = np.eye(d), np.zeros(d), np.zeros(d, dtype=bool)
    for group, reference in zip(groups, references, strict=True):
        base, own = group.columns[reference], [group.name_of(level, names) for level in range(len(group.levels))]
        is_level[group.features] = True
        for name, column in zip(own, group.columns, strict=True):
            if column is not None and column != base:
                names[column] = f"{name} − {own[reference]}"
        if base is not None:
            reference_row[base] = 1.0
            weights[np.ix_(group.features, [base])] -= 1.0
            if None in group.columns:  # the level without a column takes the row that the reference leaves
                weights[base, base] = -1.0
                names[base] = f"{own[group.columns.index(None)]} − {own[reference]}"
    shown = np.append(~is_level | (weights != 0).any(axis=1), True)
    levels = np.flatnonzero(is_level & shown[:-1])
    places = np.append(levels, d)
    to_reference = reference_row - np.where(is_level, leverage.centre, 0.0)
    result = table.assign(coefficient=names)
    for suffix in UNITS:
        row = reference_row if not suffix else leverage.centre + to_reference
        shares = _Shares(np.vstack([weights[levels], row]), np.append(np.zeros(len(levels)), 1.0))
        _write_estimates(result, table, places, shares, suffix, to_reference)
        _write_certainty(result, places, shares, suffix, fit, leverage)
    kept = result[shown]
    if "sgd_as_it_landed" in kept and kept["estimable"].all():
        kept = kept.drop(columns="sgd_as_it_landed")
    return judged(kept, leverage.rows - leverage.rank, confidence, UNITS)


def _check(groups: Sequence[LevelGroup], references: Sequence[int]) -> None:
    if len(groups) != len(references):
        raise InputError(
            _("Each of the {count} categories needs one reference level; got {got}.").format(
                count=len(groups), got=len(references)
            )
        )
    for group, reference in zip(groups, references, strict=True):
        if not 0 <= reference < len(group.levels):
            raise InputError(
                _("The category {name} has the levels {levels}; {reference} is the position of none.").format(
                    name=group.name, levels=format_list(group.levels), reference=reference
                )
            )


def _write_estimates(
    result: pd.DataFrame, table: pd.DataFrame, places: Positions, shares: _Shares, suffix: str, to_reference: Array
) -> None:
    """Write the estimates of the combinations into the rows at these places.

    In standardised units the bias is that at the mean row, moved `to_reference` (d,) along the levels alone: the sum
    over all features, in which the digits of large numbers cancel, is not needed.
    """
    landed = () if suffix else ("sgd_as_it_landed",)
    for name in (*_ESTIMATES, *landed):
        if name in table:
            parameters = table[name].to_numpy(dtype=np.float64)
            values = shares.of(parameters)
            if suffix:
                with np.errstate(over="ignore", invalid="ignore"):
                    values[-1] = table[name + suffix].iloc[-1] + to_reference @ parameters[:-1]
            _write(result, places, name + suffix, values)
    difference = (result[f"sgd{suffix}"] - result[f"closed_form{suffix}"]).to_numpy()
    _write(result, places, f"difference{suffix}", difference[places])


def _write_certainty(
    result: pd.DataFrame, places: Positions, shares: _Shares, suffix: str, fit: ClosedForm, leverage: Leverage
) -> None:
    """Write whether the rows determine the combinations, and their standard errors."""
    estimable = leverage.estimable_combinations(shares.weights, shares.bias)
    deviation = np.nan if fit.residual_deviation is None else fit.residual_deviation
    errors = deviation * np.sqrt(leverage.of_combinations(shares.weights, shares.bias))
    _write(result, places, f"estimable{suffix}", estimable)
    _write(result, places, f"standard_error{suffix}", np.where(estimable, errors, np.nan))


def _write(result: pd.DataFrame, places: Positions, column: str, values: npt.NDArray[Any]) -> None:
    whole = result[column].to_numpy(copy=True)
    whole[places] = values
    result[column] = whole


def partial_f_tests(
    fit: ClosedForm, leverage: Leverage, residuals: Residuals, groups: Sequence[LevelGroup]
) -> pd.DataFrame:
    """Return the partial F test of each category: whether all of its levels have the same effect.

    One row for each group: category, levels (how many), df (q), f and p. F = (Cb)ᵀ(C V Cᵀ)⁻¹(Cb) / (q σ²) for q
    independent combinations C of the weights of its levels alone that the rows determine, with σ²V their covariance;
    that is the rise of the residual sum of squares when all columns of the category are left out, over q σ², so q is
    the rank that they add to all others (Searle 1971, "Linear Models", section 3.6). With a column for every level, q
    is the number of levels less 1; less than that where other columns know some levels too. Nothing is fitted again.
    F and p are NaN where q is 0, and for all groups where no residuals are left to estimate the noise from, or all are
    0 up to rounding. `residuals` are those of the fit. p is that of Fisher's F with q and n - rank degrees of freedom,
    right if the noise is independent, normal and of constant variance.
    """
    from scipy.special import fdtrc

    freedom, weights = leverage.rows - leverage.rank, fit.weights.numpy()
    deviation = None if residuals.perfect else fit.residual_deviation
    rows = []
    for group in groups:
        features = group.features
        free = _determined(features, leverage)
        f = p = np.nan
        if free.shape[1] and deviation:
            _turn, triangle = np.linalg.qr((free.T @ leverage.root[features]).T)
            length = np.linalg.solve(triangle.T, free.T @ weights[features]) / deviation
            f = float(length @ length) / free.shape[1]
            p = float(fdtrc(free.shape[1], freedom, f))
        rows.append((group.name, len(group.levels), free.shape[1], f, p))
    return pd.DataFrame(rows, columns=["category", "levels", "df", "f", "p"])


def _determined(features: list[int], leverage: Leverage) -> Array:
    """Return independent combinations (m, q) of the weights at these positions alone that the rows determine.

    They are orthogonal to the part (m, k) of the null space there, in units of the columns' lengths, so that the units
    of other columns do not hide a dependence.
    """
    lengths = np.append(np.where(leverage.lengths > 0, leverage.lengths, 1.0), 1.0)
    basis = np.linalg.qr(leverage.null_space * lengths[:, None]).Q
    turns, cosines, _right = np.linalg.svd(basis[features])
    result: Array = turns[:, int((cosines > _FREE).sum()) :] * lengths[features, None]
    return result
