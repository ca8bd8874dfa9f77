"""The limit for the minibatches of an epoch is where the second moment of the error stops shrinking over an epoch."""

import numpy as np
import pytest

from core.regression import stability_limit
from core.regression.convergence.epoch_stability import epoch_stability


def rows(n=61, d=3, seed=0):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((n, d)) @ rng.standard_normal((d, d)) + 1.0


def epoch_radius(X, rate, batch_size, penalty=0.0):
    """The spectral radius of an epoch, from all minibatch Hessians written out with Kronecker products."""
    n, d = X.shape
    Z = np.column_stack([X, np.ones(n)])
    H = Z.T @ Z / n
    pull = penalty * np.diag([1.0] * d + [0.0])
    one = np.eye(d + 1)
    fourth = sum(np.kron(np.outer(z, z), np.outer(z, z)) for z in Z) / n

    def update(size):
        noise = (n - size) / (size * (n - 1))
        A = H + pull
        drift = np.kron(one, A) + np.kron(A, one)
        return np.eye((d + 1) ** 2) - rate * drift + rate**2 * (np.kron(A, A) + noise * (fourth - np.kron(H, H)))

    full, last = divmod(n, batch_size)
    epoch = np.linalg.matrix_power(update(batch_size), full)
    return np.abs(np.linalg.eigvals(update(last) @ epoch if last else epoch)).max()


@pytest.mark.parametrize("batch_size", [2, 10, 25, 60])
@pytest.mark.parametrize("penalty", [0.0, 0.5])
def test_the_error_shrinks_over_an_epoch_just_below_the_limit_and_not_above(batch_size, penalty):
    X = rows()
    found = epoch_stability(X, batch_size, penalty=penalty)
    assert found.exact
    assert found.last == 61 % batch_size
    assert epoch_radius(X, 0.998 * found.limit, batch_size, penalty) < 1
    assert epoch_radius(X, 1.003 * found.limit, batch_size, penalty) > 1


def test_it_lies_between_the_limits_of_both_sizes():
    X = rows()
    assert stability_limit(X, 1) < epoch_stability(X, 10).limit < stability_limit(X, 10)


@pytest.mark.parametrize("batch_size", [1, 10])
def test_with_minibatches_of_one_size_it_is_their_limit(batch_size):
    X = rows(n=60)
    found = epoch_stability(X, batch_size)
    assert found.limit == stability_limit(X, batch_size)
    assert epoch_radius(X, 0.999 * found.limit, batch_size) < 1 < epoch_radius(X, 1.001 * found.limit, batch_size)


def test_standardised_features_are_what_it_looks_at():
    X = 1000 * rows()
    trained = (X - X.mean(axis=0)) / X.std(axis=0)
    assert epoch_stability(X, 10, standardise=True).limit == pytest.approx(epoch_stability(trained, 10).limit, rel=2e-3)


def test_units_do_not_matter():
    X = rows()
    assert epoch_stability(1e60 * X, 10).limit * 1e120 == pytest.approx(
        epoch_stability(1e70 * X, 10).limit * 1e140, rel=2e-3
    )


def test_flat_directions_have_no_say():
    X = rows()
    doubled = np.hstack([X, X, np.full((61, 1), 3.0)])
    assert np.isfinite(epoch_stability(doubled, 10).limit)
    assert epoch_stability(doubled, 10, standardise=True).limit > 0


def test_all_rows_in_one_batch_have_no_such_limit():
    assert epoch_stability(rows(), 61) is None
    assert epoch_stability([[1.0]], 1) is None


def test_three_rows_and_three_hundred_columns():
    assert epoch_stability(rows(n=3), 2).limit > 0
    wide = epoch_stability(np.random.default_rng(0).standard_normal((20, 300)), 6)
    assert not wide.exact
    assert wide.limit > 0


def test_a_large_table_gets_a_rate_that_surely_works():
    X = np.random.default_rng(0).standard_normal((30_000, 10))
    found = epoch_stability(X, 10)
    assert not found.exact
    assert 0 < found.limit <= stability_limit(X, 10)
