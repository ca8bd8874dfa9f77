"""Rows that nearly determine their own prediction: what the fit of all the others says of each.

Where the leverage h is near 1 the difference 1 - h is rounding, and with it every figure that divides by it. A number
such as 999999 among values near 1 gives 1 - h = 4e-11, and such rows are few, since leverages sum to the rank: the fit
without one of them is solved anew, and h follows from it without a difference.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.regression.data.validation import Array
from core.regression.diagnostics.leverage import fit_leverage
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form

NEAR = 1e-6  # 1 - h below it has lost six digits or more
PINNED = 1e-10  # what rounding leaves of 1 - h where h is 1, as far as one can tell without another fit
MOST_REFITS = 20


@dataclass(frozen=True, eq=False)
class NearOne:
    """Figures of n rows, with those of leverage near 1 from fits without them.

    Attributes:
        room (n,): 1 - h, and 0 in a pinned row.
        deleted (n,): y less the prediction of the fit without the row, NaN in a pinned row.
        fits: the fits without a row, by its position.
        pinned (n,): whether h is 1: without the row another coefficient is undetermined.
    """

    room: Array
    deleted: Array
    fits: Mapping[int, ClosedForm]
    pinned: npt.NDArray[np.bool_]


def without_each(X: Array, y: Array, residuals: Array, leverage: Array, rank: int) -> NearOne:
    """Return the figures of each row of X (n, d), y (n,), given residuals and leverage (n,) of a fit of this rank."""
    room = np.maximum(1.0 - leverage, 0.0)
    near = np.flatnonzero(room <= NEAR)
    near = near[np.argsort(room[near], kind="stable")]
    pinned = room <= PINNED
    deleted = np.full(len(y), np.nan)
    deleted[~pinned] = residuals[~pinned] / room[~pinned]
    fits: dict[int, ClosedForm] = {}
    if rank < len(y):
        alone = _alone_in_a_column(X, near)
        pinned[near[alone]] = True
        for row in near[~alone][:MOST_REFITS].tolist():
            found = _refit(X, y, row, rank)
            pinned[row] = found is None
            if found is not None:
                fits[row], room[row] = found
                deleted[row] = float(y[row]) - float(fits[row].predict(X[row : row + 1])[0])
    room[pinned], deleted[pinned] = 0.0, np.nan
    return NearOne(room, deleted, fits, pinned)


def _alone_in_a_column(X: Array, near: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Return which of these rows differ in a column that never varies in the other rows."""
    if not len(near) or len(X) < 3:
        return np.zeros(len(near), dtype=np.bool_)
    ends = np.partition(X, (0, 1, len(X) - 2, len(X) - 1), axis=0)[[0, 1, -2, -1]]
    lowest, highest = (ends[1] == ends[3]) & (ends[0] < ends[1]), (ends[0] == ends[2]) & (ends[3] > ends[2])
    rows = X[near]
    return np.asarray(((lowest & (rows == ends[0])) | (highest & (rows == ends[3]))).any(axis=1))


def _refit(X: Array, y: Array, row: int, rank: int) -> tuple[ClosedForm, float] | None:
    """Return the fit without a row, and 1 - h = 1/(1 + h of the row there); None if that fit has a lower rank."""
    others = np.arange(len(y)) != row
    rest = X[others]
    try:
        fit = solve_closed_form(rest, y[others])
    except InputError:  # a coefficient without the row is too large for float64
        return None
    if fit.rank < rank:
        return None
    with np.errstate(over="ignore"):
        leverage = float(fit_leverage(rest, fit).of(X[row : row + 1])[0])
    return (fit, 1.0 / (1.0 + leverage)) if np.isfinite(leverage) else None
