"""Long work: it shows its progress, can be stopped, and then keeps the partial result.

A click during the work makes Streamlit rerun the page. A rerun that requests the same work joins it again; work that is
not requested for a few seconds stops by itself. Not for use in a fragment, whose clicks wait.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any, TypeAlias, TypeVar

from core.language import with_context
from dashboard.ui.progress import progress_bar
from dashboard.visit import state
from dashboard.visit.cache import cache_resource

T = TypeVar("T")
GoOn: TypeAlias = Callable[[float], bool]

AFTER = 0.3  # seconds until the bar appears
EVERY = 0.15  # seconds between two updates of the progress
PATIENCE = 5.0  # seconds without a waiting run, after which work stops


@dataclass
class _Job:
    """Work in progress, or its result. The only mutable object here: two threads share it."""

    done: Future[Any] = field(default_factory=Future)
    stop: Event = field(default_factory=Event)
    share: float = 0.0
    waited_for: float = 0.0
    started: bool = False
    left_alone: bool = False

    def go_on(self, share: float) -> bool:
        self.share = share
        self.left_alone = self.left_alone or time.monotonic() - self.waited_for > PATIENCE
        return not (self.stop.is_set() or self.left_alone)

    def start(self, task: Callable[[GoOn], Any]) -> None:
        self.started = True

        def run() -> None:
            try:
                self.done.set_result(task(self.go_on))
            except BaseException as problem:  # raised again in the waiting thread
                self.done.set_exception(problem)

        Thread(target=with_context(run), daemon=True).start()


def long_work(key: str, what: str, task: Callable[[GoOn], T]) -> T:
    """Return `task(go_on)`, run in another thread; what it raises is raised here, and at every later call.

    The task calls `go_on` often, with the share done, 0 to 1, and soon returns its partial result when that is False.
    `what` is the text of the bar. The result is kept for this visit under `key`, a partial one too.
    """
    job = _job(key)
    if job.left_alone:
        _job.clear(key)
        job = _job(key)
    job.waited_for = time.monotonic()
    if stopped(key):
        job.stop.set()
    if not job.started:
        job.start(task)
    if not wait([job.done], timeout=AFTER).done:
        with progress_bar(what, on_stop=lambda: state.put(_stop_key(key), True), name=_stop_key(key)) as show:
            while not wait([job.done], timeout=EVERY).done:
                job.waited_for = time.monotonic()
                show(job.share)
    result: T = job.done.result()
    return result


def stopped(key: str) -> bool:
    """Return whether the person has stopped this work, so that its result is a partial one."""
    return bool(state.get(_stop_key(key), False))


def forget(key: str) -> None:
    """Forget the work of this key, so that it starts again when requested next."""
    state.forget(_stop_key(key))
    _job.clear(key)


def _stop_key(key: str) -> str:
    return f"_stop_{state.digest(key.encode())}"


@cache_resource(scope="session", max_entries=24, show_spinner=False)
def _job(key: str) -> _Job:
    return _Job()
