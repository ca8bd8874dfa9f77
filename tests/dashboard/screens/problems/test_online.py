import pytest

from dashboard.screens.problems import online
from dashboard.screens.problems.two_columns import across_key, up_key


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "online", "problems_online_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = ("is negative", "The law did not drift", "is negative", "not known", "SGD diverged after")
    for (name, values), words in zip(online._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_more_first_rows_than_there_are_keep_the_last_result(kind):
    screen = kind(problems_online_length=200)
    before = screen.words
    screen.turn("slider", "problems_online_first", 500)
    assert len(screen.errors) == 1 and "Some rows have to come after the first 500" in screen.errors[0]
    assert "Showing the last valid result." in screen.words
    assert all(line in screen.words for line in before.splitlines() if "After the first 100 rows" in line)


def test_the_target_of_the_visitors_table_is_predicted_row_by_row(kind):
    screen = kind(problems_online_data="table", sample="penguins", problems_online_first=50)
    assert not screen.errors
    x, y = (screen.app.selectbox(key=key("online")).value for key in (across_key, up_key))
    assert x != y and f"is {y} predicted from {x}" in screen.words
    assert "Whether the law of a table drifts is not known" in screen.words
