"""Single numbers so far from all the others of their column that they alone can decide a fit."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.formatting import format_count
from core.language import ngettext
from core.preprocessing.column_types.frames import check_frame
from core.preprocessing.column_types.infer import as_numbers, holds_numbers, write_value
from core.preprocessing.naming import quote_names

GAP = 5.0  # times the spread of the others: the least distance from the nearest of them
FEWEST_OTHERS = 6
FEWEST_DISTINCT = 3  # among the others; with fewer, "far" has no meaning
SHARE = 20  # at each end at most one distinct value in so many is taken for far, and two always
MOST_FAR = 2  # at most one cell in so many is far
SAMPLE = 10_000  # numbers


@dataclass(frozen=True)
class FarValues:
    """The numbers of a column that are far from all its others.

    Attributes:
        column: its name.
        count: in how many cells.
        furthest: the one furthest away, as text.
        low: the smallest of the others, as text.
        high: the largest of the others, as text.
    """

    column: str
    count: int
    furthest: str
    low: str
    high: str

    @property
    def sentence(self) -> str:
        """The warning, in a sentence."""
        return ngettext(
            "{column} holds {value}, far from its other values, which go from {low} to {high}: one such row can decide "
            "the whole fit. Is it an error, or a code for “missing”?",
            "{column} holds {count} values such as {value}, far from its others, which go from {low} to {high}: such "
            "rows can decide the whole fit. Are they errors, or a code for “missing”?",
            self.count,
        ).format(
            column=quote_names([self.column]),
            count=format_count(self.count),
            value=self.furthest,
            low=self.low,
            high=self.high,
        )


def find_far_values(frame: pd.DataFrame) -> tuple[FarValues, ...]:
    """Return the columns of numbers with values far from all their others, in the order of the table.

    Raises InputError if the column names are not text or not unique.

    >>> find_far_values(pd.DataFrame({"size": [1.5, 2, 1, 3, 2.5, 1, 2, 3.5, 999999]}))[0].furthest
    '999999'
    """
    check_frame(frame)
    found = []
    for name in map(str, frame.columns):
        if holds_numbers(frame[name]):
            numbers = as_numbers(frame[name], name).astype(np.float64, copy=False)
            far = far_from_others(numbers)
            if far.any():
                found.append(_described(name, numbers, far))
    return tuple(found)


def far_from_others(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Return which of the numbers (n,) are far from all the others: a mask (n,); NaN is not.

    A gap of five times the spread of the others (maximum minus minimum) lies between. At each end at most a twentieth
    of the distinct values is far, or two, and at most half of all cells. The others number at least six, three of them
    distinct: so an indicator has no far values, nor has a column of mostly zeros.

    >>> far_from_others(np.array([3.0, 1, 2, 4, 3, 2, 1, -999])).nonzero()[0].tolist()
    [7]
    """
    none = np.zeros(len(numbers), dtype=np.bool_)
    present = numbers[~np.isnan(numbers)]
    if len(present) <= FEWEST_OTHERS or _reaches_both_ends(present):
        return none
    reach = _reach(np.unique(present))
    if reach is None:
        return none
    far = (numbers < reach[0]) | (numbers > reach[1])
    others = present[(present >= reach[0]) & (present <= reach[1])]
    few = MOST_FAR * (len(present) - len(others)) <= len(present) and len(others) >= FEWEST_OTHERS
    return far if few and len(np.unique(others)) >= FEWEST_DISTINCT else none


def _reaches_both_ends(present: npt.NDArray[np.float64]) -> bool:
    """Return whether some of many numbers show already that no gap is as wide: sorting all of them takes long."""
    step = len(present) // SAMPLE
    if step < 2:
        return False
    reach = _reach(np.unique(present[::step]))
    if reach is None:
        return False
    low, high = reach
    room = GAP * (high / 2 - low / 2)
    return bool(low / 2 - present.min() / 2 <= room and present.max() / 2 - high / 2 <= room)


def _reach(distinct: npt.NDArray[np.float64]) -> tuple[float, float] | None:
    """Return how far distinct numbers, ascending, reach from the middle without a gap; None if they are too few."""
    if len(distinct) <= FEWEST_DISTINCT:
        return None
    ends = min(max(2, len(distinct) // SHARE), (len(distinct) - 2) // 2)
    first, last = ends, len(distinct) - 1 - ends
    while True:
        low, high = float(distinct[first]), float(distinct[last])
        room = GAP * (high / 2 - low / 2)  # halves, since a difference may overflow
        if last + 1 < len(distinct) and distinct[last + 1] / 2 - high / 2 <= room:
            last += 1
        elif first and low / 2 - distinct[first - 1] / 2 <= room:
            first -= 1
        else:
            return low, high


def _described(name: str, numbers: npt.NDArray[np.float64], far: npt.NDArray[np.bool_]) -> FarValues:
    others = numbers[~far & ~np.isnan(numbers)]
    low, high = float(others.min()), float(others.max())
    beyond = numbers[far]
    away = np.maximum(low / 2 - beyond / 2, beyond / 2 - high / 2)
    furthest = float(beyond[int(away.argmax())])
    return FarValues(name, int(far.sum()), write_value(furthest), write_value(low), write_value(high))
