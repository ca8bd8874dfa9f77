"""The loss over two of its parameters, as an exact quadratic form."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.regression.data.standardizer import Scaling
from core.regression.data.validation import Array, ArrayLike, as_array, check_positive, check_size
from core.regression.least_squares.closed_form import ClosedForm
from core.regression.sgd.objective import build_objective
from core.regression.sgd.stability import FLAT

EXTREMES = ("steepest", "flattest")


@dataclass(frozen=True, eq=False)
class LossSurface:
    """A plane through the closed form in the space of parameters, and the loss on it.

    For parameters the coordinates are their values, all others staying at the closed form; for EXTREMES they are the
    distances from the closed form along the eigenvectors of the largest and the smallest eigenvalue.

    Attributes:
        axes: the names of the two coordinates, two of w1 … wd and b, or EXTREMES.
        centre (2,): where the loss is smallest.
        loss: what it is there.
        directions (d + 1, 2): the unit vectors of the plane, the bias last.
        curvature (2, 2): the Hessian on the plane.
        root (k, 2): rootᵀ root is the curvature.
        scaling: the coordinates trained in.
        origin (d + 1,): the closed form in those coordinates.
    """

    axes: tuple[str, str]
    centre: Array
    loss: float
    directions: Array
    curvature: Array
    root: Array
    scaling: Scaling
    origin: Array

    def values(self, first: ArrayLike, second: ArrayLike) -> Array:
        """Return the loss on a grid, shape (len(second), len(first)): rows follow the second coordinate."""
        across = as_array(first, "first") - self.centre[0]
        up = as_array(second, "second") - self.centre[1]
        along = across[None, :, None] * self.root[:, 0] + up[:, None, None] * self.root[:, 1]
        result: Array = self.loss + 0.5 * np.square(along).sum(axis=-1)
        return result

    def ellipse(self, gap: float, points: int = 121) -> pd.DataFrame:
        """Return the closed curve on which the loss is `gap` above its smallest: columns named as the axes.

        Raises InputError for a gap that is not above 0, and where the loss is flat along a line of the plane.
        """
        height = check_positive(gap, "gap")
        lengths = np.linalg.norm(self.root, axis=0)
        lengths[lengths == 0] = 1.0
        _left, sizes, turn = np.linalg.svd(self.root / lengths, full_matrices=False)
        if sizes[1] <= np.sqrt(FLAT):
            raise InputError(
                _(
                    "The loss is flat along a line in {first} and {second}, so its contours there are not ellipses."
                ).format(first=self.axes[0], second=self.axes[1])
            )
        angle = np.linspace(0.0, 2.0 * np.pi, points)
        circle = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(2.0 * height) / sizes
        curve = self.centre + circle @ turn / lengths
        return pd.DataFrame(curve, columns=list(self.axes))

    def project(self, history: pd.DataFrame) -> pd.DataFrame:
        """Return where the parameters of a history lie on the plane: its steps, and columns named as the axes."""
        weights = history[[f"w{j + 1}" for j in range(len(self.origin) - 1)]].to_numpy()
        standard, bias = self.scaling.to_standard(weights, history["b"].to_numpy())
        change = np.column_stack([standard, bias]) - self.origin
        place = pd.DataFrame(self.centre + change @ self.directions, columns=list(self.axes))
        place.insert(0, "step", history["step"].to_numpy())
        return place


def loss_surface(
    X: ArrayLike,
    y: ArrayLike,
    axes: Sequence[str] = EXTREMES,
    *,
    standardise: bool = False,
    fit: ClosedForm | None = None,
    penalty: float = 0.0,
    near: Array | None = None,
) -> LossSurface:
    """Cut the loss of the rows X (n, d), y (n,) along two parameters, or along its two extreme directions.

    Coordinates are those of the table, or with standardise=True those of the standardised features. Directions in which
    the loss is flat are skipped. With a `penalty` the loss is loss + penalty/2 · ‖w‖², as in `train_sgd`. When
    columns are linearly dependent, many parameters have the smallest loss: with `near` (d + 1,), parameters in the
    coordinates trained in, the plane goes through those nearest to them, where descent from there ends.
    Raises InputError for unknown axes, for EXTREMES if the loss curves in one direction only, and as `train_sgd` does
    for the table.

    >>> surface = loss_surface([[1.0], [-1.0]], [3.0, -1.0], axes=("w1", "b"))
    >>> surface.centre, surface.values([2.0, 4.0], [1.0])
    (array([2., 1.]), array([[0., 2.]]))
    """
    objective = build_objective(X, y, standardise, fit, check_size(penalty, "penalty"))
    root = objective.bowl.augmented()
    directions = _extremes(root) if tuple(axes) == EXTREMES else _parameters(axes, root.shape[1])
    on_plane = root @ directions
    optimum = objective.optimum if near is None else _nearest(root, objective.optimum, near)
    return LossSurface(
        axes=(str(axes[0]), str(axes[1])),
        centre=np.zeros(2) if tuple(axes) == EXTREMES else directions.T @ optimum,
        loss=objective.loss,
        directions=directions,
        curvature=on_plane.T @ on_plane,
        root=on_plane,
        scaling=objective.scaling,
        origin=optimum,
    )


def _extremes(root: Array) -> Array:
    _left, values, right = np.linalg.svd(root, full_matrices=False)
    curved = right[np.square(values) > FLAT * values[0] ** 2]
    if len(curved) < 2:
        raise InputError(_("The loss curves in one direction only; choose two parameters to look at instead."))
    return np.column_stack([curved[0], curved[-1]])


def _nearest(root: Array, optimum: Array, near: Array) -> Array:
    """Return the parameters nearest to `near` among those with the loss of `optimum`."""
    _left, values, right = np.linalg.svd(root, full_matrices=False)
    curved = right[np.square(values) > FLAT * values[0] ** 2]
    if len(curved) == len(optimum):
        return optimum
    nearest: Array = near + curved.T @ (curved @ (optimum - near))
    return nearest


def _parameters(axes: Sequence[str], count: int) -> Array:
    names = [*(f"w{j + 1}" for j in range(count - 1)), "b"]
    if len(axes) != 2 or axes[0] == axes[1] or not set(axes) <= set(names):
        raise InputError(
            _("axes has to be two different ones of {names}, or {extremes}; got {value}.").format(
                names=format_list(names), extremes=format_list(EXTREMES, "and"), value=format_list(map(str, axes))
            )
        )
    return np.eye(count)[:, [names.index(axis) for axis in axes]]
