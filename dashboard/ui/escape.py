"""Names, cells and sentences that quote them, shown literally: never as Markdown or HTML."""

import re
from collections.abc import Sequence

import streamlit as st

from core.language import ngettext
from dashboard.visit.settings import WORD_JOINER

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~$^=&\"'])")
# Backslashes do not escape emoji codes, coloured text and bare URLs; an invisible joiner does.
_SHORTCODES = re.compile(r"([:@]|www)")
NOTES_AT_ONCE = 5


def escape_markdown(text: object) -> str:
    """Return `text` so that Streamlit's Markdown shows it literally, on one line.

    >>> escape_markdown("a*b*")
    'a\\\\*b\\\\*'
    """
    one_line = " ".join(str(text).split())
    return _SHORTCODES.sub(rf"\1{WORD_JOINER}", _MARKDOWN.sub(r"\\\1", one_line))


def show_error(sentence: str) -> None:
    """Show an error in place: what was needed, what was got and what to do."""
    st.error(escape_markdown(sentence), icon=":material/error:")


def show_warning(sentence: str) -> None:
    """Show what the visitor should know before trusting the result."""
    st.warning(escape_markdown(sentence), icon=":material/warning:")


def show_notes(notes: Sequence[str]) -> None:
    """List what was guessed, changed or left out; nothing is drawn for an empty list."""
    if not notes:
        return
    first, rest = notes[:NOTES_AT_ONCE], notes[NOTES_AT_ONCE:]
    st.info(_bullets(first))
    if rest:
        with st.expander(ngettext("{count} more note", "{count} more notes", len(rest)).format(count=len(rest))):
            st.markdown(_bullets(rest))


def _bullets(notes: Sequence[str]) -> str:
    return "\n".join(f"- {escape_markdown(note)}" for note in notes)
