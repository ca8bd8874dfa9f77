"""One way to draw every kind: controls, the moving picture with its prediction, then the outcome."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from core.errors import InputError
from core.language import _
from core.problems.miniature import Miniature
from core.problems.rows import Rows
from dashboard.scenes.miniature.scene import miniature_scene
from dashboard.screens.problems.kind import Kind
from dashboard.ui import controls, scenes
from dashboard.ui.escape import escape_markdown, show_error
from dashboard.ui.examples import examples
from dashboard.ui.tables import show_table
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

NO_GUESS = "none"
OWN = "table"  # the option of a kind's data that is the visitor's table


def draw(kind: Kind) -> None:
    """Draw a kind of problem; what it cannot run on is said, and the last run stays."""
    examples(f"problems_{kind.name}", kind.examples())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        made = _make(kind)
        with st.container(width=150):
            controls.number("problems_seed", _("Seed"))
        controls.toggle("problems_exact", _("Show the exact answer"))
    if made is None:
        return
    guess = str(settings.value(guess_knob(kind.name)))
    key = f"problems_scene_{kind.name}"
    scene = miniature_scene(made, exact=bool(settings.value("problems_exact")), guess=guess)
    st.markdown(escape_markdown(made.question))
    scenes.miniature(scene, key, on_edit=lambda: _take_edit(kind, key), on_guess=lambda: _take_guess(kind, key))
    if guess != NO_GUESS:
        _outcome(made)


def guess_knob(name: str) -> str:
    """Return the knob that holds the prediction for a kind: one of the options, "skip" or "none"."""
    return f"problems_{name}_guess"


def _make(kind: Kind) -> Miniature | None:
    """Return the miniature of the settings; where there is none, say why and return the last one of this visit."""
    kept = f"_good_problems_{kind.name}"
    try:
        arguments = kind.controls()
        key = json.dumps([kind.name, arguments], default=_key_of, sort_keys=True)
        own = _is_own(kind)
        made = _made(key, kind, arguments, own)
    except InputError as wrong:
        show_error(str(wrong))
        good = state.get(kept)
        if good is None:
            return _usual(kind)
        st.caption(_("Showing the last valid result."))
        return _made(good[0], kind, good[1], good[2])
    state.put(kept, (key, arguments, own))
    return made


def _is_own(kind: Kind) -> bool:
    """Return whether a kind runs on something of the visitor's own: a table, or what was typed, dragged or clicked."""
    typed = [name for name in settings.TEXTS if name.startswith(f"problems_{kind.name}_")]
    from_table = settings.value(f"problems_{kind.name}_data") == OWN
    return from_table or any(settings.text(name) != settings.TEXTS[name] for name in typed)


def _usual(kind: Kind) -> Miniature:
    """Return the miniature of the usual settings, for a visit in which none worked yet."""
    st.caption(_("Showing the usual settings."))
    return _kept_for_all(json.dumps([kind.name, {}]), kind, {})


def _key_of(value: object) -> str:
    assert isinstance(value, Rows), type(value)
    return value.key


def _made(key: str, kind: Kind, arguments: Mapping[str, Any], own: bool) -> Miniature:
    """Return a miniature; what holds nothing of the visitor's own is made once for all visitors."""
    return (_kept if own else _kept_for_all)(key, kind, arguments)


@cache_resource(max_entries=64, show_spinner=False)
def _kept_for_all(key: str, _kind: Kind, _arguments: Mapping[str, Any]) -> Miniature:
    return _kind.make(**_arguments)


@cache_resource(scope="session", max_entries=12, show_spinner=False)
def _kept(key: str, _kind: Kind, _arguments: Mapping[str, Any]) -> Miniature:
    return _kind.make(**_arguments)


def _take_edit(kind: Kind, key: str) -> None:
    edited = getattr(state.get(key), "edited", None)
    if edited and kind.edited:
        kind.edited(edited)


def _take_guess(kind: Kind, key: str) -> None:
    guessed = getattr(state.get(key), "guessed", None)
    if guessed:
        settings.choose(guess_knob(kind.name), str(guessed["choice"]))


def _outcome(made: Miniature) -> None:
    title = _("What happened")
    st.markdown(f"**{title}**")
    st.markdown(escape_markdown(made.sentence))
    shown = bool(settings.value("problems_exact"))
    columns: dict[str, list[str]] = {_("Result"): [figure.name for figure in made.figures]}
    columns[_("Learned")] = [figure.learned for figure in made.figures]
    if shown:
        columns[_("Exact")] = [figure.exact or "–" for figure in made.figures]
    if made.figures:
        show_table(pd.DataFrame(columns), hide_index=True, width="stretch")
    if shown:
        st.caption(escape_markdown(made.oracle))
    with st.expander(_("The same run in Python"), icon=":material/code:"):
        st.code(made.code, language="python", wrap_lines=True)
