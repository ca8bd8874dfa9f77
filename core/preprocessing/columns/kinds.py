"""What a column holds: numbers, categories, free text or nothing."""

from math import isinf
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _

Kind: TypeAlias = Literal["number", "category", "yes_no", "date", "identifier", "text", "empty"]

MOST_CATEGORIES = 50  # a category has at most this many distinct values
FEWEST_TO_JUDGE = 20  # below this many values, "nearly every value is distinct" says nothing
NEARLY_ALL = 0.9


def column_kind(values: pd.Series) -> Kind:
    """Name what a column holds; missing values are left out of the question.

    - `empty`: nothing but missing values, or no rows.
    - `number`: whole or decimal numbers. True and False are two categories, not numbers.
    - `text`: other values, more than 50 of them distinct, or, once there are 20 values to judge by, nine in ten of
      them distinct. Names and addresses are such: one column for each value would describe single rows.
    - `category`: the rest.

    >>> column_kind(pd.Series(["Pave", None, "Grvl", None]))
    'category'
    >>> column_kind(pd.Series([2, None, 4]))
    'number'
    """
    present = values[~is_gap(values)]
    if present.empty:
        return "empty"
    if holds_numbers(present):
        return "number"
    return judge_labels(len(present), as_labels(present).nunique())


def judge_labels(count: int, distinct: int) -> Kind:
    """Tell categories from free text by the number of values and of those that differ."""
    if distinct > MOST_CATEGORIES:
        return "text"
    nearly_all = count >= FEWEST_TO_JUDGE and distinct >= NEARLY_ALL * count
    return "text" if nearly_all else "category"


def holds_numbers(values: pd.Series) -> bool:
    """Say whether the dtype, or for a column of Python objects every value, is a real number and not True or False."""
    if pd.api.types.is_object_dtype(values.dtype):
        return pd.api.types.infer_dtype(values, skipna=True) in ("integer", "floating", "mixed-integer-float")
    return pd.api.types.is_any_real_numeric_dtype(values.dtype)


def is_gap(values: pd.Series) -> npt.NDArray[np.bool_]:
    """Mark the missing values, shape (n,). An infinite number is no measurement and counts as missing."""
    missing = values.isna().to_numpy(dtype=bool)
    if pd.api.types.is_float_dtype(values.dtype):
        missing = missing | np.isinf(values.to_numpy(dtype=np.float64, na_value=np.nan))
    elif pd.api.types.is_object_dtype(values.dtype):
        missing = missing | values.map(_is_infinite).to_numpy(dtype=bool)
    return missing


def as_numbers(values: pd.Series, name: str) -> npt.NDArray[np.float64]:
    """Return the column as float64, shape (n,), NaN where it is missing or infinite.

    Raises InputError, naming the column, if it holds anything but numbers.
    """
    if not holds_numbers(values) and not values.isna().all():
        raise InputError(
            _(
                "The column “{column}” was to be read as numbers but holds other values; encode it as categories."
            ).format(column=name)
        )
    if pd.api.types.is_object_dtype(values.dtype):
        values = values.mask(is_gap(values))  # a whole number beyond the range of float64 cannot be converted
    numbers = np.array(values.to_numpy(dtype=np.float64, na_value=np.nan))
    numbers[np.isinf(numbers)] = np.nan
    return numbers


def as_labels(values: pd.Series) -> pd.Series:
    """Return the column as text, missing values left missing; a whole number is written without a decimal point."""
    if isinstance(values.dtype, pd.StringDtype):
        return values
    return values.astype(object).map(write_value, na_action="ignore").astype("str")


def write_value(value: object) -> str:
    """Return a value as text; 3.0 becomes "3", for a gap elsewhere in the column must not change its name.

    >>> write_value(3.0), write_value(2.5), write_value("Pave")
    ('3', '2.5', 'Pave')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e16:
        return str(int(value))
    return str(value)


def _is_infinite(value: object) -> bool:
    """Say whether a Python number is infinite or beyond the range of float64."""
    if not isinstance(value, int | float):
        return False
    try:
        return isinf(float(value))
    except OverflowError:
        return True
