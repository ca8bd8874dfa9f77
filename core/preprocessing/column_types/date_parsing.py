"""A date format as a pattern that whole cells match, and as the dates that it makes of them."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.column_types.arrow_text import matches, to_arrow
from core.preprocessing.schema import DateFormat

YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
SHORT_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"

FIELDS = {
    "%Y": YEAR,
    "%y": "[0-9]{2}",
    "%m": "(?:1[0-2]|0?[1-9])",
    "%d": "(?:3[01]|[12][0-9]|0?[1-9])",
    "%H": "(?:2[0-3]|[01]?[0-9])",
    "%I": "(?:1[0-2]|0?[1-9])",
    "%M": "[0-5][0-9]",
    "%S": "[0-5][0-9]",
    "%f": "[0-9]{1,9}",
    "%p": "(?i:am|pm)",
    "%z": "(?:Z|[+-](?:0[0-9]|1[0-9]|2[0-3]):?[0-5][0-9])",
    "%b": f"(?i:{SHORT_MONTHS})",
    "%B": f"(?i:{MONTHS})",
    "%a": "(?i:mon|tue|wed|thu|fri|sat|sun)",
    "%A": f"(?i:{DAYS})",
}
LATE = r".*[T :]24:00(?::00(?:\.0+)?)?(?:$|[^0-9:].*)"  # the end of a day
QUICK_FIELDS = {"%Y", "%y", "%m", "%d", "%H", "%M", "%S"}
FIELD = re.compile("%[A-Za-z]")
FIRST, BEYOND = np.datetime64("0001-01-01", "us"), np.datetime64("10000-01-01", "us")


def date_pattern(spelled: str) -> str:
    """Return the pattern that a whole cell has to match to be a date in this format of `datetime.strptime`.

    It works alike in Python's `re` and in Arrow. Fields without separators (%Y%m%d) need all their digits.
    """
    parts = FIELD.split(spelled)
    fields = FIELD.findall(spelled)
    pattern = re.escape(parts[0])
    for field, before, after in zip(fields, parts[:-1], parts[1:], strict=True):
        packed = field in ("%m", "%d", "%H") and ((not before and pattern) or (not after and field != fields[-1]))
        pattern += FIELDS[field].replace("0?", "0").replace("[01]?", "[01]") if packed else FIELDS[field]
        pattern += re.escape(after)
    return pattern


def to_dates(texts: pd.Series, spelled: DateFormat) -> npt.NDArray[np.datetime64]:
    """Return stripped texts as datetime64[us], shape (n,), NaT where one does not fit the format.

    A day that the month does not have does not fit; nor does a time that the conversion to UTC moves outside the years
    1 to 9999.
    """
    late = matches(texts, LATE) if spelled.late else None
    for old, new in spelled.steps:
        texts = texts.str.replace(old, new, regex=True)
    fits = matches(texts, date_pattern(spelled.format))
    fitting = texts if fits.all() else texts.where(fits)
    dates = _parse_quickly(fitting, spelled) if _is_quick(spelled.format) else _parse(fitting, spelled)
    if late is not None:
        dates[late] += np.timedelta64(1, "D")
    dates[(dates < FIRST) | (dates >= BEYOND)] = np.datetime64("NaT")
    return dates


def _parse(texts: pd.Series, spelled: DateFormat) -> npt.NDArray[np.datetime64]:
    parsed: Any = pd.to_datetime(texts, format=spelled.format, utc=spelled.utc, errors="coerce")
    if spelled.utc:
        parsed = parsed.dt.tz_localize(None)
    return np.array(parsed.to_numpy().astype("datetime64[us]"))


def _is_quick(spelled: str) -> bool:
    """Return whether Arrow parses the format twenty times faster than pandas: numbers only, and not ISO 8601."""
    return not spelled.startswith("%Y-") and set(FIELD.findall(spelled)) <= QUICK_FIELDS


def _parse_quickly(texts: pd.Series, spelled: DateFormat) -> npt.NDArray[np.datetime64]:
    """Return the same as `_parse` for texts that match the pattern.

    Arrow parses the 31st of February as the 2nd or 3rd of March, so pandas parses again what falls on the first three
    days of a month.
    """
    import pyarrow.compute as pc

    parsed = pc.strptime(to_arrow(texts), format=spelled.format, unit="us", error_is_null=True)
    dates = np.array(pc.fill_null(parsed.cast("int64"), np.iinfo(np.int64).min).to_numpy().view("datetime64[us]"))
    days = dates.astype("datetime64[D]") - dates.astype("datetime64[M]").astype("datetime64[D]")
    doubtful = np.flatnonzero(days < np.timedelta64(3, "D"))
    dates[doubtful] = _parse(texts.iloc[doubtful], spelled)
    return dates
