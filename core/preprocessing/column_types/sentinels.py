"""Numbers that look like codes for a missing value: -200, -999, 9999, ..., far from all other values."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.formatting import format_count
from core.language import ngettext
from core.preprocessing.column_types.frames import check_frame
from core.preprocessing.column_types.infer import as_numbers, holds_numbers, write_value
from core.preprocessing.naming import quote_names

FEWEST_REPEATS = 3  # what occurs in a column once or twice is an outlier, not a code
FEWEST_OTHERS = 3  # distinct values; with fewer, "far" has no meaning
NEAR = 0.1  # of the spread of the other values: the least distance of a number that looks like a code
FAR = 3.0  # times that spread: the least distance of any other number


@dataclass(frozen=True)
class Sentinel:
    """A number that may be a code for missing.

    Attributes:
        code: the number as text.
        columns: the columns that have it.
        count: in how many cells.
    """

    code: str
    columns: tuple[str, ...]
    count: int

    @property
    def sentence(self) -> str:
        """The reason, in a sentence."""
        return ngettext(
            "{code} stands in {count} cell of {columns}, far from every other number there: "
            "it may be a code for “missing”.",
            "{code} stands in {count} cells of {columns}, far from every other number there: "
            "it may be a code for “missing”.",
            self.count,
        ).format(code=self.code, count=format_count(self.count), columns=quote_names(self.columns))


def find_sentinels(frame: pd.DataFrame) -> tuple[Sentinel, ...]:
    """Return the numbers that may be codes for missing, the most frequent first; the table is not changed.

    The minimum or maximum of a column is suspicious if it occurs at least three times and is far from the other values,
    of which at least three are distinct: by a tenth of their spread (maximum minus minimum) if it looks like a code
    (nines or eights only; a negative whole hundred; the end of a 16- or 32-bit range), else by three times their
    spread. So 99 among ages up to 80 is reported, but not with an age of 98 next to it, nor a price capped at its
    maximum. Columns without numbers, constant and empty ones have no suspects.
    Raises InputError if the column names are not text or not unique.

    >>> find_sentinels(pd.DataFrame({"CO": [2.6, -200, 1.4, -200, 3.1, -200]}))
    (Sentinel(code='-200', columns=('CO',), count=3),)
    """
    check_frame(frame)
    found: dict[str, dict[str, int]] = {}
    for name in map(str, frame.columns):
        if holds_numbers(frame[name]):
            for value, count in _suspects(as_numbers(frame[name], name)):
                found.setdefault(write_value(value), {})[name] = count
    suspects = [Sentinel(code, tuple(columns), sum(columns.values())) for code, columns in found.items()]
    return tuple(sorted(suspects, key=lambda suspect: -suspect.count))


def _suspects(numbers: npt.NDArray[np.float64]) -> Iterator[tuple[float, int]]:
    """Yield the minimum and the maximum if suspicious, with their counts; `numbers`, shape (n,), NaN where missing."""
    present = numbers[~np.isnan(numbers)]
    if len(present) < FEWEST_REPEATS + FEWEST_OTHERS:
        return
    low, high = float(present.min()), float(present.max())
    if low == high:
        return
    for extreme, other in ((low, high), (high, low)):
        count = int(np.count_nonzero(present == extreme))
        if count < FEWEST_REPEATS or len(present) - count < FEWEST_OTHERS:
            continue
        rest = present[present != extreme]
        nearest = float(rest.min() if extreme == low else rest.max())
        spread = abs(other - nearest)
        needed = NEAR if _is_spelled_like_a_code(extreme) else FAR
        if abs(extreme - nearest) >= needed * spread and _differ(rest):
            yield extreme, count


def _differ(rest: npt.NDArray[np.float64]) -> bool:
    """Return whether at least three of these values are distinct; a few are checked first, and mostly suffice."""
    head = len(np.unique(rest[:1_000]))
    return head >= FEWEST_OTHERS or len(np.unique(rest)) >= FEWEST_OTHERS


def _is_spelled_like_a_code(value: float) -> bool:
    if not value.is_integer():
        return False
    digits = str(abs(int(value)))
    if len(digits) > 1 and set(digits) in ({"9"}, {"8"}):
        return True
    return (value < 0 and value % 100 == 0) or value in (-(2**15), 2**15 - 1, 2**16 - 1, -(2**31), 2**31 - 1)
