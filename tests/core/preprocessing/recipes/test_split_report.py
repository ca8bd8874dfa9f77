"""What a split does, in sentences whose counts are found by brute force."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from core.preprocessing import ColumnPlan, Recipe, SplitPlan, split_rows
from core.preprocessing.recipes.split_report import count_copies_across, describe_split

X = ColumnPlan("x", "mean", "number")


@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0, np.nan]), st.integers(0, 2)), min_size=2, max_size=30))
def test_copies_across_the_split_are_those_that_a_search_finds(rows):
    frame = pd.DataFrame(rows, columns=["x", "y"]).astype("float64")
    recipe = Recipe("y", (X,))
    train, test = split_rows(frame, recipe, 0.4)
    across = count_copies_across(frame, recipe, train, test)
    written = frame.map(str)
    trained = {tuple(row) for row in written.loc[train].to_numpy()}
    assert across.tested == len(test)
    assert across.copies == sum(tuple(row) in trained for row in written.loc[test].to_numpy())
    assert across.same_features == written["x"][test].isin(written["x"][train]).sum() >= across.copies


def test_rows_that_stand_three_times_are_told_until_they_stay_on_one_side():
    rows = [(place % 10, place % 7, place * 4 % 11) for place in range(40)] * 3
    frame = pd.DataFrame(rows, columns=["x", "b", "y"]).astype("float64")
    recipe = Recipe("y", (X, ColumnPlan("b", "mean", "number")))
    train, test = split_rows(frame, recipe)
    told = describe_split(frame, recipe.fit(frame.loc[train]), train, test)
    copies = frame.loc[test].merge(frame.loc[train].drop_duplicates()).shape[0]
    assert told[0].startswith(f"{copies} of 24 test rows equal a training row in the target and in every feature")
    kept = Recipe("y", recipe.columns, split=SplitPlan(keep_copies=True))
    train, test = split_rows(frame, kept)
    assert describe_split(frame, kept.fit(frame.loc[train]), train, test) == ()


def test_groups_and_rows_without_one_are_counted():
    frame = pd.DataFrame({"x": np.arange(10.0), "y": np.arange(10.0), "g": [*"aabbccdd", None, None]})
    recipe = Recipe("y", (X,), split=SplitPlan("group", "g"))
    train, test = split_rows(frame, recipe, 0.3)
    told = describe_split(frame, recipe.fit(frame.loc[train]), train, test)
    groups = frame["g"][test].nunique() + frame["g"][test].isna().sum()
    assert told[0] == (
        f"Split by “g”: {6 - groups} groups are trained on and {groups} are tested on; none is on both sides."
    )
    assert told[1] == "2 rows without a value in “g” are groups of their own."


def test_the_first_time_that_is_tested_on_is_told():
    days = pd.to_datetime(["2021-03-01", "2020-01-01", None, "2020-06-01", "2022-01-01"])
    frame = pd.DataFrame({"x": np.arange(5.0), "y": np.arange(5.0), "t": days})
    recipe = Recipe("y", (X,), split=SplitPlan("time", "t"))
    train, test = split_rows(frame, recipe, 0.4)
    assert describe_split(frame, recipe.fit(frame.loc[train]), train, test) == (
        "Split by “t”: 2 rows are tested on, from 2021-03-01 on; the seed does not matter.",
        "1 row without a value in “t” is trained on.",
    )


@given(st.lists(st.sampled_from([1.0, 2.0, np.nan]), min_size=4, max_size=30), st.integers(0, 3))
def test_values_carried_across_the_split_are_those_that_a_walk_down_the_table_finds(values, seed):
    frame = pd.DataFrame({"x": values, "y": np.arange(len(values)) * 1.0})
    recipe = Recipe("y", (ColumnPlan("x", "forward", "number"), ColumnPlan("z", "mean", "number")))
    frame["z"] = np.arange(len(values)) * 2.0
    train, test = split_rows(frame, recipe, 0.4, seed)
    told = " ".join(describe_split(frame, recipe.fit(frame.loc[train]), train, test))
    counts, source = {"train": 0, "test": 0}, None
    for place, value in enumerate(values):
        if not np.isnan(value):
            source = place
        elif source is not None and (source in test) != (place in test):
            counts["test" if place in test else "train"] += 1
    is_kept = frame["x"][train].notna().any()
    assert (f"{counts['train']} training row" in told) == (is_kept and counts["train"] > 0)
    assert (f"“x”: {counts['test']} test row" in told) == (is_kept and counts["test"] > 0)


def test_without_test_rows_there_is_nothing_to_tell():
    frame = pd.DataFrame({"x": [1.0, 1.0], "y": [1.0, 1.0]})
    recipe = Recipe("y", (X,))
    assert describe_split(frame, recipe.fit(frame), *split_rows(frame, recipe, 0)) == ()
