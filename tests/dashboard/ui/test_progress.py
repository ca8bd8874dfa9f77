"""Work in another thread: its result and its errors are passed on, its progress is shown, and it stops on request."""

import threading
import time
from itertools import count

import pytest

from core.errors import InputError
from dashboard.ui.progress import work


class Rerun(BaseException):
    """Raised like Streamlit's exception at the next call after a click."""


def test_the_result_comes_back_and_the_progress_is_shown_in_the_waiting_thread():
    shown, threads, enough = [], set(), threading.Event()

    def slow(report):
        for step in count():
            report(1 - 1 / (step + 1))
            if enough.wait(0.01):
                return "done"

    def show(share):
        shown.append(share)
        threads.add(threading.current_thread())
        if len(shown) == 4:
            enough.set()

    assert work(slow, show, every=0.05) == "done"
    assert len(shown) >= 4
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
    workers, is_waited_for, has_gone_on = [], threading.Event(), []

    def endless(report):
        workers.append(threading.current_thread())
        report(0.5)
        is_waited_for.wait()
        report(0.6)
        has_gone_on.append(True)

    def show(share):
        raise Rerun

    with pytest.raises(Rerun):  # at once, before the next report of the task
        work(endless, show, every=0.05)
    is_waited_for.set()
    workers[0].join(timeout=60)
    assert not workers[0].is_alive()
    assert not has_gone_on


def test_work_that_catches_ordinary_errors_is_ended_all_the_same():
    tries, workers = [], []

    def stubborn(report):
        workers.append(threading.current_thread())
        for _step in count():
            time.sleep(0.01)
            try:
                report(0.5)
            except Exception:
                tries.append(1)

    def show(share):
        raise Rerun

    with pytest.raises(Rerun):
        work(stubborn, show, every=0.05)
    workers[0].join(timeout=60)
    assert not workers[0].is_alive()
    assert tries == []
