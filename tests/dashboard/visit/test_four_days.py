"""The path of four days: every step has its screen and view, its link sets them, and every screen leads to the next."""

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens import menu
from dashboard.visit import four_days, navigation, settings
from dashboard.visit.four_days import VIEWS
from dashboard.visit.path_steps import DAYS, STEPS

APP = Path(__file__).resolve().parents[3] / "dashboard" / "app.py"
SCREENS = [screen for screens in menu().values() for screen in screens]
FOUNDATIONS = ("images", "neuron", "normal", "network", "components")
IDS = [step.name for step in STEPS]


@pytest.mark.parametrize("step", STEPS, ids=IDS)
def test_every_step_has_its_screen_and_its_settings(step):
    assert navigation.find(step.path) is not None
    for key, wanted in step.settings.items():
        assert key in settings.TEXTS or settings.KNOBS[key].clamp(wanted) == wanted, key
    first = next(iter(step.settings), None)
    assert first is None or first in VIEWS or first == "reductions_a", "its view stands first"
    assert step.does.endswith((".", "?"))


def test_the_steps_are_in_the_order_of_the_days_and_of_the_book():
    assert [step.day for step in STEPS] == sorted(step.day for step in STEPS)
    assert len({step.name for step in STEPS}) == len(STEPS)
    for day, (_title, chapters) in DAYS.items():
        there = [step.chapter for step in STEPS if step.day == day]
        assert there == sorted(there)
        assert all(chapter in chapters for chapter in there)
    assert [chapter for _title, chapter in DAYS.values()][-1] == "Chapter 3.1 of the book"


def test_every_screen_is_on_the_path_and_so_is_every_view_of_foundations_and_mathematics():
    ways = {step.path for step in STEPS}
    assert {screen.path for screen in SCREENS} - ways <= {"", "path"}
    for name in ("tensors", "products", "reductions", "norms", "calculus", "autograd", *FOUNDATIONS):
        key = f"{name}_view"
        assert {step.settings.get(key) for step in STEPS if step.path == name} >= set(settings.KNOBS[key].options)


@pytest.mark.parametrize("step", STEPS, ids=IDS)
def test_the_link_of_a_step_has_its_name_and_what_is_not_usual(step):
    query = four_days.query(step)
    assert query.pop("step") == step.name
    for key, value in query.items():
        if key in settings.KNOBS:
            assert settings.KNOBS[key].is_exact(value)
            assert settings.KNOBS[key].clamp(value) == step.settings[key] != settings.KNOBS[key].default
        else:
            assert value == step.settings[key] != settings.TEXTS[key]


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(APP, default_timeout=60)


def follow(app: AppTest, **query: str) -> AppTest:
    """Open the address that a link leads to."""
    app.query_params.clear()
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def address(app: AppTest) -> dict[str, str]:
    return {key: value[0] if isinstance(value, list) else value for key, value in app.query_params.items()}


def test_a_step_sets_its_screen_whatever_the_visit_has_set_before(app):
    follow(app, calculus_f="sin(x)", calculus_x="2", calculus_view="rules")
    link = next(four_days.query(step) for step in STEPS if step.name == "step-size")
    follow(app, **link)
    assert [app.session_state[key] for key in ("calculus_f", "calculus_x", "calculus_view")] == [
        "3*x**2 - 4*x", "1", "valley",
    ]  # fmt: skip
    assert address(app) == {"step": "step-size", "calculus_view": "valley"}
    follow(app, step="limit")
    assert app.session_state["calculus_view"] == "limit"
    assert address(app) == {"step": "limit"}


def test_a_step_is_left_when_something_is_set_otherwise_and_its_link_sets_it_again(app):
    follow(app, step="limit")
    app.session_state["calculus_f"] = "x**3"
    app.run()
    assert app.session_state["calculus_f"] == "x**3", "the link sets it once"
    assert address(app) == {"calculus_f": "x**3"}
    follow(app, step="limit")
    assert app.session_state["calculus_f"] == "3*x**2 - 4*x"


def test_an_address_that_says_more_than_its_step_comes_first(app):
    follow(app, step="limit", calculus_f="x**3")
    assert app.session_state["calculus_f"] == "x**3"
    assert address(app) == {"calculus_f": "x**3"}


@pytest.mark.parametrize("name", ["", "nothing", "<b>x</b>", "limit limit", "9" * 2_000])
def test_an_address_with_no_step_of_ours_is_no_step(app, name):
    follow(app, step=name)
    assert "step" not in address(app)
    assert "calculus_view" not in app.session_state


def test_the_synthetic_data_of_the_book_are_trained_with_its_settings(app):
    follow(app, learning_rate="0.5", epochs="50")
    follow(app, **four_days.query(next(step for step in STEPS if step.name == "synthetic")))
    chosen = {key: app.session_state[key] for key in ("train_weight_1", "train_weight_2", "train_bias", "noise")}
    assert chosen == {"train_weight_1": 2.0, "train_weight_2": -3.4, "train_bias": 4.2, "noise": 0.01}
    assert [app.session_state[key] for key in ("learning_rate", "batch_size", "epochs")] == [0.03, 10, 3]


FEET = """
from dashboard.screens import pages
from dashboard.ui.guide import draw_foot
from dashboard.visit import state

at = pages()
for path, memory in {feet!r}:
    with state.instead(memory):
        draw_foot(path, at)
"""
Foot = tuple[str, list[tuple[str, dict[str, str]]]]


def feet(*places: tuple[str, dict[str, object]]) -> list[Foot]:
    """Return what stands at the foot of each page, set so: the words beside its links, and where these lead."""
    app = AppTest.from_string(FEET.format(feet=places), default_timeout=60).run()
    assert not app.exception
    links = [(link.proto.page, dict(parse_qsl(link.proto.query_string))) for link in app.get("page_link")]
    words = [caption.value for caption in app.caption]
    ends = [place for place, (path, _query) in enumerate(links, start=1) if path == "path"]
    return [(word, links[start:end]) for word, start, end in zip(words, [0, *ends], ends, strict=False)]


def test_every_screen_leads_to_the_next_step_and_the_last_one_says_so():
    way = STEPS
    places = [(step.path, {key: each for key, each in step.settings.items() if key in VIEWS}) for step in way]
    found = feet(*places)
    for number, (step, then, (words, links)) in enumerate(zip(way, way[1:], found, strict=False), start=1):
        assert words == f"Step {number} of {len(way)}. Next:", step.name
        assert links == [(then.path, four_days.query(then)), ("path", {})], step.name
    assert found[len(way) - 1 :] == [(f"Step {len(way)} of {len(way)}. This is the last one.", [("path", {})])]


def test_a_screen_that_is_no_step_has_no_foot():
    assert feet(("", {}), ("path", {})) == []


def test_a_view_that_is_no_step_leads_on_from_the_nearest_one():
    [(words, _links)] = feet(("compare", {"compare_view": "exact"}))
    assert words.startswith("Step ")


def test_the_screen_lists_every_step_with_its_number_and_its_link():
    app = AppTest.from_string("from dashboard.screens.path import render\nrender()", default_timeout=60).run()
    assert not app.exception
    assert [header.value for header in app.header] == [title for title, _chapters in DAYS.values()]
    way = STEPS
    links = app.get("page_link")
    assert [link.proto.label.partition(". ")[0] for link in links] == [str(n) for n in range(1, len(way) + 1)]
    assert [(link.proto.page, dict(parse_qsl(link.proto.query_string))) for link in links] == [
        (step.path, four_days.query(step)) for step in way
    ]
    assert len({link.proto.label.partition(". ")[2] for link in links}) == len(way), "no two steps have one name"
    words = "\n".join(text.value for text in app.markdown)
    assert all(step.does in words for step in way)
    assert "each of the 344 rows" in words and "body\\_mass\\_g" in words
