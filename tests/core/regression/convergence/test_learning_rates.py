"""Factors and steps of a learning rate against numpy's eigenvalues, and against runs made step by step."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from core.regression import SgdConfig, forecast, train_sgd
from core.regression.convergence.learning_rates import (
    best_rate,
    condition_number,
    convergence_factor,
    first_within,
    largest_rate,
    plateau,
    spectrum,
    steps_to_tolerance,
)


def rows(n=60, d=4, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) @ rng.standard_normal((d, d)) + 1.0
    return X, X @ np.arange(1.0, d + 1) + rng.standard_normal(n)


def hessian(X, standardise=False):
    trained = (X - X.mean(axis=0)) / X.std(axis=0) if standardise else X
    augmented = np.column_stack([trained, np.ones(len(X))])
    return augmented.T @ augmented / len(X)


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize("penalty", [0.0, 0.3])
def test_the_spectrum_is_that_of_numpy(standardise, penalty):
    X, _y = rows()
    H = hessian(X, standardise) + np.diag([penalty] * 4 + [0.0])
    eigenvalues, directions = spectrum(X, standardise, penalty)
    expected = np.linalg.eigvalsh(H)[::-1]
    np.testing.assert_allclose(eigenvalues, expected, rtol=1e-9)
    np.testing.assert_allclose(H @ directions, directions * eigenvalues, atol=1e-9)
    assert condition_number(eigenvalues) == pytest.approx(np.linalg.cond(H), rel=1e-8)
    assert largest_rate(eigenvalues) == pytest.approx(2 / expected[0])
    assert best_rate(eigenvalues) == pytest.approx(2 / (expected[0] + expected[-1]))


def test_flat_directions_are_left_out():
    indicators = np.eye(3)[np.arange(30) % 3]
    constant = np.full((30, 1), 7.0)
    assert len(spectrum(indicators)[0]) == 3  # of four: the indicators add up to the ones of the bias
    assert len(spectrum(np.hstack([indicators, constant]), standardise=True)[0]) == 3
    assert len(spectrum(rows(n=3, d=300)[0])[0]) == 3
    assert len(spectrum(rows(n=3, d=300)[0], penalty=0.1)[0]) == 301


def test_one_constant_feature_leaves_the_bias_alone():
    eigenvalues, _directions = spectrum([[5.0], [5.0]], standardise=True)
    assert eigenvalues.tolist() == [1.0]
    assert condition_number(eigenvalues) == 1.0


@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.9, 0.99])
def test_growth_is_the_spectral_radius_of_an_update(momentum):
    eigenvalues = np.array([9.0, 2.0, 0.4, 0.01])
    for rate in (0.001, 0.1, best_rate(eigenvalues, momentum), 0.5, 3.0):
        expected = [
            np.abs(np.linalg.eigvals([[1 + momentum - rate * value, -momentum], [1.0, 0.0]])).max()
            for value in eigenvalues
        ]
        np.testing.assert_allclose(convergence_factor(eigenvalues, rate, momentum), expected, rtol=1e-5)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_no_rate_shrinks_the_slowest_direction_faster_than_the_best(momentum):
    eigenvalues = np.array([5.0, 1.0, 0.02])
    best = convergence_factor(eigenvalues, best_rate(eigenvalues, momentum), momentum).max()
    tried = np.linspace(1e-3, largest_rate(eigenvalues, momentum) * 0.999, 2000)
    assert all(convergence_factor(eigenvalues, rate, momentum).max() >= best - 1e-5 for rate in tried)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
def test_errors_grow_above_the_largest_rate_and_not_below(momentum):
    eigenvalues = np.array([5.0, 1.0])
    limit = largest_rate(eigenvalues, momentum)
    assert (
        convergence_factor(eigenvalues, limit * 1.01, momentum).max()
        > 1
        > convergence_factor(eigenvalues, limit * 0.99, momentum).max()
    )


@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
def test_the_updates_foretold_are_those_that_a_run_on_all_rows_takes(optimizer):
    X, y = rows()
    momentum = 0.8 if optimizer == "momentum" else 0.0
    told = forecast(X, y, SgdConfig(batch_size=len(X)))
    limit = largest_rate(told.eigenvalues, momentum)
    rates = limit * np.array([0.01, 0.1, 0.5, 0.9, 0.99])
    for rate, updates in zip(rates, steps_to_tolerance(told, rates, momentum=momentum), strict=True):
        run = train_sgd(
            X, y, float(rate), len(X), int(updates * 1.1) + 20, optimizer=optimizer, momentum=0.8, record=10**6
        )
        reached = first_within(run.history)
        assert updates == reached if momentum == 0 else updates == pytest.approx(reached, rel=0.02, abs=1)


def test_plain_updates_are_those_of_the_forecast():
    X, y = rows(d=6)
    told = forecast(X, y, SgdConfig(batch_size=len(X)))
    rates = np.geomspace(1e-6, largest_rate(told.eigenvalues) * 1.5, 40)
    expected = [replace(told, learning_rate=rate).steps_to(0.01) for rate in rates]
    found = steps_to_tolerance(told, rates)
    assert [None if np.isnan(updates) else int(updates) for updates in found] == expected
    assert None in expected


def test_a_run_that_begins_at_the_closed_form_takes_no_updates():
    told = forecast([[1.0], [-1.0]], [2.0, -2.0], batch_size=2, initial=([2.0], 0.0))
    assert steps_to_tolerance(told, np.array([0.1]), momentum=0.5).tolist() == [0.0]


def test_what_a_run_reached_is_read_off_its_history():
    history = pd.DataFrame({"step": [0.0, 1, 2, 3, 4], "gap": [100.0, 50, 1, 0.5, 0.3]})
    assert first_within(history) == 2
    assert first_within(history, 0.001) is None
    steps, gap = plateau(history)
    assert steps.tolist() == [3.0, 4.0]
    assert gap == pytest.approx(0.4)
