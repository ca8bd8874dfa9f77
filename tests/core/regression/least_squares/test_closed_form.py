"""The input and the result of the closed form, with ordinary and odd input."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.linear_model import LinearRegression

from core.errors import InputError
from core.regression.least_squares.closed_form import solve_closed_form
from tests.examples import examples


@pytest.fixture
def problem():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((50, 4))
    return X, X @ [1.0, -2.0, 0.5, 3.0] + 4 + 0.1 * rng.standard_normal(50)


def test_the_fit_is_that_of_scikit_learn(problem):
    X, y = problem
    peer = LinearRegression().fit(X, y)
    fit = solve_closed_form(X, y)
    assert fit.weights.tolist() == pytest.approx(peer.coef_, rel=1e-12)
    assert fit.bias == pytest.approx(peer.intercept_, rel=1e-12)
    assert fit.predict(X).numpy() == pytest.approx(peer.predict(X), rel=1e-12)
    assert fit.loss == pytest.approx(((y - peer.predict(X)) ** 2).mean() / 2, rel=1e-12)


def test_the_fit_without_an_intercept_is_that_of_torch(problem):
    X, y = problem
    peer = torch.linalg.lstsq(torch.tensor(X), torch.tensor(y)).solution
    fit = solve_closed_form(X, y, intercept=False)
    assert fit.weights.tolist() == pytest.approx(peer.tolist(), rel=1e-12)
    assert (fit.bias, fit.columns, fit.rank) == (0.0, 4, 4)


def test_results_are_float64_tensors_of_the_shapes_promised(problem):
    fit = solve_closed_form(*problem)
    assert {fit.weights.dtype, fit.standard_errors.dtype, fit.null_space.dtype} == {torch.float64}
    assert fit.weights.shape == fit.standard_errors.shape == fit.t_statistics.shape == (4,)
    assert fit.confidence_interval.shape == (4, 2)
    assert fit.null_space.shape == (5, 0)
    assert fit.predict(problem[0][:7]).shape == (7,)


def test_the_condition_number_is_that_of_columns_of_length_one_with_the_intercept(problem):
    X, y = problem
    A = np.column_stack([X * [1, 1e6, 1e-6, 1] + [0, 0, 0, 20], np.ones(50)])
    fit = solve_closed_form(A[:, :4], y)
    assert fit.condition_number == pytest.approx(np.linalg.cond(A / np.linalg.norm(A, axis=0)), rel=1e-9)


@pytest.mark.parametrize("degree", [4, 7, 10])
def test_the_condition_number_of_the_exact_road_is_that_of_the_singular_values(degree):
    x = np.linspace(1, 3, 60)
    A = np.stack([x**k for k in range(degree + 1)], axis=1)
    fit = solve_closed_form(A[:, 1:], np.sin(x))
    assert fit.condition_number == pytest.approx(np.linalg.cond(A / np.linalg.norm(A, axis=0)), rel=0.01)


def test_the_road_follows_the_condition_and_not_the_shape(problem):
    X, y = problem
    nearly = np.column_stack([X[:, 0], X[:, 0] + 1e-9 * X[:, 1], X[:, 2:]])
    assert solve_closed_form(X, y).method.startswith("normal equations of centred columns")
    assert solve_closed_form(nearly, y).method.startswith("exact inner products")
    between = np.column_stack([X[:, 0], X[:, 0] + 1e-3 * X[:, 1], X[:, 2:]])
    assert solve_closed_form(between, y).method.startswith("Cholesky factor computed twice")


@pytest.mark.parametrize(
    "form",
    [
        np.asfortranarray,
        lambda values: values.tolist(),
        torch.tensor,
        lambda values: np.repeat(values, 2, axis=0)[::2],
        lambda values: np.lib.stride_tricks.as_strided(values, writeable=False),
    ],
    ids=["Fortran order", "lists", "tensors", "strided", "read-only"],
)
def test_the_form_of_the_input_changes_nothing(problem, form):
    X, y = problem
    fit, plain = solve_closed_form(form(X), form(y)), solve_closed_form(X, y)
    assert fit.weights.tolist() == plain.weights.tolist()
    assert fit.bias == plain.bias


def test_float32_and_whole_numbers_are_taken_at_their_value(problem):
    X, y = (values.astype(np.float32) for values in problem)
    assert (
        solve_closed_form(X, y).weights.tolist() == solve_closed_form(X.astype(float), y.astype(float)).weights.tolist()
    )
    fit = solve_closed_form(np.array([[1, 0], [2, 1], [3, 0], [4, 1]]), np.array([1, 4, 3, 6], dtype=np.int8))
    assert (fit.weights.tolist(), fit.bias, fit.loss) == ([1.0, 2.0], 0.0, 0.0)


def test_nothing_given_is_changed(problem):
    X, y = problem
    copies = X.copy(), y.copy()
    solve_closed_form(X, y)
    assert (copies[0] == X).all()
    assert (copies[1] == y).all()


def test_the_same_input_gives_the_same_bits(problem):
    first, second = solve_closed_form(*problem), solve_closed_form(*problem)
    assert first.weights.tolist() == second.weights.tolist()
    assert first.loss == second.loss


def test_a_tall_table_of_many_blocks_is_solved_to_twelve_digits():
    rng = np.random.default_rng(1)
    X = np.column_stack([rng.standard_normal((70_000, 4)) + 5, np.eye(3)[rng.integers(0, 3, 70_000)][:, 1:]])
    y = X @ np.arange(1.0, 7.0) + rng.standard_normal(70_000)
    fit = solve_closed_form(X, y)
    wanted, residual, *_rest = np.linalg.lstsq(np.column_stack([X, np.ones(70_000)]), y, rcond=None)
    assert np.append(fit.weights, fit.bias) == pytest.approx(wanted, rel=1e-12)
    assert fit.loss == pytest.approx(residual[0] / 140_000, rel=1e-12)
    whole = solve_closed_form(np.asfortranarray(X), y)
    assert whole.weights.tolist() == fit.weights.tolist()


def test_five_hundred_columns_are_no_obstacle():
    rng = np.random.default_rng(2)
    X = rng.standard_normal((600, 500))
    weights = rng.standard_normal(500)
    fit = solve_closed_form(X, X @ weights + 2)
    assert fit.rank == 501
    assert fit.weights.numpy() == pytest.approx(weights, rel=1e-9, abs=1e-11)


EXTREMES = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 1e300, -1e300, 1e-300, 5e-324, 1.7e308, 1e154, 1e-154]),
    st.floats(allow_nan=False, allow_infinity=False),
)


@settings(max_examples=examples(150), deadline=None)
@given(st.data(), st.integers(1, 5), st.integers(1, 4), st.booleans())
def test_any_finite_input_gives_finite_figures_or_says_that_they_are_beyond_float64(data, n, d, intercept):
    X = data.draw(arrays(np.float64, (n, d), elements=EXTREMES))
    y = data.draw(arrays(np.float64, n, elements=EXTREMES))
    try:
        fit = solve_closed_form(X, y, intercept)
    except InputError as error:
        assert "too large for float64" in str(error)
        return
    assert torch.isfinite(fit.weights).all()
    assert torch.isfinite(fit.null_space).all()
    assert np.isfinite([fit.bias, fit.loss]).all()
    assert fit.condition_number >= 1 or fit.rank == 0
    for figure in (fit.residual_deviation, fit.r_squared, fit.adjusted_r_squared, fit.bias_standard_error):
        assert figure is None or np.isfinite(figure)
    assert fit.standard_errors is None or torch.isfinite(fit.standard_errors).all()
    for figures in (fit.t_statistics, fit.confidence_interval):
        assert figures is None or torch.isfinite(figures[fit.determined]).all()
        assert figures is None or torch.isnan(figures[~fit.determined]).all()


def test_a_result_beyond_float64_is_refused_in_words():
    with pytest.raises(InputError, match="too large for float64; divide the columns or the labels by a power of ten"):
        solve_closed_form([[1e-300], [2e-300], [4e-300]], [1e20, 1e21, 1e20])


def test_a_coefficient_too_small_for_float64_has_no_sure_digit():
    fit = solve_closed_form([[1e200], [2e200], [4e200]], [1e-200, 2e-200, 1e-200])
    assert fit.digits == 0.0


def test_standard_errors_of_a_perfect_fit_are_zero_whatever_the_scale():
    fit = solve_closed_form([[1e-300, 1e-300], [1e-300, 1e-300], [1.0, 1e-300]], [0.0, 0.0, 1e300], intercept=False)
    assert fit.standard_errors.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    ("X", "y", "words"),
    [
        ([[1.0], [np.nan]], [1.0, 2.0], "X contains 1 missing or infinite values"),
        ([[1.0], [2.0]], [1.0, np.inf], "y contains 1 missing or infinite values"),
        ([[1.0], [2.0]], [1.0, 2.0, 3.0], "X has length 2 and y has length 3"),
        ([1.0, 2.0], [1.0, 2.0], "X has to be a table"),
        (np.zeros((0, 2)), [], "X has to be a table"),
        (np.zeros((2, 0)), [1.0, 2.0], "X has to be a table"),
        ([["a"], ["b"]], [1.0, 2.0], "X has to hold real numbers only"),
        (torch.ones(2, 1, requires_grad=True), [1.0, 2.0], "X is a tensor that requires grad"),
    ],
)
def test_unusable_input_is_refused_in_words(X, y, words):
    with pytest.raises(InputError, match=words):
        solve_closed_form(X, y)


@pytest.mark.parametrize("names", [["a"], ["a", "b", "c"], "ab", []])
def test_names_have_to_be_one_per_column(names):
    with pytest.raises(InputError, match="one name for each column of X, 2 in all"):
        solve_closed_form([[1.0, 2.0], [3.0, 5.0]], [1.0, 2.0], feature_names=names)


def test_rows_to_predict_need_the_columns_of_the_fit(problem):
    fit = solve_closed_form(*problem)
    with pytest.raises(InputError, match="X needs the columns of the fit, 4 in all; got 3"):
        fit.predict(np.ones((2, 3)))
    with pytest.raises(InputError, match="too large for float64"):
        fit.predict(np.full((1, 4), 1e308))


def test_parameters_to_shrink_need_the_shape_of_the_fit(problem):
    fit = solve_closed_form(*problem)
    with pytest.raises(InputError, match=r"weights needs shape \(4,\)"):
        fit.smallest([1.0, 2.0], 0.0)
    weights, bias = fit.smallest([1.0, 2.0, 3.0, 4.0], 5.0)
    assert (weights.tolist(), bias) == ([1.0, 2.0, 3.0, 4.0], 5.0)
