import numpy as np
import pytest
import torch

from core.errors import InputError
from core.regression import SgdConfig, forecast, make_synthetic, solve_closed_form, stability_limit, train_sgd


def table(n=200, d=3, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) * [1.0, 0.5, 2.0][:d] + 0.3
    return X, X.sum(axis=1) + rng.standard_normal(n)


@pytest.mark.parametrize("standardise", [False, True])
def test_full_batch_runs_close_the_gap_exactly_as_foretold(standardise):
    X, y = table()
    told = forecast(X, y, SgdConfig(0.1, 200, seed=3, standardise=standardise))
    history = train_sgd(X, y, 0.1, 200, 400, seed=3, standardise=standardise, record=1000).history
    assert np.allclose([told.gap_after(step) for step in range(100)], history["gap"][:100], rtol=1e-9)
    for share in (0.5, 0.1, 1e-4):
        first = history.index[history["gap"] <= share * history["gap"][0]][0]
        assert told.steps_to(share) == first
    assert told.steps_to(1) == 0
    assert told.noise_floor == 0


@pytest.mark.parametrize(("batch", "share"), [(10, 0.05), (10, 0.3), (1, 0.3), (1, 0.7), (100, 0.2)])
def test_noise_floor_is_where_fifty_runs_settle(batch, share):
    X, y = table()
    fit = solve_closed_form(X, y)
    rate = share * stability_limit(X, batch)
    settled = []
    for seed in range(50):
        run = train_sgd(X, y, rate, batch, 200, seed, initial=(fit.weights, fit.bias), fit=fit, record=1000)
        late = run.history[run.history["epoch"] > 100]
        settled.append(late["gap"].mean())
    assert np.mean(settled) == pytest.approx(forecast(X, y, SgdConfig(rate, batch), fit=fit).noise_floor, rel=0.12)


def test_eigenvalues_are_those_of_the_hessian_without_flat_directions():
    X, y = table()
    A = np.column_stack([X, X[:, 0], np.ones(200)])
    told = forecast(A[:, :4], y)
    expected = torch.linalg.eigvalsh(torch.tensor(A.T @ A / 200)).flip(0)[:4]
    assert np.allclose(told.eigenvalues, expected)
    assert np.allclose(told.directions.T @ told.directions, np.eye(4))


def test_rates_above_the_limit_never_close_the_gap():
    X, y = table()
    told = forecast(X, y, SgdConfig(1.01 * stability_limit(X), 200))
    assert told.steps_to(0.5) is None
    assert told.gap_after(10**6) == np.inf
    assert forecast(X, y, SgdConfig(1.01 * stability_limit(X, 5), 5)).noise_floor == np.inf


def test_extremes_are_told_without_trouble():
    assert forecast([[2.0]], [3.0], SgdConfig(0.1, 1)).noise_floor == 0
    X, y = make_synthetic(50, noise=0)
    assert forecast(X, y, SgdConfig(0.1, 5)).noise_floor < 1e-25
    fit = solve_closed_form(X, y)
    assert forecast(X, y, SgdConfig(0.1, 5, initial=(fit.weights, fit.bias))).steps_to(0.5) in (0, 1, 2)
    assert forecast(X, y, SgdConfig(1e-18, 50)).steps_to(0.5) is None
    assert 0 <= forecast(X, y, SgdConfig(1e-18, 5)).noise_floor < 1e-20


@pytest.mark.parametrize("share", [0, -1, 2, np.nan])
def test_a_share_outside_0_to_1_is_refused(share):
    with pytest.raises(InputError, match="share has to be"):
        forecast(*table()).steps_to(share)
