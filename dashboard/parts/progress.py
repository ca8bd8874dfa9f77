"""How far a long work is, at the lower edge of the window, with a button that ends it."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.language import _
from dashboard.parts.background import Progress
from dashboard.parts.plain import plain


@contextmanager
def progress_bar(what: str) -> Iterator[Progress]:
    """Give a function that shows the share done, 0 to 1; nothing is drawn before it is called, or after the end.

    Like any click, pressing Cancel makes Streamlit draw the page anew, and the next call of the function raise.
    """
    place = st.bottom.empty()
    drawn: list[st.delta_generator.DeltaGenerator] = []

    def show(share: float) -> None:
        if not drawn:
            row = place.container(horizontal=True, vertical_alignment="bottom")
            drawn.append(row.progress(0.0))
            row.button(_("Cancel"), key="cancel_work", icon=":material/close:")
        done = min(max(share, 0.0), 1.0)
        said = _("{what}: {share}").format(what=what, share=f"{done:.0%}")
        drawn[0].progress(done, plain(said))

    yield show
    place.empty()
