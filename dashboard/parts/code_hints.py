"""Numbers that look like codes for missing: pointed out, and taken as missing with one button."""

import streamlit as st

from core.language import _
from dashboard.parts import kinds_editor, tables
from dashboard.parts.plain import plain

MOST_SHOWN = 3


def draw_code_hints() -> None:
    """Point out each suspicious number in a sentence; nothing is drawn if there is none."""
    for place, suspect in enumerate(tables.suspects()[:MOST_SHOWN]):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(plain(suspect.sentence), width="stretch")
            st.button(
                plain(_("Take {code} as missing").format(code=suspect.code)),
                key=f"data_suspect_{place}",
                icon=":material/block:",
                on_click=kinds_editor.add_code,
                args=[suspect.code, suspect.columns],
            )
