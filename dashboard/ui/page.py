"""Shared by all screens: a title, one sentence, and the place where errors are shown."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps

import streamlit as st

from core.errors import InputError
from core.language import _
from dashboard.ui.escape import show_error
from dashboard.visit import navigation, settings


def explained(render: Callable[[], None]) -> Callable[[], None]:
    """Show an InputError in place, with the next steps."""

    @wraps(render)
    def guarded() -> None:
        try:
            render()
        except InputError as problem:
            show_error(str(problem))
            link("data", _("Choose another table or target"))

    return guarded


def heading(title: str, sentence: str) -> None:
    """Draw the title of a screen and one sentence on it."""
    st.title(title, anchor=False)
    st.markdown(sentence)


def link(path: str, label: str, choices: Mapping[str, str] | None = None) -> None:
    """Draw a link to another screen, which opens with these choices: values of knobs, by their keys."""
    query = settings.opening_query(choices or {})
    icon = navigation.screen_at(path).icon
    st.page_link(navigation.page(path), label=label, icon=icon, query_params=query or None)


def view_button(path: str, label: str, knobs: Mapping[str, object], *, key: str, icon: str) -> None:
    """Draw a button that goes to a view of a screen: it sets the knobs that choose the view, then opens the screen."""
    if st.button(label, key=key, icon=icon, type="tertiary", on_click=_choose_all, args=[dict(knobs)]):
        navigation.go_to(path)


def _choose_all(knobs: Mapping[str, object]) -> None:
    for key, wanted in knobs.items():
        settings.choose(key, wanted)


def boxes(figures: Sequence[tuple[str, str] | tuple[str, str, str]]) -> None:
    """Show a few figures side by side, as many per row as fit the screen: label, value and an optional help text."""
    row = st.container(horizontal=True)
    for label, value, *help_text in figures:
        row.metric(label, value, help=help_text[0] if help_text else None, border=True, width="stretch")
