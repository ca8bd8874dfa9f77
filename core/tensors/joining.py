"""Joining tensors: along an existing axis (`cat`), or along a new one (`stack`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.errors import InputError
from core.formatting import format_count
from core.language import _, ngettext
from core.tensors.shapes import shape_text

How = Literal["cat", "stack"]
MOST_AXES = 3
MOST_CELLS = 100_000


@dataclass(frozen=True, eq=False)
class Joined:
    """Joined tensors.

    Attributes:
        values: of the result.
        owner: for each of them the tensor it is from, counted from 0.
        place: for each of them its flat index there, row by row.
        axis: along which they were joined.
    """

    values: np.ndarray
    owner: np.ndarray
    place: np.ndarray
    axis: int


def join(tensors: Mapping[str, np.ndarray], axis: int, how: How = "cat") -> Joined:
    """Join named tensors as `torch.cat` or `torch.stack` does; the axis may count from the end.

    The result has the promoted dtype. Raises InputError, which names the tensor and the axis, where the shapes are
    incompatible, if there is no such axis, or if the result would have too many axes or elements.
    """
    import torch

    if not tensors:
        raise InputError(_("There is nothing to join: give at least one tensor."))
    at = check({name: tensor.shape for name, tensor in tensors.items()}, axis, how)
    if how == "stack" and next(iter(tensors.values())).ndim == MOST_AXES:
        raise InputError(_("Stacked, these would have more than {most} axes, too many to draw.").format(most=MOST_AXES))
    if sum(tensor.size for tensor in tensors.values()) > MOST_CELLS:
        raise InputError(_("At most {most} elements are joined here.").format(most=format_count(MOST_CELLS)))
    glue = torch.cat if how == "cat" else torch.stack
    given = [torch.from_numpy(np.array(tensor)) for tensor in tensors.values()]
    places = [torch.arange(one.numel()).reshape(one.shape) for one in given]
    owners = [torch.full(one.shape, number) for number, one in enumerate(given)]
    values, owner, place = (glue(parts, dim=at).numpy() for parts in (given, owners, places))
    return Joined(values, owner, place, at)


def check(shapes: Mapping[str, tuple[int, ...]], axis: int, how: How = "cat") -> int:
    """Return the axis, counted from 0, along which these shapes can be joined. Raises InputError if they cannot."""
    first, shape = next(iter(shapes.items()))
    for name, other in shapes.items():
        _check_axes(first, shape, name, other, how)
    axes = len(shape) + (how == "stack")
    if not axes:
        raise InputError(_("A scalar has no axis to join along. Stack scalars: that gives them a new axis."))
    if not -axes <= axis < axes:
        raise InputError(_no_axis(axes, axis, how))
    at = axis % axes
    for name, other in shapes.items():
        for place, (one, two) in enumerate(zip(shape, other, strict=True)):
            if one != two and (how == "stack" or place != at):
                raise InputError(_lengths_differ((first, shape), (name, other), place, at, how))
    return at


def axes_that_fit(shapes: Mapping[str, tuple[int, ...]], how: How = "cat") -> list[int]:
    """Return every axis, counted from 0, along which these shapes can be joined."""
    shape = next(iter(shapes.values()))
    fitting = []
    for axis in range(len(shape) + (how == "stack")):
        try:
            fitting.append(check(shapes, axis, how))
        except InputError:
            continue
    return fitting


def _check_axes(first: str, shape: tuple[int, ...], name: str, other: tuple[int, ...], how: How) -> None:
    if len(shape) == len(other):
        return
    if how == "stack":
        sentence = _("Tensors to be stacked need the same shape; {first} has {one} and {name} has {two}.")
    else:
        sentence = _("Tensors to be joined need the same number of axes; {first} has shape {one} and {name} has {two}.")
    raise InputError(sentence.format(first=first, one=shape_text(shape), name=name, two=shape_text(other)))


def _no_axis(axes: int, axis: int, how: How) -> str:
    if how == "stack":
        sentence = _("The new axis can be placed at 0 to {last}, or counted from the end; {axis} is out of range.")
        return sentence.format(last=axes - 1, axis=axis)
    sentence = ngettext(
        "These tensors have {axes} axis, numbered from 0; there is no axis {axis}.",
        "These tensors have {axes} axes, numbered from 0; there is no axis {axis}.",
        axes,
    )
    return sentence.format(axes=axes, axis=axis)


def _lengths_differ(
    one: tuple[str, tuple[int, ...]], two: tuple[str, tuple[int, ...]], place: int, at: int, how: How
) -> str:
    if how == "stack":
        sentence = _(
            "Tensors to be stacked need equal lengths: along axis {place}, {first} has {one} and {name} has {two}."
        )
    else:
        sentence = _(
            "To join along axis {at}, all other lengths must be equal: along axis {place}, {first} has {one} and "
            "{name} has {two}."
        )
    return sentence.format(at=at, place=place, first=one[0], one=one[1][place], name=two[0], two=two[1][place])
