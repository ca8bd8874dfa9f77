"""Masked arrays: what is masked counts as missing, never as the number under the mask."""

from typing import Any

import numpy as np


def masked_as_nan(values: Any) -> Any:  # noqa: ANN401 - whatever a caller was given
    """Return a masked array or tensor as float64 with NaN where it is masked, and anything else as it is.

    >>> masked_as_nan(np.ma.masked_equal([1, -999, 3], -999)).tolist()
    [1.0, nan, 3.0]
    """
    if isinstance(values, np.ma.MaskedArray):
        if not np.ma.is_masked(values):
            return values.data
        return np.where(np.ma.getmaskarray(values), np.nan, values.data.astype(np.float64))
    if values is np.ma.masked:
        return np.nan
    if hasattr(values, "get_mask") and hasattr(values, "get_data"):  # torch.masked
        data = values.get_data().detach().double()
        return data.masked_fill(~values.get_mask(), float("nan"))
    if isinstance(values, list | tuple) and any(isinstance(part, np.ma.MaskedArray) for part in values):
        return [masked_as_nan(part) for part in values]
    return values
