"""A link between screens sets what it names, once, when the visitor arrives, and leaves the address as it is."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.visit import settings

APP = Path(__file__).resolve().parents[3] / "dashboard" / "app.py"
ARRIVAL = """
import streamlit as st

from dashboard.pipeline import links
from dashboard.visit import settings, state

state.begin_screen()
links.open_choices(st.session_state["path"])
st.text(settings.value("norms_view"))
links.write()
"""


def visit(path, **kept):
    app = AppTest.from_string(ARRIVAL, default_timeout=60)
    for key, value in {"path": path, "_screen": "glossary", **kept}.items():
        app.session_state[key] = value
    return app


def arrive(app, path, query):
    app.session_state["path"] = path
    app.query_params.clear()
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app.text[0].value


def said(app):
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


@pytest.mark.parametrize("view", settings.KNOBS["norms_view"].options)
def test_the_screen_opens_on_the_view_of_the_link_whatever_was_chosen_before(view):
    query = settings.opening_query({"norms_view": view})
    app = visit("glossary", norms_view="distances")
    assert arrive(app, "norms", query) == view
    assert said(app) == query  # a changed address would be one more step back


def test_what_the_visitor_chooses_afterwards_stays():
    query = settings.opening_query({"norms_view": "ball"})
    app = visit("glossary")
    assert arrive(app, "norms", query) == "ball"
    app.session_state["norms_view"] = "matrix"
    assert arrive(app, "norms", query) == "matrix"
    assert arrive(app, "glossary", {}) == "matrix"


@pytest.mark.parametrize(
    "query", [{}, {"norms_view": "ball"}, {"opens": "no_such_knob"}, {"opens": ""}, {"opens": "seed", "seed": "x"},
              {"opens": "seed", "norms_view": "ball"}],
)  # fmt: skip
def test_only_what_a_link_names_is_set(query):
    assert arrive(visit("glossary", norms_view="matrix"), "norms", query) == "matrix"


def test_a_value_that_is_not_allowed_becomes_the_default():
    query = {"opens": "norms_view", "norms_view": "<b>"}
    assert arrive(visit("glossary", norms_view="matrix"), "norms", query) == settings.KNOBS["norms_view"].default


def test_a_plain_link_has_no_query():
    assert settings.opening_query({}) == {}


def test_the_front_door_takes_such_a_link_too():
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["opens"], app.query_params["norms_view"] = "norms_view", "ball"
    app.run()
    assert not app.exception
    assert app.session_state["norms_view"] == "ball"
    assert not app.warning
