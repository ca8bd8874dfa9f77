"""What one can do after a screen: a few phrases for every screen, each of them said once."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens import menu
from dashboard.visit.outcomes import OUTCOMES, outcomes

WITHOUT = {"", "path", "glossary", "environment"}  # screens that lead to others, and teach nothing themselves
SCREENS = [screen.path for screens in menu().values() for screen in screens if screen.path not in WITHOUT]

PHRASES = [(path, phrase) for path, phrases in OUTCOMES.items() for phrase in phrases]
VERBS = {
    "apply", "call", "check", "choose", "collect", "compare", "compute", "count", "describe", "differentiate", "draw",
    "encode",
    "explain", "fill", "find", "follow", "give", "hand", "join", "measure", "name", "predict", "read", "recognise",
    "repeat", "say", "separate", "share", "standardise", "tell", "treat", "turn", "write",
}  # fmt: skip


def test_every_screen_says_what_one_can_do_after_it():
    assert set(SCREENS) == OUTCOMES.keys()
    assert all(3 <= len(phrases) <= 5 for phrases in OUTCOMES.values())


@pytest.mark.parametrize(("path", "phrase"), PHRASES)
def test_each_is_an_infinitive_that_goes_on_after_you_can(path, phrase):
    assert phrase.split()[0] in VERBS
    assert not re.search(r"[.!?]$", phrase)
    assert len(phrase) <= 100
    assert phrase.count("`") % 2 == 0


def test_none_is_said_twice():
    assert len({phrase for _path, phrase in PHRASES}) == len(PHRASES)


def test_a_screen_without_any_has_none():
    assert outcomes("") == outcomes("nowhere") == []


FOOT = """
from dashboard.screens import pages
from dashboard.ui.guide import draw_foot

for path in pages():
    draw_foot(path, pages())
"""


def test_they_stand_in_the_open_at_the_foot_of_every_screen():
    app = AppTest.from_string(FOOT, default_timeout=60).run()
    assert not app.exception
    assert not app.expander
    lists = [text.value for text in app.markdown]
    assert len(lists) == len(SCREENS)
    for text, path in zip(lists, SCREENS, strict=True):
        assert text.splitlines() == ["**After this you can**", "", *(f"- {phrase}" for phrase in OUTCOMES[path])]
