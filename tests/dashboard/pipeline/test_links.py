"""The address says all that is set, whichever screen it was set on, and a link that says too much is told."""

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from core.preprocessing import read_table, suggest_recipe
from dashboard.visit import settings

APP = Path(__file__).resolve().parents[3] / "dashboard" / "app.py"
CARS = Path(__file__).resolve().parents[3] / "data" / "cars.csv"


def visit(**asked: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in asked.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> dict[str, str]:
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def test_an_untouched_visit_has_a_bare_address():
    assert said(visit()) == {}


def test_what_is_set_stays_in_the_address_of_a_screen_that_draws_no_knob():
    app = visit(sample="cars", epochs="7", train_penalty="0.3", train_products="true", noise="0.5")
    expected = {"sample": "cars", "epochs": "7", "train_penalty": "0.3", "train_products": "true", "noise": "0.5"}
    assert said(app) == expected
    app.session_state["epochs"] = 9
    app.run()
    assert said(app) == {**expected, "epochs": "9"}
    app.session_state["epochs"] = settings.KNOBS["epochs"].default
    app.run()
    assert "epochs" not in said(app)


def test_a_changed_plan_and_target_are_in_the_address():
    frame = read_table(CARS).frame
    usual = suggest_recipe(frame, "Horsepower")
    packed = usual.change("Origin", encode="drop").to_link(usual)
    app = visit(sample="cars", target="Horsepower", recipe=packed)
    assert said(app) == {"sample": "cars", "target": "Horsepower", "recipe": packed}


def test_a_link_for_a_file_that_is_not_here_yet_stays_whole():
    assert said(visit(sample="upload", target="y", recipe="AAAA")) == {
        "sample": "upload", "target": "y", "recipe": "AAAA",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "asked", "given"),
    [("epochs", "999", "200"), ("learning_rate", "abc", "0.03"), ("batch_size", "7", "8"), ("train_view", "x", "watch"),
     ("noise", "nan", "0.01"), ("train_products", "perhaps", "false"), ("seed", "-4", "0")],
)  # fmt: skip
def test_a_value_that_is_not_to_be_had_is_told_with_the_one_that_is_taken(key, asked, given):
    app = visit(**{key: asked})
    (warning,) = [text.value.replace("\\", "") for text in app.warning]
    assert f"{key} cannot be {asked}; using {given}." in warning
    assert said(app).get(key, given) == given


@pytest.mark.parametrize(
    ("key", "asked"), [("epochs", "30"), ("learning_rate", "0.1"), ("train_products", "True"), ("noise", "0.50")]
)
def test_a_value_that_is_to_be_had_is_taken_without_a_word(key, asked):
    assert not visit(**{key: asked}).warning


def test_the_link_to_share_opens_the_same_numbers():
    from_string = AppTest.from_string(
        "import streamlit as st\nfrom dashboard.pipeline import links\nst.text(links.address('train'))",
        default_timeout=60,
    )
    from_string.session_state["sample"] = "cars"
    from_string.session_state["learning_rate"] = 0.002
    from_string.run()
    address = urlsplit(from_string.text[0].value)
    assert address.path == "/train"
    assert dict(parse_qsl(address.query)) == {
        "sample": "cars", "target": "Miles_per_Gallon", "learning_rate": "0.002",
    }  # fmt: skip


def test_usual_values_chosen_back_are_in_the_link_of_a_table_that_starts_elsewhere():
    app = AppTest.from_string(
        "import streamlit as st\nfrom dashboard.pipeline import links, starts, training\n"
        "starts.suit_start(training.problem())\nst.text(links.address('train'))",
        default_timeout=60,
    )
    app.session_state["sample"] = "longley"
    app.run()
    started = dict(parse_qsl(urlsplit(app.text[0].value).query))
    assert started["epochs"] == "200"
    usual = {key: settings.KNOBS[key].default for key in settings.STARTS}
    for key, value in usual.items():
        app.session_state[key] = value
        app.session_state[f"_chosen_{key}"] = True
    app.run()
    chosen = dict(parse_qsl(urlsplit(app.text[0].value).query))
    assert {key: chosen[key] for key in usual} == {key: str(value) for key, value in usual.items()}
    opened = visit(**{key: value for key, value in chosen.items() if key != "target"})
    assert {key: opened.session_state[key] for key in usual} == {key: str(value) for key, value in usual.items()}
