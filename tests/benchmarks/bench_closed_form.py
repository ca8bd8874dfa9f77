"""How long the closed form takes, beside what others take for the same table in the same run."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
from sklearn.linear_model import LinearRegression

from core.regression.data.validation import Array
from core.regression.least_squares.closed_form import solve_closed_form
from tests.benchmarks.measure import Line, best_ms, line

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


def run() -> list[Line]:
    """Measure everything; one line per table and peer."""
    lines = []
    for what, X, y, peers in tables():
        ours, *others = best_ms([partial(work, X, y) for work in (solve_closed_form, *peers.values())])
        lines += [line(what, *X.shape, ours, peer, theirs) for peer, theirs in zip(peers, others, strict=True)]
    return lines
