"""The rule of every operation: its value, and beside it the slope of the value by each argument.

Read a line as `y = sin(x)`, and dy/dx = cos(x). That is all an operation has to know; how slopes are multiplied along a
path and added where paths meet is the same for all, and stands in `step.py` and `engine.py`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from core.autograd.step import Array, Step, elementwise, multiplying, reducing


def _power(x: Array, y: Array) -> Step:
    """x ** y. Where the power does not change at all its slope is 0, though by the formula it would be 0 · ∞."""
    value = x**y
    by_x = (y == 0, y * x ** (y - 1))
    by_y = np.where((x == 0) & (y >= 0), 0.0, value * np.log(x))
    return elementwise((x, y), value, by_x, by_y)


def _exp(x: Array) -> Step:
    value = np.exp(x)
    return elementwise((x,), value, value)


def _tanh(x: Array) -> Step:
    value = np.tanh(x)
    return elementwise((x,), value, 1 - value * value)


def _sigmoid(x: Array) -> Step:
    value = _logistic(x)
    return elementwise((x,), value, value * (1 - value))


def _logistic(x: Array) -> Array:
    small = np.exp(-np.abs(x))  # never overflows
    return np.asarray(np.where(x >= 0, 1, small) / (1 + small))


def _sign(x: Array) -> Array:
    return 1.0 * (x > 0) - 1.0 * (x < 0)  # 0 for nan, as in torch


def _sqrt(x: Array) -> Step:
    value = np.sqrt(x)
    return elementwise((x,), value, 0.5 / value)


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
        "sin": lambda x: elementwise((x,), np.sin(x), np.cos(x)),
        "cos": lambda x: elementwise((x,), np.cos(x), -np.sin(x)),
        "tan": lambda x: elementwise((x,), np.tan(x), 1 + np.tan(x) ** 2),
        "asin": lambda x: elementwise((x,), np.arcsin(x), 1 / np.sqrt(1 - x * x)),
        "acos": lambda x: elementwise((x,), np.arccos(x), -1 / np.sqrt(1 - x * x)),
        "atan": lambda x: elementwise((x,), np.arctan(x), 1 / (1 + x * x)),
        "sinh": lambda x: elementwise((x,), np.sinh(x), np.cosh(x)),
        "cosh": lambda x: elementwise((x,), np.cosh(x), np.sinh(x)),
        "tanh": _tanh,
        "exp": _exp,
        "log": lambda x: elementwise((x,), np.log(x), 1 / x),
        "log2": lambda x: elementwise((x,), np.log2(x), 1 / (x * np.log(2))),
        "log10": lambda x: elementwise((x,), np.log10(x), 1 / (x * np.log(10))),
        "sqrt": _sqrt,
        "abs": lambda x: elementwise((x,), np.abs(x), _sign(x)),
        "sign": lambda x: elementwise((x,), _sign(x), (np.True_, 0.0)),
        "sigmoid": _sigmoid,
        "relu": lambda x: elementwise((x,), np.maximum(x, 0), (x <= 0, 1.0)),
        "softplus": lambda x: elementwise((x,), np.logaddexp(x, 0), _logistic(x)),
        "sum": lambda x: reducing(x.sum(), np.ones_like(x)),
        "mean": lambda x: reducing(x.mean(), np.full_like(x, 1 / x.size)),
        "dot": lambda x, y: reducing(x @ y, y, x),
        "norm": _norm,
        "matmul": multiplying,
    }
)
