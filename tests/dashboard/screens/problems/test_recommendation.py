import pytest

from dashboard.screens.problems import recommendation
from dashboard.visit import settings

SURVEY = b"who,*soup*,bread,jam\nAda,5,,1\nBen,,4,2\nCleo,3,3,\nDan,4,,1\nEve,,,\n"


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "recommendation", "problems_recommendation_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = ("these determine all 38 others", "these determine all 38 others", "would determine 40 of the 58 others",
                "1 row has no rating seen", "SGD diverged")  # fmt: skip
    for (name, values), words in zip(recommendation._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_a_clicked_cell_turns_made_ratings_into_the_visitors_own(kind, monkeypatch):
    kept = {}
    usual = {key: knob.default for key, knob in settings.KNOBS.items()}
    monkeypatch.setattr(settings, "value", usual.__getitem__)
    monkeypatch.setattr(settings, "text", settings.TEXTS.__getitem__)
    monkeypatch.setattr(settings, "choose", kept.__setitem__)
    monkeypatch.setattr(recommendation.state, "put", kept.__setitem__)
    recommendation._edited({"panel": 0, "row": 0, "column": 4})
    monkeypatch.undo()
    before = settings.TEXTS[recommendation.RATINGS]
    assert before[:6] == "4232.4"
    assert kept == {recommendation.RATINGS: "42321" + before[5:], "problems_recommendation_data": "edited"}
    screen = kind(**kept)
    assert not screen.errors
    assert screen.words != kind(problems_recommendation_data="edited").words


def test_the_visitors_own_table_is_filled_in(kind, open_screen):
    state = open_screen("data").upload("survey.csv", SURVEY).app.session_state
    memory = {key: state[key] for key in ("_upload", "sample")}
    screen = kind(**memory, problems_recommendation_data="table")
    assert not screen.errors
    assert "1 row has no rating seen" in screen.words
    assert "divided by its root mean square" in screen.words


def test_a_table_without_a_gap_is_refused_and_the_last_result_stays(kind):
    screen = kind(problems_recommendation_data="edited")
    screen.app.session_state[recommendation.RATINGS] = "12/34"
    screen.run()
    assert len(screen.errors) == 1
    assert "leave some cells empty" in screen.errors[0]
    assert "Showing the last valid result." in screen.words
