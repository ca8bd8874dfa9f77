"""Every number, date and list that a person reads: on the screen, in a chart, in a report.

The rules are those of the current language (`core/language.py`, `core/locale_rules.py`); the browser and Vega use the
same ones (`number_rules`, `vega_locale`). Numbers are formatted in English first, then the signs are replaced by those
of the language. That is many times faster than Babel's formatter, and a screen formats thousands. What a machine reads
(a script, CSV, JSON, a link) never passes through here.
"""

import math
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from core.language import SOURCE, current_language
from core.locale_rules import ENGLISH, MINUS, NumberRules, list_patterns_in, locale_of, rules_in


def format_number(value: float | None, digits: int = 6) -> str:
    """Return a number with `digits` significant digits, and a dash where there is none.

    >>> format_number(3700.6612), format_number(1234567.0, 4), format_number(-2.5), format_number(0.00001234)
    ('3,700.66', '1,235,000', '−2.5', '1.234e-05')
    >>> format_number(5e12, 3), format_number(-0.0), format_number(None), format_number(float("-inf"))
    ('5e+12', '0', '–', '−∞')
    """
    if value is None or not math.isfinite(value):
        return "–" if value is None or math.isnan(value) else _with_signs("−∞" if value < 0 else "∞")
    rounded = float(f"{value:.{digits}g}") + 0.0  # -0.0 is 0
    positional = 1e-4 <= abs(rounded) < 1e9
    decimals = max(digits - 1 - math.floor(math.log10(abs(rounded))), 0) if positional else 0
    text = f"{rounded:,.{decimals}f}" if positional else f"{rounded:.{digits}g}"
    if "." in text and "e" not in text:
        text = text.rstrip("0").rstrip(".")
    return _with_signs(text.replace("-", MINUS, 1) if value < 0 else text)


def as_factor(unit: str) -> str:
    """Return a unit as it is written before an exponent: in parentheses if it has several words.

    >>> as_factor("log Price"), as_factor("Price")
    ('(log Price)', 'Price')
    """
    return f"({unit})" if " " in unit.strip() else unit


def format_count(value: float) -> str:
    """Return a whole number; one that is not whole is rounded.

    >>> format_count(1234567), format_count(999.6)
    ('1,234,567', '1,000')
    """
    return _with_signs(f"{value:,d}" if isinstance(value, int) else f"{value:,.0f}")


def format_general(value: float, digits: int = 6, signed: bool = False, grouped: bool = False) -> str:
    """Return a number with at most `digits` significant digits, in groups if asked: a setting, as its slider has it.

    >>> format_general(0.03), format_general(1e-6), format_general(1234567.0), format_general(0.5, 3, signed=True)
    ('0.03', '1e-06', '1.23457e+06', '+0.5')
    """
    return _with_signs(format(value, f"{'+' if signed else ''}{',' if grouped else ''}.{digits}g"))


def format_fixed(value: float, decimals: int, signed: bool = False) -> str:
    """Return a number with this many decimals, zeros included.

    >>> format_fixed(2.5, 2), format_fixed(-0.25, 1, signed=True)
    ('2.50', '−0.2')
    """
    text = f"{value:+.{decimals}f}" if signed else f"{value:.{decimals}f}"
    return _with_signs(text.replace("-", MINUS, 1))


def format_scientific(value: float, decimals: int) -> str:
    """Return a number as a mantissa with this many decimals, and a power of ten.

    >>> format_scientific(1234567.0, 1)
    '1.2e+06'
    """
    return _with_signs(f"{value:.{decimals}e}")


def format_printf(value: float, form: str) -> str:
    """Return a number as C's printf writes it, the format that a column of a table or a slider has.

    >>> format_printf(0.125, "%+.3f"), format_printf(25, "%d%%")
    ('+0.125', '25%')
    """
    return _with_signs(form % value)


def format_decimal(value: Decimal) -> str:
    """Return a decimal number with all its digits; from 1e20 on, and below 1e-6, with a power of ten.

    >>> format_decimal(Decimal("-16777217.5")), format_decimal(Decimal("1e-7"))
    ('−16,777,217.5', '1e-7')
    """
    plainly = value == 0 or -6 <= value.adjusted() < 20
    size = value.copy_abs()  # abs would round to the digits of the current context
    text = f"{size:,f}" if plainly else f"{size:e}"
    return _with_signs(f"{MINUS}{text}" if value < 0 else text)


def format_percent(share: float, digits: int = 0, significant: bool = False) -> str:
    """Return a share of 1 as a percentage, with so many decimals, or so many significant digits.

    >>> format_percent(0.256), format_percent(0.256, 1), format_percent(0.0123, 2, significant=True)
    ('26%', '25.6%', '1.2%')
    >>> format_percent(1.0, 2, significant=True)
    '100%'
    """
    rules = number_rules()
    text = f"{share:.{digits}%}"[:-1]
    if significant:
        text = f"{Decimal(f'{100.0 * share:.{digits}g}'):f}"  # never with a power of ten
    return rules.before_percent + _with_signs(text) + rules.after_percent


def format_duration(seconds: float) -> str:
    """Return a time in the unit that suits it.

    >>> format_duration(0.00042), format_duration(0.0831), format_duration(2.5), format_duration(1.34e-10)
    ('420 µs', '83.1 ms', '2.5 s', '0.134 ns')
    """
    if 0 < seconds < 1e-6:
        return _with_unit(format_general(seconds * 1e9, 3), "duration-nanosecond", "ns")
    if seconds < 1e-3:
        return _with_unit(format_general(seconds * 1e6, 3), "duration-microsecond", "µs")
    if seconds < 1:
        return _with_unit(format_general(seconds * 1e3, 3), "duration-millisecond", "ms")
    return _with_unit(format_general(seconds, 3), "duration-second", "s")


def format_size(count: int) -> str:
    """Return a number of bytes in the unit that suits it.

    >>> format_size(87), format_size(15241), format_size(73_400_000), format_size(10**11)
    ('87 B', '15.2 kB', '73.4 MB', '100 GB')
    """
    if count >= 1e9:
        return _with_unit(format_general(count / 1e9, 3), "digital-gigabyte", "GB")
    if count >= 1e6:
        return _with_unit(format_general(count / 1e6, 3), "digital-megabyte", "MB")
    if count >= 1e3:
        return _with_unit(format_general(count / 1e3, 3), "digital-kilobyte", "kB")
    return _with_unit(str(count), "digital-byte", "B")


def format_date(value: date) -> str:
    """Return a day.

    >>> format_date(date(2026, 3, 9))
    '2026-03-09'
    """
    code = current_language().code
    if code == SOURCE:  # the only format that is never ambiguous
        return f"{value:%Y-%m-%d}"
    from babel import dates

    return str(dates.format_date(value, "medium", locale=locale_of(code)))


def format_list(items: Iterable[object], last: str = "") -> str:
    """Return items as a list of values; with `last` "and", as a list in a sentence.

    >>> format_list(["a", "b", "c"]), format_list(["a", "b", "c"], "and"), format_list([])
    ('a, b, c', 'a, b and c', '')
    """
    parts = [str(item) for item in items]
    if len(parts) < 2:
        return "".join(parts)
    pair, start, middle, end = list_patterns_in(current_language().code, bool(last))
    if len(parts) == 2:
        return parts[0] + pair + parts[1]
    return parts[0] + start + middle.join(parts[1:-1]) + end + parts[-1]


def format_latex(value: float, digits: int = 4) -> str:
    r"""Return a number for a formula.

    >>> format_latex(1.5e-7), format_latex(-3.25)
    ('1.5 \\times 10^{-7}', '-3.25')
    """
    text = f"{value:.{digits}g}"
    mantissa, mark, power = text.partition("e")
    sign = number_rules().decimal
    mantissa = mantissa if sign == "." else mantissa.replace(".", f"{{{sign}}}")  # in braces TeX adds no space after it
    return rf"{mantissa} \times 10^{{{int(power)}}}" if mark else mantissa


def latex_name(name: str, longest: int = 24) -> str:
    r"""Return a name from a table as upright text of a formula, without the characters that are special to TeX.

    >>> latex_name("bill_length_mm"), latex_name("a{b}$")
    ('\\text{bill length mm}', '\\text{ab}')
    """
    text = "".join(" " if mark == "_" else mark for mark in name if mark.isprintable() and mark not in r"\{}$&#^%~")
    return rf"\text{{{text if len(text) <= longest else text[: longest - 1] + '…'}}}"


def number_rules() -> NumberRules:
    """Return how the current language writes numbers."""
    return rules_in(current_language().code)


def rules_for_browser() -> dict[str, Any]:
    """Return the same as JSON values, for the browser."""
    return asdict(number_rules())


def vega_locale() -> dict[str, Any]:
    """Return the same as Vega's locale for numbers and for dates (d3-format, d3-time-format)."""
    code, rules = current_language().code, number_rules()
    number = {
        "decimal": rules.decimal,
        "thousands": rules.group,
        "grouping": [rules.first_group, *[rules.further_groups] * 6],
        "currency": ["", ""],
        "minus": rules.minus,
        "percent": rules.after_percent or "%",
    }
    locale = locale_of(code)
    # d3 counts weekdays from Sunday, CLDR from Monday
    names = {width: locale.days["stand-alone"][width] for width in ("wide", "abbreviated")}
    months = {width: locale.months["stand-alone"][width] for width in ("wide", "abbreviated")}
    time = {
        "dateTime": "%x, %X",
        "date": "%Y-%m-%d",
        "time": "%H:%M:%S",
        "periods": [locale.periods.get("am", "AM"), locale.periods.get("pm", "PM")],
        "days": [names["wide"][day] for day in (6, 0, 1, 2, 3, 4, 5)],
        "shortDays": [names["abbreviated"][day] for day in (6, 0, 1, 2, 3, 4, 5)],
        "months": [months["wide"][month] for month in range(1, 13)],
        "shortMonths": [months["abbreviated"][month] for month in range(1, 13)],
    }
    return {"number": number, "time": time}


def _with_signs(text: str) -> str:
    """Return an English number, with its minus sign, in the signs of the current language."""
    signs = _signs(current_language().code)
    if signs is None:
        return text
    table, groups = signs
    return (_regrouped(text, *groups) if groups and "," in text else text).translate(table)


@cache
def _signs(code: str) -> tuple[dict[int, str], tuple[int, int, int] | None] | None:
    """Return what the English signs become, and how groups differ from the English ones; None changes nothing."""
    rules = rules_in(code)
    if rules == ENGLISH:
        return None
    groups = (rules.first_group, rules.further_groups, rules.least_leading)
    table = {ord(","): rules.group, ord("."): rules.decimal, ord(MINUS): rules.minus}
    return table, None if groups == (3, 3, 1) else groups


def _regrouped(text: str, first: int, further: int, least_leading: int) -> str:
    """Return a number written in groups of three in others, as Hindi has them, or Spanish, which leaves 1234 whole.

    >>> _regrouped("1,234,567.5", 3, 2, 1), _regrouped("1,234.5", 3, 3, 2), _regrouped("12,345.5", 3, 3, 2)
    ('12,34,567.5', '1234.5', '12,345.5')
    """
    sign = text[: len(text) - len(text.lstrip(f"+-{MINUS}"))]
    whole, point, rest = text[len(sign) :].replace(",", "").partition(".")
    if len(whole) < first + least_leading:
        return sign + whole + point + rest
    parts = [whole[-first:]]
    whole = whole[:-first]
    while whole:
        parts.insert(0, whole[-further:])
        whole = whole[:-further]
    return sign + ",".join(parts) + point + rest


def _with_unit(number: str, unit: str, sign: str) -> str:
    code = current_language().code
    if code == SOURCE:
        return f"{number} {sign}"
    from babel import units

    return str(units.format_unit(number, unit, length="short", locale=locale_of(code)))
