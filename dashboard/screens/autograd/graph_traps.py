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
            _("A vector has no gradient of its own."),
            _("Backward begins at one number. Sum the entries, or give one weight for each of them."),
            "x = torch.arange(3.0, requires_grad=True)\n(x * x).backward()",
        ),
        trap(
            _("Whole numbers have no gradient."),
            _("A small step has to be possible: make the tensor one of floats."),
            "x = torch.arange(4, requires_grad=True)",
        ),
        trap(
            _("What backward needs was overwritten."),
            _("`exp` keeps its result for the way back, and the next line changes that result in place."),
            "x = torch.ones(2, requires_grad=True)\ny = torch.exp(x)\ny += 1\ny.sum().backward()",
        ),
        trap(
            _("What is in the middle keeps no grad."),
            _("Only leaves get a `grad`. Call `u.retain_grad()` before `backward` to keep that of u, as here."),
            "x = torch.tensor(2.0, requires_grad=True)\nu = x * x\nu.retain_grad()\n(3 * u).backward()",
            ["u.grad", "u.is_leaf"],
        ),
        trap(
            _("What is written twice is computed twice."),
            _("A name is one node; the same text a second time is a second node, with its own work and memory."),
            "x = torch.tensor(2.0, requires_grad=True)\ny = torch.sin(x) * torch.sin(x)\n"
            "(one, _), (other, _) = y.grad_fn.next_functions",
            ["one is other", "one.next_functions[0][0] is other.next_functions[0][0]"],
        ),
    ]
