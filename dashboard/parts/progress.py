"""How far a long work is, at the lower edge of the window, with a button that ends it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from core.formatting import format_percent
from core.language import _
from dashboard.parts.background import Progress
from dashboard.parts.plain import plain


@contextmanager
def progress_bar(what: str, on_stop: Callable[[], None] | None = None, name: str = "") -> Iterator[Progress]:
    """Give a function that shows the share done, 0 to 1; nothing is drawn before it is called, or after the end.

    Like any click, pressing the button makes Streamlit draw the page anew, and the next call of the function raise. It
    reads Cancel, or Stop where `on_stop` is called then. Works that follow each other in one drawing of the page need a
    `name` each.
    """
    place = st.bottom.empty()
    drawn: list[st.delta_generator.DeltaGenerator] = []

    def show(share: float) -> None:
        if not drawn:
            row = place.container(horizontal=True, vertical_alignment="bottom")
            drawn.append(row.progress(0.0))
            label = _("Stop") if on_stop else _("Cancel")
            row.button(label, key=f"cancel_work{name}", icon=":material/close:", on_click=on_stop)
        done = min(max(share, 0.0), 1.0)
        said = _("{what}: {share}").format(what=what, share=format_percent(done))
        drawn[0].progress(done, plain(said))

    yield show
    place.empty()
