"""What is taken for numbers where arrays enter, and the true reason where something is refused."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import polars as pl
import pytest
import torch

from core.autograd import trace
from core.errors import InputError
from core.regression import compare, make_synthetic, solve_closed_form, solve_ridge, stability_limit, sweep, train_sgd
from core.regression.data.validation import as_array, check_size
from core.regression.diagnostics.influence import find_influence, leave_each_out
from core.regression.diagnostics.leverage import fit_leverage
from core.tensors import cumsum, frobenius_norm, reduce, vector_norm

PLAIN = [[2.5, 1.0], [0.5, 0.0], [3.0, 1.0]]
FRAME = pd.DataFrame({"area": [2.5, 0.5, 3.0], "garden": [True, False, True]})


@pytest.mark.parametrize(
    "values",
    [
        FRAME,
        FRAME.convert_dtypes(),
        FRAME.convert_dtypes(dtype_backend="pyarrow"),
        FRAME.astype(object),
        FRAME.astype({"garden": "Sparse[float]"}),
        FRAME.astype({"garden": "uint8"}),
        pd.get_dummies(pd.DataFrame({"area": [2.5, 0.5, 3.0], "g": ["a", "b", "a"]})).iloc[:, :2],
        pl.from_pandas(FRAME),
        torch.tensor(PLAIN, dtype=torch.bfloat16),
        torch.tensor(PLAIN, dtype=torch.float8_e5m2),
        torch.tensor(PLAIN, dtype=torch.float16),
        np.array(PLAIN, dtype=np.longdouble),
        np.ma.masked_array(PLAIN),
        [[Fraction(5, 2), True], [Decimal("0.5"), np.False_], [3, 1]],
    ],
)
def test_real_numbers_of_every_type_are_taken(values):
    taken = as_array(values, "X")
    assert taken.dtype == np.float64
    assert taken.tolist() == PLAIN


def test_whole_numbers_beyond_64_bits_are_floats_and_those_beyond_float64_infinite():
    assert as_array([2**90, -(3**50)], "y").tolist() == [float(2**90), -float(3**50)]
    with pytest.raises(InputError, match="y contains 1 missing or infinite values"):
        as_array([10**309, 1], "y")


@pytest.mark.parametrize(
    "values",
    [
        pd.DataFrame({"a": [1.0, None, 3.0], "b": [True, False, True]}),
        pd.DataFrame({"a": [1, None, 3], "b": [1, 2, 3]}).convert_dtypes(),
        pd.DataFrame({"a": [1, None, 3], "b": [0.5, 2, 3]}).convert_dtypes(dtype_backend="pyarrow"),
        pd.Series([True, None, False], dtype="boolean"),
        [[1.0, None], [2.0, 3.0]],
        np.ma.masked_equal([[1, -999], [3, 4]], -999),
        [np.ma.masked_equal([1, -999], -999), np.array([3, 4])],
    ],
)
def test_what_is_missing_is_counted_as_missing(values):
    with pytest.raises(InputError, match="X contains 1 missing or infinite values; fill or drop them first"):
        as_array(values, "X")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (torch.eye(3).to_sparse(), r"X is sparse; pass X.to_dense\(\) instead"),
        ([[1.0, 2.0], [3.0]], "The rows of X differ in length"),
        (FRAME.assign(name=list("abc")), "its column “name” does not; encode it first"),
        (FRAME.assign(day=pd.Timestamp("2026-02-03")), "its column “day” does not; encode it first"),
        (np.array([[1 + 2j]]), "X has to hold real numbers only"),
        ([["7"]], "X has to hold real numbers only"),
        (np.array(["2020-01-01"], dtype="datetime64[D]"), "X has to hold real numbers only"),
        ({"a": 1}, "X has to hold real numbers only"),
        (torch.ones(2, requires_grad=True), r"pass X.detach\(\) instead"),
    ],
)
def test_a_refusal_gives_the_true_reason(values, reason):
    with pytest.raises(InputError, match=reason):
        as_array(values, "X")


def test_a_sparse_matrix_of_scipy_says_how_to_make_it_dense():
    from scipy import sparse

    with pytest.raises(InputError, match=r"X is sparse; pass X.toarray\(\) instead"):
        solve_closed_form(sparse.eye(3), [1.0, 2.0, 3.0])


def test_what_is_masked_is_nan_wherever_nan_is_welcome():
    masked = np.ma.masked_greater([[1.0, 2.0], [3.0, 5000.0]], 100)
    assert reduce(masked, "sum", axis=1).tolist() == pytest.approx([3.0, np.nan], nan_ok=True)
    assert cumsum(masked, 1).tolist()[1] == pytest.approx([3.0, np.nan], nan_ok=True)
    assert np.isnan(vector_norm(masked).item())
    assert np.isnan(frobenius_norm(masked).item())
    assert np.isnan(trace("sum(x)", x=masked[1]).end.value)
    assert reduce(np.ma.masked_array([1.0, 2.0]), "sum").item() == 3.0


@pytest.mark.parametrize("penalty", [-2.5, 0, 0.0, float("nan"), float("inf"), None, "2", True, [1.0], 10**400])
def test_a_penalty_that_is_none_is_what_the_refusal_is_about(penalty):
    with pytest.raises(InputError, match="penalty has to be a finite number above 0"):
        solve_ridge([[1.0], [3.0], [4.0]], [2.0, 2.0, 5.0], penalty)


def test_sizes_beyond_what_is_taken_are_refused_with_the_range():
    for value in (-1.0, 1e101, 10**400, float("nan"), True, "1"):
        with pytest.raises(InputError, match="penalty has to be a number from 0 to 1e100"):
            check_size(value, "penalty")
    with pytest.raises(InputError, match="penalty can be at most 1e100"):
        solve_ridge([[1.0], [3.0]], [2.0, 2.0], 1e101)


X, Y = [[0.0, 1.0], [1.0, 0.5], [3.0, 2.0], [4.0, -1.0], [2.0, 7.0]], [1.0, 2.0, 2.5, 5.0, 0.0]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: solve_closed_form(X, Y, feature_names=(name for name in "ab")),
        lambda: solve_closed_form(X, Y, feature_names=7),
        lambda: train_sgd(X, Y, batch_size=2, feature_names=iter("ab")),
        lambda: train_sgd(X, Y, batch_size=2, fit="closed form"),
        lambda: train_sgd(X, Y, batch_size=2, initial=5),
        lambda: compare(train_sgd(X, Y, batch_size=2), None, X, Y),
        lambda: find_influence(X, Y, 5),
        lambda: solve_closed_form(X, Y, confidence=1 - 1e-16),
        lambda: solve_closed_form(X, Y, confidence=10**400),
        lambda: solve_closed_form(X, Y, confidence="0.9"),
        lambda: solve_closed_form(None, Y),
        lambda: stability_limit("X"),
        lambda: reduce([1.0], ["sum"]),
        lambda: reduce([1.0], {"how": "sum"}),
        lambda: reduce([1.0], None),
        lambda: vector_norm([1.0], [2]),
        lambda: vector_norm([10**400]),
        lambda: cumsum([1.0], "x"),
        lambda: trace("x", x=10**400),
        lambda: trace("x", x=object()),
        lambda: make_synthetic(n="10"),
        lambda: sweep(X, Y, learning_rates=["fast"], batch_sizes=[1]),
        lambda: fit_leverage(X, 3),
    ],
)
def test_arguments_of_a_wrong_kind_are_refused_in_words(ask):
    with pytest.raises(InputError) as refused:
        ask()
    assert "power of ten" not in str(refused.value)


def test_without_names_the_coefficients_are_numbered():
    rng = np.random.default_rng(0)
    table, labels = rng.standard_normal((12, 2)), rng.standard_normal(12)
    fit = solve_closed_form(table, labels)
    told = leave_each_out(find_influence(table, labels, fit), table, fit, np.arange(12), None)
    assert set(told["coefficient"]) == {"w1", "w2", "bias"}
