import pytest

from dashboard.screens.problems import clustering
from dashboard.visit import settings


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "clustering", "problems_clustering_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = ("ends in the best of all", "ends in a local optimum", "200 starts find", "decides nearly alone")
    for (name, values), words in zip(clustering._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_dragged_points_change_the_result(kind, monkeypatch):
    kept = {}
    monkeypatch.setattr(clustering.state, "put", kept.__setitem__)
    monkeypatch.setattr(settings, "value", lambda key: "points")
    clustering._edited({"panel": 0, "layer": 1, "xy": [[0, 0], [0, 2], [9, 9], [12, 9]]})
    monkeypatch.undo()
    screen = kind(problems_clustering_k=2, **kept)
    assert not screen.errors
    assert "best of all 7 partitions" in screen.words  # of four points into two clusters
    assert "best of all 7 partitions" not in kind(problems_clustering_k=2).words


def test_points_that_cannot_be_read_keep_the_last_result(kind):
    screen = kind()
    before = screen.words
    screen.turn("text_input", clustering.TYPED, "[[1, 2], [3")
    assert len(screen.errors) == 1
    assert "pairs of numbers" in screen.errors[0]
    assert "Showing the last valid result." in screen.words
    assert "best of all 86,526 partitions" in screen.words
    assert "best of all 86,526 partitions" in before


def test_the_visitors_own_columns_are_clustered(kind):
    screen = kind(problems_clustering_data="table")
    assert not screen.errors
    across = screen.app.selectbox(key=clustering.ACROSS)
    assert len(across.options) > 2
    screen.turn("selectbox", clustering.ACROSS, screen.app.selectbox(key=clustering.UP).value)
    assert "Two different columns" in screen.errors[0]
