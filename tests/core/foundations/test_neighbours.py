"""A line beside nearest neighbours: brute force, scikit-learn's line, and what each can reach."""

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression

from core.errors import InputError
from core.foundations.neighbours import contest, growing_fit, make_curve, nearest_mean, sizes_up_to


def brute_force(X, y, asked, k):
    found = []
    for row in asked:
        nearest = sorted(range(len(X)), key=lambda at: (float(((X[at] - row) ** 2).sum()), at))[:k]
        found.append(sum(y[at] for at in nearest) / len(nearest))
    return found


@pytest.mark.parametrize("k", [1, 3, 50])
def test_the_mean_of_the_nearest_is_that_of_brute_force(k):
    random = np.random.default_rng(k)
    X, y, asked = random.normal(size=(30, 2)), random.normal(size=30), random.normal(size=(7, 2))
    np.testing.assert_allclose(nearest_mean(X, y, asked, k), brute_force(X, y, asked, k), rtol=1e-12)


def test_the_errors_are_those_of_scikit_learn_on_the_same_rows():
    X, y = make_curve(60, 0.2, 0)
    order = np.random.default_rng(4).permutation(60)
    test, train = order[:20], order[20:]
    model = LinearRegression().fit(X[train], y[train])
    line = np.sqrt(np.mean((model.predict(X[test]) - y[test]) ** 2))
    near = np.sqrt(np.mean((brute_force(X[train], y[train], X[test], 5) - y[test]) ** 2))
    curve = contest(X, y, seeds=[4]).curve
    last = curve[curve["rows"] == 40].set_index("model")["error"]
    assert last["line"] == pytest.approx(line, rel=1e-9)
    assert last["neighbours"] == pytest.approx(near, rel=1e-9)


def test_on_a_curve_the_line_stops_improving_and_the_neighbours_go_on_to_the_noise():
    X, y = make_curve(1500, 0.2, 1)
    found = contest(X, y, seeds=range(3))
    last = found.curve[found.curve["rows"] == found.curve["rows"].max()].set_index("model")["error"]
    x = np.linspace(-1, 1, 20_001)
    curve = 2 * x + np.sin(5 * x)
    best = curve - np.polyval(np.polyfit(x, curve, 1), x)
    floor = np.sqrt(np.mean(best**2) + 0.2**2)
    assert last["line"] == pytest.approx(floor, rel=0.1)
    assert 0.2 * 0.9 < last["neighbours"] < 0.2 * 1.25
    assert 3 < found.crossing < 300, "with few rows the line is ahead"
    assert found.parameters == 2


def test_on_a_line_the_neighbours_never_catch_up():
    random = np.random.default_rng(0)
    X = random.normal(size=(400, 3))
    found = contest(X, X @ [1.0, -2.0, 0.5] + 0.1 * random.normal(size=400), seeds=range(3))
    assert found.crossing is None


def test_low_and_high_enclose_the_mean_and_one_seed_has_no_spread():
    X, y = make_curve(80, 0.3, 2)
    many, one = contest(X, y).curve, contest(X, y, seeds=[0]).curve
    assert (many["low"] <= many["error"]).all()
    assert (many["error"] <= many["high"]).all()
    np.testing.assert_allclose(one["low"], one["high"])


def test_constant_and_few_rows_are_no_trouble():
    found = contest(np.ones((6, 2)), np.arange(6), seeds=[0]).curve
    assert np.isfinite(found["error"]).all()
    np.testing.assert_allclose(found.loc[found["model"] == "line", "error"].iloc[-1],
                               found.loc[found["model"] == "neighbours", "error"].iloc[-1])  # fmt: skip


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        (np.ones((5, 1)), np.ones(5), "at least 6 rows"),
        (np.ones((9, 0)), np.ones(9), "at least one feature"),
        (np.ones(9), np.ones(9), "at least one feature"),
        (np.ones((9, 1)), np.ones(8), "9 rows and 8 labels"),
        (np.full((9, 1), np.nan), np.ones(9), "missing or infinite"),
        (np.array([[1.7e308]] * 5 + [[-1.7e308]] * 4), np.arange(9), "beyond 1e100"),
        (np.arange(9.0)[:, None], np.full(9, 1e101), "beyond 1e100"),
    ],
)
def test_bad_tables_end_in_a_sentence(X, y, words):
    with pytest.raises(InputError, match=words):
        contest(X, y)


@pytest.mark.parametrize("most", [2, 3, 12, 230, 100_000])
def test_sizes_rise_from_two_to_the_most(most):
    sizes = sizes_up_to(most)
    assert sizes == sorted(set(sizes))
    assert (sizes[0], sizes[-1]) == (2, most)


def test_the_growing_fit_of_one_feature_has_the_errors_of_the_contest():
    X, y = make_curve(90, 0.2, 3)
    fit, curve = growing_fit(X[:, 0], y, k=4, seed=2), contest(X, y, k=4, seeds=[2]).curve
    for at, model in enumerate(("line", "neighbours")):
        np.testing.assert_allclose(fit.errors[:, at], curve.loc[curve["model"] == model, "error"], rtol=1e-6)
    assert list(fit.sizes) == curve["rows"].unique().tolist()
    np.testing.assert_allclose(fit.lines[-1], np.polyfit(X[fit.train, 0], y[fit.train], 1))
    assert not set(fit.train) & set(fit.test)
    asked = brute_force(X[fit.train], y[fit.train], fit.grid[[0, 60], None], 4)
    np.testing.assert_allclose(fit.curves[-1, [0, 60]], asked)


@pytest.mark.parametrize("value", [1.0, 0.1, 1e-200, -1e99])
def test_a_constant_feature_grows_a_flat_line(value):
    fit = growing_fit(np.full(9, value), np.arange(9.0))
    assert not fit.lines[:, 0].any()
    assert fit.errors.max() <= 8


def test_a_feature_that_is_constant_in_the_first_rows_says_nothing_there():
    x = np.full((30, 1), 0.1)
    order = np.random.default_rng(0).permutation(30)
    x[order[:10], 0] = x[order[25:], 0] = 50.0  # the test rows, and the last that are added
    y = np.random.default_rng(1).normal(size=30)
    curve = contest(x, y, seeds=[0]).curve
    early = curve[curve["rows"] <= 12].pivot_table(index="rows", columns="model", values="error")
    for size, row in early.iterrows():
        mean = y[order[10 : 10 + int(size)]].mean()
        assert row["line"] == pytest.approx(np.sqrt(np.mean((y[order[:10]] - mean) ** 2)))
    fit = growing_fit(x[:, 0], y, seed=0)
    assert not fit.lines[np.array(fit.sizes) <= 12, 0].any()


def test_an_infinite_feature_ends_in_a_sentence():
    with pytest.raises(InputError, match="missing or infinite"):
        growing_fit(np.full(9, np.nan), np.ones(9))
