"""The solution SGD converges to when many fit equally well: its null-space component stays that of the start."""

from dataclasses import dataclass

import numpy as np

from core.regression.data.standardizer import Scaling
from core.regression.data.validation import Array, ArrayLike, check_array
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.linalg.quadratic_form import fit_quadratic_form
from core.regression.sgd.train import SgdRun


@dataclass(frozen=True, eq=False)
class NullSpaceSplit:
    """A run's start and end in the coordinates trained in, split into row space and null space.

    Every gradient is a linear combination of rows [x 1], so no step leaves their span, the row space. The component
    orthogonal to it, in the null space, changes no prediction and is never changed.

    Attributes:
        start (d + 1,): the initial parameters, the bias last.
        end (d + 1,): the last parameters.
        null_space (d + 1, k): orthonormal.
        smallest (d + 1,): of all parameters that fit best the ones of smallest norm in these coordinates; they have no
            part in the null space.
        start_part: the norm of the start's part in the null space.
        end_part: the norm of the end's.
        change: the norm of the difference of the two parts.
        away: how far the rest of the end is from `smallest`.
    """

    start: Array
    end: Array
    null_space: Array
    smallest: Array
    start_part: float
    end_part: float
    change: float
    away: float


def split_null_space(run: SgdRun, fit: ClosedForm) -> NullSpaceSplit:
    """Split the start and the end of a run, trained on the rows that `fit` is the closed form of."""
    null_space = trained_null_space(fit, run.scaling)
    start, end = (_trained(run, row) for row in (0, -1))
    exact = _to_standard(run.scaling, np.append(fit.weights.numpy(), fit.bias))
    smallest = _row_part(null_space, exact)
    before, after = null_space.T @ start, null_space.T @ end
    return NullSpaceSplit(
        start=start,
        end=end,
        null_space=null_space,
        smallest=smallest,
        start_part=float(np.linalg.norm(before)),
        end_part=float(np.linalg.norm(after)),
        change=float(np.linalg.norm(after - before)),
        away=float(np.linalg.norm(_row_part(null_space, end) - smallest)),
    )


def trained_null_space(fit: ClosedForm, scaling: Scaling) -> Array:
    """Return an orthonormal basis (d + 1, k), in the coordinates trained in, of changes that no prediction shows."""
    directions = _to_standard(scaling, fit.null_space.numpy().T)
    return np.asarray(np.linalg.qr(directions.T).Q) if directions.size else directions.T


@dataclass(frozen=True, eq=False)
class Slope:
    """A direction in the coordinates trained in, and how steep the loss is along it.

    Attributes:
        direction (d + 1,): of length 1, the bias last.
        eigenvalue: of the loss along it. With 0 nothing pulls along it; else one update on all rows leaves 1 − η ·
            eigenvalue of an error.
    """

    direction: Array
    eigenvalue: float

    def kept(self, learning_rate: float, updates: int) -> float:
        """Return the share of an error along this direction that is left after so many updates on all rows."""
        return float((1.0 - learning_rate * self.eigenvalue) ** updates)


def flat_direction(X: ArrayLike, scaling: Scaling, change: Array | None = None) -> Slope:
    """Return the direction of `change` (d + 1,), a change in table units without effect on predictions, as trained.

    Without one, at full rank, return the flattest direction of the loss of rows X (n, d), which SGD is slowest along.
    """
    if change is not None:
        moved = _to_standard(scaling, change)
        return Slope(moved / np.linalg.norm(moved), 0.0)
    trained = scaling.transform(check_array(X))
    _u, roots, directions = np.linalg.svd(fit_quadratic_form(np.ascontiguousarray(trained)).augmented())
    largest = directions[-1][np.abs(directions[-1]).argmax()]
    flattest = float(roots[-1]) ** 2 if len(roots) == len(directions) else 0.0
    return Slope(directions[-1] * np.sign(largest), flattest)


def moved_start(run: SgdRun, direction: Array, amount: float) -> tuple[Array, float]:
    """Return weights and bias, in table units, that start `amount` further along a direction than the run did."""
    start = _trained(run, 0) + amount * direction
    weights, bias = run.scaling.to_table(start[:-1], start[-1])
    return weights, float(bias)


def parts_along(run: SgdRun, direction: Array) -> Array:
    """Return the component (k,) of the parameters along a direction, in the coordinates trained in, step by step."""
    d = len(run.weights)
    result: Array = _to_standard(run.scaling, run.history.iloc[:, -d - 1 :].to_numpy(np.float64)) @ direction
    return result


def _trained(run: SgdRun, row: int) -> Array:
    """Return the recorded parameters of one row of the history, in the coordinates trained in."""
    d = len(run.weights)
    return _to_standard(run.scaling, run.history.iloc[row, -d - 1 :].to_numpy(np.float64))


def _to_standard(scaling: Scaling, parameters: Array) -> Array:
    """Turn (d + 1,) or (k, d + 1) parameters in table units into those for standardised features."""
    weights, bias = scaling.to_standard(parameters[..., :-1], parameters[..., -1])
    return np.concatenate([weights, np.asarray(bias)[..., None]], axis=-1)


def _row_part(null_space: Array, parameters: Array) -> Array:
    result: Array = parameters - null_space @ (null_space.T @ parameters)
    return result
