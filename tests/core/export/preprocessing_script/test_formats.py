"""Scripts for workbooks, Parquet and compressed files; what they need besides pandas and torch is in their imports."""

import datetime
import gzip
import io
import zipfile
from decimal import Decimal

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from core.preprocessing import read_table, split_rows, suggest_recipe
from tests.core.export.preprocessing_script.worker import Worker

PLAIN = b"a,c,y\n1,x,2\nNA,z,5\n-0,x,7\n2.5,,9\n"
DAY = datetime.datetime(2026, 11, 24, 10, 30)


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    running = Worker(tmp_path_factory.mktemp("scripts"), allowed=("python_calamine", "pyarrow", "zstandard"))
    yield running
    running.close()


def assert_same(worker, path, **arguments):
    frame = read_table(path, **arguments).frame
    recipe = suggest_recipe(frame, "y")
    train, _test = split_rows(frame, recipe, 0.3, seed=2)
    fitted = recipe.fit(frame.loc[train])
    prepared = fitted.transform(frame)
    result = worker.run(fitted.to_script(split=(0.3, 2)))
    assert result["feature_names"] == prepared.feature_names
    assert result["X"].numpy().tobytes() == prepared.X.numpy().tobytes()
    assert result["y"].numpy().tobytes() == prepared.y.numpy().tobytes()
    return prepared


def workbook(rows) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.create_sheet("other").append(["b"])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def test_a_workbook_with_a_title_gaps_dates_truth_and_fractions(worker, tmp_path):
    rows = [
        ["Sales of 2026"],
        [],
        ["a", "when", "c", "t", "y"],
        [1.5, DAY, "x", True, 1],
        [None, DAY, " z", False, 2.25],
    ]
    (tmp_path / "book.xlsx").write_bytes(workbook([*rows, [1 / 3, None, "x", True, 5], [4, DAY, None, None, 7]]))
    prepared = assert_same(worker, tmp_path / "book.xlsx")
    assert prepared.X.shape[0] == 4


def test_parquet_with_types_of_its_own(worker, tmp_path):
    table = pa.table(
        {
            "small": pa.array([1, 2, None, 4], pa.int8()),
            "single": pa.array([0.1, None, float("inf"), 3], pa.float32()),
            "price": pa.array([Decimal("1.10"), None, Decimal("2.25"), Decimal("3.00")], pa.decimal128(8, 2)),
            "kept": pa.array([2**60, 1, 2**60, None], pa.int64()),
            "sort": pa.array(["x", "z", None, "x"]).dictionary_encode(),
            "spelled": pa.array(["$1,200.50", "$3", "?", "$4"]),
            "true": pa.array([True, None, False, True]),
            "moment": pa.array([DAY, None, DAY, DAY], pa.timestamp("ms", tz="Europe/Berlin")),
            "day": pa.array([DAY.date(), DAY.date(), None, DAY.date()], pa.date32()),
            "y": pa.array([1.0, 2.0, 3.5, 4.0]),
        }
    )
    pq.write_table(table, tmp_path / "table.parquet")
    prepared = assert_same(worker, tmp_path / "table.parquet")
    assert {"small", "single", "price", "spelled", "day_days", "moment_days"} <= set(prepared.feature_names)


def test_parquet_with_the_index_of_pandas(worker, tmp_path):
    frame = pd.DataFrame({"a": [1.0, 2, 3], "y": [1, 2, 3]}, index=pd.Index([7, 8, 9], name="key"))
    frame.to_parquet(tmp_path / "indexed.parquet")
    assert_same(worker, tmp_path / "indexed.parquet")


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in members.items():
            archive.writestr(f"folder/{name}.csv", data)
    return held.getvalue()


@pytest.mark.parametrize("plain", [PLAIN, b"A title\n" + PLAIN], ids=["read by pandas", "cut by hand"])
@pytest.mark.parametrize(
    ("pack", "arguments"),
    [
        (gzip.compress, {}),
        (zstandard.compress, {}),
        (lambda data: zipped(table=data), {}),
        (lambda data: zipped(one=data, two=b"b,y\n1,2\n"), {"member": "folder/one.csv"}),
        (lambda data: zipped(table=gzip.compress(data)), {}),
    ],
    ids=["gzip", "zstd", "zip", "a file in a zip", "gzip in a zip"],
)
def test_packed_files(worker, tmp_path, plain, pack, arguments):
    (tmp_path / "packed.csv").write_bytes(pack(plain))
    assert_same(worker, tmp_path / "packed.csv", **arguments)


def test_a_packed_workbook_and_a_packed_parquet_file(worker, tmp_path):
    (tmp_path / "book.xlsx.gz").write_bytes(gzip.compress(workbook([["a", "y"], [1, 2], [3, 5], [None, 7]])))
    assert_same(worker, tmp_path / "book.xlsx.gz")
    pq.write_table(pa.table({"a": [1.0, None, 3.0], "y": [1, 2, 3]}), tmp_path / "plain.parquet")
    (tmp_path / "packed.zst").write_bytes(zstandard.compress((tmp_path / "plain.parquet").read_bytes()))
    assert_same(worker, tmp_path / "packed.zst")


MENDED = "a,name,y\n1,é,2\n2,ü,3\n4,éé,9\n5,ö,1\n".encode() + b"6,\xff,4\n"


@pytest.mark.parametrize(
    "data", [MENDED, b"'a','c','y'\n1,'x, z',2\n,'w, w',3\n3,'x, z',4\n", b"sep=;\na;y\n1,5;2\n;3\n3,5;9\n"]
)
def test_broken_characters_single_quotes_and_the_first_line_of_excel(worker, tmp_path, data):
    (tmp_path / "odd.csv").write_bytes(data)
    assert_same(worker, tmp_path / "odd.csv")
