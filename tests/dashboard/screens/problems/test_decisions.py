"""The grid on the screen: examples, clicks, and grids that cannot be run."""

import pytest

from dashboard.screens.problems import decisions
from dashboard.visit import settings


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "decisions", "problems_decisions_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = (
        "the greedy policy is optimal in every state",
        "Q-learning gets a mean return",
        "the difference is more than twice its standard error",
        "the difference is more than twice its standard error",
        "in general no Markov state",
        "worth 3.874 from the start and that of SARSA 3.874",  # 5.905 is possible
    )
    for (name, values), words in zip(decisions._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_a_click_changes_the_cell_and_the_result(kind, monkeypatch):
    kept = {}
    with monkeypatch.context() as patched:
        patched.setattr(decisions.state, "put", kept.__setitem__)
        patched.setattr(decisions.settings, "choose", kept.__setitem__)
        patched.setattr(settings, "value", lambda key: "room")
        decisions._edited({"panel": 0, "row": 1, "column": 0})
    assert kept == {"problems_decisions_grid": "...G/##.T/S...", "problems_decisions_data": "own"}
    screen = kind(**kept)
    assert not screen.errors
    results = [list(each.table("Result")["Learned"]) for each in (screen, kind())]
    assert results[0] != results[1]


def test_a_grid_without_an_exit_is_said_and_the_last_result_stays(kind):
    screen = kind(problems_decisions_data="own")
    before = list(screen.table("Result")["Learned"])
    screen.turn("text_input", decisions.TYPED, "S.#G")
    assert len(screen.errors) == 1 and "this grid has no exit" in screen.errors[0]
    assert "Showing the last valid result." in screen.words
    assert list(screen.table("Result")["Learned"]) == before


def test_a_loop_that_costs_nothing_is_said_at_a_discount_of_one(kind):
    screen = kind(problems_decisions_gamma=1.0)
    screen.turn("select_slider", "problems_decisions_step", 0.0)
    assert len(screen.errors) == 1 and "loop for ever costs nothing" in screen.errors[0]
    assert "Showing the last valid result." in screen.words
