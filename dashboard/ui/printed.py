"""Lines of torch with what they print: verbatim, the type of every tensor beside it, refusals with their meaning."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.language import _
from core.tensors.error_messages.decode import decode
from core.tensors.printed import Array, Printed, in_float32, print_lines
from dashboard.ui.escape import escape_markdown
from dashboard.ui.lesson import LONG_HEIGHT

MOST_LINES = 24  # more of them scroll


def show_lines(given: Mapping[str, Array], *lines: str) -> None:
    """Run lines on these tensors one after another, and show what each prints."""
    show_printed(print_lines(given, lines), narrowed=any(map(in_float32, given.values())))


def show_printed(answers: Sequence[Printed], *, narrowed: bool) -> None:
    """Show the lines and their answers as a Python prompt does; below them the meaning of each error.

    `narrowed` says that floats of the page are float32 in them.
    """
    text = "\n".join(answer.said for answer in answers)
    st.caption(_("As torch prints it, with the dtype and shape of each tensor"))
    st.code(text, language=None, wrap_lines=True, height=LONG_HEIGHT if text.count("\n") >= MOST_LINES else "content")
    meanings = dict.fromkeys(decode(answer.text) for answer in answers if answer.error)
    for meaning in filter(None, meanings):
        st.markdown(f":material/translate: {escape_markdown(meaning)}")
    if narrowed:
        st.caption(_("Floats are float32 in these lines, torch's default, with seven digits; elsewhere here, float64."))
