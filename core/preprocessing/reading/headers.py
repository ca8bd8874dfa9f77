"""The names of the columns: stripped, never blank, made unique, and every change of one told."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.language import _
from core.preprocessing.naming import quote_names, unique_names
from core.preprocessing.reading.rows import Row
from core.preprocessing.reading.table import Cell, Change


@dataclass(frozen=True)
class Names:
    """The names, whether they differ from what stands in the file, and what was changed and noticed."""

    names: tuple[str, ...]
    renamed: bool
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()


def name_columns(header: Row | None, width: int) -> Names:
    """Name `width` columns by the row of names: a blank one becomes `column_3` by its place, later duplicates get
    `_2`, `_3`. Without such a row all are named by their place.
    """
    if header is None:
        note = _(
            "The file has no row of names, so columns were named column_1, column_2, ...; "
            "say so if its first row holds the names."
        )
        return Names(tuple(f"column_{place}" for place in range(1, width + 1)), True, notes=(note,))
    raw = [*header.cells[:width], *[""] * (width - len(header.cells))]
    stripped = [name.strip() for name in raw]
    named = [name or f"column_{place}" for place, name in enumerate(stripped, start=1)]
    names = unique_names(named)
    invented = [place for place, name in enumerate(stripped) if not name]
    renamed = [place for place in range(width) if names[place] != named[place]]
    changes = []
    if invented:
        sentence = _("Columns without a name were named by their place: {names}.")
        changes.append(_tell(sentence, invented, names, stripped, header.line))
    if renamed:
        sentence = _("Names that came twice were made unique: {names}.")
        changes.append(_tell(sentence, renamed, names, stripped, header.line))
    notes = [change.sentence for change in changes]
    if width == 1:
        notes.append(_("The table has a single column, “{name}”.").format(name=names[0]))
    return Names(tuple(names), names != raw, tuple(changes), tuple(notes))


def _tell(sentence: str, places: Sequence[int], names: Sequence[str], before: Sequence[str], line: int) -> Change:
    cells = tuple(Cell(None, line, names[place], before[place], names[place]) for place in places[:1_000])
    return Change(
        "columns_renamed", sentence.format(names=quote_names([names[place] for place in places])), len(places), cells
    )
