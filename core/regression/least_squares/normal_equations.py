"""The normal equations XᵀX w = Xᵀy in numbers: what "the derivative is zero" comes to for a table."""

from dataclasses import dataclass

import numpy as np

from core.regression.data.validation import Array, ArrayLike, check_X_y
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.linalg.row_blocks import inner_products, row_blocks

_MOST_INVERTED = 60  # columns; of more, a part of the inverse says nothing that one could check
_LARGEST_CONDITION = 1e5  # of the columns scaled to length 1: XᵀX squares it, and four digits of the inverse are shown


@dataclass(frozen=True, eq=False)
class NormalEquations:
    """XᵀX w = Xᵀy for n rows, in the units of the table; X has a column of ones last, whose weight is the bias.

    Columns that depend linearly on others are left out, so that XᵀX has an inverse; no prediction changes by that.
    Of the columns that are left, k in all, the first few and the column of ones are held.

    Attributes:
        rows: n.
        rank: of X with its column of ones.
        columns: of X with its column of ones, those left out included.
        left_out: the positions of the features that depend on the others.
        shown (s - 1,): the positions of the features held; the column of ones stands behind them.
        hidden: how many columns are neither held nor left out.
        gram (s, s): that part of XᵀX.
        cross (s,): that part of Xᵀy.
        inverse (s, s): that part of (XᵀX)⁻¹, or None for many or nearly dependent columns.
        solution (s,): that part of w*, the bias last.
        slope_at_zero: the largest entry, in size, of the gradient Xᵀ(Xw - y)/n of all k columns at w = 0.
        slope_at_solution: the same at w*, where only rounding is left.
    """

    rows: int
    rank: int
    columns: int
    left_out: tuple[int, ...]
    shown: tuple[int, ...]
    hidden: int
    gram: Array
    cross: Array
    inverse: Array | None
    solution: Array
    slope_at_zero: float
    slope_at_solution: float

    @property
    def is_invertible(self) -> bool:
        """Whether XᵀX of all columns has an inverse: they are linearly independent."""
        return self.rank == self.columns


def build_normal_equations(X: ArrayLike, y: ArrayLike, fit: ClosedForm, most: int = 3) -> NormalEquations:
    """Return the equations of the fit, with intercept, of X (n, d) and y (n,); at most `most` features are held.

    Raises InputError for missing or infinite values and for lengths that do not match.

    >>> from core.regression.least_squares.closed_form import solve_closed_form
    >>> X, y = [[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0]
    >>> found = build_normal_equations(X, y, solve_closed_form(X, y))
    >>> found.gram, found.cross, found.solution
    (array([[5., 3.],
           [3., 3.]]), array([13.,  9.]), array([2., 1.]))
    """
    matrix, labels = check_X_y(X, y)
    left_out = tuple(sorted(relation.column for relation in fit.relations))
    kept = [column for column in range(matrix.shape[1]) if column not in left_out]
    shown = kept[:most]
    part = _with_ones(matrix[:, shown])
    whole = _without(fit, left_out)
    errors = matrix @ whole[:-1] + whole[-1] - labels
    return NormalEquations(
        rows=len(labels),
        rank=fit.rank,
        columns=fit.columns,
        left_out=left_out,
        shown=tuple(shown),
        hidden=len(kept) - len(shown),
        gram=part.T @ part,
        cross=part.T @ labels,
        inverse=_inverse(matrix, kept, len(shown)),
        solution=whole[[*shown, -1]],
        slope_at_zero=_steepest(matrix, kept, -labels),
        slope_at_solution=_steepest(matrix, kept, errors),
    )


def _with_ones(X: Array) -> Array:
    return np.column_stack([X, np.ones(len(X))])


def _without(fit: ClosedForm, left_out: tuple[int, ...]) -> Array:
    """Return weights and bias (d + 1,) that predict as the fit does, with weight 0 for the columns left out.

    Moving along the null space changes no prediction, and the columns left out say how far to move.
    """
    parameters = np.append(fit.weights.numpy(), fit.bias)
    if not left_out:
        return parameters
    away = fit.null_space.numpy()
    moved = parameters - away @ np.linalg.lstsq(away[list(left_out)], parameters[list(left_out)], rcond=None)[0]
    moved[list(left_out)] = 0.0
    result: Array = moved
    return result


def _inverse(X: Array, kept: list[int], shown: int) -> Array | None:
    """Return the rows and columns of (XᵀX)⁻¹ of the first features kept and of the ones.

    None if digits would be lost, or XᵀX overflows.

    The inverse is that of the columns divided by their lengths, which is then divided by both lengths.
    """
    if len(kept) > _MOST_INVERTED:
        return None
    gram = inner_products((_with_ones(block[:, kept]) for block in row_blocks(X)), len(kept) + 1)
    length = np.sqrt(np.diag(gram))
    if not (np.isfinite(gram).all() and (length > 0).all()):
        return None
    alike = gram / np.outer(length, length)
    if not np.linalg.cond(alike) < _LARGEST_CONDITION**2:
        return None
    inverse = np.linalg.inv(alike) / np.outer(length, length)
    held = [*range(shown), len(kept)]
    result: Array = inverse[np.ix_(held, held)]
    return result


def _steepest(X: Array, kept: list[int], errors: Array) -> float:
    slopes = np.append((X.T @ errors)[kept], errors.sum()) / len(errors)
    return float(np.abs(slopes).max())
