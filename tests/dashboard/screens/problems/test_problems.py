"""The map, the table of all kinds, which of them is mine, and what every miniature shares."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from core.problems.kinds import KINDS
from dashboard.screens.problems import mini
from dashboard.screens.problems.kinds import VIEWS_OF_KINDS
from dashboard.visit import settings
from dashboard.visit.state import UPLOAD, digest


def test_every_kind_of_the_map_has_a_miniature_of_its_name():
    assert list(VIEWS_OF_KINDS) == list(KINDS)
    assert all(name == kind.name for name, kind in VIEWS_OF_KINDS.items())


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_asks_first_then_says_what_happened_and_what_is_exact(open_screen, name):
    screen = open_screen("problems", problems_view="kind", problems_kind=name)
    assert not screen.errors
    assert "What happened" not in screen.words
    screen = open_screen(
        "problems", problems_view="kind", problems_kind=name, problems_exact=True, **{mini.guess_knob(name): "0"}
    )
    assert not screen.errors
    assert "What happened" in screen.words
    (table,) = [each.value for each in screen.app.dataframe if "Learned" in each.value]
    assert (table["Exact"] != "–").any()


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_settings_that_work_and_settings_that_fail(open_screen, name):
    examples: dict[str, dict[str, object]] = {}

    def read() -> None:
        from dashboard.screens.problems.kinds import VIEWS_OF_KINDS
        from dashboard.visit import state

        state.put("_read", {key: list(values) for key, values in VIEWS_OF_KINDS[state.get("_kind")].examples().items()})

    app = AppTest.from_function(read)
    app.session_state["_kind"] = name
    app.run()
    examples = app.session_state["_read"]
    assert any(label.startswith("Works") for label in examples)
    assert any(label.startswith("Fails") for label in examples)
    known = {*settings.KNOBS, *settings.TEXTS, *settings.NAMES}
    assert [key for values in examples.values() for key in values if key not in known] == []


def test_the_table_has_a_row_for_every_kind(open_screen):
    screen = open_screen("problems", problems_view="table")
    (table,) = [each.value for each in screen.app.table]
    assert isinstance(table, pd.DataFrame)
    assert list(table.index) == [kind.title for kind in KINDS.values()]
    assert (table != "").all(axis=None)


def test_which_of_them_is_mine_opens_a_kind_on_the_table(open_screen):
    screen = open_screen("problems", problems_view="mine", sample="penguins")
    assert "The target “body_mass_g” is a number." in screen.words
    screen.app.button(key="problems_mine_classes").click()
    screen.run()
    assert settings.KNOBS["problems_classes_data"].options.count("table") == 1
    assert screen.app.session_state["problems_classes_data"] == "table"
    assert screen.app.session_state["problems_kind"] == "classes"
    assert not screen.errors


def test_every_kind_that_a_table_can_be_opens_on_it():
    from core.problems.mine import suggest_kinds

    for each in suggest_kinds(pd.DataFrame(), None):
        assert "table" in settings.KNOBS[f"problems_{each.kind}_data"].options, each.kind


def test_a_table_too_small_is_no_kind(open_screen):
    screen = open_screen("problems", problems_view="mine", sample="house_tiny")
    assert "None of the kinds fits this table." in screen.words


def test_a_kind_that_cannot_run_on_the_table_says_so_and_shows_the_usual_run(open_screen):
    screen = open_screen(
        "problems", problems_view="kind", problems_kind="tagging", problems_tagging_data="table",
        problems_tagging_guess="skip", sample="house_tiny",
    )  # fmt: skip
    assert len(screen.errors) == 1
    assert "Showing the usual settings." in screen.words
    assert "What happened" in screen.words


@pytest.mark.parametrize(("kind", "label"), [("classes", "pair"), ("hierarchy", "three")])
def test_the_label_is_the_first_one_with_the_classes_that_a_kind_needs(open_screen, kind, label):
    rows = [f"{'ab'[n % 2]},{'uvw'[n % 3]},{n * n},{n % 7}" for n in range(60)]
    content = "\n".join(["pair,three,x,z", *rows]).encode()
    upload = {"name": "labels.csv", "content": content, "digest": digest(content)}
    knobs = {"problems_view": "kind", "problems_kind": kind, f"problems_{kind}_data": "table"}
    screen = open_screen("problems", sample=UPLOAD, _upload=upload, **knobs)
    assert not screen.errors
    assert screen.app.session_state["problems_label"] == label


def test_what_is_nobodys_own_is_made_once_for_all_and_the_rest_for_its_visitor_alone(open_screen, monkeypatch):
    shared: list[str] = []
    kept = mini._kept_for_all
    monkeypatch.setattr(mini, "_kept_for_all", lambda key, *more: shared.append(key) or kept(key, *more))
    knobs = {"problems_view": "kind", "problems_kind": "clustering"}
    open_screen("problems", **knobs)
    open_screen("problems", **knobs, problems_clustering_data="penguins")
    assert len(shared) == 2
    open_screen("problems", **knobs, problems_clustering_data="table")
    open_screen("problems", **knobs, problems_clustering_points="[[1, 1], [2, 2], [8, 8], [9, 9]]")
    assert len(shared) == 2
