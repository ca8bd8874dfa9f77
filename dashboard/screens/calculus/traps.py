"""The traps of these lessons; their lines are run for what they print or raise."""

from collections.abc import Sequence

from core.code_runner import run
from core.language import _
from dashboard.ui.lesson import Trap


def tried(title: str, why: str, code: str, printed: str = "") -> Trap:
    """Return a trap whose lines have been run: with the exception they raised, or what `printed`, a variable, holds."""
    attempt, variables = run(code, {}, ())
    if attempt.worked:
        return Trap(title, why, code, repr(variables[printed]) if printed else "")
    return Trap(title, why, code, f"{attempt.error}: {attempt.message}")


def of_limits() -> Sequence[Trap]:
    """Return the traps of difference quotients."""
    return (
        tried(
            _("h = 0 is no small step."),
            _("The quotient becomes 0/0. The limit asks where the quotients go, never what stands at 0 itself."),
            "f = lambda x: 3 * x**2 - 4 * x\nh = 0.0\n(f(1 + h) - f(1)) / h",
        ),
        tried(
            _("A step that is printed as 0.00000 need not be 0."),
            _("Five decimals hide every step below 0.000005; print it with `:g`."),
            'h = 1e-6\nline = f"h={h:.5f}, or h={h:g}"',
            "line",
        ),
        tried(
            _("torch gives a number even where there is no derivative."),
            _("At a kink it takes one of the slopes between the two sides: it knows the rules, not the limit."),
            "import torch\nx = torch.tensor(0.0, requires_grad=True)\ntorch.abs(x).backward()\nslope = x.grad",
            "slope",
        ),
        tried(
            _("Whole numbers have no derivative."),
            _("Write `1.0`, or give a dtype of floating point."),
            "import torch\nx = torch.tensor(1, requires_grad=True)",
        ),
    )


def of_valleys() -> Sequence[Trap]:
    """Return the traps of steps that are too small, or in too small a dtype."""
    return (
        tried(
            _("Smaller is not better."),
            _("Below ε·|x| a step does not even change x, and the quotient is 0."),
            "import torch\nx = torch.tensor(1.0, dtype=torch.float64)\nsame = x + 1e-17 == x",
            "same",
        ),
        tried(
            _("torch computes in float32 unless it is told otherwise."),
            _("Its ε is 1.2e-07, so steps that are fine in float64 give noise. Here the derivative is 2."),
            "import torch\nf = lambda x: 3 * x**2 - 4 * x\nx, h = torch.tensor(1.0), 1e-7\n"
            "quotient = (f(x + h) - f(x)) / h",
            "quotient",
        ),
        tried(
            _("x + h is rounded too, so the step taken is not h."),
            _("Divide by the step that was taken, `(x + h) - x`, and a digit or two are won."),
            "x, h = 1.0, 1e-8\ntaken = (x + h) - x",
            "taken",
        ),
    )


def of_tangents() -> Sequence[Trap]:
    """Return the traps of tangents."""
    return (
        tried(
            _("A vertical tangent has no slope."),
            _("The root rises without bound at 0. torch says inf, and a step of SGD along it would be endless."),
            "import torch\nx = torch.tensor(0.0, requires_grad=True)\ntorch.sqrt(x).backward()\nslope = x.grad",
            "slope",
        ),
        tried(
            _("A jump has the slope 0 on both sides, and still no tangent."),
            _("torch.sign is flat wherever it has a slope, so nothing can be learnt through it: every gradient is 0."),
            "import torch\nx = torch.tensor(0.0, requires_grad=True)\ntorch.sign(x).backward()\nslope = x.grad",
            "slope",
        ),
    )


def of_layouts() -> Sequence[Trap]:
    """Return the traps of the shapes of derivatives."""
    return (
        tried(
            _("A vector has no single gradient."),
            _("`backward` needs a scalar; for all entries at once there is `torch.autograd.functional.jacobian`."),
            "import torch\nA, x = torch.eye(2), torch.ones(2, requires_grad=True)\n(A @ x).backward()",
        ),
        tried(
            _("`.grad` has the shape of x: torch's gradient of a scalar is in denominator layout."),
            _("A book in numerator layout writes the same numbers as a row."),
            "import torch\nx = torch.ones(3, 1, requires_grad=True)\n(x * x).sum().backward()\nshape = x.grad.shape",
            "shape",
        ),
        tried(
            _("Two books can both be right."),
            _("One says that the derivative of Ax is A, the other its transpose. Look first which layout is used;"
              " in denominator layout the factors of the chain rule stand in reverse."),
            "import torch\nA, B = torch.ones(2, 3), torch.ones(4, 2)\nA @ B",
        ),
    )  # fmt: skip
