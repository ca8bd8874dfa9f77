"""Which date format fits the cells of a column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.column_types.arrow_text import matches, to_arrow
from core.preprocessing.column_types.date_doubts import (
    POSIX_CENTURY,
    century_steps,
    first_of_century,
    is_year_first,
    telling_order,
)
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


DATES = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%m.%d.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%d. %m. %Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d/%b/%Y",
    "%d. %b %Y", "%d. %B %Y", "%d-%b-%y", "%d %b %y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%Y-%b-%d",
    "%Y %b %d", "%a, %d %b %Y", "%A, %d %B %Y", "%A, %B %d, %Y", "%a %d %b %Y", "%Y-%m", "%Y/%m", "%m/%Y", "%b %Y",
    "%B %Y", "%b-%Y", "%Y年%m月%d日", "%Y年%m月", "%y/%m/%d", "%y.%m.%d", "%Y-%d-%m",
    "%Y/%d/%m",
)  # fmt: skip
DATES_IF_NAMED = ("%Y%m%d", "%d-%m-%y", "%m-%d-%y", "%y-%m-%d")
DATES_IF_CHOSEN = ("%Y", "%d%m%Y")
TIMES = ("%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%I:%M:%S%p")
BETWEEN = (" ", "T", ", ")
ZONES = ("", "%z", " %z", " UTC", " GMT")

NAMED_LIKE_A_DATE = re.compile(
    r"date|datum|fecha|data|day|tag|jour|dia|día|time|when|timestamp|dt|period|дата|日期|日付|时间|datetime",
    re.IGNORECASE,
)
WORDS = re.compile(r"[^\W\d_]+")
DAY_FIRST, MONTH_FIRST = re.compile(r"%d(\W+)%m"), re.compile(r"%m(\W+)%d(?=\W+%[Yy])")
MOST_LOOKED_AT = 100
FEWEST_TELLING = 2  # distinct days above 12 that show the order year, day, month


@dataclass(frozen=True, eq=False)
class Calendar:
    """A format of dates, tried on some texts.

    Attributes:
        spelled: the format.
        dates: what it makes of the texts, NaT where it does not fit.
        is_ambiguous: for dates such as 01/02/2026 of which no cell has a part above 12: day and month could be turned
            around.
        is_year_ambiguous: for dates such as 20/01/31 that could begin with the year or the day.
        century: the first year of those that two digits stand for, None if years have four.
    """

    spelled: DateFormat
    dates: npt.NDArray[np.datetime64]
    is_ambiguous: bool = False
    century: int | None = None
    is_year_ambiguous: bool = False

    @property
    def is_day_first(self) -> bool:
        """Whether the day comes before the month, both as numbers."""
        return DAY_FIRST.search(self.spelled.format) is not None


def guess_date_format(distinct: pd.Series, name: str, decimal: str, day_first: bool | None) -> Calendar | None:
    """Return the one format that fits every text (not missing, no blanks around), or None.

    For ambiguous dates `day_first` decides, or, without it, a series of months and the order of the rows; else the day
    comes first if the parts are separated by points or the file's `decimal` is a comma, else the month.
    """
    fitting = []
    for spelled in candidate_date_formats(distinct, name):
        if matches(distinct, date_pattern(spelled.format)).all():
            dates = to_dates(distinct, spelled)
            if _is_year_day(spelled.format) and _telling(dates) < FEWEST_TELLING:
                continue
            if not np.isnat(dates).any():  # not for the 31st of a month that has 30 days
                fitting.append(Calendar(spelled, dates))
    return _with_century(_choose(fitting, decimal, day_first), distinct, name) if fitting else None


def _is_year_day(spelled: str) -> bool:
    return spelled.startswith(("%Y-%d-%m", "%Y/%d/%m"))


def _telling(dates: npt.NDArray[np.datetime64]) -> int:
    """Return how many dates have a day above 12."""
    days = dates.astype("datetime64[D]") - dates.astype("datetime64[M]").astype("datetime64[D]")
    return int(np.count_nonzero(days.astype(int) >= 12))


def _with_century(calendar: Calendar, distinct: pd.Series, name: str) -> Calendar:
    """Return the dates with years of two digits in the century that they probably belong to."""
    before, found, after = calendar.spelled.format.partition("%y")
    if not found:
        return calendar
    present = calendar.dates[~np.isnat(calendar.dates)].astype("datetime64[Y]").astype(int) + 1970
    years = np.unique(present % 100).tolist()
    first = first_of_century(years, name, date.today().year) if years else POSIX_CENTURY
    if all((first + (year - first) % 100) == (POSIX_CENTURY + (year - POSIX_CENTURY) % 100) for year in years):
        return replace(calendar, century=POSIX_CENTURY)
    steps = (*calendar.spelled.steps, *century_steps(date_pattern(before) if before else "", first))
    spelled = replace(calendar.spelled, format=f"{before}%Y{after}", steps=steps)
    return replace(calendar, spelled=spelled, dates=to_dates(distinct, spelled), century=first)


def closest_date_format(
    distinct: pd.Series, rows: npt.NDArray[np.intp], name: str, decimal: str, day_first: bool | None
) -> Calendar:
    """Return the format that fits the cells of most rows; `rows` counts those of each text.

    Years (2026) and days without separators (24112026) count as dates here too. If no cell is a date, ISO 8601 is
    returned.
    """
    iso = DateFormat("%Y-%m-%d")
    tried = [Calendar(spelled, to_dates(distinct, spelled)) for spelled in candidate_date_formats(distinct, name, True)]
    counts = [int(rows[~np.isnat(calendar.dates)].sum()) for calendar in tried]
    best = [calendar for calendar, count in zip(tried, counts, strict=True) if count == max(counts) > 0]
    if not best:
        return Calendar(iso, to_dates(distinct, iso))
    return _with_century(_choose(best, decimal, day_first), distinct, name)


def _choose(fitting: list[Calendar], decimal: str, day_first: bool | None) -> Calendar:
    first = fitting[0]
    year_first = [other for other in fitting if other.spelled.format.startswith("%y")]
    if year_first and first is not year_first[0] and is_year_first(year_first[0].dates):
        return replace(year_first[0], is_year_ambiguous=True)
    turned = [other for other in fitting if other.spelled.format == _turn_around(first.spelled.format)]
    if not turned or np.array_equal(first.dates, turned[0].dates, equal_nan=True):
        return first
    has_point = re.search(r"%[dm]\. ?%[dm]", first.spelled.format) is not None
    wanted = day_first if day_first is not None else has_point or decimal == ","
    present = ~(np.isnat(first.dates) | np.isnat(turned[0].dates))
    if day_first is None and not has_point:
        is_first_likelier = telling_order(first.dates[present], turned[0].dates[present])
        wanted = wanted if is_first_likelier is None else first.is_day_first == is_first_likelier
    chosen = first if first.is_day_first == wanted else turned[0]
    return replace(chosen, is_ambiguous=day_first is None)


def candidate_date_formats(distinct: pd.Series, name: str, chosen: bool = False) -> Iterator[DateFormat]:
    """Yield the formats that fit all of the first texts or, if the kind date is `chosen`, any of them."""
    looked_at = [str(text) for text in distinct.iloc[:MOST_LOOKED_AT]]
    enough = any if chosen else all
    days = (*DATES, *(DATES_IF_NAMED if chosen or is_named_like_a_date(name) else ()))
    for day in (*days, *(DATES_IF_CHOSEN if chosen else ())):
        starts = re.compile(date_pattern(day))
        hits = [starts.match(text) for text in (looked_at if chosen else looked_at[:1])]
        ends = {text[hit.end() :] for hit, text in zip(hits, looked_at, strict=False) if hit is not None}
        for rest in dict.fromkeys(rest for end in sorted(ends) for rest in _rests(end)):
            whole = re.compile(date_pattern(day + rest))
            if enough(whole.fullmatch(text) is not None for text in looked_at):
                yield DateFormat(day + rest, "%z" in rest or rest.endswith(("UTC", "GMT")))


def is_named_like_a_date(name: str) -> bool:
    """Return whether a word of the name refers to dates: "birth_date", "Datum", "timestamp".

    >>> is_named_like_a_date("birth_date"), is_named_like_a_date("SaleDate"), is_named_like_a_date("update")
    (True, True, False)
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return any(NAMED_LIKE_A_DATE.fullmatch(word) for word in WORDS.findall(parted))


def _rests(end: str) -> Iterator[str]:
    """Yield the formats of a time and of a zone that fit the text after a day; "" if there is none."""
    if not end:
        yield ""
    for between in BETWEEN:
        for time in TIMES if end.startswith(between) else ():
            clock = re.match(date_pattern(time), end[len(between) :])
            for zone in ZONES if clock is not None else ():
                if clock is not None and re.fullmatch(date_pattern(zone), end[len(between) + clock.end() :]):
                    yield between + time + zone


def _turn_around(spelled: str) -> str | None:
    """Return the format with day and month swapped, None if it has no such order."""
    if DAY_FIRST.search(spelled):
        return DAY_FIRST.sub(r"%m\1%d", spelled, count=1)
    return MONTH_FIRST.sub(r"%d\1%m", spelled, count=1) if MONTH_FIRST.search(spelled) else None
