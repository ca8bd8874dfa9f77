"""Labels against rewards on the screen: examples, the visitor's classes, and tables without any."""

import pytest

from dashboard.screens.problems import rewarded


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "rewarded", "problems_rewarded_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = ("times as many", "times as many", "times as many", "with a reward alone 100 are not enough")
    for (name, values), words in zip(rewarded._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_the_visitors_own_classes_are_learned(kind):
    screen = kind(problems_rewarded_data="table", problems_rewarded_samples=200)
    assert not screen.errors
    assert "After 200 samples" in screen.words


def test_a_table_without_classes_is_said_and_the_last_result_stays(kind, monkeypatch):
    screen = kind(problems_rewarded_samples=200)
    monkeypatch.setattr("dashboard.screens.problems.own_rows._targets", dict)
    screen.turn("selectbox", "problems_rewarded_data", "table")
    assert len(screen.errors) == 1 and "at least two classes" in screen.errors[0]
    assert "Showing the last valid result." in screen.words and "After 200 samples" in screen.words
