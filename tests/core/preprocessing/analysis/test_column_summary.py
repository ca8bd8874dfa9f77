"""Mean, spread, correlation and bins are those of numpy and pandas, over the whole range of float64."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.preprocessing.analysis import column_summary
from tests.examples import examples

COLUMN = st.lists(st.just(np.nan) | st.integers(-1000, 1000).map(float), min_size=1, max_size=30).map(np.array)


@given(COLUMN)
@settings(max_examples=examples(100), deadline=None)
def test_mean_and_spread_are_numpys(values):
    present = values[~np.isnan(values)]
    mean, spread = column_summary.mean_and_spread(values)
    if len(present):
        np.testing.assert_allclose([mean, spread], [present.mean(), present.std()], rtol=1e-12, atol=1e-12)
    else:
        assert np.isnan([mean, spread]).all()


@given(st.integers(0, 2**32 - 1), st.integers(2, 40))
@settings(max_examples=examples(60), deadline=None)
def test_correlation_is_that_of_pandas_over_the_rows_where_both_are_there(seed, rows):
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(rng.integers(-3, 4, (rows, 2)).astype(float)).mask(rng.random((rows, 2)) < 0.2)
    found = column_summary.correlation(frame[0].to_numpy(), frame[1].to_numpy())
    both = frame.dropna()
    if len(both) < 2 or both.nunique().min() < 2:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(both.corr().iloc[0, 1], abs=1e-12)


@pytest.mark.parametrize("scale", [1e-300, 1e-5, 1.0, 1e150, 1e307])
def test_scale_changes_nothing_but_the_scale(scale):
    x, y = np.array([1.0, 2.0, 4.0, 3.0]), np.array([2.0, 1.0, 5.0, 5.0])
    assert column_summary.correlation(x * scale, y * scale) == pytest.approx(np.corrcoef(x, y)[0, 1])
    assert column_summary.mean_and_spread(x * scale) == pytest.approx((2.5 * scale, x.std() * scale))
    assert column_summary.root_mean_square(x * scale) == pytest.approx(np.sqrt(7.5) * scale)


def test_a_column_that_never_varies_has_no_correlation():
    assert np.isnan(column_summary.correlation(np.full(5, 0.1), np.arange(5.0)))
    assert np.isnan(column_summary.correlation(np.array([1.0]), np.array([2.0])))


@given(COLUMN, COLUMN)
@settings(max_examples=examples(60), deadline=None)
def test_every_value_falls_into_one_bin_and_bins_are_numpys(first, second):
    edges = column_summary.equal_bins([first, second])
    assert len(edges) == column_summary.BINS + 1
    assert (np.diff(edges) > 0).all()
    for values in (first, second):
        counts = column_summary.count_in_bins(values, edges)
        present = values[~np.isnan(values)]
        assert counts.sum() == len(present)
        assert counts.tolist() == np.histogram(present, edges)[0].tolist()


@pytest.mark.parametrize("values", [[1e308], [-1.7e308, 1.7e308], [5e-324, 0.0], [1.0, np.nextafter(1.0, 2)]])
def test_bins_hold_at_the_ends_of_the_range(values):
    edges = column_summary.equal_bins([np.array(values)])
    assert np.isfinite(edges).all()
    assert column_summary.count_in_bins(np.array(values), edges).sum() == len(values)


def test_the_correlation_that_changed_most_is_named():
    before = {"a": 0.5, "b": 0.1, "c": np.nan}
    assert column_summary.largest_change(before, {"a": 0.4, "b": 0.4, "c": 1.0}) == (pytest.approx(0.3), "b")
    assert column_summary.largest_change(before, before) == (0, "")
    change, name = column_summary.largest_change({"c": np.nan}, {"c": 1.0})
    assert np.isnan(change)
    assert name == ""
