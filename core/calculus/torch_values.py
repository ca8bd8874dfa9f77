"""A typed function on torch's tensors: its value, and the gradient that autograd finds."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from core.calculus.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expressions import Expression

if TYPE_CHECKING:
    import torch


def torch_operations() -> Mapping[str, Callable[..., "torch.Tensor"]]:
    """Return all operations of typed functions as torch has them, for `evaluate`. Imports torch."""
    import torch

    def step(u: torch.Tensor) -> torch.Tensor:
        return (u > 0).to(u.dtype)  # torch.heaviside has no derivative

    def softplus(u: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.softplus(u, threshold=40)  # from there on it is u, to the last digit

    named = {name: getattr(torch, name) for name in NUMPY_OPERATIONS if hasattr(torch, name)}
    others = {
        "power": torch.pow,
        "negate": torch.neg,
        "step": step,
        "softplus": softplus,
        "norm": torch.linalg.vector_norm,
    }
    return {**named, **others}


def torch_gradient(expression: Expression, *place: float) -> tuple[float, ...]:
    """Return the partial derivatives at a place that autograd finds, in float64, in the order of the parameters.

    0 for a variable on which the value does not depend; nan or inf where autograd comes to that.

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
