"""The engine: values that remember what they were made from, and the way back through them.

>>> x, w = leaf([1.0, 2.0]), leaf([3.0, 4.0])
>>> loss = apply("power", apply("dot", w, x), constant(2.0))
>>> float(loss.data), backward(loss)[w].tolist()
(121.0, [22.0, 44.0])
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from core.autograd.fitting import check_shapes
from core.autograd.rules import RULES
from core.autograd.step import Array, Step


@dataclass(frozen=True, eq=False)
class Value:
    """A number, a vector or a matrix (float64), the operation that made it, and what it was made from.

    A leaf has no operation. `tracked` says whether a gradient is wanted for it, or for anything it was made from.
    """

    data: Array
    tracked: bool
    operation: str = ""
    parents: tuple["Value", ...] = ()
    step: Step | None = None


def leaf(data: ArrayLike) -> Value:
    """Return an input whose gradient is wanted."""
    return Value(np.array(data, dtype=np.float64), tracked=True)


def constant(data: ArrayLike) -> Value:
    """Return a number, or an array, that no gradient is wanted for."""
    return Value(np.array(data, dtype=np.float64), tracked=False)


def apply(operation: str, *parents: Value) -> Value:
    """Go one step forward: do the operation, and remember how to come back.

    Outside an operation's domain the value is nan or ∞, without a warning. Raises InputError for shapes that do not
    fit.
    """
    arguments = [parent.data for parent in parents]
    check_shapes(operation, *(argument.shape for argument in arguments))
    with np.errstate(all="ignore"):
        step = RULES[operation](*arguments)
    return Value(step.value, any(parent.tracked for parent in parents), operation, parents, step)


def in_order(end: Value) -> list[Value]:
    """Return `end` and everything it was made from, each once, and after all that it was made from."""
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
    """Return the gradient of the sum of `end`'s entries by every tracked value that led to it: reverse accumulation.

    Seen from the end, a value comes before all it was made from; so once its turn has come, whatever arrives at it has
    arrived, and the sum of that is its gradient. What it sends on is that sum times its slopes.
    """
    gradients = {end: np.ones_like(end.data)} if end.tracked else {}
    with np.errstate(all="ignore"):
        for value in reversed(in_order(end)):
            for parent, sent in sent_by(value, gradients):
                gradients[parent] = gradients[parent] + sent if parent in gradients else sent
    return gradients


def sent_by(value: Value, gradients: Mapping[Value, Array]) -> list[tuple[Value, Array]]:
    """Return what a value whose gradient is complete sends to each tracked value it was made from."""
    if value.step is None or not value.tracked:
        return []
    sent = value.step.backward(gradients[value])
    return [(parent, part) for parent, part in zip(value.parents, sent, strict=True) if parent.tracked]


def forward(end: Value, moves: Mapping[Value, Array]) -> dict[Value, Array]:
    """Return how fast every value moves while the leaves move as `moves` says: forward accumulation.

    What stands still is not among them. One such pass gives the derivatives along one direction only.
    """
    speeds = {value: np.asarray(move) for value, move in moves.items()}
    with np.errstate(all="ignore"):
        for value in in_order(end):
            if value.step is not None and any(parent in speeds for parent in value.parents):
                speeds[value] = value.step.forward(*(speeds.get(parent) for parent in value.parents))
    return speeds


def replayed(end: Value, changed: Mapping[Value, Array], order: Sequence[Value] | None = None) -> Array:
    """Return what `end` would be if these values, leaves or not, were others."""
    now: dict[Value, Array] = {}
    with np.errstate(all="ignore"):
        for value in order or in_order(end):
            if value in changed:
                now[value] = np.asarray(changed[value])
            elif value.step is None:
                now[value] = value.data
            else:
                now[value] = RULES[value.operation](*(now[parent] for parent in value.parents)).value
    return now[end]
