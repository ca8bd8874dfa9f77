"""Parquet files: values are unchanged, sizes are checked first, and what cannot be a column is reported."""

import datetime as dt
import decimal
import io
import uuid

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError, LimitError
from core.preprocessing import limits, read_table
from core.preprocessing.reading.parquet import read_parquet
from tests.examples import examples


def saved(table, **options):
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


VALUES = {
    "whole": pa.array([1, None, 2**60]),
    "unsigned": pa.array([1, 2, 2**64 - 1], pa.uint64()),
    "small": pa.array([1, 2, None], pa.int8()),
    "float": pa.array([0.1, None, 1e300]),
    "half": pa.array([1.5, 2.0, None], pa.float16()),
    "decimal": pa.array([decimal.Decimal("1.10"), None, decimal.Decimal("-99999999999999999999.99")]),
    "text": pa.array(["a", None, "é"]),
    "large": pa.array(["a", None, "é"], pa.large_string()),
    "view": pa.array(["a", None, "é"], pa.string_view()),
    "category": pa.array(["x", "y", None]).dictionary_encode(),
    "zone": pa.array([dt.datetime(2020, 1, 31, 12), None, None], pa.timestamp("ns", "Europe/Berlin")),
    "naive": pa.array([dt.datetime(2020, 1, 31, 12), None, None], pa.timestamp("ms")),
    "day": pa.array([dt.date(2020, 1, 31), None, None]),
    "time": pa.array([dt.time(10, 30), None, None]),
    "bool": pa.array([True, None, False]),
    "duration": pa.array([dt.timedelta(hours=1), None, None]),
    "nothing": pa.nulls(3),
}
LEFT_OUT = {
    "list": pa.array([[1], [], None]),
    "structure": pa.array([{"a": 1}, None, {"a": 2}]),
    "map": pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int64())),
    "bytes": pa.array([b"\xff\xfe", b"b", None]),
    "fixed": pa.array([b"1234", None, b"5678"], pa.binary(4)),
}


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("options", [{}, {"use_dictionary": False, "compression": "zstd"}, {"row_group_size": 2}])
def test_each_type_of_single_values_keeps_its_values(name, options):
    read = read_parquet(saved(pa.table({name: VALUES[name]}), **options))
    assert read.table.to_pydict() == {name: VALUES[name].to_pylist()}
    assert (read.names, read.left_out, read.notes) == ((name,), (), ())


@pytest.mark.parametrize("name", LEFT_OUT)
def test_lists_structures_and_bytes_are_left_out_with_a_note(name):
    read = read_parquet(saved(pa.table({"a": [1, 2, 3], name: LEFT_OUT[name], "b": ["x", "y", "z"]})))
    assert read.table.column_names == ["a", "b"]
    assert (read.names, read.left_out) == (("a", name, "b"), (name,))
    assert f"left out: “{name}”" in read.notes[0]


def test_bytes_that_are_text_and_uuids_are_text():
    some = uuid.UUID(int=7)
    table = pa.table(
        {"bytes": pa.array([b"a", None, "é".encode()]), "id": pa.array([some.bytes, None, None], pa.uuid())}
    )
    assert read_parquet(saved(table)).table.to_pydict() == {"bytes": ["a", None, "é"], "id": [str(some), None, None]}


def test_what_pandas_writes_is_read_and_only_its_nameless_index_is_not():
    frame = pd.DataFrame({"a": [1.5, 2.5], "b": ["x", None]}, index=[3, 9])
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    read = read_parquet(buffer.getvalue())
    assert read.left_out == ("__index_level_0__",)
    assert read.table.to_pydict() == {"a": [1.5, 2.5], "b": ["x", None]}
    buffer = io.BytesIO()
    frame.rename_axis("when").to_parquet(buffer)
    assert read_parquet(buffer.getvalue()).table["when"].to_pylist() == [3, 9]


def test_names_are_made_unique_and_never_blank():
    table = pa.Table.from_arrays([pa.array([1]), pa.array(["x"]), pa.array([3.0])], names=["a", "a", " "])
    assert read_parquet(saved(table)).table.to_pydict() == {"a": [1], "a_2": ["x"], "column_3": [3.0]}
    assert read_parquet(saved(table), ["a_2"]).table.to_pydict() == {"a_2": ["x"]}


def test_only_the_columns_and_rows_asked_for_are_read():
    table = pa.table({"a.b": list(range(200_000)), "a": [str(i % 7) for i in range(200_000)], "l": [[1]] * 200_000})
    data = saved(table, row_group_size=30_000)
    rows = np.array([0, 65_535, 65_536, 131_072, 199_999])
    read = read_parquet(data, ["a"], lambda count: rows if count == 200_000 else rows[:0])
    assert read.table.to_pydict() == {"a": [str(row % 7) for row in rows]}
    assert read.names == ("a.b", "a", "l")
    assert read.left_out == ()
    with pytest.raises(InputError, match="no column “c”"):
        read_parquet(data, ["c"])


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (saved(pa.table({"a": [1, 2]}))[:-20], "damaged or encrypted"),
        (saved(pa.table({"a": [1, 2]}))[:30], "damaged or encrypted"),
        (b"PAR1" + b"\x00" * 20 + b"PAR1", "damaged or encrypted"),
        (saved(pa.table({"a": pa.array([], pa.int64())})), "has no rows"),
        (saved(pa.table({"a": [[1], [2]]})), "no column of single values"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(data, words):
    with pytest.raises(InputError, match=words):
        read_parquet(data)


def test_sizes_beyond_the_limits_are_named_before_anything_is_read(monkeypatch):
    data = saved(pa.table({"a": list(range(100)), "b": ["x"] * 100}))
    monkeypatch.setattr(limits, "MOST_CELLS", 150)
    with pytest.raises(LimitError, match="200 cells"):
        read_parquet(data)
    assert read_parquet(data, ["a"]).table.num_rows == 100
    monkeypatch.setattr(limits, "MOST_ROWS", 50)
    with pytest.raises(LimitError, match="100 rows"):
        read_parquet(data, ["a"])
    assert read_parquet(data, ["a"], lambda count: np.arange(0, count, 2)).table.num_rows == 50


def test_one_long_text_in_every_row_does_not_swell():
    texts = pa.DictionaryArray.from_arrays(pa.array(np.zeros(1_000_000, np.int32)), pa.array(["x" * 10_000]))
    data = saved(pa.table({"a": texts}))
    assert len(data) < 100_000
    with pytest.raises(LimitError, match="more than 500 MB"):
        read_parquet(data)


@settings(max_examples=examples(150), deadline=None)
@given(
    st.sampled_from([saved(pa.table(VALUES | LEFT_OUT)), saved(pa.table({"a": [1, 2], "b": ["x", "y"]}))]),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_any_damage_gives_columns_or_an_input_error(data, changes):
    mutable = bytearray(data)
    for place, value in changes:
        mutable[place % len(mutable)] = value
    try:
        read = read_parquet(bytes(mutable))
    except InputError as problem:
        assert str(problem).endswith(".")
        return
    assert read.table.num_columns + len(read.left_out) == len(read.names)


@pytest.mark.parametrize("coding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY"])
@pytest.mark.parametrize("sample", [None, 700])
def test_texts_in_the_encodings_of_the_second_version_are_read(coding, sample):
    words = [None if place % 7 == 3 else f"river {place % 30}" for place in range(2_500)]
    table = pa.table({"bytes": [word and word.encode() for word in words], "s": words, "n": range(2_500), "t": words})
    held = io.BytesIO()
    codings = {"s": coding, "bytes": coding, "n": "DELTA_BINARY_PACKED"}
    pq.write_table(table, held, use_dictionary=["t"], column_encoding=codings, row_group_size=900)
    frame = read_table(held.getvalue(), sample=sample).frame
    rows = range(2_500) if sample is None else np.sort(np.random.default_rng(0).permutation(2_500)[:700]).tolist()
    for name in ("s", "bytes", "t"):
        assert frame[name].isna().tolist() == [words[row] is None for row in rows]
        assert frame[name].dropna().tolist() == [words[row] for row in rows if words[row] is not None]
    assert frame["n"].tolist() == list(rows)


def test_texts_that_share_long_beginnings_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(limits, "MOST_UNPACKED", 5_000_000)
    held = io.BytesIO()
    long = pa.array(["x" * 4_000 + str(place) for place in range(2_000)])
    pq.write_table(pa.table({"s": long}), held, use_dictionary=False, column_encoding={"s": "DELTA_BYTE_ARRAY"})
    assert len(held.getvalue()) < 100_000
    with pytest.raises(LimitError, match="more than 5 MB"):
        read_table(held.getvalue())
