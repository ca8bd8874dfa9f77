"""Prepare: every column's plan can be changed, and what is shown is what `core` made of the training rows."""

import shutil
import subprocess
import sys

import pandas as pd
import pytest
import torch

from core.preprocessing import read_table, split_rows, suggest_recipe


@pytest.fixture
def prepare(open_screen):
    return open_screen("prepare", sample="cars")


def plan(screen) -> pd.DataFrame:
    return screen.table("Value learnt").set_index("Column")


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
    assert list(plan(prepare).loc[["Horsepower", "Weight_in_lbs"], "Gaps are filled with"]) == ["the median"] * 2
    prepare.turn("multiselect", "prepare_columns", ["Horsepower", "Acceleration"])
    assert prepare.app.selectbox(key="prepare_fill").value is None


def test_leaving_every_column_out_is_refused_and_the_plan_stays(prepare):
    columns = list(plan(prepare).index)
    prepare.turn("multiselect", "prepare_columns", columns).turn("selectbox", "prepare_encode", "drop")
    (error,) = prepare.errors
    assert error.startswith("The plan was not changed. At least one feature is needed")
    assert "Horsepower" in plan(prepare).index
    assert prepare.boxes["X.shape"].startswith("(398, ")


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
    subprocess.run([sys.executable, script.name], cwd=tmp_path, check=True, capture_output=True)
    X, y = torch.load(tmp_path / "tensors.pt")
    frame = read_table("data/cars.csv").frame
    recipe = suggest_recipe(frame, "Miles_per_Gallon").change("Horsepower", fill="median")
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    prepared = recipe.fit(frame.loc[train]).transform(frame)
    assert torch.equal(X, prepared.X)
    assert torch.equal(y, prepared.y)
