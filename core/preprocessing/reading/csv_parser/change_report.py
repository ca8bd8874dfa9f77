"""What parsing left out, added or renamed, as changes with the cells."""

from collections.abc import Callable, Sequence

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.naming import quote_names
from core.preprocessing.reading.csv_parser.columns import ParsedColumns
from core.preprocessing.reading.csv_parser.raw_rows import CutRows
from core.preprocessing.reading.csv_parser.rows import Ragged, Row
from core.preprocessing.reading.csv_parser.table_bounds import TableBounds
from core.preprocessing.schema import MOST_CELLS_LISTED, Cell, Change

Label = Callable[[int], int | None]  # from the number of a data row to its label in the frame


def report_skipped(extent: TableBounds, delimiter: str) -> list[Change]:
    """Return the changes for rows above and below the table, and below its names, that are not part of it."""
    names = extent.header.start if extent.header is not None else 0
    above = [row for _place, row in extent.above if row.start <= names or extent.header is None]
    units = [row for _place, row in extent.above if row.start > names and extent.header is not None]
    changes = []
    if above:
        sentence = ngettext(
            "{count} row before the table was left out: {rows}.",
            "{count} rows before the table were left out: {rows}.",
            len(above),
        )
        changes.append(_report_rows(sentence, above, delimiter))
    if units:
        sentence = ngettext(
            "{count} row below the names was left out: {rows}.",
            "{count} rows below the names were left out: {rows}.",
            len(units),
        )
        changes.append(_report_rows(sentence, units, delimiter))
    if extent.below:
        sentence = ngettext(
            "{count} row at the end, below the table, was left out: {rows}.",
            "{count} rows at the end, below the table, were left out: {rows}.",
            len(extent.below),
        )
        changes.append(_report_rows(sentence, extent.below, delimiter))
    return changes


def report_ragged(ragged: Ragged, names: Sequence[str], rows: int, dropped: int, label: Label) -> list[Change]:
    """Return the changes for rows longer or shorter than `names`; `dropped` further columns were blank in every row."""
    width = len(names)
    trailing = rows - sum(ragged.lengths[length] for length in ragged.lengths if length <= width) if dropped else 0
    changes = []
    if trailing := max(trailing - ragged.rows_beyond, ragged.trailing):
        sentence = ngettext(
            "{count} row ends in an extra delimiter, which was left out.",
            "{count} rows end in an extra delimiter, which was left out.",
            trailing,
        )
        changes.append(Change("cells_left_out", sentence.format(count=trailing), trailing))
    short = {length: count for length, count in ragged.lengths.items() if length < width}
    if short:
        changes.append(_report_short(ragged, names, short, label))
    if ragged.rows_beyond:
        sentence = ngettext(
            "{count} row has more cells than the header; the extra cells were left out.",
            "{count} rows have more cells than the header; the extra cells were left out.",
            ragged.rows_beyond,
        ).format(count=ragged.rows_beyond)
        cells = tuple(
            Cell(label(row), line, f"column_{place + 1}", text, "") for row, line, place, text in ragged.beyond
        )
        changes.append(Change("cells_left_out", sentence, ragged.cells_beyond, cells))
    return changes


def note_beyond(ragged: Ragged, gathered: ParsedColumns, places: Sequence[int], raw: CutRows) -> None:
    """Count the cells after the last named column that every row has, but that are blank in nearly all of them."""
    import pyarrow.compute as pc

    for place in places:
        column = gathered.cells.column(str(place))
        filled = pc.indices_nonzero(pc.not_equal(pc.utf8_trim_whitespace(column), "")).to_pylist()
        ragged.rows_beyond += len(filled)
        ragged.cells_beyond += len(filled)
        for label in filled[: MOST_CELLS_LISTED - len(ragged.beyond)]:
            ragged.beyond.append((raw.number(label), raw.line_of(label), place, column[label].as_py()))


def report_sample(sample: int, rows: int) -> Change:
    """Return the change for a sample of rows."""
    sentence = _("A sample of {sample} of the {rows} rows was read, drawn at random with seed 0.")
    return Change("rows_left_out", sentence.format(sample=format_count(sample), rows=format_count(rows)), rows - sample)


def report_left_out(names: Sequence[str], kept: Sequence[str]) -> list[Change]:
    """Return the change for columns that were not read."""
    left_out = [name for name in names if name not in set(kept)]
    if not left_out:
        return []
    sentence = _("{count} of {all} columns were read; left out: {names}.").format(
        count=len(names) - len(left_out), all=len(names), names=quote_names(left_out)
    )
    cells = tuple(Cell(None, None, name, name, "") for name in left_out[:MOST_CELLS_LISTED])
    return [Change("columns_left_out", sentence, len(left_out), cells)]


def _report_rows(sentence: str, rows: Sequence[Row], delimiter: str) -> Change:
    texts = [delimiter.join(row.cells).strip(f" \t{delimiter}") for row in rows]
    cells = tuple(
        Cell(None, row.line, "", text, "") for row, text in zip(rows[:MOST_CELLS_LISTED], texts, strict=False)
    )
    shown = quote_names(filter(None, texts))
    return Change("rows_left_out", sentence.format(count=len(rows), rows=shown), len(rows), cells)


def _report_short(ragged: Ragged, names: Sequence[str], short: dict[int, int], label: Label) -> Change:
    count = sum(short.values())
    sentence = ngettext(
        "{count} row has fewer cells than the header; the cells it lacks count as missing.",
        "{count} rows have fewer cells than the header; the cells they lack count as missing.",
        count,
    ).format(count=count)
    cells = [Cell(label(row), line, name, "", "") for row, line, length in ragged.short for name in names[length:]]
    added = sum((len(names) - length) * times for length, times in short.items())
    return Change("cells_added", sentence, added, tuple(cells[:MOST_CELLS_LISTED]))
