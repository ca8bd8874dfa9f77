"""Whether a line, a plane or a hyperplane separates two classes: a linear programme decides.

Then logistic regression has no finite maximum likelihood: along the direction found, every step makes the likelihood
larger. Source: Albert and Anderson (1984), On the existence of maximum likelihood estimates in logistic regression
models; Konis (2007), Linear programming algorithms for detecting separated data in binary logistic regression models.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from core.errors import InputError
from core.foundations.two_classes import SafeScaling, check_two_classes, with_ones
from core.language import _
from core.regression.data.standardizer import Scaling
from core.regression.data.validation import Array, ArrayLike

if TYPE_CHECKING:
    import torch
    from scipy.sparse import csr_array

    Matrix: TypeAlias = "Array | csr_array"

TOLERANCE = 1e-10  # of the solver: the smallest that it accepts
GAP = 1e-9  # a gap this small, in scaled units, is rounding
ON_PLANE = 1e-7  # distances, in scaled units, within which a row is on the plane
FAR = 1e3  # scaled units from which a row is far away
ROUNDING = 1e-15  # of a margin, for each unit of its largest term


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

    Features are scaled inside by `robust_scaling`, so units do not matter, nor does a row far from the others; a
    constant column separates nothing. Gaps below 1e-9 of such a unit count as none. The answer is that of a linear
    programme, checked on all rows.
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
    scaling = robust_scaling(rows.X)
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


def robust_scaling(X: Array) -> SafeScaling:
    """Return the scaling of features X (n, d) to median 0 and, of the rows away from it, a median distance of 1.

    Standard deviations would do as long as no row is far away: one at 1e10 makes all others one place. An even number
    of distances has the lower of its two medians. A constant column becomes 0.
    """
    largest = np.abs(X).max(axis=0)
    factor = np.ldexp(1.0, np.where(largest > 0, np.frexp(largest)[1], 1) - 1)
    centre = np.median(X / factor, axis=0)
    away = np.abs(X / factor - centre)
    spread = [float(np.quantile(each[each > 0], 0.5, method="lower")) if each.any() else 1.0 for each in away.T]
    return SafeScaling(factor, Scaling(centre, np.array(spread)))


def widest_margin(A: Array) -> Array | None:
    """Return parameters v, each between -1 and 1, with A v > 0 in every row of A (m, k); None if there are none."""
    sizes = _row_sizes(A)
    cost = np.zeros(A.shape[1] + 1)
    cost[-1] = -1.0
    bounds = [(-1.0, 1.0)] * A.shape[1] + [(None, None)]
    margins = [np.ones(len(A)), 1 / sizes] if sizes.max() > FAR else [np.ones(len(A))]
    for margin in margins:  # that of a row far away in its own units, or in those of the others: either may be tiny
        solved = _solve(cost, np.column_stack([-A / sizes[:, np.newaxis], margin]), bounds)[:-1]
        if (A @ solved > GAP + ROUNDING * sizes).all():
            return solved
    return None


def weak_direction(A: "Matrix") -> Array | None:
    """Return parameters v, from -1 to 1 each, with A v >= 0 in every row and > 0 in some; None if there are none.

    A (m, k) is an array or a sparse one in rows.
    """
    from scipy.sparse import diags_array

    sizes = _row_sizes(A)
    equal = diags_array(1 / sizes) @ A  # a row far away does not outweigh the others
    solved = _solve(-np.asarray(equal.mean(axis=0)), -equal, [(-1.0, 1.0)] * A.shape[1])
    margins = np.asarray(A @ solved)
    on_right_side = bool((margins >= -GAP - ROUNDING * sizes).all())
    return solved if on_right_side and float((margins / sizes).max()) > ON_PLANE else None


def _row_sizes(A: "Matrix") -> Array:
    """Return the largest absolute value of each row, 1 at least."""
    largest = abs(A).max(axis=1)
    sizes: Array = np.maximum(largest if isinstance(largest, np.ndarray) else largest.toarray().ravel(), 1.0)
    return sizes


def _solve(cost: Array, above: "Matrix", bounds: Sequence[tuple[float | None, float | None]]) -> Array:
    """Return the variables v within their bounds that minimise cost · v while above @ v <= 0."""
    from scipy.optimize import linprog

    options = {"primal_feasibility_tolerance": TOLERANCE, "dual_feasibility_tolerance": TOLERANCE}
    solved = linprog(cost, A_ub=above, b_ub=np.zeros(above.shape[0]), bounds=bounds, method="highs", options=options)
    if solved.x is None:
        raise InputError(_("The linear programme on separability found no answer; choose fewer columns."))
    variables: Array = np.asarray(solved.x, dtype=np.float64)
    return variables
