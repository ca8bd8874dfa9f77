"""Columns that can as well be read in another way, with what either way makes of a few of their cells.

They are computed from the cells, whatever was chosen, so that a choice can be taken back where it was made.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.column_types.arrow_text import matches
from core.preprocessing.column_types.cells import Cells, Choice
from core.preprocessing.column_types.date_formats import Calendar
from core.preprocessing.column_types.number_formats import is_common, to_numbers
from core.preprocessing.column_types.values import write_value
from core.preprocessing.schema import Alternative, Doubt, DoubtKind, NumberFormat

SHOWN = 3  # cells
FEW_TO_TRY = 20  # distinct cells, before all of them
MARKS = (".", ",")

Dates = npt.NDArray[np.datetime64]


def date_doubts(cells: Cells, calendar: Calendar) -> tuple[Doubt, ...]:
    """Return the doubts on dates: the order of their parts, and the century of years of two digits."""
    return tuple(doubt for doubt in (_order_doubt(cells, calendar), _century_doubt(cells, calendar)) if doubt)


def number_doubts(cells: Cells, spelled: NumberFormat, choice: Choice) -> tuple[Doubt, ...]:
    """Return the doubt on numbers in which a mark may separate thousands or decimals."""
    if choice.own_decimal is not None and (listed := list_doubts(cells, choice)):
        return listed
    is_grouped = spelled.group in MARKS
    if choice.own_decimal is None and (choice.strict or choice.thousands is not None):
        return ()
    if choice.own_decimal is None and (choice.is_mark_shown if is_grouped else choice.mark != "open"):
        return ()
    mark = str(spelled.group) if is_grouped else spelled.decimal
    if not _all_fit(cells.distinct, rf"[+-]?(?:[0-9]+|[1-9][0-9]{{0,2}}{re.escape(mark)}[0-9]{{3}})", mark):
        return ()
    ways = sorted((NumberFormat(mark), NumberFormat(_other(mark), mark)), key=lambda way: MARKS.index(way.decimal))
    places = _choose_cells(_having(cells, mark))
    first, second = (Alternative("decimals", way.decimal, _write_numbers(cells, places, way)) for way in ways)
    return (_doubt("mark", cells, places, (first, second), int(spelled.decimal == ways[1].decimal)),)


def list_doubts(cells: Cells, choice: Choice) -> tuple[Doubt, ...]:
    """Return the doubt on cells such as 2,2 that are few among whole numbers: a list of two, or a decimal number."""
    mark = _other(choice.decimal)
    if choice.kind is not None or choice.own_decimal not in (None, mark):
        return ()
    if choice.own_decimal is None and (choice.strict or choice.thousands is not None):
        return ()
    if not _all_fit(cells.distinct, rf"[+-]?[0-9]+(?:{re.escape(mark)}[0-9]+)?", mark):
        return ()
    if is_common(mark, cells.distinct):
        return ()

    places = _choose_cells(_having(cells, mark))
    as_text = Alternative("decimals", None, tuple(map(str, cells.distinct.iloc[places])))
    as_numbers = Alternative("decimals", mark, _write_numbers(cells, places, NumberFormat(mark)))
    return (_doubt("list", cells, places, (as_text, as_numbers), int(choice.own_decimal == mark)),)


def _order_doubt(cells: Cells, calendar: Calendar) -> Doubt | None:
    turned = calendar.turned
    if turned is None or turned.order is None or calendar.order is None:
        return None
    ways = sorted(((calendar.order, calendar.dates), (turned.order, turned.dates)), key=lambda way: way[0])
    places = _choose_cells(_differ(calendar.dates, turned.dates))
    first, second = (
        Alternative("date_orders", order, tuple(_write_date(dates[place], calendar.century) for place in places))
        for order, dates in ways
    )
    return _doubt("date_order", cells, places, (first, second), int(calendar.order == ways[1][0]))


def _century_doubt(cells: Cells, calendar: Calendar) -> Doubt | None:
    if calendar.century not in calendar.centuries:
        return None
    begins = sorted(calendar.centuries)
    years = calendar.dates.astype("datetime64[Y]").astype(np.int64) + 1970
    differ = (years - begins[0]) % 100 + begins[0] != (years - begins[1]) % 100 + begins[1]
    places = _choose_cells(differ & ~np.isnat(calendar.dates))
    first, second = (
        Alternative("centuries", begin, tuple(_write_date(calendar.dates[place], begin) for place in places))
        for begin in begins
    )
    return _doubt("century", cells, places, (first, second), int(calendar.century == begins[1]))


def _choose_cells(differ: npt.NDArray[np.bool_]) -> list[int]:
    """Return the places of the first distinct cells that `differ` (k,) in the two ways; of others if these are few."""
    return sorted([*np.flatnonzero(differ)[:SHOWN].tolist(), *np.flatnonzero(~differ)[:SHOWN].tolist()][:SHOWN])


def _doubt(
    kind: DoubtKind, cells: Cells, places: Sequence[int], readings: tuple[Alternative, Alternative], used: int
) -> Doubt:
    return Doubt(kind, cells.name, tuple(map(str, cells.distinct.iloc[list(places)])), readings, used)


def _differ(dates: Dates, others: Dates) -> npt.NDArray[np.bool_]:
    differ: npt.NDArray[np.bool_] = (dates != others) & ~np.isnat(dates) & ~np.isnat(others)
    return differ


def _all_fit(distinct: pd.Series, pattern: str, mark: str) -> bool:
    """Return whether all texts match the pattern, and some have the mark."""
    if not (matches(distinct.iloc[:FEW_TO_TRY], pattern).all() and matches(distinct, pattern).all()):
        return False
    return bool(distinct.str.contains(mark, regex=False).any())


def _having(cells: Cells, mark: str) -> npt.NDArray[np.bool_]:
    return cells.distinct.str.contains(mark, regex=False).to_numpy(dtype=bool)


def _other(mark: str) -> str:
    return "," if mark == "." else "."


def _write_numbers(cells: Cells, places: Sequence[int], spelled: NumberFormat) -> tuple[str | None, ...]:
    texts = cells.distinct.iloc[list(places)]
    return tuple(None if np.isnan(number) else write_value(number) for number in to_numbers(texts, spelled).tolist())


def _write_date(value: np.datetime64, first: int | None) -> str | None:
    """Return a date as text, its year among the hundred that begin with `first`; None if it has no such day."""
    if np.isnat(value):
        return None
    day = value.astype("datetime64[us]").astype(object)
    if first is not None:
        try:
            day = day.replace(year=first + (day.year - first) % 100)
        except ValueError:  # the 29th of February
            return None
    return str(day.isoformat(sep=" ")).removesuffix(" 00:00:00")
