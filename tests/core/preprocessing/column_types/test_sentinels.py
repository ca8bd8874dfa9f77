"""Codes for missing among numbers: reported where they are far from the other values, and only there."""

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import Sentinel, find_sentinels, read_table
from tests.examples import examples

AGES = [18, 25, 31, 44, 52, 67, 80]
SENSOR = [0.1, 2.6, 11.9, 4.4, 0.7]


@pytest.mark.parametrize(
    ("values", "code", "count"),
    [
        (SENSOR + [-200] * 4, "-200", 4),
        ([322.0, 2683, 900, 1500] + [-200] * 5, "-200", 5),  # apart by a fifth of the spread only
        (AGES + [99] * 3, "99", 3),
        (AGES + [999] * 3, "999", 3),
        (AGES + [-9999] * 7, "-9999", 7),
        (AGES + [-88] * 3, "-88", 3),
        (SENSOR + [32767] * 3, "32767", 3),
        (SENSOR + [12345.5] * 3, "12345.5", 3),  # not spelled like a code, but very far off
        ([*AGES, None, np.inf] + [-999] * 3, "-999", 3),
    ],
)
def test_a_repeated_number_far_from_all_others_is_pointed_out(values, code, count):
    assert find_sentinels(pd.DataFrame({"a": values})) == (Sentinel(code, ("a",), count),)


@pytest.mark.parametrize(
    "values",
    [
        [*AGES, 999, 999],  # twice: outliers
        [*AGES, 98] + [99] * 5,  # with 98 next to it: an age
        [100.0, 200, 300, 450, 500] + [501] * 9,  # a cap
        [0, 0, 0, 1, 1, 1, 1],  # a flag
        [-200] * 9,  # constant
        [-200] * 5 + [1, 1, 1, 2, 2],  # two other values say nothing
        [1, 2, 3, 4, 5, 6, 7, 7, 7],
        [-300, -200, -200, -200, -100, 100, 300],  # not the least
        [None] * 8,
        [np.inf] * 5 + AGES,
        [],
        [5],
    ],
)
def test_what_is_no_code_is_left_alone(values):
    assert find_sentinels(pd.DataFrame({"a": pd.Series(values, dtype="float64")})) == ()


def test_the_same_code_in_several_columns_is_told_once_and_names_them():
    frame = pd.DataFrame({"a": SENSOR + [-200] * 4, "t": ["x"] * 9, "b": [50.0, 60, 70, 80, 90, 55] + [-200] * 3})
    (suspect,) = find_sentinels(frame)
    assert suspect == Sentinel("-200", ("a", "b"), 7)
    assert suspect.sentence.startswith("-200 occurs in 7 cells of “a”, “b”, far from")


def test_both_ends_of_a_column_can_be_codes_the_most_frequent_first():
    suspects = find_sentinels(pd.DataFrame({"a": AGES + [-999] * 3 + [9999] * 4}))
    assert [suspect.code for suspect in suspects] == ["9999", "-999"]


@pytest.mark.parametrize("sample", ["cars", "longley", "penguins", "house_tiny"])
def test_the_samples_hold_no_codes(sample):
    assert find_sentinels(read_table(f"data/{sample}.csv").frame) == ()


def test_names_have_to_be_unique_text():
    with pytest.raises(InputError, match="unique"):
        find_sentinels(pd.DataFrame([[1, 2]], columns=["a", "a"]))


@settings(max_examples=examples(60))
@given(st.lists(st.one_of(st.floats(), st.sampled_from([-999.0, 99.0, -200.0])), max_size=40))
def test_whatever_comes_the_code_is_an_end_of_the_column_and_its_count_is_right(values):
    column = pd.Series(values, dtype="float64")
    finite = column[np.isfinite(column)]
    for suspect in find_sentinels(pd.DataFrame({"a": column})):
        assert float(suspect.code) in (finite.min(), finite.max())
        assert (finite == float(suspect.code)).sum() == suspect.count >= 3


def test_a_million_rows_take_a_moment_only():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({f"x{i}": rng.normal(size=1_000_000) for i in range(4)})
    start = time.process_time()
    find_sentinels(frame)
    looking = time.process_time() - start
    start = time.process_time()
    frame.sort_values("x0")
    assert looking < time.process_time() - start
