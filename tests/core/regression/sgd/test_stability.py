import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.regression import stability_limit, train_sgd
from tests.examples import examples


def test_full_batch_limit_is_two_over_the_largest_eigenvalue():
    X = np.random.default_rng(0).standard_normal((50, 4)) * [1, 5, 0.1, 2] + 3
    A = torch.tensor(np.column_stack([X, np.ones(50)]))
    expected = 2 / torch.linalg.eigvalsh(A.T @ A / 50)[-1].item()
    assert stability_limit(X) == pytest.approx(expected, rel=1e-12)
    assert stability_limit(X, 50) == pytest.approx(expected, rel=1e-12)
    without = 2 / torch.linalg.eigvalsh(A[:, :4].T @ A[:, :4] / 50)[-1].item()
    assert stability_limit(X, intercept=False) == pytest.approx(without, rel=1e-12)


@settings(max_examples=examples(40), deadline=None)
@given(n=st.integers(2, 12), d=st.integers(1, 4), batch=st.integers(1, 12), seed=st.integers(0, 10**6))
def test_minibatch_limit_is_where_the_second_moment_stops_shrinking(n, d, batch, seed):
    from itertools import combinations

    batch = min(batch, n)
    X = np.random.default_rng(seed).standard_normal((n, d)) + 0.5
    A = np.column_stack([X, np.ones(n)])
    values, vectors = np.linalg.eigh(A.T @ A / n)
    A = A @ vectors[:, values > 1e-9]  # directions without curvature neither grow nor shrink

    def growth(rate):
        batches = list(combinations(range(n), batch))
        total = 0.0
        for rows in batches:
            update = np.eye(A.shape[1]) - rate * A[list(rows)].T @ A[list(rows)] / batch
            total = total + np.kron(update, update)
        return np.abs(np.linalg.eigvals(total / len(batches))).max()

    limit = stability_limit(X, batch)
    assert growth(0.999 * limit) < 1 < growth(1.001 * limit)


@pytest.mark.parametrize("batch", [1, 5, 20, 100])
def test_runs_below_the_limit_converge_and_runs_above_blow_up(batch):
    rng = np.random.default_rng(1)
    X = rng.standard_normal((100, 3))
    y = X @ [1.0, 2.0, 3.0] + 4
    limit = stability_limit(X, batch)
    below = train_sgd(X, y, 0.8 * limit, batch, 400)
    assert not below.diverged
    assert below.gap < 1e-12
    above = train_sgd(X, y, 2.5 * limit, batch, 400)
    assert above.diverged


def test_limit_follows_the_units_of_the_table():
    X = np.random.default_rng(2).standard_normal((40, 2))
    for size in (1e-90, 1e90):
        expected = stability_limit(X, 4, intercept=False) / size / size
        assert stability_limit(X * size, 4, intercept=False) == pytest.approx(expected)


def test_a_table_of_zeros_has_no_limit():
    assert stability_limit(np.zeros((3, 2)), intercept=False) == np.inf
    assert stability_limit(np.zeros((3, 2)), 1) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("X", "batch", "words"),
    [
        ([[np.nan]], None, "X contains 1 missing"),
        (np.empty((0, 2)), None, "at least one row"),
        ([[1.0]], 2, "batch_size can be at most the number of rows, 1; got 2."),
    ],
)
def test_bad_input_is_named(X, batch, words):
    with pytest.raises(InputError, match=words):
        stability_limit(X, batch)
