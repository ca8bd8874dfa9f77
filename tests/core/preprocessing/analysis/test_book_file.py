"""The book's file can be edited: what is typed is written, read and prepared for real, or refused in a sentence."""

import io
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import torch

from core.code_runner import TextResult
from core.errors import InputError
from core.preprocessing.analysis.book_examples import book_then_and_now
from core.preprocessing.analysis.book_file import HOUSE_TINY, read_book_file, write_lines_now, write_lines_then

BOOKS_OWN = """import os

os.makedirs(os.path.join('..', 'data'), exist_ok=True)
data_file = os.path.join('..', 'data', 'house_tiny.csv')
with open(data_file, 'w') as f:
    f.write('NumRooms,Alley,Price\\n')
    f.write('NA,Pave,127500\\n')
    f.write('2,NA,106000\\n')
    f.write('4,NA,178100\\n')
    f.write('NA,NA,140000\\n')"""


def test_the_lines_of_the_notes_file_are_the_books_letter_by_letter():
    assert write_lines_then(HOUSE_TINY) == BOOKS_OWN
    assert Path("data/house_tiny.csv").read_text(encoding="utf-8") == HOUSE_TINY


def test_the_notes_file_gives_the_books_printed_answers():
    first, following = book_then_and_now(HOUSE_TINY)
    steps = {step.name: step for step in first + following.steps}
    data = pd.DataFrame({
        "NumRooms": [None, 2.0, 4.0, None],
        "Alley": pd.Series(["Pave", None, None, None], dtype="str"),
        "Price": [127500, 106000, 178100, 140000],
    })  # fmt: skip
    pd.testing.assert_frame_equal(steps["read"].now.results[0].head, data)
    filled = data[["NumRooms", "Alley"]].assign(NumRooms=[3.0, 2.0, 4.0, 3.0])
    pd.testing.assert_frame_equal(steps["fill"].now.results[0].head, filled)
    dummies = steps["encode"].now.results[0].head
    assert dummies.astype(float).to_numpy().tolist() == [[3, 1, 0], [2, 0, 1], [4, 0, 1], [3, 0, 1]]
    assert list(dummies.columns) == ["NumRooms", "Alley_Pave", "Alley_nan"]
    X = torch.tensor([[3.0, 1, 0], [2, 0, 1], [4, 0, 1], [3, 0, 1]], dtype=torch.float64)
    assert steps["features"].now.results[0].text == str(X)
    assert steps["labels"].then.results[0].text == str(torch.tensor([127500, 106000, 178100, 140000]))


@pytest.mark.parametrize("step", ["file", "read", "split", "fill", "encode", "features", "labels"])
def test_no_line_of_today_needs_the_lab(step):
    first, following = book_then_and_now(HOUSE_TINY)
    code = {each.name: each.now.code for each in first + following.steps}[step]
    assert "core" not in code
    assert "read_table" not in code


def test_the_lines_of_today_run_one_after_the_other_outside_of_the_lab(tmp_path):
    first, following = book_then_and_now(HOUSE_TINY)
    (tmp_path / "notebook").mkdir()
    script = "\n".join(step.now.code for step in first + following.steps) + "\nprint(X.tolist(), y.tolist())"
    done = subprocess.run(
        [sys.executable, "-I", "-c", script], cwd=tmp_path / "notebook", capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == (
        "[[3.0, 1.0, 0.0], [2.0, 0.0, 1.0], [4.0, 0.0, 1.0], [3.0, 0.0, 1.0]] [127500.0, 106000.0, 178100.0, 140000.0]"
    ), done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "a,y\n1,2",
        "a,y\n1,2\n",
        "a'b,\\n,y\n'x',\"p,q\",3\n",
        "größe,y\nä,1\n",
        "a,a,y\n1,2,3\n",
        "c,y\n" + "word,1\n" * 99,
    ],
)
def test_what_is_typed_is_what_is_written_and_read(text):
    first, _following = book_then_and_now(text)
    size = len(text.encode())
    for lines in (first[0].then, first[0].now):
        assert lines.results == (TextResult("", f"'../data/house_tiny.csv', {size} bytes"),)
    pd.testing.assert_frame_equal(first[1].then.results[0].head, pd.read_csv(io.StringIO(text)).head(4))
    for write in (write_lines_then, write_lines_now):
        compile(write(text), "lines", "exec")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "The file is empty"),
        (" \n\n", "The file is empty"),
        ("a,y\n", "The file has names and no row"),
        ("a,y\n1,2\n3,4,5\n", "read_csv cannot read this file: Error tokenizing data"),
        ("a,y\n0,2,3\n1,5,6\n", "more cells than there are names"),
        ("a,y\n1,2,3,4\n5,6,7,8\n", "more cells than there are names"),
        ('a,y\n"1,2\n', "read_csv cannot read this file"),
        ("a,y\n1,x\n", "The target has to be a column of numbers; “y” holds other values."),
        ("a,y\n1,\n", "No row has a value for the target “y”"),
        ("a\ud800,y\n1,2\n", "half of a character"),
        ("a,y\n" + "1,2\n" * 2000, "at most 5,000 characters"),
    ],
)
def test_a_text_that_is_no_table_is_refused_in_a_sentence(text, reason):
    with pytest.raises(InputError) as raised:
        read_book_file(text)
    assert reason in str(raised.value)
    assert str(raised.value).endswith(".")


def test_a_lone_carriage_return_ends_in_a_sentence():
    with pytest.raises(InputError, match="read_csv cannot read this file"):
        read_book_file("a,y\n1\r,2\n")
