"""What is said at every step of a reduction."""

from core.formatting import format_list
from core.language import _, ngettext
from core.tensors.formula_text import number
from core.tensors.reduction_steps import Collapse, Step


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as Python writes it.

    >>> shape_text((3,)), shape_text(())
    ('(3,)', '()')
    """
    return str(tuple(shape))


def start_words(of: Collapse) -> str:
    """Say what is about to happen."""
    if not of.axes:
        return _("A has no axis that could collapse: it is one number already.")
    axes = _listed(of.axes)
    if not of.count:
        return _("There is no line along axis {axes}: nothing can be taken in.").format(axes=axes)
    return ngettext(
        "A has the shape {shape}, and axis {axes} is to disappear.",
        "A has the shape {shape}, and axes {axes} are to disappear, one after the other.",
        len(of.axes),
    ).format(shape=shape_text(of.x.shape), axes=axes)


def fold_words(of: Collapse, step: Step) -> str:
    """Say which lines move, and what becomes of line 0."""
    count = step.last - step.first + 1
    if of.how == "prod":
        told = ngettext(
            "Axis {axis}: line 0 is multiplied by the next line.",
            "Axis {axis}: line 0 is multiplied by the next {count} lines.",
            count,
        )
    elif of.how == "max":
        told = ngettext(
            "Axis {axis}: line 0 keeps the larger of itself and the next line.",
            "Axis {axis}: line 0 keeps the largest of itself and the next {count} lines.",
            count,
        )
    elif of.how == "min":
        told = ngettext(
            "Axis {axis}: line 0 keeps the smaller of itself and the next line.",
            "Axis {axis}: line 0 keeps the smallest of itself and the next {count} lines.",
            count,
        )
    else:
        told = ngettext(
            "Axis {axis}: the next line is added to line 0.",
            "Axis {axis}: the next {count} lines are added to line 0.",
            count,
        )
    return told.format(axis=step.axis, count=count)


def folded_words(of: Collapse, step: Step) -> str:
    """Say how far the axis has collapsed."""
    told = _("Axis {axis}: line 0 stands for {taken} of {count} lines, and the shape is {shape}.")
    return told.format(
        axis=step.axis, taken=step.taken, count=of.x.shape[step.axis], shape=shape_text(step.values.shape)
    )


def step_words(of: Collapse, step: Step) -> str:
    """Say what is done to every entry."""
    if step.kind == "square":
        return _("Every entry becomes its distance from the mean, squared.")
    if of.how == "mean":
        return _("Every sum is divided by the number of its entries, {count}.").format(count=of.count)
    told = _("Every sum is divided by n − correction = {count} − {correction} = {divisor}.")
    return told.format(count=of.count, correction=number(of.correction), divisor=number(of.divisor))


def end_words(of: Collapse) -> str:
    """Say what becomes of the axes."""
    if not of.axes:
        return _("A is one number, and so is the result.")
    before = tuple(1 if axis in of.axes else length for axis, length in enumerate(of.x.shape))
    told = (
        ngettext(
            "Axis {axes} has length 1 now and stays, because keepdims=True: the shape is {after}.",
            "Axes {axes} have length 1 now and stay, because keepdims=True: the shape is {after}.",
            len(of.axes),
        )
        if of.keepdims
        else ngettext(
            "Axis {axes} has length 1 now and leaves the shape: {before} becomes {after}.",
            "Axes {axes} have length 1 now and leave the shape: {before} becomes {after}.",
            len(of.axes),
        )
    )
    return told.format(axes=_listed(of.axes), before=shape_text(before), after=shape_text(of.result.shape))


def _listed(axes: tuple[int, ...]) -> str:
    return format_list(map(str, axes))
