"""SGD's component in the null space: an oracle by singular values, and the share that the flattest direction keeps."""

import numpy as np
import pytest

from core.regression.convergence.min_norm import flat_direction, moved_start, parts_along, split_null_space
from core.regression.diagnostics.collinearity import diagnose
from core.regression.least_squares.closed_form import solve_closed_form
from core.regression.sgd.train import train_sgd


@pytest.fixture
def table():
    rng = np.random.default_rng(0)
    X = np.column_stack([rng.standard_normal(60) * 3 + 7, np.eye(3)[rng.integers(0, 3, 60)], np.full(60, 2.0)])
    return X, X @ [1.0, 2.0, 3.0, 4.0, 0.5] + rng.standard_normal(60)


def rows_as_trained(X, run):
    return np.column_stack([run.scaling.transform(X), np.ones(len(X))])


@pytest.mark.parametrize("standardise", [False, True])
def test_the_part_in_the_null_space_does_not_move(table, standardise):
    X, y = table
    fit = solve_closed_form(X, y)
    rate = 0.05 if standardise else 0.005
    run = train_sgd(X, y, learning_rate=rate, epochs=50, standardise=standardise, fit=fit, seed=4)
    landing = split_null_space(run, fit)
    _u, roots, directions = np.linalg.svd(rows_as_trained(X, run))
    null_space = directions[(roots > 1e-9).sum() :].T
    assert null_space.shape == landing.null_space.shape == (6, 2)
    assert landing.null_space @ landing.null_space.T == pytest.approx(null_space @ null_space.T, abs=1e-12)
    assert landing.start_part == pytest.approx(np.linalg.norm(null_space.T @ landing.start))
    assert landing.start_part == pytest.approx(landing.end_part, rel=1e-9)
    assert landing.change < 1e-11
    assert np.linalg.norm(landing.end - landing.start) > 1


def test_from_zero_sgd_lands_on_the_smallest_solution_in_its_own_coordinates(table):
    X, y = table
    fit = solve_closed_form(X, y)
    run = train_sgd(
        X, y, learning_rate=0.1, batch_size=60, epochs=5000, standardise=True, fit=fit, initial=(np.zeros(5), 0.0)
    )
    landing = split_null_space(run, fit)
    smallest = np.linalg.pinv(rows_as_trained(X, run)) @ y
    assert landing.smallest == pytest.approx(smallest, abs=1e-10)
    assert landing.end == pytest.approx(smallest, abs=1e-7)
    assert landing.away < 1e-7
    assert landing.end_part < 1e-10


@pytest.mark.parametrize("amount", [-100, -1, 10])
@pytest.mark.parametrize("which", [0, 1])
def test_a_start_moved_along_the_null_space_stays_moved_and_predicts_the_same(table, amount, which):
    X, y = table
    fit = solve_closed_form(X, y)
    run = train_sgd(X, y, epochs=5, standardise=True, fit=fit)
    slope = flat_direction(X, run.scaling, diagnose(X, fit).findings[which].direction(5))
    assert np.linalg.norm(slope.direction) == pytest.approx(1)
    assert np.abs(rows_as_trained(X, run) @ slope.direction).max() < 1e-12
    moved = train_sgd(X, y, epochs=5, standardise=True, fit=fit, initial=moved_start(run, slope.direction, amount))
    way = parts_along(moved, slope.direction) - parts_along(run, slope.direction)
    assert way == pytest.approx(np.full(len(way), amount), rel=1e-9)
    assert moved.predict(X).numpy() == pytest.approx(run.predict(X).numpy(), abs=1e-9)
    assert slope.kept(0.03, 10**9) == 1.0


def test_at_full_rank_the_flattest_direction_shrinks_as_its_eigenvalue_says():
    rng = np.random.default_rng(1)
    a, b = rng.standard_normal((2, 50))
    X, y = np.stack([a, a + 0.2 * b], axis=1), b
    fit = solve_closed_form(X, y)
    how = {"learning_rate": 0.5, "batch_size": 50, "epochs": 40, "standardise": True, "fit": fit}
    run = train_sgd(X, y, **how)
    slope = flat_direction(X, run.scaling)
    A = rows_as_trained(X, run)
    assert slope.eigenvalue == pytest.approx(np.linalg.eigvalsh(A.T @ A / 50)[0])
    moved = train_sgd(X, y, **how, initial=moved_start(run, slope.direction, 10.0))
    way = parts_along(moved, slope.direction) - parts_along(run, slope.direction)
    assert way[0] == pytest.approx(10)
    assert way[-1] / 10 == pytest.approx(slope.kept(0.5, 40), rel=1e-9)
    assert split_null_space(run, fit).null_space.shape == (3, 0)
    assert split_null_space(run, fit).change == 0


def test_adam_leaves_the_row_space():
    rng = np.random.default_rng(0)
    X = np.eye(3)[rng.integers(0, 3, 60)] * [1.0, 2.0, 5.0]
    X = np.column_stack([X, X.sum(axis=1)])
    y = rng.standard_normal(60)
    fit = solve_closed_form(X, y)
    run = train_sgd(X, y, epochs=5, optimizer="adam", fit=fit)
    assert split_null_space(run, fit).change > 1e-3
