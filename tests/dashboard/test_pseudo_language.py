"""Every screen in a language whose every text is marked: whatever is not marked passed by the catalogue."""

import gettext
import json
import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from core.language import Language

SECONDS = 120
SCREENS = [
    "welcome", "data", "prepare", "train", "compare", "experiments", "take_home", "gaps", "leakage", "trace",
    "then_and_now", "recipe", "tensors", "products", "reductions", "norms", "calculus", "autograd",
]  # fmt: skip

# What a screen shows that is nobody's language: code, formulas, icons, names of files, of columns, of functions.
UNSPOKEN = re.compile(r"```.*?```|`[^`]*`|\$\$.*?\$\$|\$[^$]*\$|:material/\w+:|<[^>]*>|\]\([^)]*\)", re.DOTALL)
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
WORDS = re.compile(r"[a-z]{3,} [a-z]{2,} [a-z]{2,}")  # three words in a row are a sentence, not a name


POINT = r"(?<=\d)\.(?=\d)"
VERSION = re.compile(r"\d+\.\d+\.\d+\S*")


class Marked(gettext.NullTranslations):
    """Marks every text; its placeholders stay, and numbers in it have commas, as a translator writes them."""

    def gettext(self, message: str) -> str:
        return f"⟦{re.sub(POINT, ',', message)}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


PSEUDO = Language("de", Marked())  # with the numbers of a language that has decimal commas


def spoken(text: str) -> str:
    """Return a text without what is nobody's language."""
    return UNSPOKEN.sub(" ", text.replace("\\", "").replace("\u2060", ""))


def unmarked(text: str) -> str:
    """Return what is left of a spoken text without what is marked."""
    text = spoken(text)
    while MARKED.search(text):  # a sentence can stand in the gap of another
        text = MARKED.sub(" ", text)
    return text


def texts_of(app: AppTest) -> Iterator[str]:
    """Return what the screen shows in words: texts, and the labels, helps and options of what is turned and pressed."""
    for kind in ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success"):
        for element in getattr(app, kind):
            yield str(element.value)
            yield str(getattr(element, "help", "") or "")
    for kind in ("metric", "button", "checkbox", "toggle", "selectbox", "multiselect", "slider", "select_slider",
                 "number_input", "text_input", "text_area", "radio", "expander"):  # fmt: skip
        for element in getattr(app, kind):
            yield str(getattr(element, "label", "") or "")
            yield str(getattr(element, "help", "") or "")
    for metric in app.metric:
        yield str(metric.value)
    for chart in app.get("arrow_vega_lite_chart"):
        yield from titles_of(json.loads(chart.proto.spec))
    for group in app.button_group:
        yield str(group.label or "")
        yield from map(str, group.options)


def titles_of(spec: object) -> Iterator[str]:
    """Return what a chart calls itself, its axes, its legends and the lines of its tooltips."""
    if isinstance(spec, list):
        for part in spec:
            yield from titles_of(part)
    if isinstance(spec, dict):
        for name, part in spec.items():
            if name in ("title", "text", "subtitle") and isinstance(part, str):
                yield part
            elif name not in ("datasets", "values"):
                yield from titles_of(part)


def run(screen: str, memory: dict[str, object]) -> AppTest:
    def script(name: str) -> None:
        from importlib import import_module

        from core.language import set_language

        pass

        set_language(PSEUDO)
        import_module(f"dashboard.screens.{name}").render()

    app = AppTest.from_function(script, default_timeout=SECONDS, args=(screen,))
    for key, value in memory.items():
        app.session_state[key] = value
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def views(screen: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Return the screen as it opens, and each of its views."""
    from dashboard.visit import settings

    key = f"{screen}_view"
    options = settings.KNOBS[key].options if key in settings.KNOBS else ()
    yield from ((f"{screen}-{option}", {key: option}) for option in options or ())
    if not options:
        yield screen, {}


CASES = [pytest.param(screen, memory, id=name) for screen in SCREENS for name, memory in views(screen)]


@pytest.mark.parametrize(("screen", "memory"), CASES)
def test_every_sentence_on_the_screen_is_in_the_language_and_so_is_every_number(screen, memory):
    texts = list(texts_of(run(screen, memory)))
    assert sum("⟦" in text for text in texts) > 3
    assert [text for text in map(unmarked, texts) if WORDS.search(text)] == []
    assert [text for text in texts if re.search(POINT, VERSION.sub("", spoken(text)))] == []


def test_what_is_not_in_the_language_is_found():
    assert WORDS.search(unmarked("⟦{rows}⟧ of the table are drawn".format(rows="⟦3 rows⟧")))
    assert not WORDS.search(unmarked("⟦The rows ⟦of “a b”⟧ are drawn.⟧ `x of y or z`"))
