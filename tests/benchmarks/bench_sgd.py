"""How long training takes, beside others doing the same work on the same rows in the same run."""

from functools import partial
from itertools import product

import numpy as np
import torch
from numba import njit
from sklearn.linear_model import SGDRegressor

from core.regression import make_synthetic, solve_closed_form, sweep, train_sgd, warm_up
from core.regression.data.minibatches import minibatch_order
from tests.benchmarks.measure import best_ms, line


def data_loader(X, y, rate, batch, epochs):
    """Train as the book's concise chapter does: DataLoader, nn.Linear and autograd."""
    rows = torch.utils.data.TensorDataset(X, y)
    loader = torch.utils.data.DataLoader(rows, batch, shuffle=True)
    model = torch.nn.Linear(X.shape[1], 1, dtype=torch.float64)
    optimizer, loss = torch.optim.SGD(model.parameters(), lr=rate), torch.nn.MSELoss()
    for _ in range(epochs):
        for features, labels in loader:
            optimizer.zero_grad()
            (loss(model(features)[:, 0], labels) / 2).backward()
            optimizer.step()


def scikit_learn(X, y, rate, epochs):
    """Train one row at a time, shuffled every epoch, as SGDRegressor does."""
    model = SGDRegressor(penalty=None, learning_rate="constant", eta0=rate, max_iter=epochs, tol=None, shuffle=True)
    model.fit(X, y)


@njit(cache=True, fastmath=True)
def sum_rows(X, order):
    """Touch every row once in this order, doing as little as can be done with it."""
    total = np.zeros(X.shape[1])
    for row in order:
        for j in range(X.shape[1]):
            total[j] += X[row, j]
    return total


def against_data_loader():
    """Compare the whole call, history and gap included, with the book's way."""
    X, y = make_synthetic(10_000, np.ones(8))
    fit = solve_closed_form(X, y)
    ours, peer = best_ms([lambda: train_sgd(X, y, 0.03, 32, 3, fit=fit), lambda: data_loader(X, y, 0.03, 32, 3)])
    yield line("batch 32, 3 epochs, history included", 10_000, 8, ours, "DataLoader + nn.Linear", peer)


def against_scikit_learn():
    """Compare the training loop with one pass of SGDRegressor per epoch, at many sizes and batches."""
    sizes = ((100, 1000), (1000, 100), (10_000, 20), (100_000, 5), (1_000_000, 1))
    for (n, epochs), d in product(sizes, (1, 20)):
        X, y = (values.numpy() for values in make_synthetic(n, np.ones(d)))
        fit = solve_closed_form(X, y)
        (peer,) = best_ms([partial(scikit_learn, X, y, 1e-3, epochs)], 3)
        for batch in sorted({1, 10, 256, n} & set(range(1, n + 1))):
            run = min((train_sgd(X, y, 1e-3, batch, epochs, fit=fit) for _ in range(4)), key=lambda run: run.seconds)
            yield line(f"batch {batch}, {epochs} epochs", n, d, 1000 * run.seconds, "SGDRegressor", peer)


def against_the_memory():
    """Compare one epoch with merely fetching the rows in shuffled order, both drawing the order."""
    X, y = (values.numpy() for values in make_synthetic(1_000_000, np.ones(20)))
    fit = solve_closed_form(X, y)
    loops = []
    peer, whole = best_ms(
        [
            lambda: sum_rows(X, minibatch_order(len(X), 256, 1)[0]),
            lambda: loops.append(train_sgd(X, y, 1e-3, 256, 1, fit=fit).seconds),
        ]
    )
    yield line("batch 256, 1 epoch, loop", len(X), 20, 1000 * min(loops), "sum of shuffled rows", peer)
    yield line("batch 256, 1 epoch, whole call", len(X), 20, whole, "sum of shuffled rows", peer)


def against_no_history():
    """Compare a run that records 500 steps with one that records two."""
    X, y = make_synthetic(100_000, np.ones(8))
    fit = solve_closed_form(X, y)
    recorded, bare = best_ms([partial(train_sgd, X, y, 0.01, 10, 3, fit=fit, record=record) for record in (500, 2)])
    yield line("batch 10, 3 epochs, 500 recorded steps", 100_000, 8, recorded, "2 recorded steps", bare)


def many_runs():
    """Compare a sweep of 400 runs with one run after the other."""
    X, y = make_synthetic(1000)
    rates, batches = np.geomspace(1e-3, 1, 20), np.unique(np.geomspace(1, 1000, 23).astype(int))[:20]
    ours, peer = best_ms(
        [
            lambda: sweep(X, y, rates, batches),
            lambda: [train_sgd(X, y, rate, int(batch)) for rate in rates for batch in batches],
        ],
        2,
    )
    yield line("sweep of 400 runs, 3 epochs", 1000, 2, ours, "train_sgd one by one", peer)


def run():
    """Return the lines of the table."""
    warm_up()
    parts = (against_data_loader, against_scikit_learn, against_the_memory, against_no_history, many_runs)
    return [line for part in parts for line in part()]
