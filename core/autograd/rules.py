"""The rule of every operation: its value, and beside it the slope of the value by each argument.

Read a line as `y = x * w`, and dy/dx = w. The functions of one number, sin and the like, bring both from their table.
That is all an operation has to know; how slopes are multiplied along a
path and added where paths meet is the same for all, and stands in `step.py` and `engine.py`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from core.autograd.step import Array, Step, elementwise, multiplying, reducing
from core.calculus.functions import FUNCTIONS, Function


def _power(x: Array, y: Array) -> Step:
    """x ** y. Where the power does not change at all its slope is 0, though by the formula it would be 0 · ∞."""
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
    """The Euclidean length. At 0, where it has a corner, the slope is taken as 0."""
    length = np.sqrt((x * x).sum())
    return reducing(length, np.zeros_like(x) if length == 0 else x / length)


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
    }
)
