"""The names of months and of days of the week, in the languages in which dates are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

LOCALES = (
    "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "cs", "sk", "sl", "hr", "hu", "ro", "bg", "sv", "da",
    "nb", "fi", "et", "lv", "lt", "el", "tr", "ca", "id", "vi",
)  # fmt: skip


@dataclass(frozen=True)
class CalendarNames:
    """The names in a language, in small letters and without a last point, full and shortened.

    Attributes:
        months: each with its place from 0, January.
        days: each with its place from 0, Monday.
    """

    months: dict[str, int]
    days: dict[str, int]


@cache
def calendar_names(locale: str) -> CalendarNames:
    """Return the names in a language, by its code in CLDR. Raises babel's UnknownLocaleError."""
    from babel import Locale

    found = Locale.parse(locale)
    months, days = (
        _by_name(
            (place, name)
            for context in ("format", "stand-alone")
            for width in ("wide", "abbreviated")
            for place, name in names[context][width].items()
        )
        for names in (found.months, found.days)
    )
    return CalendarNames({name: place - 1 for name, place in months.items()}, days)


def _by_name(names: Iterable[tuple[int, object]]) -> dict[str, int]:
    return {str(name).rstrip(".").casefold(): place for place, name in names}
