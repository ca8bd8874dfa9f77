import pytest

from dashboard.screens.problems import components


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "components", "problems_components_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = ("3,000 steps", "with 8 numbers", "just as good", "alone holds", "Training diverged")
    for (name, values), words in zip(components._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_more_numbers_than_columns_keep_the_last_result(kind):
    screen = kind(problems_components_data="iris")
    assert "no linear one with 2 numbers" in screen.words
    screen.turn("slider", "problems_components_k", 5)
    assert "keep at most 3 numbers" in screen.errors[0]
    assert "Showing the last valid result." in screen.words
    assert "no linear one with 2 numbers" in screen.words


def test_the_visitors_own_rows_are_used(kind):
    screen = kind(problems_components_data="table", problems_exact=True)
    assert not screen.errors
    assert "no linear one with 2 numbers" in screen.words
    assert "Eckart and Young" in screen.words
