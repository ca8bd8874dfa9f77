"""Equal rows: the same as pandas finds on plain tables, and as Python's own equality of tuples finds on all."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.preprocessing.column_types import duplicates
from core.preprocessing.column_types.duplicates import count_copies, first_equal_rows

CELLS = st.sampled_from([0.0, -0.0, 1.0, 2.5, float("nan"), float("inf"), 2.0**53])
WORDS = st.sampled_from(["a", "b", "a ", "", None, "é"])
DAYS = st.sampled_from([pd.Timestamp(2020, 1, 1), pd.Timestamp(2020, 1, 1, 0, 0, 0, 1), pd.NaT])


def by_tuples(frame):
    """Return the first equal rows by comparing tuples of Python values, missing and infinite written as None."""
    seen, first = {}, []
    for place, row in enumerate(frame.itertuples(index=False)):
        key = tuple(None if pd.isna(value) or value == float("inf") else value for value in row)
        first.append(seen.setdefault(key, place))
    return first


TABLES = st.lists(st.tuples(CELLS, WORDS, DAYS, st.integers(0, 2)), max_size=40).map(
    lambda rows: pd.DataFrame(rows, columns=["x", "w", "d", "k"]).astype(
        {"x": "float64", "w": "str", "d": "datetime64[us]", "k": "int64"}
    )
)


@given(TABLES)
def test_equal_rows_are_those_that_python_finds_equal(frame):
    assert first_equal_rows(frame).tolist() == by_tuples(frame)


@given(TABLES)
def test_rows_that_share_a_hash_are_told_apart(frame):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duplicates, "_mix", lambda hashes, words: np.full_like(words, 7))
        assert first_equal_rows(frame).tolist() == by_tuples(frame)


def test_as_many_rows_are_copies_as_pandas_says():
    draw = np.random.default_rng(0)
    frame = pd.DataFrame({"x": draw.integers(0, 40, 5_000) / 8, "k": draw.integers(0, 9, 5_000), "c": "one"})
    frame.loc[::7, "x"] = np.nan
    assert count_copies(first_equal_rows(frame)) == frame.duplicated().sum() > 4_000


def test_a_table_without_rows_or_columns_and_one_of_equal_rows():
    assert first_equal_rows(pd.DataFrame({"x": []})).tolist() == []
    assert first_equal_rows(pd.DataFrame(index=range(3))).tolist() == [0, 0, 0]
    assert first_equal_rows(pd.DataFrame({"x": [np.nan] * 5, "c": [None] * 5})).tolist() == [0] * 5


def test_columns_of_other_types_compare_by_value():
    frame = pd.DataFrame(
        {
            "whole": pd.array([1, None, 1, 1], dtype="Int64"),
            "flag": [True, False, True, True],
            "mixed": ["a", 1, "a", 1.0],
            "zone": pd.to_datetime(["2020-01-01T01:00+01:00"] * 4),
            "list": [[1], [2], [1], [1]],
        }
    )
    assert first_equal_rows(frame).tolist() == [0, 1, 0, 3]
