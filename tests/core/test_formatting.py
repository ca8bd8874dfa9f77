"""Numbers, dates and lists: English as it always was, every other language as CLDR has it."""

import math
from datetime import date

import pytest
from babel import Locale
from babel.numbers import format_decimal, get_group_symbol
from babel.numbers import format_percent as babel_percent
from hypothesis import given
from hypothesis import strategies as st

from core import formatting, locale_rules
from core.formatting import (
    format_count,
    format_date,
    format_duration,
    format_fixed,
    format_general,
    format_latex,
    format_list,
    format_number,
    format_percent,
    format_size,
    vega_locale,
)
from core.language import get_language, in_language
from core.locale_rules import ENGLISH, ENGLISH_LISTS, list_patterns_of, rules_of

LOCALES = ["de", "fr", "sv", "hi", "it", "ru", "tr", "uk", "zh", "es", "es_MX", "pl", "pt_PT"]
WHOLE_THOUSANDS = ("it", "es", "pl", "pt_PT")  # CLDR's minimumGroupingDigits is 2, which Babel does not obey


def by_babel(value: float, code: str, pattern: str | None = None) -> str:
    text = format_decimal(value, pattern, locale=code)
    is_whole = code in WHOLE_THOUSANDS and 1000 <= abs(value) < 10_000
    return (text.replace(get_group_symbol(code), "") if is_whole else text).replace("-", "−")


def test_english_is_what_unicode_says_it_is():
    english = Locale.parse("en_GB")
    assert rules_of(english) == ENGLISH
    assert {is_sentence: list_patterns_of(english, is_sentence) for is_sentence in (False, True)} == ENGLISH_LISTS


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(1, 12), st.integers(0, 6))
def test_english_is_what_python_writes(value, digits, decimals):
    assert format_general(value, digits) == f"{value:.{digits}g}"
    assert format_fixed(value, decimals).replace("−", "-") == f"{value:.{decimals}f}"
    assert format_percent(value, decimals) == f"{value:.{decimals}%}"
    assert float(format_number(value, digits).replace(",", "").replace("−", "-")) == float(f"{value:.{digits}g}")


@pytest.mark.parametrize("code", LOCALES)
@given(value=st.integers(-(10**15), 10**15) | st.integers(-20_000, 20_000))
def test_a_count_is_written_as_babel_writes_it(code, value):
    with in_language(get_language(code)):
        assert format_count(value).replace("-", "−") == by_babel(value, code)


@pytest.mark.parametrize("code", LOCALES)
@pytest.mark.parametrize("value", [0.5, -1234.25, 1234567.125, 12.0, -0.0625, 99999999.0])
def test_a_number_is_written_as_babel_writes_it(code, value):
    with in_language(get_language(code)):
        expected = by_babel(value, code, "#,##0.########" if code != "hi" else "#,##,##0.########")
        assert format_number(value, 12) == expected
        assert format_percent(0.256) == babel_percent(0.256, locale=code)


def test_german_and_french():
    with in_language(get_language("de")):
        assert [format_number(1234567.5, 9), format_general(1.5e-7), format_fixed(-0.25, 2)] == [
            "1.234.567,5", "1,5e-07", "−0,25"
        ]  # fmt: skip
        assert [format_percent(0.256, 1), format_duration(0.0831), format_size(15241)] == [
            "25,6\xa0%", "83,1 ms", "15,2 kB"
        ]  # fmt: skip
        assert [format_list("abc"), format_list("abc", "and"), format_list("ab", "and"), format_list("a")] == [
            "a, b, c", "a, b und c", "a und b", "a"
        ]  # fmt: skip
        assert (format_date(date(2026, 3, 9)), format_latex(1.5e-7)) == ("09.03.2026", r"1{,}5 \times 10^{-7}")
    with in_language(get_language("fr")):
        assert [format_count(1234567), format_size(15241)] == ["1\u202f234\u202f567", "15,2\u202fko"]


def test_four_digits_are_a_group_only_where_unicode_says_so():
    written = {}
    for code in ("es", "es_ES", "es_419", "es_MX", "pl", "pt_PT", "pt_MZ", "pt", "it", "de"):
        with in_language(get_language(code)):
            written[code] = [format_count(1234), format_number(1234.5), format_count(12345)]
    assert written == {
        "es": ["1234", "1234,5", "12.345"], "es_ES": ["1234", "1234,5", "12.345"],
        "es_419": ["1,234", "1,234.5", "12,345"], "es_MX": ["1,234", "1,234.5", "12,345"],
        "pl": ["1234", "1234,5", "12\xa0345"], "pt_PT": ["1234", "1234,5", "12\xa0345"],
        "pt_MZ": ["1234", "1234,5", "12\xa0345"], "pt": ["1.234", "1.234,5", "12.345"],
        "it": ["1234", "1234,5", "12.345"], "de": ["1.234", "1.234,5", "12.345"],
    }  # fmt: skip


def test_where_there_is_no_number():
    odd = (None, math.nan, math.inf, -math.inf)
    for code in ("en", "de"):
        with in_language(get_language(code)):
            assert [format_number(value) for value in odd] == ["–", "–", "∞", "−∞"]


def test_a_language_that_unicode_does_not_know_has_english_numbers():
    with in_language(get_language("xx")):
        assert format_number(1234.5) == "1,234.5"


def test_vega_gets_the_same_signs():
    with in_language(get_language("de")):
        locale = vega_locale()
    assert (locale["number"]["decimal"], locale["number"]["thousands"], locale["number"]["minus"]) == (",", ".", "−")
    assert (locale["time"]["days"][0], locale["time"]["shortMonths"][2]) == ("Sonntag", "Mär")
    assert {len(locale["time"][part]) for part in ("days", "shortDays")} == {7}


def test_an_english_visitor_never_waits_for_babel(monkeypatch):
    for module in (formatting, locale_rules):
        monkeypatch.setattr(module, "locale_of", lambda code: pytest.fail(f"asked for {code}"))
    locale_rules.rules_in.cache_clear()
    locale_rules.list_patterns_in.cache_clear()
    formatting._signs.cache_clear()
    with in_language(get_language("en")):
        format_number(1.5), format_list("ab"), format_percent(0.5), format_duration(1), format_date(date(2026, 1, 1))
