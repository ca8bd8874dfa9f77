"""An expression as instructions for a stack machine, such as the one in the browser."""

import math
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import numpy as np

from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.functions import FUNCTIONS, Function
from core.calculus.expression.parser import parse_expression
from core.calculus.expression.tree import Apply, Name, Node, Number, names_of

Step = tuple[str] | tuple[str, Any]

_MATH = ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "exp", "expm1",
         "log", "log1p", "log2", "log10", "sqrt", "cbrt", "abs", "sign")  # fmt: skip
MATH: Mapping[str, int] = MappingProxyType({**dict.fromkeys(_MATH, 1), "max": 2, "min": 2})
"""The functions of JavaScript's Math with which a function of ours can be computed, and their numbers of arguments."""


def to_stack_code(root: Node) -> list[Step]:
    """Return the instructions in order. Each leaves one value on the stack.

    ("number", value) and ("x",) push one, whatever the name of the variable; ("function", how) applies a function
    computed as `how`; any other instruction is an operation. Both take their arguments from the stack, the last one
    on top.

    >>> to_stack_code(Apply(0, 0, "negate", (Apply(0, 0, "power", (Name(0, 0, "x"), Number(0, 0, 2.0))),)))
    [('x',), ('number', 2.0), ('power',), ('negate',)]
    >>> to_stack_code(Apply(0, 0, "abs", (Name(0, 0, "x"),)))
    [('x',), ('function', {'sides': ((0, -1), (0, 1))})]
    """
    if isinstance(root, Number):
        return [("number", root.value)]
    if isinstance(root, Name):
        return [("x",)]
    assert isinstance(root, Apply)
    if not names_of(root):  # a constant: in the browser its slope of 0 would look like that of a place where x stops
        with np.errstate(all="ignore"):
            value = float(evaluate(root, {}, NUMPY_OPERATIONS, np.float64))
        if math.isfinite(value):
            return [("number", value)]
    if root.operation == "power" and root.arguments[0] == Number(0, 0, 0.0):
        return [*to_stack_code(root.arguments[1]), ("powerOfZero",)]
    steps = [step for argument in root.arguments for step in to_stack_code(argument)]
    function = FUNCTIONS.get(root.operation)
    return [*steps, (root.operation,) if function is None else ("function", _computed(function))]


@cache
def _computed(function: Function) -> Mapping[str, Any]:
    """Return the rule for a function in the browser: a power, two lines that meet at 0, or its value and derivative."""
    if function.exponent is not None:
        return {"exponent": function.exponent}
    if function.sides is not None:
        return {"sides": function.sides}
    value, derivative = browser_texts(function)
    return {"value": _plain(value), "derivative": _plain(derivative), "edges": function.edges}


def browser_texts(function: Function) -> tuple[str, str]:
    """Return the value and derivative of a smooth function, as text in u and the functions of Math."""
    return function.browser_value or f"{function.name}(u)", function.browser_derivative or function.derivative


def _plain(text: str) -> list[Step]:
    return _plain_steps(parse_expression(text, ["u"], MATH).root)


def _plain_steps(root: Node) -> list[Step]:
    """Return instructions on plain numbers, each function being one of Math."""
    if not isinstance(root, Apply):
        return to_stack_code(root)
    return [*(step for argument in root.arguments for step in _plain_steps(argument)), (root.operation,)]
