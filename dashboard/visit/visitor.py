"""The language of a visit: chosen in the sidebar or by a link, else the browser's."""

import streamlit as st
from babel import Locale, UnknownLocaleError
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.language import (
    Language,
    _,
    ask_with,
    available_languages,
    current_language,
    get_language,
    match_language,
    set_language,
)
from dashboard.visit import state

KEY = "language"

_MARK = st.components.v2.component(
    "descent_lab_language",
    js="export default ({data}) => { document.documentElement.lang = data.language; };",
)


def begin() -> None:
    """Set the language of this run of the page, before anything is drawn."""
    ask_with(language_of_visit)
    set_language(language_of_visit() or current_language())


def language_of_visit() -> Language | None:
    """Return the visitor's language; None without a visitor."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    return get_language(match_language([state.get(KEY), st.context.locale]))


def chosen() -> str | None:
    """Return the language for a link: None for the browser's."""
    code = state.get(KEY)
    return code if code in available_languages() and code != match_language([st.context.locale]) else None


def choose_language() -> None:
    """Draw the choice of the language, if there is one, and set the language of the page in the browser."""
    codes = available_languages()
    if len(codes) < 2:
        return
    current = current_language().code
    if state.get(KEY) not in codes:
        state.put(KEY, current)
    with st.sidebar:
        st.selectbox(_("Language"), codes, format_func=name_of, key=KEY, persist_state="session")
        _MARK(data={"language": current.replace("_", "-")}, key="language_mark")


def name_of(code: str) -> str:
    """Return the name of a language in that language.

    >>> name_of("de"), name_of("xx")
    ('Deutsch', 'xx')
    """
    try:
        name = Locale.parse(code).get_display_name(code) or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]
