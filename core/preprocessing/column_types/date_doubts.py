"""What dates leave open: the order of day and month, the century of two digits, school years, other calendars."""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.column_types.arrow_text import matches

Dates = npt.NDArray[np.datetime64]

FEWEST_DATES = 3  # distinct ones, to see an order in them
STARTS = ({1, 4, 7, 10}, {3, 6, 9, 12}, {1, 7}, set(range(1, 13)))  # months of a series of months, quarters, halves
POSIX_CENTURY = 1969  # what `strptime` takes two digits for: 1969 to 2068
HUNDRED = 100
WIDE_GAP = 20  # years without a date, among a hundred, that show where the others begin
FIRST_OF_2000 = 30  # years from here on are of the 20th century, as in Excel
# Years in which hardly any table has a date: of the Persian and the Islamic calendar today, and of the Buddhist one.
OTHER_CALENDARS = ((1300, 1480), (2440, 2620))

BORN = re.compile(
    r"born|birth\w*|dob|geb|geburt\w*|geboren|naissance|né|née|nacimiento|nacido|nascita|nascimento|syntym\w*|"
    r"рожд\w*|出生\w*|生日|生年\w*|誕生日|생년\w*|생일",
    re.IGNORECASE,
)
SCHOOL_YEAR = re.compile(r"([0-9]{4})[-/]([0-9]{2})")


def telling_order(as_given: Dates, turned: Dates) -> bool | None:
    """Return whether the first reading of ambiguous dates is the likelier one, None if neither is.

    It is not if all of its dates are in one month of the year, on days up to the 12th, while the other one has them on
    one day of many months; or if only the other one has the rows in order. Dates are distinct, in the file's order.
    """
    if len(as_given) < FEWEST_DATES:
        return None
    monthly = [_is_monthly(dates, other) for dates, other in ((as_given, turned), (turned, as_given))]
    if monthly[0] != monthly[1]:
        return monthly[0]
    ordered = [len(as_given) > FEWEST_DATES and _are_in_order(dates) for dates in (as_given, turned)]
    return ordered[0] if ordered[0] != ordered[1] else None


def _is_monthly(dates: Dates, turned: Dates) -> bool:
    """Return whether the dates are on one day of several months, as a series of months is, and the others not."""
    months, days = _parts(dates)
    if len(set(days)) > 1 or len(set(months)) < 2:
        return False
    several_years = len(set(dates.astype("datetime64[Y]").tolist())) > 1
    return set(months) in STARTS or (several_years and len(set(months)) >= FEWEST_DATES)


def _parts(dates: Dates) -> tuple[list[int], list[int]]:
    months = dates.astype("datetime64[M]")
    days = (dates.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(int) + 1
    return (months.astype(int) % 12 + 1).tolist(), days.tolist()


def _are_in_order(dates: Dates) -> bool:
    steps = np.diff(dates).astype(np.int64)
    return bool((steps > 0).all() or (steps < 0).all())


def is_year_first(dates: Dates) -> bool:
    """Return whether dates read with a year of two digits first have fewer years than days: years vary less."""
    present = dates[~np.isnat(dates)]
    return len(set(present.astype("datetime64[Y]").tolist())) < len(set(_parts(present)[1]))


def are_school_years(distinct: pd.Series) -> bool:
    """Return whether all of several texts are a year and the next one, such as 2007/08, and no month of a year."""
    if (
        len(distinct) < 2
        or not SCHOOL_YEAR.fullmatch(str(distinct.iloc[0]))
        or not matches(distinct, SCHOOL_YEAR.pattern).all()
    ):
        return False
    return all((int(text[:4]) + 1) % 100 == int(text[5:]) for text in map(str, distinct))


def are_of_another_calendar(dates: Dates) -> bool:
    """Return whether all dates are in years of the Persian, Islamic or Buddhist calendar of today."""
    present = dates[~np.isnat(dates)]
    if not len(present):
        return False
    years = present.astype("datetime64[Y]").astype(int) + 1970
    return any(low <= years.min() and years.max() <= high for low, high in OTHER_CALENDARS)


def first_of_century(years: Sequence[int], name: str, now: int) -> int:
    """Return the first of the hundred years that these years of two digits belong to.

    A birth is not after the year `now`. Otherwise the widest gap between the years shows with which they begin; without
    a wide one they are 1969 to 2068.

    >>> first_of_century([47, 58, 71], "day", 2026), first_of_century([99, 0, 1], "day", 2026)
    (1947, 1999)
    """
    if _is_of_births(name):
        return now - 99
    gap, begin = _widest_gap(years)
    if gap < WIDE_GAP:
        return POSIX_CENTURY
    return begin + (2000 if begin < FIRST_OF_2000 else 1900)


def other_century(years: Sequence[int], name: str, now: int) -> int | None:
    """Return the first of the hundred years up to `now` if years of two digits may as well be those, else None.

    So they may if `first_of_century` has some in the future and they are no wider apart then, or are everywhere.

    >>> other_century([28, 29], "day", 2026), other_century([26, 27], "day", 2026), other_century([1, 2], "day", 2026)
    (1927, None, None)
    """
    if _is_of_births(name):
        return None
    guessed, latest = first_of_century(years, name, now), now - HUNDRED + 1
    ways = [[first + (year - first) % HUNDRED for year in years] for first in (guessed, latest)]
    spans = [max(way) - min(way) for way in ways]
    is_open = spans[1] <= spans[0] or _widest_gap(years)[0] < WIDE_GAP
    return latest if ways[0] != ways[1] and is_open else None


def _is_of_births(name: str) -> bool:
    return any(BORN.fullmatch(word) for word in re.findall(r"[^\W\d_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)))


def _widest_gap(years: Sequence[int]) -> tuple[int, int]:
    """Return the most years between two of these years of a hundred without another, and the year that ends them."""
    ordered = sorted(set(years))
    after = [*ordered[1:], ordered[0] + HUNDRED]
    return max((later - year, later % HUNDRED) for year, later in zip(ordered, after, strict=True))


def century_steps(before: str, first: int) -> tuple[tuple[str, str], ...]:
    """Return the replacements that give two digits after the pattern `before` a century, from the year `first` on."""
    century, rest = divmod(first, 100)
    ranges = [(century, rest, 99), (century + 1, 0, rest - 1)]
    return tuple(
        (rf"^({before})({_two_digits(low, high)})($|[^0-9])", rf"\g<1>{number}\g<2>\g<3>")
        for number, low, high in ranges
        if low <= high
    )


def _two_digits(low: int, high: int) -> str:
    """Return the pattern of the numbers from `low` to `high`, written with two digits."""
    return "|".join(f"{number:02}" for number in range(low, high + 1))
