"""Work in another thread, with its progress on the screen and an end to it once nobody waits for it any more."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Event, Thread
from typing import TypeAlias, TypeVar

from core.language import with_context

T = TypeVar("T")
Progress: TypeAlias = Callable[[float], None]

EVERY = 0.15  # seconds between two looks at the progress


class _StoppedError(BaseException):
    """Ends the work from inside; a BaseException, so that no clause for ordinary errors holds it up."""


def work(task: Callable[[Progress], T], show: Progress, every: float = EVERY) -> T:
    """Run `task(report)` in another thread and return what it returns; what it raises is raised here.

    The task calls `report` often, with the share done, 0 to 1. Meanwhile `show` is called with that share in this
    thread, but not before `every` seconds are over, so that quick work shows nothing. If `show` raises, as every call
    to Streamlit does when the visitor has clicked or gone, the task is ended at its next report.
    """
    stop, done, reached = Event(), Future[T](), [0.0]

    def report(share: float) -> None:
        if stop.is_set():
            raise _StoppedError
        reached[0] = share

    def run() -> None:
        try:
            done.set_result(task(report))
        except BaseException as problem:  # handed on to the thread that waits for it
            done.set_exception(problem)

    Thread(target=with_context(run), daemon=True).start()
    try:
        while not wait([done], timeout=every).done:
            show(reached[0])
    except BaseException:
        stop.set()
        raise
    return done.result()
