"""The study of noise and samples: errors are those of direct computation, and follow the law of 1/√n."""

import numpy as np
import pytest

from core.errors import InputError
from core.regression import SgdConfig, make_synthetic
from core.regression.experiments.noise_study import study_noise


@pytest.fixture(scope="module")
def study():
    X, _y = make_synthetic(n=1000, seed=0)
    return study_noise(X, [2, -3.4], [0.1, 1.0], [20, 80, 320, 1280], repeats=60, config=SgdConfig(epochs=30))


def test_the_error_of_the_closed_form_falls_with_the_root_of_the_samples(study):
    rows = study.table[study.table["noise"] == 1.0]
    slope = np.polyfit(np.log(rows["samples"]), np.log(rows["closed_form"]), 1)[0]
    assert slope == pytest.approx(-0.5, abs=0.07)
    np.testing.assert_allclose(rows["closed_form"], rows["law"], rtol=0.25)


def test_the_error_grows_in_proportion_to_the_noise(study):
    small, large = (study.table[study.table["noise"] == noise]["closed_form"].to_numpy() for noise in (0.1, 1.0))
    np.testing.assert_allclose(large, 10 * small, rtol=1e-6)


def test_the_law_is_that_of_the_covariance():
    rng = np.random.default_rng(2)
    X = rng.normal(size=(500, 3)) @ rng.normal(size=(3, 3)) + 4
    found = study_noise(X, [1, 2, 3], [0.5], [100], repeats=2)
    correlation = np.corrcoef(X.T)
    expected = 0.5 * np.sqrt(np.trace(np.linalg.inv(correlation)) / 3 / 100)
    assert found.table["law"].iloc[0] == pytest.approx(expected)


def test_few_samples_leave_sgd_far_off_and_many_leave_it_on_its_floor(study):
    rows = study.table[study.table["noise"] == 0.1]
    assert rows["sgd"].iloc[0] > 5 * rows["closed_form"].iloc[0]
    assert rows["sgd"].iloc[-1] > rows["closed_form"].iloc[-1]


def test_columns_that_depend_on_each_other_do_not_count():
    X, _y = make_synthetic(n=300, weights=[1.0], seed=0)
    twice = np.column_stack([X, X])
    found = study_noise(twice, [1.0, 1.0], [1.0], [50, 200], repeats=40)
    np.testing.assert_allclose(found.table["closed_form"], found.table["law"], rtol=0.3)


def test_it_can_be_stopped_and_runs_that_diverge_are_left_out():
    X, _y = make_synthetic(n=100, seed=0)
    part = study_noise(X, [1, 1], [1.0], [10, 20], repeats=30, progress=lambda share: share < 0.2)
    assert 1 <= part.repeats < 30
    wild = study_noise(X, [1, 1], [1.0], [50], repeats=3, config=SgdConfig(9.0, epochs=20))
    assert wild.table["diverged"].iloc[0] == 3
    assert np.isnan(wild.table["sgd"].iloc[0])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"noises": [0.0]}, "noise"),
        ({"samples": [1]}, "samples"),
        ({"weights": [1.0]}, "weights"),
        ({"seed": -1}, "seed"),
    ],
)
def test_what_makes_no_sense_is_told(wrong, told):
    X, _y = make_synthetic(n=20, seed=0)
    asked = {"weights": [1, 1], "noises": [1.0], "samples": [10]} | wrong
    with pytest.raises(InputError, match=told):
        study_noise(X, **asked)
