"""Columns that come with a type, or whose text is known to be plain numbers, are the same as from their text."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv
import pytest

from core.preprocessing.column_types.convert import convert_columns, plain_number_types
from tests.core.preprocessing.column_types.columns import MISSING, same, table, typed, values

ZONED = pa.timestamp("ns", tz="Europe/Berlin")


@pytest.mark.parametrize(
    ("column", "kind", "expected"),
    [
        (pa.array([1, None, 3], pa.int8()), "number", [1.0, None, 3.0]),
        (pa.array([1, 2], pa.uint64()), "number", [1, 2]),
        (pa.array([2**53 + 1, 1], pa.int64()), "category", [str(2**53 + 1), "1"]),
        (pa.array([-(2**63), 1], pa.int64()), "category", [str(-(2**63)), "1"]),
        (pa.array([1.5, float("inf"), float("nan"), None]), "number", [1.5, None, None, None]),
        (pa.array([0.1], pa.float32()), "number", [float(np.float32(0.1))]),
        (pa.array([True, None, False]), "yes_no", ["True", None, "False"]),
        (pa.array([datetime(2020, 1, 1, 12), None], ZONED), "date", [datetime(2020, 1, 1, 12), None]),
        (pa.array([date(2020, 1, 1), None]), "date", [datetime(2020, 1, 1), None]),
        (pa.array([datetime(1, 1, 1), datetime(9999, 12, 31)], pa.timestamp("s")), "date",
         [datetime(1, 1, 1), datetime(9999, 12, 31)]),
        (pa.array([2**60, 0], pa.timestamp("s")), "date", [None, datetime(1970, 1, 1)]),
        (pa.array([10**18, 0], pa.timestamp("us")), "date", [None, datetime(1970, 1, 1)]),
        (pa.array([time(1, 2), None]), "number", [3720, None]),
        (pa.array([timedelta(milliseconds=1500), None]), "number", [1.5, None]),
        (pa.array([Decimal("1.10"), None], pa.decimal128(10, 2)), "number", [1.1, None]),
        (pa.array([Decimal("-0.3")], pa.decimal128(38, 30)), "number", [-0.3]),
        (pa.array(["a", None, "a", "NA"]).dictionary_encode(), "category", ["a", None, "a", None]),
        (pa.array([5, None, 5]).dictionary_encode(), "number", [5.0, None, 5.0]),
        (pa.array(["1", "2"], pa.large_string()), "number", [1, 2]),
        (pa.array(["a", None, " a"], pa.string_view()), "category", ["a", None, "a"]),
        (pa.array(["a", "b"], pa.string_view()), "category", ["a", "b"]),
        (pa.array([b"a", b"\xff", None]), "category", ["a", "ff", None]),
        (pa.array([[1], None, [2, 3]]), "category", ["[1]", None, "[2, 3]"]),
        (pa.array([{"a": 1}, None]), "category", ["{'a': 1}", None]),
        (pa.nulls(2), "empty", [None, None]),
        (pa.array([None, None], pa.float64()), "empty", [None, None]),
        (pa.array([None], pa.timestamp("us")), "empty", [None]),
        (pa.array([], pa.int64()), "empty", []),
    ],
)  # fmt: skip
def test_columns_that_come_with_a_type_keep_their_values(column, kind, expected):
    result = typed(column)
    assert result.columns[0].kind == kind
    assert same(values(result), expected)
    assert str(result.frame["x"].dtype) in ("int64", "float64", "datetime64[us]", "str")


def test_typed_columns_take_codes_and_chosen_kinds_too():
    assert same(values(typed(pa.array([1, -200, None]), codes={"x": ["-200.0"]})), [1.0, None, None])
    assert same(values(typed(pa.array([1.5, 2.0]), kinds={"x": "category"})), ["1.5", "2"])
    assert same(
        values(typed(pa.array([2020, 2021]), kinds={"x": "date"})), [datetime(2020, 1, 1), datetime(2021, 1, 1)]
    )
    assert same(values(typed(pa.array([date(2020, 1, 1)]), kinds={"x": "category"})), ["2020-01-01"])
    assert same(values(typed(pa.array([Decimal("1.5")]), decimal=",")), [1.5])


def test_decimals_that_float64_cannot_hold_are_noted():
    long = pa.array([Decimal("12345678901234567.25")], pa.decimal128(38, 2))
    assert "“x”: decimals of more than 15 digits were rounded to float64." in typed(long).notes
    assert typed(pa.array([Decimal("1.25")], pa.decimal128(38, 20))).notes == ()


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "-2", "NA"], pa.int64()),
        (["1", "2.5", ""], pa.float64()),
        (["+1"], pa.float64()),
        (["1e5"], pa.float64()),
        (["007"], None),
        (["1234567890123456"], None),
        (["inf", "1"], None),
        (["", "NA"], None),
        (["1,5"], None),
        (["x"], None),
        (["0x1A"], None),
        (["$5"], None),
    ],
)
def test_columns_that_look_like_plain_numbers_are_known_beforehand(cells, expected):
    assert plain_number_types(table(x=cells), decimal=".", missing=MISSING).get("x") == expected


def test_plain_numbers_leave_out_what_needs_the_text():
    cells = table(a=["1"], b=["1"], sale_date=["20261124"], c=["1,5"])
    found = plain_number_types(cells, decimal=",", missing=MISSING, kinds={"a": "category"}, codes={"b": ["9"]})
    assert found == {"c": pa.float64()}


def test_cutting_them_as_numbers_gives_the_same_columns_as_reading_their_text():
    draw = random.Random(0)
    rows = [
        [str(draw.randint(-999, 999)), repr(draw.uniform(-1e6, 1e6)), draw.choice(["", "NA", "1", "2.5"]), "word"]
        for _row in range(500)
    ]
    data = "a,b,c,d\n" + "\n".join(",".join(row) for row in rows)
    texts = dict.fromkeys("abcd", pa.string())

    def cut(types):
        options = arrow_csv.ConvertOptions(column_types=types, null_values=list(MISSING), strings_can_be_null=False)
        return arrow_csv.read_csv(pa.BufferReader(data.encode()), convert_options=options)

    types = plain_number_types(cut(texts), decimal=".", missing=MISSING)
    assert set(types) == {"a", "b", "c"}
    slow, quick = (convert_columns(cut(texts | more), decimal=".", missing=MISSING) for more in ({}, types))
    pd.testing.assert_frame_equal(slow.frame, quick.frame, check_exact=True)
    assert slow.columns == quick.columns
