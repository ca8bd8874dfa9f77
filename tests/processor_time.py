"""The processor time that a piece of work takes: the least of a few runs."""

import time
from collections.abc import Callable

RUNS = 5


def seconds_of(work: Callable[[], object], enough: float) -> float:
    """Return the least processor time of at most five runs of `work`, in seconds; runs stop at one below `enough`.

    What else the process does in a run (garbage of other tests is collected, other threads work) only adds to the time,
    and so the shortest run says most. What raises, raises.
    """
    least = float("inf")
    for _run in range(RUNS):
        began = time.process_time()
        work()
        least = min(least, time.process_time() - began)
        if least < enough:
            break
    return least
