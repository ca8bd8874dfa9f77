"""One gate for every array that enters the tensor lessons."""

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _

if TYPE_CHECKING:
    import torch

Array: TypeAlias = npt.NDArray[np.float64]
TensorLike: TypeAlias = npt.ArrayLike | pd.DataFrame | pd.Series | "torch.Tensor"


def entries(x: TensorLike, name: str = "x") -> Array:
    """Return `x` as a float64 array of the same shape, which may share its memory and is never to be written to.

    Numbers, lists, arrays, frames and tensors are welcome; a tensor that requires grad is detached, a sparse one filled
    up. Whole numbers and booleans are widened (whole numbers beyond 2^53 are rounded). None and pandas' NA become NaN,
    which stays, as infinity does. Raises InputError, whose sentence uses `name`, for anything but real numbers, and
    for rows of different lengths.
    """
    try:
        plain = _dense(x)
        if plain.dtype.kind not in "biufO":
            raise TypeError
        return plain.astype(np.float64, copy=False)
    except (TypeError, ValueError, RuntimeError, OverflowError):
        raise InputError(
            _("{name} has to hold real numbers only, in rows of equal length.").format(name=name)
        ) from None


def _dense(x: TensorLike) -> npt.NDArray[np.generic]:
    """Return an array of whatever dtype; raises what numpy, pandas or torch raise where there is none."""
    if isinstance(x, pd.DataFrame | pd.Series):
        return x.to_numpy(dtype=np.float64, na_value=np.nan)
    if detach := getattr(x, "detach", None):
        import torch

        dense = detach().cpu().to_dense()
        return np.asarray((dense if dense.is_complex() else dense.to(torch.float64)).numpy())
    return np.asarray(x)
