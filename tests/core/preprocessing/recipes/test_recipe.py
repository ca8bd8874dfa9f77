"""A recipe is data: checked where it is made, changed by making another, the same after JSON."""

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.preprocessing import ColumnPlan, Recipe, encode_choices, fill_choices, scale_choices, suggest_recipe

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
        "flag": ("most_frequent", "yes_no"),
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
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), None, "“a” occurs more than once"),
        ([1, 2], None, "A pandas DataFrame is needed; got list"),
    ],
)
def test_a_table_without_a_fitting_target_is_named(frame, target, words):
    with pytest.raises(InputError, match=words):
        suggest_recipe(frame, target)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("a", "mean", "one_hot"), "“a” is encoded as one_hot, which cannot be combined with the fill mean"),
        (("a", "median", "drop"), "“a”"),
        (("a", "own_class", "number"), "“a” is encoded as number, which cannot be combined with the fill own_class"),
        (("a", "constant", "number"), "“a” needs a finite number as its constant; got None"),
        (("a", "constant", "number", "x"), "“a” needs a finite number"),
        (("a", "constant", "number", float("nan")), "“a” needs a finite number"),
        (("a", "constant", "number", 10**400), "“a” needs a finite number"),
        (("a", "constant", "number", True), "“a” needs a finite number"),
        (("a", "constant", "one_hot", None), "“a” needs a number or text"),
        (("a", "constant", "one_hot", ["x"]), "“a” needs a number or text"),
        (("a", "mean", "number", 3), "“a” is filled by mean, which takes no constant"),
        (("a", "zero", "number"), "the fill 'zero'; choose one of mean, median"),
        (("a", "mean", "label"), "the encode 'label'; choose one of number, one_hot, ordinal, yes_no, date, drop"),
        (("a", [], {}), "choose one of"),
        (("a", "mean", "ordinal"), "“a” is encoded as ordinal, which cannot be combined with the fill mean"),
        (("a", "nearest", "one_hot"), "“a” is encoded as one_hot, which cannot be combined with the fill nearest"),
        (("a", "constant", "date", "31.1.2020"), "“a” needs a date such as 2020-01-31 as its constant"),
        (("a", "constant", "date", "2020-01-31T10:00+01:00"), "“a” needs a date"),
        (("a", "constant", "date", 3), "“a” needs a date"),
        (("a", "constant", "ordinal"), "“a” needs a number or text"),
        ((3, "mean", "number"), "the name of a column as text; got 3"),
    ],
)
def test_choices_that_do_not_go_together_are_refused_with_the_column(arguments, words):
    with pytest.raises(InputError, match=words):
        ColumnPlan(*arguments)


@pytest.mark.parametrize(
    ("plan", "options", "words"),
    [
        (("mean", "number"), {"base": "x"}, "“a” is encoded as number, which takes no base; only one_hot does"),
        (("mean", "number"), {"most": 3}, "takes no most; only one_hot does"),
        (("own_class", "one_hot"), {"order": ("x",)}, "takes no order; only ordinal does"),
        (("own_class", "one_hot"), {"yes": "x"}, "takes no yes; only yes_no does"),
        (("own_class", "one_hot"), {"base": 3}, "“a” needs a text as its base; got 3"),
        (("own_class", "one_hot"), {"most": 0}, "“a” can keep from 1 to 1,000 of its most frequent categories; got 0"),
        (("own_class", "one_hot"), {"most": 1001}, "got 1001"),
        (("own_class", "one_hot"), {"most": True}, "got True"),
        (("own_class", "one_hot"), {"most": 2.0}, "got 2.0"),
        (("own_class", "one_hot"), {"was_missing": True}, "Missing values of “a” are a category of their own already"),
        (("drop_rows", "number"), {"was_missing": True}, "missing values in “a” are dropped"),
        (("drop_column", "drop"), {"was_missing": True}, "missing values in “a” are dropped"),
        (("mean", "number"), {"was_missing": 1}, "“a”, was_missing has to be true or false; got 1"),
        (("mean", "number"), {"scale": "half"}, "the scale 'half'; choose one of none, standard, min_max, robust, log"),
        (("mean", "number"), {"scale": None}, "the scale None"),
        (("own_class", "one_hot"), {"scale": "standard"}, "cannot be combined with the scale standard"),
        (("most_frequent", "ordinal"), {"scale": "log"}, "cannot be combined with the scale log"),
        (
            ("most_frequent", "ordinal"),
            {"order": ()},
            "order of “a” has to list its categories, lowest first",
        ),
        (("most_frequent", "ordinal"), {"order": ("x", "x")}, "each once"),
        (("most_frequent", "ordinal"), {"order": ("x", None)}, "has to list"),
        (("most_frequent", "ordinal"), {"order": (1, float("nan"))}, "has to list"),
        (("most_frequent", "ordinal"), {"order": (1, 1.0)}, "each once"),
        (("most_frequent", "ordinal"), {"order": "xy"}, "has to list"),
        (("most_frequent", "yes_no"), {"yes": 1}, "“a” needs a text as the value for yes; got 1"),
        (("mean", "date"), {"parts": ()}, "parts of the date “a” have to be a list of words"),
        (("mean", "date"), {"parts": "year"}, "have to be a list of words; got 'year'"),
        (
            ("mean", "date"),
            {"parts": ("week",)},
            "the part 'week'; choose one of days, year, month",
        ),
        (("mean", "date"), {"parts": ([],)}, "the part"),
        (("mean", "date"), {"parts": ("year", "year")}, "listed once each"),
        (("nearest", "date"), {"parts": ("year",)}, "the date “a” has to be encoded as days"),
        (("mean", "date"), {"parts": ("year", "month"), "scale": "standard"}, "“a” has several parts"),
        (("mean", "number"), {"parts": ("year",)}, "“a” is not encoded as date, so it has no parts"),
        (("constant", "number"), {"constant": 10**5000}, "“a” needs a finite number as its constant; got int"),
    ],
)
def test_options_that_do_not_fit_are_refused_with_the_column(plan, options, words):
    with pytest.raises(InputError, match=words) as caught:
        ColumnPlan("a", *plan, **options)
    assert "“a”" in str(caught.value)


KINDS = ["number", "category", "yes_no", "date", "identifier", "text", "empty"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_offered_choice_makes_a_plan(kind):
    for encode in encode_choices(kind):
        for fill in fill_choices(kind, encode):
            for scale in scale_choices(encode):
                constant = {"number": 1.0, "date": "2020-01-31"}.get(encode, "x") if fill == "constant" else None
                assert ColumnPlan("a", fill, encode, constant, scale=scale).encode == encode
    assert {fill_choices(kind, encode)[0] for encode in encode_choices(kind)}


def test_what_is_no_measurement_is_suggested_to_be_left_out():
    assert [kind for kind in KINDS if encode_choices(kind)[0] == "drop"] == ["identifier", "text", "empty"]


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


def test_a_new_encoding_clears_the_options_that_no_longer_fit():
    plan = ColumnPlan("a", "own_class", "one_hot", base="x", most=3)
    recipe = Recipe("y", (plan,))
    assert recipe.change("a", encode="ordinal").plan("a") == ColumnPlan("a", "most_frequent", "ordinal")
    scaled = recipe.change("a", encode="number", scale="log", was_missing=True)
    assert scaled.plan("a") == ColumnPlan("a", "mean", "number", scale="log", was_missing=True)
    assert scaled.change("a", encode="date", parts=["year"]).plan("a") == ColumnPlan(
        "a", "mean", "date", was_missing=True, parts=("year",)
    )
    assert scaled.change("a", fill="drop_rows").plan("a") == ColumnPlan("a", "drop_rows", "number", scale="log")
    assert scaled.change("a", encode="drop").plan("a") == ColumnPlan("a", "drop_column", "drop")


def test_an_option_is_cleared_by_none_and_stays_if_it_is_not_named():
    recipe = Recipe("y", (ColumnPlan("a", "own_class", "one_hot", base="", most=3),))
    assert recipe.change("a", fill="most_frequent").plan("a").base == ""
    assert recipe.change("a", base=None, most=None).plan("a") == ColumnPlan("a", "own_class", "one_hot")
    ordered = recipe.change("a", encode="ordinal", order=["low", "high"])
    assert ordered.plan("a").order == ("low", "high")
    assert ordered.change("a", order=None).plan("a").order is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"columns": "Alley", "scale": "standard"}, "“Alley” is encoded as one_hot"),
        ({"columns": "Alley", "was_missing": True}, "“Alley” are a category of their own already"),
        ({"columns": ["Alley", "NumRooms"], "base": "x"}, "“NumRooms” is encoded as number, which takes no base"),
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
    with pytest.raises(InputError, match="twice; list it once"):
        Recipe(target, (ColumnPlan("a", "mean", "number"), ColumnPlan("a", "mean", "number")))
