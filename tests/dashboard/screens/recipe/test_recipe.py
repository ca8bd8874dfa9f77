"""Recipe: the plan leaves as JSON or in a link, comes back, and is applied to a file that comes later."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import torch
from streamlit.testing.v1 import AppTest

from core.preprocessing import Recipe, read_table, split_rows, suggest_recipe

APP = Path(__file__).resolve().parents[4] / "dashboard" / "app.py"
CARS = "data/cars.csv"


def suggestion() -> Recipe:
    return suggest_recipe(read_table(CARS).frame, "Miles_per_Gallon")


@pytest.fixture
def recipe(open_screen):
    return open_screen("recipe", sample="cars")


def load(screen, text: str | bytes, name="plan.json"):
    content = text.encode() if isinstance(text, str) else text
    screen.app.file_uploader(key="recipe_file").set_value((name, content, "application/json"))
    return screen.run()


def second(screen, content: bytes, name="second.csv"):
    screen.app.file_uploader(key="recipe_second").set_value((name, content, "text/csv"))
    return screen.run()


def shown(screen) -> Recipe:
    return Recipe.from_json(screen.app.code[0].value)


def address(screen) -> str:
    return screen.app.code[1].value


def test_the_plan_is_shown_as_the_json_that_reads_back(recipe):
    assert shown(recipe) == suggestion()


def test_a_loaded_plan_is_the_plan(recipe):
    changed = suggestion().change(["Horsepower", "Weight_in_lbs"], fill="median", scale="robust")
    load(recipe, changed.to_json())
    assert recipe.errors == []
    assert "The plan was loaded from “plan.json”." in recipe.app.success[0].value.replace("\\", "")
    assert shown(recipe) == changed


def test_a_plan_for_another_target_brings_its_target(recipe):
    other = suggest_recipe(read_table(CARS).frame, "Horsepower")
    load(recipe, other.to_json())
    assert shown(recipe) == other
    assert recipe.app.session_state["target"] == "Horsepower"


def test_what_does_not_fit_this_table_is_told(recipe):
    data = json.loads(suggestion().to_json())
    data["columns"] = [
        {"column": "gone", "fill": "mean", "encode": "number"},
        {"column": "Origin", "fill": "mean", "encode": "number"},
        {"column": "Horsepower", "fill": "median", "encode": "number"},
    ]
    load(recipe, json.dumps(data))
    assert recipe.errors == []
    assert "not in the table and was passed over: “gone”" in recipe.words
    assert "keeps the suggested plan: “Origin”" in recipe.words
    assert "not in the recipe and are left out: " in recipe.words
    assert shown(recipe).plan("Horsepower").fill == "median"
    assert shown(recipe).plan("Origin") == suggestion().plan("Origin")
    assert not shown(recipe).plan("Weight_in_lbs").is_kept


REFUSED = {
    "no JSON": ("column,fill\n", "JSON text"),
    "bytes": (bytes(range(256)), "JSON text"),
    "another table": ('{"target": "price", "columns": []}', "predicts “price”"),
    "a target of texts": ('{"target": "Origin", "columns": []}', "numbers"),
    "an unknown fill": (
        '{"target": "Miles_per_Gallon", "columns": [{"column": "Year", "fill": "zero", "encode": "number"}]}',
        "Year",
    ),
    "a list": ("[1]", "JSON"),
    "deep": ("[" * 100_000, "JSON"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_no_plan_for_this_table_is_refused_and_the_plan_stays(recipe, case):
    content, words = REFUSED[case]
    load(recipe, content)
    (error,) = recipe.errors
    assert error.startswith("“plan.json” was not loaded. ")
    assert words in error
    assert shown(recipe) == suggestion()


def test_a_plan_that_leaves_nothing_can_be_loaded_and_changed_again(open_screen, recipe):
    load(recipe, '{"target": "Miles_per_Gallon", "columns": []}')
    (error,) = recipe.errors
    assert error.startswith("This plan cannot be carried out. ")
    memory = {key: recipe.app.session_state[key] for key in ("_choices", "sample", "target")}
    prepare = open_screen("prepare", **memory)
    assert len(prepare.errors) == 1
    assert prepare.errors[0].startswith("This plan cannot be carried out. ")
    assert prepare.boxes == {}
    prepare.turn("multiselect", "prepare_columns", ["Horsepower"]).turn("selectbox", "prepare_encode", "number")
    assert prepare.errors == []
    assert prepare.boxes["X.shape"] == "(398, 1)"


def visit(link: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for key, values in parse_qs(urlsplit(link).query).items():
        app.query_params[key] = values[0]
    return app.run()


def kept_plans(app: AppTest) -> list[Recipe]:
    kept = [choice for choices in app.session_state.get("_choices", {}).values() for choice in choices.items()]
    texts = [text for name, text in kept if name.startswith('["recipe"')]
    return [Recipe.from_json(text) for text in texts]


def test_a_link_carries_the_plan_the_target_and_the_split_to_another_visit(open_screen):
    changed = suggestion().change("Horsepower", fill="median", was_missing=True).change("Origin", encode="drop")
    screen = load(open_screen("recipe", sample="cars", prepare_test_share=30, prepare_split_seed=7), changed.to_json())
    said = parse_qs(urlsplit(address(screen)).query)
    assert {name: said[name] for name in ("sample", "prepare_test_share", "prepare_split_seed")} == {
        "sample": ["cars"], "prepare_test_share": ["30"], "prepare_split_seed": ["7"],
    }  # fmt: skip
    app = visit(address(screen))
    assert not app.exception
    assert kept_plans(app) == [changed]
    assert app.session_state["target"] == "Miles_per_Gallon"


def test_the_suggested_plan_needs_no_plan_in_its_link(recipe):
    assert "recipe=" not in address(recipe)
    assert "This is the suggested plan" in recipe.words


@pytest.mark.parametrize("change", [lambda text: text[:-5], lambda text: "A" + text[1:], lambda text: "%%%", str.lower])
def test_a_link_that_was_tampered_with_gives_a_notice_and_the_suggestion(open_screen, change):
    changed = suggestion().change("Horsepower", fill="median")
    packed = changed.to_link(suggestion())
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["sample"], app.query_params["recipe"] = "cars", change(packed)
    app.run()
    assert not app.exception
    assert kept_plans(app) == []
    screen = open_screen("recipe", sample="cars", _choices=app.session_state["_choices"])
    assert "The plan in the link was not taken, and the suggested one is shown." in screen.words
    assert shown(screen) == suggestion()


def test_a_link_that_is_out_of_date_names_a_column_no_longer_there(open_screen):
    wider = read_table(CARS).frame.assign(gone=1.0, also_gone=2.0)
    before = suggest_recipe(wider, "Miles_per_Gallon")
    app = visit(f"?sample=cars&recipe={before.change('gone', fill='median').to_link(before)}")
    assert not app.exception
    assert kept_plans(app) == []
    screen = open_screen("recipe", sample="cars", _choices=app.session_state["_choices"])
    assert "The plan in the link was not taken" in screen.words


def test_a_link_for_somebodys_own_table_waits_for_the_table(open_screen):
    content = b"a,b,y\n1,2,3\n2,,4\n3,5,6\n4,7,1\n5,1,2\n"
    frame = read_table(content).frame
    changed = suggest_recipe(frame).change("b", fill="median")
    app = visit(f"?sample=upload&target=y&recipe={changed.to_link(suggest_recipe(frame))}")
    assert not app.exception
    assert kept_plans(app) == []
    data = open_screen("data").upload("own.csv", content)
    app.session_state["_upload"] = data.app.session_state["_upload"]
    app.session_state["sample"] = "upload"
    app.run()
    assert not app.exception
    assert kept_plans(app) == [changed]


def test_the_second_file_is_prepared_as_was_learnt_from_the_first(recipe):
    frame = read_table(CARS).frame
    plan = suggestion()
    train, _test = split_rows(frame, plan, test_share=0.2, seed=0)
    later = frame.iloc[300:320].drop(columns="Miles_per_Gallon")
    second(recipe, later.to_csv(index=False).encode())
    assert recipe.errors == []
    expected = plan.fit(frame.loc[train]).features(later)
    assert recipe.boxes["X.shape"] == str(tuple(expected.X.shape))
    table = recipe.table("Origin_Japan")
    assert torch.equal(torch.tensor(table.to_numpy()), expected.X)


def test_new_categories_and_extra_columns_of_the_second_file_are_explained(recipe):
    later = read_table(CARS).frame.iloc[:6].assign(Origin=["Mars", "USA", "Mars", "Japan", "Europe", "USA"], extra=1)
    second(recipe, later.to_csv(index=False, sep=";").encode())
    assert recipe.errors == []
    assert "Mars" in recipe.words
    assert "extra" in recipe.words
    assert recipe.table("Origin_Japan")["Origin_Japan"].tolist() == [0, 0, 0, 1, 0, 0]


def test_columns_absent_from_the_second_file_are_explained_and_nothing_breaks(recipe):
    later = read_table(CARS).frame.iloc[:6].drop(columns=["Horsepower", "Origin"])
    second(recipe, later.to_csv(index=False).encode())
    assert "Horsepower" in recipe.words
    assert "Origin" in recipe.words
    assert all(error.endswith(".") for error in recipe.errors)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))])
def test_a_second_file_that_cannot_be_read_is_refused_in_a_sentence(recipe, content):
    second(recipe, content, "bad.csv")
    (error,) = recipe.errors
    assert error.startswith("“bad.csv” was not opened. ")


def test_a_second_file_belongs_to_its_table(recipe):
    second(recipe, read_table(CARS).frame.head(5).to_csv(index=False).encode())
    assert "second.csv" in recipe.words
    recipe.app.session_state["sample"] = "penguins"
    recipe.run()
    assert recipe.errors == []
    assert "second.csv" not in recipe.words
