"""Reading reports its progress in the calling thread, and stops when asked to."""

import threading
from time import process_time

import pytest

from core.preprocessing import read_table

ROWS = 700_000
LARGE = b"a,b,c,d\n" + b"".join(b"%d,%d.5,red,blue %d\n" % (number, number, number % 7) for number in range(ROWS))


class Stopped(BaseException):
    """What a screen raises to end a run is not an Exception."""


@pytest.mark.parametrize("arguments", [{}, {"sample": 1_000}])
@pytest.mark.parametrize("text", [LARGE, LARGE.replace(b"red,", b'" r""ed",', 50_000)], ids=["tidy", "quoted"])
def test_progress_grows_from_0_to_1_in_the_callers_thread(text, arguments):
    seen = []
    read_table(text, progress=lambda share: seen.append((share, threading.get_ident())), **arguments)
    shares = [share for share, _thread in seen]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(shares) >= 7
    assert {thread for _share, thread in seen} == {threading.get_ident()}


@pytest.mark.parametrize("when", [0.0, 0.05, 0.3, 0.6, 1.0])
@pytest.mark.parametrize("kind", [Stopped, KeyboardInterrupt, ValueError])
def test_what_progress_raises_comes_out_at_once(when, kind):
    raised = []

    def stop(share):
        if share >= when:
            raised.append(process_time())
            raise kind("enough")

    with pytest.raises(kind, match="enough"):
        read_table(LARGE, progress=stop)
    assert process_time() - raised[0] < 0.3
    assert len(raised) == 1


@pytest.mark.parametrize("row", [b"1\n", b'5" x,1\n'])
def test_slow_texts_are_reported_on_as_often(row):
    seen = []
    read_table(b"a,b,c\n" + row * 300_000, header=0, progress=seen.append)
    assert seen == sorted(seen)
    assert sum(0.1 < share < 0.7 for share in seen) >= 6


def test_reading_starts_no_thread_that_stays():
    before = threading.active_count()
    read_table(LARGE)
    assert threading.active_count() == before
