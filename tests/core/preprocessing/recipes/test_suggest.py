"""A recipe carried over to another table: what does not fit is reported, and the result can be used."""

import pandas as pd
import pytest

from core.errors import InputError
from core.preprocessing import ColumnPlan, Recipe, adapt_recipe, suggest_recipe

FRAME = pd.DataFrame(
    {"rooms": [1.0, 2.0, None, 4.0], "alley": ["Pave", "Grvl", None, "Pave"], "price": [10.0, 20.0, 30.0, 40.0]}
)


def test_a_recipe_of_the_same_columns_stays_as_it_is():
    recipe = suggest_recipe(FRAME, "price").change("rooms", fill="median")
    adapted = adapt_recipe(recipe, FRAME)
    assert adapted.recipe == recipe
    assert adapted.notes == ()


def test_absent_columns_go_and_extra_ones_are_left_out_last():
    recipe = Recipe("price", (ColumnPlan("gone", "mean", "number"), ColumnPlan("alley", "most_frequent", "one_hot")))
    adapted = adapt_recipe(recipe, FRAME)
    assert adapted.recipe.columns == (recipe.columns[1], ColumnPlan("rooms", "drop_column", "drop"))
    assert adapted.notes == (
        "1 column of the recipe is not in the table and was passed over: “gone”.",
        "1 column of the table is not in the recipe and is left out: “rooms”.",
    )
    assert adapted.recipe.fit(FRAME).feature_names == ("alley_Grvl", "alley_Pave")


def test_a_column_of_another_kind_gets_the_suggested_plan():
    recipe = suggest_recipe(FRAME, "price")
    swapped = FRAME.assign(rooms=["a", "b", "a", None])
    adapted = adapt_recipe(recipe, swapped)
    assert adapted.recipe == suggest_recipe(swapped, "price")
    assert adapted.notes == (
        "1 column holds another kind of values than the recipe expects and keeps the suggested plan: “rooms”.",
    )


def test_many_names_are_listed_in_short():
    wide = Recipe("price", tuple(ColumnPlan(f"c{place}", "mean", "number") for place in range(40)))
    first, _second = adapt_recipe(wide, FRAME).notes
    assert first.startswith("40 columns of the recipe are not in the table and were passed over: “c0”")
    assert first.endswith("“c4” and 35 more.")


@pytest.mark.parametrize(
    ("target", "words"),
    [("cost", "predicts “cost”, and the table has no such column; its columns are “rooms”"), ("alley", "numbers")],
)
def test_a_table_without_the_target_is_refused(target, words):
    with pytest.raises(InputError, match=words):
        adapt_recipe(Recipe(target, ()), FRAME)
