"""A typed function on torch's tensors: its value, and its gradient by autograd."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.functions import FUNCTIONS, Function
from core.calculus.expression.parser import Expression, parse_expression

if TYPE_CHECKING:
    import torch


def torch_operations() -> Mapping[str, Callable[..., "torch.Tensor"]]:
    """Return torch's functions for all operations, for `evaluate`. Imports torch."""
    import torch

    named = {name: getattr(torch, name) for name in NUMPY_OPERATIONS if hasattr(torch, name)}
    found = {**named, "power": torch.pow, "negate": torch.neg, "norm": torch.linalg.vector_norm}
    for name, function in FUNCTIONS.items():
        found[name] = torch_function(function)
    return found


def torch_function(function: Function) -> Callable[[Any], Any]:
    """Return torch's function of this name."""
    if function.torch_expression:
        root = parse_expression(function.torch_expression, ["u"]).root
        return lambda u: evaluate(root, {"u": u}, torch_operations(), float)
    return torch_at(function.torch_path)


def torch_at(path: str) -> Callable[..., Any]:
    """Return the object at a dotted name such as torch.linalg.vector_norm. Imports torch."""
    import torch

    found: Any = torch
    for name in path.split(".")[1:]:
        found = getattr(found, name)
    return found  # type: ignore[no-any-return]


def torch_gradient(expression: Expression, *place: float) -> tuple[float, ...]:
    """Return the partial derivatives at a point by autograd, in float64, in the order of the parameters.

    0 for a variable on which the value does not depend; nan or inf where autograd gives that.

    >>> from core.calculus import parse_expression
    >>> torch_gradient(parse_expression("x**2 * y", ["x", "y"]), 3, 2)
    (12.0, 9.0)
    """
    import torch

    values = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in place]
    named = dict(zip(expression.parameters, values, strict=True))
    with torch.enable_grad():
        result = evaluate(
            expression.root, named, torch_operations(), lambda number: torch.tensor(number, dtype=torch.float64)
        )
        if not result.requires_grad:
            return (0.0,) * len(values)
        found = torch.autograd.grad(result, values, allow_unused=True)
    return tuple(0.0 if slope is None else float(slope) for slope in found)
