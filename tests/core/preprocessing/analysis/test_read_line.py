"""The line that reads a file today is pandas alone, and gives the table that the lab reads."""

import io
from pathlib import Path

import pandas as pd
import pytest

from core.code_runner import run
from core.export.preprocessing_script.whole_table import write_reading
from core.preprocessing import read_table, read_then_and_now
from core.preprocessing.analysis.read_line import holds_same

PLAIN = "import pandas as pd\n\ndata = pd.read_csv(data_file"


def written(write) -> bytes:
    buffer = io.BytesIO()
    frame = pd.DataFrame(
        {"a": [1, None, 3], "b": ["x", "y", None], "d": pd.to_datetime(["2020-01-01", None, "2020-02-03"])}
    )
    getattr(frame, write)(buffer, index=False)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"a,b\n1,2\n3,4\n", f"{PLAIN})"),
        (b"a;b\n1,5;2\n2,5;4\n", f"{PLAIN}, sep=';', decimal=',')"),
        ("Größe,b\n1,2\n3,4\n".encode("latin-1"), f"{PLAIN}, encoding='cp1252')"),
        (b"a title\n\na,b\n1,x\n2,y\n3,z\n", f"{PLAIN}, skiprows=1)"),
        (b"when,v\n2020-02-13,5\n2020-03-01,1\n", f"{PLAIN}, parse_dates=['when'], date_format='%Y-%m-%d')"),
        (b"a,b\n1,None\n2,x\n3,-\n", f"{PLAIN}, keep_default_na=False, na_values=["),
        (b"when,v\n01.02.2020,$5\n13.02.2020,$1\n", "import numpy as np\nimport pandas as pd\n\npath = data_file\n"),
        (
            written("to_excel"),
            "import pandas as pd\n\ndata = pd.read_excel(data_file, engine='calamine', sheet_name='Sheet1')",
        ),
        (written("to_parquet"), f"{PLAIN})".replace("read_csv", "read_parquet")),
    ],
)
def test_the_shortest_line_of_pandas_that_gives_the_same_table_is_shown_and_run(content, code, tmp_path):
    frame = read_table(content).frame
    step = read_then_and_now(content, frame, write_reading)
    assert step.now.worked, step.now.message
    assert step.now.code.startswith(code)
    assert "core" not in step.now.code
    path = tmp_path / "file"
    path.write_bytes(content)
    variables = {"data_file": str(path)}
    exec(step.now.code, variables)  # as a student runs it
    assert holds_same(variables["data"], frame)
    pd.testing.assert_frame_equal(step.now.results[0].head, variables["data"].iloc[:4, :8])


@pytest.mark.parametrize("name", ["cars", "house_tiny", "longley", "penguins"])
def test_the_books_line_suits_the_samples_and_so_do_the_lines_in_full(name):
    content = Path(f"data/{name}.csv").read_bytes()
    frame = read_table(content).frame
    assert read_then_and_now(content, frame).now.code == f"{PLAIN})"
    full, variables = run(write_reading(frame.attrs["reading"]), {"data_file": f"data/{name}.csv"}, ["data"])
    assert full.worked, full.message
    assert holds_same(variables["data"], frame)


def test_tables_hold_the_same_when_their_values_do():
    frame = pd.DataFrame({"a": [1, 2], "b": ["True", None], "c": [1.0, float("nan")]})
    assert holds_same(frame.assign(a=[1.0, 2.0], b=pd.Series([True, None], dtype="object")), frame)
    assert holds_same(frame.assign(c=[1.0, float("inf")]), frame)
    assert not holds_same(frame.assign(a=["1", "2"]), frame)
    assert not holds_same(frame.assign(a=[1, 3]), frame)
    assert not holds_same(frame.assign(c=[1.0, 2.0]), frame)
    assert not holds_same(frame.rename(columns={"a": "A"}), frame)
    dates = frame.assign(b=pd.to_datetime(["2020-01-01", None]))
    assert not holds_same(frame.assign(b=["2020-01-01", None]), dates)
    assert holds_same(dates.copy(), dates)


def test_names_from_a_file_stand_in_the_line_as_literals_only():
    content = b"a'] or print('x') or data['a;y\n1,5;x\n2,5;z\n"
    step = read_then_and_now(content, read_table(content).frame, write_reading)
    assert step.now.worked
    compile(step.now.code, "line", "exec")
