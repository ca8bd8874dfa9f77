import pytest

from dashboard.screens.problems import contextual


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "contextual", "problems_contextual_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = ("price of not being told is", "not being told cost nothing", "given up", "price of not being told is")
    for (name, values), words in zip(contextual._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_a_slider_changes_the_result(kind):
    screen = kind(problems_exact=True)
    before = screen.words
    screen.turn("slider", "problems_contextual_passes", 2)
    assert "mistakes in 666 rows" in screen.words and "mistakes in 333 rows" in before
    assert "by least squares, solved exactly" in screen.words


def test_the_visitors_own_classes_are_learned(kind):
    screen = kind(problems_contextual_data="table")
    assert not screen.errors
    assert "LinUCB made" in screen.words
