"""A long run does not block others: it runs in another thread, and Python goes on."""

import threading
import time

import numpy as np

from core.regression import train_sgd, warm_up
from core.regression.least_squares.closed_form import solve_closed_form


def test_training_on_a_million_rows_holds_up_no_other_thread():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(1_000_000, 5))
    y = X @ [1.0, -1.0, 2.0, 0.5, 0.0] + rng.normal(size=1_000_000)
    warm_up()
    fit = solve_closed_form(X, y)
    done = threading.Event()

    def train() -> None:
        train_sgd(X, y, 0.01, 64, epochs=5, fit=fit, progress=lambda _share: True)
        done.set()

    worker = threading.Thread(target=train)
    worker.start()
    turns = 0
    while not done.is_set():
        time.sleep(0.005)
        turns += 1
    worker.join()
    assert turns > 20  # this thread had its turn again and again while the other trained
