"""The engine: values that record how they were computed, and backpropagation through them.

>>> x, w = leaf([1.0, 2.0]), leaf([3.0, 4.0])
>>> loss = apply("power", apply("dot", w, x), constant(2.0))
>>> float(loss.data), backward(loss)[w].tolist()
(121.0, [22.0, 44.0])
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from core.calculus.expression.functions import FUNCTIONS, Function
from core.errors import InputError
from core.formatting import format_count
from core.language import _

Array: TypeAlias = NDArray[np.float64]
Slope: TypeAlias = Array | float


@dataclass(frozen=True, eq=False)
class Step:
    """The result of an operation, and its derivatives by the arguments.

    Attributes:
        value: the result.
        slopes: the local derivatives, one for each argument: of the shape of the result if the operation works entry by
            entry, else of the argument's; a matrix product has the other factor there.
        backward: takes the gradient of the end by this result, and returns its contributions to those by the arguments.
        forward: takes the tangent of each argument, None for a constant one, and returns that of the result.
        work: the products of one pass through each argument: equally many in both directions.
    """

    value: Array
    slopes: tuple[Array, ...]
    backward: Callable[[Array], tuple[Array, ...]]
    forward: Callable[..., Array]
    work: tuple[int, ...]


def elementwise(arguments: tuple[Array, ...], value: Array, *slopes: Slope | tuple[ArrayLike, Slope]) -> Step:
    """Return the step of an operation that makes every entry from one entry of each argument, after broadcasting.

    A slope given as (shut, slope) is 0 where shut, and blocks the gradient there, even ∞ or nan, as torch does.
    """
    value = np.asarray(value)
    pairs = [slope if isinstance(slope, tuple) else (np.False_, slope) for slope in slopes]
    shut = [np.broadcast_to(closed, value.shape) for closed, _slope in pairs]
    wide = tuple(np.where(closed, 0.0, slope) for closed, (_closed, slope) in zip(shut, pairs, strict=True))
    passes = list(zip(shut, wide, arguments, strict=True))

    def backward(incoming: Array) -> tuple[Array, ...]:
        return tuple(undo_broadcasting(np.where(closed, 0.0, incoming * slope), x.shape) for closed, slope, x in passes)

    def forward(*moves: Array | None) -> Array:
        parts = [(closed, slope, move) for (closed, slope, _x), move in zip(passes, moves, strict=True)]
        moved = sum(np.where(closed, 0.0, slope * move) for closed, slope, move in parts if move is not None)
        return np.asarray(moved, dtype=np.float64)

    return Step(value, wide, backward, forward, (value.size,) * len(wide))


def reducing(value: Array, *slopes: Array) -> Step:
    """Return the step of an operation that reduces all the entries of its arguments to one number."""

    def backward(incoming: Array) -> tuple[Array, ...]:
        return tuple(incoming * slope for slope in slopes)

    def forward(*moves: Array | None) -> Array:
        parts = zip(slopes, moves, strict=True)
        return np.asarray(sum((slope * move).sum() for slope, move in parts if move is not None))

    return Step(np.asarray(value), slopes, backward, forward, tuple(slope.size for slope in slopes))


def multiplying(x: Array, y: Array) -> Step:
    """Return the step of x @ y, a product of matrices; a vector is a row on the left and a column on the right.

    The value changes by dx @ y + x @ dy. Backward this is incoming @ yᵀ for x and xᵀ @ incoming for y.
    """
    rows, columns = np.atleast_2d(x), y if y.ndim > 1 else y[:, None]

    def backward(incoming: Array) -> tuple[Array, ...]:
        gradient = incoming.reshape(len(rows), columns.shape[1])
        return (gradient @ columns.T).reshape(x.shape), (rows.T @ gradient).reshape(y.shape)

    def forward(dx: Array | None, dy: Array | None) -> Array:
        parts = ([] if dx is None else [dx @ y]) + ([] if dy is None else [x @ dy])
        return np.asarray(sum(parts))

    return Step(np.asarray(x @ y), (y, x), backward, forward, (rows.size * columns.shape[1],) * 2)


def detaching(x: Array) -> Step:
    """Return the step of detach: the same entries, through which nothing passes, backward or forward."""
    return Step(x.copy(), (np.zeros_like(x),), lambda incoming: (np.zeros_like(x),), lambda _dx: np.zeros_like(x), (0,))


def undo_broadcasting(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Return the gradient by an argument of this shape from that by its broadcast copies: their sum.

    >>> undo_broadcasting(np.ones((2, 3)), (3,)), undo_broadcasting(np.ones((2, 3)), ())
    (array([2., 2., 2.]), array(6.))
    """
    added = gradient.ndim - len(shape)
    stretched = [added + axis for axis, length in enumerate(shape) if length == 1]
    return np.asarray(gradient.sum(axis=(*range(added), *stretched))).reshape(shape)


def _power(x: Array, y: Array) -> Step:
    """x ** y. Where the power is constant its slope is 0, though the formula gives 0 · ∞."""
    value = x**y
    by_x = (y == 0, y * x ** (y - 1))
    by_y = np.where((x == 0) & (y >= 0), 0.0, value * np.log(x))
    return elementwise((x, y), value, by_x, by_y)


def _of(function: Function) -> Callable[[Array], Step]:
    """Return the rule of a function of the table: its value, and its slope from the argument and the value."""
    compute, slope = function.value_in_torch or function.value, function.slope
    assert slope is not None

    def rule(x: Array) -> Step:
        value = compute(x)
        return elementwise((x,), value, slope(x, value))

    return rule


def _norm(x: Array) -> Step:
    """The Euclidean norm. At 0, where it is not differentiable, the slope is set to 0."""
    length = np.sqrt((x * x).sum())
    return reducing(length, np.zeros_like(x) if length == 0 else x / length)


CUT = "detach"  # the operation whose result is a constant from there on

RULES: Mapping[str, Callable[..., Step]] = MappingProxyType(
    {
        "add": lambda x, y: elementwise((x, y), x + y, 1.0, 1.0),
        "subtract": lambda x, y: elementwise((x, y), x - y, 1.0, -1.0),
        "multiply": lambda x, y: elementwise((x, y), x * y, y, x),
        "divide": lambda x, y: elementwise((x, y), x / y, 1 / y, -(x / y) / y),
        "power": _power,
        "negate": lambda x: elementwise((x,), -x, -1.0),
        **{name: _of(function) for name, function in FUNCTIONS.items() if function.slope},
        "sum": lambda x: reducing(x.sum(), np.ones_like(x)),
        "mean": lambda x: reducing(x.mean(), np.full_like(x, 1 / x.size)),
        "dot": lambda x, y: reducing(x @ y, y, x),
        "norm": _norm,
        "matmul": multiplying,
        CUT: detaching,
    }
)


Shape = tuple[int, ...]
MOST_ENTRIES = 20_000  # of one value: a column and a row broadcast to a large matrix


def check_shapes(operation: str, *shapes: Shape) -> None:
    """Raise InputError unless the operation accepts arguments of these shapes."""
    if operation == "dot":
        _check_dot(*shapes)
    elif operation == "matmul":
        _check_matmul(*shapes)
    elif len(shapes) == 2:
        _check_broadcasting(*shapes)


def named_shape(shape: Shape) -> str:
    """Return a shape in words.

    >>> named_shape(()), named_shape((3,)), named_shape((2, 3))
    ('a number', 'a vector of 3', 'a 2 × 3 matrix')
    """
    if not shape:
        return _("a number")
    if len(shape) == 1:
        return _("a vector of {length}").format(length=shape[0])
    return _("a {rows} × {columns} matrix").format(rows=shape[0], columns=shape[1])


def _check_dot(x: Shape, y: Shape) -> None:
    if len(x) == len(y) == 1 and x == y:
        return
    template = _(
        "dot needs two vectors of the same length; it got {x} and {y}. Change one, or multiply matrices with @."
    )
    raise InputError(template.format(x=named_shape(x), y=named_shape(y)))


def _check_matmul(x: Shape, y: Shape) -> None:
    if x and y and x[-1] == y[0]:
        _check_size((*x[:-1], *y[1:]))
        return
    if not x or not y:
        template = _("@ needs vectors or matrices; it got {x} and {y}. Multiply by a number with *.")
    else:
        template = _("@ needs as many columns on its left as rows on its right; it got {x} and {y}.")
    raise InputError(template.format(x=named_shape(x), y=named_shape(y)))


def _check_broadcasting(x: Shape, y: Shape) -> None:
    try:
        _check_size(np.broadcast_shapes(x, y))
    except ValueError as problem:
        if isinstance(problem, InputError):
            raise
        template = _(
            "{x} and {y} cannot be broadcast: aligned from the right, lengths must be equal, or one of them 1."
        )
        raise InputError(template.format(x=named_shape(x), y=named_shape(y))) from None


def _check_size(shape: Shape) -> None:
    entries = int(np.prod(shape))
    if entries > MOST_ENTRIES:
        template = _("A value may have at most {most} entries; broadcasting makes {got} here. Use shorter vectors.")
        raise InputError(template.format(most=format_count(MOST_ENTRIES), got=format_count(entries)))


@dataclass(frozen=True, eq=False)
class Value:
    """A number, a vector or a matrix, its operation, and its arguments.

    Attributes:
        data: its entries, float64.
        tracked: whether a gradient is required for it, or for anything it was computed from and not detached.
        operation: its operation, "" for a leaf.
        parents: its arguments.
        step: the step of the operation, None for a leaf.
    """

    data: Array
    tracked: bool
    operation: str = ""
    parents: tuple["Value", ...] = ()
    step: Step | None = None


def leaf(data: ArrayLike) -> Value:
    """Return an input that requires a gradient."""
    return Value(np.array(data, dtype=np.float64), tracked=True)


def constant(data: ArrayLike) -> Value:
    """Return a number, or an array, that requires no gradient."""
    return Value(np.array(data, dtype=np.float64), tracked=False)


def apply(operation: str, *parents: Value) -> Value:
    """Apply an operation, and record it for the backward pass.

    Outside an operation's domain the value is nan or ∞, without a warning. Raises InputError for incompatible
    shapes.
    """
    arguments = [parent.data for parent in parents]
    check_shapes(operation, *(argument.shape for argument in arguments))
    with np.errstate(all="ignore"):
        step = RULES[operation](*arguments)
    tracked = operation != CUT and any(parent.tracked for parent in parents)
    return Value(step.value, tracked, operation, parents, step)


def in_order(end: Value) -> list[Value]:
    """Return `end` and everything it was computed from, each once, in topological order."""
    found: dict[Value, None] = {}
    waiting: list[tuple[Value, bool]] = [(end, False)]
    while waiting:
        value, is_done = waiting.pop()
        if is_done:
            found[value] = None
        elif value not in found:
            waiting.append((value, True))
            waiting.extend((parent, False) for parent in reversed(value.parents) if parent not in found)
    return list(found)


def backward(end: Value) -> dict[Value, Array]:
    """Return the gradient of the sum of `end`'s entries by every tracked value before it: reverse mode.

    In reverse topological order a value precedes everything it was computed from; so in its turn its gradient is
    complete, and it passes on the gradient times its slopes. A value that reaches the end only through detach has none.
    """
    gradients = {end: np.ones_like(end.data)} if end.tracked else {}
    with np.errstate(all="ignore"):
        for value in reversed(in_order(end)):
            for parent, sent in vjp(value, gradients):
                gradients[parent] = gradients[parent] + sent if parent in gradients else sent
    return gradients


def vjp(value: Value, gradients: Mapping[Value, Array]) -> list[tuple[Value, Array]]:
    """Return the contributions of a value whose gradient is complete to the gradients of its tracked arguments."""
    if value.step is None or value not in gradients:
        return []
    sent = value.step.backward(gradients[value])
    return [(parent, part) for parent, part in zip(value.parents, sent, strict=True) if parent.tracked]


def forward(end: Value, moves: Mapping[Value, Array]) -> dict[Value, Array]:
    """Return the tangent of every value for the tangents `moves` of the leaves: forward mode.

    Constant values are not among them. One pass gives the derivatives along one direction only.
    """
    speeds = {value: np.asarray(move) for value, move in moves.items()}
    with np.errstate(all="ignore"):
        for value in in_order(end):
            if value.step is not None and value.tracked and any(parent in speeds for parent in value.parents):
                speeds[value] = value.step.forward(*(speeds.get(parent) for parent in value.parents))
    return speeds


def replayed(end: Value, changed: Mapping[Value, Array], order: Sequence[Value] | None = None) -> Array:
    """Return `end` recomputed with other values for these nodes, leaves or not; what is detached keeps its value."""
    now: dict[Value, Array] = {}
    with np.errstate(all="ignore"):
        for value in order or in_order(end):
            if value in changed:
                now[value] = np.asarray(changed[value])
            elif value.step is None or value.operation == CUT:
                now[value] = value.data
            else:
                now[value] = RULES[value.operation](*(now[parent] for parent in value.parents)).value
    return now[end]
