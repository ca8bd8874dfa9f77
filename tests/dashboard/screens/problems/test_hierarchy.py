import pytest

from dashboard.screens.problems import hierarchy
from dashboard.visit import state


@pytest.fixture
def kind(open_screen):
    """Open the miniature, whose guess is made already."""
    usual = {"problems_view": "kind", "problems_kind": "hierarchy", "problems_hierarchy_guess": "0"}
    return lambda **memory: open_screen("problems", **(usual | memory))


def test_every_example_runs_and_those_that_fail_say_why(kind):
    expected = ("near misses go from", "0.01333 for the group first",
                "near misses go from", "expects to cost least does not", "0.2933 for the group first",
                "expects to cost least does not")  # fmt: skip
    for (name, values), words in zip(hierarchy._examples().items(), expected, strict=True):
        screen = kind(**values)
        assert not screen.errors, name
        assert words in screen.words, name


def test_a_click_moves_a_class_to_another_group(kind, monkeypatch):
    kept = {hierarchy.SHOWN: "iris:0,1,1"}
    monkeypatch.setattr(state, "get", kept.get)
    monkeypatch.setattr(state, "put", kept.__setitem__)
    hierarchy._edited({"panel": 0, "row": 0, "column": 2})
    assert kept[hierarchy.GROUPS] == "iris:0,1,0"
    monkeypatch.undo()
    assert "(setosa, virginica) and (versicolor)" in kind(problems_hierarchy_data="iris", **kept).words


def test_groups_that_cannot_be_keep_the_last_result(kind):
    screen = kind(problems_hierarchy_data="iris", **{hierarchy.GROUPS: "iris:0,1,1"})
    screen.app.session_state[hierarchy.GROUPS] = "iris:0,0,0"
    screen.run()
    assert len(screen.errors) == 1 and "At least two groups are needed" in screen.errors[0]
    assert "Showing the last valid result." in screen.words and "(versicolor, virginica)" in screen.words


def test_groups_of_other_data_are_not_used_and_penguins_have_one_genus(kind):
    screen = kind(problems_hierarchy_data="penguins", **{hierarchy.GROUPS: "iris:0,1,1"})
    assert not screen.errors
    assert "(Adelie, Chinstrap) and (Gentoo)" in screen.words
    assert "one genus, Pygoscelis" in screen.words


def test_the_link_leads_to_the_lesson_on_neurons(kind):
    links = [link.proto for link in kind().app.get("page_link")]
    assert any("neuron" in link.page and link.query_string.startswith("neuron_view=threshold&") for link in links)
