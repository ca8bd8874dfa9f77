"""Sequences: tags and cuts of a typed sentence, and three toys whose lengths or orders differ."""

from typing import Any

import streamlit as st

from core.language import _
from core.problems.sequences import TEXTS, miniature
from dashboard.screens.problems.kind import Kind
from dashboard.ui import controls, text_fields
from dashboard.ui.examples import Examples
from dashboard.visit import settings

WIDE, NARROW = 320, 190  # pixels


def _controls() -> dict[str, Any]:
    """Draw the task, its text and its settings; those of other tasks stay as they are, unseen."""
    with st.container(width=260):
        task = controls.select("problems_sequences_data", _("Data"))
    with st.container(width=WIDE):
        text = text_fields.field(f"problems_sequences_{task}", _labels()[task], help=_helps()[task])
    return {"task": task, "text": text, "seed": settings.value("problems_seed"), **_settings(task)}


def _settings(task: str) -> dict[str, Any]:
    """Draw the settings that a task uses, and return them."""
    found: dict[str, Any] = {}
    if task in ("english", "chinese", "durations"):
        with st.container(width=NARROW):
            found["smoothing"] = controls.slider("problems_sequences_smoothing", _("Smoothing α"))
    if task in ("english", "chinese"):
        with st.container(width=NARROW):
            found["counted"] = controls.slider("problems_sequences_counted", _("Sentences counted"))
    if task == "speech":
        with st.container(width=NARROW):
            found["doubt"] = controls.slider("problems_sequences_doubt", _("Doubt of the recogniser"))
    if task == "translation":
        with st.container(width=NARROW):
            found["rounds"] = controls.slider("problems_sequences_rounds", _("Rounds of EM"))
        found["start"] = controls.either("problems_sequences_start", _("Start"))
        found["with_none"] = controls.toggle("problems_sequences_none", _("A word may have no source"))
    return found


def _labels() -> dict[str, str]:
    return {
        "english": _("English sentence"),
        "chinese": _("Chinese sentence"),
        "speech": _("Symbols of the frames"),
        "durations": _("Letters to speak"),
        "translation": _("German = English"),
    }


def _helps() -> dict[str, str]:
    return {
        "english": _("Up to 20 words. Signs between words are left out."),
        "chinese": _("Up to 30 characters. Spaces and signs are left out."),
        "speech": _("Up to 16 frames: a letter each, or _ for the blank between repeats."),
        "durations": _("Up to 12 letters."),
        "translation": _("Two sentences of up to 10 words with = between. A German sentence of our pairs is enough."),
    }


def _examples() -> Examples:
    return {
        _("Works: “fish” among its words"): _tags("english", TEXTS["english"]),
        _("Works: overlapping words, 研究生研究生命"): _tags("chinese", TEXTS["chinese"]),
        _("Fails: a cut in the wrong place, 南京市长江大桥"): _tags("chinese", "南京市长江大桥"),
        _("Fails: three unknown words"): _tags("english", "Time flies like an arrow."),
        _("Works: speech of hello"): _example("speech", TEXTS["speech"], doubt=0.2),
        _("Fails: the best symbols are not the best output"): _example("speech", "aa_a", doubt=0.4),
        _("Works: durations and back"): _example("durations", TEXTS["durations"], smoothing=0.1),
        _("Fails: ll becomes one run"): _example("durations", "hello", smoothing=0.1),
        _("Works: links that cross"): _pair(TEXTS["translation"], none=False),
        _("Fails: “the” from no word"): _pair("das haus ist alt = the house is old", none=True),
    }


def _example(task: str, text: str, **values: Any) -> dict[str, Any]:
    chosen = {"problems_sequences_data": task, f"problems_sequences_{task}": text, "problems_seed": 0}
    return chosen | {f"problems_sequences_{name}": value for name, value in values.items()}


def _tags(task: str, text: str) -> dict[str, Any]:
    return _example(task, text, smoothing=0.1, counted=50)


def _pair(text: str, none: bool) -> dict[str, Any]:
    return _example("translation", text, rounds=20, start="even", none=none)


KIND = Kind("sequences", controls=_controls, make=miniature, examples=_examples)
