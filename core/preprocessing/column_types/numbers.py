"""Convert a text column to numbers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.language import _, ngettext
from core.preprocessing.column_types.arrow_text import matches, no_values
from core.preprocessing.column_types.cells import Cells, Choice, TypedColumn
from core.preprocessing.column_types.codes import are_powers
from core.preprocessing.column_types.doubts import number_doubts
from core.preprocessing.column_types.infer import KindGuess, guess_numbers, write_value
from core.preprocessing.column_types.number_formats import (  # fmt: skip
    LARGEST_WHOLE,
    ODD_WHOLE,
    WHOLE,
    is_ambiguous,
    plain_pattern,
    read_digits,
    to_numbers,
)
from core.preprocessing.naming import quote_names
from core.preprocessing.schema import Change, ColumnReading, NumberFormat


def convert_numbers(cells: Cells, spelled: NumberFormat, digits: pd.Series, choice: Choice) -> TypedColumn:
    """Convert the cells that fit the format; the others become missing, as do infinite numbers and codes.

    `digits` are the distinct texts as `plain_digits` gives them. A column left without a value has the kind empty, and
    so the dtype `str`.
    """
    numbers = read_digits(digits, spelled)
    stray, infinite = digits.isna().to_numpy(dtype=bool), np.isinf(numbers)
    numbers[infinite] = np.nan
    numbers[np.isin(numbers, code_values((*choice.missing, *choice.codes), spelled))] = np.nan
    plain = matches(cells.distinct, plain_pattern(choice.decimal))
    if spelled.group == choice.decimal:  # the mark of the file separates thousands here
        plain &= ~cells.distinct.str.contains(choice.decimal, regex=False).to_numpy(dtype=bool)
    altered = ~plain if choice.kind is None else ~plain | matches(digits, ODD_WHOLE)
    is_whole = _are_whole(digits, numbers, spelled)
    values = _spread_numbers(cells, numbers, is_whole)
    guess = say_kind(values, cells.name, choice)
    is_plain = bool(plain[~stray].all()) and not spelled.steps and not spelled.sexagesimal
    conversion = None if is_plain else spelled
    reading = ColumnReading(
        cells.name,
        guess.kind,
        guess.reason,
        conversion,
        choice.codes,
        choice.kind is None,
        cells.were_padded,
        bool(infinite.any()),
    )
    changes = [
        *_tell_converted(cells, numbers, spelled, altered & ~np.isnan(numbers)),
        *_tell_missing(cells, infinite, stray),
    ]
    series = pd.Series(values, name=cells.name) if guess.kind != "empty" else no_values(len(values), cells.name)
    notes = () if choice.own_decimal is not None else tuple(_note_guess(cells, spelled))
    return TypedColumn(series, reading, tuple(changes), notes, doubts=number_doubts(cells, spelled, choice))


def code_values(codes: Sequence[str], spelled: NumberFormat) -> npt.NDArray[np.float64]:
    """Return the tokens for missing that are numbers, plain or in the column's format, as float64."""
    numeric = [code for code in codes if any(map(str.isdigit, code))]  # most tokens are not; tables may be wide
    if not numeric:
        return np.array([])
    texts = pd.Series(numeric, dtype="str").str.strip()
    found = [to_numbers(texts, one) for one in (replace(spelled, percent=False), spelled, NumberFormat())]
    values = np.concatenate(found)
    return values[np.isfinite(values)]


def _are_whole(digits: pd.Series, numbers: npt.NDArray[np.float64], spelled: NumberFormat) -> bool:
    present = digits[~np.isnan(numbers)]
    if spelled.sexagesimal:
        return not present.str.contains(".", regex=False).any()
    return not spelled.percent and bool(matches(present.iloc[:1], WHOLE).all() and matches(present, WHOLE).all())


def _spread_numbers(
    cells: Cells, numbers: npt.NDArray[np.float64], is_whole: bool
) -> npt.NDArray[np.float64] | npt.NDArray[np.int64]:
    """Return the numbers of all rows: int64 if they are whole, none is missing and none above 2**53."""
    has_gap = bool((cells.places < 0).any()) or bool(np.isnan(numbers).any())
    if is_whole and not has_gap and bool((np.abs(numbers) <= LARGEST_WHOLE).all()):
        return cells.spread(numbers.astype(np.int64), 0)
    return cells.spread(numbers, np.nan)


def say_kind(values: npt.NDArray[np.float64] | npt.NDArray[np.int64], name: str, choice: Choice) -> KindGuess:
    """Return the chosen kind, else that of the numbers, shape (n,), NaN where missing; without any it is empty."""
    if bool(np.isnan(values).all()):
        return KindGuess("empty", _("no row has a value"))
    return guess_numbers(values, name) if choice.kind is None else KindGuess(choice.kind, _("chosen by you"))


def _tell_converted(
    cells: Cells, numbers: npt.NDArray[np.float64], spelled: NumberFormat, which: npt.NDArray[np.bool_]
) -> list[Change]:
    if not which.any():
        return []
    place = int(np.flatnonzero(which)[0])
    example = {"before": quote_names([cells.distinct.iloc[place]]), "after": write_value(float(numbers[place]))}
    if spelled.sexagesimal:
        sentence = _(
            "Times were counted in seconds, or in minutes if they have none: {name} ({before} became {after})."
        )
    elif spelled.percent:
        sentence = _("Percentages were divided by 100: {name} ({before} became {after}).")
    elif spelled.group is not None:
        sentence = _("Thousands separators were removed from the numbers: {name} ({before} became {after}).")
    elif spelled.symbols:
        sentence = _("Currencies and units were removed from the numbers: {name} ({before} became {after}).")
    else:
        sentence = _("Cells were rewritten as plain numbers: {name} ({before} became {after}).")
    sentence = sentence.format(name=quote_names([cells.name]), **example)
    return [cells.change("values_converted", which, sentence, lambda one: write_value(float(numbers[one])))]


def _tell_missing(cells: Cells, infinite: npt.NDArray[np.bool_], stray: npt.NDArray[np.bool_]) -> list[Change]:
    name = quote_names([cells.name])
    changes = []
    if infinite.any():
        sentence = say_infinite(cells.name, int(cells.rows[infinite].sum()))
        changes.append(cells.change("values_taken_as_missing", infinite, sentence))
    if stray.any():
        count = int(cells.rows[stray].sum())
        sentence = ngettext(
            "{name}: {count} cell is not a number and counts as missing ({cells}).",
            "{name}: {count} cells are not numbers and count as missing ({cells}).",
            count,
        ).format(name=name, count=count, cells=quote_names(cells.distinct[stray]))
        changes.append(cells.change("values_taken_as_missing", stray, sentence))
    return changes


def say_infinite(name: str, count: int) -> str:
    """Return the note on numbers that count as missing because they are not finite."""
    return ngettext(
        "{name}: {count} value is infinite or too large for a float and counts as missing.",
        "{name}: {count} values are infinite or too large for a float and count as missing.",
        count,
    ).format(name=quote_names([name]), count=count)


def _note_guess(cells: Cells, spelled: NumberFormat) -> list[str]:
    if are_powers(cells.distinct):
        note = _(
            "{name}: cells such as {cell} were read as numbers with a power of ten; if they are codes, choose text."
        )
        return [note.format(name=quote_names([cells.name]), cell=quote_names(cells.distinct.iloc[:1]))]
    if not is_ambiguous(cells.distinct, spelled):
        return []
    marked = cells.distinct[cells.distinct.str.contains(str(spelled.group), regex=False)]
    return [
        _("{name}: the mark in {cell} could also be a decimal mark; it was read as a thousands separator.").format(
            name=quote_names([cells.name]), cell=quote_names(marked.iloc[:1])
        )
    ]
