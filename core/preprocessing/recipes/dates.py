"""Dates as numbers: days since 1970-01-01, or the parts of a date."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from core.preprocessing.recipes.choices import Part
from core.preprocessing.recipes.column_arrays import Moments

A_DAY = 86_400_000_000  # microseconds
AN_HOUR = 3_600_000_000

Dates = npt.NDArray[np.datetime64]


def _month(dates: Dates) -> Moments:
    months: Moments = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    return months


def _day(dates: Dates) -> Moments:
    days: Moments = (dates.astype("datetime64[D]") - dates.astype("datetime64[M]")).astype(np.int64) + 1
    return days


_PARTS: Mapping[Part, Callable[[Dates], npt.NDArray[np.generic]]] = MappingProxyType(
    {
        "days": lambda dates: dates.astype(np.int64) / A_DAY,
        "year": lambda dates: dates.astype("datetime64[Y]").astype(np.int64) + 1970,
        "month": _month,
        "day": _day,
        "weekday": lambda dates: (dates.astype("datetime64[D]").astype(np.int64) + 3) % 7,  # 1970-01-01: a Thursday
        "hour": lambda dates: dates.astype(np.int64) // AN_HOUR % 24,
    }
)


def date_part(moments: Moments, part: Part) -> npt.NDArray[np.float64]:
    """Return one part of the dates, shape (n,), none of them missing; weekday 0 is Monday."""
    return _PARTS[part](moments.view("datetime64[us]")).astype(np.float64)


def write_moment(moment: int) -> str:
    """Return a timestamp as text.

    >>> write_moment(1_580_428_800_000_000)
    '2020-01-31T00:00:00'
    """
    return str(np.datetime64(moment, "us")).removesuffix(".000000")


def read_moment(text: str) -> int:
    """Return the microseconds since 1970-01-01 of the text of `write_moment`, or of any date in ISO 8601."""
    try:
        return int(np.datetime64(datetime.fromisoformat(text), "us").astype(np.int64))
    except ValueError:  # years above 9999, which Python's dates do not support
        return int(np.datetime64(text, "us").astype(np.int64))
