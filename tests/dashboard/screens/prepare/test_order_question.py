"""Prepare asks for the order of categories that become ranks, and takes a known one over."""

import pytest

from core.preprocessing import Recipe

ROWS = "size,look,grade,y\n" + "".join(
    f"{('low', 'high', 'medium')[row % 3]},{('*b*', 'a', 'c')[row % 3]},{'ABC'[row % 3]},{row * 1.5}\n"
    for row in range(12)
)


@pytest.fixture
def prepare(open_screen):
    data = open_screen("data").upload("own.csv", ROWS.encode())
    return open_screen("prepare", **{key: data.app.session_state[key] for key in ("_upload", "sample")})


def make_ordinal(screen, *columns):
    return screen.turn("multiselect", "prepare_columns", list(columns)).turn("selectbox", "prepare_encode", "ordinal")


def order(screen, column):
    choices = [item for kept in screen.app.session_state["_choices"].values() for item in kept.items()]
    (text,) = [text for name, text in choices if name.startswith('["recipe"') and text]
    return Recipe.from_json(text).plan(column).order


def becomes(screen, column):
    return screen.table("Value learnt").set_index("Column").loc[column, "Becomes"]


def test_a_known_scale_is_taken_and_said_to_be_one(prepare):
    make_ordinal(prepare, "size")
    assert order(prepare, "size") == ("low", "medium", "high")
    assert becomes(prepare, "size") == "ordinal: low < medium < high"
    assert "This is the order of a known scale" in prepare.words
    assert "Which order do the categories" not in prepare.words


def test_an_unknown_order_is_asked_for_until_it_is_answered(prepare):
    make_ordinal(prepare, "look")
    question = "Which order do the categories of “look” have, the lowest first?"
    assert f"{question} Until you say, the order of the alphabet is used, as a guess: *b* < a < c." in prepare.words
    assert becomes(prepare, "look") == "ordinal: the alphabet's order, a guess"
    prepare.turn("multiselect", "prepare_columns", ["size"])
    assert question in prepare.words
    prepare.press("State the order")
    prepare.turn("multiselect", "prepare_order", ["c", "a", "*b*"])
    assert question not in prepare.words
    assert order(prepare, "look") == ("c", "a", "*b*")


def test_letters_that_may_be_grades_are_offered_as_such(prepare):
    make_ordinal(prepare, "grade")
    assert order(prepare, "grade") is None
    prepare.press("Use C < B < A")
    assert order(prepare, "grade") == ("C", "B", "A")
    assert "This is the order of grades of school" in prepare.words


def test_the_alphabet_may_be_right(prepare):
    make_ordinal(prepare, "grade").press("The alphabet's order is right")
    assert order(prepare, "grade") == ("A", "B", "C")
    assert "Which order" not in prepare.words
