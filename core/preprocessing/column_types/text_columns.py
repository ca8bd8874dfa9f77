"""Convert a text column to what all its cells are, or to the kind that was chosen."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.language import _
from core.preprocessing.column_types.arrow_text import from_arrow, matches, no_values, to_arrow
from core.preprocessing.column_types.cells import Cells, Choice, Kept, TypedColumn
from core.preprocessing.column_types.codes import are_codes
from core.preprocessing.column_types.date_doubts import are_of_another_calendar, are_school_years
from core.preprocessing.column_types.date_formats import (
    Calendar,
    closest_date_format,
    guess_date_format,
    is_in_order,
    is_named_like_a_date,
)
from core.preprocessing.column_types.date_parsing import to_dates
from core.preprocessing.column_types.date_spellings import guess_spelled_dates
from core.preprocessing.column_types.dates import convert_dates
from core.preprocessing.column_types.doubts import list_doubts
from core.preprocessing.column_types.infer import FEWEST_TO_NAME, KindGuess, differing_in_case, guess_texts
from core.preprocessing.column_types.number_formats import (
    LEADING_ZEROS,
    ODD_WHOLE,
    candidate_number_formats,
    closest_number_format,
    guess_number_format,
    has_beyond,
    number_pattern,
    plain_digits,
    plain_pattern,
)
from core.preprocessing.column_types.number_spellings import (
    NO_VALUE,
    apply_steps,
    find_spellings,
    is_flagged,
    note_spellings,
    steps_of,
)
from core.preprocessing.column_types.numbers import convert_numbers
from core.preprocessing.column_types.thousands import separates_thousands
from core.preprocessing.naming import quote_names
from core.preprocessing.schema import Change, ColumnReading, DateFormat, NumberFormat

FEW_TOKENS = 3
MOST_WORDS = 10_000  # distinct texts; more are no words that recur
FEW_TO_TRY = 20  # distinct cells that suggest a format of dates
EIGHT_DIGITS = "[0-9]{8}"
AFFIXED = (
    r"\(?[+-]?[0-9][0-9.,'’ ]*\s*[^0-9\s()]{1,8}\)?|[^0-9\s()]{1,8}\s*[0-9][0-9.,'’ ]*"  # a number and a sign or unit
)


def convert_text(cells: Cells, choice: Choice) -> TypedColumn:
    """Convert a text column to the chosen kind, or to numbers or dates if every cell is one; else leave it text."""
    if cells.distinct.empty:
        return _empty(cells, choice)
    typed = _as_marked(cells, choice) or _as_ordered(cells, choice)
    if typed is None:
        typed = _convert(cells, choice)
    return replace(typed, notes=(*typed.notes, *_note_unused(cells, choice, typed)))


def _as_marked(cells: Cells, choice: Choice) -> TypedColumn | None:
    """Return the column as numbers with its own decimal mark, None if none was chosen or it fits no cell."""
    mark = choice.own_decimal
    if mark is None or choice.kind not in (None, "number"):
        return None
    unusual = _as_spelled_numbers(cells, replace(choice, decimal=mark, strict=True))
    if unusual is not None:
        return unusual
    thousands = None if choice.thousands == mark else choice.thousands
    spelled = guess_number_format(cells.distinct, mark, thousands, strict=True)
    if spelled is None:
        spelled, fits = closest_number_format(cells.distinct, cells.rows, mark, thousands, strict=True)
        if not fits.any():
            return None
        choice = replace(choice, kind="number")
    return convert_numbers(cells, spelled, plain_digits(cells.distinct, spelled), choice)


def _as_ordered(cells: Cells, choice: Choice) -> TypedColumn | None:
    """Return the column as dates in the order chosen for it, None if none was or it fits no cell."""
    if choice.dates.order is None or choice.kind not in (None, "date"):
        return None
    how = (cells.name, choice.decimal, choice.day_first, choice.dates)
    calendar = guess_date_format(cells.distinct, *how) or guess_spelled_dates(cells.distinct, *how)
    if calendar is None:
        calendar = closest_date_format(cells.distinct, cells.rows, *how)
        if np.isnat(calendar.dates).all():
            return None
        choice = replace(choice, kind="date")
    return convert_dates(cells, calendar, choice)


def _note_unused(cells: Cells, choice: Choice, typed: TypedColumn) -> Iterator[str]:
    """Yield a note on each choice for this column that fits no cell of it."""
    name, spelled = quote_names([cells.name]), typed.reading.conversion
    if choice.kind not in (None, typed.reading.kind):
        return
    dates = spelled if isinstance(spelled, DateFormat) else None
    if choice.dates.order is not None and (dates is None or not is_in_order(dates.format, choice.dates.order)):
        yield _("{name}: the chosen order of day, month and year fits no cell and was left aside.").format(name=name)
    if choice.dates.century is not None and (dates is None or dates.century is None):
        yield _("{name}: no year has two digits, and the chosen century was left aside.").format(name=name)
    if choice.own_decimal is not None and typed.reading.kind not in ("number", "identifier"):
        yield _("{name}: the chosen decimal mark fits no cell and was left aside.").format(name=name)


def _convert(cells: Cells, choice: Choice) -> TypedColumn:
    if choice.kind is not None:
        return _as_chosen(cells, choice)
    if is_named_like_a_date(cells.name) and matches(cells.distinct, EIGHT_DIGITS).all():
        calendar = guess_date_format(cells.distinct, cells.name, choice.decimal, choice.day_first, choice.dates)
        if calendar is not None:
            return convert_dates(cells, calendar, choice)
    if separates_thousands(cells.distinct, choice.decimal, choice.mark):
        grouped = NumberFormat("," if choice.decimal == "." else ".", choice.decimal)
        return convert_numbers(cells, grouped, plain_digits(cells.distinct, grouped), choice)
    spelled = guess_number_format(cells.distinct, choice.decimal, choice.thousands, strict=choice.strict)
    if spelled is not None:
        digits = plain_digits(cells.distinct, spelled)
        kept = _why_kept(digits) or ("codes" if are_codes(cells.distinct, digits, cells.name, cells.count) else None)
        return convert_numbers(cells, spelled, digits, choice) if kept is None else _as_text(cells, choice, kept=kept)
    unusual = _as_spelled_numbers(cells, choice) or _as_times(cells, choice)
    if unusual is not None:
        return unusual
    if are_school_years(cells.distinct):
        note = _("{name}: {cell} was read as two years in a row, not as a month; it stayed text.")
        return _as_text(cells, choice, notes=(note.format(**_example(cells)),))
    how = (cells.name, choice.decimal, choice.day_first, replace(choice.dates, order=None))
    calendar = guess_date_format(cells.distinct, *how)
    if calendar is None:
        calendar = guess_spelled_dates(cells.distinct, *how)
    if calendar is not None:
        doubts = _note_no_dates(cells, calendar)
        return _as_text(cells, choice, notes=doubts) if doubts else convert_dates(cells, calendar, choice)
    typed = _as_text(cells, choice, notes=_note_stray_text(cells, choice) or _note_stray_dates(cells, choice))
    return replace(typed, doubts=list_doubts(cells, choice))


def _as_spelled_numbers(cells: Cells, choice: Choice) -> TypedColumn | None:
    """Return the column as numbers if all cells are in spellings such as 1.2k or 12.3[1], else None."""
    plain = plain_pattern(choice.decimal)
    for texts in (cells.distinct.iloc[:FEW_TO_TRY], cells.distinct):  # the first of most texts, maybe many, do not fit
        odd = texts[~matches(texts, plain)]
        spellings = find_spellings(odd, has_plain=len(odd) < len(texts))
        tried = apply_steps(odd[odd != NO_VALUE], steps_of(spellings))
        if guess_number_format(tried, choice.decimal, choice.thousands, strict=choice.strict) is None:
            return None
    if not spellings:
        return None
    if is_flagged(spellings) and (colons := cells.distinct == NO_VALUE).any():
        cells = cells.without(colons.to_numpy(dtype=bool))
        choice = replace(choice, codes=(*choice.codes, NO_VALUE))
    steps = steps_of(spellings)
    texts = apply_steps(cells.distinct, steps)
    spelled = guess_number_format(texts, choice.decimal, choice.thousands, strict=choice.strict)
    if spelled is None:
        return None
    spelled = replace(spelled, steps=steps)
    digits = plain_digits(cells.distinct, spelled)
    if _why_kept(digits) is not None:
        return None
    typed = convert_numbers(cells, spelled, digits, choice)
    notes = note_spellings(spellings, cells.distinct, quote_names([cells.name]))
    return replace(typed, notes=(*typed.notes, *notes))


def _as_times(cells: Cells, choice: Choice) -> TypedColumn | None:
    """Return times of the day and durations, such as 06:30 and 26:15:00, as numbers; None for other cells."""
    spelled = NumberFormat(sexagesimal=True)
    pattern = number_pattern(spelled)
    if not (matches(cells.distinct.iloc[:1], pattern).all() and matches(cells.distinct, pattern).all()):
        return None
    return convert_numbers(cells, spelled, plain_digits(cells.distinct, spelled), choice)


def _note_no_dates(cells: Cells, calendar: Calendar) -> tuple[str, ...]:
    """Return a note on cells that could be dates but are of another calendar; () if they are not."""
    if not are_of_another_calendar(calendar.dates):
        return ()
    note = _("{name}: the years in {cell} look like those of another calendar; the dates stayed text.")
    return (note.format(**_example(cells)),)


def _example(cells: Cells) -> dict[str, str]:
    return {"name": quote_names([cells.name]), "cell": quote_names(cells.distinct.iloc[:1])}


def _as_chosen(cells: Cells, choice: Choice) -> TypedColumn:
    if choice.kind == "number":
        unusual = _as_spelled_numbers(cells, choice) or _as_times(cells, choice)
        if unusual is not None:
            return unusual
        spelled, _fits = closest_number_format(
            cells.distinct, cells.rows, choice.decimal, choice.thousands, strict=choice.strict
        )
        return convert_numbers(cells, spelled, plain_digits(cells.distinct, spelled), choice)
    if choice.kind == "date":
        how = (cells.name, choice.decimal, choice.day_first, replace(choice.dates, order=None))
        spelled_dates = guess_spelled_dates(cells.distinct, *how)
        closest = closest_date_format(cells.distinct, cells.rows, *how)
        return convert_dates(cells, spelled_dates or closest, choice)
    return _as_text(cells, choice)


def _as_text(cells: Cells, choice: Choice, kept: Kept | None = None, notes: tuple[str, ...] = ()) -> TypedColumn:
    cells, changes = _compose(cells)
    if choice.kind is None:
        guess = guess_texts(cells.distinct, cells.count, cells.name)
        if kept == "codes" and FEWEST_TO_NAME <= len(cells.distinct) == cells.count:
            guess = KindGuess("identifier", _("every value is distinct and looks like a code"))
    else:
        guess = KindGuess(choice.kind, _("chosen by you"))
    reading = ColumnReading(
        cells.name,
        guess.kind,
        guess.reason,
        None,
        choice.codes,
        choice.kind is None,
        cells.were_padded,
        composed=bool(changes),
    )
    if guess.kind == "category":
        notes = (*notes, *_note_cases(cells))
    return TypedColumn(cells.as_text(), reading, changes, notes=notes, kept=kept)


def _compose(cells: Cells) -> tuple[Cells, tuple[Change, ...]]:
    """Return the cells with accents composed with their letters (NFC): both spellings look alike."""
    import pyarrow.compute as pc

    if len(cells.distinct) > MOST_WORDS:
        return cells, ()
    texts = to_arrow(cells.distinct)
    if pc.all(pc.string_is_ascii(texts)).as_py():
        return cells, ()
    composed = from_arrow(pc.utf8_normalize(texts, form="NFC"))
    differ = (composed != cells.distinct).to_numpy(dtype=bool)
    if not differ.any():
        return cells, ()
    codes, merged = pd.factorize(composed)
    places = np.append(codes, -1)[cells.places].astype(np.int32)
    sentence = _("Accents were composed with their letters, so that equal words are equal: {name}.")
    change = cells.change(
        "values_converted",
        differ,
        sentence.format(name=quote_names([cells.name])),
        lambda place: str(composed.iloc[place]),
    )
    distinct = pd.Series(merged, dtype=cells.distinct.dtype)
    return replace(cells, distinct=distinct, places=places, as_given=None), (change,)


def _note_cases(cells: Cells) -> tuple[str, ...]:
    """Return a note on categories that differ in letter case alone."""
    alike = differing_in_case(map(str, cells.distinct))
    if not alike:
        return ()
    note = _("{name}: {values} differ in letter case alone and are categories of their own.")
    return (note.format(name=quote_names([cells.name]), values=quote_names(alike)),)


def _empty(cells: Cells, choice: Choice) -> TypedColumn:
    reading = ColumnReading(cells.name, "empty", _("no row has a value"), None, choice.codes, choice.kind is None)
    return TypedColumn(no_values(len(cells.places), cells.name), reading)


def _why_kept(digits: pd.Series) -> Kept | None:
    """Return what would be lost if these plain digits were converted."""
    odd = digits[matches(digits, ODD_WHOLE)]
    if matches(odd, LEADING_ZEROS).any():
        return "leading zeros"
    return "beyond 2**53" if has_beyond(odd) else None


def _note_stray_text(cells: Cells, choice: Choice) -> tuple[str, ...]:
    """Return a note on a column that would be numbers except for a few cells."""
    candidates = candidate_number_formats(cells.distinct, choice.decimal, choice.thousands, strict=choice.strict)
    if next(candidates, None) is None:
        return ()
    _spelled, fits = closest_number_format(
        cells.distinct, cells.rows, choice.decimal, choice.thousands, strict=choice.strict
    )
    if not _are_few(cells, ~fits):
        return ()
    stray = cells.distinct[~fits]
    if matches(stray, f"(?:{AFFIXED})").any():  # to take them as missing would lose numbers
        note = _("{name} is text because its numbers have different units or signs, as in {cells}.")
    else:
        note = _("{name} is text only because of the cells {cells}; declare them missing to read numbers.")
    return (note.format(name=quote_names([cells.name]), cells=quote_names(stray)),)


def _note_stray_dates(cells: Cells, choice: Choice) -> tuple[str, ...]:
    """Return a note on a column that would be dates except for a few cells."""
    first, rows = cells.distinct.iloc[:FEW_TO_TRY], cells.rows[:FEW_TO_TRY]
    has_digit = first.str.contains("[0-9]").to_numpy(dtype=bool)
    if 2 * int(rows[has_digit].sum()) <= int(rows.sum()):
        return ()
    calendar = closest_date_format(first, rows, cells.name, choice.decimal, choice.day_first)
    if 2 * int(rows[np.isnat(calendar.dates)].sum()) >= int(rows.sum()):
        return ()
    if are_of_another_calendar(calendar.dates):
        return _note_no_dates(cells, calendar)
    missed = np.isnat(to_dates(cells.distinct, calendar.spelled))
    if not _are_few(cells, missed):
        return ()
    note = _("{name} is text only because of the cells {cells}; declare them missing to read dates.")
    return (note.format(name=quote_names([cells.name]), cells=quote_names(cells.distinct[missed])),)


def _are_few(cells: Cells, stray: npt.NDArray[np.bool_]) -> bool:
    """Return whether at most three distinct texts, in less than half of the rows, do not fit."""
    return 0 < int(stray.sum()) <= FEW_TOKENS and 2 * int(cells.rows[stray].sum()) < cells.count
