"""What holds for every view of the mathematics: any text, any knob and any link end in a good screen."""

import time

import pytest

from core.errors import InputError
from dashboard.ui import text_fields
from dashboard.visit import settings
from tests.core.calculus.matplotlib_recorder import recorded

SCREENS = ("tensors", "products", "reductions", "norms", "calculus", "autograd")
VIEWS = [(name, {f"{name}_view": option}) for name in SCREENS for option in settings.KNOBS[f"{name}_view"].options]
IDS = ["-".join([name, *map(str, memory.values())]) for name, memory in VIEWS]
every_view = pytest.mark.parametrize(("name", "memory"), VIEWS, ids=IDS)

FIELDS = ("text_input", "text_area")
CHOICES = ("slider", "select_slider", "number_input", "toggle", "selectbox", "button_group")
HOSTILE = {
    "nothing": "",
    "blanks": " \t ",
    "open bracket": "[[1, 2",
    "ragged": "[[1, 2], [3]]",
    "dangling": "3*x**",
    "name": "foo",
    "attribute": "x.__class__",
    "call": "__import__('os').system('true')",
    "power tower": "9**9**9**9",
    "division by zero": "1/0",
    "logarithm": "log(-1)",
    "empty tensor": "[]",
    "empty rows": "zeros(0, 3)",
    "one number": "5",
    "one row": "[[1, 2, 3]]",
    "many axes": "[[[[[1]]]]]",
    "infinite": "[inf, nan, 1]",
    "huge and tiny": "1e300 1e-300 -1e300",
    "true and false": "true false true",
    "markup": "<b>x</b> **y** $z$ :red[x] {x}",
    "zero byte": "x\x00",
    "deep": "(" * 400 + "x" + ")" * 400,
    "long": "x + " * 5_000 + "x",
    "large": "arange(5000)",
    "too large": "zeros(10000, 10000)",
    "pasted": "\n".join(["1\t" * 300 + "1"] * 300),
}

ON_SCREEN = ("open bracket", "markup", "deep", "too large")  # what else can go wrong is in what a view computes


def texts_of(name):
    """The fields of a screen."""
    return [key for key in settings.TEXTS if key.startswith(f"{name}_")]


def sensible(screen):
    """A screen that is whole: a title, something to see, sentences for complaints, and no bare nan."""
    assert screen.app.title
    assert screen.app.get("page_link")
    for error in screen.errors:
        assert error.endswith((".", "?", "!")), error
        assert "Traceback" not in error


@every_view
def test_every_view_has_a_lesson_with_no_click(open_screen, name, memory):
    screen = open_screen(name, **memory)
    sensible(screen)
    assert screen.errors == []
    assert any(code.language == "python" for code in screen.app.code), "the line of torch"
    assert "nan" not in " ".join(screen.boxes.values()).lower()


@every_view
def test_the_lines_of_torch_run(open_screen, monkeypatch, name, memory):
    """Whatever is shown as the code of a screen is whole: it runs by itself."""
    screen = open_screen(name, **memory)
    code = [code.value for code in screen.app.code if code.language == "python"]
    shown = [lines for lines in code if "import torch" in lines or "import matplotlib" in lines]
    assert shown
    for lines in shown:
        recorded(lines, monkeypatch)


@every_view
def test_any_text_gets_a_result_or_a_sentence_from_what_a_view_computes(open_screen, monkeypatch, name, memory):
    asked = []
    answer = text_fields.answer

    def listen(key, inputs, compute):
        asked.append((inputs, compute))
        return answer(key, inputs, compute)

    monkeypatch.setattr(text_fields, "answer", listen)
    open_screen(name, **memory)
    tried = [(inputs, compute, key) for inputs, compute in asked for key in inputs if key in texts_of(name)]
    for inputs, compute, key in tried:
        for case, text in HOSTILE.items():
            began = time.process_time()
            try:
                compute(**{**inputs, key: text})
            except InputError as problem:
                assert str(problem).endswith((".", "?", "!")), (case, key, str(problem))
            assert time.process_time() - began < 5, (case, key)
    fields = [field.key for kind in FIELDS for field in open_screen(name, **memory).app.get(kind)]
    assert {key for _inputs, _compute, key in tried} == set(fields) & set(texts_of(name)), "every field is tried"


@every_view
def test_any_text_leaves_a_good_screen_and_the_last_good_answer_stays(open_screen, name, memory):
    screen = open_screen(name, **memory)
    fields = [field for kind in FIELDS for field in screen.app.get(kind) if field.key in texts_of(name)]
    before = shape(screen)
    for case in ON_SCREEN:
        for field in fields:
            text = HOSTILE[case]
            with_text = field.set_value(text)
            began = time.process_time()
            with_text.run()
            assert time.process_time() - began < 5, (case, field.key)
            assert not screen.app.exception, (case, field.key, screen.app.exception[0].message)
            sensible(screen)
            assert not screen.errors or shape(screen) == before, (case, field.key)
            before = shape(screen)


@pytest.mark.parametrize("case", ["open bracket", "markup", "too large", "deep", "infinite"])
@every_view
def test_a_link_with_any_text_opens_a_good_screen(open_screen, name, memory, case):
    sensible(open_screen(name, **memory, **dict.fromkeys(texts_of(name), HOSTILE[case])))


KNOBS = [
    (name, key) for name in SCREENS for key in settings.KNOBS if key.startswith(f"{name}_") and key != f"{name}_view"
]


@pytest.mark.parametrize(("name", "key"), KNOBS, ids=[key for _name, key in KNOBS])
def test_every_knob_may_stand_anywhere_and_changes_what_is_shown(open_screen, drawn_keys, name, key):
    """Some knobs are widgets; others are moved in a drawing in the browser, and reach it as a part of its scene."""
    knob = settings.KNOBS[key]
    ends = knob.options or ((False, True) if isinstance(knob.default, bool) else (knob.low, knob.high))
    ends = ends if len(ends) <= 6 else (ends[0], ends[1], ends[len(ends) // 2], ends[-1])
    views = [memory for screen, memory in VIEWS if screen == name]
    place = next((memory for memory in where(name) if key in drawn_keys(name, memory)), None)
    changed = False
    for memory in views if place is None else [place]:
        screens = [open_screen(name, **memory, **{key: end}) for end in ends]
        for screen in screens:
            sensible(screen)
        changed = changed or len({said(screen) for screen in screens}) > 1
    assert changed, "a knob that changes nothing is none"


def where(name):
    """The views of a screen, and then those within them: what to remember so that each is drawn."""
    views = [memory for screen, memory in VIEWS if screen == name]
    yield from views
    choices = {key: knob.options for key, knob in settings.KNOBS.items() if isinstance(knob.default, str)}
    for memory in views:
        for key, options in choices.items():
            if key not in memory and key.startswith(f"{name}_"):
                yield from ({**memory, key: option} for option in options[1:])


@pytest.fixture
def drawn_keys(open_screen):
    """Say which widgets a view draws; each view is opened once for all tests."""

    def keys(name, memory):
        place = (name, *memory.items())
        if place not in DRAWN:
            screen = open_screen(name, **memory)
            DRAWN[place] = {element.key for kind in CHOICES for element in screen.app.get(kind)}
        return DRAWN[place]

    return keys


DRAWN: dict[tuple, set] = {}


def said(screen):
    """Everything shown, as text: words, figures, code, and what charts and drawings are given."""
    shown = ("vega_lite_chart", "bidi_component", "dataframe", "latex", "metric")
    return repr(
        (
            screen.words,
            [code.value for code in screen.app.code],
            [element.proto.SerializeToString() for kind in shown for element in screen.app.get(kind)],
        )
    )


def shape(screen):
    """How much there is to see."""
    kinds = ("vega_lite_chart", "bidi_component", "dataframe", "metric")
    return sum(len(screen.app.get(kind)) for kind in kinds)
