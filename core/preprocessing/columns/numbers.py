"""How the numbers of a column are spelled, and how such cells become float64.

`number_pattern` says which cells fit a format; `number_steps` says what turns a cell that fits into plain digits. Both
are meant to be repeated by a script with nothing but pandas, on cells without blanks around them:

    cells = cells.where(cells.str.fullmatch(number_pattern(format)))
    for step in number_steps(format):
        cells = cells.str.replace(step.old, step.new, regex=step.regex)
    numbers = cells.astype("float64")       # and numbers / 100 if format.percent

Every step rounds correctly, so the numbers are the same bit for bit, however they were converted.
"""

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.columns.arrays import matches, to_arrow
from core.preprocessing.reading.table import NumberFormat

BLANKS = (" ", "\u00a0", "\u2007", "\u2009", "\u202f")  # all of them stand between thousands somewhere
APOSTROPHES = ("'", "’")
TRUE_MINUS = "−"

LARGEST_WHOLE = 2**53  # beyond it float64 no longer holds every whole number
WHOLE = r"[+-]?[0-9]+"
LEADING_ZEROS = r"[+-]?0[0-9]+"
ODD_WHOLE = r"[+-]?(?:0[0-9]+|[0-9]{16,})"  # would lose its zeros, or perhaps digits
INFINITE = "(?i:inf|infinity)"

BLANK = f"[{''.join(BLANKS)}]"
SIGN = f"[+{TRUE_MINUS}-]"


class Step(NamedTuple):
    """One replacement in every cell, as `Series.str.replace(old, new, regex=regex)` does it."""

    old: str
    new: str
    regex: bool = False


def plain_pattern(decimal: str) -> str:
    """Return the pattern of cells that are plain numbers already: 3, -3.14, .5, 1e-5, inf."""
    mark = re.escape(decimal)
    return rf"[+-]?(?:(?:[0-9]+(?:{mark}[0-9]*)?|{mark}[0-9]+)(?:[eE][+-]?[0-9]+)?|{INFINITE})"


def safe_pattern(decimal: str) -> str:
    """Return the pattern of plain numbers that keep everything as int64 or float64.

    No leading zeros, no infinite number, and at most 15 digits in a whole one, which is then below 2**53.
    """
    mark, power = re.escape(decimal), "[eE][+-]?[0-9]+"
    parted = rf"(?:[0-9]+{mark}[0-9]*|{mark}[0-9]+)(?:{power})?"
    return rf"[+-]?(?:0|[1-9][0-9]{{0,14}}|{parted}|[0-9]+{power})"


def number_pattern(spelled: NumberFormat) -> str:
    """Return the pattern that a whole cell has to match to be a number in this format.

    Marks between thousands have to stand between groups of three digits, commas also as in 12,34,567 (India), and may
    be left out of a cell; so may symbols. A percent sign may not: 50 and 50 % would differ by a factor of 100.
    The pattern means the same to Python's `re` and to the one of Arrow.
    """
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
    """Return what turns each cell that matches `number_pattern` into digits that `float` reads, in this order."""
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
    fits = matches(texts, number_pattern(spelled))
    digits = texts if fits.all() else texts.where(fits)
    for step in number_steps(spelled):
        if step.regex or bool(digits.str.contains(step.old, regex=False).any()):
            digits = digits.str.replace(step.old, step.new, regex=step.regex)
    return digits


def read_digits(digits: pd.Series, spelled: NumberFormat) -> npt.NDArray[np.float64]:
    """Return what `plain_digits` gave as float64, shape (n,): correctly rounded, NaN where missing, possibly infinite.

    The same as `digits.astype("float64")` bit for bit, which goes through a Python object for each cell.
    """
    numbers: npt.NDArray[np.float64] = np.array(to_arrow(digits).cast("float64").to_numpy(zero_copy_only=False))
    return numbers / 100 if spelled.percent else numbers


def to_numbers(texts: pd.Series, spelled: NumberFormat) -> npt.NDArray[np.float64]:
    """Return texts without blanks around them as float64, shape (n,), NaN where one does not fit the format."""
    return read_digits(plain_digits(texts, spelled), spelled)


def has_beyond(digits: pd.Series) -> bool:
    """Say whether one of the texts is a whole number beyond 2**53, which has 16 digits."""
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
