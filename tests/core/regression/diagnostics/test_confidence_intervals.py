"""Intervals of coefficients, predictions and differences against statsmodels and exact fractions."""

from fractions import Fraction

import numpy as np
import pytest
import statsmodels.api as sm

from core.errors import InputError
from core.regression import compare, make_synthetic, solve_closed_form, train_sgd
from core.regression.diagnostics.confidence_intervals import combine, predict_intervals
from core.regression.diagnostics.leverage import estimable_coefficients, fit_leverage


def table(n, d, seed=0, mean=0.0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) * 10.0 ** rng.integers(-3, 4, d) + mean
    return X, X @ rng.standard_normal(d) + 3 + rng.standard_normal(n)


def design(X):
    return np.column_stack([np.asarray(X, dtype=float), np.ones(len(X))])


def categories(n=60, seed=1):
    """All indicators of a category and a number: with the intercept one column is dependent."""
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.eye(3)[rng.integers(0, 3, n)], rng.uniform(10, 20, n)])
    return X, X @ [1.0, 2.0, 4.0, 0.5] + rng.standard_normal(n)


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
@pytest.mark.parametrize(("n", "d", "mean"), [(40, 3, 0.0), (500, 8, 2000.0), (12, 10, 5.0), (3, 1, 2.0)])
def test_predictions_have_the_intervals_of_statsmodels(n, d, mean, confidence):
    X, y = table(n, d, mean=mean)
    new = np.vstack([X[:3], X[:3] * 1.7 + 1])
    peer = sm.OLS(y, design(X)).fit().get_prediction(design(new))
    fit = solve_closed_form(X, y)
    found = predict_intervals(fit, fit_leverage(X, fit), new, confidence)
    summary = peer.summary_frame(alpha=1 - confidence)
    for own, their in {
        "prediction": "mean",
        "standard_error": "mean_se",
        "mean_low": "mean_ci_lower",
        "mean_high": "mean_ci_upper",
        "row_low": "obs_ci_lower",
        "row_high": "obs_ci_upper",
    }.items():
        np.testing.assert_allclose(found[own], summary[their], rtol=1e-9, atol=1e-9 * np.abs(summary[their]).max())
    assert found["estimable"].all()


def test_a_small_case_is_exact():
    """Through (0, 1), (1, 3), (2, 4), (3, 4) goes y = 1.5 + x; σ² = 1/2, and at x = 5 the leverage is 1/4 + 3.5²/5."""
    X, y = [[0.0], [1.0], [2.0], [3.0]], [1.0, 3.0, 4.0, 4.0]
    fit = solve_closed_form(X, y)
    row = predict_intervals(fit, fit_leverage(X, fit), [[5.0]]).iloc[0]
    leverage = Fraction(1, 4) + Fraction(7, 2) ** 2 / 5
    assert row["prediction"] == pytest.approx(6.5, rel=1e-15)
    assert row["leverage"] == pytest.approx(float(leverage), rel=1e-14)
    assert fit.residual_deviation**2 == pytest.approx(float(Fraction(1, 2)), rel=1e-14)
    half = (row["row_high"] - row["row_low"]) / 2
    assert half == pytest.approx(4.302652729749462 * float(Fraction(1, 2) * (1 + leverage)) ** 0.5, rel=1e-12)


def test_leverages_of_the_training_rows_are_the_diagonal_of_the_hat_matrix_and_add_up_to_the_rank():
    for X, y in (table(50, 6, mean=300.0), categories()):
        fit = solve_closed_form(X, y)
        found = fit_leverage(X, fit)
        Q, sizes, _right = np.linalg.svd(design(X), full_matrices=False)
        hat = np.square(Q[:, sizes > 1e-10 * sizes[0]]).sum(axis=1)
        np.testing.assert_allclose(found.of(X), hat, rtol=1e-9)
        assert found.of(X).sum() == pytest.approx(fit.rank, rel=1e-12)
        assert found.highest == pytest.approx(hat.max(), rel=1e-9)
        assert found.average == fit.rank / len(X)


def test_nearly_dependent_columns_keep_their_leverage():
    """Powers up to the seventh of 1 … 2: X'X has a condition number near 1e21, beyond any inverse in float64."""
    x = np.linspace(1, 2, 40)
    X = np.column_stack([x**power for power in range(1, 8)])
    y = np.sin(5 * x) + np.random.default_rng(0).standard_normal(40) / 10
    fit = solve_closed_form(X, y)
    hat = np.square(np.linalg.qr(design(np.polynomial.legendre.legvander(2 * x - 3, 7)[:, 1:]))[0]).sum(axis=1)
    np.testing.assert_allclose(fit_leverage(X, fit).of(X), hat, rtol=1e-6)


def test_with_dependent_columns_a_row_that_obeys_them_has_the_intervals_of_a_table_without_them():
    X, y = categories()
    fit, without = solve_closed_form(X, y), solve_closed_form(X[:, 1:], y)
    new = np.array([[1.0, 0, 0, 15], [0, 0, 1, 40]])
    found = predict_intervals(fit, fit_leverage(X, fit), new)
    peer = predict_intervals(without, fit_leverage(X[:, 1:], without), new[:, 1:])
    assert found["estimable"].all()
    np.testing.assert_allclose(found.drop(columns="estimable"), peer.drop(columns="estimable"), rtol=1e-9)


def test_a_row_that_breaks_a_dependency_is_predicted_without_an_interval():
    X, y = categories()
    fit = solve_closed_form(X, y)
    found = predict_intervals(fit, fit_leverage(X, fit), [[0.0, 0, 0, 15], [1.0, 1, 0, 15], [0, 1, 0, 1e6]])
    assert found["estimable"].tolist() == [False, False, True]
    assert np.isfinite(found["prediction"]).all()
    assert found["row_low"].isna().tolist() == [True, True, False]


def test_a_constant_column_says_nothing_of_rows_where_it_is_otherwise():
    X, y = table(30, 2)
    X = np.column_stack([X, np.full(30, 0.1)])
    fit = solve_closed_form(X, y)
    found = predict_intervals(fit, fit_leverage(X, fit), [[*X[0, :2], 0.1], [*X[0, :2], 0.2]])
    assert found["estimable"].tolist() == [True, False]
    peer = sm.OLS(y, design(X[:, :2])).fit().get_prediction(design(X[:1, :2])).summary_frame()
    assert found["row_high"][0] == pytest.approx(peer["obs_ci_upper"][0], rel=1e-9)


@pytest.mark.parametrize(("n", "d"), [(2, 1), (3, 5)])
def test_with_as_many_columns_as_rows_there_is_a_prediction_and_no_interval(n, d):
    X, y = table(n, d)
    fit = solve_closed_form(X, y)
    found = predict_intervals(fit, fit_leverage(X, fit), X)
    np.testing.assert_allclose(found["prediction"], y, rtol=1e-9)
    assert found["estimable"].all()
    assert found[["mean_low", "mean_high", "row_low", "row_high"]].isna().all().all()


def test_a_perfect_fit_has_intervals_of_no_width():
    X = [[0.0], [1.0], [2.0], [3.0]]
    fit = solve_closed_form(X, [1.0, 1.0, 1.0, 1.0])
    row = predict_intervals(fit, fit_leverage(X, fit), [[9.0]]).iloc[0]
    assert row["row_low"] == row["row_high"] == row["prediction"] == 1


def test_new_rows_fall_into_their_interval_as_often_as_it_says():
    rng = np.random.default_rng(5)
    X, new = rng.standard_normal((8, 1)), np.array([[1.5]])
    hits = 0
    for _trial in range(400):
        fit = solve_closed_form(X, 2 * X[:, 0] + rng.standard_normal(8))
        row = predict_intervals(fit, fit_leverage(X, fit), new, 0.8).iloc[0]
        hits += row["row_low"] <= 3 + rng.standard_normal() <= row["row_high"]
    assert 0.74 < hits / 400 < 0.86


def test_a_difference_has_the_error_of_a_contrast_in_statsmodels():
    X, y = table(40, 3, mean=50.0)
    peer = sm.OLS(y, design(X)).fit().t_test([1.0, -2.0, 0.5, 0.25])
    fit = solve_closed_form(X, y)
    found = combine(fit, fit_leverage(X, fit), [1.0, -2.0, 0.5], 0.25)
    assert found.value == pytest.approx(peer.effect.item(), rel=1e-9)
    assert found.standard_error == pytest.approx(peer.sd.item(), rel=1e-9)
    assert (found.low, found.high) == pytest.approx(tuple(peer.conf_int()[0]), rel=1e-9)


def test_of_categories_differences_are_determined_and_levels_are_not():
    X, y = categories()
    fit = solve_closed_form(X, y)
    leverage = fit_leverage(X, fit)
    assert estimable_coefficients(fit, X).tolist() == [False, False, False, True, False]
    level = combine(fit, leverage, [1, 0, 0, 0])
    assert (level.estimable, level.standard_error, level.low, level.high) == (False, None, None, None)
    peer = sm.OLS(y, design(X[:, 1:])).fit()
    difference = combine(fit, leverage, [-1, 1, 0, 0])
    assert difference.value == pytest.approx(peer.params[0], rel=1e-9)
    assert difference.standard_error == pytest.approx(peer.bse[0], rel=1e-9)


@pytest.mark.parametrize("scale", [1e-9, 1.0, 1e9])
def test_what_is_determined_does_not_depend_on_units(scale):
    X, y = categories()
    X = np.column_stack([X, X[:, 3] * scale * 1.8 + 32 * scale, np.random.default_rng(3).standard_normal(60) * scale])
    expected = [False, False, False, False, False, True, False]
    assert estimable_coefficients(solve_closed_form(X, y), X).tolist() == expected


def test_standardised_intervals_are_those_of_statsmodels_on_standardised_columns():
    X, y = table(60, 3, mean=100.0)
    run = train_sgd(X, y, 0.1, 10, 5, standardise=True)
    fit = solve_closed_form(X, y)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    for confidence in (0.9, 0.95, 0.99):
        found = compare(run, fit, X, y).at(confidence).coefficients
        for suffix, matrix in (("", X), ("_standardised", Z)):
            peer = sm.OLS(y, design(matrix)).fit()
            np.testing.assert_allclose(found[f"standard_error{suffix}"], peer.bse, rtol=1e-9)
            interval = peer.conf_int(1 - confidence)
            scale = np.abs(interval).max(axis=1, keepdims=True)
            np.testing.assert_allclose(found[[f"low{suffix}", f"high{suffix}"]] / scale, interval / scale, atol=1e-9)
            away = np.abs(found[f"sgd{suffix}"] - peer.params) / peer.bse
            np.testing.assert_allclose(found[f"errors_away{suffix}"], away, rtol=1e-6, atol=1e-6)
            inside = (interval[:, 0] <= found[f"sgd{suffix}"]) & (found[f"sgd{suffix}"] <= interval[:, 1])
            assert found[f"sgd_within{suffix}"].tolist() == inside.tolist()


def test_the_bias_at_the_mean_row_is_as_sure_as_a_mean():
    X, y = table(60, 3, mean=100.0)
    run = train_sgd(X, y, 0.1, 10, 5, standardise=True)
    found = compare(run, run.closed_form, X, y).coefficients
    error = run.closed_form.residual_deviation / np.sqrt(60)
    assert found["standard_error_standardised"].iloc[-1] == pytest.approx(error, rel=1e-12)
    assert found["standard_error"].iloc[-1] > 5 * error


def test_only_what_is_determined_has_an_interval_and_the_bias_at_the_mean_row_always_is():
    X, y = categories()
    run = train_sgd(X, y, 0.1, 60, 50, standardise=True)
    found = compare(run, run.closed_form, X, y).coefficients
    assert found["estimable"].tolist() == [False, False, False, True, False]
    assert found["estimable_standardised"].tolist() == [False, False, False, True, True]
    for suffix in ("", "_standardised"):
        for column in ("low", "high", "errors_away", "sgd_within"):
            assert found[column + suffix].isna().tolist() == (~found[f"estimable{suffix}"]).tolist()
    peer = sm.OLS(y, design(X[:, 1:])).fit()
    assert found["low"][3] == pytest.approx(peer.conf_int()[2, 0], rel=1e-9)


def test_the_interval_says_whether_it_holds_the_true_value():
    X, y = make_synthetic(200, [2.0, -3.4], bias=4.2, noise=1.0, seed=3)
    run = train_sgd(X, y, 0.1, 10, 30)
    found = compare(run, run.closed_form, X, y, true_weights=[2.0, -3.4], true_bias=4.2).coefficients
    inside = (found["low"] <= found["true"]) & (found["true"] <= found["high"])
    assert found["true_within"].tolist() == inside.tolist()
    moved = compare(run, run.closed_form, X, y, true_weights=[9.0, -3.4], true_bias=4.2).coefficients
    assert not moved["true_within"][0]
    spread = X.numpy().std(axis=0)
    assert found["true_standardised"][1] == pytest.approx(-3.4 * spread[1])


def test_without_noise_to_estimate_nothing_is_judged():
    run = train_sgd([[1.0], [2.0]], [3.0, 5.0], 0.1, 2, 10)
    found = compare(run, run.closed_form, [[1.0], [2.0]], [3.0, 5.0])
    assert found.freedom == 0
    assert found.coefficients["low"].isna().all()
    assert found.coefficients["sgd_within"].isna().all()
    assert found.coefficients["estimable"].all()


def test_a_fit_without_spread_says_in_or_out_and_no_number_of_errors():
    X, y = [[0.0], [1.0], [2.0], [3.0]], [0.0, 0.0, 0.0, 0.0]
    run = train_sgd(X, y, 0.1, 2, 1, initial=([0.5], 0.0))
    found = compare(run, run.closed_form, X, y).coefficients
    assert found["sgd_within"].tolist() == [False, False]
    assert found["errors_away"].isna().all()


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (
            lambda fit, lean: predict_intervals(fit, lean, [[1.0, 2.0]]),
            "needs the columns of the fit, 1 in all; got 2",
        ),
        (lambda fit, lean: lean.of([[1.0, 2.0]]), "needs the columns of the fit, 1 in all; got 2"),
        (lambda fit, lean: lean.estimable([[1.0, 2.0]]), "needs the columns of the fit, 1 in all; got 2"),
        (lambda fit, lean: predict_intervals(fit, lean, [[1.0]], 95), "confidence has to be a number between 0 and 1"),
        (lambda fit, lean: combine(fit, lean, [1.0, 2.0]), r"weights needs shape \(1,\)"),
        (
            lambda fit, lean: fit_leverage([[1.0, 2.0]], fit),
            r"\(n, 1\), and this X has shape \(n, 2\)",
        ),
        (lambda fit, lean: fit_leverage([[1.0]], solve_closed_form([[1.0]], [1.0], False)), "with intercept=True"),
    ],
)
def test_bad_input_is_named(ask, words):
    X, y = table(10, 1)
    fit = solve_closed_form(X, y)
    with pytest.raises(InputError, match=words):
        ask(fit, fit_leverage(X, fit))
