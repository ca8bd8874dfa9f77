"""The learning curve against runs made by hand, and against the law it should follow."""

import numpy as np
import pytest

from core.errors import InputError
from core.regression import SgdConfig, evaluate, make_synthetic, solve_closed_form, train_sgd
from core.regression.experiments.learning_curve import MOST_NUMBERS, learning_curve, part_sizes


def split(n, d, noise=1.0, test=400):
    X, y = make_synthetic(n + test, np.arange(1.0, d + 1), noise=noise, seed=3)
    return X[test:], y[test:], X[:test], y[:test]


def test_the_last_point_is_the_model_of_all_rows():
    X, y, X_test, y_test = split(200, 3)
    curve = learning_curve(X, y, X_test, y_test, repeats=2, config=SgdConfig(epochs=5, batch_size=200))
    last = curve.runs[curve.runs["size"] == 200].set_index(["model", "part", "repeat"])["loss"]
    fit = solve_closed_form(X, y)
    run = train_sgd(X, y, epochs=5, batch_size=200, seed=0)
    for model, (weights, bias) in {"closed_form": (fit.weights, fit.bias), "sgd": (run.weights, run.bias)}.items():
        assert last[model, "test", 0] == pytest.approx(evaluate(X_test, y_test, weights, bias).loss, rel=1e-9)
        assert last[model, "train", 0] == pytest.approx(evaluate(X, y, weights, bias).loss, rel=1e-9)
    assert curve.noise == pytest.approx(fit.residual_deviation**2 / 2)


def test_the_mean_of_many_repeats_follows_the_law():
    """For normal features the test loss is known exactly: σ²/2 · (n + 1)(n - 2)/(n (n - d - 2)) (Thompson 1978)."""
    d, found = 4, []
    for seed in range(60):
        X, y = make_synthetic(2000 + 3 * 60, np.ones(d), noise=1.0, seed=seed)
        curve = learning_curve(X[2000:], y[2000:], X[:2000], y[:2000], sizes=2, repeats=1, config=SgdConfig(epochs=1))
        assert curve.parameters == d + 1
        found.append(curve.runs.query("model == 'closed_form' and size == 180").set_index("part")["loss"])
    train, test = (np.mean([losses[part] for losses in found]) for part in ("train", "test"))
    law = curve.law().iloc[-1] / curve.noise / 2
    assert law["test"] == pytest.approx(0.5 * (1 + 5 / 180))
    assert law["train"] == pytest.approx(0.5 * (1 - 5 / 180))
    assert train == pytest.approx(law["train"], rel=0.03)
    assert test == pytest.approx(law["test"], rel=0.03)
    assert law["test"] == pytest.approx(0.5 * 181 * 178 / (180 * 174), rel=0.002)


def test_a_larger_part_holds_the_smaller_ones_and_the_same_seed_the_same_numbers():
    X, y, X_test, y_test = split(60, 2)
    first, again, other = (learning_curve(X, y, X_test, y_test, seed=seed, repeats=3) for seed in (0, 0, 1))
    assert first.runs.equals(again.runs)
    assert not first.runs["loss"].equals(other.runs["loss"])
    assert sorted(first.runs["size"].unique().tolist()) == list(part_sizes(60, 3))
    assert len(first.runs) == 8 * 3 * 4


@pytest.mark.parametrize(("rows", "parameters"), [(1000, 3), (13, 7), (8, 3), (100_000, 200)])
def test_sizes_grow_from_beyond_the_parameters_to_all_rows(rows, parameters):
    sizes = part_sizes(rows, parameters)
    assert parameters < sizes[0]
    assert sizes[-1] == rows
    assert list(sizes) == sorted(set(sizes))
    assert 2 <= len(sizes) <= 8


def test_without_test_rows_each_repeat_holds_a_fifth_back():
    X, y, _X, _y = split(100, 2)
    curve = learning_curve(X, y, repeats=2)
    assert curve.held_back
    assert (curve.rows, curve.test_rows) == (80, 20)
    tests = curve.runs.query("model == 'closed_form' and part == 'test' and size == 80")["loss"]
    assert tests.nunique() == 2


def test_runs_that_diverge_are_counted_and_left_out():
    X, y, X_test, y_test = split(60, 2)
    curve = learning_curve(X, y, X_test, y_test, repeats=2, config=SgdConfig(learning_rate=10.0, epochs=50))
    assert curve.diverged == 16
    assert curve.summary()["model"].unique().tolist() == ["closed_form"]
    assert np.isfinite(curve.summary().select_dtypes("number")).all(axis=None)


def test_stopping_keeps_what_there_is():
    X, y, X_test, y_test = split(100, 2)
    shares = []

    def stop_half_way(share):
        shares.append(share)
        return share < 0.5

    curve = learning_curve(X, y, X_test, y_test, repeats=4, progress=stop_half_way)
    assert curve.stopped
    assert 0 < len(curve.runs) < 8 * 4 * 4
    assert shares == sorted(shares)
    assert len(curve.summary()) > 0
    nothing = learning_curve(X, y, X_test, y_test, progress=lambda _share: False)
    assert nothing.stopped
    assert not len(nothing.runs)
    assert not len(nothing.law())
    assert not len(nothing.summary())


def test_large_tables_are_capped():
    X, y = make_synthetic(MOST_NUMBERS // 2, [1.0], noise=1.0)
    curve = learning_curve(X, y, X[:10], y[:10], sizes=2, repeats=1, config=SgdConfig(epochs=1, batch_size=1000))
    assert not curve.capped
    X, y = make_synthetic(MOST_NUMBERS // 2 + 1, [1.0], noise=1.0)
    curve = learning_curve(X, y, X[:10], y[:10], sizes=2, repeats=1, config=SgdConfig(epochs=1, batch_size=1000))
    assert curve.capped
    assert curve.rows == MOST_NUMBERS // 2


def test_a_perfect_fit_has_no_noise_and_dependent_columns_count_once():
    X, y, _X, _y = split(50, 2, noise=0.0)
    assert learning_curve(X, y, repeats=1).noise == 0.0
    twice = np.column_stack([X, X])
    assert learning_curve(twice, y, repeats=1).parameters == 3


@pytest.mark.parametrize("n", [1, 3, 4])
def test_too_few_rows_are_refused_in_a_sentence(n):
    X, y, X_test, y_test = split(n, 3)
    with pytest.raises(InputError, match=f"parameters needs more than {n} training rows"):
        learning_curve(X, y, X_test, y_test)


def test_early_stopping_looks_at_the_test_rows():
    X, y, X_test, y_test = split(60, 2)
    config = SgdConfig(epochs=50, early_stopping=1)
    assert len(learning_curve(X, y, X_test, y_test, repeats=1, config=config).runs) == 32
