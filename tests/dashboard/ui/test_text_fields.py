"""Text fields: an invalid text is explained, and the last valid result is kept."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.escape import escape_markdown
from dashboard.visit import settings


def app():
    import streamlit as st

    from core.tensors import parse_tensor
    from dashboard.pipeline.tensor_field import tensor_field
    from dashboard.ui import text_fields

    text = tensor_field("norms_x", "x")
    answer = text_fields.answer("sum", {"norms_x": text}, lambda norms_x: parse_tensor(norms_x).sum())
    st.text(f"sum {answer.value} of {answer.inputs['norms_x']}, fresh {answer.fresh}")


@pytest.fixture
def visit(monkeypatch):
    monkeypatch.setitem(settings.TEXTS, "norms_x", "1 2 3")
    return AppTest.from_function(app, default_timeout=60)


def said(visit):
    assert not visit.exception
    return visit.text[0].value


def test_the_last_good_answer_stays_beside_the_sentence(visit):
    assert said(visit.run()) == "sum 6 of 1 2 3, fresh True"
    assert said(visit.text_input(key="norms_x").set_value("4 5").run()) == "sum 9 of 4 5, fresh True"
    assert said(visit.text_input(key="norms_x").set_value("4 x").run()) == "sum 9 of 4 5, fresh False"
    assert "“x” is not a number" in visit.error[0].value.replace("\\", "")
    assert visit.code[0].value == "4 x\n  ^"
    assert said(visit.text_input(key="norms_x").set_value("4 7").run()) == "sum 11 of 4 7, fresh True"
    assert not visit.error


def test_a_visit_that_begins_with_a_bad_text_shows_what_the_screen_begins_with(visit):
    visit.session_state["norms_x"] = "import os"
    assert said(visit.run()) == "sum 6 of 1 2 3, fresh False"
    assert visit.text_input(key="norms_x").value == "import os"


def test_a_field_is_filled_from_the_prepared_table(visit):
    visit.session_state["norms_x_from"] = True
    visit.run()
    visit.number_input(key="norms_x_rows").set_value(3)
    visit.run()
    visit.button(key="norms_x_use").click()
    assert "fresh True" in said(visit.run())
    taken = visit.text_input(key="norms_x").value
    assert len(taken.split(",")) == 3


def test_what_is_copied_from_a_sentence_can_be_typed(visit):
    """Sentences have an invisible character after some signs, so they are not Markdown; a copy has it too."""
    copied = escape_markdown("zeros(2) @ ones(2):").replace("\\", "")
    assert copied != "zeros(2) @ ones(2):"
    visit.session_state["norms_x"] = copied
    visit.run()
    assert visit.code[0].value.splitlines()[0] == "zeros(2) @ ones(2):"
    assert said(visit.text_input(key="norms_x").set_value("4\u2060 5").run()) == "sum 9 of 4 5, fresh True"
