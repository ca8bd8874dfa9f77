"""The traps of rules and gradients; their lines are run for what they print or raise."""

from collections.abc import Sequence

from core.language import _
from dashboard.screens.calculus.traps import tried
from dashboard.ui.lesson import Trap


def of_rules() -> Sequence[Trap]:
    """Return the traps where torch applies the rules."""
    return (
        tried(
            _("`^` is not a power in Python."),
            _("It combines bits, and floats do not allow that; write `x**2`."),
            "import torch\nx = torch.tensor(3.0, requires_grad=True)\ny = x ^ 2",
        ),
        tried(
            _("`math.sin` leaves the graph."),
            _("It returns a Python number without a gradient; `torch.sin` returns a tensor."),
            "import math, torch\nx = torch.tensor(1.0, requires_grad=True)\ny = math.sin(x)\ny.backward()",
        ),
        tried(
            _("The chain rule multiplies, even 0 times ∞."),
            _("√(x²) is |x|, but at 0 the slope of the root is ∞ and that of x² is 0."),
            "import torch\nx = torch.tensor(0.0, requires_grad=True)\ntorch.sqrt(x**2).backward()\nslope = x.grad",
            "slope",
        ),
        tried(
            _("torch has no negative powers of whole numbers."),
            _("Write the decimal point: `torch.tensor(2.0)`."),
            "import torch\ny = torch.tensor(2)**-1",
        ),
    )


def of_gradients() -> Sequence[Trap]:
    """Return the traps of gradients."""
    return (
        Trap(
            _("The gradient points uphill."),
            _("To go down, step against it: `x -= rate * x.grad`. Without the minus sign the step climbs."),
        ),
        tried(
            _("A gradient may exist where f is not differentiable."),
            _("At the origin both partial derivatives of √|xy| are 0, but torch computes 0 times ∞."),
            "import torch\nx = torch.tensor(0.0, requires_grad=True)\ny = torch.tensor(0.0, requires_grad=True)\n"
            "torch.sqrt(torch.abs(x * y)).backward()\nslopes = x.grad, y.grad",
            "slopes",
        ),
        tried(
            _("`backward` starts from one number."),
            _("Sum several values first: each keeps its own slope."),
            "import torch\nx = torch.linspace(0, 1, 3, requires_grad=True)\n(x**2).backward()",
        ),
    )
