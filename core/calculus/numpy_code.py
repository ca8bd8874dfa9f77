"""A typed function as code for NumPy."""

import math
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.functions import FUNCTIONS
from core.calculus.expression.parser import Expression, parse_expression
from core.calculus.expression.printing import to_text
from core.calculus.expression.tree import Apply, Name, Node, Number, names_of
from core.calculus.torch_code import runs_in_python

_ARGUMENTS: Mapping[str, int] = MappingProxyType(
    {"exp": 1, "heaviside": 2, "maximum": 2, "logaddexp": 2}
)  # of NumPy's functions that the table writes ours in
_CONSTANTS: Mapping[float, str] = MappingProxyType({math.pi: "np.pi", math.e: "np.e", math.inf: "np.inf"})


def numpy_text(expression: Expression) -> str:
    """Return a function of x as Python with `np.`; an array of x gives an array, even where f is constant.

    >>> numpy_text(parse_expression("3*x**2 - relu(x)", ["x"])), numpy_text(parse_expression("2", ["x"]))
    ('3*x**2 - np.maximum(x, 0)', '2 + 0*x')
    """
    text = to_text(_in_numpy(expression.root))
    return text if names_of(expression.root) else f"{text} + 0*x"


def _in_numpy(node: Node) -> Node:
    """Return the tree with NumPy's names; numbers that Python refuses to compute, such as 1/0, are computed."""
    if isinstance(node, Number):
        return _constant(node.value)
    if not isinstance(node, Apply):
        return node
    if not names_of(node) and not runs_in_python(node):
        with np.errstate(all="ignore"):
            return _constant(float(evaluate(node, {}, NUMPY_OPERATIONS, np.float64)))
    arguments = tuple(_in_numpy(argument) for argument in node.arguments)
    function = FUNCTIONS.get(node.operation)
    if function is None:
        return Apply(0, 0, node.operation, arguments)
    if not function.numpy_expression:
        own = getattr(function.value, "__name__", "")  # np.arcsin is an older name than np.asin
        return Apply(0, 0, f"np.{own if own in function.aliases else function.name}", arguments)
    return _written(parse_expression(function.numpy_expression, ["u"], _ARGUMENTS).root, arguments[0])


def _written(template: Node, value: Node) -> Node:
    """Return an expression in u with its value, and with the names of NumPy's functions."""
    if isinstance(template, Name):
        return value
    if not isinstance(template, Apply):
        return template
    name = f"np.{template.operation}" if template.operation in _ARGUMENTS else template.operation
    return Apply(0, 0, name, tuple(_written(argument, value) for argument in template.arguments))


def _constant(value: float) -> Node:
    if math.isnan(value):
        return Name(0, 0, "np.nan")
    name = _CONSTANTS.get(abs(value))
    if name is None:
        return Number(0, 0, value)
    positive = Name(0, 0, name)
    return positive if value > 0 else Apply(0, 0, "negate", (positive,))
