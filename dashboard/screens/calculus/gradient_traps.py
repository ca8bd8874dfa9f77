"""The traps of rules and gradients; their lines are run for what they print or raise."""

from collections.abc import Sequence

from core.language import _
from dashboard.screens.calculus.traps import tried
from dashboard.ui.lesson import Trap


def of_rules() -> Sequence[Trap]:
    """Return the traps where torch applies the rules."""
    return (
        tried(
            _("`^` is no power in Python."),
            _("It combines bits, which floating point has none of to offer; write `x**2`."),
            "import torch\nx = torch.tensor(3.0, requires_grad=True)\ny = x ^ 2",
        ),
        tried(
            _("`math.sin` forgets where its number came from."),
            _("It returns a plain number, and no rule leads back from that; `torch.sin` returns a tensor."),
            "import math, torch\nx = torch.tensor(1.0, requires_grad=True)\ny = math.sin(x)\ny.backward()",
        ),
        tried(
            _("The chain rule multiplies what it finds, even 0 times ∞."),
            _("√(x²) is |x|, but at 0 the slope of the root is ∞ and that of x² is 0."),
            "import torch\nx = torch.tensor(0.0, requires_grad=True)\ntorch.sqrt(x**2).backward()\nslope = x.grad",
            "slope",
        ),
        tried(
            _("A whole number has no negative power."),
            _("Write the decimal point: `torch.tensor(2.0)`."),
            "import torch\ny = torch.tensor(2)**-1",
        ),
    )


def of_gradients() -> Sequence[Trap]:
    """Return the traps of gradients."""
    return (
        Trap(
            _("The gradient points uphill."),
            _("To go down, take the step against it: `x -= rate * x.grad`. A sign too few climbs."),
        ),
        tried(
            _("A gradient can be there where f is not differentiable."),
            _("At the origin both slopes of √|xy| along the axes are 0, but torch comes to 0 times ∞."),
            "import torch\nx = torch.tensor(0.0, requires_grad=True)\ny = torch.tensor(0.0, requires_grad=True)\n"
            "torch.sqrt(torch.abs(x * y)).backward()\nslopes = x.grad, y.grad",
            "slopes",
        ),
        tried(
            _("`backward` starts from one number."),
            _("Of many values take the sum first: each then keeps its own slope."),
            "import torch\nx = torch.linspace(0, 1, 3, requires_grad=True)\n(x**2).backward()",
        ),
    )
