"""Whether a line, a plane or a hyperplane separates two classes: a linear programme decides.

Then logistic regression has no finite maximum likelihood: along the direction found, every step makes the likelihood
larger. Source: Albert and Anderson (1984), On the existence of maximum likelihood estimates in logistic regression
models; Konis (2007), Linear programming algorithms for detecting separated data in binary logistic regression models.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.foundations.two_classes import check_two_classes, fit_safe_scaling, with_ones
from core.language import _
from core.regression.data.validation import Array, ArrayLike

if TYPE_CHECKING:
    import torch

TOLERANCE = 1e-10  # of the solver: the smallest that it accepts
GAP = 1e-9  # a gap this small, in standard deviations, is rounding
ON_PLANE = 1e-7  # distances, in standard deviations, within which a row is on the plane


@dataclass(frozen=True, eq=False)
class Separability:
    """Whether a hyperplane x · direction + bias = 0 separates the classes, and one that does.

    Attributes:
        separable: no row is on the wrong side, and not all are on the plane. Then no finite weights have the largest
            likelihood.
        complete: no row is on the plane either. If separable but not complete, separation is quasi-complete.
        direction (d,): in the units of X, towards the positive class; zeros if the classes overlap.
        bias: of the hyperplane.
        on_plane: how many rows are on the plane, of those that quasi-complete separation leaves there.
    """

    separable: bool
    complete: bool
    direction: "torch.Tensor"
    bias: float
    on_plane: int


def separability(X: ArrayLike, y: ArrayLike) -> Separability:
    """Return whether a hyperplane separates the two classes of y (n,) in the features X (n, d).

    Features are standardised inside, so units do not matter; a constant column separates nothing. Gaps below 1e-9
    standard deviations count as none. The answer is that of a linear programme, checked on all rows.
    Raises InputError if y has one class or more than two, for missing or infinite values and shapes that do not fit.

    >>> separability([[0.0], [1.0], [2.0], [3.0]], [0, 0, 1, 1]).complete
    True
    >>> separability([[0.0], [1.0], [1.0], [3.0]], [0, 0, 1, 1]).complete  # two rows at the same place
    False
    >>> separability([[0.0], [2.0], [1.0], [3.0]], [0, 0, 1, 1]).separable
    False
    """
    import torch

    rows = check_two_classes(X, y)
    scaling = fit_safe_scaling(rows.X)
    Z = with_ones(scaling.transform(rows.X))
    sign = np.where(rows.y == 1, 1.0, -1.0)
    found = widest_margin(sign[:, np.newaxis] * Z)
    complete = found is not None
    if found is None:
        found = weak_direction(sign[:, np.newaxis] * Z)
    if found is None:
        return Separability(False, False, torch.zeros(rows.X.shape[1], dtype=torch.float64), 0.0, 0)
    on_plane = 0 if complete else int((np.abs(Z @ found) < ON_PLANE).sum())
    direction, bias = scaling.to_table(found[:-1], found[-1])
    return Separability(True, complete, torch.from_numpy(direction), float(bias), on_plane)


def widest_margin(A: Array) -> Array | None:
    """Return parameters v, each between -1 and 1, with A v > 0 in every row of A (m, k); None if there are none."""
    rows, columns = A.shape
    cost = np.zeros(columns + 1)
    cost[-1] = -1.0
    bounds = [(-1.0, 1.0)] * columns + [(None, None)]
    solved = _solve(cost, np.column_stack([-A, np.ones(rows)]), bounds)[:-1]
    return solved if float((A @ solved).min()) > GAP else None


def weak_direction(A: Array) -> Array | None:
    """Return parameters v, from -1 to 1 each, with A v >= 0 in every row and > 0 in some; None if there are none."""
    solved = _solve(-A.mean(axis=0), -A, [(-1.0, 1.0)] * A.shape[1])
    margins = A @ solved
    return solved if float(margins.min()) >= -GAP and float(margins.max()) > ON_PLANE else None


def _solve(cost: Array, above: Array, bounds: Sequence[tuple[float | None, float | None]]) -> Array:
    """Return the variables v within their bounds that minimise cost · v while above @ v <= 0."""
    from scipy.optimize import linprog

    options = {"primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE}
    solved = linprog(cost, A_ub=above, b_ub=np.zeros(len(above)), bounds=bounds, method="highs", options=options)
    if solved.x is None:
        raise InputError(_("The linear programme on separability found no answer; choose fewer columns."))
    variables: Array = np.asarray(solved.x, dtype=np.float64)
    return variables
