"""Which date format fits the cells of a column."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.column_types.arrow_text import matches
from core.preprocessing.column_types.date_doubts import (
    POSIX_CENTURY,
    century_steps,
    first_of_century,
    is_year_first,
    other_century,
    telling_order,
)
from core.preprocessing.column_types.date_parsing import FIELD, date_pattern, to_dates
from core.preprocessing.schema import DateFormat, DateOrder

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
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy", "ymd", "ydm")
ORDER_OF_FIELDS = {"%d": "d", "%m": "m", "%b": "m", "%B": "m", "%Y": "y", "%y": "y"}
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
        centuries: what is guessed for it and another one that is as good, if years have two digits; else ().
        turned: the same with the parts in the other order that is as good, None if there is none.
    """

    spelled: DateFormat
    dates: npt.NDArray[np.datetime64]
    is_ambiguous: bool = False
    century: int | None = None
    is_year_ambiguous: bool = False
    centuries: tuple[int, ...] = ()
    turned: "Calendar | None" = None

    @property
    def is_day_first(self) -> bool:
        """Whether the day comes before the month, both as numbers."""
        return DAY_FIRST.search(self.spelled.format) is not None

    @property
    def order(self) -> DateOrder | None:
        """The order of day, month and year; None if one of them is absent."""
        letters = "".join(ORDER_OF_FIELDS.get(field, "") for field in FIELD.findall(self.spelled.format))
        return next((order for order in ORDERS if order == letters), None)


@dataclass(frozen=True)
class DateChoice:
    """What a person chose for the dates of a column; None is to be guessed.

    Attributes:
        order: of day, month and year.
        century: the first of the hundred years that two digits stand for.
    """

    order: DateOrder | None = None
    century: int | None = None


NO_CHOICE = DateChoice()


def guess_date_format(
    distinct: pd.Series, name: str, decimal: str, day_first: bool | None, choice: DateChoice = NO_CHOICE
) -> Calendar | None:
    """Return the one format that fits every text (not missing, no blanks around), or None.

    For ambiguous dates `choice` or `day_first` decides, or, without them, a series of months and the order of the rows;
    else the day comes first if the parts are separated by points or the file's `decimal` is a comma, else the month.
    """
    fitting = []
    for spelled in candidate_date_formats(distinct, name, order=choice.order):
        if matches(distinct, date_pattern(spelled.format)).all():
            dates = to_dates(distinct, spelled)
            if _is_year_day(spelled.format) and choice.order != "ydm" and _telling(dates) < FEWEST_TELLING:
                continue
            if not np.isnat(dates).any():  # not for the 31st of a month that has 30 days
                fitting.append(Calendar(spelled, dates))
    best = _choose_order(fitting, decimal, day_first, choice.order)
    return None if best is None else _with_century(best, distinct, name, choice.century)


def _is_year_day(spelled: str) -> bool:
    return spelled.startswith(("%Y-%d-%m", "%Y/%d/%m"))


def _telling(dates: npt.NDArray[np.datetime64]) -> int:
    """Return how many dates have a day above 12."""
    days = dates.astype("datetime64[D]") - dates.astype("datetime64[M]").astype("datetime64[D]")
    return int(np.count_nonzero(days.astype(int) >= 12))


def _with_century(calendar: Calendar, distinct: pd.Series, name: str, chosen: int | None) -> Calendar:
    """Return the dates with years of two digits in the `chosen` century, or that which they probably belong to."""
    before, found, after = calendar.spelled.format.partition("%y")
    if not found:
        return calendar
    present = calendar.dates[~np.isnat(calendar.dates)].astype("datetime64[Y]").astype(int) + 1970
    years = np.unique(present % 100).tolist()
    guessed = first_of_century(years, name, date.today().year) if years else POSIX_CENTURY
    if _is_as_posix(guessed, years):
        guessed = POSIX_CENTURY
    other = other_century(years, name, date.today().year) if years else None
    centuries = () if other is None else (guessed, other)
    first = guessed if chosen is None else chosen
    if _is_as_posix(first, years):
        spelled = replace(calendar.spelled, century=first)
        return replace(calendar, spelled=spelled, century=first, centuries=centuries)
    steps = (*calendar.spelled.steps, *century_steps(date_pattern(before) if before else "", first))
    spelled = replace(calendar.spelled, format=f"{before}%Y{after}", steps=steps, century=first)
    dates = to_dates(distinct, spelled)
    return replace(calendar, spelled=spelled, dates=dates, century=first, centuries=centuries)


def _is_as_posix(first: int, years: Sequence[int]) -> bool:
    """Return whether `strptime` takes these years of two digits for those of the hundred that begin with `first`."""
    return all((first + (year - first) % 100) == (POSIX_CENTURY + (year - POSIX_CENTURY) % 100) for year in years)


def closest_date_format(
    distinct: pd.Series,
    rows: npt.NDArray[np.intp],
    name: str,
    decimal: str,
    day_first: bool | None,
    choice: DateChoice = NO_CHOICE,
) -> Calendar:
    """Return the format that fits the cells of most rows, in the order chosen; `rows` counts those of each text.

    Years (2026) and days without separators (24112026) count as dates here too. If no cell is a date, ISO 8601 is
    returned.
    """
    iso = DateFormat("%Y-%m-%d")
    candidates = candidate_date_formats(distinct, name, True, order=choice.order)
    tried = [Calendar(spelled, to_dates(distinct, spelled)) for spelled in candidates]
    counts = [int(rows[~np.isnat(calendar.dates)].sum()) for calendar in tried]
    wanted = [count for one, count in zip(tried, counts, strict=True) if is_in_order(one.spelled.format, choice.order)]
    most = max(wanted, default=0)
    alike = [one for one, count in zip(tried, counts, strict=True) if count == most > 0]
    best = _choose_order(alike, decimal, day_first, choice.order)
    if best is None:
        return Calendar(iso, to_dates(distinct, iso))
    return _with_century(best, distinct, name, choice.century)


def is_in_order(spelled: str, order: DateOrder | None) -> bool:
    """Return whether the parts of the format are in this order; of those that it lacks none is out of order."""
    letters = iter(order or "")
    fields = [ORDER_OF_FIELDS[field] for field in FIELD.findall(spelled) if field in ORDER_OF_FIELDS]
    return order is None or all(field in letters for field in fields)


def _choose_order(
    fitting: list[Calendar], decimal: str, day_first: bool | None, order: DateOrder | None
) -> Calendar | None:
    """Return the likeliest of these formats that is in the order, with the other one that is as good; None if none is.

    What a person chose is not ambiguous.
    """
    if not fitting:
        return None
    likely = _choose(fitting, decimal, day_first)
    if order is None:
        return likely
    tried = (likely, *([] if likely.turned is None else [likely.turned]), *fitting)
    chosen = next((one for one in tried if is_in_order(one.spelled.format, order)), None)
    if chosen is None:
        return None
    turned = likely if chosen is likely.turned else likely.turned if chosen is likely else None
    return Calendar(chosen.spelled, chosen.dates, turned=turned)


def _choose(fitting: list[Calendar], decimal: str, day_first: bool | None) -> Calendar:
    first = fitting[0]
    year_first = [other for other in fitting if other.spelled.format.startswith("%y")]
    if year_first and first is not year_first[0] and is_year_first(year_first[0].dates):
        return replace(year_first[0], is_year_ambiguous=True, turned=first)
    turned = [other for other in fitting if other.spelled.format == _turn_around(first.spelled.format)]
    if not turned or np.array_equal(first.dates, turned[0].dates, equal_nan=True):
        return first
    has_point = re.search(r"%[dm]\. ?%[dm]", first.spelled.format) is not None
    wanted = day_first if day_first is not None else has_point or decimal == ","
    present = ~(np.isnat(first.dates) | np.isnat(turned[0].dates))
    if day_first is None and not has_point:
        is_first_likelier = telling_order(first.dates[present], turned[0].dates[present])
        wanted = wanted if is_first_likelier is None else first.is_day_first == is_first_likelier
    chosen, other = (first, turned[0]) if first.is_day_first == wanted else (turned[0], first)
    return chosen if day_first is not None else replace(chosen, is_ambiguous=True, turned=other)


def candidate_date_formats(
    distinct: pd.Series, name: str, chosen: bool = False, order: DateOrder | None = None
) -> Iterator[DateFormat]:
    """Yield the formats that fit all of the first texts or, if the kind date is `chosen`, any of them.

    If an `order` is chosen, further formats of numbers in it are among them.
    """
    looked_at = [str(text) for text in distinct.iloc[:MOST_LOOKED_AT]]
    enough = any if chosen else all
    days = (*DATES, *(DATES_IF_NAMED if chosen or is_named_like_a_date(name) else ()))
    days = (*days, *(DATES_IF_CHOSEN if chosen else ()), *(_in_order(order) if order is not None else ()))
    for day in dict.fromkeys(days):
        starts = re.compile(date_pattern(day))
        hits = [starts.match(text) for text in (looked_at if chosen else looked_at[:1])]
        ends = {text[hit.end() :] for hit, text in zip(hits, looked_at, strict=False) if hit is not None}
        for rest in dict.fromkeys(rest for end in sorted(ends) for rest in _rests(end)):
            whole = re.compile(date_pattern(day + rest))
            if enough(whole.fullmatch(text) is not None for text in looked_at):
                yield DateFormat(day + rest, "%z" in rest or rest.endswith(("UTC", "GMT")))


def _in_order(order: DateOrder) -> Iterator[str]:
    """Yield the formats of numbers in this order."""
    for year in ("%Y", "%y"):
        parts = [{"d": "%d", "m": "%m", "y": year}[part] for part in order]
        yield from (mark.join(parts) for mark in ("/", "-", ".", " ", *([""] if year == "%Y" else [])))


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
