"""The values of a column as arrays: numbers, timestamps, or codes into the distinct values."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.errors import InputError
from core.language import _
from core.preprocessing.column_types.infer import as_labels, as_numbers, holds_numbers

Numbers = npt.NDArray[np.float64] | npt.NDArray[np.int64]
Moments = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NO_MOMENT = np.iinfo(np.int64).min  # numpy's value for a missing date


@dataclass(frozen=True, eq=False)
class Codes:
    """A column as codes into the values that differ.

    Attributes:
        codes (n,): -1 is a missing value.
        distinct: the values that differ, in no particular order.
    """

    codes: npt.NDArray[np.int32] | npt.NDArray[np.int64]
    distinct: Sequence[float] | Sequence[str]

    def counts(self) -> npt.NDArray[np.int64]:
        """Count the rows of each distinct value and, last, the missing ones."""
        counted = np.bincount(self.codes + 1, minlength=len(self.distinct) + 1)
        return np.append(counted[1:], counted[0])


def numbers_of(values: pd.Series, name: str) -> Numbers:
    """Return the column as float64 or int64, shape (n,), without a copy if possible; missing is NaN or infinite.

    Raises InputError, naming the column, if it holds anything but numbers.
    """
    if values.dtype in (np.dtype(np.float64), np.dtype(np.int64)):
        return values.to_numpy()
    if not holds_numbers(values):  # dates are stored as numbers, but are another kind
        values = values.astype(object)
    return as_numbers(values, name)


def missing_numbers(numbers: Numbers) -> Mask:
    """Mark what is no finite number, shape (n,). A finite sum, which is faster to compute, shows that all are."""
    with np.errstate(over="ignore", invalid="ignore"):
        if numbers.dtype.kind != "f" or np.isfinite(numbers.sum()):
            return np.zeros(len(numbers), dtype=bool)
    return ~np.isfinite(numbers)


def moments_of(values: pd.Series, name: str) -> Moments:
    """Return the dates as microseconds since 1970-01-01 in UTC, shape (n,); a missing value is the least int64.

    Raises InputError, naming the column, if it holds anything but dates.
    """
    if values.isna().all():
        return np.full(len(values), NO_MOMENT)
    if pd.api.types.infer_dtype(values, skipna=True) not in ("datetime64", "datetime", "date"):
        raise InputError(
            _("The column “{column}” was to be read as dates but holds other values; encode it otherwise.").format(
                column=name
            )
        )
    try:
        dates = pd.to_datetime(values, utc=True).dt.tz_convert(None)
        return dates.to_numpy().astype("datetime64[us]").astype(np.int64)
    except (ValueError, OverflowError):
        raise InputError(
            _("The column “{column}” has dates beyond the years that can be counted; correct them first.").format(
                column=name
            )
        ) from None


def codes_of(values: pd.Series, name: str, of_numbers: bool) -> Codes:
    """Return the column as codes into its numbers or its labels.

    Raises InputError, naming the column, if it holds dates, or anything but numbers if numbers are requested.
    """
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        raise InputError(
            _("The column “{column}” holds dates, which are no categories; encode it as date.").format(column=name)
        )
    if of_numbers:
        codes, numbers = pd.factorize(np.where(np.isfinite(found := numbers_of(values, name)), found, np.nan))
        return Codes(codes, numbers.tolist())
    return _code_texts(as_labels(values))


def _code_texts(labels: pd.Series) -> Codes:
    """Encode texts as codes; with Arrow storage, without a Python object for each."""
    as_arrow = getattr(labels.array, "__arrow_array__", None)
    if as_arrow is None or labels.empty:
        codes, distinct = pd.factorize(labels)
        return Codes(codes, distinct.tolist())
    texts: Any = as_arrow().dictionary_encode()
    if hasattr(texts, "combine_chunks"):
        texts = texts.combine_chunks()
    indices = texts.indices
    codes = (indices.fill_null(-1) if indices.null_count else indices).to_numpy(zero_copy_only=False)
    return Codes(codes, texts.dictionary.to_pylist())


def carry_forward(values: npt.NDArray[Any], gaps: Mask) -> npt.NDArray[Any]:
    """Fill each missing value with the last value above it; those at the top stay. Shapes (n,)."""
    if not gaps.any():
        return values
    last = np.where(gaps, 0, np.arange(len(values)))
    carried: npt.NDArray[Any] = values[np.maximum.accumulate(last)]
    return carried
