"""Powers and products are those of scikit-learn, in exact arithmetic where it is small, and add what they should."""

from fractions import Fraction

import numpy as np
import pytest
from sklearn.preprocessing import PolynomialFeatures

from core.errors import InputError
from core.regression import solve_closed_form
from core.regression.data.polynomial_features import expand


def rows(n=50, d=4, seed=0):
    return np.random.default_rng(seed).standard_normal((n, d)) + np.arange(d)


@pytest.mark.parametrize("degree", [1, 2, 3, 5])
@pytest.mark.parametrize("products", [False, True])
@pytest.mark.parametrize("centre", [False, True])
def test_features_are_those_of_scikit_learn(degree, products, centre):
    X = rows()
    made = expand(X, list("abcd"), degree=degree, products=products, centre=centre)
    oracle = PolynomialFeatures(degree=max(degree, 2), include_bias=False)
    raised = oracle.fit_transform(X - X.mean(axis=0) if centre else X)
    places = {tuple(powers): j for j, powers in enumerate(oracle.powers_)}
    unit = np.eye(4, dtype=int)
    expected = {
        f"{name}{mark}": (power + 1) * unit[j]
        for j, name in enumerate("abcd")
        for power, mark in enumerate(["", "²", "³", "⁴", "⁵"][:degree])
    }
    if products:
        expected |= {f"{'abcd'[i]} · {'abcd'[j]}": unit[i] + unit[j] for i in range(4) for j in range(i + 1, 4)}
    assert set(made.names) == set(expected)
    features = made.transform(X)
    for j, name in enumerate(made.names):
        column = X[:, j] if j < 4 else raised[:, places[tuple(expected[name])]]
        np.testing.assert_allclose(features[:, j], column, rtol=1e-13, atol=1e-13)


def test_small_cases_are_exact():
    X = [[1, 4], [3, -2], [8, 1]]
    made = expand(X, ["a", "b"], degree=2, products=True)
    assert made.names == ("a", "b", "a²", "b²", "a · b")
    for column, (a, b) in zip(made.transform(X), X, strict=True):
        centred = Fraction(a) - Fraction(12, 3), Fraction(b) - Fraction(3, 3)
        assert column.tolist() == [a, b, centred[0] ** 2, centred[1] ** 2, centred[0] * centred[1]]


def test_the_centres_are_learnt_from_the_training_rows_only():
    made = expand([[0.0], [1.0], [5.0]], ["x"], degree=2)
    assert made.centre.tolist() == [2.0]
    assert made.transform([[100.0]]).tolist() == [[100.0, 98.0**2]]


def test_indicators_have_no_powers_and_those_of_one_category_no_products():
    levels = np.eye(3)[[0, 1, 2, 0, 1, 2, 0]]
    X = np.column_stack([levels, np.arange(7.0), [0, 0, 1, 1, 0, 0, 0]])
    made = expand(X, ["A", "B", "C", "size", "male"], degree=3, products=True)
    assert not {"A²", "male²", "A · B", "A · C", "B · C"} & set(made.names)
    assert {"size²", "size³", "A · size", "A · male", "C · male", "size · male"} <= set(made.names)


def test_a_product_of_two_valued_columns_that_adds_nothing_is_left_out():
    inner = np.array([1.0, 1, 0, 0, 0, 0])  # every row of it lies in outer: their product is inner again
    outer = np.array([1.0, 1, 1, 1, 0, 0])
    crossed = np.array([1.0, 0, 1, 0, 1, 0])
    made = expand(np.column_stack([inner, outer, crossed]), ["inner", "outer", "crossed"], products=True)
    assert made.names[3:] == ("inner · crossed", "outer · crossed")


def test_a_column_of_few_values_gets_only_the_powers_that_these_can_tell_apart():
    X = np.array([[1.0], [2.0], [4.0], [1.0], [2.0], [4.0]])
    made = expand(X, ["x"], degree=5)
    assert made.names == ("x", "x²")
    fit = solve_closed_form(made.transform(X), np.array([3.0, -1.0, 7.0, 3.0, -1.0, 7.0]))
    assert fit.loss < 1e-25


def test_a_constant_column_is_neither_raised_nor_multiplied():
    made = expand([[5.0, 1.0], [5.0, 2.0], [5.0, 4.0]], ["five", "x"], degree=3, products=True)
    assert made.names == ("five", "x", "x²")


def test_a_product_that_is_constant_is_left_out():
    x = np.array([1.0, 2.0, 4.0, 8.0])
    assert expand(np.column_stack([x, 1 / x]), ["x", "y"], products=True).names == ("x", "y")


@pytest.mark.parametrize("centre", [False, True])
def test_centring_changes_no_prediction_but_the_condition(centre):
    X = 100 + rows(d=2)
    y = (X[:, 0] - 100) ** 2 + X[:, 1]
    made = expand(X, ["a", "b"], degree=2, centre=centre).transform(X)
    fit = solve_closed_form(made, y)
    np.testing.assert_allclose(made @ fit.weights.numpy() + fit.bias, y, rtol=1e-9)
    condition = np.linalg.cond(np.corrcoef(made.T))
    assert condition < 3 if centre else condition > 30_000


def test_three_rows_one_feature_and_no_names():
    assert expand([[1.0], [2.0], [4.0]], degree=2).names == ("x1", "x1²")


def test_a_name_that_is_taken_gets_a_prime():
    assert expand([[1.0, 3.0], [2.0, 1.0], [4.0, 2.0]], ["x", "x²"], degree=2).names == ("x", "x²", "x²′", "x²²")


def test_what_it_makes_does_not_change_its_input():
    X = rows()
    kept = X.copy()
    expand(X, degree=3, products=True).transform(X)
    np.testing.assert_array_equal(X, kept)


def test_powers_lost_in_underflow_are_left_out():
    assert expand([[1e-200], [2e-200], [4e-200]], ["x"], degree=2).names == ("x",)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"X": rows(), "degree": 0}, "degree has to be a whole number from 1 to 9; got 0."),
        ({"X": rows(), "degree": 1.5}, "degree has to be a whole number from 1 to 9; got 1.5."),
        ({"X": rows(d=80), "products": True}, "Powers and products would make 3,240 features, and at most 2,000"),
        ({"X": [[np.nan]]}, "X contains 1 missing or infinite values"),
        ({"X": rows(), "feature_names": ["a"]}, "feature_names needs one name for each column of X, 4 in all; got 1"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(arguments, words):
    with pytest.raises(InputError, match=words):
        expand(**arguments)


def test_features_beyond_what_can_be_trained_on_are_refused():
    made = expand([[1e60], [2e60], [4e60]], degree=2)
    with pytest.raises(InputError, match="Powers or products exceed 1e100; scale the columns first"):
        made.transform([[1e60]])
    with pytest.raises(InputError, match=r"X has shape \(n, 2\), but the features are made from \(n, 1\)"):
        made.transform([[1.0, 2.0]])


def test_three_hundred_columns_of_indicators_are_judged_quickly_and_within_the_limit():
    levels = np.eye(300)[np.arange(900) % 300]
    assert len(expand(levels, degree=4, products=True).names) == 300
