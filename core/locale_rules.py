"""How a language writes numbers and lists: the rules of Unicode's CLDR, through Babel, once for each language."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from core.language import SOURCE

if TYPE_CHECKING:
    from babel import Locale

MINUS = "−"
_SOURCE_LOCALE = "en_GB"  # no comma before the last "and"


@dataclass(frozen=True)
class NumberRules:
    """How a language writes numbers.

    Attributes:
        decimal: the decimal mark.
        group: the mark between groups of digits.
        minus: the minus sign.
        first_group: how many digits the last group before the decimal mark has.
        further_groups: how many digits the other groups have.
        least_leading: how many digits the leading group has at least; with 2, as in Spanish, 1234 and 12.345.
        before_percent: what is before a percentage.
        after_percent: what is after it.
    """

    decimal: str
    group: str
    minus: str
    first_group: int
    further_groups: int
    least_leading: int
    before_percent: str
    after_percent: str


# CLDR's rules for English, so that the first number does not wait a quarter of a second for Babel
ENGLISH = NumberRules(".", ",", MINUS, 3, 3, 1, "", "%")
# CLDR's minimumGroupingDigits where it is 2, which Babel does not have; regions follow their parents
_TWO_LEADING = ("be", "bg", "es", "et", "hu", "hy", "ia", "ie", "it", "ka", "lv", "pl", "pt_PT", "sl", "sq")
_LEAST_LEADING = dict.fromkeys(_TWO_LEADING, 2) | {"es_419": 1}
ENGLISH_LISTS = {False: (", ",) * 4, True: (" and ", ", ", ", ", " and ")}


@cache
def rules_in(code: str) -> NumberRules:
    """Return how a language writes numbers, as `rules_of` does."""
    return ENGLISH if code == SOURCE else rules_of(locale_of(code))


def rules_of(locale: "Locale") -> NumberRules:
    """Return how a locale writes numbers, in Latin digits."""
    from babel import numbers

    minus = numbers.get_minus_sign_symbol(locale, numbering_system="latn")
    percent = locale.percent_formats[None]
    first, further = locale.decimal_formats[None].grouping
    return NumberRules(
        decimal=numbers.get_decimal_symbol(locale, numbering_system="latn"),
        group=numbers.get_group_symbol(locale, numbering_system="latn"),
        minus=MINUS if minus == "-" else minus,
        first_group=first,
        further_groups=further,
        least_leading=_least_leading(str(locale)),
        before_percent=percent.prefix[0],
        after_percent=percent.suffix[0],
    )


def _least_leading(code: str) -> int:
    """Return how many digits the leading group has at least, by the locale or the nearest parent that says so."""
    from babel.core import get_global

    parents = get_global("parent_exceptions")
    while code and code not in _LEAST_LEADING:
        code = parents.get(code) or code.rpartition("_")[0]
    return _LEAST_LEADING.get(code, 1)


@cache
def list_patterns_in(code: str, is_sentence: bool) -> tuple[str, str, str, str]:
    """Return the separators of a language's lists, as `list_patterns_of` does."""
    return ENGLISH_LISTS[is_sentence] if code == SOURCE else list_patterns_of(locale_of(code), is_sentence)


def list_patterns_of(locale: "Locale", is_sentence: bool) -> tuple[str, str, str, str]:
    """Return the separators of a list of two, and of the first, middle and last items of a longer one."""
    parts = (locale.list_patterns["standard"][part] for part in ("2", "start", "middle", "end"))
    pair, start, middle, end = (part.removeprefix("{0}").removesuffix("{1}") for part in parts)
    return (pair, start, middle, end) if is_sentence else (middle, middle, middle, middle)


@cache
def locale_of(code: str) -> "Locale":
    """Return the CLDR locale of a language; that of the source language if CLDR does not have it."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(_SOURCE_LOCALE if code == SOURCE else code)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_SOURCE_LOCALE)
