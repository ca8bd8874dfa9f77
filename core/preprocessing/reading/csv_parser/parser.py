"""From the text of a table to its columns: bounds, dialect, names, cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from core.errors import InputError
from core.language import _
from core.preprocessing.column_types.cells import TakenTokens
from core.preprocessing.column_types.convert import plain_number_types
from core.preprocessing.column_types.thousands import MarkKnown
from core.preprocessing.limits import check_columns, check_width
from core.preprocessing.read_options import Options, choose_columns
from core.preprocessing.reading.csv_parser.arrow import Grid
from core.preprocessing.reading.csv_parser.change_report import (
    note_beyond,
    report_left_out,
    report_ragged,
    report_sample,
    report_skipped,
)
from core.preprocessing.reading.csv_parser.columns import ParsedColumns, Progress, collect_columns
from core.preprocessing.reading.csv_parser.csv_dialect import (
    doubtful_mark,
    find_decimal,
    find_dialect,
    is_mark_shown,
)
from core.preprocessing.reading.csv_parser.header_detection import Names, filled, name_columns
from core.preprocessing.reading.csv_parser.missing_tokens import find_tokens
from core.preprocessing.reading.csv_parser.raw_rows import CutRows
from core.preprocessing.reading.csv_parser.rows import Dialect
from core.preprocessing.reading.csv_parser.rows_between import (
    Repeat,
    leave_out_repeats,
    report_repeats,
    skipped_places,
)
from core.preprocessing.reading.csv_parser.sampling import sample_blocks
from core.preprocessing.reading.csv_parser.table_bounds import TableBounds, find_table_bounds
from core.preprocessing.reading.csv_parser.text_edits import apply_edits, delimiter_of, find_edits, note_edits
from core.preprocessing.reading.csv_parser.tokenizer import Tokenizer
from core.preprocessing.schema import Change

if TYPE_CHECKING:
    import pyarrow as pa

SMALL = 1 << 16  # bytes
WIDE = 100  # columns


@dataclass(frozen=True, eq=False)
class ParsedTable:
    """The cells of a table under their names, and how they were read.

    Attributes:
        cells: the columns as text.
        names: of all columns in the file's order.
        dialect: delimiter and quote.
        decimal: the decimal mark.
        doubtful: a cell such as 1.234 if the decimal mark could as well separate thousands, else None.
        raw: finds a row in the text again.
        header_row: as in `Reading`.
        skipped: as in `Reading`.
        regular: as in `Reading`.
        renamed: as in `Reading`.
        changes: what was changed.
        notes: a sentence for everything guessed, changed or left out.
        edits: as in `Reading`.
        tokens: the tokens for missing in columns that were parsed as numbers.
        is_mark_shown: whether some of the first cells show the decimal mark.
    """

    cells: "pa.Table"
    names: tuple[str, ...]
    dialect: Dialect
    decimal: str
    doubtful: str | None
    raw: CutRows
    header_row: int | None
    skipped: tuple[int, ...]
    regular: bool
    renamed: bool
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    edits: tuple[tuple[str, str], ...] = ()
    tokens: Mapping[str, TakenTokens] = field(default_factory=dict)
    is_mark_shown: bool = False


def parse_table(data: bytes, options: Options, progress: Progress) -> ParsedTable:
    """Parse UTF-8 text into the columns of a table.

    Raises InputError for text without a table, or with a quote that is not closed; LimitError for a table that is too
    large.
    """
    edits = find_edits(data, options.delimiter, options.quote, options.missing)
    data = apply_edits(data, edits)
    dialect = find_dialect(data, delimiter_of(edits) or options.delimiter, options.missing, options.quote)
    extent = find_table_bounds(
        data, dialect, options.header, options.skip_end, options.missing, keep_sums=options.keep_sums
    )
    check_width(extent.width)
    data, extent, repeats = leave_out_repeats(data, extent, dialect, options.missing)
    decimal = find_decimal(extent.sample, dialect.delimiter, options.decimal, options.thousands)
    is_open = options.decimal is None and options.thousands is None
    doubtful = doubtful_mark(extent.sample, decimal) if is_open else None
    named = extent.width if extent.header is None else filled(extent.header.cells)
    names = name_columns(extent.header, max(named, 1))
    places = choose_columns(names.names, options.columns)
    check_columns(len(places), names.names)
    cutter = Tokenizer(
        data, Grid(dialect, extent.width, decimal, options.missing), extent.start, extent.end, extent.line
    )
    known = mark_known(doubtful, dialect.delimiter)
    cutter.types = _plain_types(cutter, names, places, options, known)
    nameless = list(range(len(names.names), extent.width))
    chosen = [names.names[place] for place in places]
    gathered = collect_columns(cutter, [*places, *nameless], options.sample, progress, chosen)
    if not gathered.rows:
        raise InputError(_("The file has a header but no rows; at least one row is needed."))
    reach = max([place for place in nameless if _is_filled(gathered, place)], default=-1) + 1
    if extent.header is not None and len(names.names) < reach <= len(extent.header.cells):
        names = name_columns(extent.header, reach)
        places = choose_columns(names.names, options.columns)
    parsed = _account(cutter, extent, gathered, names, places, repeats)
    by_place = {place: names.names[place] for place in places}
    return replace(
        parsed,
        doubtful=doubtful,
        edits=edits,
        is_mark_shown=is_mark_shown(extent.sample, decimal),
        tokens=find_tokens(cutter, gathered, parsed.raw, by_place, options.sample),
        notes=(*note_edits(edits), *parsed.notes),
    )


def mark_known(doubtful: str | None, delimiter: str) -> MarkKnown:
    """Return how far the decimal mark is known; the comma between cells suggests a point in numbers."""
    return "known" if doubtful is None else "likely" if delimiter == "," else "open"


def _plain_types(
    cutter: Tokenizer, names: Names, places: Sequence[int], options: Options, known: MarkKnown
) -> "dict[int, pa.DataType]":
    """Return the types of columns that look like plain numbers and have no options of their own."""
    is_small = cutter.end - cutter.start < SMALL and cutter.grid.width < WIDE  # then typed parsing saves no time
    one_column = cutter.grid.width == 1  # whose blank lines are distinguished from cells by their text
    if is_small or one_column or options.thousands == cutter.grid.decimal:
        return {}
    sample = (
        sample_blocks(cutter).select(list(map(str, places))).rename_columns([names.names[place] for place in places])
    )
    types = plain_number_types(
        sample,
        decimal=cutter.grid.decimal,
        missing=cutter.grid.missing,
        kinds=options.kinds,
        codes={**options.codes, **options.decimals, **options.date_orders},  # whose cells are needed as text
        mark=known,
    )
    return {place: types[names.names[place]] for place in places if names.names[place] in types}


def _is_filled(gathered: ParsedColumns, place: int) -> bool:
    import pyarrow.compute as pc

    return bool(pc.any(pc.not_equal(pc.utf8_trim_whitespace(gathered.cells.column(str(place))), "")).as_py())


def _account(
    cutter: Tokenizer,
    extent: TableBounds,
    gathered: ParsedColumns,
    names: Names,
    places: Sequence[int],
    repeats: Sequence[Repeat],
) -> ParsedTable:
    """Return the cells under their names, with the changes and notes on the rest."""
    dialect, ragged, width = cutter.grid.dialect, cutter.ragged, len(names.names)
    raw = CutRows(cutter.data, dialect, extent.start, extent.line, gathered.stretches, tuple(places), gathered.drawn)
    note_beyond(ragged, gathered, range(width, extent.width), raw)
    kept = [names.names[place] for place in places]
    changes = [
        *report_skipped(extent, dialect.delimiter),
        *report_repeats(repeats, extent, dialect.delimiter),
        *names.changes,
        *report_ragged(ragged, names.names, gathered.rows, extent.width - width, raw.label),
        *report_left_out(names.names, kept),
        *([] if gathered.drawn is None else [report_sample(len(gathered.drawn), gathered.rows)]),
    ]
    reported = {change.sentence for change in names.changes}
    after = extent.first + gathered.rows + len(repeats)
    above = sorted([*(place for place, _row in extent.above), *([] if extent.groups is None else [extent.groups])])
    return ParsedTable(
        cells=gathered.cells.select(list(map(str, places))).rename_columns(kept),
        names=names.names,
        dialect=dialect,
        decimal=cutter.grid.decimal,
        doubtful=None,
        raw=raw,
        header_row=extent.header_row,
        skipped=(
            *above,
            *skipped_places(repeats, raw, extent.first),
            *range(after, after + len(extent.below)),
        ),
        regular=not ragged.lengths and width == extent.width and dialect == Dialect(dialect.delimiter.strip(" ")),
        renamed=names.renamed or extent.header_differs,
        changes=tuple(changes),
        notes=(
            *extent.notes,
            *names.notes,
            *(change.sentence for change in changes if change.sentence not in reported),
        ),
    )
