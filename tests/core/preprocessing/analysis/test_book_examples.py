"""The book's lines really run: exceptions are those of the installed libraries, and the new lines end in tensors."""

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from core import code_runner
from core.code_runner import TextResult, run, run_apart
from core.errors import InputError
from core.preprocessing import read_table, read_then_and_now, then_and_now, write_then_and_now
from tests.examples import examples

TINY = b"NumRooms,Alley,Price\nNA,Pave,127500\n2,NA,106000\n4,NA,178100\nNA,NA,140000\n"


def steps(content: bytes | pd.DataFrame, target):
    frame = read_table(content).frame if isinstance(content, bytes) else content
    return {step.name: step for step in then_and_now(frame, target).steps}


def caught(action) -> tuple[str, str]:
    with pytest.raises(Exception) as raised:
        action()
    return type(raised.value).__name__, str(raised.value)


def test_the_books_table_fails_where_the_libraries_fail_and_ends_in_the_books_tensors():
    frame = read_table(TINY).frame
    inputs = frame.iloc[:, 0:2]
    run_of = steps(TINY, "Price")
    assert list(run_of) == ["split", "fill", "encode", "features", "labels"]
    assert run_of["split"].then.worked
    fill = run_of["fill"]
    assert (fill.then.error, fill.then.message) == caught(lambda: inputs.fillna(inputs.mean()))
    assert fill.then.error == "TypeError"
    filled = inputs.fillna(inputs.mean(numeric_only=True))
    dummies = pd.get_dummies(filled, dummy_na=True)
    pd.testing.assert_frame_equal(fill.now.results[0].head, filled)
    pd.testing.assert_frame_equal(run_of["encode"].then.results[0].head, dummies)
    features = run_of["features"]
    assert (features.then.error, features.then.message) == caught(lambda: torch.tensor(dummies.values))
    X = torch.tensor([[3, 1, 0], [2, 0, 1], [4, 0, 1], [3, 0, 1]], dtype=torch.float64)
    assert features.now.results[0].text == str(X)
    assert (features.now.results[0].shape, features.now.results[0].missing) == ((4, 3), 0)
    labels = run_of["labels"]
    assert (labels.then.results[0].dtype, labels.now.results[0].dtype) == ("torch.int64", "torch.float64")


def test_the_reasons_are_those_of_the_books_table():
    reasons = {name: step.reason for name, step in steps(TINY, "Price").items()}
    assert reasons["split"].startswith("Works here, since “Price” happens to be the third of three columns.")
    assert "text has none: “Alley”" in reasons["fill"]
    assert reasons["encode"] == "Still works: 1 column of text becomes 2 columns of True and False."
    assert "The columns have the dtypes bool, float64, so .values holds Python objects" in reasons["features"]
    assert "a tensor of torch.int64" in reasons["labels"]


def test_the_numbers_in_iloc_fit_the_books_table_only():
    split = steps(b"y,a,b,c\n1,2,3,4\n2,3,4,5\n", "y")["split"]
    assert split.then.worked
    assert [list(result.head.columns) for result in split.then.results] == [["y", "a"], ["b"]]
    assert [list(result.head.columns) for result in split.now.results] == [["a", "b", "c"], ["y"]]
    assert "“b” as the label instead of “y”. So the label is among the inputs." in split.reason
    narrow = steps(b"a,y\n1,2\n3,4\n", "y")["split"]
    frame = pd.DataFrame({"a": [1], "y": [2]})
    assert (narrow.then.error, narrow.then.message) == caught(lambda: frame.iloc[:, 2])
    assert narrow.reason.startswith("The line selects the columns 0, 1 and 2, and this table has 2.")


def test_columns_of_zeros_are_left_out_and_counted():
    encode = steps(b"c,d,y\na,p,1\nb,,2\na,q,3\n", "y")["encode"]
    assert list(encode.then.results[0].head.columns) == ["c_a", "c_b", "c_nan", "d_p", "d_q", "d_nan"]
    assert list(encode.now.results[0].head.columns) == ["c_a", "c_b", "d_p", "d_q", "d_nan"]
    assert "1 column of zeros, which carries no information and makes XᵀX singular" in encode.reason


def test_dates_and_columns_without_a_value_are_seen_to():
    frame = pd.DataFrame(
        {
            "when": pd.to_datetime(["2020-01-01", None, "2020-01-03"]),
            "empty": pd.Series([None] * 3, dtype="str"),
            "n": [1.0, None, 3.0],
            "y": [1, 2, 3],
        }
    )
    run_of = steps(frame, "y")
    assert "Dates become days since 1970, which are numbers: “when”." in run_of["fill"].reason
    assert "left out: “empty”" in run_of["fill"].reason
    assert run_of["features"].now.results[0].text == str(
        torch.tensor([[18262, 1], [18263, 2], [18264, 3]], dtype=torch.float64)
    )


def test_a_table_on_which_nothing_fails_is_told_why():
    run_of = steps(b"a,b,y\n1,2,3.5\n4,5,6.5\n", "y")
    assert all(step.then.worked for step in run_of.values())
    assert run_of["fill"].reason == "Works here, and changes nothing: no input is missing."
    assert run_of["encode"].reason == "Works here, and changes nothing: no column holds text."
    assert run_of["labels"].reason.startswith("Works here: these dtypes convert to float64")


def test_without_a_target_all_columns_are_inputs():
    run_of = steps(b"a,b,c\nx,1,p\ny,2,q\n", None)
    assert list(run_of) == ["split", "fill", "encode", "features"]
    assert run_of["features"].now.results[0].shape == (2, 5)


CELLS = {
    "number": st.none() | st.integers(-5, 5) | st.floats(-1e9, 1e9) | st.just(np.inf),
    "text": st.none() | st.sampled_from(["a", "b", "nan", "", "__x__"]),
    "flag": st.booleans(),
    "date": st.none() | st.datetimes(pd.Timestamp("1900-01-01"), pd.Timestamp("2100-01-01")),
}


@st.composite
def tables(draw):
    rows = draw(st.integers(1, 6))
    columns = {}
    for place, kind in enumerate(draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=4))):
        values = draw(st.lists(CELLS[kind], min_size=rows, max_size=rows))
        dtype = {"number": "float64", "text": "str", "flag": "bool", "date": "datetime64[us]"}[kind]
        columns[draw(st.sampled_from(["a", "a'b", 'q"', "a_b", "\\", "x_nan", "{x}"])) + str(place)] = pd.Series(
            values, dtype=dtype
        )
    labels = draw(st.lists(st.none() | st.integers(-9, 9), min_size=rows, max_size=rows))
    return pd.DataFrame({**columns, "y's": pd.Series(labels, dtype="float64")})


@given(tables())
@settings(max_examples=examples(80), deadline=None)
def test_the_new_lines_always_end_in_float64_without_a_gap(frame):
    before = frame.copy()
    try:
        run_of = steps(frame, "y's")
    except InputError:
        usable = frame.drop(columns="y's").replace([np.inf], np.nan)
        assert frame["y's"].isna().all() or usable[frame["y's"].notna()].isna().all(axis=None)
        return
    assert all(step.now.worked for step in run_of.values()), [step.now.message for step in run_of.values()]
    for name in ("features", "labels"):
        (result,) = run_of[name].now.results
        assert (result.dtype, result.missing) == ("torch.float64", 0)
        assert result.shape[0] == frame["y's"].notna().sum()
    pd.testing.assert_frame_equal(frame, before)


def test_large_tables_are_cut_and_it_is_said():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame(rng.normal(size=(5_000, 150))).rename(columns=str)
    run_of = then_and_now(frame, "149")
    assert run_of.notes == (
        "The lines are run on 1,000 of 5,000 rows.",
        "The lines are run on the first 100 of 149 features.",
    )
    assert run_of.steps[0].now.results[0].shape == (1_000, 100)
    texts = pd.DataFrame({f"t{place}": [f"{place}-{row}" for row in range(1_000)] for place in range(30)}).assign(y=1.0)
    assert then_and_now(texts, "y").steps[3].now.results[0].shape[1] <= code_runner.COLUMNS_SHOWN + 10_000
    late = pd.DataFrame({"a": range(3_000), "y": [np.nan] * 2_000 + [1.0] * 1_000})
    assert then_and_now(late, "y").steps[-1].now.results[0].shape == (1_000,)


def test_a_table_without_features_is_refused_in_one_sentence():
    with pytest.raises(InputError, match="need a column with values besides the label"):
        then_and_now(pd.DataFrame({"y": [1.0, 2.0]}), "y")
    with pytest.raises(InputError, match="has to be a column of numbers"):
        then_and_now(pd.DataFrame({"y": ["a", "b"], "x": [1, 2]}), "y")


def test_the_versions_are_the_installed_ones():
    versions = then_and_now(read_table(TINY).frame, "Price").versions
    assert (versions["pandas"], versions["torch"]) == (pd.__version__, torch.__version__)


def test_the_first_lines_write_the_file_for_real():
    step = write_then_and_now()
    for attempt in (step.then, step.now):
        assert attempt.worked, attempt.message
        (result,) = attempt.results
        assert result == TextResult("", f"'../data/house_tiny.csv', {len(TINY)} bytes")
    assert step.reason.startswith("Still works.")


def test_lines_that_fail_in_a_process_of_their_own_tell_their_exception():
    attempt = run_apart("import os\nos.makedirs('a')\nos.makedirs('a')", "''")
    assert attempt.error == "FileExistsError"
    assert "File exists: 'a'" in attempt.message


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        (b"a,b\n1,2\n3,4\n", None, "Works here: the file is what read_csv assumes"),
        (b"a;b\n1,5;2\n2,5;4\n", None, "read_csv found 1, and the file has 2"),
        ("Größe,b\n1,2\n3,4\n".encode("latin-1"), "UnicodeDecodeError", "read_csv assumes UTF-8"),
        ("a,b\n1,2\n3,4\n".encode("utf-16"), "UnicodeDecodeError", "read_csv assumes UTF-8"),
        (b"a;b\n1;2\n2;3\n4;5,6,7\n", "ParserError", "read_csv assumes UTF-8"),
    ],
)
def test_read_csv_is_tried_on_the_very_bytes(content, error, reason, tmp_path):
    step = read_then_and_now(content, read_table(content).frame)
    assert step.then.error == error
    assert reason in step.reason
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    if error:
        assert (step.then.error, step.then.message) == caught(lambda: pd.read_csv(path))
    else:
        pd.testing.assert_frame_equal(step.then.results[0].head, pd.read_csv(path))


def test_what_was_chosen_for_reading_stands_in_the_line():
    content = b"a;b\n1;2\n"
    step = read_then_and_now(content, read_table(content, delimiter=";").frame)
    assert step.now.code.endswith("data = pd.read_csv(data_file, sep=';')")


def test_running_lines_leaves_what_was_given_as_it_was():
    frame = pd.DataFrame({"a": [1, 2]})
    given_to = {"frame": frame}
    attempt, after = run("frame['b'] = 3\nframe['a'] = 'x'", given_to, ["frame"])
    assert attempt.worked
    assert list(after["frame"].columns) == ["a", "b"]
    pd.testing.assert_frame_equal(frame, pd.DataFrame({"a": [1, 2]}))
    assert given_to.keys() == {"frame"}
