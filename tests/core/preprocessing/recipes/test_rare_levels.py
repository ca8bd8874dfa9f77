"""Rare categories share a feature, as scikit-learn's infrequent ones do."""

import json

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import OneHotEncoder

from core.errors import InputError, LimitError
from core.preprocessing import ColumnPlan, Recipe, read_table
from tests.plain_python import run_python

RANDOM = np.random.default_rng(3)
LEVELS = np.array([*"abcdefgh", "<b>", "*x*"])
FREQUENT = np.array([0.3, 0.25, 0.2, 0.1, 0.05, 0.04, 0.03, 0.01, 0.01, 0.01])


def frame(rows=200, levels=LEVELS):
    return pd.DataFrame({"c": RANDOM.choice(levels, rows, p=FREQUENT), "y": np.arange(rows, dtype=float)})


def fit(table, least, fill="own_class", **options):
    return Recipe("y", (ColumnPlan("c", fill, "one_hot", min_frequency=least, **options),)).fit(table)


@pytest.mark.parametrize("least", [1, 2, 5, 21, 60, 1000])
@pytest.mark.parametrize("unseen", [(), ("new", "newer")])
def test_the_features_are_those_of_scikit_learn(least, unseen):
    table = frame()
    fitted = fit(table, least)
    encoder = OneHotEncoder(min_frequency=least, handle_unknown="infrequent_if_exist", sparse_output=False)
    encoder.fit(table[["c"]].to_numpy(dtype=object))
    other = pd.DataFrame({"c": [*table["c"].unique(), *unseen], "y": 1.0})
    theirs = encoder.transform(other[["c"]].to_numpy(dtype=object))
    infrequent = encoder.infrequent_categories_[0]
    assert fitted.columns[0].others == (() if infrequent is None else tuple(sorted(infrequent)))
    assert fitted.transform(other).X.numpy().tolist() == theirs.tolist()


def test_numbers_are_grouped_too_and_missing_values_stay_a_class_of_their_own():
    table = pd.DataFrame({"c": [1.0, 1, 1, 2, 3, np.nan, np.nan], "y": np.arange(7.0)})
    fitted = fit(table, 2)
    assert fitted.feature_names == ("c_1", "c_other", "c_nan")
    assert fitted.transform(table).X.tolist()[3:6] == [[0, 1, 0], [0, 1, 0], [0, 0, 1]]


def test_filled_rows_count():
    table = pd.DataFrame({"c": ["a", "a", "b", None, None], "y": np.arange(5.0)})
    assert fit(table, 2, "most_frequent").feature_names == ("c_a", "c_other")
    assert fit(table, 3, "constant", constant="b").feature_names == ("c_b", "c_other")
    assert fit(table, 3, "constant", constant="b").columns[0].other_rows == 2


def test_a_base_keeps_its_place_and_the_most_frequent_limit_holds_too():
    table = pd.DataFrame({"c": [*"aaabbbccd"], "y": np.arange(9.0)})
    assert fit(table, 2, base="d").feature_names == ("c_a", "c_b", "c_c")
    assert fit(table, 2, base="").feature_names == ("c_b", "c_c", "c_other")
    assert fit(table, 2, most=2).columns[0].others == ("c", "d")
    assert fit(table, 9).feature_names == ("c_other",)


def test_notes_say_how_many_levels_and_rows():
    table = pd.DataFrame({"c": [*"aaabbcd"], "y": np.arange(7.0)})
    assert fit(table, 3).notes == ("“c”: 3 categories are rare and count as other (training rows: 4): “b”, “c”, “d”.",)
    assert fit(table, 1).notes == ("“c”: every category is in at least 1 training row, so none is grouped as other.",)
    assert fit(table, None).notes == ()
    new = pd.DataFrame({"c": ["z"], "y": [0.0]})
    assert "it counts as other" in fit(table, 3).transform(new).notes[-1]


def test_grouping_makes_room_where_there_are_too_many_categories():
    names = [f"rare {place}" for place in range(1_200)]
    table = pd.DataFrame({"c": [*names, "often", "often"], "y": np.arange(1_202.0)})
    with pytest.raises(LimitError):
        fit(table, None)
    assert fit(table, 2).feature_names == ("c_often", "c_other")


@pytest.mark.parametrize("wrong", [0, -1, 1.5, True, "2"])
def test_only_whole_numbers_are_taken(wrong):
    with pytest.raises(InputError, match="fewest training rows"):
        ColumnPlan("c", "own_class", "one_hot", min_frequency=wrong)
    with pytest.raises(InputError, match="takes no min_frequency"):
        ColumnPlan("c", "most_frequent", "ordinal", min_frequency=2)


def test_json_and_links_keep_it_and_another_encoding_clears_it():
    plain = Recipe("y", (ColumnPlan("c", "own_class", "one_hot"),))
    grouped = plain.change("c", min_frequency=4)
    assert "min_frequency" not in plain.to_json()
    assert json.loads(grouped.to_json())["columns"][0]["min_frequency"] == 4
    assert Recipe.from_json(grouped.to_json()) == grouped
    assert Recipe.from_link(grouped.to_link(plain), plain) == grouped
    assert grouped.change("c", encode="ordinal").plan("c").min_frequency is None
    assert grouped.change("c", min_frequency=None) == plain


def test_the_script_makes_the_same_tensor(tmp_path):
    path = tmp_path / "table.csv"
    frame(levels=np.array([*"abcdefghij"])).to_csv(path, index=False)
    table = read_table(path).frame
    fitted = fit(table.iloc[:150], 9)
    (tmp_path / "script.py").write_text(fitted.to_script(str(path)))
    code = "import runpy, json; json.dump(runpy.run_path('script.py')['X'].tolist(), open('X.json', 'w'))"
    run_python("-W", "error", "-c", code, folder=tmp_path, absent=("core", "dashboard"))
    assert json.loads((tmp_path / "X.json").read_text()) == fitted.transform(table).X.tolist()
