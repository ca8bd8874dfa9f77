import pytest

from dashboard.screens.problems import causes
from dashboard.screens.problems.two_columns import across_key, up_key


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "causes", "problems_causes_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = ("Simpson's paradox", "the confounder adds", "adjusting for the mediator", "adjusting for the collider")
    for (name, values), words in zip(causes._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_a_column_against_itself_keeps_the_last_result(kind):
    screen = kind()
    assert "Simpson's paradox" in screen.words
    screen.turn("selectbox", up_key("causes"), screen.app.selectbox(key=across_key("causes")).value)
    assert len(screen.errors) == 1 and "Two different columns" in screen.errors[0]
    assert "Showing the last valid result." in screen.words and "Simpson's paradox" in screen.words


def test_the_visitors_classes_and_columns_are_used(kind):
    screen = kind(problems_causes_data="table", sample="penguins")
    assert not screen.errors
    label = screen.app.selectbox(key="problems_label").value
    assert f"once {label} is held fixed" in screen.words


def test_the_arrow_that_is_moved_changes_the_effect(kind):
    screen = kind(problems_causes_data="chain", problems_causes_effect=1.0, problems_causes_strength=2.0)
    assert "X → Y (1), X → Z → Y (2)" in screen.words
    screen.turn("slider", "problems_causes_effect", 0.0)
    assert "X → Z → Y (2)." in screen.words and "X → Y (1)" not in screen.words
