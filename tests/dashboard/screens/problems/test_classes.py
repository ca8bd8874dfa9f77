import pytest

from dashboard.screens.problems import classes
from dashboard.screens.problems.two_columns import across_key, up_key


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "classes", "problems_classes_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_says_whether_an_optimum_exists(kind):
    expected = ("above the smallest one", "above the smallest one", "above the smallest one",
                "above a limit that no weights reach", "above the smallest one", "above the smallest one")  # fmt: skip
    for (name, values), words in zip(classes._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_a_column_against_itself_keeps_the_last_result(kind):
    screen = kind()
    assert "of 333." in screen.words
    screen.turn("selectbox", up_key("classes"), screen.app.selectbox(key=across_key("classes")).value)
    assert len(screen.errors) == 1 and "Two different columns" in screen.errors[0]
    assert "Showing the last valid result." in screen.words and "of 333." in screen.words


def test_the_visitors_classes_are_used_and_a_row_beyond_them_is_the_last(kind):
    screen = kind(problems_classes_data="table", sample="penguins", problems_classes_row=400, problems_exact=True)
    assert not screen.errors
    assert "Rows predicted right: " in screen.words
    screen.turn("select_slider", "problems_classes_penalty", 0.1)
    assert "Newton's method on all rows finds the smallest loss with its penalty" in screen.words


def test_the_link_leads_to_the_lesson_on_neurons(kind):
    links = [link.proto for link in kind().app.get("page_link")]
    assert any("neuron" in link.page and link.query_string.startswith("neuron_view=classes&") for link in links)
