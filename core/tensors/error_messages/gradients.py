"""Messages about gradients."""

from core.language import _


def words() -> tuple[tuple[str, str], ...]:
    """Return pattern and sentence of each message, the more specific ones first."""
    return (*_starting(), *_twice(), *_in_place(), *_leaves())


def _starting() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"grad can be implicitly created only for scalar outputs",
            _("backward() alone starts from one number, and here are several: sum them first, y.sum().backward(), "
              "or say how much each of them counts, y.backward(torch.ones_like(y))."),
        ),
        (
            r"grad can be implicitly created only for real scalar outputs but got (?P<kind>\S+)",
            _("backward() alone starts from one real number, and {kind} came: take the real part or the absolute "
              "value first."),
        ),
        (
            r"element 0 of tensors does not require grad and does not have a grad_fn",
            _("This number does not hang together with anything that asks for a gradient: no input has "
              "requires_grad=True, or detach(), no_grad(), item() or a comparison cut the way."),
        ),
        (
            r"Mismatch in shape: grad_output\[0\] has a shape of torch\.Size\(\[(?P<came>[\d, ]*)\]\) and output\[0\] "
            r"has a shape of torch\.Size\(\[(?P<want>[\d, ]*)\]\)",
            _("backward was told how much each entry of y counts, with shape ({came}), but y has shape ({want}): "
              "one number for each entry is needed."),
        ),
    )  # fmt: skip


def _twice() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"Trying to backward through the graph a second time",
            _("On its way back the first backward let go of the values it no longer needed, to save memory, so "
              "there is no second way back. Say backward(retain_graph=True) the first time, or compute y anew."),
        ),
        (
            r"appears to not have been used in the graph",
            _("The result was not computed from this tensor, so there is no gradient, not even 0; with "
              "allow_unused=True you get None."),
        ),
        (
            r"One of the differentiated Tensors does not require grad",
            _("A gradient is asked for with respect to a tensor that was not made with requires_grad=True."),
        ),
        (
            r"'NoneType' object has no attribute '(?P<asked>\w+)'",
            _("What stands before .{asked} is None. x.grad is None, not 0, until the first backward reaches x."),
        ),
    )  # fmt: skip


def _in_place() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"a (?:view of a )?leaf Variable that requires grad is being used in an in-place operation",
            _("x is where gradients end (a leaf); if it were overwritten, there would be no x left to "
              "differentiate by. Update weights inside with torch.no_grad():, or make a new tensor, x = x + 1."),
        ),
        (
            r"one of the variables needed for gradient computation has been modified by an inplace operation.*output "
            r"\d+ of (?P<function>\w+?)(?:Backward\d+)?, is at version (?P<now>\d+); expected version (?P<then>\d+)",
            _("The way back needs the value that {function} gave, and it was overwritten since (version {now} "
              "instead of {then}). Make a new tensor, y = y + 1, in place of y += 1."),
        ),
        (
            r"one of the variables needed for gradient computation has been modified by an inplace operation",
            _("The way back needs a value that was overwritten since. Make a new tensor, y = y + 1, in place of y "
              "+= 1."),
        ),
        (
            r"cannot resize variables that require grad",
            _("A tensor that asks for a gradient keeps its shape; make a new one with reshape."),
        ),
        (
            r"Can't detach views in-place",
            _("A view cannot be cut loose in place; detach() gives a tensor that is."),
        ),
    )  # fmt: skip


def _leaves() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"[Oo]nly Tensors of floating point (?:and complex )?dtype can require gradients",
            _("A gradient says what a tiny step changes, and whole numbers take no tiny steps: give decimals, 1. "
              "instead of 1, or dtype=torch.float64."),
        ),
        (
            r"you can only change requires_grad flags of leaf variables",
            _("y was computed, so whether it takes part in gradients follows from its inputs; y.detach() is the "
              "same numbers without them."),
        ),
        (
            r"Only Tensors created explicitly by the user \(graph leaves\) support the deepcopy protocol",
            _("A computed tensor hangs on the graph behind it, which is not copied: y.detach().clone() copies the "
              "numbers."),
        ),
        (
            r"attempting to assign a gradient of size '\[(?P<came>[\d, ]*)\]' to a tensor of size "
            r"'\[(?P<want>[\d, ]*)\]'",
            _("A gradient has the shape of its tensor, ({want}), and one of shape ({came}) came."),
        ),
        (
            r"attempting to assign a gradient with dtype '(?P<came_type>\w+)' to a tensor with "
            r"grad_dtype '(?P<want_type>\w+)'",
            _("A gradient has the type of its tensor, {want_type}, and {came_type} came."),
        ),
    )  # fmt: skip
