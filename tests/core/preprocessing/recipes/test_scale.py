"""Scales learnt from training rows: those of scikit-learn, and finite for any values."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.preprocessing import MinMaxScaler, RobustScaler, StandardScaler

from core.preprocessing import ColumnPlan, Recipe
from tests.examples import examples

LARGEST = np.finfo(float).max
PLAIN = st.lists(st.integers(-1000, 1000) | st.none(), min_size=2, max_size=20)
ANY = st.lists(st.floats() | st.none(), min_size=1, max_size=12)


def fit_one(values, scale, fill="mean", encode="number", **options):
    frame = pd.DataFrame({"x": pd.Series(values, dtype=None if encode != "number" else float), "y": range(len(values))})
    return Recipe("y", (ColumnPlan("x", fill, encode, scale=scale, **options),)).fit(frame), frame


@pytest.mark.parametrize(
    ("scale", "oracle"), [("standard", StandardScaler()), ("min_max", MinMaxScaler()), ("robust", RobustScaler())]
)
@settings(max_examples=examples(60), deadline=None)
@given(train=PLAIN, test=PLAIN)
def test_scales_are_those_of_scikit_learn_after_filling(scale, oracle, train, test):
    fitted, frame = fit_one([*train, 1], scale)
    mean = frame["x"].mean()
    oracle.fit(frame[["x"]].fillna(mean).to_numpy())
    new = pd.DataFrame({"x": pd.Series(test, dtype=float), "y": range(len(test))})
    expected = oracle.transform(new[["x"]].fillna(mean).to_numpy())
    np.testing.assert_allclose(fitted.transform(new).X.numpy(), expected, rtol=1e-9, atol=1e-9)


def test_the_log_scale_keeps_the_sign():
    fitted, frame = fit_one([0.0, np.e - 1, 1 - np.e, -0.0, 1e300], "log")
    np.testing.assert_allclose(fitted.transform(frame).X.flatten(), [0, 1, -1, 0, np.log(1e300)], rtol=1e-15)
    assert (fitted.columns[0].centre, fitted.columns[0].spread) == (0, 1)


@pytest.mark.parametrize("scale", ["standard", "min_max", "robust"])
@pytest.mark.parametrize("value", [0.1, -3.0, 1e308, 5e-324])
def test_a_column_that_never_varies_has_spread_1_and_becomes_0(scale, value):
    fitted, frame = fit_one([value, value, None, value], scale)
    assert fitted.columns[0].spread == 1
    assert fitted.transform(frame).X.flatten().tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(("factor", "scale"), [(1e-200, "standard"), (1e200, "standard"), (1e300, "robust")])
def test_a_scale_of_tiny_and_of_huge_numbers_is_that_of_usual_ones(factor, scale):
    usual, _frame = fit_one([1.0, 2.0, 4.0, 9.0], scale)
    extreme, _frame = fit_one([factor, 2 * factor, 4 * factor, 9 * factor], scale)
    assert extreme.columns[0].centre == pytest.approx(usual.columns[0].centre * factor, rel=1e-14)
    assert extreme.columns[0].spread == pytest.approx(usual.columns[0].spread * factor, rel=1e-14)


@pytest.mark.parametrize("scale", ["standard", "min_max", "robust"])
def test_a_result_beyond_the_range_of_floats_is_the_largest_of_its_sign(scale):
    fitted, _frame = fit_one([0.0, 5e-324, 1e-323, 1.5e-323], scale)
    new = pd.DataFrame({"x": [1e300, -1e300], "y": [1, 2]})
    assert fitted.transform(new).X.flatten().tolist() == [LARGEST, -LARGEST]


@pytest.mark.parametrize("scale", ["none", "standard", "min_max", "robust", "log"])
@settings(max_examples=examples(80), deadline=None)
@given(train=ANY, test=ANY, fill=st.sampled_from(["mean", "median", "most_frequent", "forward"]))
def test_no_scale_ever_gives_a_missing_or_infinite_number(scale, train, test, fill):
    fitted, frame = fit_one([*train, 2.5], scale, fill)
    new = pd.DataFrame({"x": pd.Series(test, dtype=float), "y": range(len(test))})
    assert fitted.transform(frame).X.isfinite().all()
    assert fitted.transform(new).X.isfinite().all()


def test_ranks_answers_and_dates_are_scaled_too():
    ranks, frame = fit_one(["a", "b", "c"], "min_max", "most_frequent", "ordinal")
    assert ranks.transform(frame).X.flatten().tolist() == [0, 0.5, 1]
    answers, frame = fit_one(["yes", "no"], "standard", "most_frequent", "yes_no")
    assert answers.transform(frame).X.flatten().tolist() == [1, -1]
    years, frame = fit_one(pd.to_datetime(["2000-05-05", "2020-01-01"]), "min_max", "mean", "date", parts=("year",))
    assert years.transform(frame).X.flatten().tolist() == [0, 1]
