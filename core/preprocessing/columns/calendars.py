"""Which spelling of dates fits the cells of a column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.columns.arrays import matches
from core.preprocessing.columns.dates import date_pattern, to_dates
from core.preprocessing.reading.table import DateFormat

DATES = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%d.%m.%Y", "%m.%d.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",
    "%d. %m. %Y", "%d.%m.%y", "%d/%m/%y", "%m/%d/%y", "%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d/%b/%Y",
    "%d. %b %Y", "%d. %B %Y", "%d-%b-%y", "%d %b %y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%Y-%b-%d",
    "%Y %b %d", "%a, %d %b %Y", "%A, %d %B %Y", "%A, %B %d, %Y", "%a %d %b %Y", "%Y-%m", "%Y/%m", "%m/%Y", "%b %Y",
    "%B %Y", "%b-%Y", "%Y年%m月%d日", "%Y年%m月",
)  # fmt: skip
DATES_IF_NAMED = ("%Y%m%d", "%d-%m-%y", "%m-%d-%y")
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


@dataclass(frozen=True, eq=False)
class Calendar:
    """A format of dates, and the dates it makes of some texts, NaT where it does not fit.

    Ambiguous are dates such as 01/02/2026 of which no cell has a part above 12: day and month could be turned around.
    """

    spelled: DateFormat
    dates: npt.NDArray[np.datetime64]
    is_ambiguous: bool = False

    @property
    def is_day_first(self) -> bool:
        """Whether the day stands before the month, both as numbers."""
        return DAY_FIRST.search(self.spelled.format) is not None


def guess_calendar(distinct: pd.Series, name: str, decimal: str, day_first: bool | None) -> Calendar | None:
    """Return the one format that fits every text (not missing, no blanks around), or None.

    For ambiguous dates `day_first` decides, or, without it, the day comes first if a point stands between the parts or
    the file's `decimal` is a comma, else the month.
    """
    fitting = []
    for spelled in candidate_calendars(distinct, name):
        if matches(distinct, date_pattern(spelled.format)).all():
            dates = to_dates(distinct, spelled)
            if not np.isnat(dates).any():  # not so for the 31st of a month that has 30 days
                fitting.append(Calendar(spelled, dates))
    return _choose(fitting, decimal, day_first) if fitting else None


def closest_calendar(
    distinct: pd.Series, rows: npt.NDArray[np.intp], name: str, decimal: str, day_first: bool | None
) -> Calendar:
    """Return the format that fits the cells of most rows; `rows` counts those of each text.

    Years (2026) and days without marks between the parts (24112026) are dates here as well. Without any date it is ISO
    8601.
    """
    iso = DateFormat("%Y-%m-%d")
    tried = [Calendar(spelled, to_dates(distinct, spelled)) for spelled in candidate_calendars(distinct, name, True)]
    counts = [int(rows[~np.isnat(calendar.dates)].sum()) for calendar in tried]
    best = [calendar for calendar, count in zip(tried, counts, strict=True) if count == max(counts) > 0]
    return _choose(best, decimal, day_first) if best else Calendar(iso, to_dates(distinct, iso))


def _choose(fitting: list[Calendar], decimal: str, day_first: bool | None) -> Calendar:
    first = fitting[0]
    turned = [other for other in fitting if other.spelled.format == _turn_around(first.spelled.format)]
    if not turned or np.array_equal(first.dates, turned[0].dates, equal_nan=True):
        return first
    has_point = re.search(r"%[dm]\. ?%[dm]", first.spelled.format) is not None
    wanted = day_first if day_first is not None else has_point or decimal == ","
    chosen = first if first.is_day_first == wanted else turned[0]
    return replace(chosen, is_ambiguous=day_first is None)


def candidate_calendars(distinct: pd.Series, name: str, chosen: bool = False) -> Iterator[DateFormat]:
    """Yield the formats that fit all of the first texts, or, if dates are `chosen`, any of them."""
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
    """Say whether a word of the name speaks of dates: "birth_date", "Datum", "timestamp".

    >>> is_named_like_a_date("birth_date"), is_named_like_a_date("SaleDate"), is_named_like_a_date("update")
    (True, True, False)
    """
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return any(NAMED_LIKE_A_DATE.fullmatch(word) for word in WORDS.findall(parted))


def _rests(end: str) -> Iterator[str]:
    """Yield the formats of a time, and of a zone, that fit what stands behind a day; "" if nothing does."""
    if not end:
        yield ""
    for between in BETWEEN:
        for time in TIMES if end.startswith(between) else ():
            clock = re.match(date_pattern(time), end[len(between) :])
            for zone in ZONES if clock is not None else ():
                if clock is not None and re.fullmatch(date_pattern(zone), end[len(between) + clock.end() :]):
                    yield between + time + zone


def _turn_around(spelled: str) -> str | None:
    """Return the format with day and month in the other order, None if it has no such order."""
    if DAY_FIRST.search(spelled):
        return DAY_FIRST.sub(r"%m\1%d", spelled, count=1)
    return MONTH_FIRST.sub(r"%d\1%m", spelled, count=1) if MONTH_FIRST.search(spelled) else None
