"""The values of a column are the same numbers and texts, whatever dtype holds them."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing.column_types.values import as_labels, as_numbers, is_missing, write_value
from tests.examples import examples


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.one_of(st.none(), st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)))))
def test_dates_become_days_since_1970_with_the_time_as_a_fraction(drawn):
    values = pd.Series(np.array(drawn, dtype="datetime64[us]"))
    days = as_numbers(values, "d")
    assert is_missing(values).tolist() == [date is None for date in drawn]
    expected = [np.nan if date is None else (date - datetime(1970, 1, 1)) / timedelta(days=1) for date in drawn]
    np.testing.assert_array_max_ulp(days, np.array(expected), maxulp=1)
    with_pandas = (values - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)
    assert with_pandas.to_numpy(dtype=float).tobytes() == days.tobytes()


def test_dates_with_a_zone_count_in_utc():
    values = pd.Series(pd.to_datetime(["1970-01-02T01:00:00+01:00", None], utc=True).tz_convert("Europe/Berlin"))
    assert as_numbers(values, "d").tolist()[0] == 1.0
    assert as_labels(pd.Series([datetime(2020, 1, 1, tzinfo=UTC)])).tolist() == ["2020-01-01 00:00:00+00:00"]


@pytest.mark.parametrize(
    "values",
    [
        pd.Series([1, 2, 1]),
        pd.Series([1.0, None, 2.5]),
        pd.Series([True, False, True]),
        pd.Series([1, "a", None], dtype=object),
        pd.Series(["a", None, "b"]),
        pd.Categorical(["b", None, "a", "b"], categories=["c", "b", "a"]),
        pd.array([1, None, 3], dtype="Int64"),
        pd.Series(pd.to_datetime(["2020-01-01", None, "2020-01-02"])),
        pd.Series([], dtype="float64"),
        pd.Series([None, None], dtype=object),
    ],
)
def test_labels_are_each_value_written_once(values):
    values = pd.Series(values)
    values.index = pd.RangeIndex(5, 5 + len(values))
    labels = as_labels(values)
    assert isinstance(labels.dtype, pd.StringDtype)
    assert labels.index.equals(values.index)
    expected = [None if missing else write_value(value) for value, missing in zip(values, values.isna(), strict=True)]
    assert [None if pd.isna(label) else label for label in labels] == expected


def test_text_is_no_number_and_no_date_is_a_label_without_its_time():
    with pytest.raises(InputError, match="The column “c” is planned as numbers but holds other values"):
        as_numbers(pd.Series(["a"]), "c")
    assert write_value(datetime(2020, 1, 1)) == "2020-01-01"
    assert write_value(datetime(2020, 1, 1, 10)) == "2020-01-01 10:00:00"
