"""Whether the mark in 1.234 separates thousands or decimals, where the file itself does not tell."""

import re
from typing import Literal, TypeAlias

import pandas as pd

from core.preprocessing.column_types.arrow_text import matches

# How far the decimal mark of a file is known: "known" from other cells, "likely" from nothing but the delimiter, or
# "open" where not even that tells.
MarkKnown: TypeAlias = Literal["known", "likely", "open"]
FEWEST_MARKED = 2


def separates_thousands(distinct: pd.Series, decimal: str, known: MarkKnown) -> bool:
    """Return whether the `decimal` mark of the file separates thousands in these distinct cells.

    Every cell has to be a whole number below 1,000, or one to three digits, the mark and three digits; some of both.
    For decimals are rarely written with either none or exactly three places. If the delimiter suggests that the mark is
    a decimal one, there have to be two cells without it, or a zero at the end, which short decimals do not keep.
    """
    if known == "known":
        return False
    mark = re.escape(decimal)
    marked = matches(distinct, rf"[+-]?[1-9][0-9]{{0,2}}{mark}[0-9]{{3}}")
    bare = int((~marked).sum())
    if int(marked.sum()) < FEWEST_MARKED or not bare or not matches(distinct[~marked], "[+-]?[0-9]{1,3}").all():
        return False
    return known == "open" or bare > 1 or bool(distinct[marked].str.endswith("0").any())


def may_separate(distinct: pd.Series, decimal: str, known: MarkKnown) -> bool:
    """Return whether `separates_thousands` may be true once all cells are known: these are some of them."""
    mark = re.escape(decimal)
    pattern = rf"[+-]?(?:[1-9][0-9]{{0,2}}{mark}[0-9]{{3}}|[0-9]{{1,3}})"
    return known != "known" and bool(matches(distinct, pattern).all())
