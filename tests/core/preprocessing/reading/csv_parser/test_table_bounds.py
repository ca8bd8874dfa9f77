"""The row of names repeated where files were joined: left out, reported, and counted in the positions of rows."""

import csv
import io
import random

import pytest

from core.preprocessing import read_table


def joined(parts, header="a,b", end="\n", mark=b""):
    """Return files of these rows, each with the header, one behind the other."""
    return b"".join(mark + end.join([header, *rows, ""]).encode() for rows in parts)


PARTS = [["1,x", "2,y"], ["3,z"], ["4,x", "5,y", "6,z"]]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_joined_files_are_read_as_one(end, mark):
    table = read_table(joined(PARTS, end=end, mark=mark))
    assert table.frame.to_dict("list") == {"a": [1, 2, 3, 4, 5, 6], "b": ["x", "y", "z", "x", "y", "z"]}
    assert "The header row is repeated 2 times, in lines 4, 6, and was left out there." in table.notes
    change = next(change for change in table.changes if "is repeated" in change.sentence)
    assert [(cell.row, cell.line, cell.before) for cell in change.cells] == [(None, 4, "a,b"), (None, 6, "a,b")]


def test_rows_and_lines_are_those_of_the_file():
    table = read_table(b"# title\n" + joined(PARTS) + b"Source: somewhere\n")
    assert [table.raw.line_of(label) for label in range(6)] == [3, 4, 6, 8, 9, 10]
    assert [table.raw.row(label) for label in range(6)] == [tuple(row.split(",")) for part in PARTS for row in part]
    assert (table.reading.header_row, table.reading.skipped) == (1, (0, 4, 6, 10))


def test_leaving_out_the_skipped_places_gives_the_rows():
    draw = random.Random(0)
    parts = [
        [f'{draw.randrange(99)},"{draw.choice(("x", "y,z", "two lines", "q"))}"' for _ in range(300)] for _ in range(9)
    ]
    data = joined(parts).replace(b"two lines", b"two\nlines")
    table = read_table(data)
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    kept = [row for place, row in enumerate(rows) if place not in table.reading.skipped][1:]
    assert table.frame["a"].tolist() == [int(row[0]) for row in kept]
    assert table.frame["b"].tolist() == [row[1] for row in kept]
    assert len(table.frame) == 2700


@pytest.mark.parametrize(
    "text",
    [
        "red,round\nblue,square\nred,round\n",  # words alone: equal rows may be equal for another reason
        'a,b\n1,"\na,b\n"\n2,y\n',  # inside quotes
        "a,b\n1,a\n2,b\n3,a\n",
        "a\n1\na\n2\n",  # one column: the name may be a value
        "1,2\n1,2\n3,4\n",  # numbers are no names
    ],
)
def test_rows_that_only_look_alike_stay(text):
    assert not any("is repeated in line" in note for note in read_table(text.encode()).notes)


def test_a_sample_counts_rows_without_the_names():
    table = read_table(joined(PARTS), sample=3)
    assert len(table.frame) == 3
    assert "a" not in table.frame["a"].tolist()
