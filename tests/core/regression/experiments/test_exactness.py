"""Digits are counted against fractions and the certified values of Longley; the rule of thumb holds."""

from fractions import Fraction
from math import log10

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from statsmodels.datasets import longley

from core.regression.diagnostics.collinearity import condition_numbers
from core.regression.experiments.solver_accuracy import (
    FULL,
    MOST_NUMBERS,
    SINGLE,
    measure_solver_accuracy,
    methods,
    score_answer,
)
from core.regression.least_squares.closed_form import solve_closed_form

LONGLEY = [  # NIST StRD, certified: the six weights, then the bias
    15.0618722713733, -0.358191792925910e-01, -2.02022980381683, -1.03322686717359, -0.511041056535807e-01,
    1829.15146461355, -3482258.63459582,
]  # fmt: skip


def measure(X, y):
    found = measure_solver_accuracy(X, y, solve_closed_form(X, y))
    return found, {score.method.key if score.method else "exact": score for score in found.scores}


def normal_equations(X, y, kind):
    A, b = np.column_stack([X, np.ones(len(X))]).astype(kind), np.asarray(y).astype(kind)
    return np.linalg.solve(A.T @ A, A.T @ b).astype(float)


def exact_line(x, y):
    """Weight and bias of one feature in fractions."""
    x, y = [Fraction(value) for value in x.tolist()], [Fraction(value) for value in y.tolist()]
    n, sx, sy = len(x), sum(x), sum(y)
    sxx, sxy = sum(a * a for a in x), sum(a * b for a, b in zip(x, y, strict=True))
    weight = (n * sxy - sx * sy) / (n * sxx - sx * sx)
    return weight, (sy - weight * sx) / n


@pytest.mark.parametrize(("key", "kind"), [("normal32", np.float32), ("normal64", np.float64)])
@pytest.mark.parametrize("shift", [0.0, 1e2, 1e4])
def test_digits_are_those_of_fractions(key, kind, shift):
    rng = np.random.default_rng(0)
    x = rng.uniform(1, 2, 15) + shift
    y = 3 * x + rng.standard_normal(15)
    exact = exact_line(x, y)
    answer = normal_equations(x[:, None], y, kind)
    errors = [abs(float((Fraction(value) - truth) / truth)) for value, truth in zip(answer, exact, strict=True)]
    _found, scores = measure(x[:, None], y)
    expected = min(max(-log10(max(errors)), 0), FULL)
    assert scores[key].coefficient_digits == pytest.approx(expected, abs=0.05)
    assert scores[key].worst == int(np.argmax(errors)) or expected == 0


def test_longley_is_judged_as_its_certified_values_judge():
    data = longley.load_pandas()
    X, y = data.exog.to_numpy(), data.endog.to_numpy()
    found, scores = measure(X, y)
    model = LinearRegression().fit(X, y)
    answers = {"normal64": normal_equations(X, y, np.float64), "sklearn": np.append(model.coef_, model.intercept_)}
    for key, answer in answers.items():
        worst = max(abs(got / sure - 1) for got, sure in zip(answer, LONGLEY, strict=True))
        assert scores[key].coefficient_digits == pytest.approx(-log10(worst), abs=0.3)
    assert scores["normal32"].coefficient_digits < 1
    assert scores["exact"].coefficient_digits > 15
    A = np.column_stack([X, np.ones(len(X))])
    assert found.condition == pytest.approx(np.linalg.cond(A / np.linalg.norm(A, axis=0)), rel=1e-8)


def test_the_rule_of_thumb_counts_the_condition_once_or_twice_in_the_precision_at_hand():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((40, 2)) + 300
    found, scores = measure(X, X[:, 0])
    lost = log10(found.condition)
    assert scores["normal64"].expected == pytest.approx(FULL - 2 * lost)
    assert scores["qr64"].expected == pytest.approx(FULL - lost)
    assert scores["lstsq32"].expected == pytest.approx(SINGLE - lost)
    assert scores["normal32"].expected == pytest.approx(max(SINGLE - 2 * lost, 0))
    assert scores["sklearn"].expected == pytest.approx(FULL - log10(found.centred_condition))
    assert scores["exact"].expected is None


@pytest.mark.parametrize("shift", [1e1, 1e3, 1e5])
def test_what_happens_is_near_the_rule_of_thumb(shift):
    rng = np.random.default_rng(1)
    X = rng.standard_normal((100, 3)) + np.array([shift, 0, 0])
    _found, scores = measure(X, X @ [1.0, 2.0, 3.0] + rng.standard_normal(100))
    for key in ("normal64", "qr64", "sklearn"):
        assert scores[key].coefficient_digits == pytest.approx(scores[key].expected, abs=3.5)
    assert scores["qr64"].coefficient_digits > scores["normal64"].coefficient_digits


def test_the_condition_of_centred_columns_is_that_of_the_correlations():
    rng = np.random.default_rng(2)
    X = rng.standard_normal((50, 3)) + 1e3
    X[:, 2] = X[:, 0] + 0.1 * rng.standard_normal(50)
    assert condition_numbers(X, [0, 1, 2])[1] == pytest.approx(np.sqrt(np.linalg.cond(np.corrcoef(X.T))), rel=1e-6)


def test_with_spare_columns_answers_are_compared_without_what_no_prediction_sees():
    rng = np.random.default_rng(0)
    X = np.column_stack([rng.standard_normal(60), np.eye(3)[rng.integers(0, 3, 60)]])
    y = X @ [1.0, 2.0, 3.0, 4.0] + rng.standard_normal(60)
    fit = solve_closed_form(X, y)
    moved = np.append(fit.weights, fit.bias) + 5 * fit.null_space[:, 0].numpy()
    score = score_answer(X, y, fit, "moved", moved[:-1], moved[-1])
    assert score.coefficient_digits > 13
    assert score.prediction_digits > 13
    assert measure(X, y)[1]["sklearn"].coefficient_digits > 12


def test_a_model_that_is_off_by_one_part_in_a_thousand_has_three_digits():
    X = np.arange(10.0)[:, None]
    y = 2 * X[:, 0] + 5 + np.tile([1.0, -1.0], 5)
    fit = solve_closed_form(X, y)
    score = score_answer(X, y, fit, "SGD", fit.weights.numpy() * 1.001, fit.bias)
    assert (score.coefficient_digits, score.worst) == (pytest.approx(3, abs=1e-6), 0)
    apart = X[:, 0] * float(fit.weights[0]) * 0.001
    assert score.prediction_digits == pytest.approx(-log10(np.sqrt(np.mean(apart**2)) / y.std()))
    assert score.loss_digits == pytest.approx(-log10(0.5 * np.mean(apart**2) / fit.loss))


def test_huge_values_overflow_and_are_said_to():
    rng = np.random.default_rng(0)
    _found, scores = measure(rng.standard_normal((20, 2)) * 1e300, rng.standard_normal(20))
    assert scores["normal32"].failure in ("overflows", "raises")
    assert scores["normal64"].failure in ("overflows", "raises")
    assert scores["normal64"].coefficient_digits == 0
    assert scores["exact"].coefficient_digits > 15


def test_exceptions_are_kept_with_class_and_message():
    _found, scores = measure(np.ones((3, 1)), np.array([1.0, 2.0, 3.0]))
    assert scores["normal64"].failure == "raises"
    assert scores["normal64"].error == "LinAlgError: Singular matrix"


@pytest.mark.parametrize("shape", [(1, 1), (3, 1), (3, 8), (30, 300)])
def test_small_and_wide_tables_give_numbers(shape):
    rng = np.random.default_rng(0)
    found, scores = measure(rng.standard_normal(shape), rng.standard_normal(shape[0]))
    assert np.isfinite(found.condition)
    for score in scores.values():
        digits = [score.coefficient_digits, score.prediction_digits, score.loss_digits]
        assert all(0 <= value <= FULL for value in digits)
    assert scores["lstsq64"].prediction_digits > 10


def test_a_loss_of_zero_and_labels_that_never_vary_are_no_trouble():
    X = np.arange(6.0)[:, None]
    for y in (np.zeros(6), np.full(6, 7.0), 2 * X[:, 0]):
        _found, scores = measure(X, y)
        assert scores["sklearn"].prediction_digits > 14
        assert scores["sklearn"].coefficient_digits > 14


def test_a_large_table_lends_rows():
    X = np.random.default_rng(0).standard_normal((3000, 150))
    found, scores = measure(X, X[:, 0])
    assert (found.rows, found.of_rows) == (MOST_NUMBERS // 151**2, 3000)
    assert scores["qr64"].prediction_digits > 12


def test_every_method_has_a_name_of_its_own():
    assert len({method.line.name for method in methods()}) == len(methods())
