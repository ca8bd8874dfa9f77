"""Single numbers far from all the others of their column: reported in the column's own words, and only there."""

import numpy as np
import pandas as pd
import pytest

from core.preprocessing import find_far_values, read_table
from core.preprocessing.column_types.outliers import far_from_others

HEIGHTS = [1.52, 1.61, 1.66, 1.7, 1.73, 1.8, 1.88, 1.95]


@pytest.mark.parametrize(
    "far",
    [[175.0], [999999.0], [-999.0], [1e300, -1e300], [88888.0, 99999.0], [-9999.0] * 4 + [9999.0] * 3, [17.3, -1e9]],
)
def test_what_lies_far_from_all_others_is_found_at_either_end(far):
    numbers = np.array([*far, *HEIGHTS, np.nan])
    assert np.flatnonzero(far_from_others(numbers)).tolist() == list(range(len(far)))


@pytest.mark.parametrize(
    "numbers",
    [
        HEIGHTS,
        [0, 0, 0, 0, 0, 0, 1],  # a flag
        [0.0] * 30 + [500.0],  # two values say nothing
        [0.0] * 95 + [120.0, 210, 300, 480, 730],  # mostly zeros
        [1, 2, 3, 4, 5, 1001, 1002, 1003, 1004, 1005],  # two halves
        [2.0, 900.0],
        [np.nan] * 9,
        [],
        np.geomspace(1, 1e6, 60),
        [7.0] * 12,
    ],
)
def test_tails_flags_zeros_and_halves_have_no_far_values(numbers):
    assert not far_from_others(np.array(numbers, dtype=np.float64)).any()


def test_one_among_very_many_is_found_and_none_among_very_many_is_not():
    numbers = np.random.default_rng(5).standard_normal(300_000)
    assert not far_from_others(numbers).any()
    numbers[123_456] = -77.0
    assert np.flatnonzero(far_from_others(numbers)).tolist() == [123_456]


def test_the_sentence_has_the_columns_own_words():
    frame = pd.DataFrame({"height": [*HEIGHTS, 999.0], "name": list("abcdefghi"), "age": [*range(20, 28), 2000]})
    height, age = find_far_values(frame)
    assert (height.column, height.count, height.furthest, height.low, height.high) == (
        "height",
        1,
        "999",
        "1.52",
        "1.95",
    )
    assert height.sentence.startswith("“height” holds 999, far from its other values, which go from 1.52 to 1.95")
    assert age.furthest == "2000"


@pytest.mark.parametrize("sample", ["cars", "longley", "penguins", "house_tiny"])
def test_the_samples_hold_none(sample):
    assert find_far_values(read_table(f"data/{sample}.csv").frame) == ()
