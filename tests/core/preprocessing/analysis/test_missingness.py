"""The counts of missing values are those of pandas, on tables of every shape."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import summarise_missing
from core.preprocessing.analysis.missingness import MOST_CELLS, MOST_COMBINATIONS, MOST_PAIRED
from tests.examples import examples

MARKS = st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=25)


def table(marks) -> pd.DataFrame:
    frame = pd.DataFrame(np.ones((len(marks), len(marks[0]))), columns=list("abcdefgh")[: len(marks[0])])
    return frame.mask(np.array(marks))


@given(MARKS)
@settings(max_examples=examples(60), deadline=None)
def test_counts_and_combinations_are_those_of_pandas(marks):
    frame = table(marks)
    picture = summarise_missing(frame)
    gaps = frame.isna()
    assert picture.counts.set_index("column")["missing"].to_dict() == gaps.sum().to_dict()
    assert picture.missing == int(gaps.to_numpy().sum())
    assert picture.complete == int((~gaps.any(axis=1)).sum())
    expected = Counter(tuple(gaps.columns[row]) for row in gaps.to_numpy() if row.any())
    assert dict(zip(picture.combinations["columns"], picture.combinations["rows"], strict=True)) == expected
    assert picture.combination_count == len(expected)
    assert list(picture.combinations["rows"]) == sorted(expected.values(), reverse=True)


@given(MARKS)
@settings(max_examples=examples(60), deadline=None)
def test_phi_is_the_correlation_of_the_marks_and_the_share_is_conditional(marks):
    frame = table(marks)
    gaps = frame.isna()
    with np.errstate(all="ignore"):
        correlation = gaps.astype(float).corr()
    for row in summarise_missing(frame).together.itertuples():
        assert row.both == (gaps[row.column] & gaps[row.other]).sum()
        assert row.share == pytest.approx(gaps.loc[gaps[row.column], row.other].mean())
        np.testing.assert_allclose(row.phi, correlation.loc[row.column, row.other], atol=1e-12)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (7, 3), (199, 5), (1001, 70), (5000, 24)])
def test_the_picture_covers_every_cell_once_and_stays_small(rows, columns):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(np.ones((rows, columns))).rename(columns=str).mask(rng.random((rows, columns)) < 0.2)
    matrix = summarise_missing(frame).matrix
    assert len(matrix) <= MOST_CELLS
    for name, bands in matrix.groupby("column", sort=False):
        assert bands["first"].iloc[0] == 0
        assert bands["last"].iloc[-1] == rows - 1
        assert (bands["first"].to_numpy()[1:] == bands["last"].to_numpy()[:-1] + 1).all()
        assert bands["missing"].sum() == frame[name].isna().sum()
        band = bands.iloc[len(bands) // 2]
        assert band["share"] == pytest.approx(frame[name].iloc[band["first"] : band["last"] + 1].isna().mean())


def test_what_is_left_out_is_said():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(np.ones((5000, 80))).rename(columns=str).mask(rng.random((5000, 80)) < 0.1)
    picture = summarise_missing(frame)
    assert len(picture.combinations) == MOST_COMBINATIONS
    assert picture.together["column"].nunique() == MOST_PAIRED
    assert picture.notes == (
        "The picture shows 5,000 rows in 80 bands; the colour is the share missing in a band.",
        "The picture shows the 60 columns with most gaps of 80.",
        f"Listed are the 20 most frequent of {picture.combination_count:,} combinations.",
        "The pairs are those of the 24 columns with most gaps of 80.",
    )


def test_combinations_of_more_columns_than_a_key_has_bits_are_exact():
    frame = pd.DataFrame(np.ones((6, 100))).rename(columns=str)
    frame.loc[[0, 3], "0"] = np.nan
    frame.loc[[0, 3], "99"] = np.nan
    frame.loc[[1], ["0", "98"]] = np.nan
    combinations = summarise_missing(frame).combinations
    assert combinations["columns"].tolist() == [("0", "99"), ("0", "98")]
    assert combinations["rows"].tolist() == [2, 1]


def test_an_infinite_number_counts_as_missing_and_is_named():
    picture = summarise_missing(pd.DataFrame({"a": [1.0, np.inf, np.nan]}))
    assert picture.missing == 2
    assert "1 infinite number counts as missing." in picture.notes


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(),
        pd.DataFrame({"a": pd.Series([], dtype=float)}),
        pd.DataFrame({"a": [1, 2]}),
        pd.DataFrame({"a": ["x"]}),
        pd.DataFrame(index=range(3)),
    ],
)
def test_a_table_without_gaps_gives_empty_tables(frame):
    picture = summarise_missing(frame)
    assert (picture.missing, picture.combination_count, picture.complete) == (0, 0, len(frame))
    assert picture.combinations.empty
    assert picture.together.empty
    assert picture.matrix["missing"].sum() == 0


def test_a_column_without_a_value_has_no_phi():
    together = summarise_missing(pd.DataFrame({"a": [None, None], "b": [1, None]})).together
    assert together["phi"].isna().all()
    assert together["share"].tolist() == [0.5, 1.0]


def test_names_have_to_be_text_and_unique():
    with pytest.raises(InputError, match="Column names have to be text"):
        summarise_missing(pd.DataFrame({1: [1]}))
    with pytest.raises(InputError, match="came twice"):
        summarise_missing(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_the_table_is_left_as_it_was():
    frame = pd.DataFrame({"a": [1.0, None], "b": ["x", None]})
    before = frame.copy()
    summarise_missing(frame)
    pd.testing.assert_frame_equal(frame, before)
