"""Common mistakes with graphs; the lines of each trap are run."""

from core.language import _
from dashboard.ui.lesson import Trap
from dashboard.ui.traps import trap
from dashboard.visit.cache import cache_resource


@cache_resource(show_spinner=False)
def traps() -> list[Trap]:
    """Return the traps; their lines are the same for all visitors, so they are run once."""
    return [
        trap(
            _("backward needs a scalar."),
            _("Sum the entries, or give each a weight."),
            "x = torch.arange(3.0, requires_grad=True)\n(x * x).backward()",
        ),
        trap(
            _("Whole numbers have no gradient."),
            _("A gradient needs small steps: use a float tensor."),
            "x = torch.arange(4, requires_grad=True)",
        ),
        trap(
            _("A saved value was overwritten."),
            _("`exp` saves its result for the backward pass, and the next line changes it in place."),
            "x = torch.ones(2, requires_grad=True)\ny = torch.exp(x)\ny += 1\ny.sum().backward()",
        ),
        trap(
            _("Intermediate tensors keep no grad."),
            _("Only leaves get a `grad`. Call `u.retain_grad()` before `backward` to keep it, as here."),
            "x = torch.tensor(2.0, requires_grad=True)\nu = x * x\nu.retain_grad()\n(3 * u).backward()",
            ["u.grad", "u.is_leaf"],
        ),
        trap(
            _("An expression written twice is computed twice."),
            _("A name is one node; the same text a second time is a second node, with its own work and memory."),
            "x = torch.tensor(2.0, requires_grad=True)\ny = torch.sin(x) * torch.sin(x)\n"
            "(one, _), (other, _) = y.grad_fn.next_functions",
            ["one is other", "one.next_functions[0][0] is other.next_functions[0][0]"],
        ),
    ]
