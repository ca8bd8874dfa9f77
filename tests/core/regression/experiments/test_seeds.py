"""Many seeds: each end is that of `train_sgd`, and the sampling ellipse is that of other samples."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from core.errors import InputError
from core.regression import SgdConfig, make_synthetic, train_sgd
from core.regression.convergence.forecast import forecast
from core.regression.experiments.seeds import run_seeds


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(4)
    X = rng.normal(size=(80, 3)) @ np.array([[1.0, 0.5, 0.0], [0.0, 1.0, 0.3], [0.0, 0.0, 2.0]]) + 5.0
    return X, X @ [1.0, -2.0, 0.5] + rng.normal(size=80)


@pytest.mark.parametrize(
    "choices", [{}, {"optimizer": "adam", "standardise": True}, {"penalty": 0.1, "shuffle": "once"}]
)
def test_each_end_is_that_of_a_run_with_this_seed(rows, choices):
    X, y = rows
    cloud = run_seeds(X, y, SgdConfig(0.01, 8, 5, **choices), [3, 1, 4])
    for seed, end, gap in zip(cloud.seeds, cloud.ends, cloud.gaps, strict=True):
        run = train_sgd(X, y, 0.01, 8, 5, seed, **choices)
        np.testing.assert_allclose(end, run.updates.before[-1], rtol=1e-9)
        assert gap == pytest.approx(run.gap, rel=1e-12)
    assert (cloud.sampling is None) == ("penalty" in choices)


def test_the_sampling_covariance_is_that_of_statsmodels(rows):
    X, y = rows
    cloud = run_seeds(X, y, SgdConfig(0.01, 8, 1), [0])
    peer = sm.OLS(y, sm.add_constant(X)).fit()
    order = [1, 2, 3, 0]
    np.testing.assert_allclose(cloud.sampling, np.asarray(peer.cov_params())[np.ix_(order, order)], rtol=1e-8)
    assert cloud.sampling_scatter == pytest.approx(peer.mse_resid * 4 / 80 / 2)


def test_the_ellipse_is_the_confidence_region_of_two_parameters(rows):
    X, y = rows
    cloud = run_seeds(X, y, SgdConfig(0.01, 8, 1), [0])
    curve = cloud.sampling_ellipse(0, 2)
    pair = cloud.sampling[np.ix_([0, 2], [0, 2])]
    away = curve[["x", "y"]].to_numpy() - cloud.centre[[0, 2]]
    reach = np.einsum("ij,jk,ik->i", away, np.linalg.inv(pair), away)
    np.testing.assert_allclose(reach, 2 * stats.f.ppf(0.95, 2, 76), rtol=1e-8)


def test_closed_forms_of_other_samples_fall_into_the_ellipse_as_often_as_it_says():
    X, _y = make_synthetic(n=30, seed=1)
    inside, rng = 0, np.random.default_rng(0)
    for _sample in range(400):
        y = X.numpy() @ [2, -3.4] + 4.2 + rng.normal(size=30)
        cloud = run_seeds(X, y, SgdConfig(0.01, 30, 1), [0])
        pair = cloud.sampling[:2, :2]
        away = np.array([2, -3.4]) - cloud.centre[:2]
        inside += away @ np.linalg.inv(pair) @ away <= 2 * stats.f.ppf(0.95, 2, 27)
    assert 0.92 <= inside / 400 <= 0.98


def test_a_smaller_rate_or_a_larger_batch_shrinks_the_cloud_and_not_the_ellipse(rows):
    X, y = rows
    usual, slower, larger = (
        run_seeds(X, y, SgdConfig(rate, batch, epochs, standardise=True), range(40))
        for rate, batch, epochs in ((0.05, 4, 60), (0.0125, 4, 240), (0.05, 16, 240))
    )
    assert slower.scatter < usual.scatter / 3
    assert larger.scatter < usual.scatter / 3
    assert slower.sampling_scatter == larger.sampling_scatter == usual.sampling_scatter


def test_the_scatter_is_near_what_theory_foretells(rows):
    X, y = rows
    cloud = run_seeds(X, y, SgdConfig(0.02, 4, 100, standardise=True), range(200))
    told = forecast(X, y, SgdConfig(0.02, 4, standardise=True))
    assert cloud.scatter == pytest.approx(told.floor_at_end, rel=0.2)
    assert told.floor_at_end < told.noise_floor / 2


def test_runs_that_diverge_are_counted_and_left_out(rows):
    cloud = run_seeds(*rows, SgdConfig(0.5, 8, 5), range(4))
    assert cloud.diverged == 4
    assert cloud.seeds == ()
    assert cloud.ends.shape == (0, 4)
    assert np.isnan(cloud.scatter)
    assert cloud.cloud_ellipse(0, 1) is None


def test_dependent_columns_give_the_smallest_parameters(rows):
    X, y = rows
    twice = np.column_stack([X[:, 0], X[:, 0]])
    cloud = run_seeds(twice, y, SgdConfig(0.01, 8, 20, standardise=True, start_spread=1.0), range(3))
    np.testing.assert_allclose(cloud.ends[:, 0], cloud.ends[:, 1])
    assert cloud.centre[0] == pytest.approx(cloud.centre[1])
    assert np.isfinite(cloud.sampling).all()


def test_with_as_many_columns_as_rows_there_is_no_ellipse():
    cloud = run_seeds([[1.0, 2.0], [2.0, 1.0], [0.0, 1.0]], [1.0, 2.0, 4.0], SgdConfig(0.1, 3, 5), range(3))
    assert cloud.sampling is None
    assert cloud.sampling_ellipse(0, 1) is None


def test_it_can_be_stopped_and_no_seed_is_told(rows):
    cloud = run_seeds(*rows, SgdConfig(0.01, 8, 1), range(50), progress=lambda share: share < 0.1)
    assert 5 <= len(cloud.seeds) < 50
    with pytest.raises(InputError, match="seed"):
        run_seeds(*rows, SgdConfig(0.01, 8, 1), [])
