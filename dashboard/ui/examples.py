"""Examples that load with one click, and a mark for the current one."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from core.language import _
from dashboard.ui.escape import escape_markdown
from dashboard.visit import settings, state

Examples = Mapping[str, Mapping[str, Any]]


def examples(screen: str, of: Examples) -> None:
    """Draw a row of examples, given the settings of each by name. The current one is marked."""
    key = f"{screen}_example"
    stands = next((name for name, values in of.items() if _stands(values)), None)
    if stands != state.get(f"_{key}_stands"):
        state.put(f"_{key}_left", state.get(f"_{key}_stands"))
    state.put(f"_{key}_stands", stands)
    state.put(f"_{key}_seen", _seen(screen))
    state.put(key, stands)
    st.pills(
        _("Examples"),
        list(of),
        key=key,
        format_func=escape_markdown,
        on_change=_take,
        args=[screen, key, of],
        label_visibility="collapsed",
        wrap=True,
    )


def _stands(values: Mapping[str, Any]) -> bool:
    return all(_now(key) == _meant(key, value) for key, value in values.items())


def _now(key: str) -> Any:
    if key in settings.KNOBS:
        return settings.value(key)
    return settings.text(key) if key in settings.TEXTS else state.get(key)


def _meant(key: str, value: Any) -> Any:
    return settings.KNOBS[key].clamp(value) if key in settings.KNOBS else value


def _seen(screen: str) -> dict[str, Any]:
    return {name: _now(name) for name in (*settings.KNOBS, *settings.TEXTS) if name.startswith(f"{screen}_")}


def _take(screen: str, key: str, of: Examples) -> None:
    name = state.get(key)
    if name == state.get(f"_{key}_left") and _seen(screen) != state.get(f"_{key}_seen"):
        return  # not a click: a moving slider, sent before the browser removed the mark
    for wanted, value in of.get(name, {}).items():
        if wanted in settings.KNOBS:
            settings.choose(wanted, value)
        else:
            state.put(wanted, value)
