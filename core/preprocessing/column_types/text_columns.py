"""Convert a text column to what all its cells are, or to the kind that was chosen."""

import numpy as np
import pandas as pd

from core.language import _
from core.preprocessing.column_types.arrow_text import matches, no_values
from core.preprocessing.column_types.cells import Cells, Choice, Kept, TypedColumn
from core.preprocessing.column_types.date_formats import (
    closest_date_format,
    guess_date_format,
    is_named_like_a_date,
    to_dates,
)
from core.preprocessing.column_types.dates import convert_dates
from core.preprocessing.column_types.infer import KindGuess, guess_texts
from core.preprocessing.column_types.number_formats import (
    LEADING_ZEROS,
    ODD_WHOLE,
    candidate_number_formats,
    closest_number_format,
    guess_number_format,
    has_beyond,
    plain_digits,
)
from core.preprocessing.column_types.numbers import convert_numbers
from core.preprocessing.column_types.thousands import separates_thousands
from core.preprocessing.naming import quote_names
from core.preprocessing.schema import ColumnReading, NumberFormat

FEW_TOKENS = 3
FEW_TO_TRY = 20  # distinct cells that suggest a format of dates
EIGHT_DIGITS = "[0-9]{8}"


def convert_text(cells: Cells, choice: Choice) -> TypedColumn:
    """Convert a text column to the chosen kind, or to numbers or dates if every cell is one; else leave it text."""
    if cells.distinct.empty:
        return _empty(cells, choice)
    if choice.kind is not None:
        return _as_chosen(cells, choice)
    if is_named_like_a_date(cells.name) and matches(cells.distinct, EIGHT_DIGITS).all():
        calendar = guess_date_format(cells.distinct, cells.name, choice.decimal, choice.day_first)
        if calendar is not None:
            return convert_dates(cells, calendar, choice)
    if separates_thousands(cells.distinct, choice.decimal, choice.mark):
        grouped = NumberFormat("," if choice.decimal == "." else ".", choice.decimal)
        return convert_numbers(cells, grouped, plain_digits(cells.distinct, grouped), choice)
    spelled = guess_number_format(cells.distinct, choice.decimal, choice.thousands, strict=choice.strict)
    if spelled is not None:
        digits = plain_digits(cells.distinct, spelled)
        kept = _why_kept(digits)
        return convert_numbers(cells, spelled, digits, choice) if kept is None else _as_text(cells, choice, kept=kept)
    calendar = guess_date_format(cells.distinct, cells.name, choice.decimal, choice.day_first)
    if calendar is not None:
        return convert_dates(cells, calendar, choice)
    return _as_text(cells, choice, notes=(*_note_stray_text(cells, choice), *_note_stray_dates(cells, choice)))


def _as_chosen(cells: Cells, choice: Choice) -> TypedColumn:
    if choice.kind == "number":
        spelled, _fits = closest_number_format(
            cells.distinct, cells.rows, choice.decimal, choice.thousands, strict=choice.strict
        )
        return convert_numbers(cells, spelled, plain_digits(cells.distinct, spelled), choice)
    if choice.kind == "date":
        calendar = closest_date_format(cells.distinct, cells.rows, cells.name, choice.decimal, choice.day_first)
        return convert_dates(cells, calendar, choice)
    return _as_text(cells, choice)


def _as_text(cells: Cells, choice: Choice, kept: Kept | None = None, notes: tuple[str, ...] = ()) -> TypedColumn:
    if choice.kind is None:
        guess = guess_texts(cells.distinct, cells.count, cells.name)
    else:
        guess = KindGuess(choice.kind, _("chosen by you"))
    reading = ColumnReading(
        cells.name, guess.kind, guess.reason, None, choice.codes, choice.kind is None, cells.were_padded
    )
    return TypedColumn(cells.as_text(), reading, notes=notes, kept=kept)


def _empty(cells: Cells, choice: Choice) -> TypedColumn:
    reading = ColumnReading(cells.name, "empty", _("no row has a value"), None, choice.codes, choice.kind is None)
    return TypedColumn(no_values(len(cells.places), cells.name), reading)


def _why_kept(digits: pd.Series) -> Kept | None:
    """Return what would be lost if these plain digits were converted."""
    odd = digits[matches(digits, ODD_WHOLE)]
    if matches(odd, LEADING_ZEROS).any():
        return "leading zeros"
    return "beyond 2**53" if has_beyond(odd) else None


def _note_stray_text(cells: Cells, choice: Choice) -> list[str]:
    """Return a note on a column that would be numbers except for a few cells."""
    if (
        next(candidate_number_formats(cells.distinct, choice.decimal, choice.thousands, strict=choice.strict), None)
        is None
    ):
        return []
    _spelled, fits = closest_number_format(
        cells.distinct, cells.rows, choice.decimal, choice.thousands, strict=choice.strict
    )
    stray = cells.distinct[~fits]
    if not _are_few(len(stray), len(fits)):
        return []
    return [
        _("{name} is text only because of the cells {cells}; declare them missing to read numbers.").format(
            name=quote_names([cells.name]), cells=quote_names(stray)
        )
    ]


def _note_stray_dates(cells: Cells, choice: Choice) -> list[str]:
    """Return a note on a column that would be dates except for a few cells."""
    first = cells.distinct.iloc[:FEW_TO_TRY]
    if 2 * int(first.str.contains("[0-9]").sum()) <= len(first):
        return []
    calendar = closest_date_format(
        first, np.ones(len(first), dtype=np.intp), cells.name, choice.decimal, choice.day_first
    )
    if 2 * int(np.isnat(calendar.dates).sum()) >= len(first):
        return []
    stray = cells.distinct[np.isnat(to_dates(cells.distinct, calendar.spelled))]
    if not _are_few(len(stray), len(cells.distinct)):
        return []
    return [
        _("{name} is text only because of the cells {cells}; declare them missing to read dates.").format(
            name=quote_names([cells.name]), cells=quote_names(stray)
        )
    ]


def _are_few(stray: int, every: int) -> bool:
    return 0 < stray <= FEW_TOKENS and 2 * stray < every
