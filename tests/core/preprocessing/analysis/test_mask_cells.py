"""Cells are masked as requested: this share of each column, from the seed, and never the last one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import mask_cells, read_table
from tests.examples import examples


@given(
    st.lists(st.none() | st.floats(-1e300, 1e300), min_size=1, max_size=30),
    st.floats(0, 0.99),
    st.integers(0, 5),
    st.sampled_from(["any", "large"]),
)
@settings(max_examples=examples(80), deadline=None)
def test_what_is_left_was_there_and_the_count_is_right(values, share, seed, which):
    frame = pd.DataFrame({"x": pd.Series(values, dtype=float), "y": range(len(values))})
    after = mask_cells(frame, share, seed=seed, spare=["y"], which=which)
    present, left = frame["x"].notna().sum(), after["x"].notna()
    assert present - left.sum() == min(round(share * present), max(present - 1, 0))
    assert (after.loc[left, "x"] == frame.loc[left, "x"]).all()
    pd.testing.assert_series_equal(after["y"], frame["y"])
    pd.testing.assert_frame_equal(after, mask_cells(frame, share, seed=seed, spare=["y"], which=which))


def test_every_sort_of_column_can_lose_cells_and_the_frame_keeps_its_notes():
    frame = read_table(b"n,c,d\n1,a,2020-01-01\n2,b,2020-01-02\n3,c,2020-01-03\n4,d,2020-01-04\n").frame
    before = frame.copy()
    after = mask_cells(frame, 0.5, seed=1)
    assert after.isna().sum().tolist() == [2, 2, 2]
    assert after.attrs == frame.attrs
    pd.testing.assert_frame_equal(frame, before)


def test_any_cell_is_as_likely_as_any_other():
    frame = pd.DataFrame({"x": np.arange(10.0)})
    taken = sum(mask_cells(frame, 0.3, seed=seed)["x"].isna().to_numpy(dtype=float) for seed in range(1000))
    np.testing.assert_allclose(taken / 1000, 0.3, atol=0.05)


def test_of_one_cell_to_take_a_large_one_goes_in_proportion_to_its_rank():
    frame = pd.DataFrame({"x": [30.0, 10.0, 40.0, 20.0]})
    taken = sum(
        mask_cells(frame, 0.25, seed=seed, which="large")["x"].isna().to_numpy(dtype=float) for seed in range(1000)
    )
    np.testing.assert_allclose(taken / 1000, [0.3, 0.1, 0.4, 0.2], atol=0.03)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"share": 1}, "below 1; got 1"),
        ({"share": -0.1}, "at least 0"),
        ({"share": True}, "got True"),
        ({"share": 0.1, "seed": -1}, "seed has to be a whole number"),
        ({"share": 0.1, "which": "small"}, "any, large; got 'small'"),
    ],
)
def test_what_cannot_be_taken_is_said_in_one_sentence(arguments, words):
    with pytest.raises(InputError, match=words):
        mask_cells(pd.DataFrame({"x": [1, 2]}), **arguments)
