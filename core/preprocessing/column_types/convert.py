"""From cells to values: each column of a table gets a kind, and its cells become numbers, dates or text."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

import pandas as pd

from core.errors import InputError
from core.formatting import format_count, format_list
from core.language import _, ngettext, with_context
from core.preprocessing.column_types.arrow_columns import convert_arrow, is_text
from core.preprocessing.column_types.arrow_text import matches
from core.preprocessing.column_types.cells import Cells, Choice, TakenTokens, TypedColumn, split_cells
from core.preprocessing.column_types.codes import are_powers, is_named_like_a_code
from core.preprocessing.column_types.date_formats import DateChoice, is_named_like_a_date
from core.preprocessing.column_types.infer import Kind
from core.preprocessing.column_types.number_formats import safe_pattern
from core.preprocessing.column_types.text_columns import EIGHT_DIGITS, convert_text
from core.preprocessing.column_types.thousands import MarkKnown, may_separate
from core.preprocessing.naming import MOST_LISTED, quote_names
from core.preprocessing.schema import MOST_CELLS_LISTED, Cell, Change, ColumnReading, DateOrder, Doubt

if TYPE_CHECKING:
    import pyarrow as pa

THREADS = 2
MOST_SINGLE_BLOCKS = 100  # pandas warns of a fragmented frame above this number of columns


@dataclass(frozen=True, eq=False)
class Typed:
    """The columns as values.

    Attributes:
        frame: the values.
        columns: how each was read.
        changes: what was changed.
        notes: a sentence for everything guessed or changed, those of the changes among them.
        doubts: the columns for which another reading is as good.
    """

    frame: pd.DataFrame
    columns: tuple[ColumnReading, ...]
    changes: tuple[Change, ...]
    notes: tuple[str, ...]
    doubts: tuple[Doubt, ...] = ()


def convert_columns(
    cells: "pa.Table",
    *,
    decimal: str,
    missing: tuple[str, ...],
    thousands: str | None = None,
    kinds: Mapping[str, Kind] | None = None,
    codes: Mapping[str, Sequence[str]] | None = None,
    day_first: bool | None = None,
    line_of: Callable[[int], int | None] | None = None,
    strict: bool = False,
    mark: MarkKnown = "known",
    tokens: Mapping[str, TakenTokens] | None = None,
    date_orders: Mapping[str, DateOrder] | None = None,
    centuries: Mapping[str, int] | None = None,
    decimals: Mapping[str, str] | None = None,
    is_mark_shown: bool = False,
) -> Typed:
    """Convert the columns of a table of cells, shape (n, d); rows are labelled 0, 1, 2, ...

    A column of strings holds the cells as in the file: blanks around them are stripped, "" and the tokens `missing` are
    missing. Columns of other types (numbers converted while parsing, columns of Parquet or Excel) keep their values.
    `codes` are further tokens for single columns. In columns of numbers a token or code that is a number matches by
    value, however it is spelled.

    Without a chosen kind, a column is what all its cells are: numbers in one format, dates in one format, else text;
    `thousands` and `day_first` decide what is ambiguous; unless `strict`, a column may have another decimal mark than
    the file; `mark` is how far that of the file is known, `is_mark_shown` whether other cells show it; `tokens` are
    those found in columns that are numbers already. `date_orders`, `centuries` and `decimals` are as in `read_table`.
    With a chosen kind, the cells that do not fit it become missing and are listed; a category, text, identifier or
    yes/no is the text of the file.

    Numbers are rounded correctly to float64; int64 if all are whole and none is missing. Kept as text, unless numbers
    are chosen: leading zeros, and whole numbers above 2**53. Infinite numbers become missing. `line_of` gives the line
    of a row in the file, for the lists of changed cells. Choices for absent columns are ignored.

    Raises InputError for an unknown kind.
    """
    kinds = _check_kinds(kinds or {})

    taken: dict[str, TakenTokens] = dict(tokens or {})

    def convert(name: str) -> TypedColumn:
        own = tuple(code.strip() for code in (codes or {}).get(name, ()))
        dates = DateChoice((date_orders or {}).get(name), (centuries or {}).get(name))
        choice = Choice(
            decimal, missing, thousands, kinds.get(name), own, day_first, line_of, strict, mark, is_mark_shown, dates,
            (decimals or {}).get(name),
        )  # fmt: skip
        column = cells.column(name)
        if is_text(column.type):
            split = split_cells(name, column, (*missing, *own), line_of)
            if split.tokens:
                taken[name] = TakenTokens(split.tokens, sum(split.tokens.values()), split.taken)
            return _with_kept(convert_text(split, choice), split)
        return convert_arrow(name, column, choice)

    with ThreadPoolExecutor(THREADS) as threads:
        typed = list(threads.map(with_context(convert), cells.column_names))
    found = {name: taken[name] for name in cells.column_names if name in taken}
    tokens_taken = _report_tokens(found, line_of)
    changes = (*tokens_taken, *(change for column in typed for change in column.changes))
    notes = [note for column in typed for note in (*column.notes, *(change.sentence for change in column.changes))]
    notes = [*_note_kept(typed), *(change.sentence for change in tokens_taken), *notes]
    doubts = tuple(doubt for column in typed for doubt in column.doubts)
    return Typed(_join(cells, typed), tuple(column.reading for column in typed), changes, tuple(notes), doubts)


def _with_kept(typed: TypedColumn, cells: Cells) -> TypedColumn:
    """Return the column, with a note on the token for missing that is a value in it."""
    if not cells.kept:
        return typed
    note = _("{name}: {token} is kept as a value, since all others are codes of two letters as well.").format(
        name=quote_names([cells.name]), token=quote_names(cells.kept)
    )
    return replace(typed, reading=replace(typed.reading, kept=cells.kept), notes=(*typed.notes, note))


def _report_tokens(found: Mapping[str, TakenTokens], line_of: Callable[[int], int | None] | None) -> list[Change]:
    """Return the change of cells that hold a token for missing, with their number by column."""
    if not found:
        return []
    parts = [
        ngettext("{tokens} in {count} cell of {name}", "{tokens} in {count} cells of {name}", column.count).format(
            tokens=quote_names(column.tokens), count=format_count(column.count), name=quote_names([name])
        )
        for name, column in list(found.items())[:MOST_LISTED]
    ]
    if len(found) > MOST_LISTED:
        more = len(found) - MOST_LISTED
        parts.append(ngettext("in {count} more column", "in {count} more columns", more).format(count=more))
    each = MOST_CELLS_LISTED // len(found) + 1
    rows = [(row, name, token) for name, column in found.items() for row, token in column.taken[:each]]
    listed = [Cell(row, line_of(row) if line_of else None, name, token, "") for row, name, token in rows]
    sentence = _("Taken as missing: {parts}.").format(parts="; ".join(parts))
    total = sum(column.count for column in found.values())
    return [Change("values_taken_as_missing", sentence, total, tuple(listed[:MOST_CELLS_LISTED]))]


def plain_number_types(
    sample: "pa.Table",
    *,
    decimal: str,
    missing: tuple[str, ...],
    kinds: Mapping[str, Kind] | None = None,
    codes: Mapping[str, Sequence[str]] | None = None,
    mark: MarkKnown = "known",
) -> "dict[str, pa.DataType]":
    """Return the type of each column of strings that looks like plain numbers, so that it can be parsed as such.

    int64 if all are whole, else float64. Left out are columns without a value, with leading zeros, infinite numbers or
    whole ones of more than 15 digits, columns with a chosen kind or their own codes, eight digits under a name of
    dates, and columns in which the decimal mark may separate thousands.
    """
    found = {}
    for name in sample.column_names:
        if name in (kinds or {}) or name in (codes or {}) or not is_text(sample.column(name).type):
            continue
        distinct = split_cells(name, sample.column(name), missing, with_tokens=False).distinct
        if (type_ := _plain_type(distinct, name, decimal)) is not None and not may_separate(distinct, decimal, mark):
            found[name] = type_
    return found


def _plain_type(distinct: pd.Series, name: str, decimal: str) -> "pa.DataType | None":
    import pyarrow as pa

    if distinct.empty or not matches(distinct, safe_pattern(decimal)).all():
        return None
    if is_named_like_a_date(name) and matches(distinct, EIGHT_DIGITS).all():
        return None
    if is_named_like_a_code(name) or are_powers(distinct):
        return None
    return pa.int64() if matches(distinct, "-?[0-9]+").all() else pa.float64()


def _check_kinds(kinds: Mapping[str, Kind]) -> Mapping[str, Kind]:
    choices = [kind for kind in get_args(Kind) if kind != "empty"]
    for name, kind in kinds.items():
        if kind not in choices:
            raise InputError(
                _("The column “{column}” cannot be of the kind {kind}; choose one of {choices}.").format(
                    column=name, kind=repr(kind), choices=format_list(choices)
                )
            )
    return kinds


def _join(cells: "pa.Table", typed: Sequence[TypedColumn]) -> pd.DataFrame:
    index = pd.RangeIndex(cells.num_rows)
    columns = {column.reading.name: column.values.set_axis(index) for column in typed}
    return pd.DataFrame(columns, index=index, copy=len(columns) > MOST_SINGLE_BLOCKS)


def _note_kept(typed: Sequence[TypedColumn]) -> list[str]:
    padded = [column.reading.name for column in typed if column.kept == "leading zeros"]
    beyond = [column.reading.name for column in typed if column.kept == "beyond 2**53"]
    codes = [column.reading.name for column in typed if column.kept == "codes"]
    notes = []
    if codes:
        notes.append(
            _(
                "Numbers that look like codes, such as phone numbers and postal codes, were kept as text: {names}."
            ).format(names=quote_names(codes))
        )
    if padded:
        notes.append(_("Numbers with leading zeros were kept as text: {names}.").format(names=quote_names(padded)))
    if beyond:
        notes.append(
            _("Whole numbers above 2⁵³ were kept as text, since float64 would round them: {names}.").format(
                names=quote_names(beyond)
            )
        )
    return notes
