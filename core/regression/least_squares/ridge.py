"""Least squares with an L2 penalty, in its own closed form."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.language import _
from core.regression.data.standardizer import fit_scaling
from core.regression.data.validation import LARGEST_VALUE, Array, ArrayLike, check_array, check_positive, check_X_y
from core.regression.least_squares.closed_form import solve_closed_form

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, eq=False)
class Ridge:
    """The minimiser of loss + penalty/2 · ‖w‖², with the loss half the mean squared error and the bias left free.

    Attributes:
        weights (d,): in the units of the table.
        bias: in the unit of the label.
        loss: that of the rows, without the penalty.
        objective: the loss with the penalty.
        penalty: its strength.
        standardise: whether the penalty is on the weights of standardised features.
    """

    weights: "torch.Tensor"
    bias: float
    loss: float
    objective: float
    penalty: float
    standardise: bool

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
        return torch.from_numpy(matrix @ self.weights.numpy() + self.bias)


def solve_ridge(X: ArrayLike, y: ArrayLike, penalty: float, *, standardise: bool = False) -> Ridge:
    """Fit y (n,) to X (n, d) by least squares with the penalty, a number above 0, on the squares of the weights.

    With standardise=True the penalty is on weights per standard deviation, so that units do not matter. There is one
    solution whatever the rank of X. Raises InputError as `solve_closed_form` does, and for a penalty that is no number
    above 0, or beyond 1e100.

    >>> ridge = solve_ridge([[-1.0], [1.0]], [0.0, 2.0], penalty=1.0)
    >>> ridge.weights, ridge.bias
    (tensor([0.5000], dtype=torch.float64), 1.0)
    """
    import torch

    matrix, labels = check_X_y(X, y)
    penalty = check_positive(penalty, "penalty")
    if penalty > LARGEST_VALUE:
        raise InputError(_("penalty can be at most 1e100; got {value}.").format(value=penalty))
    scaling = fit_scaling(matrix) if standardise else None
    parameters = ridge_optimum(matrix if scaling is None else scaling.transform(matrix), labels, penalty)
    weights, bias = parameters[:-1], parameters[-1]
    squares = float(weights @ weights)
    if scaling is not None:
        weights, bias = scaling.to_table(weights, bias)
    loss = 0.5 * float(np.square(matrix @ weights + bias - labels).mean())
    return Ridge(
        weights=torch.from_numpy(np.array(weights)),
        bias=float(bias),
        loss=loss,
        objective=loss + 0.5 * penalty * squares,
        penalty=penalty,
        standardise=standardise,
    )


def ridge_optimum(X: Array, y: Array, penalty: float) -> Array:
    """Return weights and bias (d + 1,) for rows X (n, d): least squares on d more rows, √(n·penalty) on the diagonal.

    Their labels are 0, and the column of ones is 0 there, so that they penalise every weight and not the bias.
    """
    n, d = X.shape
    pull = np.sqrt(n * penalty) * np.eye(d, d + 1)
    rows = np.vstack([np.column_stack([X, np.ones(n)]), pull])
    fit = solve_closed_form(rows, np.append(y, np.zeros(d)), intercept=False)
    return np.array(fit.weights.numpy())
