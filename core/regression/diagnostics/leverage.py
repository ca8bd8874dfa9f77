"""The leverage of a row, or of a combination of coefficients: its variance in units of the noise variance."""

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _
from core.regression.data.metrics import root_mean_square
from core.regression.data.validation import Array, ArrayLike, check_array
from core.regression.least_squares.closed_form import ClosedForm, check_closed_form
from core.regression.least_squares.factored_system import ROUNDING
from core.regression.linalg.quadratic_form import fit_quadratic_form
from core.regression.linalg.row_blocks import rows_at_once

Mask: TypeAlias = npt.NDArray[np.bool_]

_NEGLIGIBLE = 2.0**-40  # a smaller share of a dependency, in units of the columns' lengths, is rounding
_SAME = 1e-9  # a smaller part of the sum of all sizes is what typing and rounding leave


@dataclass(frozen=True, eq=False)
class Leverage:
    """The training rows X (n, d), as far as uncertainty depends on them; `fit_leverage` makes it.

    The leverage of a row x is h = 1/n + ‖(x - centre) root‖², which is x̃ᵀ(X̃ᵀX̃)⁺x̃ for x̃ = (x, 1): the variance of
    its predicted mean, in units of the noise's. Over the training rows it lies between 1/n and 1 and adds up to the
    rank.

    Attributes:
        rows: n.
        rank: of X and the intercept.
        centre (d,): the mean row.
        root (d, rank - 1): the factor of the formula.
        null_space (d + 1, k): as of the closed form, with what is mere rounding set to 0.
        lengths (d,): the root of each column's mean square.
        highest: the largest leverage of a training row.
    """

    rows: int
    rank: int
    centre: Array
    root: Array
    null_space: Array
    lengths: Array
    highest: float

    @property
    def average(self) -> float:
        """The mean leverage of the training rows: rank/n. Twice as much counts as high (Hoaglin & Welsch 1978)."""
        return self.rank / self.rows

    def of(self, X: ArrayLike) -> Array:
        """Return the leverage (k,) of rows X (k, d). Raises InputError for another number of columns."""
        matrix = check_array(X)
        self._check(matrix)
        return self.of_combinations(matrix, np.ones(len(matrix)))

    def of_combinations(self, weights: Array, bias: Array) -> Array:
        """Return the same for combinations of the parameters with shares weights (k, d) and bias (k,).

        A row is the combination of its own values and 1; a weight by itself is that of a one among zeros.
        """
        away = weights - bias[:, None] * self.centre
        result: Array = np.square(bias) / self.rows + np.square(away @ self.root).sum(axis=1)
        return result

    def estimable(self, X: ArrayLike) -> Mask:
        """Return for rows X (k, d) whether the training rows determine their prediction: a mask (k,).

        They do unless the row breaks a linear dependence that holds in all of them; then least-squares solutions
        differ in their prediction. Raises InputError for another number of columns.
        """
        matrix = check_array(X)
        self._check(matrix)
        return self.estimable_combinations(matrix, np.ones(len(matrix)))

    def estimable_combinations(self, weights: Array, bias: Array) -> Mask:
        """Return the same for combinations of the parameters with shares weights (k, d) and bias (k,)."""
        shares = np.column_stack([weights, bias])
        moves, sizes = np.abs(shares @ self.null_space), np.abs(shares) @ np.abs(self.null_space)
        return np.asarray((moves <= _SAME * sizes).all(axis=1))

    def _check(self, X: Array) -> None:
        if X.shape[1] != len(self.centre):
            raise InputError(
                _("X needs the columns of the fit, {needed} in all; got {got}.").format(
                    needed=len(self.centre), got=X.shape[1]
                )
            )


def fit_leverage(X: ArrayLike, fit: ClosedForm) -> Leverage:
    """Fit the leverage to the training rows X (n, d) and their closed form, which needs a bias.

    Nothing is inverted: the covariance is given by a factor F with FᵀF = (X - mean)ᵀ(X - mean)/n, whose rank is known
    exactly from the closed form, and with F = USVᵀ the root is V/(S√n). Dependent, constant and repeated columns lead
    to the pseudo-inverse. Raises InputError for a fit of other columns or without a bias.

    >>> from core.regression.least_squares.closed_form import solve_closed_form
    >>> X = [[0.0], [1.0], [2.0]]
    >>> fit_leverage(X, solve_closed_form(X, [1.0, 3.0, 4.0])).of([[1.0], [2.0], [4.0]]).round(6).tolist()
    [0.333333, 0.833333, 4.833333]
    """
    matrix = np.ascontiguousarray(check_array(X))
    check_closed_form(fit)
    if fit.columns != len(fit.weights) + 1:
        raise InputError(_("A leverage needs a closed form with a bias; solve it with intercept=True."))
    if matrix.shape[1] != len(fit.weights):
        raise InputError(
            _(
                "The closed form is of X with shape (n, {fitted}), and this X has shape (n, {columns}); solve it anew."
            ).format(fitted=len(fit.weights), columns=matrix.shape[1])
        )
    form = fit_quadratic_form(matrix)
    spread = root_mean_square(form.factor) * np.sqrt(len(form.factor))
    varies = (np.ptp(matrix, axis=0) > 0) & (spread > ROUNDING * np.hypot(spread, np.sqrt(2.0) * form.mean))
    scale = np.where(varies, spread, 1.0)
    _left, sizes, right = np.linalg.svd(np.where(varies, form.factor, 0.0) / scale, full_matrices=False)
    kept = fit.rank - 1
    root = (right[:kept].T / sizes[:kept]) / (scale[:, None] * np.sqrt(len(matrix)))
    lengths = np.hypot(spread, form.mean)
    found = Leverage(
        len(matrix), fit.rank, form.mean, root, _clean_null_space(fit, lengths), lengths=lengths, highest=1.0
    )
    step = rows_at_once(matrix.shape[1])
    highest = max(float(found.of(matrix[first : first + step]).max()) for first in range(0, len(matrix), step))
    return replace(found, highest=highest)


def estimable_coefficients(fit: ClosedForm, X: ArrayLike) -> Mask:
    """Return which of the d weights and, last, the bias the rows X (n, d) of a fit determine: a mask (d + 1,).

    A coefficient that can move along the null space is not determined individually: no number of such rows determines
    it, though they may determine its difference from another one.

    >>> from core.regression.least_squares.closed_form import solve_closed_form
    >>> X = [[1, 0, 3], [1, 0, 5], [0, 1, 4], [0, 1, 1]]
    >>> estimable_coefficients(solve_closed_form(X, [1, 2, 3, 4]), X).tolist()
    [False, False, True, False]
    """
    matrix = check_array(X)
    return np.asarray(~_clean_null_space(fit, root_mean_square(matrix)).any(axis=1))


def _clean_null_space(fit: ClosedForm, lengths: Array) -> Array:
    """Return the null space with the rows of columns that have no part in any dependency set to 0.

    lengths: (d,), the root of each column's mean square.
    """
    null_space = fit.null_space.numpy()
    if not null_space.shape[1]:
        return null_space
    shares = np.abs(null_space * np.append(np.where(lengths > 0, lengths, 1.0), 1.0)[:, None])
    part = (shares > _NEGLIGIBLE * shares.max(axis=0)).any(axis=1)
    return np.where(part[:, None], null_space, 0.0)
