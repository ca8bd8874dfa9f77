"""Splits by group and by time, and copies on one side, against scikit-learn and by brute force."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import GroupShuffleSplit

from core.errors import InputError
from core.preprocessing import ColumnPlan, Recipe, SplitPlan, adapt_recipe, split_rows, suggest_recipe
from core.preprocessing.recipes.row_groups import join_groups

X = ColumnPlan("x", "mean", "number")
GROUPED = Recipe("y", (X,), split=SplitPlan("group", "g"))
TIMED = Recipe("y", (X,), split=SplitPlan("time", "t"))
COPIES = Recipe("y", (X,), split=SplitPlan(keep_copies=True))
SHARES = st.floats(0, 0.95)


def table(**columns):
    rows = len(next(iter(columns.values())))
    return pd.DataFrame({"x": np.arange(rows) * 1.0, "y": np.arange(rows) * 2.0, **columns})


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "<b>", None]), min_size=2, max_size=40), SHARES, st.integers(0, 9))
def test_no_group_is_on_both_sides_and_the_share_is_as_near_as_any_group_allows(groups, share, seed):
    frame = table(g=groups)
    if share and frame["g"].nunique() + frame["g"].isna().sum() < 2:
        with pytest.raises(InputError, match="same value"):
            split_rows(frame, GROUPED, share, seed)
        return
    train, test = split_rows(frame, GROUPED, share, seed)
    assert sorted([*train, *test]) == list(frame.index)
    assert not set(frame["g"][train].dropna()) & set(frame["g"][test].dropna())
    assert len(train)
    assert bool(len(test)) == (share > 0)
    sizes = [*frame["g"].value_counts(), *[1] * frame["g"].isna().sum()]
    wanted = max(round(share * len(frame)), share > 0)
    if len(test) and min(sizes) <= wanted:
        assert abs(len(test) - wanted) <= max(sizes)  # no whole group could be added or left out and be nearer


def test_as_many_rows_are_tested_on_as_in_groups_drawn_by_scikit_learn():
    frame = table(g=np.repeat(np.arange(30), 4).astype(str))
    _train, test = next(GroupShuffleSplit(1, test_size=0.2, random_state=0).split(frame, groups=frame["g"]))
    assert len(split_rows(frame, GROUPED, 0.2)[1]) == len(test) == 24
    assert not split_rows(frame, GROUPED, 0.2, 0)[1].equals(split_rows(frame, GROUPED, 0.2, 1)[1])


def test_a_group_of_most_rows_is_trained_on_and_of_two_halves_one_is_tested_on():
    frame = table(g=["large"] * 90 + [f"p{number}" for number in range(10)])
    for seed in range(5):
        assert sorted(split_rows(frame, GROUPED, 0.1, seed)[1]) == list(range(90, 100))
    assert len(split_rows(table(g=["a"] * 5 + ["b"] * 5), GROUPED, 0.1)[1]) == 5


@given(st.lists(st.one_of(st.none(), st.integers(0, 12)), min_size=2, max_size=40), SHARES)
def test_the_last_rows_are_tested_on_and_equal_times_are_on_one_side(times, share):
    frame = table(t=pd.array(times, dtype="Int64"))
    known = frame["t"].dropna()
    if share and known.nunique() < 2:
        with pytest.raises(InputError):
            split_rows(frame, TIMED, share)
        return
    train, test = split_rows(frame, TIMED, share)
    assert sorted([*train, *test]) == list(frame.index)
    assert frame["t"][test].notna().all()
    assert bool(len(test)) == (share > 0)
    if len(test):
        assert frame["t"][train].dropna().max() < frame["t"][test].min()
        wanted = max(round(share * len(frame)), 1)
        nearest = min(abs((known >= start).sum() - wanted) for start in known.unique() if start > known.min())
        assert abs(len(test) - wanted) == nearest
    assert split_rows(frame, TIMED, share, seed=1)[1].equals(test)


def test_dates_are_split_as_they_follow_each_other():
    days = pd.to_datetime(["2021-03-01", "2020-01-01", None, "2020-06-01", "2022-01-01"])
    train, test = split_rows(table(t=days), TIMED, 0.4)
    assert (list(train), list(test)) == ([1, 2, 3], [0, 4])


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=2, max_size=40), SHARES, st.integers(0, 9))
def test_copies_stay_on_one_side(rows, share, seed):
    frame = pd.DataFrame(rows, columns=["x", "y"]).astype("float64")
    frame["x"] = frame["x"].where(frame["x"] > 0)  # missing equals missing
    if share and len(frame.drop_duplicates()) < 2:
        with pytest.raises(InputError, match="copies"):
            split_rows(frame, COPIES, share, seed)
        return
    train, test = split_rows(frame, COPIES, share, seed)
    assert sorted([*train, *test]) == list(frame.index)
    together = pd.concat([frame.loc[train].drop_duplicates(), frame.loc[test].drop_duplicates()])
    assert not together.duplicated().any()


def test_without_copies_the_rows_are_those_of_the_split_at_random():
    frame = table(g=["a"] * 37)
    for seed in range(4):
        plain, kept = (
            split_rows(frame, Recipe("y", (X,), split=split), 0.3, seed) for split in (SplitPlan(), COPIES.split)
        )
        assert plain[1].equals(kept[1])


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=30))
def test_groups_linked_by_copies_are_one_component(pairs):
    first, second = (pd.Series(values) for values in zip(*pairs, strict=True))
    joined = join_groups(first, second)
    reach = (first.to_numpy()[:, None] == first.to_numpy()) | (second.to_numpy()[:, None] == second.to_numpy())
    for _step in pairs:
        reach = (reach.astype(int) @ reach.astype(int)) > 0
    assert ((joined.to_numpy()[:, None] == joined.to_numpy()) == reach).all()


def test_a_long_chain_of_links_is_followed_quickly():
    rows = 50_000
    chain = pd.Series(np.random.default_rng(0).permutation(rows)[np.arange(2 * rows) // 2])
    assert join_groups(chain, pd.Series((np.arange(2 * rows) + 1) // 2)).max() == 0


def test_groups_and_copies_are_kept_together():
    frame = pd.DataFrame({"x": [1.0, 1, 2, 2, 3, 4], "y": [1.0, 1, 2, 2, 3, 4], "g": ["a", "b", "b", "c", "d", "e"]})
    recipe = Recipe("y", (X,), split=SplitPlan("group", "g", keep_copies=True))
    for seed in range(6):
        _train, test = split_rows(frame, recipe, 0.5, seed)
        assert set(range(4)) <= set(test) or not set(range(4)) & set(test)


@pytest.mark.parametrize(
    ("split", "columns", "words"),
    [
        (SplitPlan("group", "nowhere"), {}, "no such column"),
        (SplitPlan("time", "nowhere"), {}, "no such column"),
        (SplitPlan("group", "c"), {"c": ["one"] * 6}, "same value in every row"),
        (SplitPlan("time", "c"), {"c": [3] * 6}, "same value in every row"),
        (SplitPlan("time", "c"), {"c": [None] * 6}, "same value in every row, or none"),
        (SplitPlan("time", "c"), {"c": list("abcdef")}, "has to hold dates or numbers"),
    ],
)
def test_a_column_that_makes_no_split_is_refused_in_a_sentence(split, columns, words):
    with pytest.raises(InputError, match=words):
        split_rows(table(z=range(6), **columns), Recipe("y", (X,), split=split))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sometimes",), "split by one of"),
        (("random", "g"), "take no column"),
        (("group",), "need the name of a column"),
        (("time", "t", True), "time decides alone"),
        (("group", "g", "yes"), "true or false"),
    ],
)
def test_options_that_make_no_plan_are_refused(arguments, words):
    with pytest.raises(InputError, match=words):
        SplitPlan(*arguments)


@pytest.mark.parametrize("split", [SplitPlan(), GROUPED.split, TIMED.split, SplitPlan("group", '"<i>\n', True)])
def test_the_split_is_in_the_json_and_in_the_link(split):
    recipe, plain = Recipe("y", (X,), split=split), Recipe("y", (X,))
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert ("split" in recipe.to_json()) == (split != SplitPlan())
    assert Recipe.from_link(recipe.to_link(plain), plain) == recipe
    assert Recipe.from_link(plain.to_link(recipe), recipe) == plain


@pytest.mark.parametrize("split", ['"group"', '{"by": "group"}', '{"how": 1}', '{"by": ["time"], "column": "t"}', "[]"])
def test_a_split_of_another_form_is_refused(split):
    with pytest.raises(InputError):
        Recipe.from_json(f'{{"target": "y", "columns": [], "split": {split}}}')


def test_a_recipe_for_another_table_splits_at_random_and_says_so():
    recipe = suggest_recipe(table(g=list("abc") * 4), "y")
    adapted = adapt_recipe(Recipe("y", recipe.columns, split=SplitPlan("group", "g")), table(h=range(12)))
    assert adapted.recipe.split == SplitPlan()
    assert any("“g”" in note and "at random" in note for note in adapted.notes)
