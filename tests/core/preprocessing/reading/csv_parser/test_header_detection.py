"""Titles, remarks, names and their absence are found where people put them, and nowhere else."""

import pytest

from core.errors import InputError
from core.preprocessing import read_table


def read(text, **arguments):
    return read_table(text.encode(), **arguments)


def left_out(table):
    return [cell.before for change in table.changes if change.kind == "rows_left_out" for cell in change.cells]


@pytest.mark.parametrize(
    ("text", "names", "skipped"),
    [
        ("Table 3: Population by region\n\nregion,count\nNorth,5\nSouth,6\n", ["region", "count"], (0,)),
        ("# made in 2020\n# by an office\na,b\n1,2\n3,4\n", ["a", "b"], (0, 1)),
        ("Report;;\n;;\nname;x;y\na;1;2\nb;3;4\n", ["name", "x", "y"], (0, 1)),
        ("sep=;\na;b\n1,5;2\n", ["a", "b"], (0,)),
        ('"sep=|"\r\na|b\r\n1|2\r\n', ["a", "b"], (0,)),
        ("Created;2020-01-31;;\nUnit;EUR;;\nid;x;y;z\na;1;2;3\nb;4;5;6\n", ["id", "x", "y", "z"], (0, 1)),
        ("t,p\n(s),(kPa)\n1,2\n3,4\n", ["t", "p"], (1,)),
        ("a,b,c\n1,2,3\n4,5,6\nSource: Office, 2020\n", ["a", "b", "c"], (3,)),
        ("a;b;c\n1;2;3\n4;5;6\n\nNotes\n* estimated\n", ["a", "b", "c"], (3, 4)),
        ("a,b\nx,2\ny,3\n\n© The Office\n", ["a", "b"], (3,)),
    ],
)
def test_rows_above_and_below_the_table_are_left_out_and_listed(text, names, skipped):
    table = read(text)
    assert list(table.frame.columns) == names
    assert table.reading.skipped == skipped
    assert len(left_out(table)) == len(skipped)
    assert table.reading.regular
    lines = text.splitlines()
    for change in table.changes:
        for cell in change.cells:
            assert cell.row is None
            assert lines[cell.line - 1].strip('";,|').startswith(cell.before.split(",")[0].strip('";|'))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("country,2019,2020\nA,1,2\nB,3,4\n", ["country", "2019", "2020"]),
        ("2019,2020,2021\n1,2,3\n4,5,6\n", ["2019", "2020", "2021"]),
        ("a,b\nx,y\nz,w\n", ["a", "b"]),
        ("a,b\n1\n2,3\n", ["a", "b"]),
        ("1st,2nd\n1,2\n3,4\n", ["1st", "2nd"]),
        ("sex,class\n" + "m,1st\nf,2nd\n" * 9, ["sex", "class"]),
        ("name\nSmith, John\nDoe, Jane\nRoe, Rick\n", ["name"]),
        ("#id,name\n1,a\n2,b\n", ["#id", "name"]),
        ("a,b\nx,2\ny\n", ["a", "b"]),
    ],
)
def test_a_row_of_names_is_taken_as_one_and_nothing_is_left_out(text, names):
    table = read(text)
    assert list(table.frame.columns) == names
    assert (table.reading.header_row, table.reading.skipped) == (0, ())
    assert len(table.frame) == text.count("\n") - 1


@pytest.mark.parametrize(
    "text",
    [
        "5.1,3.5,setosa\n4.9,3.0,setosa\n4.7,3.2,virginica\n",
        "2020-01-01;5\n2020-01-02;6\n2020-01-03;7\n",
        "".join(f"{first},{second}\n" for first, second in zip("pexpexpexpexpe", "abcabcabcabcab", strict=True)),
    ],
)
def test_a_file_without_names_gets_some_loses_no_row_and_can_be_told_otherwise(text):
    table = read(text)
    width = len(table.frame.columns)
    assert list(table.frame.columns) == [f"column_{place}" for place in range(1, width + 1)]
    assert len(table.frame) == text.count("\n")
    assert table.reading.header_row is None
    assert any("no header row" in note for note in table.notes)
    assert len(read(text, header=0).frame) == text.count("\n") - 1


def test_the_row_of_names_and_the_end_can_be_given():
    text = "x,y\na,b\n1,2\n3,4\n5,6\n"
    table = read(text, header=1, skip_end=1)
    assert table.frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}
    assert (table.reading.header_row, table.reading.skipped) == (1, (0, 4))
    assert left_out(table) == ["x,y", "5,6"]
    assert read(text, header="none").frame["column_1"].tolist() == ["x", "a", "1", "3", "5"]
    assert len(read("a,b\n1,2\nSource: me\n", skip_end=0).frame) == 2


def test_the_row_of_names_may_stand_far_down():
    text = "x\n" * 5_000 + "a,b\n1,2\n3,4\n"
    table = read(text, header=5_000, delimiter=",")
    assert table.frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}
    assert table.changes[0].count == 5_000
    assert len(table.changes[0].cells) == 1_000


def test_many_rows_at_the_end_can_be_left_out():
    text = "a,b\n" + "".join(f"{number},x\n" for number in range(40_000))
    assert read(text, skip_end=30_000).frame["a"].tolist() == list(range(10_000))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"header": 9}, "Row 10 was chosen as the header row, but the file has 3 rows"),
        ({"header": -1}, "a position counted from 0"),
        ({"header": True}, "a position counted from 0"),
        ({"header": "first"}, "a position counted from 0"),
        ({"skip_end": -1}, "a whole number, 0 or more"),
        ({"skip_end": 2}, "a header but no rows"),
        ({"thousands": "x"}, "The thousands separator has to be"),
        ({"thousands": ".", "decimal": "."}, "have to differ"),
        ({"sheet": "Sheet1"}, "only workbooks have sheets"),
    ],
)
def test_choices_that_make_no_sense_are_named(arguments, words):
    with pytest.raises(InputError, match=words):
        read_table(b"a,b\n1,2\n3,4\n", **arguments)


@pytest.mark.parametrize(
    ("text", "delimiter", "frame"),
    [
        ("a^b\n1^2\n", "^", {"a": [1], "b": [2]}),
        ("a~b~c\n1~2~3\n", "~", {"a": [1], "b": [2], "c": [3]}),
        ("user:shell\nroot:bash\nme:zsh\n", ":", {"user": ["root", "me"], "shell": ["bash", "zsh"]}),
        (" a   b  c\n 1   2  3\n10  20 30 \n", " ", {"a": [1, 10], "b": [2, 20], "c": [3, 30]}),
        ("time\n10:00\n10:30\n", ",", None),
        ("full name\nJohn Smith\nJane Roe\n", ",", {"full name": ["John Smith", "Jane Roe"]}),
        ("10:00\n10:30\n11:00\n", ",", None),
    ],
)
def test_rare_delimiters_cut_only_what_they_cut_throughout(text, delimiter, frame):
    table = read(text)
    assert table.delimiter == delimiter
    if frame is None:
        assert table.frame.shape[1] == 1
    else:
        assert table.frame.to_dict("list") == frame


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("a,b\n'x, y',1\n'it''s',2\n'z',3\n", ["x, y", "it's", "z"]),
        ("a,b\n'x',1\n'y',2\n'z',3\n", ["x", "y", "z"]),
        ("a,b\n'tis,1\nrock 'n' roll,2\n", ["'tis", "rock 'n' roll"]),
        ("a,b\n'x',1\n\"y\",2\n'z',3\n", ["'x'", "y", "'z'"]),
    ],
)
def test_single_quotes_are_quotes_only_where_all_of_them_are(text, cells):
    table = read(text)
    assert table.frame["a"].tolist() == cells
    assert any("Single quotes" in note for note in table.notes) == (table.reading.quote == "'")
