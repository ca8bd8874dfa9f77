"""What get_dummies makes of each value, against get_dummies on the whole column."""

import pandas as pd
import pytest

from core.preprocessing.analysis.indicators import MOST_VALUES, explain_indicators


def test_the_books_alley_is_one_or_zero_by_value():
    (of,) = explain_indicators(pd.DataFrame({"NumRooms": [3.0, 2, 4, 3], "Alley": ["Pave", None, None, None]}))
    assert of.marked.columns.tolist() == ["value", "rows", "Alley_Pave", "Alley_nan"]
    assert of.marked.to_numpy().tolist()[0] == ["Pave", 1, 1, 0]
    assert of.marked.to_numpy().tolist()[1][1:] == [3, 0, 1]
    assert of.unmarked.columns.tolist() == ["value", "rows", "Alley_Pave"]
    assert of.unmarked["Alley_Pave"].tolist() == [1, 0]


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
@pytest.mark.parametrize("dummy_na", [True, False])
def test_the_rows_of_the_table_are_those_of_get_dummies(dtype, dummy_na):
    column = pd.DataFrame({"c": pd.Series(["b", None, "a", "b", "nan"], dtype=dtype)})
    (of,) = explain_indicators(column)
    table = of.marked if dummy_na else of.unmarked
    dummies = pd.get_dummies(column, dummy_na=dummy_na, dtype=int)
    assert table.shape == (4, 2 + dummies.shape[1])
    for _place, row in table.iterrows():
        same = column["c"].isna() if pd.isna(row["value"]) else column["c"] == row["value"]
        assert row["rows"] == same.sum()
        assert (dummies[same] == row.iloc[2:].to_numpy()).all(axis=None)


def test_without_missing_values_there_is_no_row_for_them_and_many_values_are_cut():
    (of,) = explain_indicators(pd.DataFrame({"c": [f"v{place:02}" for place in range(20)]}))
    assert of.marked.shape == (MOST_VALUES, 2 + MOST_VALUES + 1)
    assert of.marked["c_nan"].eq(0).all()
    assert of.more == 8
    assert explain_indicators(pd.DataFrame({"n": [1, 2]})) == []


def test_levels_that_no_row_has_are_left_out():
    levels = pd.Categorical(["hi", None], categories=["lo", "mid", "hi"])
    (of,) = explain_indicators(pd.DataFrame({"c": levels}))
    assert of.marked.columns.tolist() == ["value", "rows", "c_hi", "c_nan"]
    assert of.marked[["c_hi", "c_nan"]].to_numpy().tolist() == [[1, 0], [0, 1]]
