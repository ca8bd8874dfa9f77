"""What a column holds is named by its values, and described without losing one."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import column_kind, profile

COLUMNS = ["column", "kind", "reason", "missing", "missing_share", "distinct", "example", "distribution"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([1, 2], "number"),
        ([1.5, None], "number"),
        (pd.array([1, None], dtype="Int64"), "number"),
        (pd.Series([1, None, 2.5], dtype=object), "number"),
        (["Pave", None, None, None], "category"),
        ([True, False], "yes_no"),
        (pd.Series([True, None], dtype=object), "yes_no"),
        (pd.Categorical(["a", "b", None]), "category"),
        (pd.to_datetime(["2020-01-01", "2020-01-02"]), "date"),
        (pd.Series([1, "a"], dtype=object), "category"),
        ([f"name {place}" for place in range(19)], "category"),
        ([f"name {place}" for place in range(20)], "text"),
        ([f"name {place % 50}" for place in range(500)], "category"),
        ([f"name {place % 51}" for place in range(500)], "text"),
        ([None, None], "empty"),
        ([float("nan"), float("inf")], "empty"),
        ([], "empty"),
    ],
)
def test_the_kind_goes_by_the_values(values, kind):
    values = pd.Series(values)
    assert column_kind(values) == kind
    assert profile(values.to_frame("x"))["kind"].tolist() == [kind]


def test_the_profile_has_one_row_per_column_with_everything_a_screen_shows():
    frame = pd.DataFrame({"n": [4.0, None, 2.0, 4.0], "c": [None, "b", "a", "b"], "e": [None] * 4})
    described = profile(frame)
    assert described.columns.tolist() == COLUMNS
    assert described.iloc[0].tolist() == [
        "n",
        "number",
        "whole numbers with 2 distinct values",
        1,
        0.25,
        2,
        "4",
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 2],
    ]
    assert described.iloc[1].tolist() == ["c", "category", "text with 2 distinct values", 1, 0.25, 2, "b", [2, 1]]
    assert described.iloc[2].tolist() == ["e", "empty", "no row has a value", 4, 1.0, 0, "", []]


def test_a_table_without_rows_or_columns_is_described_too():
    assert profile(pd.DataFrame()).columns.tolist() == COLUMNS
    assert profile(pd.DataFrame({"a": []}))["missing_share"].tolist() == [0.0]


def test_only_the_ten_most_frequent_categories_are_counted():
    values = [f"c{place}" for place in range(30) for _ in range(30 - place)]
    [described] = profile(pd.DataFrame({"c": values})).to_dict("records")
    assert described["distinct"] == 30
    assert described["distribution"] == [30, 29, 28, 27, 26, 25, 24, 23, 22, 21]


def test_the_bins_are_those_of_numpy():
    values = np.random.default_rng(0).normal(size=1000)
    [counts] = profile(pd.DataFrame({"x": values}))["distribution"]
    assert counts == np.histogram(values, bins=10)[0].tolist()


@settings(deadline=None)
@given(st.lists(st.floats(), min_size=1, max_size=20))
def test_every_finite_number_is_counted_once(values):
    described = profile(pd.DataFrame({"x": values})).iloc[0]
    assert sum(described["distribution"]) + described["missing"] == len(values)
    assert described["missing"] == np.sum(~np.isfinite(values))


@pytest.mark.parametrize("values", [[1e16, 1e16 + 2], [0.0, 5e-324], [-1.7e308, 1.7e308], [3.0, 3.0]])
def test_numbers_too_close_or_too_far_apart_are_still_counted(values):
    assert sum(profile(pd.DataFrame({"x": values}))["distribution"][0]) == 2


def test_names_that_repeat_are_refused():
    with pytest.raises(InputError, match="Column names have to be unique; “a” occurs more than once"):
        profile(pd.DataFrame([[1, 2]], columns=["a", "a"]))
