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


def test_the_menu_in_the_sidebar_leads_to_every_screen_under_the_name_of_its_section(app):
    app.run()
    links = app.sidebar.get("page_link")
    screens = [screen for section in menu().values() for screen in section]
    assert [link.proto.label for link in links] == [screen.title for screen in screens]
    assert [link.proto.page for link in links] == [screen.path for screen in screens]
    assert [caption.value.strip("*") for caption in app.sidebar.caption] == [section for section in menu() if section]


TITLES = """
import streamlit as st

from dashboard.ui.menu import window_title
from dashboard.screens import pages

for page in pages().values():
    st.text(window_title(page))
"""


def test_a_window_is_called_by_its_screen_and_the_lab():
    titles = [text.value for text in AppTest.from_string(TITLES, default_timeout=60).run().text]
    assert titles[0] == "Descent Lab"
    assert "Take home · Descent Lab" in titles
    assert len(set(titles)) == len(titles) == len(pages())
