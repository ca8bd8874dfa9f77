"""The checks of every array that enters the regression code."""

from collections.abc import Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _

if TYPE_CHECKING:
    import torch

Array: TypeAlias = npt.NDArray[np.float64]
ArrayLike: TypeAlias = npt.ArrayLike | "torch.Tensor"

LARGEST_VALUE = 1e100  # squares of larger values, times the growth that is followed, overflow float64


def as_array(values: ArrayLike, name: str) -> Array:
    """Return `values` as a float64 array that owns or shares its memory and is never written to.

    Accepts arrays, lists and CPU tensors. Whole numbers and booleans are widened, as are float32 values (exactly).
    Raises InputError for a tensor that requires grad or is on another device, for anything that is not numbers,
    and for NaN or infinity; the sentence uses `name`.
    """
    if getattr(values, "requires_grad", False):
        raise InputError(_("{name} is a tensor that requires grad; pass {name}.detach() instead.").format(name=name))
    device = getattr(getattr(values, "device", None), "type", "cpu")
    if device != "cpu":
        raise InputError(
            _("{name} lives on the device {device}; pass {name}.cpu() instead.").format(name=name, device=device)
        )
    try:
        array = np.asarray(values)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except (TypeError, ValueError, RuntimeError):
        raise InputError(
            _("{name} has to hold real numbers only; encode other values first.").format(name=name)
        ) from None
    array = array.astype(np.float64, copy=False)
    if not np.isfinite(array).all():
        bad = int(array.size - np.isfinite(array).sum())
        raise InputError(
            _("{name} holds {bad} values that are missing or infinite; fill or drop them first.").format(
                name=name, bad=bad
            )
        )
    return array


def check_array(X: ArrayLike, name: str = "X") -> Array:
    """Return X as (n, d) float64. Raises InputError unless it has two axes, at least one row and one column."""
    array = as_array(X, name)
    if array.ndim != 2 or 0 in array.shape:
        raise InputError(
            _("{name} has to be a table with at least one row and one column; its shape is {shape}.").format(
                name=name, shape=tuple(array.shape)
            )
        )
    return array


def check_X_y(X: ArrayLike, y: ArrayLike, names: tuple[str, str] = ("X", "y")) -> tuple[Array, Array]:
    """Return (X, y) as (n, d) and (n,) float64.

    y may be (n,) or (n, 1): the classic silent bug, (n, 1) minus (n,) giving (n, n), cannot happen after this check.
    Raises InputError for other shapes or different lengths.
    """
    matrix = check_array(X, names[0])
    labels = as_array(y, names[1])
    if labels.ndim == 2 and labels.shape[1] == 1:
        labels = labels[:, 0]
    if labels.ndim != 1:
        raise InputError(
            _("{name} has to be one column of labels; its shape is {shape}.").format(
                name=names[1], shape=tuple(labels.shape)
            )
        )
    if len(labels) != len(matrix):
        raise InputError(
            _("{X} has {rows} rows and {y} has {labels} labels; each row needs exactly one label.").format(
                X=names[0], y=names[1], rows=len(matrix), labels=len(labels)
            )
        )
    return matrix, labels


def check_count(value: object, name: str, largest: int | None = None) -> int:
    """Return a whole number of at least 1 and at most `largest`, or raise InputError. Nothing is clipped."""
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < 1:
        raise InputError(
            _("{name} has to be a whole number of at least 1; {value} came.").format(name=name, value=value)
        )
    if largest is not None and int(value) > largest:
        raise InputError(
            _("{name} can be at most the number of rows, {largest}; {value} came.").format(
                name=name, largest=largest, value=value
            )
        )
    return int(value)


def check_positive(value: object, name: str) -> float:
    """Return a finite number above 0, or raise InputError."""
    try:
        number = float(value) if isinstance(value, Real) and not isinstance(value, bool) else 0.0
    except OverflowError:
        number = np.inf
    if not 0 < number < np.inf:
        raise InputError(_("{name} has to be a finite number above 0; {value} came.").format(name=name, value=value))
    return number


def check_size(value: object, name: str) -> float:
    """Return a number from 0 to 1e100, or raise InputError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1e100:
        raise InputError(_("{name} has to be a number of at least 0; {value} came.").format(name=name, value=value))
    return float(value)


def check_names(names: Sequence[str] | None, columns: int) -> list[str] | None:
    """Return one name for each column, or None if there are no names; raise InputError for another number of them."""
    if names is None:
        return None
    if isinstance(names, str) or len(names) != columns:
        raise InputError(
            _("feature_names has {names} names and X has {columns} columns; each column needs one.").format(
                names=1 if isinstance(names, str) else len(names), columns=columns
            )
        )
    return [str(name) for name in names]
