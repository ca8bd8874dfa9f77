"""Axes, shape and dimension, the memory layout of a tensor, and reshaping."""

import re
from dataclasses import dataclass
from math import prod

import numpy as np

from core.errors import InputError, PointedError
from core.formatting import format_count, format_list
from core.language import _, ngettext

MOST_AXES = 8
LARGEST = 1_000_000
_LONGEST = 200  # characters
_PART = re.compile(r"\s*(?:(?P<size>[-−]?\d+)|(?P<sign>[,;x×*()\[\]]))", re.ASCII)


def parse_shape(text: str, *, inferred: bool = False, most_axes: int = MOST_AXES) -> tuple[int, ...]:
    """Return the shape written in a text; `()` and a blank text mean no axis.

    With `inferred` one length may be -1, which torch infers from the others.
    Raises PointedError for anything else, InputError if there are too many or they are too large.

    >>> parse_shape("(2, 6)"), parse_shape("2x6"), parse_shape("-1, 3", inferred=True), parse_shape("()")
    ((2, 6), (2, 6), (-1, 3), ())
    """
    if len(text) > _LONGEST:
        raise InputError(
            _("A shape is a few whole numbers such as 2, 6; got {count} characters.").format(count=len(text))
        )
    sizes: list[int] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        part = _PART.match(text, place)
        if part is None:
            start = place + len(text[place:]) - len(text[place:].lstrip())
            sentence = _("A shape is whole numbers separated by commas, such as 2, 6; got “{sign}”.")
            raise PointedError(sentence.format(sign=text[start]), text, start)
        if part["size"]:
            sizes.append(_size(part["size"].replace("−", "-"), text, part.start("size"), inferred))
        place = part.end()
    if len(sizes) > most_axes:
        raise InputError(
            _("At most {most} axes can be drawn here; got {count}.").format(most=most_axes, count=len(sizes))
        )
    if sizes.count(-1) > 1:
        second = [part.start("size") for part in _PART.finditer(text) if part["size"] in ("-1", "−1")][1]
        sentence = _("Only one length can be inferred; −1 is used twice.")
        raise PointedError(sentence, text, second)
    return tuple(sizes)


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as Python writes it.

    >>> shape_text((3,)), shape_text((2, 6)), shape_text(())
    ('(3,)', '(2, 6)', '()')
    """
    return str(tuple(int(size) for size in shape))


def _size(digits: str, text: str, place: int, inferred: bool) -> int:
    size = int(digits) if len(digits) <= 20 else LARGEST + 1
    if size > LARGEST or len(digits) > 20:
        sentence = _("The length of an axis may be at most {most} here.").format(most=format_count(LARGEST))
        raise PointedError(sentence, text, place)
    if size >= 0 or (inferred and size == -1):
        return size
    if inferred:
        raise PointedError(_("Lengths are 0 or more; only −1 stands for a length to be inferred."), text, place)
    raise PointedError(_("The length of an axis is 0 or more."), text, place)


@dataclass(frozen=True)
class Facts:
    """What torch says of a tensor.

    Attributes:
        axes: `A.ndim`.
        shape: `A.shape`.
        elements: `A.numel()`.
        length: `len(A)`; None for a tensor without an axis, for which `len` raises.
        strides: `A.stride()`, in elements, not in bytes.
        dtype: `A.dtype`.
    """

    axes: int
    shape: tuple[int, ...]
    elements: int
    length: int | None
    strides: tuple[int, ...]
    dtype: str


@dataclass(frozen=True, eq=False)
class Reshaped:
    """A tensor in another shape.

    Attributes:
        values: of the result.
        place: for each element its index in the memory of the first tensor, or the one it was copied from.
        shares_memory: whether the two use the same memory.
        strides: of the result, in elements.
    """

    values: np.ndarray
    place: np.ndarray
    shares_memory: bool
    strides: tuple[int, ...]


def describe(tensor: np.ndarray) -> Facts:
    """Return the facts of a contiguous tensor, as torch makes it.

    >>> describe(np.zeros((2, 3)))
    Facts(axes=2, shape=(2, 3), elements=6, length=2, strides=(3, 1), dtype='float64')
    """
    shape = tensor.shape
    return Facts(
        axes=tensor.ndim,
        shape=shape,
        elements=tensor.size,
        length=shape[0] if shape else None,
        strides=contiguous_strides(shape),
        dtype=str(tensor.dtype),
    )


def contiguous_strides(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the strides in elements of a contiguous tensor, the last axis being the fastest.

    An axis of length 0 counts as 1, as in torch.

    >>> contiguous_strides((2, 3, 4)), contiguous_strides(())
    ((12, 4, 1), ())
    """
    return tuple(prod(max(size, 1) for size in shape[axis + 1 :]) for axis in range(len(shape)))


def kind(axes: int) -> str:
    """Return the name of a tensor with this number of axes."""
    names = (_("scalar"), _("vector"), _("matrix"))
    if axes < len(names):
        return names[axes]
    return _("tensor with {axes} axes").format(axes=axes)


def dimension_sentence(facts: Facts) -> str:
    """Return a sentence on the dimension of this tensor, a word with two meanings."""
    if facts.axes == 0:
        return _("A scalar has no axis: as a tensor its dimension is 0, and its shape is empty.")
    if facts.axes == 1:
        sentence = ngettext(
            "As a vector its dimension is {length}, its length: it holds {length} number. As a tensor its dimension is "
            "1, its number of axes.",
            "As a vector its dimension is {length}, its length: it holds {length} numbers. As a tensor its dimension "
            "is 1, its number of axes.",
            facts.elements,
        )
        return sentence.format(length=facts.elements)
    sentence = _(
        "As a tensor its dimension is {axes}, its number of axes. Along them it has the lengths {lengths}; “the "
        "length of axis 0” is unambiguous."
    )
    return sentence.format(axes=facts.axes, lengths=_listed(facts.shape))


def _listed(shape: tuple[int, ...]) -> str:
    *first, last = [str(size) for size in shape]
    return _("{first} and {last}").format(first=format_list(first), last=last)


def infer_shape(elements: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape with its -1 inferred.

    Raises InputError unless this number of elements fits the shape.

    >>> infer_shape(12, (-1, 3)), infer_shape(12, (2, 6))
    ((4, 3), (2, 6))
    """
    known = prod(size for size in shape if size >= 0)
    wanted = shape_text(shape).replace("-", "−")
    if -1 in shape:
        if known == 0:
            sentence = _("With a length of 0 any number fits the −1 in {shape}: write the length itself.")
            raise InputError(sentence.format(shape=wanted))
        if elements % known:
            sentence = _(
                "A tensor of size {elements} cannot be reshaped to {shape}: {elements} is not a multiple of {known}."
            )
            raise InputError(sentence.format(elements=elements, shape=wanted, known=known))
        return tuple(elements // known if size == -1 else size for size in shape)
    if known != elements:
        sentence = _(
            "Shape {shape} is for {room} elements in all, but the size of the tensor is {elements}, and it cannot "
            "change."
        )
        raise InputError(sentence.format(shape=wanted, room=format_count(known), elements=format_count(elements)))
    return shape


def reshape(tensor: np.ndarray, shape: tuple[int, ...], *, transposed: bool = False) -> Reshaped:
    """Return a tensor in another shape, row by row, as torch's `tensor.reshape` does.

    One length may be -1. With `transposed` the axes are reversed first, as `tensor.T` does for a matrix.
    Memory is shared where strides can express the new shape, else the elements are copied.
    Raises InputError if the number of elements would change.
    """
    import torch

    wanted = infer_shape(tensor.size, shape)
    places = torch.arange(tensor.size).reshape(tensor.shape)
    if transposed:
        places = places.permute(tuple(reversed(range(places.ndim))))
    place = places.reshape(wanted)
    shares = place.untyped_storage().data_ptr() == places.untyped_storage().data_ptr()
    taken = place.numpy()
    return Reshaped(np.array(tensor).reshape(-1)[taken], taken, shares, tuple(place.stride()))


def walk(shape: tuple[int, ...], axis: int) -> np.ndarray:
    """Return the mask of the cells along an axis, all other indices being 0.

    Raises InputError if there is no such axis.
    """
    if not 0 <= axis < len(shape):
        sentence = ngettext(
            "The tensor has {axes} axis, numbered from 0; there is no axis {axis}.",
            "The tensor has {axes} axes, numbered from 0; there is no axis {axis}.",
            len(shape),
        )
        raise InputError(sentence.format(axes=len(shape), axis=axis))
    passed = np.zeros(shape, dtype=bool)
    passed[tuple(slice(None) if at == axis else slice(0, 1) for at in range(len(shape)))] = True
    return passed
