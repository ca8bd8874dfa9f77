"""How all benchmarks measure: works take turns in one run, and the best time of each counts."""

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

Work = Callable[[], object]
Line = dict[str, object]


def best_ms(works: Sequence[Work], rounds: int = 5) -> list[float]:
    """Return the shortest time of each work in milliseconds; they take turns, so that a busy machine is busy for all.

    The first turn warms caches and compiles; it counts only if it happens to be the shortest.
    """
    times = np.full((rounds + 1, len(works)), np.inf)
    for turn in range(rounds + 1):
        for index, work in enumerate(works):
            start = perf_counter()
            work()
            times[turn, index] = perf_counter() - start
    best: list[float] = (1e3 * times.min(axis=0)).tolist()
    return best


def line(what: str, n: int, d: int, ours: float, peer: str, theirs: float) -> Line:
    """Return one line of the table; a ratio above 1 says that ours is quicker."""
    return {"what": what, "n": n, "d": d, "ours_ms": ours, "peer": peer, "peer_ms": theirs, "ratio": theirs / ours}
