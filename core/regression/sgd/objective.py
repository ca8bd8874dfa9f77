"""A table prepared for SGD: its features in the coordinates trained in, and its loss there as a quadratic form."""

import math
from dataclasses import dataclass, replace

import numpy as np

from core.errors import InputError
from core.formatting import format_general
from core.language import _
from core.regression.data.minibatches import draw_start
from core.regression.data.standardizer import Scaling, fit_scaling
from core.regression.data.validation import LARGEST_VALUE, Array, ArrayLike, as_array, check_X_y
from core.regression.least_squares.closed_form import ClosedForm, check_closed_form, solve_closed_form
from core.regression.least_squares.ridge import Ridge, ridge_optimum
from core.regression.linalg.quadratic_form import QuadraticForm, fit_quadratic_form
from core.regression.sgd.config import SgdConfig

_SAME_LOSS = 5e-4  # two roots of losses that differ by a smaller share belong to the same rows


@dataclass(frozen=True, eq=False)
class Objective:
    """The rows in the coordinates trained in, and where the loss is smallest.

    With a penalty, loss + penalty/2 · ‖w‖² is the objective that is descended.

    Attributes:
        X (n, d): the features in the coordinates trained in.
        y (n,): the labels.
        scaling: those coordinates.
        fit: the closed form without a penalty.
        optimum (d + 1,): the weights of the closed form in those coordinates, then its bias; with a penalty those of
            `ridge`.
        loss: the loss there, with a penalty the objective.
        bowl: what any change from there adds.
        penalty: its strength.
        ridge: the closed form of the objective, if there is a penalty.
    """

    X: Array
    y: Array
    scaling: Scaling
    fit: ClosedForm
    optimum: Array
    loss: float
    bowl: QuadraticForm
    penalty: float = 0.0
    ridge: Ridge | None = None

    @property
    def closed_form_loss(self) -> float:
        """The loss of the closed form, without a penalty."""
        return self.loss if self.ridge is None else self.ridge.loss

    def gap(self, parameters: Array) -> Array:
        """Return how much more than the smallest the loss is at parameters (d + 1,) or (k, d + 1)."""
        change = parameters - self.optimum
        return self.bowl.value(change[..., :-1], change[..., -1])

    def loss_at(self, parameters: Array, gap: Array) -> Array:
        """Return the loss, without the penalty, at parameters (k, d + 1) that have these gaps (k,)."""
        if not self.penalty:
            return self.loss + gap
        squares = np.square(parameters[..., :-1]).sum(axis=-1)
        result: Array = np.maximum(self.loss + gap - 0.5 * self.penalty * squares, 0.0)
        return result


def build_objective(
    X: ArrayLike, y: ArrayLike, standardise: bool = False, fit: ClosedForm | None = None, penalty: float = 0.0
) -> Objective:
    """Check the table, scale it if asked, and find the closed form unless `fit` is given.

    Raises InputError for what cannot be trained on, for values beyond 1e100, and for a `fit` of another table.
    """
    matrix, labels = check_X_y(X, y)
    for values, name in ((matrix, "X"), (labels, "y")):
        if max(values.max(), -values.min()) > LARGEST_VALUE:
            raise InputError(_("{name} holds values beyond 1e100; divide them by a constant first.").format(name=name))
    if fit is None:
        fit = solve_closed_form(matrix, labels)
    else:
        check_fit(fit, matrix, labels)
    weights = fit.weights.numpy()
    if standardise:
        scaling = fit_scaling(matrix)
        # the mean label is the bias at the mean row, free of the cancellation in bias + centre·weights
        optimum = np.append(weights * scaling.spread, labels.mean())
        matrix = scaling.transform(matrix)
    else:
        scaling = identity_scaling(matrix.shape[1])
        optimum = np.append(weights, fit.bias)
    matrix, labels = _in_one_piece(matrix), _in_one_piece(labels)
    objective = Objective(matrix, labels, scaling, fit, optimum, float(fit.loss), fit_quadratic_form(matrix))
    return _penalised(objective, penalty, standardise) if penalty > 0 else objective


def _penalised(objective: Objective, penalty: float, standardise: bool) -> Objective:
    """Return the objective with the penalty: another optimum, and a quadratic form steeper along every weight."""
    import torch

    optimum = ridge_optimum(objective.X, objective.y, penalty)
    loss = 0.5 * float(np.square(objective.X @ optimum[:-1] + optimum[-1] - objective.y).mean())
    smallest = loss + 0.5 * penalty * float(optimum[:-1] @ optimum[:-1])
    weights, bias = objective.scaling.to_table(optimum[:-1], optimum[-1])
    steeper = np.vstack([objective.bowl.factor, math.sqrt(penalty) * np.eye(objective.X.shape[1])])
    return replace(
        objective,
        optimum=optimum,
        loss=smallest,
        bowl=QuadraticForm(objective.bowl.mean, steeper),
        penalty=penalty,
        ridge=Ridge(torch.from_numpy(np.array(weights)), float(bias), loss, smallest, penalty, standardise),
    )


def check_fit(fit: ClosedForm, X: Array, y: Array) -> None:
    """Raise InputError unless the fit has an intercept, and on these rows the loss it reports."""
    check_closed_form(fit)
    weights = fit.weights.numpy()
    if len(weights) != X.shape[1]:
        raise InputError(
            _(
                "The closed form is of X with shape (n, {fitted}), and this X has shape (n, {columns}); solve it anew."
            ).format(fitted=len(weights), columns=X.shape[1])
        )
    if fit.columns != X.shape[1] + 1:
        raise InputError(_("SGD trains a bias, so the closed form needs one too; solve it with intercept=True."))
    loss = 0.5 * float(np.square(X @ weights + fit.bias - y).mean())
    apart = abs(math.sqrt(loss) - math.sqrt(fit.loss))
    if apart > _SAME_LOSS * math.sqrt(fit.loss) and apart > _rounding(X, weights, fit.bias):
        raise InputError(
            _("The closed form was solved for other rows: its loss there is {own}, here {loss}.").format(
                own=format_general(fit.loss, 4), loss=format_general(loss, 4)
            )
        )


def _rounding(X: Array, weights: Array, bias: float) -> float:
    """Return how far rounding can move a prediction."""
    sizes = np.abs(X) @ np.abs(weights) + abs(bias)
    return float(8 * (len(weights) + 1) * np.finfo(np.float64).eps * sizes.max())


def _in_one_piece(values: Array) -> Array:
    """Return a read-only view, or a copy where needed: one memory layout, and so one compilation of the inner loop."""
    result = np.require(values, requirements=["C_CONTIGUOUS", "ALIGNED"]).view()
    result.setflags(write=False)
    return result


def identity_scaling(columns: int) -> Scaling:
    """Return the scaling that changes nothing."""
    return Scaling(centre=np.zeros(columns), spread=np.ones(columns))


@dataclass(frozen=True, eq=False)
class TestObjective:
    """The loss on rows that were not trained on, near the closed form of those that were.

    Attributes:
        loss: at `optimum`.
        slope (d + 1,): the gradient there.
        bowl: the quadratic form of these rows.
        optimum (d + 1,): of the rows trained on, the bias last.
    """

    loss: float
    slope: Array
    bowl: QuadraticForm
    optimum: Array

    def value(self, parameters: Array) -> Array:
        """Return the loss at parameters (d + 1,) or (k, d + 1), in the coordinates trained in."""
        change = parameters - self.optimum
        return np.maximum(self.loss + change @ self.slope + self.bowl.value(change[..., :-1], change[..., -1]), 0.0)


def check_test_rows(X_test: ArrayLike | None, y_test: ArrayLike | None, columns: int) -> tuple[Array, Array] | None:
    """Return the test rows (k, columns) and labels (k,), or None without any; raise InputError if only one is given."""
    if X_test is None and y_test is None:
        return None
    if X_test is None or y_test is None:
        raise InputError(_("Test rows need both X_test and y_test; got only one of them."))
    matrix, labels = check_X_y(X_test, y_test, ("X_test", "y_test"))
    if matrix.shape[1] != columns:
        raise InputError(
            _("X_test has shape (n, {test}) and X has shape (n, {train}); both need the same columns.").format(
                test=matrix.shape[1], train=columns
            )
        )
    return matrix, labels


def build_test_objective(
    objective: Objective, X_test: ArrayLike | None, y_test: ArrayLike | None
) -> TestObjective | None:
    """Return the loss on test rows as an exact quadratic, or None if there are none.

    Raises InputError if only one of the two is given, or if the columns differ from those trained on.
    """
    rows = check_test_rows(X_test, y_test, objective.X.shape[1])
    if rows is None:
        return None
    matrix, labels = rows
    if max(matrix.max(), -matrix.min(), labels.max(), -labels.min()) > LARGEST_VALUE:
        raise InputError(_("The test rows hold values beyond 1e100; divide them by a constant first."))
    best = objective.ridge or objective.fit
    errors = matrix @ best.weights.numpy() + best.bias - labels
    matrix = objective.scaling.transform(matrix)
    slope = np.append(matrix.T @ errors, errors.sum()) / len(labels)
    return TestObjective(0.5 * float(np.square(errors).mean()), slope, fit_quadratic_form(matrix), objective.optimum)


def check_start(initial: tuple[ArrayLike, float], columns: int, scaling: Scaling) -> Array:
    """Return initial parameters (d + 1,) in the coordinates trained in, from weights and bias in those of the table."""
    try:
        weights, bias = initial
    except (TypeError, ValueError):
        raise InputError(_("initial has to be a pair, the weights and the bias.")) from None
    table_weights, table_bias = as_array(weights, "initial weights"), as_array(bias, "initial bias")
    if table_weights.shape != (columns,) or table_bias.size != 1:
        raise InputError(
            _(
                "initial needs weights of shape ({columns},) and one bias; their shapes are {weights} and {bias}."
            ).format(columns=columns, weights=tuple(table_weights.shape), bias=tuple(table_bias.shape))
        )
    if max(np.abs(table_weights).max(), np.abs(table_bias).max()) > LARGEST_VALUE:
        raise InputError(_("initial holds values beyond 1e100; start closer to 0."))
    start_weights, start_bias = scaling.to_standard(table_weights, float(table_bias.reshape(())))
    return np.append(start_weights, start_bias)


def find_start(config: SgdConfig, objective: Objective) -> Array:
    """Return where a run begins, (d + 1,) in the coordinates trained in: at `initial`, or as the seed draws it."""
    columns = objective.X.shape[1]
    if config.initial is not None:
        return check_start(config.initial, columns, objective.scaling)
    return draw_start(columns, config.seed, config.start_spread)
