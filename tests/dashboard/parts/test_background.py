"""Work in another thread: its result and its errors come back, its progress is shown, and it ends when told to."""

import threading
import time

import pytest

from core.errors import InputError
from dashboard.parts.background import work


class Rerun(BaseException):
    """What Streamlit raises at the next call when the visitor has clicked."""


def slow(report, seconds=0.5, seen=None):
    for step in range(100):
        time.sleep(seconds / 100)
        report(step / 100)
        if seen is not None:
            seen.append(step)
    return "done"


def test_the_result_comes_back_and_the_progress_is_shown_in_the_waiting_thread():
    shown, threads = [], set()

    def show(share):
        shown.append(share)
        threads.add(threading.current_thread())

    assert work(slow, show, every=0.05) == "done"
    assert len(shown) >= 3
    assert shown == sorted(shown)
    assert 0 < shown[-1] < 1
    assert threads == {threading.current_thread()}


def test_quick_work_shows_nothing():
    assert work(lambda report: report(0.5) or 7, lambda share: pytest.fail("flicker"), every=0.2) == 7


@pytest.mark.parametrize("problem", [InputError("Too bad."), TimeoutError("late"), MemoryError()])
def test_what_the_work_raises_is_raised_where_it_is_waited_for(problem):
    def fail(report):
        raise problem

    with pytest.raises(type(problem)) as raised:
        work(fail, lambda share: None)
    assert raised.value is problem


def test_an_exception_while_showing_ends_the_work_at_its_next_report_and_comes_out():
    seen = []

    def show(share):
        raise Rerun

    start = time.perf_counter()
    with pytest.raises(Rerun):
        work(lambda report: slow(report, 20, seen), show, every=0.05)
    assert time.perf_counter() - start < 1
    time.sleep(0.3)
    at_the_end = len(seen)
    time.sleep(0.5)
    assert len(seen) == at_the_end < 20


def test_work_that_catches_ordinary_errors_is_ended_all_the_same():
    tries = []

    def stubborn(report):
        for _step in range(1_000):
            time.sleep(0.01)
            try:
                report(0.5)
            except Exception:
                tries.append(1)

    def show(share):
        raise Rerun

    before = threading.active_count()
    with pytest.raises(Rerun):
        work(stubborn, show, every=0.05)
    time.sleep(0.3)
    assert tries == []
    assert threading.active_count() == before
