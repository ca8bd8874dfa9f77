"""The header of a table, and the rows that do not match it."""

from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _, ngettext
from core.preprocessing.naming import quote_names, unique_names
from core.preprocessing.reading.dialects import cells

MOST_COLUMNS = 2_000


@dataclass(frozen=True)
class Header:
    """The names of the columns, whether pandas would read the same ones by itself, and what was noticed."""

    names: tuple[str, ...]
    is_plain: bool
    notes: tuple[str, ...]


@dataclass
class _RowCounts:
    short: int = 0
    long: int = 0
    trailing: int = 0
    rows: int = 0


def read_header(text: str, delimiter: str) -> Header:
    """Read the names from the first row, and count the rows that have fewer or more cells than it.

    Names are stripped; a blank one becomes `column_3` by its place, later duplicates get `_2`, `_3`. Columns at the
    end with neither a name nor a value are only extra delimiters.
    Raises InputError for an empty file, a header without rows, and more than 2,000 columns.
    """
    raw = next(cells(text, delimiter), None)
    if raw is None:
        raise InputError(_("The file is empty; a header and at least one row are needed."))
    if len(raw) > MOST_COLUMNS:
        raise InputError(
            _("The table has {count} columns; at most {limit} can be read.").format(
                count=len(raw), limit=f"{MOST_COLUMNS:,}"
            )
        )
    width = len(raw)
    while width > 1 and not raw[width - 1].strip():
        width -= 1
    counts = _count_rows(text, delimiter, width)
    if counts.long and width < len(raw):
        width = len(raw)
        counts = _count_rows(text, delimiter, width)
    if not counts.rows:
        raise InputError(_("The file has a header but no rows; at least one row is needed."))
    names, notes = _name_columns(raw[:width])
    is_plain = names == raw and not counts.long and not counts.trailing
    return Header(tuple(names), is_plain, (*notes, *_row_notes(counts)))


def _count_rows(text: str, delimiter: str, width: int) -> _RowCounts:
    if _is_regular(text, delimiter, width):
        return _RowCounts(rows=1)
    counts = _RowCounts()
    rows = cells(text, delimiter)
    next(rows)
    for row in rows:
        counts.rows += 1
        if len(row) < width:
            counts.short += 1
        elif len(row) > width:
            if any(cell.strip() for cell in row[width:]):
                counts.long += 1
            else:
                counts.trailing += 1
    return counts


def _is_regular(text: str, delimiter: str, width: int) -> bool:
    """Say whether plain counting shows that every row has this width: a quick answer for large, clean files."""
    if '"' in text:
        return False
    data = np.frombuffer(text.encode("utf-8", errors="replace"), dtype=np.uint8)
    end, mark = ord("\n"), ord(delimiter)
    marks = data[(data == end) | (data == mark)]
    if len(data) and data[-1] != end:
        marks = np.append(marks, np.uint8(end))
    if width == 1 or len(marks) % width or len(marks) == width:
        return False
    rows = marks.reshape(-1, width)
    return bool((rows[:, -1] == end).all() and (rows[:, :-1] == mark).all())


def _name_columns(raw: list[str]) -> tuple[list[str], list[str]]:
    stripped = [name.strip() for name in raw]
    named = [name or f"column_{place}" for place, name in enumerate(stripped, start=1)]
    names = unique_names(named)
    notes = []
    invented = [name for name, given in zip(names, stripped, strict=True) if not given]
    renamed = [name for name, given in zip(names, named, strict=True) if name != given]
    if invented:
        notes.append(
            _("Columns without a name were named by their place: {names}.").format(names=quote_names(invented))
        )
    if renamed:
        notes.append(_("Names that came twice were made unique: {names}.").format(names=quote_names(renamed)))
    if len(names) > 1 and all(_is_number(name) for name in stripped):
        notes.append(_("The first row was taken as names, yet it holds numbers only; add a header if it has none."))
    if len(names) == 1:
        notes.append(_("The table has a single column, “{name}”.").format(name=names[0]))
    return names, notes


def _row_notes(counts: _RowCounts) -> list[str]:
    notes = []
    if counts.trailing:
        notes.append(
            ngettext(
                "{count} row ends in an extra delimiter, which was left out.",
                "{count} rows end in an extra delimiter, which was left out.",
                counts.trailing,
            ).format(count=counts.trailing)
        )
    if counts.short:
        notes.append(
            ngettext(
                "{count} row has fewer cells than the header; the rest of it counts as missing.",
                "{count} rows have fewer cells than the header; the rest of them counts as missing.",
                counts.short,
            ).format(count=counts.short)
        )
    if counts.long:
        notes.append(
            ngettext(
                "{count} row has more cells than the header; the extra cells were left out.",
                "{count} rows have more cells than the header; the extra cells were left out.",
                counts.long,
            ).format(count=counts.long)
        )
    return notes


def _is_number(name: str) -> bool:
    try:
        float(name)
    except ValueError:
        return False
    return True
