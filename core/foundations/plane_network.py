"""A network from two features through one hidden layer to one output, trained by gradient descent on all rows.

Its parameters are one vector of length 4h + 1: for each of the h hidden units its two weights, its bias and the weight
that the output has for it; last, the output's bias. The output is linear and the loss half the mean squared error, so
that with the hidden units fixed the best output layer is a least-squares problem with an exact answer.
Sums over units and rows are taken entry by entry and not by a product of matrices: units that are equal then stay equal
to the last bit, on every processor.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.regression.data.minibatches import check_seed
from core.regression.data.validation import Array, ArrayLike, as_array, check_count, check_X_y
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form

PER_UNIT = 4  # parameters of a hidden unit: two weights, its bias, and the output's weight for it
MOST_UNITS = 100
MOST_STEPS = 100_000
LEAK = 0.01  # the slope of a leaky ReLU below 0, as in PyTorch


@dataclass(frozen=True)
class Activation:
    """A function that a hidden unit applies to its sum z.

    Attributes:
        value: a = f(z), any shape.
        slope: the derivative f'(z), given z and a; 0 at z = 0 for ReLU and the leak there for a leaky ReLU, as in
            PyTorch.
        module: its name in torch.nn.
    """

    value: Callable[[Array], Array]
    slope: Callable[[Array, Array], Array]
    module: str


def _logistic(z: Array) -> Array:
    small = np.exp(-np.abs(z))  # never overflows
    result: Array = np.where(z >= 0, 1 / (1 + small), small / (1 + small))
    return result


ACTIVATIONS: dict[str, Activation] = {
    "tanh": Activation(np.tanh, lambda z, a: 1 - a * a, "Tanh"),
    "sigmoid": Activation(_logistic, lambda z, a: a * (1 - a), "Sigmoid"),
    "relu": Activation(lambda z: np.maximum(z, 0.0), lambda z, a: (z > 0).astype(float), "ReLU"),
    "leaky": Activation(lambda z: np.where(z > 0, z, LEAK * z), lambda z, a: np.where(z > 0, 1.0, LEAK), "LeakyReLU"),
    "identity": Activation(lambda z: z, lambda z, a: np.ones_like(z), "Identity"),
}


@dataclass(frozen=True, eq=False)
class PlaneRun:
    """Gradient descent from its start to its last step.

    Attributes:
        activation: of the hidden units, a name of ACTIVATIONS.
        trajectory: the parameters before the first step and after each, shape (steps + 1, 4h + 1).
        losses: half the mean squared error of each of them, shape (steps + 1,).
        diverged: whether a step led beyond what float64 holds; the trajectory ends before it.
    """

    activation: str
    trajectory: Array
    losses: Array
    diverged: bool


def start_parameters(hidden: int, seed: int = 0, equal: bool = False) -> Array:
    """Return parameters (4h + 1,) to start from: uniform between -1 and 1, and for the output's weights ±1/√h.

    With `equal` each hidden unit starts with the parameters drawn for the first. Biases are drawn too, the output's is
    0. Raises InputError for fewer than 1 or more than 100 hidden units.
    """
    count = _bounded(hidden, "hidden", MOST_UNITS)
    units = np.random.default_rng(check_seed(seed)).uniform(-1.0, 1.0, (count, PER_UNIT))
    units[:, 3] /= np.sqrt(count)
    return np.append(np.tile(units[0], count) if equal else units.ravel(), 0.0)


def hidden_sums(parameters: ArrayLike, X: ArrayLike) -> Array:
    """Return the sums z = w₁x₁ + w₂x₂ + b of the hidden units for rows X (n, 2): shape (n, h)."""
    units, _bias = _units(parameters)
    rows = as_array(X, "X")
    sums: Array = rows[:, :1] * units[:, 0] + rows[:, 1:] * units[:, 1] + units[:, 2]
    return sums


def hidden_values(parameters: ArrayLike, X: ArrayLike, activation: str) -> Array:
    """Return what the hidden units answer for rows X (n, 2): shape (n, h)."""
    return _activation(activation).value(hidden_sums(parameters, X))


def outputs(parameters: ArrayLike, X: ArrayLike, activation: str) -> Array:
    """Return the network's output for rows X (n, 2): shape (n,)."""
    units, bias = _units(parameters)
    result: Array = (hidden_values(parameters, X, activation) * units[:, 3]).sum(axis=1) + bias
    return result


def loss_and_gradient(parameters: ArrayLike, X: ArrayLike, y: ArrayLike, activation: str) -> tuple[float, Array]:
    """Return half the mean squared error on the rows X (n, 2), y (n,), and its gradient (4h + 1,).

    Raises InputError for other shapes, missing values, or an activation that is not in ACTIVATIONS.
    """
    rows, labels = _rows(X, y)
    return _loss_and_gradient(as_array(parameters, "parameters"), rows, labels, _activation(activation))


def train_plane_network(
    X: ArrayLike,
    y: ArrayLike,
    start: ArrayLike,
    activation: str = "tanh",
    *,
    learning_rate: float = 0.3,
    steps: int = 1000,
    held: Sequence[int] = (),
) -> PlaneRun:
    """Take `steps` steps of gradient descent from `start` (4h + 1,) on all rows X (n, 2), y (n,) at once.

    The parameters whose indices are in `held` keep their starting values. A step beyond float64 ends the run early.
    Raises InputError for other shapes, missing values, a rate that is not above 0, or a held index that is not there.
    """
    rows, labels = _rows(X, y)
    function, count = _activation(activation), _bounded(steps, "steps", MOST_STEPS)
    now = as_array(start, "start")
    _units(now)
    if not 0 < learning_rate < np.inf:
        raise InputError(_("The learning rate has to be a number above 0; got {value}.").format(value=learning_rate))
    if any(not 0 <= index < len(now) for index in held):
        raise InputError(
            _("Held parameters are counted from 0 to {last}; got {held}.").format(last=len(now) - 1, held=list(held))
        )
    free = np.ones(len(now))
    free[list(held)] = 0.0
    trajectory, losses = [], []
    with np.errstate(over="ignore", invalid="ignore"):
        for _step in range(count + 1):
            loss, gradient = _loss_and_gradient(now, rows, labels, function)
            if not (np.isfinite(loss) and np.isfinite(gradient).all()):
                break
            trajectory.append(now)
            losses.append(loss)
            now = now - learning_rate * gradient * free
    return PlaneRun(activation, np.array(trajectory).reshape(-1, len(now)), np.array(losses), len(losses) <= count)


def exact_output_layer(parameters: ArrayLike, X: ArrayLike, y: ArrayLike, activation: str) -> ClosedForm:
    """Return the least-squares output layer for the hidden units as they are: its weights (h,), bias and loss.

    No output layer has a smaller loss on the rows X (n, 2), y (n,). Where hidden units answer alike, of all best ones
    that of smallest norm. Raises InputError for other shapes or missing values.
    """
    rows, labels = _rows(X, y)
    return solve_closed_form(hidden_values(parameters, rows, activation), labels)


def with_exact_output(parameters: ArrayLike, exact: ClosedForm) -> Array:
    """Return a copy of the parameters (4h + 1,) with this output layer in place of their own."""
    changed = as_array(parameters, "parameters").copy()
    changed[3:-1:PER_UNIT] = as_array(exact.weights, "weights")
    changed[-1] = exact.bias
    return changed


def _loss_and_gradient(now: Array, rows: Array, labels: Array, function: Activation) -> tuple[float, Array]:
    units = now[:-1].reshape(-1, PER_UNIT)
    sums = rows[:, :1] * units[:, 0] + rows[:, 1:] * units[:, 1] + units[:, 2]
    answers = function.value(sums)
    errors = (answers * units[:, 3]).sum(axis=1) + now[-1] - labels
    back = errors[:, None] * units[:, 3] * function.slope(sums, answers)
    gradient = np.empty_like(units)
    for place, part in enumerate((back * rows[:, :1], back * rows[:, 1:], back, errors[:, None] * answers)):
        gradient[:, place] = part.mean(axis=0)
    return float(0.5 * np.square(errors).mean()), np.append(gradient.ravel(), errors.mean())


def _units(parameters: ArrayLike) -> tuple[Array, float]:
    """Return the hidden units, shape (h, 4), and the output's bias."""
    array = as_array(parameters, "parameters")
    if array.ndim != 1 or len(array) < PER_UNIT + 1 or (len(array) - 1) % PER_UNIT:
        raise InputError(
            _("The parameters of h hidden units are one vector of 4h + 1 numbers; its shape is {shape}.").format(
                shape=tuple(array.shape)
            )
        )
    return array[:-1].reshape(-1, PER_UNIT), float(array[-1])


def _rows(X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    rows, labels = check_X_y(X, y)
    if rows.shape[1] != 2:
        raise InputError(_("A plane has two features; X has {columns}.").format(columns=rows.shape[1]))
    return rows, labels


def _bounded(value: int, name: str, most: int) -> int:
    if check_count(value, name) > most:
        raise InputError(_("{name} can be at most {most}; got {value}.").format(name=name, most=most, value=value))
    return int(value)


def _activation(name: str) -> Activation:
    if name not in ACTIVATIONS:
        raise InputError(
            _("There is no activation “{name}”; choose one of {names}.").format(
                name=name, names=format_list(ACTIVATIONS)
            )
        )
    return ACTIVATIONS[name]
