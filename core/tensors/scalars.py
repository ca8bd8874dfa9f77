"""A tensor and one number: added, subtracted, multiplied, divided, raised, entry by entry."""

from collections.abc import Callable
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from core.errors import InputError
from core.language import _
from core.tensors.products import Array, Product, by_torch, wrapping

ScalarOperation: TypeAlias = Literal["add", "subtract", "multiply", "divide", "power"]
OPERATIONS: tuple[ScalarOperation, ...] = get_args(ScalarOperation)
SIGNS: dict[ScalarOperation, str] = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "power": "**"}


def with_scalar(X: ArrayLike, operation: ScalarOperation, a: float) -> Product:
    """Return X + a, X - a, X * a, X / a or X ** a, entry by entry, in the dtype that torch gives it.

    The shape is that of X. `a` is a plain number of Python: a float turns integers into float32, torch's usual
    floats. What is divided by 0 is infinite, or NaN where it is 0 itself; so are powers that are no real number.
    Raises InputError for what torch refuses: an integer to a negative integer power, and `-` of true and false.

    >>> with_scalar([1, 2], "multiply", 2.5).result.dtype
    dtype('float32')
    """
    values, number = np.asarray(X), _number(a)
    if values.dtype == bool and (operation == "subtract" or isinstance(number, bool)):
        raise InputError(_("torch has no such arithmetic of true and false; give numbers, for example 1 and 0."))
    whole = values.dtype.kind in "ib" and not isinstance(number, float)
    if operation == "power" and whole and number < 0:
        raise InputError(_("torch raises whole numbers to no negative whole power; write one of them with a point, as "
                           "in 2.0."))  # fmt: skip
    if whole and operation != "divide" and abs(number) >= 2**63:
        raise InputError(_("{number} is beyond the largest int64; write it with a point.").format(number=number))
    result = by_torch(lambda x: _RUN[operation](x, number), values)
    with np.errstate(all="ignore"):
        exact = np.asarray(_RUN[operation](values.astype(float), float(number)))
    return Product(values, np.asarray(number), result, (*_widened(values, result), *wrapping(exact, result)))


_RUN: dict[ScalarOperation, Callable[[Any, float], Any]] = {
    "add": lambda x, a: x + a,
    "subtract": lambda x, a: x - a,
    "multiply": lambda x, a: x * a,
    "divide": lambda x, a: x / a,
    "power": lambda x, a: x**a,
}


def _number(a: float) -> float:
    value = np.asarray(a)
    if value.size != 1:
        raise InputError(_("a has to be one number; {count} came.").format(count=value.size))
    number: float = value.reshape(()).item()
    return number


def _widened(values: Array, result: Array) -> tuple[str, ...]:
    if values.dtype.kind in "ib" and result.dtype.kind == "f":
        told = _("Whole numbers have become {dtype}, torch's usual floats.")
        return (told.format(dtype=result.dtype),)
    return ()
