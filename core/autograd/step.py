"""One operation done, and how to go through it in both directions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]
Slope: TypeAlias = Array | float


@dataclass(frozen=True, eq=False)
class Step:
    """What an operation made of its arguments, and how the result follows each of them.

    `slopes` are the local derivatives, one for each argument: of the shape of the result if the operation works entry
    by entry, else of the argument's; a matrix product has the other factor there. `backward` takes the gradient of the
    end by this result, and returns those by the arguments that came this way. `forward` takes how fast each argument
    moves, None for one that stands still, and returns how fast the result does. `work` counts the products of one push
    through each argument: as many in either direction.
    """

    value: Array
    slopes: tuple[Array, ...]
    backward: Callable[[Array], tuple[Array, ...]]
    forward: Callable[..., Array]
    work: tuple[int, ...]


def elementwise(arguments: tuple[Array, ...], value: Array, *slopes: Slope | tuple[ArrayLike, Slope]) -> Step:
    """Return the step of an operation that makes every entry from one entry of each argument, after broadcasting.

    A slope given as (shut, slope) is 0 where shut, and lets nothing pass there, not even ∞ or nan, as torch has it.
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
    """Return the step of an operation that makes one number of all the entries of its arguments."""

    def backward(incoming: Array) -> tuple[Array, ...]:
        return tuple(incoming * slope for slope in slopes)

    def forward(*moves: Array | None) -> Array:
        parts = zip(slopes, moves, strict=True)
        return np.asarray(sum((slope * move).sum() for slope, move in parts if move is not None))

    return Step(np.asarray(value), slopes, backward, forward, tuple(slope.size for slope in slopes))


def multiplying(x: Array, y: Array) -> Step:
    """Return the step of x @ y, a product of matrices; a vector is a row on the left and a column on the right.

    The value changes by dx @ y + x @ dy. Read backward that is incoming @ yᵀ for x and xᵀ @ incoming for y.
    """
    rows, columns = np.atleast_2d(x), y if y.ndim > 1 else y[:, None]

    def backward(incoming: Array) -> tuple[Array, ...]:
        gradient = incoming.reshape(len(rows), columns.shape[1])
        return (gradient @ columns.T).reshape(x.shape), (rows.T @ gradient).reshape(y.shape)

    def forward(dx: Array | None, dy: Array | None) -> Array:
        parts = ([] if dx is None else [dx @ y]) + ([] if dy is None else [x @ dy])
        return np.asarray(sum(parts))

    return Step(np.asarray(x @ y), (y, x), backward, forward, (rows.size * columns.shape[1],) * 2)


def undo_broadcasting(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Return the gradient by an argument of this shape from that by its copies: what was copied gets the sum of them.

    >>> undo_broadcasting(np.ones((2, 3)), (3,)), undo_broadcasting(np.ones((2, 3)), ())
    (array([2., 2., 2.]), array(6.))
    """
    added = gradient.ndim - len(shape)
    stretched = [added + axis for axis, length in enumerate(shape) if length == 1]
    return np.asarray(gradient.sum(axis=(*range(added), *stretched))).reshape(shape)
