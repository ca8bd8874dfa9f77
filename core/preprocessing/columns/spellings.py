"""Which spelling of numbers fits the cells of a column."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.columns.arrays import matches
from core.preprocessing.columns.numbers import BLANK, BLANKS, SIGN, number_pattern
from core.preprocessing.reading.table import NumberFormat

MOST_LOOKED_AT = 400  # distinct cells that suggest a format; whether it fits is then asked of all of them

CURRENCY_CODES = frozenset({
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EGP", "EUR", "GBP", "HKD",
    "HUF", "IDR", "ILS", "INR", "ISK", "JPY", "KES", "KRW", "MAD", "MXN", "MYR", "NGN", "NOK", "NZD", "PEN", "PHP",
    "PKR", "PLN", "RON", "RSD", "RUB", "RUR", "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
})  # fmt: skip
CURRENCY_WORDS = frozenset({
    "kr", "kr.", "zł", "zl", "Kč", "Ft", "lei", "Rs", "Rs.", "R$", "US$", "A$", "C$", "CA$", "AU$", "NZ$", "HK$", "S$",
    "NT$", "Fr", "Fr.", "SFr.", "руб", "руб.", "р.", "грн", "元", "円", "원", "TL",
})  # fmt: skip
UNIT = re.compile(
    r"(?!(?i:e|am|pm)$)[^\W\d_]{1,12}[²³]?|(?:[ckmd]?m|ft|in|yd|mi)[23]|[°º][CFKcf]?|"
    r"[^\W\d_]{1,6}/[^\W\d_]{1,6}[²³]?|′|″|‰"
)
AFFIXES = re.compile(
    rf"\(?{SIGN}?(?P<head>[^0-9.,'’()+−\s-][^0-9()+−-]{{0,7}}?)?{BLANK}*{SIGN}?"
    rf"(?P<digits>[.,]?[0-9](?:[0-9.,'’]|{BLANK}(?=[0-9]))*(?:[eE][+−-]?[0-9]+)?)"
    rf"{BLANK}*(?P<tail>[^0-9()\s+−-][^()\s]{{0,15}})?\)?"
)
FIRST = 20
MARKS = (".", ",", " ", "'")


def guess_spelling(
    distinct: pd.Series, decimal: str, thousands: str | None, *, strict: bool = False
) -> NumberFormat | None:
    """Return the format that fits every one of these texts (not missing, no blanks around), or None.

    Where several fit, as with 1,234, the file's `decimal` decides: next to it the other mark stands between thousands.
    `strict` allows that decimal mark alone, `thousands` that mark between thousands alone, "" none.
    """
    candidates = candidate_spellings(distinct, decimal, thousands, strict=strict)
    for spelled in chain([NumberFormat(decimal)] if decimal != thousands else [], candidates):
        pattern = number_pattern(spelled)
        if matches(distinct.iloc[:FIRST], pattern).all() and matches(distinct, pattern).all():
            return spelled if _units_stand_everywhere(distinct, spelled) else None
    return None


def closest_spelling(
    distinct: pd.Series, rows: npt.NDArray[np.intp], decimal: str, thousands: str | None, *, strict: bool = False
) -> tuple[NumberFormat, npt.NDArray[np.bool_]]:
    """Return the format that fits the cells of most rows, and which texts it fits; `rows` counts those of each text."""
    best = NumberFormat(decimal)
    fitting = matches(distinct, number_pattern(best))
    most = int(rows[fitting].sum())
    for spelled in candidate_spellings(distinct, decimal, thousands, strict=strict):
        fits = matches(distinct, number_pattern(spelled))
        count = int(rows[fits].sum())
        if count > most:
            best, fitting, most = spelled, fits, count
    return best, fitting


def candidate_spellings(
    distinct: pd.Series, decimal: str, thousands: str | None, *, strict: bool = False
) -> Iterator[NumberFormat]:
    """Yield the formats that some of the texts suggest, the most likely first; nothing for texts of other sorts."""
    looked_at = _spread(distinct)
    shapes = [AFFIXES.fullmatch(text) for text in looked_at]
    found = [shape for shape in shapes if shape is not None]
    if 2 * len(found) < len(looked_at) or not found:
        return
    heads, tails = (_most_frequent(shape[part] for shape in found) for part in ("head", "tail"))
    money = [affix for affix in (heads, tails) if affix and is_currency(affix)]
    symbols = tuple(dict.fromkeys([*money, *([tails] if tails and UNIT.fullmatch(tails) else [])]))
    parentheses = bool(distinct.str.startswith("(").any())
    decimals = (decimal,) if strict else (decimal, "," if decimal == "." else ".")
    for mark, group in _marks(decimals, thousands, looked_at):
        yield NumberFormat(mark, group, () if tails == "%" else symbols, tails == "%", parentheses)


def is_currency(affix: str) -> bool:
    """Say whether this stands for money: a sign such as €, a code such as EUR, a word such as kr.

    >>> is_currency("€"), is_currency("usd"), is_currency("US$"), is_currency("kg")
    (True, True, True, False)
    """
    signs = len(affix) == 1 and unicodedata.category(affix) == "Sc"
    return signs or affix.upper() in CURRENCY_CODES or affix in CURRENCY_WORDS


def is_ambiguous(distinct: pd.Series, spelled: NumberFormat) -> bool:
    """Say whether every cell with the mark between thousands could be a decimal number as well: one mark, 1,234."""
    if spelled.group not in (".", ","):
        return False
    marked = distinct[distinct.str.contains(spelled.group, regex=False)]
    once = rf"[^{re.escape(spelled.group)}]*{re.escape(spelled.group)}[^.,]*"
    return len(marked) > 0 and bool(matches(marked, once).all())


def _marks(decimals: Sequence[str], thousands: str | None, texts: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Yield pairs of a decimal mark and a mark between thousands that occurs."""
    joined = "".join(texts).replace("’", "'")
    for blank in BLANKS:
        joined = joined.replace(blank, " ")
    for mark in decimals:
        if mark == thousands:
            continue
        yield mark, None
        for group in MARKS if thousands is None else (thousands,):
            if group and group != mark and group in joined:
                yield mark, group


def _units_stand_everywhere(distinct: pd.Series, spelled: NumberFormat) -> bool:
    """Say whether symbols that are no currency are part of every cell; else 3 and 3 kg would be taken for the same.

    A single value, such as 4WD, does not show that it has a unit.
    """
    units = [symbol for symbol in spelled.symbols if not is_currency(symbol)]
    return not units or (
        len(distinct) > 1 and all(bool(distinct.str.contains(unit, regex=False).all()) for unit in units)
    )


def _most_frequent(affixes: Iterator[str | None]) -> str:
    counts = Counter(affix.strip() for affix in affixes if affix)
    return counts.most_common(1)[0][0] if counts else ""


def _spread(distinct: pd.Series) -> list[str]:
    """Return some of the texts: the first, and others from all over the column."""
    if len(distinct) <= MOST_LOOKED_AT:
        return [str(text) for text in distinct]
    half = MOST_LOOKED_AT // 2
    places = [*range(half), *np.linspace(half, len(distinct) - 1, half).astype(int)]
    return [str(text) for text in distinct.iloc[places]]
