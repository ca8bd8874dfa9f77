"""Fit on training rows, transform any: the same numbers as pandas and scikit-learn, and never a missing one."""

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder

from core.errors import InputError
from core.preprocessing import ColumnPlan, Recipe, read_table, split_rows, suggest_recipe
from tests.examples import examples

TINY = b"NumRooms,Alley,Price\nNA,Pave,127500\n2,NA,106000\n4,NA,178100\nNA,NA,140000\n"


def fit_one(values, fill, encode, constant=None):
    frame = pd.DataFrame({"x": values, "y": range(len(values))})
    return Recipe("y", (ColumnPlan("x", fill, encode, constant),)).fit(frame), frame


def test_the_classic_table_of_the_book_comes_out_as_in_the_book():
    frame = read_table(TINY).frame
    prepared = suggest_recipe(frame, "Price").fit(frame).transform(frame)
    assert prepared.feature_names == ["NumRooms", "Alley_Pave", "Alley_nan"]
    assert prepared.X.tolist() == [[3, 1, 0], [2, 0, 1], [4, 0, 1], [3, 0, 1]]
    assert prepared.y.tolist() == [127500, 106000, 178100, 140000]
    assert prepared.X.dtype == prepared.y.dtype == torch.float64
    assert prepared.notes == ()


def test_one_hot_columns_are_those_of_get_dummies():
    frame = pd.DataFrame({"c": ["b", None, "Z", "a b", "b", "é"], "y": range(6)})
    prepared = suggest_recipe(frame, "y").fit(frame).transform(frame)
    dummies = pd.get_dummies(frame[["c"]], dummy_na=True, dtype=float)
    pd.testing.assert_frame_equal(prepared.frame[prepared.feature_names], dummies)


@pytest.mark.parametrize("fill", ["mean", "median", "most_frequent"])
@given(values=st.lists(st.none() | st.integers(-50, 50) | st.floats(-1e6, 1e6), min_size=1, max_size=30))
@settings(max_examples=examples(40), deadline=None)
def test_numbers_are_filled_as_by_scikit_learn(fill, values):
    values = [*values, 1.0]
    fitted, frame = fit_one(values, fill, "number")
    expected = SimpleImputer(strategy=fill).fit_transform(frame[["x"]].to_numpy(dtype=float))
    np.testing.assert_allclose(fitted.transform(frame).X.numpy(), expected, rtol=1e-12, atol=1e-9)


@given(
    st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1, max_size=12),
    st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=12),
)
@settings(max_examples=examples(40), deadline=None)
def test_categories_are_encoded_as_by_scikit_learn_new_ones_as_zeros(train, test):
    train = [*train, "b"]
    fitted, frame = fit_one(train, "most_frequent", "one_hot")
    filled = SimpleImputer(strategy="most_frequent", missing_values=None)
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False)
    encoder.fit(filled.fit_transform(pd.DataFrame({"x": train}, dtype=object)))
    new = pd.DataFrame({"x": test, "y": range(len(test))})
    assert fitted.transform(new).X.numpy().tolist() == encoder.transform([[value] for value in test]).tolist()
    assert fitted.transform(frame).X.sum() == len(train)


def test_of_equally_frequent_values_the_smallest_fills():
    assert fit_one([3, 1, 1, 3, None], "most_frequent", "number")[0].columns[0].fill_value == 1
    assert fit_one(["b", "a", None], "most_frequent", "one_hot")[0].columns[0].fill_value == "a"


def test_only_the_training_rows_teach():
    frame = pd.DataFrame({"x": [1.0, 3.0, 100.0, None], "c": ["a", "b", "c", None], "y": [1, 2, 3, 4]})
    fitted = suggest_recipe(frame, "y").fit(frame.loc[[0, 1]])
    assert fitted.columns[0].fill_value == 2
    assert fitted.columns[0].learnt_from == 2
    assert fitted.feature_names == ("x", "c_a", "c_b")
    prepared = fitted.transform(frame)
    assert prepared.X.tolist() == [[1, 1, 0], [3, 0, 1], [100, 0, 0], [2, 0, 0]]
    assert any("“c”: 1 row holds a category the training rows did not have (“c”)" in note for note in prepared.notes)
    assert any("“c”: 1 row has a missing value, and no training row has one" in note for note in prepared.notes)


def test_rows_without_a_target_teach_nothing_and_are_left_out_and_counted():
    frame = pd.DataFrame({"x": [1.0, 3.0, 100.0], "y": [1, 2, None]}, index=["a", "b", "c"])
    prepared = (fitted := suggest_recipe(frame, "y").fit(frame)).transform(frame)
    assert fitted.columns[0].fill_value == 2
    assert list(prepared.rows) == ["a", "b"]
    assert prepared.notes == ("1 row has no value for the target “y” and was left out.",)


def test_rows_dropped_for_a_gap_are_in_no_result_and_have_nothing_filled():
    frame = pd.DataFrame({"x": [1.0, None, 3.0], "z": [None, None, 6.0], "y": [1, 2, 3]})
    recipe = Recipe("y", (ColumnPlan("x", "drop_rows", "number"), ColumnPlan("z", "mean", "number")))
    fitted = recipe.fit(frame)
    assert fitted.transform(frame).X.tolist() == [[1, 6], [3, 6]]
    assert fitted.transform(frame).notes == ("1 row with a missing value was dropped, as set in the recipe.",)
    features = fitted.features(frame.drop(columns="y"))
    assert list(features.rows) == [0, 2]
    assert fitted.filled_cells(frame).to_dict("list") == {"x": [False] * 3, "z": [True, False, False]}
    assert 1 not in set().union(*split_rows(frame, recipe))


def test_filled_cells_mark_what_was_filled_or_became_its_own_class():
    frame = read_table(TINY).frame
    marks = suggest_recipe(frame).fit(frame).filled_cells(frame)
    assert marks.to_dict("list") == {"NumRooms": [True, False, False, True], "Alley": [False, True, True, True]}


def test_whole_numbers_as_categories_are_named_without_a_decimal_point():
    fitted, frame = fit_one([3, None, 10, 2.5], "own_class", "one_hot")
    assert fitted.feature_names == ("x_2.5", "x_3", "x_10", "x_nan")
    assert fitted.transform(frame).X.tolist() == [[0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [1, 0, 0, 0]]


def test_a_constant_category_has_a_feature_once_it_fills_a_training_gap():
    fitted, frame = fit_one(["b", None], "constant", "one_hot", "a")
    assert fitted.feature_names == ("x_a", "x_b")
    assert fitted.transform(frame).X.tolist() == [[0, 1], [1, 0]]
    assert fit_one(["b", "c"], "constant", "one_hot", "a")[0].feature_names == ("x_b", "x_c")


def test_names_of_features_and_of_the_result_are_unique():
    frame = pd.DataFrame({"a": ["b_c", "nan", None], "a_b": ["c", "c", "c"], "a_nan": [1, 2, 3], "a_b_c": [0, 0, 1]})
    recipe = suggest_recipe(frame, "a_b_c")
    prepared = recipe.fit(frame).transform(frame)
    assert len(set(prepared.feature_names)) == len(prepared.feature_names) == 5
    assert prepared.frame.columns.is_unique
    assert prepared.frame.iloc[:, -1].tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("values", "value"),
    [([1.7e308, 1.7e308, None], 1.7e308), ([-1.7e308, -1.5e308, None], -1.6e308), ([5e-324, 5e-324, None], 5e-324)],
)
@pytest.mark.parametrize("fill", ["mean", "median"])
def test_the_middle_of_huge_and_tiny_numbers_is_finite(values, value, fill):
    assert fit_one(values, fill, "number")[0].columns[0].fill_value == pytest.approx(value, rel=1e-15)


def test_infinite_numbers_are_gaps():
    fitted, frame = fit_one([1.0, np.inf, -np.inf, 3.0], "mean", "number")
    assert fitted.transform(frame).X.flatten().tolist() == [1, 2, 2, 3]
    frame["y"] = [np.inf, 1.0, 2.0, 3.0]
    assert fitted.transform(frame).y.tolist() == [1, 2, 3]


def test_python_numbers_too_large_for_a_float_are_gaps():
    fitted, frame = fit_one(pd.Series([10**400, 1, 3.0, None], dtype=object), "mean", "number")
    assert fitted.transform(frame).X.flatten().tolist() == [2, 1, 3, 2]


def test_a_column_empty_in_the_training_rows_is_left_out_with_a_note():
    frame = pd.DataFrame({"x": [None, None, 5.0], "z": [1, 2, 3], "y": [1, 2, 3]})
    fitted = suggest_recipe(frame, "y").fit(frame.loc[[0, 1]])
    assert fitted.feature_names == ("z",)
    assert "“x”" in fitted.transform(frame).notes[0]


def test_a_row_typed_by_hand_needs_no_target_and_may_have_gaps():
    frame = read_table(TINY).frame
    fitted = suggest_recipe(frame).fit(frame)
    row = pd.DataFrame({"NumRooms": [None], "Alley": [None]})
    assert fitted.features(row).X.tolist() == [[3, 0, 1]]
    assert fitted.features(pd.DataFrame({"NumRooms": [5], "Alley": ["Pave"]})).X.tolist() == [[5, 1, 0]]


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"NumRooms": [1.0]}), "no column “Alley”"),
        (pd.DataFrame({"NumRooms": ["many"], "Alley": ["Pave"]}), "“NumRooms” is planned as numbers"),
        (None, "A pandas DataFrame is needed"),
    ],
)
def test_a_table_that_does_not_fit_is_named(frame, words):
    fitted = suggest_recipe(read_table(TINY).frame).fit(read_table(TINY).frame)
    with pytest.raises(InputError, match=words):
        fitted.features(frame)


@pytest.mark.parametrize(
    ("columns", "frame", "words"),
    [
        ([("x", "drop_column", "drop")], {"x": [1], "y": [1]}, "At least one feature is needed"),
        ([("x", "mean", "number")], {"x": [None], "y": [1]}, "At least one feature is needed"),
        ([("x", "mean", "number")], {"x": ["a"], "y": [1]}, "“x” is planned as numbers"),
        ([("x", "mean", "number")], {"x": [1], "y": [None]}, "No row has a value for the target “y”"),
        ([("x", "mean", "number")], {"x": [1], "y": ["a"]}, "a column of numbers; “y”"),
        ([("x", "mean", "number")], {"y": [1]}, "no column “x”"),
        ([("x", "mean", "number")], {"x": [1]}, "no column “y”"),
        ([("x", "drop_rows", "number")], {"x": [None, 1], "y": [1, None]}, "No row is left"),
        ([("x", "constant", "one_hot", 3)], {"x": ["a"], "y": [1]}, "“x” holds text, so its constant cannot be 3"),
        ([("x", "constant", "one_hot", "a")], {"x": [1], "y": [1]}, "“x” holds numbers, so its constant cannot be 'a'"),
        ([("x", "own_class", "one_hot")], {"x": range(1001), "y": range(1001)}, "“x” has 1,001 categories"),
        ([("x", "mean", "number")], {"x": [], "y": []}, "No row has a value"),
    ],
)
def test_what_cannot_be_fitted_is_named(columns, frame, words):
    with pytest.raises(InputError, match=words):
        Recipe("y", tuple(ColumnPlan(*column) for column in columns)).fit(pd.DataFrame(frame))


def test_too_many_cells_are_refused_before_memory_runs_out():
    count = 300_000
    frame = pd.DataFrame({"x": np.arange(count) % 1000, "y": np.arange(count)})
    with pytest.raises(InputError, match="300,000 rows with 1,000 features are too many"):
        Recipe("y", (ColumnPlan("x", "own_class", "one_hot"),)).fit(frame).transform(frame)


cell = st.one_of(
    st.none(), st.sampled_from([float("nan"), float("inf"), 0.0, -0.0, 1.5]), st.sampled_from(["a", "b", ""])
)
columns = st.sampled_from(
    [
        st.none() | st.integers(-3, 3),
        st.none() | st.floats(),
        st.none() | st.sampled_from(["a", "b", "nan", "3"]),
        st.none() | st.booleans(),
        cell,
    ]
)


@settings(max_examples=examples(120), deadline=None)
@given(st.data())
def test_a_suggested_recipe_never_lets_a_missing_value_through_and_changes_nothing(data):
    count = data.draw(st.integers(1, 8))
    table = {
        name: data.draw(st.lists(data.draw(columns), min_size=count, max_size=count)) for name in ("p", "q", "nan")
    }
    frame = pd.DataFrame(table | {"y": range(count)}, dtype=object if data.draw(st.booleans()) else None)
    before = frame.copy(deep=True)
    try:
        recipe = suggest_recipe(frame, "y")
        train, _test = split_rows(frame, recipe, 0.4)
        fitted = recipe.fit(frame.loc[train])
        prepared = fitted.transform(frame)
    except InputError as problem:
        assert str(problem)
        return
    assert prepared.X.isfinite().all()
    assert prepared.X.shape == (count, len(prepared.feature_names))
    assert len(set(prepared.feature_names)) == len(prepared.feature_names)
    assert fitted.filled_cells(frame).index.equals(frame.index)
    pd.testing.assert_frame_equal(frame, before)


def test_a_column_whose_only_category_is_the_base_has_no_feature_and_breaks_nothing():
    frame = pd.DataFrame({"x": [1.0, 2, 3], "c": ["a", "a", None], "y": range(3)})
    recipe = Recipe("y", (ColumnPlan("x", "mean", "number"), ColumnPlan("c", "most_frequent", "one_hot", base="")))
    prepared = recipe.fit(frame).transform(frame)
    assert prepared.feature_names == ["x"]
    assert prepared.X.tolist() == [[1.0], [2.0], [3.0]]
