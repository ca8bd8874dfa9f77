"""From how few rows a fill was learnt, against the means and counts of pandas."""

import numpy as np
import pandas as pd
import pytest

from core.preprocessing import read_table, split_rows, suggest_recipe
from core.preprocessing.analysis.fill_basis import find_weak_fills


def weak(frame, target, share=0.2, **change):
    recipe = suggest_recipe(frame, target)
    for column, fill in change.items():
        recipe = recipe.change(column, fill=fill)
    train, test = split_rows(frame, recipe, test_share=share, seed=0)
    return find_weak_fills(frame, recipe.fit(frame.loc[train]), train, test), train


def test_the_notes_houses_have_a_mean_of_2_from_one_row_and_of_3_from_all():
    frame = read_table("data/house_tiny.csv").frame
    (basis,), train = weak(frame, "Price")
    assert (basis.column, basis.fill) == ("NumRooms", "mean")
    assert (basis.value, basis.known, basis.rows) == (frame.loc[train, "NumRooms"].mean(), 1, 3) == (2.0, 1, 3)
    assert (basis.value_of_all, basis.known_of_all, basis.all_rows) == (frame["NumRooms"].mean(), 2, 4) == (3.0, 2, 4)
    assert basis.differs
    (whole,), _train = weak(frame, "Price", share=0)
    assert (whole.value, whole.known, whole.rows, whole.differs) == (3.0, 2, 4, False)


@pytest.mark.parametrize("fill", ["mean", "median", "most_frequent"])
def test_many_values_are_named_only_where_the_test_rows_would_change_the_fill(fill):
    rng = np.random.default_rng(0)
    steady = pd.DataFrame({"a": rng.integers(0, 3, size=200).astype(float), "y": np.arange(200.0)})
    steady.loc[::7, "a"] = np.nan
    found, train = weak(steady, "y", a=fill)
    assert [basis.column for basis in found] == []
    assert len(train) == 160
    jumping = steady.copy()
    jumping.loc[steady.index.difference(train), "a"] = 1_000.0
    jumping.loc[0, "a"] = np.nan
    (basis,), _train = weak(jumping, "y", a="mean")
    assert basis.value == pytest.approx(jumping.loc[train, "a"].mean())
    assert basis.value_of_all == pytest.approx(jumping["a"].mean())


def test_categories_and_odd_columns():
    frame = pd.DataFrame({
        "c": ["p", None, "p", "q", None, "q", "p", "q", "q", "q"],
        "full": range(10),
        "empty": pd.Series([None] * 10, dtype="str"),
        "y": np.arange(10.0),
    })  # fmt: skip
    found, train = weak(frame, "y", c="most_frequent")
    assert [basis.column for basis in found] == ["c"]
    assert found[0].value == frame.loc[train, "c"].mode()[0]
    assert found[0].known == frame.loc[train, "c"].notna().sum()
    assert found[0].value_of_all == frame["c"].mode()[0] == "q"
