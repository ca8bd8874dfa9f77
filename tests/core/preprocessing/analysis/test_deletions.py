"""Deleting instead of filling: the lines are pandas' own, and what is lost is counted."""

import io

import numpy as np
import pandas as pd
import pytest

from core.preprocessing import read_table
from core.preprocessing.analysis.book_file import HOUSE_TINY
from core.preprocessing.analysis.deletions import compare_deletions

HOUSES = pd.read_csv(io.StringIO(HOUSE_TINY))


def ways(frame, target="Price"):
    return {each.way: each for each in compare_deletions(frame, target)}


def test_of_the_notes_houses_no_row_is_complete_and_alley_is_emptiest():
    of = ways(HOUSES)
    assert (of["rows"].rows, of["rows"].lost) == (0, 7)
    assert np.isnan(of["rows"].mean)
    assert of["column"].dropped == HOUSES.isna().sum().idxmax() == "Alley"
    assert (of["column"].rows, of["column"].columns, of["column"].lost, of["column"].missing) == (4, 2, 1, 2)
    assert (of["column_and_rows"].rows, of["column_and_rows"].mean) == (2, (106000 + 178100) / 2)
    assert (of["fill"].missing, of["fill"].lost) == (3, 0)
    assert (of["nothing"].missing, of["nothing"].mean) == (5, HOUSES["Price"].mean())


@pytest.mark.parametrize(("name", "target"), [("penguins", "body_mass_g"), ("cars", "Miles_per_Gallon")])
def test_what_is_left_is_what_pandas_leaves(name, target):
    frame = read_table(f"data/{name}.csv").frame
    labelled = frame[frame[target].notna()]
    of = ways(frame, target)
    expected = {
        "rows": labelled.dropna(),
        "column": labelled.drop(columns=labelled.isna().sum().idxmax()),
        "fill": labelled.fillna(labelled.mean(numeric_only=True)),
    }
    for way, kept in expected.items():
        assert (of[way].rows, of[way].columns) == kept.shape
        assert of[way].missing == kept.isna().sum().sum()
        assert of[way].mean == pytest.approx(kept[target].mean(), rel=1e-12)
        assert of[way].spread == pytest.approx(kept[target].std(ddof=0), rel=1e-12)
    assert of["rows"].lost == labelled.notna().sum().sum() - expected["rows"].notna().sum().sum()
    assert all(each.run.worked for each in of.values())


def test_odd_tables_get_an_answer_and_are_not_changed():
    assert compare_deletions(pd.DataFrame({"a": [1, 2], "y": [1, 2]}), "y") == ()
    assert compare_deletions(pd.DataFrame({"a": [], "y": []}), "y") == ()
    infinite = pd.DataFrame({"it's": [1.0, np.inf, 3.0], "y": [1.0, 2.0, np.nan]})
    before = infinite.copy()
    of = ways(infinite, "y")
    assert (of["nothing"].rows, of["rows"].rows, of["rows"].mean) == (2, 1, 1.0)
    pd.testing.assert_frame_equal(infinite, before)
    without_label = ways(pd.DataFrame({"a": ["x", None], "b": ["x", "y"]}), None)
    assert (without_label["rows"].rows, without_label["column"].dropped) == (1, "a")
    assert np.isnan(without_label["nothing"].mean)
