"""Messages about gradients."""

from core.language import _


def words() -> tuple[tuple[str, str], ...]:
    """Return pattern and sentence of each message, the more specific ones first."""
    return (*_starting(), *_twice(), *_in_place(), *_leaves())


def _starting() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"grad can be implicitly created only for scalar outputs",
            _("backward() starts from one number, and here are several: sum them first, y.sum().backward(), or give "
              "each a weight, y.backward(torch.ones_like(y))."),
        ),
        (
            r"grad can be implicitly created only for real scalar outputs but got (?P<kind>\S+)",
            _("backward() starts from one real number, but got {kind}: take the real part or the absolute value "
              "first."),
        ),
        (
            r"element 0 of tensors does not require grad and does not have a grad_fn",
            _("This number does not depend on any tensor that requires a gradient: no input has requires_grad=True, "
              "or detach(), no_grad(), item() or a comparison cut it off from the graph."),
        ),
        (
            r"Mismatch in shape: grad_output\[0\] has a shape of torch\.Size\(\[(?P<came>[\d, ]*)\]\) and output\[0\] "
            r"has a shape of torch\.Size\(\[(?P<want>[\d, ]*)\]\)",
            _("The gradient passed to backward has shape ({came}), but y has shape ({want}): one weight for each "
              "entry is needed."),
        ),
    )  # fmt: skip


def _twice() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"Trying to backward through the graph a second time",
            _("The first backward freed the saved values of the graph to save memory, so there can be no second "
              "one. Call backward(retain_graph=True) the first time, or compute y again."),
        ),
        (
            r"appears to not have been used in the graph",
            _("The result was not computed from this tensor, so it has no gradient, not even 0; with "
              "allow_unused=True you get None."),
        ),
        (
            r"One of the differentiated Tensors does not require grad",
            _("The gradient is with respect to a tensor that was not made with requires_grad=True."),
        ),
        (
            r"'NoneType' object has no attribute '(?P<asked>\w+)'",
            _("The value before .{asked} is None. x.grad is None, not 0, until the first backward through x."),
        ),
    )  # fmt: skip


def _in_place() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"a (?:view of a )?leaf Variable that requires grad is being used in an in-place operation",
            _("x is a leaf, where gradients are stored; in place it would be lost. Update weights inside with "
              "torch.no_grad():, or make a new tensor, x = x + 1."),
        ),
        (
            r"one of the variables needed for gradient computation has been modified by an inplace operation.*output "
            r"\d+ of (?P<function>\w+?)(?:Backward\d+)?, is at version (?P<now>\d+); expected version (?P<then>\d+)",
            _("The backward pass needs the result of {function}, but it has been overwritten (version {now} instead "
              "of {then}). Make a new tensor, y = y + 1, instead of y += 1."),
        ),
        (
            r"one of the variables needed for gradient computation has been modified by an inplace operation",
            _("The backward pass needs a value that has been overwritten. Make a new tensor, y = y + 1, instead of "
              "y += 1."),
        ),
        (
            r"cannot resize variables that require grad",
            _("A tensor that requires a gradient cannot change its shape in place; make a new one with reshape."),
        ),
        (
            r"Can't detach views in-place",
            _("A view cannot be detached in place; use detach()."),
        ),
    )  # fmt: skip


def _leaves() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"[Oo]nly Tensors of floating point (?:and complex )?dtype can require gradients",
            _("A gradient needs arbitrarily small steps, which whole numbers do not allow: use floats, 1. instead "
              "of 1, or dtype=torch.float64."),
        ),
        (
            r"you can only change requires_grad flags of leaf variables",
            _("y was computed, so whether it requires a gradient follows from its inputs; y.detach() has the same "
              "numbers without one."),
        ),
        (
            r"Only Tensors created explicitly by the user \(graph leaves\) support the deepcopy protocol",
            _("A computed tensor is part of a graph, which is not copied: y.detach().clone() copies the numbers."),
        ),
        (
            r"attempting to assign a gradient of size '\[(?P<came>[\d, ]*)\]' to a tensor of size "
            r"'\[(?P<want>[\d, ]*)\]'",
            _("A gradient has the shape of its tensor, ({want}), but got shape ({came})."),
        ),
        (
            r"attempting to assign a gradient with dtype '(?P<came_type>\w+)' to a tensor with "
            r"grad_dtype '(?P<want_type>\w+)'",
            _("A gradient has the dtype of its tensor, {want_type}, but got {came_type}."),
        ),
    )  # fmt: skip
