"""Lines of torch with what they print: verbatim, the type of every tensor beside it, refusals with their meaning."""

from collections.abc import Mapping, Sequence

import streamlit as st

from core.language import _
from core.tensors.error_messages.decode import decode
from core.tensors.printed import Array, Printed, print_lines
from dashboard.ui.escape import escape_markdown
from dashboard.ui.lesson import LONG_HEIGHT

MOST_LINES = 24  # more of them scroll


def show_lines(given: Mapping[str, Array], *lines: str) -> None:
    """Run lines on these tensors one after another, and show what each prints."""
    show_printed(print_lines(given, lines))


def show_printed(answers: Sequence[Printed], title: str = "") -> None:
    """Show the lines and their answers as a Python prompt does; below them the meaning of each error."""
    text = "\n".join(answer.said for answer in answers)
    st.caption(title or _("As torch prints it"))
    st.code(text, language=None, wrap_lines=True, height=LONG_HEIGHT if text.count("\n") >= MOST_LINES else "content")
    meanings = dict.fromkeys(decode(answer.text) for answer in answers if answer.error)
    for meaning in filter(None, meanings):
        st.markdown(f":material/translate: {escape_markdown(meaning)}")
    if any(answer.dtype == "torch.float32" for answer in answers):
        st.caption(_("float32 is torch's default for floats, with seven digits; the rest of the page has float64."))
