"""What a fill did is measured as pandas measures it, and the textbook's facts hold to the last digits."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import (
    ColumnPlan,
    Recipe,
    compare_fills,
    fill_effects,
    keep_missing,
    mask_cells,
    read_table,
    split_rows,
    suggest_recipe,
)
from tests.examples import examples

NUMBERS = st.lists(st.none() | st.integers(-50, 50), min_size=3, max_size=25).filter(lambda x: len(set(x) - {None}) > 1)


def frame_of(values) -> pd.DataFrame:
    rng = np.random.default_rng(len(values))
    x = pd.Series(values, dtype=float)
    return pd.DataFrame({"x": x, "z": rng.normal(size=len(x)), "y": rng.normal(size=len(x))})


def plan(fill, encode="number", constant=None) -> Recipe:
    return Recipe("y", (ColumnPlan("x", fill, encode, constant), ColumnPlan("z", "mean", "number")))


@given(NUMBERS)
@settings(max_examples=examples(60), deadline=None)
def test_filling_with_the_mean_shrinks_the_variance_by_exactly_the_share_of_gaps(values):
    compared = compare_fills(frame_of(values), plan("mean"), "x")
    present = [Fraction(value) for value in values if value is not None]
    mean = sum(present) / len(present)
    variance = sum((value - mean) ** 2 for value in present) / len(present)
    filled = [mean if value is None else Fraction(value) for value in values]
    shrunk = sum((value - mean) ** 2 for value in filled) / len(filled)
    assert shrunk == variance * Fraction(len(present), len(values))
    assert compared.way("mean")["spread"] ** 2 == pytest.approx(float(shrunk), rel=1e-9)
    assert compared.shrunk_spread**2 == pytest.approx(float(shrunk), rel=1e-9)
    assert compared.way("present")["spread"] ** 2 == pytest.approx(float(variance), rel=1e-9)


@given(NUMBERS)
@settings(max_examples=examples(40), deadline=None)
def test_every_measure_is_that_of_pandas(values):
    frame = frame_of(values)
    compared = compare_fills(frame, plan("mean"), "x")
    x = frame["x"]
    by_hand = {
        "present": x.dropna(),
        "mean": x.fillna(x.mean()),
        "median": x.fillna(x.median()),
        "most_frequent": x.fillna(x.mode().min()),
        "constant": x.fillna(0.0),
        "drop_rows": x.dropna(),
    }
    before = x.corr(frame["z"])
    for way, filled in by_hand.items():
        measured = compared.way(way)
        assert measured["rows"] == len(filled)
        assert measured["filled"] == (x.isna().sum() if way not in ("present", "drop_rows") else 0)
        np.testing.assert_allclose(measured["mean"], filled.mean(), rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(measured["spread"], filled.std(ddof=0), rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(measured["correlation"], filled.corr(frame["y"]), atol=1e-9)
        change = filled.corr(frame["z"]) - before
        np.testing.assert_allclose(measured["largest_change"], change, atol=1e-9)
        assert np.isnan(measured["error"])


def test_the_correlation_with_the_label_shrinks_as_the_mean_fills():
    frame = frame_of([*range(20), *[None] * 12])
    compared = compare_fills(frame, plan("mean"), "x")
    present = frame.dropna()
    expected = (
        present["x"].corr(present["y"])
        * np.sqrt(len(present) / len(frame))
        * present["y"].std(ddof=0)
        / frame["y"].std(ddof=0)
    )
    assert compared.way("mean")["correlation"] == pytest.approx(expected, rel=1e-12)


def test_the_error_is_that_of_the_cells_whose_truth_is_known():
    truth = pd.Series([1.0, 2.0, 3.0, 10.0, np.nan])
    frame = pd.DataFrame({"x": [1.0, 2.0, np.nan, np.nan, np.nan], "z": [1.0, 2, 3, 4, 5], "y": [1.0, 3, 2, 5, 4]})
    compared = compare_fills(frame, plan("mean"), "x", truth)
    assert compared.way("truth")["mean"] == truth.mean()
    assert compared.way("truth")["error"] == 0
    assert compared.way("mean")["error"] == pytest.approx(np.sqrt(((3 - 1.5) ** 2 + (10 - 1.5) ** 2) / 2))
    assert compared.way("constant")["error"] == pytest.approx(np.sqrt((9 + 100) / 2))
    assert np.isnan(compared.way("drop_rows")["error"])


def test_a_fill_that_looks_at_other_columns_comes_closer_than_the_mean_where_they_tell():
    rng = np.random.default_rng(0)
    z = rng.normal(size=200)
    frame = pd.DataFrame({"x": 3 * z + 0.1 * rng.normal(size=200), "z": z, "y": rng.normal(size=200)})
    gapped = mask_cells(frame, 0.3, spare=["z", "y"])
    compared = compare_fills(gapped, plan("mean"), "x", frame["x"])
    error = compared.measured.set_index("way")["error"]
    assert error["iterative"] < error["nearest"] < 0.5 * error["mean"]
    assert compared.refused == {}


def test_categories_are_counted_and_gaps_of_their_own_are_a_class():
    frame = pd.DataFrame({"x": ["a", "a", "b", None, None], "y": [1.0, 2, 3, 4, 5]})
    recipe = Recipe("y", (ColumnPlan("x", "own_class", "one_hot"),))
    compared = compare_fills(frame, recipe, "x", pd.Series(["a", "a", "b", "b", "a"]))
    assert not compared.is_numeric
    found = compared.measured.set_index("way")[["rows", "filled", "classes", "top", "top_share", "error"]]
    assert found.loc["present"].tolist()[:5] == [3, 0, 2, "a", pytest.approx(2 / 3)]
    assert found.loc["own_class"].tolist()[:4] == [5, 2, 3, "a"]
    assert np.isnan(found.loc["own_class", "error"])
    assert found.loc["most_frequent"].tolist() == [5, 2, 2, "a", 0.8, 0.5]
    assert found.loc["constant", "error"] == 1
    assert found.loc["forward"].tolist() == [5, 2, 2, "b", 0.6, 0.5]
    assert found.loc["drop_rows", "rows"] == 3
    counts = compared.distribution.set_index(["way", "part", "value"])["count"]
    assert counts["own_class", "filled", "nan"] == 2
    assert counts["truth", "filled", "b"] == 1
    assert counts["constant", "filled", "unknown"] == 2


def test_of_many_categories_the_rest_is_one_and_no_row_is_lost():
    values = [f"v{row % 30}" for row in range(90)] + [None] * 10
    frame = pd.DataFrame({"x": values, "y": np.arange(100.0)})
    recipe = Recipe("y", (ColumnPlan("x", "own_class", "one_hot"),))
    distribution = compare_fills(frame, recipe, "x").distribution
    for way, rows in {"present": 90, "own_class": 100, "most_frequent": 100, "drop_rows": 90}.items():
        counts = distribution[distribution["way"] == way]
        assert counts["count"].sum() == rows
        assert counts["value"].isna().any()
        assert counts["value"].nunique() <= 13


def test_each_value_is_in_one_bin_and_filled_ones_are_told_apart():
    frame = frame_of([1.0, 2.0, None, 4.0, None])
    compared = compare_fills(frame, plan("mean"), "x")
    counts = compared.distribution.groupby(["way", "part"])["count"].sum()
    assert counts["present", "present"] == 3
    assert counts["present", "filled"] == 0
    assert counts["mean", "filled"] == 2
    assert counts["drop_rows", "present"] == 3
    bins = compared.distribution.query("way == 'mean' and part == 'filled' and count > 0").iloc[0]
    assert bins["low"] <= 7 / 3 <= bins["high"]


def test_a_constant_far_away_does_not_squeeze_the_others():
    far = compare_fills(frame_of([101.0, 102.0, None, 104.0]), plan("constant", constant=0), "x").distribution
    edges = far.groupby("way")["low"].min()
    assert edges["mean"] == 101
    assert edges["constant"] == 0


def test_dates_are_measured_in_days():
    when = pd.to_datetime(pd.Series(["2020-01-01", None, "2020-01-03", "2020-01-08"]))
    frame = pd.DataFrame({"x": when, "y": [1.0, 2, 3, 4]})
    compared = compare_fills(frame, suggest_recipe(frame, "y"), "x")
    assert compared.is_date
    assert compared.way("mean")["mean"] == pytest.approx(18262 + 3)
    assert compared.way("median")["filled"] == 1
    assert "constant" not in set(compared.measured["way"])


def test_the_plan_in_use_is_measured_before_and_after_on_every_column_with_gaps():
    frame = read_table("data/penguins.csv").frame
    recipe = suggest_recipe(frame, "body_mass_g")
    gapped = mask_cells(frame, 0.2, spare=["body_mass_g"])
    train, _test = split_rows(gapped, recipe)
    rows = gapped.loc[train]
    effects = fill_effects(rows, recipe.fit(rows)).set_index("column")
    assert set(effects.index) == set(rows.columns[rows.isna().any()])
    bill = effects.loc["bill_length_mm"]
    filled = rows["bill_length_mm"].fillna(rows["bill_length_mm"].mean())
    assert bill["gaps"] == rows["bill_length_mm"].isna().sum()
    assert bill["spread_after"] == pytest.approx(filled.std(ddof=0))
    assert bill["correlation_before"] == pytest.approx(rows["bill_length_mm"].corr(rows["body_mass_g"]))
    assert bill["correlation_after"] == pytest.approx(filled.corr(rows["body_mass_g"]))
    assert effects.loc["sex", "top_share_before"] == pytest.approx(rows["sex"].value_counts(normalize=True).iloc[0])


def test_a_table_without_gaps_has_no_effects():
    frame = frame_of([1.0, 2.0, 3.0])
    assert fill_effects(frame, plan("mean").fit(frame)).empty


def test_rows_that_a_plan_would_drop_are_kept_to_be_looked_at():
    recipe = plan("drop_rows")
    assert keep_missing(recipe).plan("x").fill == "most_frequent"
    assert keep_missing(plan("median")) == plan("median")


def test_many_rows_are_thinned_for_the_correlations_with_other_columns_only():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(250_001, 3)), columns=["x", "z", "y"])
    frame.loc[::4, "x"] = np.nan
    compared = compare_fills(frame, plan("mean"), "x")
    assert compared.notes[0].startswith("The correlations with other columns are taken over 83,334 of 250,001 rows")
    assert compared.way("mean")["correlation"] == pytest.approx(frame["x"].fillna(frame["x"].mean()).corr(frame["y"]))


def test_what_cannot_be_compared_is_said_in_one_sentence():
    frame = frame_of([1.0, 2.0, None])
    with pytest.raises(InputError, match="has no column “w”"):
        compare_fills(frame, plan("mean"), "w")
    with pytest.raises(InputError, match="“x” has no value in the training rows"):
        compare_fills(frame.assign(x=np.nan), plan("mean"), "x")
    with pytest.raises(KeyError):
        compare_fills(frame, plan("mean"), "x").way("own_class")


def test_nothing_is_changed():
    frame = frame_of([1.0, None, 3.0])
    before = frame.copy()
    compare_fills(frame, plan("mean"), "x", frame["x"])
    pd.testing.assert_frame_equal(frame, before)


def test_fills_that_take_seconds_can_be_left_out():
    frame = frame_of([1.0, 2.0, None, 5.0])
    with_all, without = (
        set(compare_fills(frame, plan("mean"), "x", learnt=on).measured["way"]) for on in (True, False)
    )
    assert with_all - without == {"nearest", "iterative"}
