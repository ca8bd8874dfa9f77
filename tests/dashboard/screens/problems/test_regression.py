import json

import pytest

from dashboard.screens.problems import regression


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "regression", "problems_regression_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = (
        "the least possible up to rounding",
        "at most 2 there",
        "standardised features with",
        "their noise",
        "8 rows",
    )
    for (name, values), words in zip(regression._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_dragged_points_change_the_result_and_unreadable_ones_keep_it(kind, monkeypatch):
    kept = {}
    monkeypatch.setattr(regression.state, "put", kept.__setitem__)
    regression._edited({"panel": 0, "layer": 1, "xy": [[0, 1], [1.00004, 3], [2, 5]]})
    monkeypatch.undo()
    assert json.loads(kept[regression.POINTS]) == [[0, 1], [1, 3], [2, 5]]
    screen = kind(problems_regression_data="points", problems_regression_rate=0.5, **kept)
    assert "a perfect fit has none" in screen.words and "3 rows" in screen.words
    screen.turn("text_input", regression.POINTS, "[[1, 2], [3")
    assert len(screen.errors) == 1 and "pairs of numbers" in screen.errors[0]
    assert "Showing the last valid result." in screen.words and "3 rows" in screen.words


def test_the_visitors_table_is_learned_from_with_the_feature_that_they_choose(kind):
    screen = kind(problems_regression_data="table")
    assert not screen.errors
    feature = screen.app.selectbox(key=regression.FEATURE)
    other = next(name for name in feature.options if name != feature.value)
    screen.turn("selectbox", regression.FEATURE, other)
    assert f"depend on {other}" in screen.words


def test_a_link_leads_to_train_and_one_to_compare(kind):
    screen = kind(problems_regression_data="table", problems_regression_rate=0.3)
    labels = [element.proto.label for element in screen.app.get("page_link")]
    assert "To Train, with all knobs" in labels and "To Compare, with all coefficients" in labels
