"""The least-squares solution in closed form, exact to the last digits of float64."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.data.validation import Array, ArrayLike, as_array, check_array, check_named, check_X_y
from core.regression.least_squares.linear_dependence import LinearDependence
from core.regression.least_squares.solver import Solution, check_finite, solve
from core.regression.least_squares.standard_errors import Inference, check_confidence, infer

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class ClosedForm:
    """The least-squares fit of n rows and d features, in the units of the table.

    If rank < columns, many parameters fit equally well, and these are the ones of minimum norm, the bias included. With
    as many independent columns as rows no residuals are left to estimate the noise from: standard errors, t statistics,
    intervals, residual_deviation and adjusted_r_squared are None. A perfect fit has no t statistics. Figures of the
    bias are None without an intercept. A coefficient that no number of such rows determines has NaN for its t
    statistic and its interval, and its standard error is that of the minimum-norm solution, in these units only.

    Attributes:
        weights (d,): one for each feature.
        bias: 0.0 without an intercept.
        loss: half the mean squared error on the fitted rows.
        rank: of the matrix solved.
        columns: of the matrix solved, whose last one is the intercept if there is one.
        condition_number: of that matrix, each column scaled to length 1, in the 2-norm; infinite if rank < columns.
        digits: how many significant digits of each coefficient are guaranteed.
        method: the solver used, in words.
        relations: which features depend on which, one for every linearly dependent feature; empty at full rank.
        dependencies: the same in sentences.
        null_space (d + 1, columns - rank): orthonormal; moving (weights, bias) along it changes no prediction.
        determined (d,): which weights are the same in all least-squares fits.
        bias_determined: whether the bias is.
        confidence: of the intervals.
        standard_errors (d,): of the weights.
        bias_standard_error: of the bias.
        t_statistics (d,): of the weights.
        bias_t_statistic: of the bias.
        confidence_interval (d, 2): of the weights.
        bias_confidence_interval: of the bias, (low, high).
        residual_deviation: the estimate of the deviation of the noise.
        r_squared: None for labels that leave nothing to explain: constant ones, or without an intercept zeros.
        adjusted_r_squared: adjusted for the rank.
    """

    weights: "torch.Tensor"
    bias: float
    loss: float
    rank: int
    columns: int
    condition_number: float
    digits: float
    method: str
    relations: tuple[LinearDependence, ...]
    dependencies: tuple[str, ...]
    null_space: "torch.Tensor"
    determined: "torch.Tensor"
    bias_determined: bool
    confidence: float
    standard_errors: "torch.Tensor | None"
    bias_standard_error: float | None
    t_statistics: "torch.Tensor | None"
    bias_t_statistic: float | None
    confidence_interval: "torch.Tensor | None"
    bias_confidence_interval: tuple[float, float] | None
    residual_deviation: float | None
    r_squared: float | None
    adjusted_r_squared: float | None

    def predict(self, X: ArrayLike) -> "torch.Tensor":
        """Return the predicted labels (n,) for rows X (n, d). Raises InputError for another number of columns."""
        import torch

        matrix = check_array(X)
        if matrix.shape[1] != len(self.weights):
            raise InputError(
                _("X needs the columns of the fit, {needed} in all; got {got}.").format(
                    needed=len(self.weights), got=matrix.shape[1]
                )
            )
        with np.errstate(over="ignore", invalid="ignore"):
            labels = matrix @ self.weights.numpy() + self.bias
        return torch.from_numpy(check_finite(labels))

    def smallest(self, weights: ArrayLike, bias: float) -> "tuple[torch.Tensor, float]":
        """Return (weights, bias) without their component in the null space: same predictions, minimum norm."""
        import torch

        given = as_array(weights, "weights")
        if given.shape != tuple(self.weights.shape):
            raise InputError(
                _("weights needs shape ({needed},); its shape is {shape}.").format(
                    needed=len(self.weights), shape=tuple(given.shape)
                )
            )
        parameters = np.append(given, as_array(bias, "bias"))
        directions = self.null_space.numpy()
        for _pass in range(2):  # the second removes the rounding error of the first
            parameters = parameters - directions @ (directions.T @ parameters)
        return torch.from_numpy(parameters[:-1]), float(parameters[-1])


def solve_closed_form(
    X: ArrayLike,
    y: ArrayLike,
    intercept: bool = True,
    *,
    feature_names: Sequence[str] | None = None,
    confidence: float = 0.95,
) -> ClosedForm:
    """Fit y (n,) to X (n, d) by least squares.

    Returns the exact minimiser for the float64 numbers given, rounded; `digits` is how many are guaranteed. Any
    n >= 1 and d >= 1 will do; constant, repeated and dependent columns lead to the minimum-norm solution.
    feature_names are used in the sentences on dependencies; without them the columns are x1, x2, ...
    A coefficient too small for float64 is rounded, and `digits` is 0. R² is uncentred without an intercept.
    Raises InputError for NaN, infinity, other shapes, and results too large for float64.

    >>> fit = solve_closed_form([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0], feature_names=["size"])
    >>> fit.weights, fit.bias, fit.rank
    (tensor([2.], dtype=torch.float64), 1.0, 2)
    >>> solve_closed_form([[1, 0], [0, 1], [0, 1]], [1, 2, 3], feature_names=["red", "blue"]).dependencies
    ('“red” + “blue” = 1.',)
    """
    matrix, labels = check_X_y(X, y)
    names = _check_names(feature_names, matrix.shape[1])
    checked = check_confidence(confidence)
    solution = solve(matrix, labels, bool(intercept))
    inference = infer(solution.coefficients, solution.squares, bool(intercept), checked)
    return _in_table_order(solution, inference, bool(intercept), checked, names)


def check_closed_form(fit: object) -> None:
    """Raise InputError unless this is a closed form; its class may be that of an earlier load of the module."""
    if not hasattr(fit, "null_space"):
        raise InputError(
            _("fit has to be a closed form, as solve_closed_form returns it; got {kind}.").format(
                kind=type(fit).__name__
            )
        )


def _check_names(names: Sequence[str] | None, count: int) -> list[str]:
    if names is None:
        return [f"x{index}" for index in range(1, count + 1)]
    check_named(names)
    if isinstance(names, str) or len(names) != count:
        raise InputError(
            _("feature_names needs one name for each column of X, {needed} in all; got {got}.").format(
                needed=count, got=len(names)
            )
        )
    return [str(name) for name in names]


def _in_table_order(
    solution: Solution, inference: Inference, intercept: bool, confidence: float, names: Sequence[str]
) -> ClosedForm:
    """Separate the bias, which the solvers keep first, from the weights."""
    import torch

    def weights(values: Array | None) -> torch.Tensor | None:
        return None if values is None else torch.from_numpy(values[int(intercept) :].copy())

    def bias(values: Array | None) -> float | None:
        return None if values is None or not intercept else float(values[0])

    known = solution.determined
    errors = None if inference.standard_errors is None else check_finite(inference.standard_errors)
    t = inference.t_statistics
    if t is not None:
        t = np.where(known, check_finite(t), np.nan)
    intervals = inference.intervals
    if intervals is not None:
        intervals = np.where(known[:, None], check_finite(intervals), np.nan)
    null_space = solution.null_space
    last = null_space[:1] if intercept else np.zeros((1, null_space.shape[1]))
    return ClosedForm(
        weights=torch.from_numpy(solution.coefficients[int(intercept) :].copy()),
        bias=float(solution.coefficients[0]) if intercept else 0.0,
        loss=solution.loss,
        rank=solution.squares.rank,
        columns=len(solution.coefficients),
        condition_number=solution.condition_number,
        digits=solution.digits,
        method=solution.method,
        relations=solution.relations,
        dependencies=tuple(relation.describe(names) for relation in solution.relations),
        null_space=torch.from_numpy(np.concatenate([null_space[int(intercept) :], last])),
        confidence=confidence,
        determined=torch.from_numpy(known[int(intercept) :].copy()),
        bias_determined=bool(known[0]) if intercept else False,
        standard_errors=weights(errors),
        bias_standard_error=bias(errors),
        t_statistics=weights(t),
        bias_t_statistic=bias(t),
        confidence_interval=weights(intervals),
        bias_confidence_interval=None
        if intervals is None or not intercept
        else (float(intervals[0, 0]), float(intervals[0, 1])),
        residual_deviation=inference.residual_deviation,
        r_squared=inference.r_squared,
        adjusted_r_squared=inference.adjusted_r_squared,
    )
