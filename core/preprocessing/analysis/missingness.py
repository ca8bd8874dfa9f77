"""Where values are missing: in which rows, in which columns, and in which of them together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.formatting import format_count
from core.language import _, ngettext
from core.preprocessing.column_types.frames import check_frame
from core.preprocessing.column_types.infer import is_missing

MOST_BINS = 200  # of rows
MOST_COLUMNS = 60
MOST_CELLS = 4_800  # of the matrix: as many as a chart draws
MOST_COMBINATIONS = 20
MOST_PAIRED = 24  # columns in the table of pairs
BITS = 32  # columns that share one key
BLOCK = 2**16  # rows counted at once: a float32 holds whole numbers up to 2**24

Gaps = dict[str, npt.NDArray[np.bool_]]


@dataclass(frozen=True, eq=False)
class Missingness:
    """Where a table has missing values. Rows are counted from 0, by position.

    Attributes:
        rows: how many the table has.
        missing: how many values are missing.
        complete: how many rows have none missing; they are no combination.
        counts: one row per column of the table: column, missing, share.
        matrix: one row per bin of rows and column: first and last (positions of rows), column, missing, share. Where
            there are too many columns, those with most missing values are kept, in the table's order.
        combinations: one row per set of columns that are missing together in a row, the most frequent first: columns (a
            tuple of names), rows, share.
        combination_count: how many sets there are in all.
        together: one row per ordered pair of columns with missing values: column, other, both (rows in which both are
            missing), share (of the rows in which `column` is missing, those in which `other` is too), phi (the
            correlation of the two marks, NaN if a column has no value at all).
        notes: what was left out of any of these.
    """

    rows: int
    missing: int
    complete: int
    counts: pd.DataFrame
    matrix: pd.DataFrame
    combinations: pd.DataFrame
    combination_count: int
    together: pd.DataFrame
    notes: tuple[str, ...]


def summarise_missing(frame: pd.DataFrame) -> Missingness:
    """Count the missing values of a table by row, column and pair of columns. An infinite number counts as missing.

    A table without rows, columns or missing values gives empty tables. Raises InputError if column names are no text or
    not unique.

    >>> picture = summarise_missing(pd.DataFrame({"a": [1, None, 3], "b": [None, None, "x"]}))
    >>> picture.missing, picture.complete, picture.combinations["columns"].tolist()
    (3, 1, [('b',), ('a', 'b')])
    """
    check_frame(frame)
    plain = frame.copy(deep=False)
    plain.attrs = {}
    gaps: Gaps = {}
    infinite = 0
    missing = {}
    for name in map(str, plain.columns):
        marks = is_missing(plain[name])
        missing[name] = int(marks.sum())
        infinite += missing[name] - int(plain[name].isna().sum())
        if missing[name]:
            gaps[name] = marks
    rows = len(plain)
    counts = pd.DataFrame({"column": list(missing), "missing": list(missing.values())}).astype({"missing": "int64"})
    counts["share"] = counts["missing"] / max(rows, 1)
    matrix, matrix_notes = _draw_matrix(gaps, counts, rows)
    combinations, found, complete = _count_combinations(gaps, rows)
    together, pair_notes = _count_pairs(gaps, counts, rows)
    notes = [*_infinite_note(infinite), *matrix_notes, *_combination_note(found), *pair_notes]
    return Missingness(
        rows, sum(missing.values()), complete, counts, matrix, combinations, found, together, tuple(notes)
    )


def _draw_matrix(gaps: Gaps, counts: pd.DataFrame, rows: int) -> tuple[pd.DataFrame, list[str]]:
    columns = _most_missing(counts, MOST_COLUMNS)
    bins = min(MOST_BINS, rows, MOST_CELLS // max(len(columns), 1))
    edges = np.linspace(0, rows, bins + 1).round().astype(np.int64)
    sizes = np.diff(edges)
    none = np.zeros(bins, dtype=np.int64)
    filled = [np.add.reduceat(gaps[name], edges[:-1], dtype=np.int64) if name in gaps else none for name in columns]
    missing = np.concatenate([none[:0], *filled])
    matrix = pd.DataFrame(
        {
            "first": np.tile(edges[:-1], len(columns)),
            "last": np.tile(edges[1:] - 1, len(columns)),
            "column": np.repeat(np.array(columns, dtype=object), bins),
            "missing": missing,
            "share": missing / np.tile(sizes, len(columns)),
        }
    )
    notes = []
    if bins < rows and columns:
        notes.append(
            _("The picture shows {rows} rows in {bins} bands; the colour is the share missing in a band.").format(
                rows=format_count(rows), bins=bins
            )
        )
    if len(columns) < len(counts):
        notes.append(
            _("The picture shows the {shown} columns with most gaps of {count}.").format(
                shown=len(columns), count=format_count(len(counts))
            )
        )
    return matrix, notes


def _most_missing(counts: pd.DataFrame, most: int) -> list[str]:
    """Return the columns with the most missing values, of equal ones the first, in the table's order."""
    chosen = np.sort(np.argsort(-counts["missing"].to_numpy(), kind="stable")[:most])
    return [str(name) for name in counts["column"].iloc[chosen]]


def _count_combinations(gaps: Gaps, rows: int) -> tuple[pd.DataFrame, int, int]:
    """Count which columns are missing together. Each row gets the number of its combination.

    The indicators of 32 columns at a time become the bits of a key, which is combined with the number so far.
    """
    names, marks = list(gaps), list(gaps.values())
    numbers = np.zeros(rows, dtype=np.int64)
    for start in range(0, len(names), BITS):
        keys = numbers.astype(np.uint64)
        for column in marks[start : start + BITS]:
            keys = (keys << np.uint64(1)) | column
        numbers = pd.factorize(keys)[0].astype(np.int64)
    sizes = np.bincount(numbers)
    examples = np.full(len(sizes), rows, dtype=np.int64)
    np.minimum.at(examples, numbers, np.arange(rows))
    order = np.argsort(-sizes, kind="stable")
    some = [number for number in order[: MOST_COMBINATIONS + 1] if _names_at(names, marks, examples[number])]
    missing_rows = np.zeros(rows, dtype=np.bool_)
    for column in marks:
        missing_rows |= column
    complete = rows - int(missing_rows.sum())
    found = len(sizes) - bool(complete)
    shown = some[:MOST_COMBINATIONS]
    table = pd.DataFrame(
        {
            "columns": pd.Series([_names_at(names, marks, examples[number]) for number in shown], dtype=object),
            "rows": sizes[shown].astype(np.int64),
            "share": sizes[shown] / max(rows, 1),
        }
    )
    return table, found, complete


def _names_at(names: Sequence[str], marks: Sequence[npt.NDArray[np.bool_]], row: int) -> tuple[str, ...]:
    return tuple(name for name, column in zip(names, marks, strict=True) if column[row])


def _count_pairs(gaps: Gaps, counts: pd.DataFrame, rows: int) -> tuple[pd.DataFrame, list[str]]:
    names = [name for name in _most_missing(counts, MOST_PAIRED) if name in gaps]
    size = len(names)
    both = np.zeros((size, size))
    for start in range(0, rows if size else 0, BLOCK):
        block = np.stack([gaps[name][start : start + BLOCK] for name in names]).astype(np.float32)
        both += block @ block.T
    alone = np.diag(both)
    left = alone * (rows - alone)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = both / alone[:, None]
        phi = (both * rows - np.outer(alone, alone)) / np.sqrt(np.outer(left, left))
    apart = ~np.eye(size, dtype=bool)
    first, second = np.nonzero(apart)
    table = pd.DataFrame(
        {
            "column": np.array(names, dtype=object)[first],
            "other": np.array(names, dtype=object)[second],
            "both": both[apart].astype(np.int64),
            "share": share[apart],
            "phi": phi[apart],
        }
    )
    if size == len(gaps):
        return table, []
    note = _("The pairs are those of the {shown} columns with most gaps of {count}.")
    return table, [note.format(shown=size, count=format_count(len(gaps)))]


def _infinite_note(count: int) -> list[str]:
    if not count:
        return []
    note = ngettext(
        "{count} infinite number counts as missing.", "{count} infinite numbers count as missing.", count
    )  # fmt: skip
    return [note.format(count=format_count(count))]


def _combination_note(found: int) -> list[str]:
    if found <= MOST_COMBINATIONS:
        return []
    note = _("Listed are the {shown} most frequent of {count} combinations.")
    return [note.format(shown=MOST_COMBINATIONS, count=format_count(found))]
