"""The end of every lesson: the code for torch, and the traps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from core.language import _
from dashboard.ui.escape import escape_markdown

LONG_CODE = 4_000  # characters; longer code scrolls in a box of this many pixels
LONG_HEIGHT = 400
OPEN = "traps"  # whether the traps are unfolded


@dataclass(frozen=True)
class Trap:
    """Something that goes wrong easily: what, why (Markdown, of our own words only), and lines that show it.

    `error` is what came of the lines, `meaning` what an error means, in plain words.
    """

    title: str
    why: str
    code: str = ""
    error: str = ""
    meaning: str = ""


def code(lines: str) -> None:
    """Show the complete code for torch of a screen, with the current numbers."""
    lines = lines if "import torch" in lines else f"import torch\n\n{lines}"
    st.caption(_("In PyTorch"))
    st.code(lines, language="python", wrap_lines=True, height=LONG_HEIGHT if len(lines) > LONG_CODE else "content")


def traps(make: Callable[[], Sequence[Trap]]) -> None:
    """List the traps, folded; they are made, and their lines run, once unfolded."""
    folded = st.expander(_("Traps"), icon=":material/warning:", key=OPEN, on_change="rerun")
    if not folded.open:
        return
    with folded:
        for trap in make():
            st.markdown(f"**{trap.title}** {trap.why}")
            if trap.code:
                st.code(trap.code, language="python", wrap_lines=True)
            if trap.error:
                st.code(trap.error, language=None, wrap_lines=True)
            if trap.meaning:
                st.caption(f":material/translate: {escape_markdown(trap.meaning)}")
