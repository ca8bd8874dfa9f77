"""Which shapes an operation takes, and the sentence for those it does not."""

import numpy as np

from core.errors import InputError
from core.language import _

Shape = tuple[int, ...]
MOST_ENTRIES = 20_000  # of one value: two long vectors, one lying and one standing, make a large matrix


def check_shapes(operation: str, *shapes: Shape) -> None:
    """Raise InputError unless the operation can be done on arguments of these shapes."""
    if operation == "dot":
        _check_dot(*shapes)
    elif operation == "matmul":
        _check_matmul(*shapes)
    elif len(shapes) == 2:
        _check_broadcasting(*shapes)


def named_shape(shape: Shape) -> str:
    """Return a shape in words.

    >>> named_shape(()), named_shape((3,)), named_shape((2, 3))
    ('a number', 'a vector of 3', 'a 2 × 3 matrix')
    """
    if not shape:
        return _("a number")
    if len(shape) == 1:
        return _("a vector of {length}").format(length=shape[0])
    return _("a {rows} × {columns} matrix").format(rows=shape[0], columns=shape[1])


def _check_dot(x: Shape, y: Shape) -> None:
    if len(x) == len(y) == 1 and x == y:
        return
    told = _("dot needs two vectors of one length; it was given {x} and {y}. Change one, or multiply matrices with @.")
    raise InputError(told.format(x=named_shape(x), y=named_shape(y)))


def _check_matmul(x: Shape, y: Shape) -> None:
    if x and y and x[-1] == y[0]:
        _check_size((*x[:-1], *y[1:]))
        return
    if not x or not y:
        told = _("@ needs vectors or matrices; it was given {x} and {y}. Multiply by a number with *.")
    else:
        told = _("@ needs as many columns on its left as rows on its right; it was given {x} and {y}.")
    raise InputError(told.format(x=named_shape(x), y=named_shape(y)))


def _check_broadcasting(x: Shape, y: Shape) -> None:
    try:
        _check_size(np.broadcast_shapes(x, y))
    except ValueError as problem:
        if isinstance(problem, InputError):
            raise
        told = _(
            "Entries need partners: {x} and {y} fit only if, from the right, lengths are equal or one of them is 1."
        )
        raise InputError(told.format(x=named_shape(x), y=named_shape(y))) from None


def _check_size(shape: Shape) -> None:
    entries = int(np.prod(shape))
    if entries > MOST_ENTRIES:
        told = _("A value may have {most} entries; broadcasting makes {came} here. Take shorter vectors.")
        raise InputError(told.format(most=f"{MOST_ENTRIES:,}", came=f"{entries:,}"))
