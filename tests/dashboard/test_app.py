"""The frame: the whole program, opened at its front door."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens import menu, pages

APP = Path(__file__).resolve().parents[2] / "dashboard" / "app.py"


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(APP, default_timeout=60)


def test_the_front_door_opens_on_the_front_screen(app):
    app.run()
    assert not app.exception
    assert [title.value for title in app.title] == ["Watch a model learn"]


def test_a_link_sets_the_knobs_of_screens_that_do_not_draw_them(app):
    app.query_params["sample"] = "cars"
    app.query_params["learning_rate"] = "0.002"
    app.query_params["epochs"] = "7"
    app.query_params["batch_size"] = "not a number"
    app.run()
    assert not app.exception
    assert "cars.csv" in app.header[0].value.replace("\\", "")
    assert app.session_state["learning_rate"] == "0.002"
    words = " ".join(str(text.value) for text in app.markdown).replace("\\", "")
    assert "In 224 updates" in words  # 7 epochs of 319 training rows in minibatches of 10, the usual size


def test_every_screen_on_the_menu_has_a_page_and_an_address_of_its_own():
    screens = [screen for section in menu().values() for screen in section]
    assert list(pages()) == [screen.path for screen in screens]
    assert {"data", "prepare", "train", "compare"} <= set(pages())
    assert len({screen.path for screen in screens}) == len(screens)
