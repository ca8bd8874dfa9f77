import pytest

from core.problems.search.digit_pictures import read_picture, write_picture
from dashboard.screens.problems import search
from dashboard.visit import settings


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "search", "problems_search_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = ("the network finds 10", "times as far", "times as far", "has learned nothing")
    for (name, values), words in zip(search._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_a_painted_picture_is_searched_for_with_the_digit_of_the_one_it_was_painted_on(kind, monkeypatch):
    kept = {}
    monkeypatch.setattr(search.state, "put", kept.__setitem__)
    monkeypatch.setattr(settings, "choose", kept.__setitem__)
    monkeypatch.setattr(settings, "value", lambda key: {"problems_search_from": "picked"}.get(key, 127))
    image = read_picture(search.EIGHT)
    image[0, 0] = 1.0
    search._edited({"panel": 0, "image": image.tolist()})
    monkeypatch.undo()
    assert kept == {search.PAINTED: write_picture(image), "problems_search_from": "painted",
                    "problems_search_label": "8"}  # fmt: skip
    screen = kind(**kept)
    assert not screen.errors
    assert "with the digit 8" in screen.words
    assert screen.words != kind().words


def test_a_blank_picture_is_refused_and_the_last_result_stays(kind):
    painted = {"problems_search_from": "painted"}
    screen = kind(**painted)
    screen.app.session_state[search.PAINTED] = "0" * 64
    screen.run()
    assert len(screen.errors) == 1
    assert "blank" in screen.errors[0]
    assert "Showing the last valid result." in screen.words
    assert "with the digit 7" in screen.words


def test_any_distance_can_be_chosen(kind):
    screen = kind(problems_search_p=float("inf"))
    assert not screen.errors
    largest = screen.words
    screen.press("cosine")
    assert not screen.errors
    assert screen.words != largest
