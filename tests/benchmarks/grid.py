"""How the cost grows: closed form and SGD beside their peers over a grid of sizes."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from sklearn.linear_model import LinearRegression, SGDRegressor

from core.regression import make_synthetic, solve_closed_form, train_sgd
from core.regression.sgd.autograd_reference import train_sgd_reference
from tests.benchmarks.bench_sgd import data_loader
from tests.benchmarks.measure import Line, best_ms

ROWS = (100, 1_000, 10_000, 100_000, 1_000_000)
COLUMNS = (1, 10, 100, 500)
MOST_CELLS = 50_000_000
BATCH = 256


def lstsq(X: np.ndarray, y: np.ndarray) -> object:
    """Solve with numpy, with a column of ones for the bias."""
    return np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y, rcond=None)


def by_hand(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Train for one epoch as one writes it in numpy."""
    order, w, b = np.random.default_rng(0).permutation(len(X)), np.zeros(X.shape[1]), 0.0
    for first in range(0, len(X), BATCH):
        rows = order[first : first + BATCH]
        error = X[rows] @ w + b - y[rows]
        w -= 1e-3 * error @ X[rows] / len(rows)
        b -= 1e-3 * error.mean()
    return w


def one_row_at_a_time(X: np.ndarray, y: np.ndarray) -> object:
    """Train for one epoch with scikit-learn, which knows no minibatches."""
    return SGDRegressor(penalty=None, learning_rate="constant", eta0=1e-4, max_iter=1, tol=None).fit(X, y)


def works(X: np.ndarray, y: np.ndarray) -> Iterator[tuple[str, str, Callable[[], object]]]:
    """Yield task, who does it, and the work itself; those that take minutes on large tables stay out of them."""
    batch = min(BATCH, len(X))
    yield "closed form", "Descent Lab", partial(solve_closed_form, X, y)
    yield "closed form", "numpy lstsq", partial(lstsq, X, y)
    yield "closed form", "scikit-learn", partial(LinearRegression().fit, X, y)
    yield "closed form", "one product X'X", partial(np.matmul, X.T, X)
    fit = solve_closed_form(X, y)
    yield "one epoch of SGD", "Descent Lab", partial(train_sgd, X, y, 1e-3, batch, 1, fit=fit)
    yield "one epoch of SGD", "numpy by hand", partial(by_hand, X, y)
    yield "one epoch of SGD", "scikit-learn", partial(one_row_at_a_time, X, y)
    if len(X) <= 100_000:
        tensors = torch.from_numpy(X), torch.from_numpy(y)
        yield "one epoch of SGD", "torch autograd by hand", partial(train_sgd_reference, X, y, 1e-3, batch, 1)
        yield "one epoch of SGD", "DataLoader + nn.Linear", partial(data_loader, *tensors, 1e-3, batch, 1)


def run() -> list[Line]:
    """Measure every size; one line per size, task and worker."""
    lines: list[Line] = []
    for n in ROWS:
        for d in COLUMNS:
            if n * d > MOST_CELLS:
                continue
            X, y = (values.numpy() for values in make_synthetic(n, np.ones(d), noise=1.0))
            tasks = list(works(X, y))
            times = best_ms([work for _task, _who, work in tasks], 2)
            lines += [
                {"task": task, "who": who, "n": n, "d": d, "ms": ms}
                for (task, who, _work), ms in zip(tasks, times, strict=True)
            ]
    return lines
