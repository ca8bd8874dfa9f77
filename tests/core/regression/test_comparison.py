import numpy as np
import pytest

from core.errors import InputError
from core.regression import compare, make_synthetic, solve_closed_form, train_sgd
from core.regression.data.metrics import evaluate


@pytest.fixture
def rows():
    rng = np.random.default_rng(0)
    X = rng.uniform(500, 4000, (120, 3))
    return X, X @ [1.0, -2.0, 0.5] + 30 + 20 * rng.standard_normal(120)


def test_scores_equal_scikit_learn(rows):
    from sklearn.metrics import mean_squared_error, r2_score

    X, y = rows
    found = evaluate(X, y, [1.0, -2.0, 0.4], 10.0)
    predicted = X @ [1.0, -2.0, 0.4] + 10
    assert found.loss == pytest.approx(mean_squared_error(y, predicted) / 2)
    assert found.rmse == pytest.approx(mean_squared_error(y, predicted) ** 0.5)
    assert found.r_squared == pytest.approx(r2_score(y, predicted))
    assert found.rows == 120


@pytest.mark.parametrize("labels", [[2.0], [5.0, 5.0, 5.0], [0.1, 0.1, 0.1]])
def test_r_squared_is_none_for_labels_that_never_vary(labels):
    assert evaluate(np.ones((len(labels), 1)), labels, [1.0], 0.0).r_squared is None


def test_coefficients_are_in_both_units_with_their_differences(rows):
    X, y = rows
    run = train_sgd(X, y, 0.05, 10, 20, standardise=True)
    fit = solve_closed_form(X, y)
    found = compare(run, fit, X, y, feature_names=["a", "b", "c"], true_weights=[1, -2, 0.5], true_bias=30)
    table = found.coefficients.set_index("coefficient")
    assert list(table.index) == ["a", "b", "c", "bias"]
    assert table["true"].tolist() == [1, -2, 0.5, 30]
    assert np.allclose(table["sgd"], [*run.weights.tolist(), run.bias])
    assert np.allclose(table["closed_form"], [*fit.weights.tolist(), fit.bias])
    assert np.allclose(table["difference"], table["sgd"] - table["closed_form"])
    assert np.allclose(table["sgd_standardised"].iloc[:3], run.weights.numpy() * X.std(axis=0))
    assert table.loc["bias", "closed_form_standardised"] == pytest.approx(y.mean())
    assert table["standard_error"].tolist() == [*fit.standard_errors.tolist(), fit.bias_standard_error]
    assert "sgd_as_it_landed" not in table
    assert found.notes == ()


def test_gap_is_the_loss_above_the_closed_form(rows):
    X, y = rows
    run = train_sgd(X, y, 0.05, 10, 3, standardise=True)
    fit = solve_closed_form(X, y)
    found = compare(run, fit, X, y)
    scores = found.scores.set_index(["model", "part"])
    assert found.gap == pytest.approx(run.gap, rel=1e-9)
    assert found.gap == pytest.approx(
        scores.loc[("sgd", "train"), "loss"] - scores.loc[("closed_form", "train"), "loss"], rel=1e-6
    )
    assert found.relative_gap == pytest.approx(found.gap / fit.loss)


def test_scores_of_test_rows_stand_beside_those_of_training(rows):
    X, y = rows
    run = train_sgd(X[:90], y[:90], 0.05, 10, 3, standardise=True)
    found = compare(run, run.closed_form, X[:90], y[:90], X_test=X[90:], y_test=y[90:])
    scores = found.scores.set_index(["model", "part"])
    assert scores["rows"].tolist() == [90, 90, 30, 30]
    expected = evaluate(X[90:], y[90:], run.weights, run.bias)
    assert scores.loc[("sgd", "test"), "rmse"] == pytest.approx(expected.rmse)


def test_dependent_columns_show_the_smallest_parameters_and_those_reached():
    rng = np.random.default_rng(1)
    red = rng.integers(0, 2, 50).astype(float)
    X = np.column_stack([red, 1 - red])
    y = 3 * red + 1 + 0.1 * rng.standard_normal(50)
    run = train_sgd(X, y, 0.3, 50, 3000)
    fit = solve_closed_form(X, y)
    found = compare(run, fit, X, y)
    table = found.coefficients
    assert np.allclose(table["sgd"], table["closed_form"], atol=1e-6)
    assert np.allclose(table["sgd_as_it_landed"], [*run.weights.tolist(), run.bias])
    assert np.allclose(X @ table["sgd"][:2] + table["sgd"][2], run.predict(X))
    assert "rank 2, one less than their number, so infinitely many sets of parameters" in found.notes[0]


def test_standardised_weights_of_a_category_say_how_it_differs_from_the_mean_row():
    rng = np.random.default_rng(2)
    red = rng.integers(0, 2, 60).astype(float)
    X = np.column_stack([red, 1 - red, rng.standard_normal(60)])
    y = 3 * red + X[:, 2] + 0.1 * rng.standard_normal(60)
    run = train_sgd(X, y, 0.2, 60, 3000, standardise=True)
    table = compare(run, run.closed_form, X, y).coefficients
    assert table["closed_form_standardised"].iloc[-1] == pytest.approx(y.mean())
    assert table["closed_form_standardised"].iloc[0] == pytest.approx(-table["closed_form_standardised"].iloc[1])
    assert np.allclose(table["difference_standardised"], 0, atol=1e-6)


def test_with_a_penalty_the_closed_form_is_ridges_and_intervals_are_those_of_least_squares(rows):
    from sklearn.linear_model import Ridge

    X, y = rows
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    run = train_sgd(X, y, 0.1, 120, 2000, standardise=True, penalty=0.5)
    fit = solve_closed_form(X, y)
    found = compare(run, fit, X, y)
    table, peer = found.coefficients, Ridge(alpha=0.5 * len(y), solver="svd").fit(Z, y)
    assert table["closed_form_standardised"].to_numpy() == pytest.approx([*peer.coef_, peer.intercept_], rel=1e-9)
    assert np.allclose(table["closed_form"][:3], peer.coef_ / X.std(axis=0))
    assert np.allclose(table["least_squares"], [*fit.weights.tolist(), fit.bias])
    assert np.allclose(table["difference"][:3], 0, atol=1e-6)
    assert np.allclose((table["low"] + table["high"]) / 2, table["least_squares"])
    away = np.abs(table["sgd"] - table["least_squares"]) / table["standard_error"]
    assert np.allclose(table["errors_away"], away)
    scores = found.scores.set_index(["model", "part"])
    assert scores.loc[("closed_form", "train"), "loss"] == pytest.approx(run.ridge.loss)
    assert scores.loc[("least_squares", "train"), "loss"] == pytest.approx(fit.loss)
    assert found.gap == run.gap
    assert found.relative_gap == pytest.approx(run.gap / run.ridge.objective)
    assert "ridge regression" in found.notes[0]


def test_with_a_penalty_dependent_columns_are_compared_as_they_landed():
    rng = np.random.default_rng(1)
    red = rng.integers(0, 2, 50).astype(float)
    X = np.column_stack([red, 1 - red])
    y = 3 * red + 1 + 0.1 * rng.standard_normal(50)
    run = train_sgd(X, y, 0.3, 50, 3000, penalty=0.1)
    table = compare(run, run.closed_form, X, y).coefficients
    assert table["sgd"].tolist() == [*run.weights.tolist(), run.bias]
    assert np.allclose(table["sgd"], table["closed_form"], atol=1e-9)
    assert np.allclose(table["sgd_standardised"][:2], table["sgd"][:2] * X.std(axis=0))
    assert "sgd_as_it_landed" not in table
    assert table["estimable"].tolist() == [False, False, False]


def test_a_diverged_run_is_compared_in_finite_numbers(rows):
    X, y = rows
    run = train_sgd(X, y, 0.03, 10, 3)
    found = compare(run, run.closed_form, X, y)
    numbers = found.coefficients.drop(columns="coefficient").to_numpy(dtype=float)
    assert np.isfinite(numbers).all()
    assert np.isfinite(found.scores[["loss", "rmse", "r_squared"]].to_numpy(dtype=float)).all()
    assert found.notes == (run.note,)


def test_a_perfect_fit_has_no_relative_gap():
    run = train_sgd([[0.0], [1.0]], [0.0, 0.0], 0.1, 2, 10)
    found = compare(run, run.closed_form, [[0.0], [1.0]], [0.0, 0.0])
    assert found.relative_gap is None
    assert found.scores["r_squared"].tolist() == [None, None]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"y": np.arange(20.0)}, "The closed form was solved for other rows"),
        ({"X": np.ones((20, 2))}, "X has shape (n, 2), but the weights of the run have length 1"),
        ({"feature_names": ["a", "b"]}, "feature_names needs one name for each column of X, 1 in all; got 2"),
        ({"true_weights": [1.0]}, "true_weights and true_bias belong together"),
        ({"true_weights": [1.0, 2.0], "true_bias": 0.0}, "true_weights needs one number for each column, 1 in all"),
        ({"X_test": [[1.0]]}, "Test rows need both"),
        ({"X_test": [[1.0, 2.0]], "y_test": [1.0]}, "X_test has shape (n, 2) and X has shape (n, 1)"),
    ],
)
def test_bad_input_is_named(change, words):
    X, y = make_synthetic(20, [1.0])
    run = train_sgd(X, y)
    with pytest.raises(InputError) as error:
        compare(**({"run": run, "fit": run.closed_form, "X": X, "y": y} | change))
    assert words in str(error.value)
