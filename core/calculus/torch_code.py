"""A typed function as code for torch."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.functions import FUNCTIONS
from core.calculus.expression.parser import VECTOR_FUNCTIONS, Expression, parse_expression
from core.calculus.expression.printing import to_text
from core.calculus.expression.tree import Apply, Name, Node, Number, names_of, nodes, substitute

_OPERATORS = frozenset({"add", "subtract", "multiply", "divide", "power", "negate", "matmul"})
_CONSTANTS = {"pi": math.pi, "e": math.e}
LARGEST_WHOLE = 2.0**63  # a whole number of Python beyond it is refused by torch


def _checked(operation: Callable[..., Any]) -> Callable[..., Any]:
    """Return an operation that raises where its result is infinite, nan or a whole number that torch refuses."""

    def compute(*values: np.float64) -> np.float64:
        result: np.float64 = operation(*values)
        if not abs(result) < LARGEST_WHOLE:
            raise OverflowError
        return result

    return compute


_IN_PYTHON: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {name: _checked(NUMPY_OPERATIONS[name]) for name in sorted(_OPERATORS - {"matmul"})}
)


def torch_definition(expression: Expression, parameters: Sequence[str], name: str = "f") -> str:
    """Return lines that define the function in torch: the imports and `def`.

    `parameters` are its arguments, in this order. The value depends on the first of them even for a constant function,
    so `backward` can always be called.

    >>> from core.calculus.expression.parser import parse_expression
    >>> print(torch_definition(parse_expression("3*cos(x) - sin(2)*x"), ["x"]).replace("\\n\\n", "\\n"))
    import torch
    from torch import cos
    def f(x):
        return 3*cos(x) - 0.9092974268256817*x
    """
    body = _without_constant_calls(expression.root)
    text = to_text(body)
    if not names_of(body):
        text = f"{text} + 0*{parameters[0]}"
    lines = ["import torch", *_imports(body), "", f"def {name}({', '.join(parameters)}):", f"    return {text}"]
    return "\n".join(lines)


def _without_constant_calls(node: Node) -> Node:
    """Evaluate functions of numbers, since torch takes tensors only, and write out functions that torch lacks."""
    if not isinstance(node, Apply):
        return node
    if not names_of(node):
        if runs_in_python(node):
            return node
        with np.errstate(all="ignore"):
            return Number(node.start, node.end, float(evaluate(node, {}, NUMPY_OPERATIONS, np.float64)))
    arguments = tuple(_without_constant_calls(argument) for argument in node.arguments)
    function = FUNCTIONS.get(node.operation)
    if function is not None and function.torch_expression:
        return substitute(parse_expression(function.torch_expression, ["u"]).root, arguments[0])
    return replace(node, arguments=arguments)


def runs_in_python(node: Node) -> bool:
    """Return whether a piece of numbers alone is arithmetic of which Python makes the same finite number.

    Python raises for 1/0, makes complex numbers of the roots of negative ones, and whole numbers that torch refuses.
    """
    try:
        with np.errstate(all="ignore"):
            evaluate(node, {}, _IN_PYTHON, np.float64)
    except (ArithmeticError, KeyError):  # a function, or a name
        return False
    return True


def _imports(body: Node) -> list[str]:
    called = {node.operation for node in nodes(body) if isinstance(node, Apply)} - _OPERATORS
    numbers = {abs(node.value) for node in nodes(body) if isinstance(node, Number)}
    called |= {name for name, value in _CONSTANTS.items() if value in numbers}
    called |= {"nan" if math.isnan(value) else "inf" for value in numbers if not math.isfinite(value)}
    variables = {node.id for node in nodes(body) if isinstance(node, Name)}
    by_module: dict[str, list[str]] = {}
    for name in sorted(called - variables):
        path = FUNCTIONS[name].torch_path if name in FUNCTIONS else f"torch.{name}"
        by_module.setdefault(path.rpartition(".")[0], []).append(name)
    return [f"from {module} import {', '.join(names)}" for module, names in sorted(by_module.items())]


def tensor_function(texts: Sequence[str], components: int = 0) -> str:
    """Return lines that define f(x) in torch for expressions as `to_text` writes them.

    With `components` they are functions of that many x1, x2, …, and f stacks their values; otherwise there is one,
    of the tensors x and A.
    """
    names = [f"x{place}" for place in range(1, components + 1)] or ["x", "A"]
    bodies = [_without_constant_calls(parse_expression(text, names, VECTOR_FUNCTIONS).root) for text in texts]
    imports = sorted({line for body in bodies for line in _imports(body)})
    lines = ["import torch", *imports, "", "def f(x):"]
    if not components:
        written = to_text(bodies[0])
        return "\n".join(
            [*lines, f"    return {written}" if "x" in names_of(bodies[0]) else f"    return {written} + 0*x.sum()"]
        )
    values = [to_text(body) if names_of(body) else f"{to_text(body)} + 0*x1" for body in bodies]
    return "\n".join([*lines, f"    {', '.join(names)}{',' * (components == 1)} = x",
                      f"    return torch.stack([{', '.join(values)}])"])  # fmt: skip
