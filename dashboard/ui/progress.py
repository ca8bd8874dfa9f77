"""The progress of long work, at the lower edge of the window, with a button to stop it."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from threading import Event, Thread
from typing import TypeAlias, TypeVar

import streamlit as st

from core.formatting import format_percent
from core.language import _, with_context
from dashboard.ui.escape import escape_markdown

T = TypeVar("T")
Progress: TypeAlias = Callable[[float], None]

EVERY = 0.15  # seconds between two checks of the progress


class _StoppedError(BaseException):
    """Ends the task from inside; a BaseException, so no handler of ordinary errors catches it."""


def work(task: Callable[[Progress], T], show: Progress, every: float = EVERY) -> T:
    """Run `task(report)` in another thread and return its result; its exceptions are raised here.

    The task calls `report` often, with the share done, 0 to 1. Meanwhile `show` is called with that share in this
    thread, but only after `every` seconds, so quick work shows nothing. If `show` raises, as every call to Streamlit
    does when the visitor has clicked or left, the task is ended at its next report.
    """
    stop, done, reached = Event(), Future[T](), [0.0]

    def report(share: float) -> None:
        if stop.is_set():
            raise _StoppedError
        reached[0] = share

    def run() -> None:
        try:
            done.set_result(task(report))
        except BaseException as problem:  # passed on to the waiting thread
            done.set_exception(problem)

    Thread(target=with_context(run), daemon=True).start()
    try:
        while not wait([done], timeout=every).done:
            show(reached[0])
    except BaseException:
        stop.set()
        raise
    return done.result()


@contextmanager
def progress_bar(what: str, on_stop: Callable[[], None] | None = None, name: str = "") -> Iterator[Progress]:
    """Yield a function that shows the share done, 0 to 1; nothing is drawn before its first call, or after the end.

    Like any click, pressing the button makes Streamlit rerun the page, and the next call of the function raises. Its
    label is Cancel, or Stop where `on_stop` is called then. Several tasks in one run of the page need a `name` each.
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
        text = _("{what}: {share}").format(what=what, share=format_percent(done))
        drawn[0].progress(done, escape_markdown(text))

    yield show
    place.empty()
