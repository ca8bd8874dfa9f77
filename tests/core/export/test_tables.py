"""Exports: what is written is read back by its own library, equal bit for bit, and no spreadsheet runs a cell of it."""

import csv
import io
import json

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import safetensors
import safetensors.torch
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core.export.tables import (
    defusing_note,
    filled_csv,
    prepared_csv,
    prepared_parquet,
    prepared_pt,
    prepared_safetensors,
)
from core.preprocessing import Features, Prepared, Recipe, suggest_recipe
from tests.examples import examples

AWKWARD = [0.1, -0.0, 1e22, 5e-324, -1.7976931348623157e308, 2**53 + 2.0, 1 / 3, 123456789.123456789, 100.0]
HOSTILE = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", '=HYPERLINK("http://a")', "＝1+1", "-",
    "+49 170 123", "--5",
]  # fmt: skip
HARMLESS = ["-5", "+5", "-1.5e-3", "-.5", "5.", "", "a=b", "plain", "'=1", '"quoted", with commas', "two\nlines", "é😀"]


def prepared(columns=("a", "b"), target="y", values=AWKWARD) -> Prepared:
    X = torch.tensor([values, values[::-1]], dtype=torch.float64).T
    return Prepared(X, torch.tensor(values, dtype=torch.float64), list(columns), pd.RangeIndex(len(X)), (), target)


def same_bits(one, other) -> bool:
    return np.asarray(one, dtype=np.float64).tobytes() == np.asarray(other, dtype=np.float64).tobytes()


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def test_csv_numbers_read_back_as_the_same_floats():
    data = prepared()
    header, *cells = rows(prepared_csv(data))
    assert header == ["a", "b", "y"]
    back = np.array([[float(cell) for cell in row] for row in cells])
    assert same_bits(back[:, :2], data.X)
    assert same_bits(back[:, 2], data.y)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
@settings(max_examples=examples(60), deadline=None)
def test_any_finite_number_survives_the_csv(values):
    back = [float(row[-1]) for row in rows(prepared_csv(prepared(values=values)))[1:]]
    assert same_bits(back, values)


def test_parquet_reads_back_bit_for_bit():
    data = prepared(columns=["=a", "a,b\n"])
    table = pq.read_table(io.BytesIO(prepared_parquet(data)))
    assert table.column_names == ["=a", "a,b\n", "y"]
    assert same_bits(np.column_stack([table[0], table[1]]), data.X)
    assert same_bits(table["y"], data.y)


def test_pt_is_read_by_torch_without_running_anything():
    data = prepared()
    back = torch.load(io.BytesIO(prepared_pt(data)), weights_only=True)
    assert back["feature_names"] == ["a", "b"]
    assert same_bits(back["X"], data.X)
    assert same_bits(back["y"], data.y)
    assert back["X"].is_contiguous()


def test_pt_of_a_few_rows_of_a_large_tensor_holds_these_rows_alone():
    whole = torch.zeros(100_000, 2, dtype=torch.float64)
    few = Prepared(whole[:3], whole[:3, 0], ["a", "b"], pd.RangeIndex(3), (), "y")
    assert len(prepared_pt(few)) < 10_000


def test_safetensors_hold_the_tensors_the_names_and_the_recipe(tmp_path):
    data = prepared(columns=["a", "ä"])
    recipe = suggest_recipe(pd.DataFrame({"a": [1, None], "y": [1, 2]}))
    file = tmp_path / "tensors.safetensors"
    file.write_bytes(prepared_safetensors(data, recipe=recipe))
    back = safetensors.torch.load_file(file)
    assert same_bits(back["X"], data.X)
    assert same_bits(back["y"], data.y)
    with safetensors.safe_open(file, framework="pt") as opened:
        metadata = opened.metadata()
    assert json.loads(metadata["feature_names"]) == ["a", "ä"]
    assert Recipe.from_json(metadata["recipe"]) == recipe


def test_features_alone_have_no_label_and_need_names():
    data = Features(torch.ones(2, 1, dtype=torch.float64), pd.RangeIndex(2), ())
    assert rows(prepared_csv(data, ["a"])) == [["a"], ["1"], ["1"]]
    assert pq.read_table(io.BytesIO(prepared_parquet(data, ["a"]))).column_names == ["a"]
    assert sorted(torch.load(io.BytesIO(prepared_pt(data, ["a"])), weights_only=True)) == ["X", "feature_names"]
    assert sorted(safetensors.torch.load(prepared_safetensors(data, ["a"]))) == ["X"]
    with pytest.raises(ValueError, match="One name for each feature was needed, 1 in all; got 0"):
        prepared_csv(data)


def test_a_table_without_a_row_or_a_feature_is_written_too():
    empty = Prepared(
        torch.zeros(0, 0, dtype=torch.float64), torch.zeros(0, dtype=torch.float64), [], pd.Index([]), (), "y"
    )
    assert rows(prepared_csv(empty)) == [["y"]]
    assert pq.read_table(io.BytesIO(prepared_parquet(empty))).shape == (0, 1)
    assert torch.load(io.BytesIO(prepared_pt(empty)), weights_only=True)["X"].shape == (0, 0)
    assert safetensors.torch.load(prepared_safetensors(empty))["X"].shape == (0, 0)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_defused_and_counted(name):
    header = rows(prepared_csv(prepared(columns=[name, "b"])))[0]
    assert header == [f"'{name}", "b", "y"]
    assert defusing_note([name, "b", "y"]).startswith("In the CSV, 1 name or cell ")


def test_hostile_cells_are_defused_and_counted_and_all_others_stay():
    frame = pd.DataFrame({"text": [*HOSTILE, *HARMLESS, None]})
    _header, *cells = rows(filled_csv(frame))
    assert [cell for (cell,) in cells[:-1]] == [*(f"'{text}" for text in HOSTILE), *HARMLESS]
    assert defusing_note(["text"], frame).startswith(f"In the CSV, {len(HOSTILE)} names and cells ")
    assert defusing_note(["text"], frame[len(HOSTILE) :]) is None


def test_names_that_defusing_makes_alike_stay_apart():
    header = rows(filled_csv(pd.DataFrame([[1, 2]], columns=["=a", "'=a"])))[0]
    assert header == ["'=a", "'=a_2"]


def test_negative_numbers_are_numbers_and_no_formulas():
    frame = pd.DataFrame({"n": [-1, -2], "x": [-0.5, None], "b": [True, False]})
    assert filled_csv(frame) == b'"n","x","b"\n-1,-0.5,"True"\n-2,,"False"\n'
    assert defusing_note(list(frame), frame) is None


@pytest.mark.parametrize(
    ("dates", "written"),
    [
        (["2020-01-31", None], ["2020-01-31", ""]),
        (["2020-01-31 12:30", "2020-02-01"], ["2020-01-31 12:30:00", "2020-02-01 00:00:00"]),
        (["1899-12-31 23:59:59.000001"], ["1899-12-31 23:59:59.000001"]),
    ],
)
def test_dates_are_written_as_short_as_loses_nothing_and_read_back(dates, written):
    frame = pd.DataFrame({"d": pd.to_datetime(pd.Series(dates), format="ISO8601").astype("datetime64[us]"), "x": 1})
    content = filled_csv(frame)
    assert [row[0] for row in rows(content)[1:]] == written
    back = pd.to_datetime(pd.read_csv(io.BytesIO(content))["d"], format="ISO8601").astype("datetime64[us]")
    pd.testing.assert_series_equal(back, frame["d"])


def test_texts_read_back_letter_for_letter():
    texts = ["a,b", 'say "hi"', "two\r\nlines", " blanks ", "é😀", "x" * 100_000]
    frame = pd.DataFrame({"a,\n": texts, "b": texts[::-1]})
    header, *cells = rows(filled_csv(frame))
    assert header == ["a,\n", "b"]
    assert cells == frame.to_numpy().tolist()


def test_nothing_that_is_written_is_changed():
    frame = pd.DataFrame({"=a": ["=1", None]})
    before = frame.copy(deep=True)
    filled_csv(frame)
    pd.testing.assert_frame_equal(frame, before)
