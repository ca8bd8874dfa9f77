import numpy as np
import pytest

from dashboard.screens.problems import tagging
from dashboard.visit.state import UPLOAD, digest


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "tagging", "problems_tagging_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs(kind):
    for name, values in tagging._examples().items():
        screen = kind(**values)
        assert not screen.errors, name
        assert "One softmax gives every row exactly one tag" in screen.words, name


def test_columns_of_yes_and_no_are_the_tags_of_the_visitors_table(kind):
    rng = np.random.default_rng(0)
    lines = ["size,wet,warm,price"]
    for size, noise, other, price in rng.normal(size=(60, 4)):
        answers = "yes" if size + noise > 0 else "no", int(size + other > 0)
        lines.append(f"{size},{answers[0]},{answers[1]},{price}")
    content = "\n".join(lines).encode()
    upload = {"name": "weather.csv", "content": content, "digest": digest(content)}
    screen = kind(problems_tagging_data="table", sample=UPLOAD, _upload=upload)
    assert not screen.errors
    assert "Which of these tags does a row have: wet, warm?" in screen.words


def test_a_table_without_such_columns_is_refused_and_the_last_result_stays(kind):
    screen = kind()
    assert "of 600 single tags are right" in screen.words
    screen.turn("selectbox", "problems_tagging_data", "table")
    assert len(screen.errors) == 1 and "At least two columns of yes or no" in screen.errors[0]
    assert "Showing the last valid result." in screen.words and "of 600 single tags" in screen.words


def test_another_threshold_gives_other_tags(kind):
    screen = kind()
    assert "At the threshold 0.5," in screen.words
    screen.turn("slider", "problems_tagging_threshold", 0.8)
    assert "At the threshold 0.8," in screen.words


def test_the_link_leads_to_the_lesson_on_neurons(kind):
    links = [link.proto for link in kind().app.get("page_link")]
    assert any("neuron" in link.page and link.query_string.startswith("neuron_view=threshold&") for link in links)
