"""Rows that equal an earlier row: found by a hash of their values, then compared value by value."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.preprocessing.column_types.arrow_text import to_arrow
from core.preprocessing.column_types.values import as_labels, as_numbers, holds_dates, holds_numbers

Places: TypeAlias = npt.NDArray[np.int64]
Words: TypeAlias = npt.NDArray[np.uint64]

PLAIN = (np.dtype(np.float64), np.dtype(np.int64))
SAMPLED = 1_000  # rows, from which is guessed how many values of a column differ
FACTOR = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: odd, and its bits have no pattern
HALF = np.uint64(32)
BITS = 17  # of a hash, by which rows are marked: 128 kB, which a core keeps at hand


def first_equal_rows(frame: pd.DataFrame) -> Places:
    """Return for each row the position of the first row that equals it in every column, its own if none does.

    Missing equals missing, and an infinite number is missing; numbers compare as float64, dates to the microsecond, all
    other values as text. Shape (n,). Without a column all rows are equal.

    Rows that alone have their hash leave the search after a few columns, those with many different values first, so
    that a table without equal rows costs little more than a column. Equal hashes are no proof: rows that share one are
    compared in every column.

    >>> first_equal_rows(pd.DataFrame({"x": [1, 2, 1], "c": ["a", "a", "a"]})).tolist()
    [0, 1, 0]
    """
    if not len(frame.columns):
        return np.zeros(len(frame), dtype=np.int64)
    first = np.arange(len(frame))
    columns = [values for _name, values in frame.items()]
    rows, hashes = _sharing_a_hash(sorted(columns, key=_distinct_in_sample, reverse=True), first)
    if len(rows):
        first[rows] = rows[_leaders(columns, rows, hashes)]
    return first


def count_copies(first: Places) -> int:
    """Return how many rows equal an earlier one, from the result of `first_equal_rows`."""
    return int((first != np.arange(len(first))).sum())


def _distinct_in_sample(values: pd.Series) -> int:
    """Return how many numbers differ in some rows; 0 for other columns, which take longer to hash."""
    if values.dtype not in PLAIN:
        return 0
    return len(np.unique(values.to_numpy()[:: len(values) // SAMPLED + 1]))


def _sharing_a_hash(columns: Sequence[pd.Series], rows: Places) -> tuple[Places, Words]:
    """Return the rows whose hash another row may have too, and their hashes."""
    hashes = np.zeros(1, dtype=np.uint64)  # of all rows, before the first column
    due = min(2, len(columns))  # one column alone seldom tells rows apart
    for count, values in enumerate(columns, start=1):
        hashes = _mix(hashes, _words(values, rows))
        if count not in (due, len(columns)):
            continue
        kept = _share_a_hash(hashes)
        rows, hashes = rows[kept], hashes[kept]
        if not len(rows):
            break
        due = (
            count + 1 if 2 * kept.sum() < len(kept) else 4 * count
        )  # where few leave, looking costs more than it saves
    return rows, hashes


def _mix(hashes: Words, words: Words) -> Words:
    """Return the hashes of the rows with one more word; the first half of a product depends on all bits.

    The words are overwritten, which is faster than a new array.
    """
    words ^= hashes
    words ^= hashes >> HALF
    words *= FACTOR
    return words


def _share_a_hash(hashes: Words) -> npt.NDArray[np.bool_]:
    """Mark the rows whose hash another row has too, and others whose hash begins alike; all, if these are many.

    Looks at the first half of the hash, which takes half as long to sort.
    """
    halves = (hashes >> HALF).astype(np.uint32)
    ordered = np.sort(halves)
    shared = ordered[1:][ordered[1:] == ordered[:-1]]
    if not len(shared) or 2 * len(shared) > len(hashes):
        return np.full(len(hashes), len(shared) > 0)
    rest = np.uint32(32 - max((4 * len(shared)).bit_length(), BITS))
    begins = np.zeros(1 << (32 - int(rest)), dtype=bool)
    begins[shared >> rest] = True
    marked: npt.NDArray[np.bool_] = begins[halves >> rest]
    return marked


def _leaders(columns: Sequence[pd.Series], rows: Places, hashes: Words) -> Places:
    """Return for each of these rows which of them is the first that equals it in every column."""
    leaders = _first_of(pd.factorize(hashes)[0])
    later = np.flatnonzero(leaders != np.arange(len(rows)))
    for values in columns:
        words = _words(values, rows)
        if (words[later] != words[leaders[later]]).any():  # rows that differ share a hash
            return _first_of(_classes(columns, rows))
    return leaders


def _classes(columns: Sequence[pd.Series], rows: Places) -> Places:
    """Number the rows column by column, so that only equal ones get the same number."""
    numbers = np.zeros(len(rows), dtype=np.int64)
    for values in columns:
        codes, distinct = pd.factorize(_words(values, rows))
        numbers = pd.factorize(numbers * len(distinct) + codes)[0]
    return numbers


def _first_of(codes: Places) -> Places:
    """Return for each place the first one with its code; codes count up in order of appearance."""
    appears = np.diff(np.maximum.accumulate(codes), prepend=-1) > 0
    places: Places = np.flatnonzero(appears)[codes]
    return places


def _words(values: pd.Series, rows: Places) -> Words:
    """Return 64 bits for each of these rows, the same where and only where their values are equal: a new array."""
    chosen = values if len(rows) == len(values) else values.iloc[rows]
    if holds_numbers(chosen):
        numbers = chosen.to_numpy() if chosen.dtype in PLAIN else as_numbers(chosen, str(values.name))
        numbers = numbers + 0.0  # a new array of float64, in which -0.0 is 0.0
        finite = np.isfinite(numbers)
        if not finite.all():
            numbers[~finite] = np.nan
        return numbers.view(np.uint64)
    if holds_dates(chosen):
        dates: Any = chosen.dt.tz_convert(None) if getattr(chosen.dt, "tz", None) is not None else chosen
        moments: Words = dates.to_numpy().astype("datetime64[us]", copy=True).view(np.uint64)
        return moments
    codes = to_arrow(as_labels(chosen)).dictionary_encode().indices
    words: Words = codes.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64).view(np.uint64)
    return words
