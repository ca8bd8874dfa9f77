"""Ridge: the same minimiser as that of scikit-learn and of exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
from sklearn.linear_model import Ridge as Peer

from core.errors import InputError
from core.regression import SgdConfig, loss_surface, solve_ridge, stability_limit, train_sgd
from core.regression.convergence.forecast import forecast


@pytest.mark.parametrize("penalty", [1e-6, 0.1, 10.0])
@pytest.mark.parametrize("standardise", [False, True])
def test_it_is_that_of_scikit_learn(penalty, standardise):
    rng = np.random.default_rng(1)
    X = rng.normal(size=(60, 4)) * [1, 10, 0.1, 3] + [0, 5, 0, 100]
    X[:, 3] = X[:, 0]  # dependent columns
    y = rng.normal(size=60) + X[:, 1]
    Z = (X - X.mean(axis=0)) / X.std(axis=0) if standardise else X
    peer = Peer(alpha=60 * penalty, solver="svd").fit(Z, y)
    ours = solve_ridge(X, y, penalty, standardise=standardise)
    np.testing.assert_allclose(ours.predict(X), peer.predict(Z), rtol=1e-7)
    weights = ours.weights.numpy() * (X.std(axis=0) if standardise else 1.0)
    np.testing.assert_allclose(weights, peer.coef_, rtol=1e-6, atol=1e-9)
    assert ours.loss == pytest.approx(0.5 * np.square(peer.predict(Z) - y).mean())
    assert ours.objective == pytest.approx(ours.loss + 0.5 * penalty * np.square(peer.coef_).sum())


def test_one_feature_is_right_to_the_last_digit():
    x, y, penalty = [1.0, 2.0, 4.0, 8.0], [3.0, 1.0, 4.0, 1.0], 0.25
    fx, fy, n = [Fraction(value) for value in x], [Fraction(value) for value in y], 4
    mx, my = sum(fx) / n, sum(fy) / n
    cross = sum((a - mx) * (b - my) for a, b in zip(fx, fy, strict=True))
    weight = cross / (sum((a - mx) ** 2 for a in fx) + n * Fraction(penalty))
    ours = solve_ridge([[value] for value in x], y, penalty)
    assert float(ours.weights[0]) == pytest.approx(float(weight), rel=1e-15)
    assert ours.bias == pytest.approx(float(my - weight * mx), rel=1e-15)


def test_more_columns_than_rows_have_one_solution():
    ours = solve_ridge([[1.0, 2.0, 3.0]], [5.0], 1.0)
    assert ours.bias == pytest.approx(5.0)
    np.testing.assert_allclose(ours.weights, 0.0, atol=1e-12)


def test_another_number_of_columns_is_told():
    with pytest.raises(InputError, match="the columns of the fit, 2 in all"):
        solve_ridge([[1.0, 2.0], [2.0, 1.0]], [1.0, 2.0], 1.0).predict([[1.0]])


@pytest.mark.parametrize("batch_size", [1, 2, 3, 5])
@pytest.mark.parametrize("penalty", [0.0, 0.7])
def test_the_limit_is_where_the_second_moment_of_all_minibatches_stops_shrinking(batch_size, penalty):
    """Every minibatch of five rows is written out; the mean of A ⊗ A over them is what the second moment becomes."""
    from itertools import combinations

    rng = np.random.default_rng(3)
    X = rng.normal(size=(5, 2)) * [1.0, 2.0]
    rows = np.column_stack([X, np.ones(5)])
    pull = np.diag([penalty, penalty, 0.0])
    hessians = [rows[list(b)].T @ rows[list(b)] / batch_size + pull for b in combinations(range(5), batch_size)]

    def growth(rate: float) -> float:
        steps = [np.eye(3) - rate * hessian for hessian in hessians]
        return float(np.abs(np.linalg.eigvals(np.mean([np.kron(step, step) for step in steps], axis=0))).max())

    limit = stability_limit(X, batch_size, penalty=penalty)
    assert growth(limit * 0.999) < 1 < growth(limit * 1.001)


def test_the_landscape_and_the_forecast_are_those_of_the_penalised_loss():
    rng = np.random.default_rng(8)
    X = rng.normal(size=(40, 2))
    y = X @ [1.0, 2.0] + rng.normal(size=40)
    bowl = loss_surface(X, y, ("w1", "w2"), penalty=0.5)
    ridge = solve_ridge(X, y, 0.5)
    np.testing.assert_allclose(bowl.centre, ridge.weights)
    w = np.array([0.3, -0.4])
    objective = 0.5 * np.square(X @ w + ridge.bias - y).mean() + 0.25 * w @ w
    assert bowl.values([0.3], [-0.4])[0, 0] == pytest.approx(objective)
    told = forecast(X, y, SgdConfig(0.1, 40, penalty=0.5))
    Z = np.column_stack([X, np.ones(40)])
    expected = np.linalg.eigvalsh(Z.T @ Z / 40 + np.diag([0.5, 0.5, 0.0]))[::-1]
    np.testing.assert_allclose(told.eigenvalues, expected)
    assert told.noise_floor == 0.0


def test_the_noise_floor_with_a_penalty_is_what_many_runs_reach():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(60, 3))
    y = X @ [1.0, 2.0, -1.0] + rng.normal(size=60)
    told = forecast(X, y, SgdConfig(0.1, 5, penalty=0.4)).noise_floor
    run = train_sgd(X, y, 0.1, 5, 2000, penalty=0.4, record=24_001)
    assert run.history["gap"].iloc[2000:].mean() == pytest.approx(told, rel=0.1)
