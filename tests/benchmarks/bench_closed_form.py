"""How long the closed form takes, beside what others take for the same table in the same run.

python -m tests.benchmarks.bench_closed_form
"""

from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression

from core.regression.closed_form import solve_closed_form
from core.regression.inputs import Array

Peers = dict[str, Callable[[Array, Array], object]]

LEAST_SQUARES: Peers = {
    "numpy lstsq": lambda X, y: np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y, rcond=None),
    "scikit-learn LinearRegression": lambda X, y: LinearRegression().fit(X, y),
}
PRODUCT: Peers = {"one product X'X": lambda X, _y: X.T @ X}


def tables() -> Iterator[tuple[str, Array, Array, Peers]]:
    """Yield what is measured: a name, X, y, and whom to compare with."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((1_000_000, 44))
    y = X @ rng.standard_normal(44) + rng.standard_normal(1_000_000)
    yield "tall, independent columns", X, y, PRODUCT | LEAST_SQUARES
    yield "tall, means of 100", X + 100, y, PRODUCT | LEAST_SQUARES
    yield "small, independent columns", X[:10_000, :10].copy(), y[:10_000], PRODUCT | LEAST_SQUARES
    indicators = np.column_stack([np.eye(10)[rng.integers(0, 10, 1460)] for _column in range(30)])
    yield "30 categories, all indicators", np.column_stack([X[:1460, :30], indicators]), y[:1460], LEAST_SQUARES
    powers = np.linspace(-9, -3, 82)[:, None] ** np.arange(1, 11)
    yield "polynomial of degree 10", powers, y[:82], LEAST_SQUARES


def best_ms(works: list[Callable[[], object]], rounds: int = 5) -> list[float]:
    """Return the shortest time of each in milliseconds; they take turns, so that a busy machine is busy for all."""
    times = np.full((rounds, len(works)), np.inf)
    for turn in range(rounds):
        for index, work in enumerate(works):
            start = perf_counter()
            work()
            times[turn, index] = perf_counter() - start
    best: list[float] = (1e3 * times.min(axis=0)).tolist()
    return best


def run() -> list[dict[str, object]]:
    """Measure everything; one row per table and peer. ratio: our time divided by theirs."""
    solve_closed_form([[0.0], [1.0], [3.0]], [0.0, 1.0, 1.0])  # compiles
    rows: list[dict[str, object]] = []
    for what, X, y, peers in tables():
        works = [solve_closed_form, *peers.values()]
        ours, *others = best_ms([partial(work, X, y) for work in works])
        for peer, theirs in zip(peers, others, strict=True):
            figures = {"n": X.shape[0], "d": X.shape[1], "ours_ms": ours, "peer": peer, "peer_ms": theirs}
            rows.append({"what": what, **figures, "ratio": ours / theirs})
    return rows


if __name__ == "__main__":
    print(pd.DataFrame(run()).to_string(index=False, float_format=lambda value: f"{value:.2f}"))
