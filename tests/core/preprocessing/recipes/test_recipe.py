"""A recipe is data: checked where it is made, changed by making another, the same after JSON."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import ColumnPlan, Recipe, encode_choices, fill_choices, suggest_recipe
from core.preprocessing.recipes.plans import FILLS_BY_ENCODE

RECIPE = Recipe("Price", (ColumnPlan("NumRooms", "mean", "number"), ColumnPlan("Alley", "own_class", "one_hot")))


def test_the_suggestion_goes_by_the_kind_of_each_column():
    frame = pd.DataFrame(
        {
            "n": [1.5, None, 2],
            "flag": [True, False, True],
            "nothing": [None, None, None],
            "c": ["x", None, "y"],
            "y": [1, 2, 3],
            "late": ["a", "b", "a"],
        }
    )
    recipe = suggest_recipe(frame)
    assert recipe.target == "y"
    assert {plan.column: (plan.fill, plan.encode) for plan in recipe.columns} == {
        "n": ("mean", "number"),
        "flag": ("own_class", "one_hot"),
        "nothing": ("drop_column", "drop"),
        "c": ("own_class", "one_hot"),
        "late": ("own_class", "one_hot"),
    }


@pytest.mark.parametrize(
    ("frame", "target", "words"),
    [
        (pd.DataFrame({"a": ["x", "y"]}), None, "this table has none"),
        (pd.DataFrame(), None, "this table has none"),
        (pd.DataFrame({"a": [1]}), "b", "no column “b”"),
        (pd.DataFrame({"a": ["x"]}), "a", "a column of numbers; “a” holds other values"),
        (pd.DataFrame({"a": [None], "b": [1]}), "a", "No row has a value for the target “a”"),
        (pd.DataFrame({0: [1]}), None, "Column names have to be text; rename “0”"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), None, "“a” came twice"),
        ([1, 2], None, "A pandas DataFrame is needed; list came"),
    ],
)
def test_a_table_without_a_fitting_target_is_named(frame, target, words):
    with pytest.raises(InputError, match=words):
        suggest_recipe(frame, target)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a", "mean", "one_hot"), "“a” is encoded as one_hot, which does not go with the fill mean"),
        (("a", "median", "drop"), "“a”"),
        (("a", "own_class", "number"), "“a” is encoded as number, which does not go with the fill own_class"),
        (("a", "constant", "number"), "“a” needs a finite number as its constant; None came"),
        (("a", "constant", "number", "x"), "“a” needs a finite number"),
        (("a", "constant", "number", float("nan")), "“a” needs a finite number"),
        (("a", "constant", "number", 10**400), "“a” needs a finite number"),
        (("a", "constant", "number", True), "“a” needs a finite number"),
        (("a", "constant", "one_hot", None), "“a” needs a number or text"),
        (("a", "constant", "one_hot", ["x"]), "“a” needs a number or text"),
        (("a", "mean", "number", 3), "“a” is filled by mean, which takes no constant"),
        (("a", "zero", "number"), "the fill 'zero'; choose one of mean, median"),
        (("a", "mean", "ordinal"), "the encode 'ordinal'; choose one of number, one_hot, drop"),
        (("a", [], {}), "choose one of"),
        ((3, "mean", "number"), "the name of a column as text; 3 came"),
    ],
)
def test_choices_that_do_not_go_together_are_refused_with_the_column(arguments, words):
    with pytest.raises(InputError, match=words):
        ColumnPlan(*arguments)


@pytest.mark.parametrize("kind", ["number", "category", "text", "empty"])
def test_every_offered_choice_makes_a_plan(kind):
    for encode in encode_choices(kind):
        for fill in fill_choices(kind, encode):
            constant = (1.0 if encode == "number" else "x") if fill == "constant" else None
            assert ColumnPlan("a", fill, encode, constant).encode == encode


def test_an_encoding_that_does_not_fit_the_kind_is_not_offered():
    assert "number" not in encode_choices("category")
    with pytest.raises(InputError, match="kind category cannot be encoded as number"):
        fill_choices("category", "number")


def test_change_gives_a_new_recipe_and_leaves_the_old_one():
    changed = RECIPE.change("NumRooms", fill="constant", constant=np.int64(3))
    assert changed.plan("NumRooms") == ColumnPlan("NumRooms", "constant", "number", 3)
    assert type(changed.plan("NumRooms").constant) is int
    assert RECIPE.plan("NumRooms").fill == "mean"
    assert changed.change("NumRooms", fill="median").plan("NumRooms").constant is None
    assert changed.change("NumRooms", fill="constant").plan("NumRooms").constant == 3


def test_change_takes_several_columns_at_once():
    changed = RECIPE.change(["NumRooms", "Alley"], fill="drop_rows")
    assert [plan.fill for plan in changed.columns] == ["drop_rows", "drop_rows"]


def test_a_new_encoding_brings_a_fill_that_goes_with_it():
    assert RECIPE.change("NumRooms", encode="one_hot").plan("NumRooms").fill == "own_class"
    dropped = RECIPE.change("NumRooms", encode="drop")
    assert dropped.plan("NumRooms").fill == "drop_column"
    assert dropped.change("NumRooms", encode="number").plan("NumRooms").fill == "mean"
    assert RECIPE.change("NumRooms", fill="drop_rows").change("NumRooms", encode="one_hot").plan(
        "NumRooms"
    ) == ColumnPlan("NumRooms", "drop_rows", "one_hot")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": "Garage", "fill": "mean"}, "no column “Garage”"),
        ({"columns": "Price", "fill": "mean"}, "no column “Price”"),
        ({"columns": "Alley", "fill": "mean"}, "“Alley”"),
        ({"columns": "NumRooms", "fill": "own_class"}, "“NumRooms”"),
        ({"columns": "NumRooms", "encode": "x"}, "“NumRooms”"),
        ({"columns": "NumRooms", "constant": 3}, "“NumRooms” is filled by mean, which takes no constant"),
    ],
)
def test_a_change_that_makes_no_plan_is_refused(change, words):
    with pytest.raises(InputError, match=words):
        RECIPE.change(**change)


@pytest.mark.parametrize("target", ["a", "b"])
def test_a_column_stands_in_a_recipe_once(target):
    with pytest.raises(InputError, match="in the recipe twice"):
        Recipe(target, (ColumnPlan("a", "mean", "number"), ColumnPlan("a", "mean", "number")))


@st.composite
def plans(draw, column):
    encode = draw(st.sampled_from(sorted(FILLS_BY_ENCODE)))
    fill = draw(st.sampled_from(FILLS_BY_ENCODE[encode]))
    number = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53), 2**53)
    constant = draw(number if encode == "number" else number | st.text()) if fill == "constant" else None
    return ColumnPlan(column, fill, encode, constant)


@settings(deadline=None)
@given(st.data(), st.lists(st.text(), min_size=1, max_size=5, unique=True))
def test_json_gives_the_same_recipe_back(data, names):
    recipe = Recipe(names[0], tuple(data.draw(plans(name)) for name in names[1:]))
    assert Recipe.from_json(recipe.to_json()) == recipe


PLAN = {"column": "a", "fill": "mean", "encode": "number"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "has to be JSON text"),
        ("{", "has to be JSON text"),
        (None, "has to be JSON text"),
        ("[" * 100_000, "has to be JSON text"),
        ('{"target": "y", "columns": [], "x": NaN}', "has to be JSON text"),
        ("[]", "JSON objects with the keys columns, target"),
        ("3", "JSON objects"),
        ('{"target": "y"}', "lacks the key columns"),
        ('{"columns": []}', "lacks the key target"),
        ('{"target": "y", "columns": [], "extra": 1, "more": 2}', "unknown keys: extra, more"),
        ('{"target": 3, "columns": []}', "target has to be the name of a column; 3 came"),
        ('{"target": null, "columns": []}', "target has to be the name of a column"),
        ('{"target": "y", "columns": {}}', "have to be a list"),
        ('{"target": "y", "columns": [1]}', "JSON objects with the keys column, encode, fill"),
        (json.dumps({"target": "y", "columns": [{"column": "a"}]}), "lacks the key encode, fill"),
        (json.dumps({"target": "y", "columns": [PLAN | {"scale": 1}]}), "unknown keys: scale"),
        (json.dumps({"target": "y", "columns": [PLAN | {"fill": "zero"}]}), "the fill 'zero'"),
        (json.dumps({"target": "y", "columns": [PLAN | {"fill": ["mean"]}]}), "the fill"),
        (json.dumps({"target": "y", "columns": [PLAN | {"column": 1}]}), "the name of a column as text"),
        (json.dumps({"target": "a", "columns": [PLAN]}), "in the recipe twice"),
        (json.dumps({"target": "y", "columns": [PLAN | {"fill": "constant", "constant": {}}]}), "a finite number"),
        ('{"target": "y", "columns": [{"column":"a","fill":"constant","encode":"number","constant":1e999}]}', "finite"),
    ],
)
def test_anything_but_a_recipe_is_refused_saying_what_was_wrong(text, words):
    with pytest.raises(InputError, match=words):
        Recipe.from_json(text)
