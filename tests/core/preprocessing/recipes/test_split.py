"""Training and test rows: every usable row in exactly one of them, the same ones for the same seed."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import ColumnPlan, Recipe, split_rows

RECIPE = Recipe("y", (ColumnPlan("x", "drop_rows", "number"),))


@settings(deadline=None)
@given(st.integers(1, 60), st.floats(0, 1, exclude_max=True), st.integers(0, 2**40))
def test_every_row_is_in_exactly_one_part_and_none_is_empty_without_need(count, share, seed):
    frame = pd.DataFrame({"x": range(count), "y": range(count)}, index=range(100, 100 + count))
    train, test = split_rows(frame, RECIPE, share, seed)
    assert sorted([*train, *test]) == list(frame.index)
    assert len(train) >= 1
    assert (len(test) >= 1) == (share > 0 and count >= 2)
    if count >= 2 and share:
        assert abs(len(test) - share * count) <= 1
    again = split_rows(frame, RECIPE, share, seed)
    assert train.equals(again[0])
    assert test.equals(again[1])


def test_another_seed_draws_other_rows():
    frame = pd.DataFrame({"x": range(50), "y": range(50)})
    assert not split_rows(frame, RECIPE, 0.2, 0)[1].equals(split_rows(frame, RECIPE, 0.2, 1)[1])


def test_rows_without_a_target_or_dropped_by_the_recipe_are_in_neither():
    frame = pd.DataFrame({"x": [1, None, 3, 4], "y": [1, 2, None, 4]}, index=list("abcd"))
    train, test = split_rows(frame, RECIPE, 0.5)
    assert {*train, *test} == {"a", "d"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"test_share": 1}, "at least 0 and below 1; got 1"),
        ({"test_share": -0.1}, "at least 0 and below 1"),
        ({"test_share": float("nan")}, "at least 0 and below 1"),
        ({"test_share": "half"}, "at least 0 and below 1"),
        ({"seed": -1}, "The seed has to be a whole number of at least 0; got -1"),
        ({"seed": 1.5}, "The seed has to be a whole number"),
    ],
)
def test_arguments_that_make_no_split_are_refused(arguments, words):
    with pytest.raises(InputError, match=words):
        split_rows(pd.DataFrame({"x": [1, 2], "y": [1, 2]}), RECIPE, **arguments)


def test_a_table_without_a_label_or_with_labels_that_repeat_is_refused():
    with pytest.raises(InputError, match="No row has a value for the target “y”"):
        split_rows(pd.DataFrame({"x": [1], "y": [None]}), RECIPE)
    with pytest.raises(InputError, match="Row labels have to be unique"):
        split_rows(pd.DataFrame({"x": [1, 2], "y": [1, 2]}, index=[7, 7]), RECIPE)
