"""One-hot with a base and with other, ordinal, yes/no and dates: the same numbers as scikit-learn and pandas."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder

from core.errors import InputError, LimitError
from core.preprocessing import ColumnPlan, Recipe
from tests.examples import examples


def fit_one(values, fill, encode, constant=None, **options):
    frame = pd.DataFrame({"x": values, "y": range(len(values))})
    return Recipe("y", (ColumnPlan("x", fill, encode, constant, **options),)).fit(frame), frame


def table(values):
    return pd.DataFrame({"x": values, "y": range(len(values))})


def encoded(fitted, values):
    return fitted.features(table(values)).X.numpy()


LEVELS = st.lists(st.sampled_from("abcdef"), min_size=1, max_size=30)


@settings(max_examples=examples(60), deadline=None)
@given(LEVELS, LEVELS, st.sampled_from("abcdef"))
def test_a_base_is_left_out_as_by_scikit_learn(train, test, base):
    train = [*train, base, "g"]
    fitted, _frame = fit_one(train, "most_frequent", "one_hot", base=base)
    encoder = OneHotEncoder(drop=[base], handle_unknown="ignore", sparse_output=False)
    encoder.fit(np.array(train, dtype=object)[:, None])
    assert encoded(fitted, train).tolist() == encoder.transform(np.array(train, dtype=object)[:, None]).tolist()
    seen = [value for value in test if value in train]
    if seen:
        assert encoded(fitted, seen).tolist() == encoder.transform(np.array(seen, dtype=object)[:, None]).tolist()
    assert fitted.columns[0].base == base
    assert f"x_{base}" not in fitted.feature_names


@settings(max_examples=examples(60), deadline=None)
@given(LEVELS, LEVELS, st.integers(1, 6))
def test_the_most_frequent_categories_are_those_of_pandas_and_all_others_share_a_feature(train, test, most):
    fitted, _frame = fit_one(train, "own_class", "one_hot", most=most)
    counts = pd.Series(train).value_counts().sort_index().sort_values(ascending=False, kind="stable")
    kept = sorted(counts.index[:most])
    has_other = len(counts) > most
    assert list(fitted.feature_names) == [f"x_{value}" for value in kept] + ["x_other"] * has_other
    expected = [
        [float(value == level) for level in kept] + [float(value not in kept)] * has_other for value in [*train, *test]
    ]
    assert encoded(fitted, [*train, *test]).tolist() == expected
    assert set(fitted.columns[0].others) == set(train) - set(kept)


@settings(max_examples=examples(40), deadline=None)
@given(LEVELS.filter(lambda values: len(set(values)) > 2), st.integers(1, 5))
def test_infrequent_categories_are_those_of_scikit_learn_where_no_counts_are_equal(train, most):
    counts = pd.Series(train).value_counts()
    if not counts.is_unique or most >= len(counts):
        return
    fitted, _frame = fit_one(train, "own_class", "one_hot", most=most)
    encoder = OneHotEncoder(max_categories=most + 1, sparse_output=False).fit(np.array(train, dtype=object)[:, None])
    assert encoded(fitted, train).tolist() == encoder.transform(np.array(train, dtype=object)[:, None]).tolist()


def test_the_most_frequent_level_is_the_base_if_none_is_named_and_equal_counts_choose_the_smallest():
    assert fit_one(["b", "b", "a"], "own_class", "one_hot", base="")[0].columns[0].base == "b"
    assert fit_one(["b", "a"], "own_class", "one_hot", base="")[0].columns[0].base == "a"
    assert fit_one([3, 3, 10], "own_class", "one_hot", base="10")[0].feature_names == ("x_3",)


def test_a_gap_filled_with_the_base_is_all_zero():
    fitted, frame = fit_one(["b", "b", "a", None], "most_frequent", "one_hot", base="", was_missing=True)
    assert fitted.feature_names == ("x_a", "x_was_missing")
    assert fitted.transform(frame).X.tolist() == [[0, 0], [0, 0], [1, 0], [0, 1]]
    assert fitted.transform(frame).notes == ()


def test_a_base_that_no_training_row_holds_is_named_and_every_category_has_a_feature():
    fitted, frame = fit_one(["b", "a"], "own_class", "one_hot", base="z")
    assert fitted.feature_names == ("x_a", "x_b")
    assert fitted.transform(frame).notes == (
        "“x”: no training row has “z”, so every category has a feature and none is the base.",
    )


def test_new_categories_and_gaps_beside_other():
    fitted, _frame = fit_one(["a", "a", "b", "c", None], "own_class", "one_hot", most=1)
    assert fitted.feature_names == ("x_a", "x_other", "x_nan")
    features = fitted.features(table(["c", "z", None, "a"]))
    assert features.X.tolist() == [[0, 1, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert features.notes == ("“x”: 1 row holds a category the training rows did not have (“z”); it counts as other.",)


def test_the_only_category_as_base_leaves_no_feature_and_says_so():
    with pytest.raises(InputError, match="At least one feature is needed"):
        fit_one(["a", "a"], "own_class", "one_hot", base="a")


def test_thousands_of_categories_are_refused_naming_a_way_on_which_works():
    values = [f"v{number:05}" for number in range(5_000)]
    with pytest.raises(LimitError, match=r"5,000 categories; at most 1,000 .* keep the most frequent") as caught:
        fit_one(values, "own_class", "one_hot")
    assert (caught.value.limit, caught.value.most, caught.value.came) == ("categories", 1000, 5000)
    fitted, _frame = fit_one([*values, "v00007"], "own_class", "one_hot", most=2)
    assert fitted.feature_names == ("x_v00000", "x_v00007", "x_other")
    with pytest.raises(LimitError, match="5,000 categories"):
        fit_one(values, "most_frequent", "ordinal")


def test_too_many_features_are_refused():
    frame = pd.DataFrame({f"c{place}": np.arange(1000).astype(str) for place in range(11)} | {"y": range(1000)})
    recipe = Recipe("y", tuple(ColumnPlan(f"c{place}", "own_class", "one_hot") for place in range(11)))
    with pytest.raises(LimitError, match="11,000 features, and at most 10,000") as caught:
        recipe.fit(frame)
    assert caught.value.limit == "features"


@settings(max_examples=examples(60), deadline=None)
@given(LEVELS, st.permutations("abcdef"))
def test_an_order_gives_the_ranks_of_scikit_learn(values, order):
    fitted, frame = fit_one(values, "most_frequent", "ordinal", order=tuple(order))
    expected = OrdinalEncoder(categories=[list(order)]).fit_transform(np.array(values, dtype=object)[:, None])
    assert fitted.transform(frame).X.tolist() == expected.tolist()
    fitted, frame = fit_one(values, "most_frequent", "ordinal")
    assert fitted.transform(frame).X.tolist() == OrdinalEncoder().fit_transform(frame[["x"]].astype(object)).tolist()


def test_numbers_are_ordered_by_size_and_an_order_may_name_them_as_text():
    fitted, frame = fit_one([10, 9, None, 2], "most_frequent", "ordinal")
    assert fitted.columns[0].categories == (2, 9, 10)
    assert fitted.transform(frame).X.flatten().tolist() == [2, 1, 0, 0]
    assert fit_one([10, 9, 2], "most_frequent", "ordinal", order=("10", 9, "2"))[0].columns[0].categories == (10, 9, 2)


def test_a_value_that_is_not_in_the_order_counts_as_missing():
    fitted, frame = fit_one(["low", "x", None, "high", "low"], "most_frequent", "ordinal", order=("low", "high"),
                            was_missing=True)  # fmt: skip
    prepared = fitted.transform(frame)
    assert prepared.feature_names == ["x", "x_was_missing"]
    assert prepared.X.tolist() == [[0, 0], [0, 1], [0, 1], [1, 0], [0, 0]]
    assert prepared.notes == ("“x”: 1 row holds a value that is not in the order (“x”); it counts as missing.",)
    assert fitted.columns[0].learnt_from == 3
    assert fitted.filled_cells(frame)["x"].tolist() == [False, True, True, False, False]


def test_where_rows_with_gaps_are_dropped_a_new_value_of_an_order_becomes_the_most_frequent():
    fitted, _frame = fit_one(["a", "b", "b"], "drop_rows", "ordinal")
    features = fitted.features(table(["a", None, "z"]))
    assert features.X.flatten().tolist() == [0, 1]
    assert list(features.rows) == [0, 2]


@pytest.mark.parametrize(
    ("values", "fill", "encode", "options", "words"),
    [
        ([1, 2], "most_frequent", "ordinal", {"order": ("a",)}, "“x” holds numbers, so its order cannot be “a”"),
        ([1, 2], "most_frequent", "ordinal", {"order": (1, "1")}, "order of “x” lists a category twice"),
        (["a"], "constant", "ordinal", {"constant": "z", "order": ("a", "b")}, "'z' of “x” is not in its order; .*“a”"),
        (["a"], "most_frequent", "ordinal", {"order": ("z",)}, "At least one feature is needed"),
        (["a", "b"], "most_frequent", "yes_no", {}, "not known which value of “x” means yes .“a”, “b”.; choose it"),
        ([0, 1], "most_frequent", "yes_no", {}, "“x” holds numbers, not yes and no"),
        (["a"], "median", "date", {}, "“x” is planned as dates but holds other values"),
        ([1], "median", "date", {}, "“x” is planned as dates"),
        ([datetime(2020, 1, 1)], "mean", "number", {}, "“x” is planned as numbers"),
        ([datetime(2020, 1, 1)], "own_class", "one_hot", {}, "“x” holds dates, not categories"),
        ([True, False], "mean", "number", {}, "“x” is planned as numbers"),
    ],
)
def test_what_does_not_fit_the_values_is_refused_naming_the_column(values, fill, encode, options, words):
    with pytest.raises(InputError, match=words):
        fit_one(values, fill, encode, **options)


@pytest.mark.parametrize(
    ("values", "yes", "expected"),
    [
        (["yes", "no", None, "no"], None, [1, 0, 0, 0]),
        (["Ja", "nein", "JA", None], None, [1, 0, 1, 1]),
        (["n", "n"], None, [0, 0]),
        (["red", "blue", "green"], "blue", [0, 1, 0]),
        ([True, False, True], None, [1, 0, 1]),
        ([True, None, True], None, [1, 1, 1]),
        (["是", "否"], "否", [0, 1]),
    ],
)
def test_yes_becomes_1_and_everything_else_0(values, yes, expected):
    fitted, frame = fit_one(values, "most_frequent", "yes_no", yes=yes)
    assert fitted.feature_names == ("x",)
    assert fitted.transform(frame).X.flatten().tolist() == expected


def test_the_answer_that_fills_a_gap_is_the_more_frequent_in_whatever_letters_it_is_written():
    fitted, frame = fit_one(["Yes", "YES", "yes", "no", "no", None], "most_frequent", "yes_no")
    assert fitted.transform(frame).X[-1].tolist() == [1]


def test_an_answer_the_training_rows_did_not_have_is_named():
    fitted, _frame = fit_one(["yes", "yes"], "most_frequent", "yes_no")
    features = fitted.features(table(["no", "yes"]))
    assert features.X.flatten().tolist() == [0, 1]
    assert "“x”: 1 row holds a value the training rows did not have (“no”); only “yes” becomes 1." in features.notes


MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31))
PARTS = ("days", "year", "month", "day", "weekday", "hour")


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(MOMENTS, min_size=1, max_size=10))
def test_dates_become_the_numbers_of_the_standard_library(moments):
    fitted, frame = fit_one(pd.Series(moments, dtype="datetime64[us]"), "median", "date", parts=PARTS)
    assert fitted.feature_names == tuple(f"x_{part}" for part in PARTS)
    expected = [
        [(m - datetime(1970, 1, 1)) / timedelta(days=1), m.year, m.month, m.day, m.weekday(), m.hour] for m in moments
    ]
    np.testing.assert_allclose(fitted.transform(frame).X.numpy(), expected, rtol=1e-15)


@pytest.mark.parametrize("dtype", ["datetime64[s]", "datetime64[ms]", "datetime64[ns]", object, "datetime64[us, UTC]"])
def test_dates_of_any_resolution_are_read(dtype):
    moments = [pd.Timestamp("2020-02-29 12:00"), None, pd.Timestamp("1969-12-31 18:00")]
    values = pd.Series(moments).dt.tz_localize("UTC") if "UTC" in str(dtype) else pd.Series(moments)
    fitted, frame = fit_one(values.astype(dtype), "most_frequent", "date")
    assert fitted.transform(frame).X.flatten().tolist() == [18321.5, -0.25, -0.25]


@pytest.mark.parametrize(
    ("fill", "constant", "expected"),
    [
        ("mean", None, "2020-01-03T08:00:00"),
        ("median", None, "2020-01-02T00:00:00"),
        ("most_frequent", None, "2020-01-01T00:00:00"),
        ("constant", "2021-05-06", "2021-05-06T00:00:00"),
        ("constant", "20210506T10", "2021-05-06T10:00:00"),
    ],
)
def test_gaps_among_dates_become_a_date(fill, constant, expected):
    days = pd.to_datetime(["2020-01-01", None, "2020-01-02", "2020-01-07"])
    fitted, frame = fit_one(days, fill, "date", constant)
    assert fitted.columns[0].fill_value == expected
    days = (datetime.fromisoformat(expected) - datetime(1970, 1, 1)) / timedelta(days=1)
    assert fitted.transform(frame).X[1].item() == pytest.approx(days, rel=1e-15)


def test_dates_that_are_all_missing_in_a_new_table_are_filled():
    fitted, _frame = fit_one(pd.to_datetime(["2020-01-01", "2020-01-03"]), "mean", "date")
    assert encoded(fitted, [None, None]).flatten().tolist() == [18263, 18263]


@pytest.mark.parametrize(
    ("values", "encode", "expected"),
    [
        ([None, 1.0, np.inf, 3.0, None], "number", [[2], [1], [1], [3], [3]]),
        ([None, "b", None, "a", "b"], "ordinal", [[1], [1], [1], [0], [1]]),
        ([None, "b", None, "a", "b"], "one_hot", [[0, 1], [0, 1], [0, 1], [1, 0], [0, 1]]),
        ([None, "no", None, "yes", None], "yes_no", [[0], [0], [0], [1], [1]]),
        ([None, "2020-01-02", None, "2020-01-04", None], "date", [[18264], [18263], [18263], [18265], [18265]]),
    ],
)
def test_the_value_above_is_carried_forward_and_with_none_above_it_is_learnt(values, encode, expected):
    series = pd.to_datetime(pd.Series(values)) if encode == "date" else pd.Series(values)
    fitted, frame = fit_one(series, "forward", encode)
    assert fitted.transform(frame).X.tolist() == expected


def test_a_row_without_a_target_still_hands_its_value_down():
    frame = pd.DataFrame({"x": [1.0, 5.0, None], "y": [1.0, None, 3.0]})
    fitted = Recipe("y", (ColumnPlan("x", "forward", "number"),)).fit(frame)
    assert fitted.transform(frame).X.flatten().tolist() == [1, 5]
    assert fitted.columns[0].fill_value == 1


def test_a_mark_of_gaps_is_there_only_if_the_training_rows_have_one():
    fitted, frame = fit_one([1.0, None], "mean", "number", was_missing=True)
    assert fitted.transform(frame).X.tolist() == [[1, 0], [1, 1]]
    assert fit_one([1.0, 2.0], "mean", "number", was_missing=True)[0].feature_names == ("x",)
