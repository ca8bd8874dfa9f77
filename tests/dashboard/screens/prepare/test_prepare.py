"""Prepare: every column's plan can be changed, and what is shown is what `core` made of the training rows."""

import shutil

import pandas as pd
import pytest
import torch

from core.preprocessing import ColumnPlan, Recipe, explain_plan, read_table, split_rows, suggest_recipe
from tests.plain_python import run_python


@pytest.fixture
def prepare(open_screen):
    return open_screen("prepare", sample="cars")


@pytest.fixture
def mixed(open_screen):
    """Prepare, open on a table with a column of every kind."""
    rows = [
        f"{row if row % 4 else ''},{'SML'[row % 3] if row % 5 else ''},{('yes', 'no')[row % 2]},"
        f"2020-0{row % 9 + 1}-15,{row * 1.5}"
        for row in range(1, 25)
    ]
    return open_own(open_screen, "n,size,ok,day,y\n" + "\n".join(rows) + "\n")


def open_own(open_screen, content: str, **memory):
    data = open_screen("data").upload("own.csv", content.encode())
    kept = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    return open_screen("prepare", **{**kept, **memory})


def plan(screen) -> pd.DataFrame:
    return screen.table("Value learnt").set_index("Column")


def kept(screen, column) -> ColumnPlan:
    """Return the plan of a column as the screen remembers it."""
    choices = [choice for kept in screen.app.session_state["_choices"].values() for choice in kept.items()]
    (text,) = [text for name, text in choices if name.startswith('["recipe"') and text]
    return Recipe.from_json(text).plan(column)


def tensors(screen, column) -> pd.DataFrame:
    """Return the table of tensors on the screen that has this column."""
    shown = [getattr(table.value, "data", table.value) for table in screen.app.dataframe]
    return next(table for table in reversed(shown) if column in table.columns)


def test_the_suggested_plan_learns_from_the_training_rows_only(prepare):
    frame = read_table("data/cars.csv").frame
    train, _test = split_rows(frame, suggest_recipe(frame, "Miles_per_Gallon"), test_share=0.2, seed=0)
    mean = frame.loc[train, "Horsepower"].mean()
    assert plan(prepare).loc["Horsepower", "Value learnt"] == f"{mean:.6g}"
    assert mean != frame["Horsepower"].mean()


@pytest.mark.parametrize(
    ("fill", "value"), [("median", "median"), ("most_frequent", "mode"), ("drop_column", None), ("drop_rows", None)]
)
def test_a_changed_fill_changes_the_tensors(prepare, fill, value):
    before = prepare.boxes["X.shape"]
    prepare.turn("multiselect", "prepare_columns", ["Horsepower"]).turn("selectbox", "prepare_fill", fill)
    frame = read_table("data/cars.csv").frame
    rows = plan(prepare).loc["Horsepower"]
    if value:
        train, _test = split_rows(frame, suggest_recipe(frame, "Miles_per_Gallon"), test_share=0.2, seed=0)
        learnt = getattr(frame.loc[train, "Horsepower"], value)()
        assert float(rows["Value learnt"]) == float(learnt if value == "median" else learnt.min())
        assert prepare.boxes["X.shape"] == before
    else:
        assert prepare.boxes["X.shape"] != before


def test_a_constant_is_typed_and_used(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Horsepower"]).turn("selectbox", "prepare_fill", "constant")
    prepare.turn("text_input", "prepare_constant", "123.5")
    assert plan(prepare).loc["Horsepower", "Value learnt"] == "123.5"


def test_a_constant_that_is_no_number_is_refused_and_the_plan_stays(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Horsepower"]).turn("selectbox", "prepare_fill", "constant")
    prepare.turn("text_input", "prepare_constant", "123.5").turn("text_input", "prepare_constant", "many")
    assert prepare.errors == [
        "The plan was not changed. “Horsepower” holds numbers, and 'many' is not a number; type one like 3.5."
    ]
    assert plan(prepare).loc["Horsepower", "Value learnt"] == "123.5"


def test_many_columns_change_at_once_and_what_differs_stays_blank(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Horsepower", "Weight_in_lbs"])
    prepare.turn("selectbox", "prepare_fill", "median")
    assert list(plan(prepare).loc[["Horsepower", "Weight_in_lbs"], "Filled with"]) == ["the median"] * 2
    prepare.turn("multiselect", "prepare_columns", ["Horsepower", "Acceleration"])
    assert prepare.app.selectbox(key="prepare_fill").value is None


def test_leaving_every_column_out_is_refused_and_the_plan_stays(prepare):
    columns = list(plan(prepare).index)
    prepare.turn("multiselect", "prepare_columns", columns).turn("selectbox", "prepare_encode", "drop")
    (error,) = prepare.errors
    assert error.startswith("The plan was not changed. At least one feature is needed")
    assert "Horsepower" in plan(prepare).index
    assert prepare.boxes["X.shape"].startswith("(398, ")


SCALES = ["standard", "min_max", "robust", "log"]


@pytest.mark.parametrize("scale", SCALES)
def test_every_scale_is_offered_for_numbers_and_carried_out(prepare, scale):
    prepare.turn("multiselect", "prepare_columns", ["Horsepower", "Weight_in_lbs"]).turn(
        "selectbox", "prepare_scale", scale
    )
    assert prepare.errors == []
    assert kept(prepare, "Horsepower").scale == kept(prepare, "Weight_in_lbs").scale == scale
    assert (plan(prepare).loc[["Horsepower", "Weight_in_lbs"], "Scale"] != "").all()
    assert (plan(prepare).loc[["Cylinders", "Origin"], "Scale"] == "").all()
    frame = read_table("data/cars.csv").frame
    recipe = suggest_recipe(frame, "Miles_per_Gallon").change(["Horsepower", "Weight_in_lbs"], scale=scale)
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    made = recipe.fit(frame.loc[train]).transform(frame).frame
    shown = tensors(prepare, "Origin_USA")
    pd.testing.assert_frame_equal(shown, made.loc[shown.index, shown.columns])


@pytest.mark.parametrize("fill", ["forward", "nearest", "iterative"])
def test_fills_that_look_at_other_rows_show_what_the_whole_table_got(prepare, fill):
    prepare.turn("multiselect", "prepare_columns", ["Horsepower"]).turn("selectbox", "prepare_fill", fill)
    assert prepare.errors == []
    frame = read_table("data/cars.csv").frame
    recipe = suggest_recipe(frame, "Miles_per_Gallon").change("Horsepower", fill=fill)
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    made = recipe.fit(frame.loc[train]).transform(frame).frame
    shown = tensors(prepare, "Origin_USA")
    assert len(shown) == 6
    pd.testing.assert_frame_equal(shown, made.loc[shown.index, shown.columns])


def test_a_column_was_missing_stands_beside_the_filled_one(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Horsepower"]).turn("selectbox", "prepare_was_missing", "yes")
    assert plan(prepare).loc["Horsepower", "Columns of X"] == 2
    assert plan(prepare).loc["Horsepower", "Filled with"] == "the mean, marked"
    assert tensors(prepare, "Horsepower_was_missing")["Horsepower_was_missing"].tolist() == [1] * 6
    prepare.turn("selectbox", "prepare_was_missing", "no")
    assert plan(prepare).loc["Horsepower", "Columns of X"] == 1


def test_gaps_that_are_a_class_of_their_own_cannot_be_marked_twice(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Origin"])
    assert prepare.app.selectbox(key="prepare_was_missing").disabled
    assert prepare.app.selectbox(key="prepare_was_missing").value == "no"


def test_only_what_fits_all_chosen_columns_is_offered(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Horsepower", "Origin"])
    assert prepare.app.selectbox(key="prepare_encode").options == ["one-hot", "ordinal: 0, 1, 2, …", "leave out"]
    fills = prepare.app.selectbox(key="prepare_fill").options
    assert "the mean" not in fills
    assert "the most frequent value" in fills
    assert prepare.app.selectbox(key="prepare_scale").options == ["not scaled"]
    assert prepare.app.selectbox(key="prepare_encode").value is None


def test_quick_picks_choose_many_columns_at_once(prepare):
    label = "numbers (6)"
    next(button for button in prepare.app.button if button.label == label).click()
    prepare.run()
    chosen = prepare.app.multiselect(key="prepare_columns").value
    assert len(chosen) == 6
    assert set(chosen) == set(read_table("data/cars.csv").frame.select_dtypes("number")) - {"Miles_per_Gallon"}
    prepare.turn("selectbox", "prepare_scale", "standard")
    assert (plan(prepare).loc[chosen, "Scale"] == "standardised").all()


def test_the_suggestion_explains_itself(prepare):
    frame = read_table("data/cars.csv").frame
    suggested = suggest_recipe(frame, "Miles_per_Gallon")
    assert plan(prepare)["Why"].to_dict() == {
        column.column: explain_plan(frame, column) for column in suggested.columns
    }
    assert "Suggested for “Horsepower”: as a number; missing values: the mean. " in prepare.words
    prepare.turn("multiselect", "prepare_columns", ["Origin"]).turn("selectbox", "prepare_encode", "drop")
    assert plan(prepare).loc["Origin", "Why"] == "You chose it."
    assert explain_plan(frame, suggested.plan("Origin")) in prepare.words


def test_a_base_level_has_no_column(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Origin"]).turn("selectbox", "prepare_base", "level:Japan")
    assert kept(prepare, "Origin").base == "Japan"
    assert "Origin_Europe, Origin_USA" in prepare.words
    assert "Origin_Japan" not in prepare.words
    prepare.turn("selectbox", "prepare_base", "level:")  # the most frequent one
    assert "Origin_Europe, Origin_Japan" in prepare.words
    assert "Origin_USA" not in prepare.words
    prepare.turn("selectbox", "prepare_base", "all")
    assert kept(prepare, "Origin").base is None
    assert plan(prepare).loc["Origin", "Columns of X"] == 3


def test_the_most_frequent_categories_are_kept_and_the_others_share_a_column(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Origin"]).turn("number_input", "prepare_most", 1)
    assert "Origin_USA, Origin_other" in prepare.words
    assert plan(prepare).loc["Origin", "Columns of X"] == 2
    prepare.turn("number_input", "prepare_most", None)
    assert kept(prepare, "Origin").most is None
    assert plan(prepare).loc["Origin", "Columns of X"] == 3


def test_rare_categories_share_a_column(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Origin"]).turn("number_input", "prepare_min_frequency", 100)
    assert "Origin_USA, Origin_other" in prepare.words
    assert plan(prepare).loc["Origin", "Becomes"] == "one-hot: other for those in fewer than 100 rows"
    assert "“Origin”: 2 categories are rare and count as other (training rows: " in prepare.words
    prepare.turn("number_input", "prepare_min_frequency", None)
    assert kept(prepare, "Origin").min_frequency is None


def test_an_order_is_chosen_turned_around_and_left_incomplete(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Origin"]).turn("selectbox", "prepare_encode", "ordinal")
    assert prepare.app.multiselect(key="prepare_order").value == ["Europe", "Japan", "USA"]
    prepare.turn("multiselect", "prepare_order", ["USA", "Europe", "Japan"])
    assert plan(prepare).loc["Origin", "Becomes"] == "ordinal: USA < Europe < Japan"
    origin = read_table("data/cars.csv").frame["Origin"]
    shown = tensors(prepare, "Origin")
    codes = origin.map({"USA": 0.0, "Europe": 1.0, "Japan": 2.0})
    assert shown["Origin"].tolist() == codes[shown.index].tolist()
    next(button for button in prepare.app.button if "Reverse the order" in button.label).click()
    prepare.run()
    assert kept(prepare, "Origin").order == ("Japan", "Europe", "USA")
    prepare.turn("multiselect", "prepare_order", ["Japan", "USA"])
    assert "Not in the order, so it counts as missing: Europe." in prepare.words
    prepare.turn("multiselect", "prepare_order", [])
    assert kept(prepare, "Origin").order is None


def test_yes_is_the_word_for_it_or_the_value_that_is_chosen(mixed):
    assert plan(mixed).loc["ok", "Becomes"] == "yes is 1"
    before = tensors(mixed, "n")["ok"]
    mixed.turn("multiselect", "prepare_columns", ["ok"]).turn("selectbox", "prepare_yes", "no")
    assert plan(mixed).loc["ok", "Becomes"] == "no is 1"
    assert tensors(mixed, "n")["ok"].tolist() == (1 - before).tolist()


def test_a_date_becomes_the_numbers_that_are_chosen(mixed):
    assert plan(mixed).loc["day", "Becomes"] == "days since 1970"
    mixed.turn("multiselect", "prepare_columns", ["day"]).turn("multiselect", "prepare_parts", ["year", "month"])
    assert plan(mixed).loc["day", ["Becomes", "Columns of X"]].tolist() == ["year, month", 2]
    assert "the five nearest rows" not in mixed.app.selectbox(key="prepare_fill").options
    assert mixed.app.selectbox(key="prepare_scale").options == ["not scaled"]
    mixed.turn("multiselect", "prepare_parts", [])
    assert kept(mixed, "day").parts == ("days",)


@pytest.mark.parametrize(
    ("column", "constant", "typed"), [("day", "2000-01-01", "1999-12-31"), ("size", "unknown", "M"), ("n", "0.0", "7")]
)
def test_a_constant_begins_with_something_that_fits_the_kind(mixed, column, constant, typed):
    mixed.turn("multiselect", "prepare_columns", [column]).turn("selectbox", "prepare_fill", "constant")
    assert mixed.errors == []
    assert mixed.app.text_input(key="prepare_constant").value == constant
    mixed.turn("text_input", "prepare_constant", typed)
    assert mixed.errors == []
    assert str(kept(mixed, column).constant) == (typed if column != "n" else "7.0")


def test_a_constant_that_is_no_date_is_refused(mixed):
    mixed.turn("multiselect", "prepare_columns", ["day"]).turn("selectbox", "prepare_fill", "constant")
    mixed.turn("text_input", "prepare_constant", "soon")
    (error,) = mixed.errors
    assert error.startswith("The plan was not changed. The column “day” needs a date such as 2020-01-31")
    assert kept(mixed, "day").constant == "2000-01-01"


def test_a_plan_beyond_a_limit_is_refused_and_another_can_be_chosen(open_screen):
    rows = "\n".join(f"word {place},{place}" for place in range(1500))
    screen = open_own(open_screen, f"words,y\n{rows}\n", prepare_test_share=0)
    assert len(screen.errors) == 1  # the only feature is a text, which the suggestion leaves out
    assert screen.errors[0].startswith("This plan cannot be applied. ")
    screen.turn("multiselect", "prepare_columns", ["words"]).turn("selectbox", "prepare_encode", "one_hot")
    assert any(error.startswith("The plan was not changed. ") and "1,000" in error for error in screen.errors)
    next(button for button in screen.app.button if "20 most frequent" in button.label).click()
    screen.run()
    assert screen.errors == []
    assert screen.boxes["X.shape"] == "(1500, 21)"
    assert kept(screen, "words").most == 20


def test_the_suggested_plan_comes_back_with_one_click(prepare):
    before = plan(prepare)
    prepare.turn("multiselect", "prepare_columns", ["Origin"]).turn("selectbox", "prepare_encode", "drop")
    assert plan(prepare).loc["Origin", "Becomes"] == "leave out"
    next(button for button in prepare.app.button if "suggested" in button.label).click()
    prepare.run()
    pd.testing.assert_frame_equal(plan(prepare), before)


def test_the_plan_belongs_to_its_table_and_its_label(prepare):
    prepare.turn("multiselect", "prepare_columns", ["Origin"]).turn("selectbox", "prepare_encode", "drop")
    prepare.app.session_state["sample"] = "penguins"
    prepare.run()
    assert "Origin" not in plan(prepare).index
    prepare.app.session_state["sample"] = "cars"
    prepare.run()
    assert plan(prepare).loc["Origin", "Becomes"] == "leave out"


@pytest.mark.parametrize("share", [0, 50])
def test_both_ends_of_the_split_work(prepare, share):
    prepare.turn("slider", "prepare_test_share", share)
    train, test = int(prepare.boxes["Training rows"]), int(prepare.boxes["Test rows"])
    assert train + test == 398
    assert test == 398 * share // 100


def test_the_notes_own_table_gives_the_notes_own_tensors(open_screen):
    screen = open_screen("prepare", sample="house_tiny", prepare_test_share=0)
    after = next(
        t.value.data if hasattr(t.value, "data") else t.value
        for t in screen.app.dataframe
        if "Alley_nan" in t.value.columns
    )
    assert after[["NumRooms", "Alley_Pave", "Alley_nan"]].to_numpy().tolist() == [
        [3, 1, 0],
        [2, 0, 1],
        [4, 0, 1],
        [3, 0, 1],
    ]
    assert (screen.boxes["X.shape"], screen.boxes["dtype"]) == ("(4, 3)", "float64")


def test_the_script_on_the_screen_run_by_plain_python_gives_the_screens_tensors(prepare, tmp_path):
    prepare.turn("multiselect", "prepare_columns", ["Horsepower"]).turn("selectbox", "prepare_fill", "median")
    script = tmp_path / "prepare_cars.py"
    script.write_text(prepare.app.code[0].value + "\ntorch.save((X, y), 'tensors.pt')\n", encoding="utf-8")
    shutil.copy("data/cars.csv", tmp_path)
    run_python(script.name, folder=tmp_path)
    X, y = torch.load(tmp_path / "tensors.pt")
    frame = read_table("data/cars.csv").frame
    recipe = suggest_recipe(frame, "Miles_per_Gallon").change("Horsepower", fill="median")
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    prepared = recipe.fit(frame.loc[train]).transform(frame)
    assert torch.equal(X, prepared.X)
    assert torch.equal(y, prepared.y)
