"""The cells of a text column: the distinct texts, and which of them each row has."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.column_types.arrow_text import from_arrow
from core.preprocessing.column_types.date_formats import NO_CHOICE, DateChoice
from core.preprocessing.column_types.infer import Kind
from core.preprocessing.column_types.thousands import MarkKnown
from core.preprocessing.schema import MOST_CELLS_LISTED, Cell, Change, ChangeKind, ColumnReading, Doubt

if TYPE_CHECKING:
    import pyarrow as pa

FEWEST_CODES = 3  # others of two letters that make NA a code

LineOf: TypeAlias = Callable[[int], int | None]
Kept: TypeAlias = Literal["leading zeros", "beyond 2**53", "codes"]


@dataclass(frozen=True)
class Choice:
    """What is settled before a column is looked at: by the file, and by a person for this column.

    Attributes:
        decimal: the decimal mark of the file.
        missing: the tokens for a missing value.
        thousands: the mark between groups of digits, None if not settled.
        kind: of this column, None if not settled.
        codes: what counts as missing in this column.
        day_first: whether 01/02/2026 is the first of February, None if not settled.
        line_of: the lines of rows in the file.
        strict: whether a person settled the decimal mark, so that no column has another.
        mark: how far the decimal mark of the file is known.
        is_mark_shown: whether other cells of the file show it.
        dates: what is settled for the dates of this column.
        own_decimal: the decimal mark of this column, None if not settled.
    """

    decimal: str
    missing: tuple[str, ...]
    thousands: str | None = None
    kind: Kind | None = None
    codes: tuple[str, ...] = ()
    day_first: bool | None = None
    line_of: LineOf | None = None
    strict: bool = False
    mark: MarkKnown = "known"
    is_mark_shown: bool = False
    dates: DateChoice = NO_CHOICE
    own_decimal: str | None = None


@dataclass(frozen=True)
class TakenTokens:
    """The cells of a column that hold a token for missing.

    Attributes:
        tokens: how many cells hold each token, of those that were read.
        count: how many cells hold one.
        taken: the first of them, as (row, token).
    """

    tokens: Mapping[str, int]
    count: int
    taken: tuple[tuple[int, str], ...]


@dataclass(frozen=True, eq=False)
class TypedColumn:
    """A column that was converted.

    Attributes:
        values: of the column.
        reading: how it was read.
        changes: what changed.
        notes: in addition to the changes.
        kept: why a column of nothing but numbers stayed text.
        doubts: other ways to read it that are as good.
    """

    values: pd.Series
    reading: ColumnReading
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    kept: Kept | None = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, eq=False)
class Cells:
    """A column of n cells of text, without blanks around them.

    Attributes:
        name: of the column.
        distinct: the k texts that differ, missing ones left out, in the order of their first cell.
        places (n,): which of them each row has, -1 where the cell is missing.
        line_of: the lines of rows in the file.
        were_padded: whether some cells had blanks around them.
        as_given: the column as it was given, if there was nothing to take off or out.
        tokens: how many cells hold each of the tokens for missing, without empty cells.
        taken: the first of them, as (row, token).
        kept: tokens that are values here.
    """

    name: str
    distinct: pd.Series
    places: npt.NDArray[np.int32]
    line_of: LineOf | None = None
    were_padded: bool = False
    as_given: "pa.ChunkedArray | None" = None
    tokens: Mapping[str, int] = field(default_factory=dict)
    taken: tuple[tuple[int, str], ...] = ()
    kept: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> npt.NDArray[np.intp]:
        """The number of rows with each distinct text, shape (k,)."""
        return np.bincount(self.places + 1, minlength=len(self.distinct) + 1)[1:]

    @property
    def count(self) -> int:
        """The number of rows with a text."""
        return int(np.count_nonzero(self.places >= 0))

    def spread(self, values: npt.NDArray[Any], gap: object) -> npt.NDArray[Any]:
        """Return for each row the value of its text, shape (n,), and `gap` where it is missing."""
        extended = np.append(values, np.array([gap], dtype=values.dtype))
        return extended[self.places]  # index -1 is the last one

    def without(self, which: npt.NDArray[np.bool_]) -> "Cells":
        """Return the cells with the texts in `which` (k,) missing."""
        places = np.append(np.where(which, -1, np.cumsum(~which) - 1), -1)[self.places].astype(np.int32)
        return replace(self, distinct=self.distinct[~which].reset_index(drop=True), places=places, as_given=None)

    def as_text(self) -> pd.Series:
        """Return the column itself, shape (n,), of dtype `str`."""
        if self.as_given is not None:  # several times faster
            return from_arrow(self.as_given).rename(self.name)
        return pd.Series(self.distinct.array.take(self.places, allow_fill=True), name=self.name)

    def change(
        self, kind: ChangeKind, which: npt.NDArray[np.bool_], sentence: str, after: Callable[[int], str] = lambda _: ""
    ) -> Change:
        """Return the change of cells whose text is in `which` (k,); `after` formats the new value of a text."""
        rows = np.flatnonzero(self.spread(which, False))
        listed = []
        for row in rows[:MOST_CELLS_LISTED].tolist():
            place = int(self.places[row])
            line = self.line_of(row) if self.line_of else None
            listed.append(Cell(row, line, self.name, str(self.distinct.iloc[place]), after(place)))
        return Change(kind, sentence, len(rows), tuple(listed))


def split_cells(
    name: str,
    column: "pa.ChunkedArray",
    missing: Sequence[str],
    line_of: LineOf | None = None,
    *,
    with_tokens: bool = True,
) -> Cells:
    """Strip the cells of a string column, and leave out missing ones: null, "" and the tokens.

    NA among codes of two letters, such as those of countries, is a value. The tokens are neither counted nor looked at
    as values unless `with_tokens`, which takes longer than the rest of a short column.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = _encode(column)
    raw = pc.fill_null(encoded.indices, -1).to_numpy()
    trimmed = pc.utf8_trim_whitespace(encoded.dictionary)
    if trimmed.equals(encoded.dictionary):
        texts, of_raw, was_padded = trimmed, np.arange(len(trimmed)), False
    else:  # texts that differed only in blanks are now equal
        bare = trimmed.dictionary_encode()
        texts, of_raw, was_padded = bare.dictionary, bare.indices.to_numpy(), True
    kept = pc.invert(pc.is_in(texts, value_set=pa.array(["", *missing], texts.type))).to_numpy(zero_copy_only=False)
    as_values = () if kept.all() or not with_tokens else _kept_tokens(texts, kept)
    if as_values:
        kept = kept | pc.is_in(texts, value_set=pa.array(as_values, texts.type)).to_numpy(zero_copy_only=False)
    if kept.all() and not was_padded:
        return Cells(name, from_arrow(texts), raw, line_of, as_given=column, kept=as_values)
    of_row = np.append(of_raw, -1)[raw]
    places = np.append(np.where(kept, np.cumsum(kept) - 1, -1), -1)[of_row].astype(np.int32)
    tokens, taken = _count_tokens(texts, kept, of_row) if with_tokens else ({}, ())
    return Cells(
        name, from_arrow(texts.filter(pa.array(kept))), places, line_of, was_padded, tokens=tokens, taken=taken,
        kept=as_values,
    )  # fmt: skip


def _kept_tokens(texts: "pa.Array", kept: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """Return NA, or na, if it is one of at least four codes of two letters and they are all that the column holds.

    `kept` marks the texts that are no tokens for missing.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    tokens = texts.filter(pa.array(~kept)).to_pylist()
    for token, letters in (("NA", "[A-Z]"), ("na", "[a-z]")):
        if token in tokens and np.count_nonzero(kept) >= FEWEST_CODES:
            others = texts.filter(pa.array(kept))
            if pc.all(pc.match_substring_regex(others, f"^{letters}{{2}}$")).as_py():
                return (token,)
    return ()


def _count_tokens(
    texts: "pa.Array", kept: npt.NDArray[np.bool_], of_row: npt.NDArray[np.intp]
) -> tuple[dict[str, int], tuple[tuple[int, str], ...]]:
    """Return how many rows have each of the texts that are not kept, "" aside, and the first of these rows."""
    words = {place: str(texts[place]) for place in np.flatnonzero(~kept).tolist() if str(texts[place])}
    if not words:
        return {}, ()
    rows = np.flatnonzero(np.isin(of_row, list(words)))
    counts = Counter(of_row[rows].tolist())
    first = tuple((row, words[int(of_row[row])]) for row in rows[:MOST_CELLS_LISTED].tolist())
    return {words[place]: counts[place] for place in counts}, first


def _encode(column: "pa.ChunkedArray") -> "pa.DictionaryArray":
    """Return the column as an array of distinct texts and their indices."""
    import pyarrow as pa

    if pa.types.is_string_view(column.type):  # Arrow lacks most functions for this type
        column = column.cast(pa.large_string())
    encoded = column.dictionary_encode()
    if not isinstance(encoded, pa.ChunkedArray):
        return encoded
    if not encoded.num_chunks:
        return pa.DictionaryArray.from_arrays(pa.array([], pa.int32()), pa.array([], column.type))
    return encoded.combine_chunks()
