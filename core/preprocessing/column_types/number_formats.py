"""The number format of a column, and how its cells become float64.

`number_pattern` says which cells fit a format; `number_steps` lists the replacements that turn such a cell into plain
digits. A script can repeat both with pandas alone, on stripped cells:

    for old, new in format.steps:
        cells = cells.str.replace(old, new, regex=True)
    cells = cells.where(cells.str.fullmatch(number_pattern(format)))
    for step in number_steps(format):
        cells = cells.str.replace(step.old, step.new, regex=step.regex)
    numbers = cells.astype("float64")       # and numbers / 100 if format.percent

Every step rounds correctly, so the numbers are the same bit for bit whichever way they are converted.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.column_types.arrow_text import matches, to_arrow
from core.preprocessing.schema import NumberFormat

BLANKS = (" ", "\u00a0", "\u2007", "\u2009", "\u202f")  # all of them are used as thousands separators
APOSTROPHES = ("'", "’")
TRUE_MINUS = "−"

LARGEST_WHOLE = 2**53  # above it float64 does not hold every whole number
WHOLE = r"[+-]?[0-9]+"
LEADING_ZEROS = r"[+-]?0[0-9]+"
ODD_WHOLE = r"[+-]?(?:0[0-9]+|[0-9]{16,})"  # would lose its zeros, or digits
INFINITE = "(?i:inf|infinity)"

# Hours, minutes and seconds, or two of them: 6:30, 26:15:00, -0:00:01.5.
SEXAGESIMAL = r"[−-]?[0-9]{1,4}(?::[0-5][0-9]){1,2}(?:\.[0-9]+)?"
SEXAGESIMAL_PARTS = r"^(-?)(?:([0-9]+):)?([0-9]+):([0-9.]+)$"

BLANK = f"[{''.join(BLANKS)}]"
SIGN = f"[+{TRUE_MINUS}-]"


class Step(NamedTuple):
    """One replacement in every cell, as `Series.str.replace(old, new, regex=regex)` does it."""

    old: str
    new: str
    regex: bool = False


def plain_pattern(decimal: str) -> str:
    """Return the pattern of plain numbers: 3, -3.14, .5, 1e-5, inf."""
    mark = re.escape(decimal)
    return rf"[+-]?(?:(?:[0-9]+(?:{mark}[0-9]*)?|{mark}[0-9]+)(?:[eE][+-]?[0-9]+)?|{INFINITE})"


def safe_pattern(decimal: str) -> str:
    """Return the pattern of plain numbers that lose nothing as int64 or float64.

    No leading zeros, no infinite number, and at most 15 digits in a whole one, which is then below 2**53.
    """
    mark, power = re.escape(decimal), "[eE][+-]?[0-9]+"
    parted = rf"(?:[0-9]+{mark}[0-9]*|{mark}[0-9]+)(?:{power})?"
    return rf"[+-]?(?:0|[1-9][0-9]{{0,14}}|{parted}|[0-9]+{power})"


def number_pattern(spelled: NumberFormat) -> str:
    """Return the pattern that a whole cell has to match to be a number in this format.

    Thousands separators have to separate groups of three digits, commas also as in 12,34,567 (India), and are optional
    in a cell; so are symbols. A percent sign is not: 50 and 50 % would differ by a factor of 100. The pattern works
    alike in Python's `re` and in Arrow.
    """
    if spelled.sexagesimal:
        return SEXAGESIMAL
    number = _digits(spelled)
    if spelled.percent:
        return rf"{SIGN}?{number}{BLANK}*%"
    if not spelled.symbols:
        body = f"(?:{number}|{INFINITE})"
        signed = f"{SIGN}?{body}"
    else:
        symbol = f"(?:{'|'.join(re.escape(symbol) for symbol in spelled.symbols)})"
        body = f"(?:{symbol}{BLANK}*)?{number}(?:{BLANK}*{symbol})?"
        signed = f"(?:{SIGN}?{body}|{symbol}{BLANK}*{SIGN}{number}(?:{BLANK}*{symbol})?)"
    return rf"(?:{signed}|\({body}\))" if spelled.parentheses else signed


def number_steps(spelled: NumberFormat) -> tuple[Step, ...]:
    """Return the replacements that turn a cell matching `number_pattern` into digits for `float`, in this order."""
    steps = [Step(TRUE_MINUS, "-")]
    if spelled.parentheses:
        steps.append(Step(r"^\((.*)\)$", r"-\1", regex=True))
    steps += [Step(symbol, "") for symbol in sorted(spelled.symbols, key=len, reverse=True)]
    if spelled.percent:
        steps.append(Step("%", ""))
    if spelled.group is not None and spelled.group != " ":
        steps += [Step(mark, "") for mark in (APOSTROPHES if spelled.group == "'" else (spelled.group,))]
    if spelled.group == " " or spelled.symbols or spelled.percent:
        steps += [Step(blank, "") for blank in BLANKS]
    if spelled.decimal != ".":
        steps.append(Step(spelled.decimal, "."))
    return tuple(steps)


def plain_digits(texts: pd.Series, spelled: NumberFormat) -> pd.Series:
    """Return the texts with `number_steps` applied; missing where one does not fit the format."""
    for old, new in spelled.steps:
        texts = texts.str.replace(old, new, regex=True)
    fits = matches(texts, number_pattern(spelled))
    digits = texts if fits.all() else texts.where(fits)
    for step in number_steps(spelled):
        if step.regex or bool(digits.str.contains(step.old, regex=False).any()):
            digits = digits.str.replace(step.old, step.new, regex=step.regex)
    return digits


def read_digits(digits: pd.Series, spelled: NumberFormat) -> npt.NDArray[np.float64]:
    """Return the result of `plain_digits` as float64, shape (n,): correctly rounded, NaN where missing, maybe infinite.

    Equal bit for bit to `digits.astype("float64")`, which makes a Python object of each cell.
    """
    if spelled.sexagesimal:
        parts = digits.str.extract(SEXAGESIMAL_PARTS)
        hours, minutes, seconds = (parts[place].astype("float64") for place in (1, 2, 3))
        signs = parts[0].map({"-": -1.0, "": 1.0}).astype("float64")
        return np.array(((hours.fillna(0.0) * 3600 + minutes * 60 + seconds) * signs).to_numpy())
    numbers: npt.NDArray[np.float64] = np.array(to_arrow(digits).cast("float64").to_numpy(zero_copy_only=False))
    return numbers / 100 if spelled.percent else numbers


def to_numbers(texts: pd.Series, spelled: NumberFormat) -> npt.NDArray[np.float64]:
    """Return stripped texts as float64, shape (n,), NaN where one does not fit the format."""
    return read_digits(plain_digits(texts, spelled), spelled)


def has_beyond(digits: pd.Series) -> bool:
    """Return whether one of the texts is a whole number above 2**53, which has 16 digits."""
    long = digits[matches(digits, "[+-]?[0-9]{16,}")]
    if long.empty:
        return False
    return any(abs(int(value)) > LARGEST_WHOLE for value in long.str.slice(0, 40))


def _digits(spelled: NumberFormat) -> str:
    mark = re.escape(spelled.decimal)
    whole = "[0-9]+"
    if spelled.group is not None:
        group = {" ": BLANK, "'": f"[{''.join(APOSTROPHES)}]"}.get(spelled.group, re.escape(spelled.group))
        whole += f"|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+"
        if spelled.group == ",":
            whole += f"|[1-9][0-9]?(?:{group}[0-9]{{2}})+{group}[0-9]{{3}}"
    return rf"(?:(?:{whole})(?:{mark}[0-9]*)?|{mark}[0-9]+)(?:[eE]{SIGN}?[0-9]+)?"


MOST_LOOKED_AT = 400  # distinct cells that suggest a format; all of them are then checked

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


def guess_number_format(
    distinct: pd.Series, decimal: str, thousands: str | None, *, strict: bool = False
) -> NumberFormat | None:
    """Return the format that fits every one of these texts (not missing, no blanks around), or None.

    If several fit, as with 1,234, the file's `decimal` decides, and the other mark is the thousands separator. `strict`
    allows only that decimal mark, `thousands` only that separator ("" none).
    """
    candidates = candidate_number_formats(distinct, decimal, thousands, strict=strict)
    for spelled in chain([NumberFormat(decimal)] if decimal != thousands else [], candidates):
        pattern = number_pattern(spelled)
        if spelled.decimal != decimal and spelled.group is None and not is_common(spelled.decimal, distinct):
            continue
        if matches(distinct.iloc[:FIRST], pattern).all() and matches(distinct, pattern).all():
            return spelled if _units_stand_everywhere(distinct, spelled) else None
    return None


def closest_number_format(
    distinct: pd.Series, rows: npt.NDArray[np.intp], decimal: str, thousands: str | None, *, strict: bool = False
) -> tuple[NumberFormat, npt.NDArray[np.bool_]]:
    """Return the format that fits the cells of most rows, and which texts it fits; `rows` counts those of each text."""
    best = NumberFormat(decimal)
    fitting = matches(distinct, number_pattern(best))
    most = int(rows[fitting].sum())
    for spelled in candidate_number_formats(distinct, decimal, thousands, strict=strict):
        fits = matches(distinct, number_pattern(spelled))
        count = int(rows[fits].sum())
        if count > most:
            best, fitting, most = spelled, fits, count
    return best, fitting


def candidate_number_formats(
    distinct: pd.Series, decimal: str, thousands: str | None, *, strict: bool = False
) -> Iterator[NumberFormat]:
    """Yield the formats that some of the texts suggest, the most likely first; nothing for other texts."""
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
    """Return whether this is a currency: a sign such as €, a code such as EUR, a word such as kr.

    >>> is_currency("€"), is_currency("usd"), is_currency("US$"), is_currency("kg")
    (True, True, True, False)
    """
    signs = len(affix) == 1 and unicodedata.category(affix) == "Sc"
    return signs or affix.upper() in CURRENCY_CODES or affix in CURRENCY_WORDS


def is_ambiguous(distinct: pd.Series, spelled: NumberFormat) -> bool:
    """Return whether every cell with the thousands separator could also be a decimal number: one mark, as in 1,234."""
    if spelled.group not in (".", ","):
        return False
    marked = distinct[distinct.str.contains(spelled.group, regex=False)]
    once = rf"[^{re.escape(spelled.group)}]*{re.escape(spelled.group)}[^.,]*"
    return len(marked) > 0 and bool(matches(marked, once).all())


def _marks(decimals: Sequence[str], thousands: str | None, texts: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Yield pairs of a decimal mark and a thousands separator that occur."""
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
    """Return whether every cell has symbols other than currencies; else 3 and 3 kg would be read as the same number.

    A single value, such as 4WD, does not show that it has a unit.
    """
    units = [symbol for symbol in spelled.symbols if not is_currency(symbol)]
    return not units or (
        len(distinct) > 1 and all(bool(distinct.str.contains(unit, regex=False).all()) for unit in units)
    )


def is_common(mark: str, distinct: pd.Series) -> bool:
    """Return whether another decimal mark than that of the file is in a third of the texts: else 2,2 may be a list."""
    return 3 * int(distinct.str.contains(mark, regex=False).sum()) >= len(distinct)


def _most_frequent(affixes: Iterator[str | None]) -> str:
    counts = Counter(affix.strip() for affix in affixes if affix)
    return counts.most_common(1)[0][0] if counts else ""


def _spread(distinct: pd.Series) -> list[str]:
    """Return some of the texts: the first ones, and others spread over the column."""
    if len(distinct) <= MOST_LOOKED_AT:
        return [str(text) for text in distinct]
    half = MOST_LOOKED_AT // 2
    places = [*range(half), *np.linspace(half, len(distinct) - 1, half).astype(int)]
    return [str(text) for text in distinct.iloc[places]]
