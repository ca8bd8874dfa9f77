"""The checks of every array that enters the regression code."""

from collections.abc import Sequence
from decimal import Decimal
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _
from core.masked import masked_as_nan

if TYPE_CHECKING:
    import torch

Array: TypeAlias = npt.NDArray[np.float64]
ArrayLike: TypeAlias = npt.ArrayLike | "torch.Tensor"

LARGEST_VALUE = 1e100  # squares of larger values, times the growth that is followed, overflow float64


def as_array(values: ArrayLike, name: str, *, finite: bool = True) -> Array:
    """Return `values` as a float64 array that owns or shares its memory and is never written to.

    Accepts arrays, lists, frames and dense CPU tensors. Whole numbers and booleans are widened, as are narrower floats
    (exactly); whole numbers beyond 2^53 are rounded. Raises InputError for a tensor that requires grad, is sparse or on
    another device, for anything that is not numbers, and for missing values (None, pandas' NA, NaN, masked entries) and
    infinity; the sentence uses `name`. Unless `finite`, missing values and infinity are let through, missing as NaN.
    """
    if getattr(values, "requires_grad", False):
        raise InputError(_("{name} is a tensor that requires grad; pass {name}.detach() instead.").format(name=name))
    device = getattr(getattr(values, "device", None), "type", "cpu")
    if device != "cpu":
        raise InputError(
            _("{name} is on the device {device}; pass {name}.cpu() instead.").format(name=name, device=device)
        )
    array = _as_floats(masked_as_nan(values), name)
    if finite and not np.isfinite(array).all():
        bad = int(array.size - np.isfinite(array).sum())
        raise InputError(
            _("{name} contains {bad} missing or infinite values; fill or drop them first.").format(name=name, bad=bad)
        )
    return array


def _as_floats(values: Any, name: str) -> Array:  # noqa: ANN401 - whatever a caller was given
    """Return float64 with NaN for what is missing; raise InputError for anything that is no real number."""
    dense = "to_dense" if getattr(values, "layout", None) is not None else "toarray"
    if (dense == "to_dense" and str(values.layout) != "torch.strided") or hasattr(values, "toarray"):
        raise InputError(_("{name} is sparse; pass {name}.{method}() instead.").format(name=name, method=dense))
    if hasattr(values, "dtypes") and hasattr(values, "columns"):
        return _frame_as_floats(values, name)
    if hasattr(values, "is_floating_point") and values.is_floating_point():
        values = values.double()  # NumPy lacks some of torch's types
    try:
        array = np.asarray(values)
        if array.dtype.kind == "O":
            array = np.array([_real(value) for value in array.ravel().tolist()], dtype=np.float64).reshape(array.shape)
        if array.dtype.kind not in "biuf":
            raise TypeError
    except ValueError as problem:
        told = _("{name} has to hold real numbers only; encode other values first.")
        if "inhomogeneous" in str(problem):
            told = _("The rows of {name} differ in length; each needs the same number of values.")
        raise InputError(told.format(name=name)) from None
    except (TypeError, RuntimeError):
        raise InputError(
            _("{name} has to hold real numbers only; encode other values first.").format(name=name)
        ) from None
    with np.errstate(over="ignore"):
        return array.astype(np.float64, copy=False)


def _frame_as_floats(frame: Any, name: str) -> Array:  # noqa: ANN401 - of pandas, or another library's
    """Return a frame's numbers, column by column where its columns differ in type."""
    kinds = {dtype.kind if isinstance(dtype, np.dtype) else "O" for dtype in frame.dtypes}
    if kinds and (kinds <= set("iuf") or kinds == {"b"}):
        return _as_floats(frame.to_numpy(), name)
    columns = [frame.iloc[:, place] if hasattr(frame, "iloc") else frame[column]
               for place, column in enumerate(frame.columns)]  # fmt: skip
    result = np.empty(frame.shape)
    for place, (label, column) in enumerate(zip(frame.columns, columns, strict=True)):
        try:
            extended = hasattr(column.dtype, "na_value") and getattr(column.dtype, "_is_numeric", False)
            plain = column.to_numpy(dtype=np.float64, na_value=np.nan) if extended else column.to_numpy()
            result[:, place] = _as_floats(plain, name)
        except InputError:
            raise InputError(
                _("{name} has to hold real numbers only, and its column “{column}” does not; encode it first.").format(
                    name=name, column=label
                )
            ) from None
    return result


def _real(value: object) -> float:
    """Return a real number as a float, infinite beyond float64, and NaN for None or pandas' NA; else TypeError."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return np.nan
    if not isinstance(value, Real | Decimal | np.bool_):
        raise TypeError
    try:
        return float(value)
    except OverflowError:
        return np.inf


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
            _("{X} has length {rows} and {y} has length {labels}; each row needs exactly one label.").format(
                X=names[0], y=names[1], rows=len(matrix), labels=len(labels)
            )
        )
    return matrix, labels


def check_parameters(parameters: ArrayLike, columns: int) -> Array:
    """Return parameters as (columns + 1,), the bias last, or raise InputError for another number of them."""
    array = as_array(parameters, "parameters")
    if array.shape != (columns + 1,):
        raise InputError(
            _(
                "parameters needs a weight for each column, {columns} in all, and then the bias; its shape is {shape}."
            ).format(columns=columns, shape=tuple(array.shape))
        )
    return array


def check_count(value: object, name: str, largest: int | None = None) -> int:
    """Return a whole number of at least 1 and at most `largest`, or raise InputError. Nothing is clipped."""
    if isinstance(value, bool) or not isinstance(value, Integral) or int(value) < 1:
        raise InputError(
            _("{name} has to be a whole number of at least 1; got {value}.").format(name=name, value=value)
        )
    if largest is not None and int(value) > largest:
        raise InputError(
            _("{name} can be at most the number of rows, {largest}; got {value}.").format(
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
        raise InputError(_("{name} has to be a finite number above 0; got {value}.").format(name=name, value=value))
    return number


def check_size(value: object, name: str) -> float:
    """Return a number from 0 to 1e100, or raise InputError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= LARGEST_VALUE:
        raise InputError(_("{name} has to be a number from 0 to 1e100; got {value}.").format(name=name, value=value))
    return float(value)


def check_named(names: object) -> None:
    """Raise InputError for anything but a list of names or the like."""
    if not hasattr(names, "__len__") or not hasattr(names, "__iter__"):
        raise InputError(_("feature_names has to be a list of names; got {kind}.").format(kind=type(names).__name__))


def check_names(names: Sequence[str] | None, columns: int) -> list[str] | None:
    """Return one name for each column, or None if there are no names; raise InputError for another number of them."""
    if names is None:
        return None
    check_named(names)
    if isinstance(names, str) or len(names) != columns:
        raise InputError(
            _("feature_names needs one name for each column of X, {columns} in all; got {names}.").format(
                names=1 if isinstance(names, str) else len(names), columns=columns
            )
        )
    return [str(name) for name in names]
