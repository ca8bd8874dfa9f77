"""A descent on one of these surfaces as lines for torch, and what goes wrong on surfaces with several minima."""

from core.foundations.loss_surfaces import Surface
from core.language import _
from dashboard.ui import lesson
from dashboard.ui.traps import trap

FORMULAS = {"sine": "torch.sin(u * x + v)", "unit": "v * torch.tanh(u * x)"}


def surface_code(surface: Surface, start: list[float], rate: float, steps: int) -> str:
    """Return the lines that descend from this start, in shares of the picture; they print the end and the loss."""
    u, v = (surface.low + start * (surface.high - surface.low)).tolist()
    x, y = (", ".join(repr(value) for value in values.tolist()) for values in (surface.X[:, 0], surface.y))
    return "\n".join([
        "import torch",
        "",
        "torch.set_default_dtype(torch.float64)",
        f"x = torch.tensor([{x}])",
        f"y = torch.tensor([{y}])",
        f"u = torch.tensor({u!r}, requires_grad=True)",
        f"v = torch.tensor({v!r}, requires_grad=True)",
        f"optimizer = torch.optim.SGD([u, v], lr={rate!r})",
        f"for update in range({steps}):",
        "    optimizer.zero_grad()",
        f"    loss = (({FORMULAS[surface.kind]} - y) ** 2).mean() / 2",
        "    loss.backward()",
        "    optimizer.step()",
        f"print(u.item(), v.item(), ((({FORMULAS[surface.kind]} - y) ** 2).mean() / 2).item())",
    ])  # fmt: skip


def surface_traps() -> list[lesson.Trap]:
    """Return what goes wrong where a loss has several minima."""
    return [
        trap(
            _("Weights that start at 0 may stay there."),
            _("At u = v = 0 both slopes of v · tanh(u x) are 0: a saddle. Start with small random weights."),
            "x, y = torch.tensor([-1.0, 1.0]), torch.tensor([-1.0, 1.0])\nu = torch.tensor(0.0, requires_grad=True)\n"
            "v = torch.tensor(0.0, requires_grad=True)\n((v * torch.tanh(u * x) - y) ** 2).mean().backward()\n"
            "slopes = torch.stack([u.grad, v.grad])",
            ["slopes"],
        ),
        lesson.Trap(
            _("A slope of 0 is no proof of the lowest point."),
            _("It is 0 at every minimum, at saddles, and nearly so on plateaus. A convex loss, such as the bowl of "
              "linear regression, has no higher minima; most other losses may have some."),
        ),
        lesson.Trap(
            _("Two minima can be the same model."),
            _("−v · tanh(−u x) is v · tanh(u x). Networks have many such copies: swap two hidden units, and nothing "
              "changes. Compare predictions, not weights."),
        ),
    ]  # fmt: skip
