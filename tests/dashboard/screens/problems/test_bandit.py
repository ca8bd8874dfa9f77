import pytest

from dashboard.screens.problems import bandit
from dashboard.visit import settings


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "bandit", "problems_bandit_guess": "0", "problems_exact": True}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = (
        "every run still pulled a best arm",
        "c is 0, and regret need not grow",
        "they stayed with wrong arms",
        "no contradiction",
    )
    for (name, values), words in zip(bandit._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name
        assert "dynamic programming over 40,920 states" in screen.words


def test_dragged_arms_change_the_result(kind, monkeypatch):
    kept = {}
    monkeypatch.setattr(bandit.state, "put", kept.__setitem__)
    monkeypatch.setattr(settings, "choose", kept.__setitem__)
    bandit._edited({"panel": 0, "layer": 3, "xy": [[0.21, 1.4], [1.5, 2], [0.3, 3]]})
    monkeypatch.undo()
    assert kept == {bandit.TYPED: "0.21, 1.0, 0.3", "problems_bandit_data": "own"}
    screen = kind(**kept)
    assert not screen.errors and "computed for two arms only" in screen.words


def test_arms_that_cannot_be_read_keep_the_last_result(kind):
    screen = kind(problems_bandit_data="own", problems_bandit_pulls=100, problems_bandit_runs=20)
    before = screen.words
    screen.turn("text_input", bandit.TYPED, "0.5, 2")
    assert len(screen.errors) == 1 and "one is “2”" in screen.errors[0]
    assert "Showing the last valid result." in screen.words
    outcome = next(line for line in before.splitlines() if line.startswith("Mean regret after 100 pulls"))
    assert outcome in screen.words


def test_a_policy_and_its_setting_are_those_of_the_controls(kind):
    screen = kind(problems_bandit_policy="greedy", problems_bandit_pulls=100, problems_bandit_runs=20)
    screen.turn("slider", "problems_bandit_epsilon", 0.25)
    assert "With ε-greedy (ε = 0.25)" in screen.words and "after 100 pulls" in screen.words
