"""Evaluate an expression on numbers, arrays, tensors or nodes of a graph."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.calculus.expression.functions import FUNCTIONS
from core.calculus.expression.tree import Apply, Name, Node, Number

T = TypeVar("T")


def evaluate(
    root: Node, values: Mapping[str, T], operations: Mapping[str, Callable[..., T]], constant: Callable[[float], T]
) -> T:
    """Return the value of a tree.

    `values` has one for each of its variables, `operations` a function for each of its operations, `constant` converts
    a number. A missing name or operation raises KeyError.

    >>> from operator import add
    >>> evaluate(Apply(0, 3, "add", (Name(0, 1, "x"), Number(2, 3, 4.0))), {"x": 38.0}, {"add": add}, float)
    42.0
    """
    waiting: list[tuple[Node, bool]] = [(root, False)]  # a stack of its own: a sum of 250 terms is 250 deep
    found: list[T] = []
    while waiting:
        node, ready = waiting.pop()
        if isinstance(node, Number):
            found.append(constant(node.value))
        elif isinstance(node, Name):
            found.append(values[node.id])
        elif isinstance(node, Apply) and ready:
            count = len(node.arguments)
            arguments = found[len(found) - count :]
            del found[len(found) - count :]
            found.append(operations[node.operation](*arguments))
        elif isinstance(node, Apply):
            waiting.append((node, True))
            waiting.extend((argument, False) for argument in reversed(node.arguments))
    return found[0]


def _norm(x: NDArray[Any]) -> NDArray[Any]:
    value: NDArray[Any] = np.sqrt((x * x).sum())
    return value


NUMPY_OPERATIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "add": np.add,
        "subtract": np.subtract,
        "multiply": np.multiply,
        "divide": np.divide,
        "power": np.power,
        "negate": np.negative,
        "matmul": np.matmul,
        **{name: function.value for name, function in FUNCTIONS.items()},
        "sum": np.sum,
        "mean": np.mean,
        "dot": np.dot,
        "norm": _norm,
        "detach": np.positive,
    }
)  # they keep the dtype of their arguments: float32 stays float32
