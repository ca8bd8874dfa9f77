"""The values of a column as numbers or as text, whatever its dtype, and which of them are missing."""

from datetime import datetime
from math import isinf
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _

DAY = np.timedelta64(1, "D")
EPOCH = np.datetime64("1970-01-01", "us")


def holds_numbers(values: pd.Series) -> bool:
    """Return whether the dtype, or every value of an object column, is a real number and not True or False."""
    if pd.api.types.is_object_dtype(values.dtype):
        return pd.api.types.infer_dtype(values, skipna=True) in ("integer", "floating", "mixed-integer-float")
    return pd.api.types.is_any_real_numeric_dtype(values.dtype)


def holds_dates(values: pd.Series) -> bool:
    """Return whether the dtype is a datetime, with or without a time zone."""
    return pd.api.types.is_datetime64_any_dtype(values.dtype)


def is_missing(values: pd.Series) -> npt.NDArray[np.bool_]:
    """Mark the missing values, shape (n,). An infinite number counts as missing."""
    dtype = values.dtype
    if isinstance(dtype, np.dtype) and dtype.kind == "f":
        finite: npt.NDArray[np.bool_] = np.isfinite(values.to_numpy())
        return ~finite
    if isinstance(dtype, np.dtype) and dtype.kind in "iub":
        return np.zeros(len(values), dtype=bool)
    missing = values.isna().to_numpy(dtype=bool)
    if pd.api.types.is_float_dtype(dtype):
        missing = missing | np.isinf(values.to_numpy(dtype=np.float64, na_value=np.nan))
    elif pd.api.types.is_object_dtype(dtype):
        missing = missing | values.map(_is_infinite).to_numpy(dtype=bool)
    return missing


def as_numbers(values: pd.Series, name: str) -> npt.NDArray[np.float64]:
    """Return the column as float64, shape (n,), NaN where it is missing or infinite.

    Dates become days since 1970-01-01 (UTC), with a fraction for the time of the day.
    Raises InputError, naming the column, if it holds anything but numbers or dates.
    """
    if holds_dates(values):
        return _as_days(values)
    if not holds_numbers(values) and not values.isna().all():
        raise InputError(
            _(
                "The column “{column}” was to be read as numbers but holds other values; encode it as categories."
            ).format(column=name)
        )
    if pd.api.types.is_object_dtype(values.dtype):
        values = values.mask(is_missing(values))  # an integer outside the range of float64 cannot be converted
    numbers = np.array(values.to_numpy(dtype=np.float64, na_value=np.nan))
    numbers[np.isinf(numbers)] = np.nan
    return numbers


def as_labels(values: pd.Series) -> pd.Series:
    """Return the column as text, missing values left missing; a whole number is written without a decimal point."""
    if isinstance(values.dtype, pd.StringDtype):
        return values
    if pd.api.types.is_object_dtype(values.dtype):
        return values.map(write_value, na_action="ignore").astype("str")
    codes, distinct = pd.factorize(values)  # each value is written once
    labels = pd.Series([*map(write_value, distinct), None], dtype="str")
    return pd.Series(labels.array.take(codes), index=values.index, name=values.name)


def write_value(value: object) -> str:
    """Return a value as text; 3.0 becomes "3", so that missing values elsewhere in the column do not change it.

    A date is written without its time if that is midnight.

    >>> write_value(3.0), write_value(2.5), write_value("Pave"), write_value(pd.Timestamp("2026-11-24"))
    ('3', '2.5', 'Pave', '2026-11-24')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    return str(value)


def _as_days(values: pd.Series) -> npt.NDArray[np.float64]:
    dates: Any = values.dt.tz_convert(None) if getattr(values.dt, "tz", None) is not None else values
    moments = dates.to_numpy().astype("datetime64[us]")
    return np.asarray((moments - EPOCH) / DAY, dtype=np.float64)


def _is_infinite(value: object) -> bool:
    """Return whether a Python number is infinite or outside the range of float64."""
    if not isinstance(value, int | float):
        return False
    try:
        return isinf(float(value))
    except OverflowError:
        return True
