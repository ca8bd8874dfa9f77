"""Columns that name their rows and measure nothing: codes, and numbers that count the rows."""

import re

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.columns.arrays import matches

FEWEST_TO_NAME = 3  # with two rows, anything would look like a name of each
FEWEST_TO_TRUST_NAME = 20  # from here on, distinct whole numbers called "..._id" need not count up by one

LEADING_ZEROS = r"[+-]?0[0-9]+"
DIGITS = "[0-9]{1,64}"
UUID = r"\{?[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\}?"
LETTERS_AND_DIGITS = r"[\pL0-9_./:#-]*(?:\pL[\pL_./:#-]*[0-9]|[0-9][0-9_./:#-]*\pL)[\pL0-9_./:#-]*"
CODE = rf"(?:{UUID}|{LETTERS_AND_DIGITS}|0[0-9]+|[0-9]{{16,}}|[0-9A-Fa-f]{{16,}})"
LONGEST_CODE = 64

OF_IDS = re.compile(r"(?:.*[\W_])?(?:id|ids|uid|uuid|guid|pk)", re.IGNORECASE)
OF_IDS_IN_CAPITALS = re.compile(r".*[a-z](?:Id|ID|Uid|UID)")
OF_COUNTS = re.compile(
    r"\W*|index|idx|no\.?|nr\.?|num|number|row|rows|row[ _]?(?:id|no|nr|num|number|index)|record|case|obs|observation|"
    r"key|serial|s\.?no\.?|lfd\.? ?nr\.?|#|№|序号|编号|番号|unnamed: ?\d+|column_\d+|level_\d+",
    re.IGNORECASE,
)


def look_like_codes(distinct: pd.Series) -> bool:
    """Say whether each of these texts is a code: letters with digits, leading zeros, a UUID or very many digits.

    No blanks, and at most 64 characters; where some have leading zeros the others may be digits without. False for
    fewer than three texts.
    """
    if len(distinct) < FEWEST_TO_NAME:
        return False
    first = distinct.iloc[:FEWEST_TO_TRUST_NAME]
    if matches(first, DIGITS).all():
        return bool(matches(distinct, DIGITS).all() and matches(distinct, LEADING_ZEROS).any()) or _is_code(distinct)
    return _is_code(first) and _is_code(distinct)


def _is_code(texts: pd.Series) -> bool:
    return bool(matches(texts, CODE).all()) and int(texts.str.len().max()) <= LONGEST_CODE


def may_name_rows(name: str) -> bool:
    """Say whether a column of this name could only count or name the rows."""
    return bool(OF_IDS.fullmatch(name) or OF_IDS_IN_CAPITALS.fullmatch(name) or OF_COUNTS.fullmatch(name))


def names_rows(name: str, numbers: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> bool:
    """Say whether these present values, shape (n,), only count or name the rows, going by the name of the column too.

    They do if they are whole numbers that count up by one under a name such as "id", "index", "no", or none; or
    twenty and more whole numbers, all distinct, under a name that ends in "id".
    """
    if len(numbers) < FEWEST_TO_NAME or not may_name_rows(name):
        return False
    with np.errstate(over="ignore"):  # numbers of 1e308 are no steps of one apart
        counts_up = bool((np.diff(numbers) == 1).all())
    if counts_up:
        return bool(numbers[0] == np.floor(numbers[0]))
    of_ids = OF_IDS.fullmatch(name) or OF_IDS_IN_CAPITALS.fullmatch(name)
    if not of_ids or len(numbers) < FEWEST_TO_TRUST_NAME or not bool((numbers == np.floor(numbers)).all()):
        return False
    ordered = np.sort(numbers)
    return bool((ordered[1:] != ordered[:-1]).all())
