"""Convert a text column to dates."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.language import _, ngettext
from core.preprocessing.column_types.cells import Cells, Choice, TypedColumn
from core.preprocessing.column_types.date_formats import Calendar
from core.preprocessing.column_types.doubts import date_doubts
from core.preprocessing.column_types.values import write_value
from core.preprocessing.naming import quote_names
from core.preprocessing.schema import Change, ColumnReading

NO_DATE = np.datetime64("NaT", "us")


def convert_dates(cells: Cells, calendar: Calendar, choice: Choice) -> TypedColumn:
    """Convert the cells that fit the format to datetime64[us]; the others become missing."""
    stray = np.isnat(calendar.dates)
    example = cells.distinct[~stray].iloc[:1]
    if choice.kind is not None:
        reason = _("chosen by you")
    else:
        reason = _("all values read as dates like {example}").format(example=" ".join(example))
    reading = ColumnReading(
        cells.name, "date", reason, calendar.spelled, choice.codes, choice.kind is None, cells.were_padded
    )
    values = pd.Series(cells.spread(calendar.dates, NO_DATE), name=cells.name)
    changes = (*_tell_converted(cells, calendar, ~stray), *_tell_missing(cells, stray))
    notes = tuple(_note_guess(cells, calendar, choice))
    return TypedColumn(values, reading, changes, notes, doubts=date_doubts(cells, calendar))


def _tell_converted(cells: Cells, calendar: Calendar, which: npt.NDArray[np.bool_]) -> list[Change]:
    """Return the changes of cells that are not in ISO 8601, and of those with a time zone."""
    spelled = calendar.spelled
    if not which.any() or (spelled.format.startswith("%Y-%m") and not spelled.utc and not spelled.steps):
        return []
    place = int(np.flatnonzero(which)[0])

    def after(one: int) -> str:
        return write_value(pd.Timestamp(calendar.dates[one]))

    if calendar.spelled.utc:
        sentence = _("Times with a zone were converted to UTC: {name} ({before} became {after}).")
    else:
        sentence = _("Cells were read as dates: {name} ({before} became {after}).")
    sentence = sentence.format(
        name=quote_names([cells.name]), before=quote_names([cells.distinct.iloc[place]]), after=after(place)
    )
    return [cells.change("values_converted", which, sentence, after)]


def _tell_missing(cells: Cells, stray: npt.NDArray[np.bool_]) -> list[Change]:
    if not stray.any():
        return []
    count = int(cells.rows[stray].sum())
    sentence = ngettext(
        "{name}: {count} cell is not a date in the format of the others and counts as missing ({cells}).",
        "{name}: {count} cells are not dates in the format of the others and count as missing ({cells}).",
        count,
    ).format(name=quote_names([cells.name]), count=count, cells=quote_names(cells.distinct[stray]))
    return [cells.change("values_taken_as_missing", stray, sentence)]


def _note_guess(cells: Cells, calendar: Calendar, choice: Choice) -> list[str]:
    name, cell = quote_names([cells.name]), quote_names(cells.distinct[~np.isnat(calendar.dates)].iloc[:1])
    notes = []
    if calendar.is_ambiguous:
        if calendar.is_day_first:
            note = _("{name}: the order of day and month is ambiguous; {cell} was read with the day first.")
        else:
            note = _("{name}: the order of day and month is ambiguous; {cell} was read with the month first.")
        notes.append(note.format(name=name, cell=cell))
    if calendar.spelled.late:
        notes.append(_("{name}: 24:00 was read as 00:00 of the next day.").format(name=name))
    if calendar.is_year_ambiguous:
        notes.append(
            _("{name}: the order of year and day is ambiguous; {cell} was read with the year first.").format(
                name=name, cell=cell
            )
        )
    if calendar.century is not None and choice.dates.century is None:
        note = _("{name}: years of two digits were read as {first} to {last}.")
        notes.append(note.format(name=name, first=calendar.century, last=calendar.century + 99))
    return notes
