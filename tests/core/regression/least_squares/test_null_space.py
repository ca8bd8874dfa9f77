"""Rank, null space, the minimum-norm solution, and the sentences on dependencies."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.regression.least_squares.closed_form import solve_closed_form
from core.regression.least_squares.linear_dependence import describe, number
from tests.examples import examples


def augmented(X, intercept=True):
    X = np.asarray(X, float)
    return np.column_stack([X, np.ones(len(X))]) if intercept else X


def parameters(fit, intercept=True):
    return np.append(fit.weights, fit.bias) if intercept else fit.weights.numpy()


def assert_smallest_solution(X, y, intercept=True, rel=1e-11):
    fit = solve_closed_form(X, y, intercept)
    A = augmented(X, intercept)
    wanted = np.linalg.lstsq(A, y, rcond=1e-12)[0]
    found = parameters(fit, intercept)
    assert np.linalg.norm(found - wanted) <= rel * np.linalg.norm(wanted)
    directions = fit.null_space.numpy()
    assert directions.shape == (np.shape(X)[1] + 1, fit.columns - fit.rank)
    assert directions.T @ directions == pytest.approx(np.eye(directions.shape[1]), abs=1e-14)
    moved = A @ directions[: A.shape[1]]
    assert np.abs(moved).max(initial=0) <= 1e-13 * np.abs(A).max()
    assert np.abs(directions[: A.shape[1]].T @ found).max(initial=0) <= 1e-13 * np.linalg.norm(found)
    return fit


def one_hot(rng, n, *sizes):
    return np.column_stack([np.eye(size)[rng.integers(0, size, n)] for size in sizes])


def test_all_indicators_of_a_column_beside_an_intercept():
    rng = np.random.default_rng(0)
    X = np.column_stack([rng.standard_normal(40), one_hot(rng, 40, 3, 4)])
    fit = assert_smallest_solution(X, rng.standard_normal(40))
    assert (fit.rank, fit.columns, fit.condition_number) == (7, 9, np.inf)
    assert fit.dependencies == ("“x2” + “x3” + “x4” = 1.", "“x5” + “x6” + “x7” + “x8” = 1.")


def test_two_sets_of_indicators_depend_on_each_other_without_an_intercept():
    rng = np.random.default_rng(0)
    fit = assert_smallest_solution(one_hot(rng, 40, 2, 2), rng.standard_normal(40), intercept=False)
    assert fit.dependencies == ("“x3” + “x4” = “x1” + “x2”.",)
    assert fit.bias == 0.0
    assert fit.null_space[-1].tolist() == [0.0]


def test_names_stand_in_the_sentences():
    table = pd.get_dummies(pd.DataFrame({"Alley": ["Pave", None, "Pave", None]}), dummy_na=True, dtype=float)
    fit = solve_closed_form(table.to_numpy(), [1.0, 2.0, 4.0, 3.0], feature_names=list(table))
    assert fit.dependencies == ("“Alley_Pave” + “Alley_nan” = 1.",)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (lambda a, b: [a, b, np.full_like(a, 0.5)], "“x3” is constant: it is 0.5 in every row."),
        (lambda a, b: [a, b, np.zeros_like(a)], "“x3” is constant: it is 0 in every row."),
        (lambda a, b: [a, b, a], "“x3” = “x1”."),
        (lambda a, b: [a, b, 2 * a], "“x3” = 2 × “x1”."),
        (lambda a, b: [a, b, a + b], "“x3” = “x1” + “x2”."),
        (lambda a, b: [a, b, a - b], "“x2” + “x3” = “x1”."),
        (lambda a, b: [a, b, (a + b) / 2], "“x3” = 0.5 × “x1” + 0.5 × “x2”."),
        (lambda a, b: [a, b, (a + b) / 3], "“x3” = 1/3 × “x1” + 1/3 × “x2”."),
        (lambda a, b: [a, b, 1.8 * a + 32], "“x3” = 1.8 × “x1” + 32."),
        (lambda a, b: [a, b, 1e9 * a], "“x3” = 1000000000 × “x1”."),
        (lambda a, b: [a, b, 1e-9 * a - 4], "“x3” = 1e-09 × “x1” − 4."),
        (lambda a, b: [a, b, 0.1 * a + 0.7 * b - 0.3], "“x3” = 0.1 × “x1” + 0.7 × “x2” − 0.3."),
    ],
)
@pytest.mark.parametrize("seed", range(3))
def test_a_computed_column_is_found_and_named_although_its_entries_are_rounded(columns, sentence, seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(10, 3, 60), rng.normal(size=60)
    X = np.column_stack(columns(a, b))
    fit = assert_smallest_solution(X, rng.standard_normal(60), rel=1e-8)
    assert fit.rank == 3
    assert fit.dependencies == (sentence,)


@pytest.mark.parametrize("terms", [2, 10, 40])
def test_a_sum_and_a_mean_of_many_columns_depend_on_them(terms):
    rng = np.random.default_rng(terms)
    parts = rng.gamma(2, size=(200, terms))
    for computed in (parts.sum(axis=1), parts.mean(axis=1), parts @ rng.random(terms)):
        fit = solve_closed_form(np.column_stack([parts, computed]), rng.standard_normal(200))
        assert fit.rank == terms + 1


def test_a_standardised_copy_depends_on_the_column():
    rng = np.random.default_rng(3)
    a = rng.lognormal(8, 1, 300)
    fit = solve_closed_form(np.column_stack([a, (a - a.mean()) / a.std()]), rng.standard_normal(300))
    assert fit.rank == 2


@pytest.mark.parametrize("noise", [1e-14, 1e-12, 1e-8, 1e-4])
def test_a_column_with_noise_above_rounding_is_no_copy(noise):
    rng = np.random.default_rng(4)
    a = rng.normal(size=60)
    fit = solve_closed_form(np.column_stack([a, a + noise * rng.normal(size=60)]), rng.standard_normal(60))
    assert (fit.rank, fit.dependencies) == (3, ())


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("factor", [1e-150, 1e-9, 1.0, 1e9, 1e150])
def test_scaling_a_column_changes_neither_rank_nor_predictions(factor, intercept):
    rng = np.random.default_rng(5)
    a, b, c = rng.normal(size=(3, 30))
    labels = rng.normal(size=30)
    plain = solve_closed_form(np.column_stack([a, b, a + b, c]), labels, intercept)
    X = np.column_stack([a, b * factor, a + b, c])
    scaled = solve_closed_form(X, labels, intercept)
    assert scaled.rank == plain.rank == 3 + intercept
    assert scaled.loss == pytest.approx(plain.loss, rel=1e-12)
    nearly = solve_closed_form(np.column_stack([a, b * factor, c]), labels, intercept)
    assert nearly.rank == 3 + intercept


@pytest.mark.parametrize(("n", "d"), [(1, 1), (1, 5), (3, 3), (4, 9), (20, 60), (60, 100)])
@pytest.mark.parametrize("intercept", [True, False])
def test_fewer_rows_than_columns_give_the_smallest_of_the_perfect_fits(n, d, intercept):
    rng = np.random.default_rng(n + d)
    fit = assert_smallest_solution(rng.standard_normal((n, d)) + 3, rng.standard_normal(n), intercept, rel=1e-10)
    assert fit.rank == n
    assert (fit.loss, fit.residual_deviation, fit.standard_errors) == (0.0, None, None)


def test_a_large_constant_column_shares_the_bias_in_the_smallest_solution():
    fit = solve_closed_form([[2020.0], [2020.0], [2020.0]], [1.0, 2.0, 6.0])
    assert fit.weights.tolist() == pytest.approx([3 * 2020 / (2020**2 + 1)], rel=1e-15)
    assert fit.bias == pytest.approx(3 / (2020**2 + 1), rel=1e-15)


def test_copies_of_very_different_size_share_in_proportion_to_it():
    a = np.array([1.0, 2.0, 4.0])
    fit = solve_closed_form(np.column_stack([a, 1e8 * a]), 3 * a, intercept=False)
    assert fit.weights.tolist() == pytest.approx([3 / (1 + 1e16), 3e8 / (1 + 1e16)], rel=1e-15)


def test_a_duplicate_row_of_zeros_and_a_zero_column_change_nothing():
    fit = solve_closed_form([[0.0, 1.0], [0.0, 2.0], [0.0, 0.0], [0.0, 0.0]], [2.0, 4.0, 0.0, 0.0])
    assert fit.weights.tolist() == [0.0, 2.0]
    assert fit.bias == 0.0
    assert fit.rank == 2


def test_the_smallest_form_of_any_parameters_predicts_the_same():
    rng = np.random.default_rng(6)
    X = one_hot(rng, 50, 3, 5)
    fit = solve_closed_form(X, rng.standard_normal(50))
    weights, bias = rng.standard_normal(8), 7.0
    small_weights, small_bias = fit.smallest(weights, bias)
    assert X @ small_weights.numpy() + small_bias == pytest.approx(X @ weights + bias, abs=1e-13)
    assert np.append(small_weights, small_bias) == pytest.approx(
        np.linalg.pinv(augmented(X)) @ (X @ weights + bias), abs=1e-13
    )


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 12), st.integers(1, 6), st.integers(1, 6), st.booleans())
def test_any_product_of_thin_matrices_gives_the_solution_of_lstsq(seed, n, inner, d, intercept):
    rng = np.random.default_rng(seed)
    X = rng.integers(-4, 5, (n, inner)) @ rng.integers(-4, 5, (inner, d))
    y = rng.standard_normal(n)
    fit = solve_closed_form(X, y, intercept)
    A = augmented(X, intercept)
    assert fit.rank == np.linalg.matrix_rank(A)
    wanted = np.linalg.lstsq(A, y, rcond=1e-11)[0]
    assert parameters(fit, intercept) == pytest.approx(wanted, rel=1e-8, abs=1e-8)


def test_a_long_relation_is_cut_after_six_columns():
    names = [f"d{index}" for index in range(9)]
    assert (
        describe("d9", 1.0, [(-1.0, name) for name in names]) == "“d0” + “d1” + “d2” + “d3” + “d4” + “d5” + 4 more = 1."
    )
    assert describe("sum", 0.0, [(1.0, name) for name in names]) == "“sum” = “d0” + “d1” + “d2” + “d3” + “d4” + 4 more."
    both = [(-1.0 if index % 2 else 1.0, name) for index, name in enumerate(names)]
    assert describe("z", 0.0, both).count("“") <= 6


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.0, "1"),
        (-2.0, "−2"),
        (1 / 3, "1/3"),
        (0.1, "0.1"),
        (1.8, "1.8"),
        (1e9, "1000000000"),
        (5 / 7, "5/7"),
        (0.0, "0"),
    ],
)
def test_numbers_are_written_as_people_write_them(value, words):
    assert number(value) == words


@pytest.mark.parametrize("factor", [float("inf"), 0.0])
def test_a_proportion_beyond_float64_is_not_written_as_a_number(factor):
    assert describe("b", 0.0, [(factor, "a")]) == "“b” depends on “a”, in proportions beyond float64."
    assert describe("b", float("inf"), [(1.0, "a")]) == "“b” depends on “a”, in proportions beyond float64."
