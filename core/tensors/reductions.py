"""Reductions along one axis, several, or all; running sums and shares.

Types are torch's: whole numbers stay whole, and what torch refuses is refused.
"""

import math
from collections.abc import Sequence
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.formatting import format_list
from core.language import _
from core.masked import masked_as_nan
from core.tensors.error_messages.decode import decode

if TYPE_CHECKING:
    import torch


Array: TypeAlias = npt.NDArray[Any]
TensorLike: TypeAlias = npt.ArrayLike | pd.DataFrame | pd.Series | "torch.Tensor"


class RefusedError(InputError):
    """A reduction that torch refuses for the type of the entries; the message says what that means and what helps.

    Attributes:
        error: the class of torch's exception.
        message: its text.
    """

    def __init__(self, sentence: str, error: str, message: str) -> None:
        """Store torch's own words with the sentence."""
        super().__init__(sentence)
        self.error, self.message = error, message


def entries(x: TensorLike, name: str = "x") -> Array:
    """Return `x` as an array of the same shape, which may share its memory and must not be written to.

    Its dtype is bool for booleans, int64 for whole numbers, float64 for all others; whole numbers beyond int64 become
    float64. Numbers, lists, arrays, frames and tensors are accepted; a tensor that requires grad is detached, a sparse
    one made dense. None and pandas' NA become NaN, which stays, as infinity does. Raises InputError, whose sentence
    uses `name`, for anything but real numbers, and for rows of different lengths.
    """
    try:
        plain = _dense(x)
        if plain.dtype.kind not in "biufO":
            raise TypeError
        return plain.astype(_kept_dtype(plain), copy=False)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        raise InputError(_("{name} may hold real numbers only, in rows of equal length.").format(name=name)) from None


def _kept_dtype(plain: Array) -> type[np.generic]:
    if plain.dtype.kind == "b":
        return np.bool_
    if plain.dtype.kind not in "iu" or (plain.dtype == np.uint64 and plain.max(initial=0) >= 2**63):
        return np.float64
    return np.int64


def _dense(x: TensorLike) -> Array:
    """Return an array of any dtype; raises what NumPy, pandas or torch raise."""
    x = masked_as_nan(x)
    if isinstance(x, pd.DataFrame | pd.Series):
        plain = x.to_numpy()
        return plain if plain.dtype.kind in "biu" else x.to_numpy(dtype=np.float64, na_value=np.nan)
    if detach := getattr(x, "detach", None):
        import torch

        dense = detach().cpu().to_dense()
        return np.asarray((dense.to(torch.float64) if dense.is_floating_point() else dense).numpy())
    return np.asarray(x)


How: TypeAlias = Literal["sum", "mean", "max", "min", "prod", "var"]
Axes: TypeAlias = int | Sequence[int] | None
HOWS: tuple[How, ...] = get_args(How)
_IN_FULL: dict[str, How] = {"product": "prod", "variance": "var"}
FLOATS_ONLY: tuple[How, ...] = ("mean", "var")
Floats: TypeAlias = Literal["float32", "float64"]


def reduce(
    x: TensorLike,
    how: str,
    axis: Axes = None,
    keepdims: bool = False,
    *,
    correction: float = 1,
    dtype: Floats | None = None,
) -> "torch.Tensor":
    """Reduce `x`, of any shape, along `axis`: one axis, several, or None for all. Returns a new tensor.

    Its dtype is torch's: float64 of floats; of whole numbers int64, of booleans int64 for a sum or a product and bool
    for max and min. Mean and variance of either are refused. `dtype`, "float32" or "float64", converts the entries
    first, as torch's argument of that name does.

    `how` is "sum", "mean", "max", "min", "prod" (or "product") or "var" (or "variance"). The given axes are removed
    from the shape; with `keepdims` they are kept with length 1. Negative axes count from the end. The variance divides
    by n - correction, n being the number of entries reduced to one: 1 estimates the variance of a population, 0 is that
    of the entries themselves.

    - Missing: NaN among the entries makes their result NaN. Infinite entries count as such; ∞ - ∞ is NaN.
    - Constant: the mean is that number, to the last bit, and the variance exactly 0.
    - Empty: the sum of no entries is 0 and their product 1; mean and variance are NaN; max and min raise.
    - One row: its sum, mean, max, min and product over that axis are the row; its variance with correction 1 is NaN,
      for 0 is divided by 0.

    A sum beyond float64's largest number is infinite, one beyond int64's wraps around, as in torch; the mean is never
    infinite, unless an entry is. Raises RefusedError where torch refuses, InputError for anything but real numbers, an
    unknown `how`, an axis that `x` does not have, or one given twice.

    >>> reduce([[1, 2, 3], [4, 5, 6], [7, 8, 9]], "sum", axis=0).tolist()
    [12, 15, 18]
    >>> reduce([[1, 2, 3], [4, 5, 6], [7, 8, 9]], "mean", axis=1, keepdims=True, dtype="float32").tolist()
    [[2.0], [5.0], [8.0]]
    """
    kind, tensor = find_how(how), _tensor(x, dtype)
    if kind in FLOATS_ONLY and not tensor.is_floating_point():
        raise _refused(tensor, kind)
    if not isinstance(correction, Real):
        raise InputError(
            _("The correction has to be a number, usually 1 or 0; got {got}.").format(got=repr(correction))
        )
    axes = find_axes(axis, tensor.ndim)
    left = [length for number, length in enumerate(tensor.shape) if number not in axes]
    count = math.prod(int(tensor.shape[number]) for number in axes)
    if not count and kind in ("max", "min") and 0 not in left:
        raise InputError(_("An empty tensor has no largest or smallest entry; give at least one entry."))
    result = _reduced(tensor, kind, axes, count, correction)
    return result if keepdims else result.reshape(left)


def cumsum(x: TensorLike, axis: int) -> "torch.Tensor":
    """Return the running sums of `x` along one axis: a new tensor of the same shape, int64 or float64.

    From a NaN on, the sums along its line are NaN; an empty `x` gives an empty result. Raises InputError as `reduce`.

    >>> cumsum([[1, 2], [3, 4]], axis=0).tolist()
    [[1, 2], [4, 6]]
    """
    tensor = _tensor(x)
    (number,) = find_axes(axis, tensor.ndim)
    return tensor.cumsum(number)


def shares(x: TensorLike, axis: Axes, keepdims: bool = True) -> "torch.Tensor":
    """Return x / x.sum(axis, keepdims): with `keepdims`, every entry as a share of the sum of its own line.

    The shape is that of `x` with `keepdims`. Without, broadcasting aligns the sums with the last axes, whichever axis
    was reduced: the shape may grow, entries may be divided by the sum of another line, and InputError is raised where
    the lengths are incompatible. A line whose sum is 0 gives infinite shares, or NaN for its zeros. Shares of floats
    are float64; those of whole numbers and booleans float32, the type torch divides them into.

    >>> shares([[1, 3], [2, 2]], axis=1).tolist()
    [[0.25, 0.75], [0.5, 0.5]]
    """
    tensor, sums = _tensor(x), reduce(x, "sum", axis, keepdims)
    try:
        return tensor / sums
    except RuntimeError:
        raise InputError(
            _(
                "Shapes {shape} and {sums} cannot be broadcast: aligned from the right, lengths must be equal, or one "
                "of them 1."
            ).format(shape=tuple(tensor.shape), sums=tuple(sums.shape))
        ) from None


def find_how(how: str) -> How:
    """Return the short name of a reduction. Raises InputError for an unknown name."""
    found = next((kind for kind in HOWS if isinstance(how, str) and kind == _IN_FULL.get(how, how)), None)
    if found is None:
        raise InputError(
            _("Unknown reduction {how}; use one of {names}.").format(how=repr(how), names=format_list(HOWS))
        )
    return found


def find_axes(axis: Axes, count: int) -> tuple[int, ...]:
    """Return the selected axes out of `count`, sorted and counted from 0; None means all of them.

    Raises InputError for an axis out of range, one given twice, or none at all: () means no axis in NumPy and all of
    them in torch.

    >>> find_axes(-1, 3), find_axes((2, 0), 3), find_axes(None, 2)
    ((2,), (0, 2), (0, 1))
    """
    if axis is None:
        return tuple(range(count))
    named = list(axis) if isinstance(axis, Sequence) and not isinstance(axis, str) else [axis]
    if not named:
        raise InputError(_("Give at least one axis, or None for all of them."))
    for number in named:
        if isinstance(number, bool) or not isinstance(number, Integral) or not -count <= int(number) < count:
            raise InputError(_no_axis(number, count))
    axes = sorted(int(number) % count for number in named)
    if len(set(axes)) < len(axes):
        raise InputError(_("An axis is given twice in {axis}; give each once.").format(axis=axis))
    return tuple(axes)


def _no_axis(number: object, count: int) -> str:
    if not count:
        return _("A tensor without axes is already one number; reduce it over all its axes, None.")
    return _("There is no axis {axis}: the axes are 0 to {last}, or -{count} to -1 from the end.").format(
        axis=repr(number), count=count, last=count - 1
    )


def _tensor(x: TensorLike, dtype: Floats | None = None) -> "torch.Tensor":
    import torch

    return torch.from_numpy(np.require(entries(x), dtype=dtype, requirements=["C", "W"]))


def _refused(tensor: "torch.Tensor", how: How) -> RefusedError:
    """Return torch's own refusal, by asking it."""
    try:
        getattr(tensor, how)()
    except RuntimeError as problem:
        message = str(problem)
        return RefusedError(decode(message) or message, type(problem).__name__, message)
    raise AssertionError(f"torch has a {how} of {tensor.dtype}")


def _reduced(tensor: "torch.Tensor", how: How, axes: tuple[int, ...], count: int, correction: float) -> "torch.Tensor":
    """Return the result with the axes kept."""
    if not axes:  # a number without axes is its own sum; torch returns it for every reduction but the variance
        tensor, axes = tensor.reshape(1), (0,)
        return _reduced(tensor, how, axes, 1, correction).reshape(())
    if how == "prod":
        for axis in axes:
            tensor = tensor.prod(axis, keepdim=True)
        return tensor
    if how == "max":
        return tensor.amax(axes, keepdim=True)
    if how == "min":
        return tensor.amin(axes, keepdim=True)
    if how == "sum":
        return tensor.sum(axes, keepdim=True)
    mean = _mean(tensor, axes, count)
    return mean if how == "mean" else _variance(tensor - mean, axes, count - correction)


def _mean(tensor: "torch.Tensor", axes: tuple[int, ...], count: int) -> "torch.Tensor":
    """Return a mean that stays within the range of its entries, in spite of rounding and of sums that overflow."""
    mean = tensor.sum(axes, keepdim=True) / count if count else tensor.sum(axes, keepdim=True) * math.nan
    if not count or not mean.numel():
        return mean
    if not mean.isfinite().all():
        mean = mean.where(mean.isfinite(), (tensor / count).sum(axes, keepdim=True))
    return mean.clamp(tensor.amin(axes, keepdim=True), tensor.amax(axes, keepdim=True))


def _variance(deviations: "torch.Tensor", axes: tuple[int, ...], divisor: float) -> "torch.Tensor":
    squares = deviations.square().sum(axes, keepdim=True)
    return squares / divisor if divisor > 0 else squares * math.nan


_CALLS: dict[How, str] = {"sum": "sum", "mean": "mean", "var": "var", "max": "amax", "min": "amin", "prod": "prod"}


def reduction_call(
    name: str,
    how: How,
    axes: tuple[int, ...],
    count: int,
    keepdims: bool = False,
    correction: float = 1,
    dtype: Floats | None = None,
) -> str:
    """Return the call that reduces the tensor `name`, which has `count` axes, along these.

    torch's product takes one axis at a time, so several axes need several calls.

    >>> reduction_call("A", "sum", (0,), 2), reduction_call("A", "max", (0, 1), 2)
    ('A.sum(axis=0)', 'A.amax()')
    >>> reduction_call("A", "prod", (0, 2), 3), reduction_call("A", "var", (1,), 2, True, 0)
    ('A.prod(axis=2).prod(axis=0)', 'A.var(axis=1, correction=0, keepdims=True)')
    >>> [reduction_call("A", "mean", (0, 1), 2, dtype=kind) for kind in ("float32", "float64")]
    ['A.float().mean()', 'A.mean(dtype=torch.float64)']
    """
    argued = how == "mean" and dtype == "float64"  # the variance has no argument dtype
    name += "" if argued or not dtype else {"float32": ".float()", "float64": ".double()"}[dtype]
    ending = ["dtype=torch.float64"] * argued + ["keepdims=True"] * (keepdims and bool(axes))
    if how == "prod" and len(axes) > 1 and (keepdims or len(axes) < count):
        return name + "".join(f".prod({', '.join([f'axis={axis}', *ending])})" for axis in reversed(axes))
    return f"{name}.{_CALLS[how]}({', '.join([*_axis(axes, count, keepdims), *_correction(how, correction), *ending])})"


def _axis(axes: tuple[int, ...], count: int, keepdims: bool) -> list[str]:
    """Return the argument `axis`; it is left out for all axes, unless they are kept."""
    if len(axes) == 1 and count > 1:
        return [f"axis={axes[0]}"]
    if not axes or (len(axes) == count and not keepdims):
        return []
    return [f"axis={axes[0]}" if len(axes) == 1 else f"axis={axes}"]


def _correction(how: How, correction: float) -> list[str]:
    return [f"correction={correction}"] if how == "var" else []


def mean_by_hand(axes: tuple[int, ...], count: int, keepdims: bool = False) -> str:
    """Return the line that computes a mean from a sum.

    >>> mean_by_hand((0,), 2), mean_by_hand((0, 1), 2)
    ('A.sum(axis=0) / A.shape[0]', 'A.sum() / A.numel()')
    """
    total = reduction_call("A", "sum", axes, count, keepdims)
    if len(axes) == count:
        return f"{total} / A.numel()"
    lengths = " * ".join(f"A.shape[{axis}]" for axis in axes)
    return f"{total} / {lengths}" if len(axes) == 1 else f"{total} / ({lengths})"
