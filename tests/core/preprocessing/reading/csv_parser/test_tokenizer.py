"""Rows and cells are those of Python's csv module, whatever the quotes, line ends and blocks; repairs are reported."""

import csv
import io
import random

import pyarrow as pa
import pytest

from core.errors import InputError
from core.preprocessing import read_table
from core.preprocessing.reading.csv_parser import tokenizer
from core.preprocessing.reading.csv_parser.blocks import leading_zeros, next_block
from core.preprocessing.reading.csv_parser.rows import Dialect


def csv_rows(text, delimiter=","):
    """Parse with the csv module; blank lines are no rows."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    return [row for row in rows if len(row) > 1 or (row and row[0].strip(" \t"))]


def as_text(text, width, delimiter=","):
    """Read with every column kept as text, and return the rows with "" for what is missing."""
    names = [f"n{place}" for place in range(width)]
    table = read_table(
        (delimiter.join(names) + "\n" + text).encode(), delimiter=delimiter, decimal="." if delimiter != "." else ",",
        header=0, skip_end=0, missing=[], kinds=dict.fromkeys(names, "text"),
    )  # fmt: skip
    return table, table.frame.fillna("").to_numpy().tolist()


def made_up_text(draw, *, ragged):
    """Return a text and its number of columns."""
    width, end = draw.choice([1, 2, 3, 4]), draw.choice(["\n", "\r\n", "\r"])
    plain = ["", "a", "b c", "1", "007", "é姓", "'q", "-2.5", " x", "x "]
    quoted = ["", "a", "x\ny", "p,q;r", '""', 'a""b', "\r", "\r\n ", " z", "1"]
    odd = ['5" pipe', ' "blank before"', '"a"b', 'a"b"c']

    def cell():
        kind = draw.random()
        if ragged and kind < 0.05:
            return draw.choice(odd)
        return draw.choice(plain) if kind < 0.6 else f'"{draw.choice(quoted)}"'

    lines = []
    for _ in range(draw.randint(1, 8)):
        count = draw.choice([1, width, width + 1, width + 2]) if ragged and draw.random() < 0.3 else width
        lines.append(",".join(cell() for _ in range(count)) + (end if draw.random() < 0.8 else "\n"))
        lines.append(draw.choice(["", "", "", "\n", "  \n"]))
    return "".join(lines), width


@pytest.mark.parametrize("size", [8, 1 << 23])
@pytest.mark.parametrize("ragged", [False, True])
def test_cells_are_those_of_the_csv_module(monkeypatch, size, ragged):
    monkeypatch.setattr(tokenizer, "SIZE", size)
    monkeypatch.setattr(tokenizer.next_block, "__defaults__", (size,))
    draw = random.Random(size + ragged)
    seen = 0
    for _ in range(250):
        text, width = made_up_text(draw, ragged=ragged)
        rows = csv_rows(text)
        if not rows or text.count('"') % 2:
            continue
        seen += 1
        table, cells = as_text(text, width)
        assert cells == [[cell.strip() for cell in [*row, *[""] * width][:width]] for row in rows], text
        short = sum(max(width - len(row), 0) for row in rows)
        beyond = sum(bool(cell.strip()) for row in rows for cell in row[width:])
        assert sum(change.count for change in table.changes if change.kind == "cells_added") == short
        left_out = [change for change in table.changes if change.kind == "cells_left_out" and change.cells]
        assert sum(change.count for change in left_out) == beyond
        for label, row in enumerate(rows):
            assert list(table.raw.row(label)) == [*row, *[None] * width][:width]
    assert seen > 150


def test_a_large_text_with_rare_oddities_is_cut_alike_in_every_block():
    draw = random.Random(1)
    lines = [f"{number},{draw.random():.4f},{draw.choice(['red', 'blue', ''])}" for number in range(200_000)]
    lines[50_000] = "1,2"
    lines[120_000] = "1,2,3,4,5"
    lines[150_000] = '7,"a quoted ""cell"", and\na break",x'
    lines[199_999] = 'x,5" pipe,z'
    text = "\n".join(lines) + "\n"
    table, cells = as_text(text, 3)
    rows = csv_rows(text)
    assert cells == [[*row, *[""] * 3][:3] for row in rows]
    added, left_out = (next(c for c in table.changes if c.kind == kind) for kind in ("cells_added", "cells_left_out"))
    assert [(cell.row, cell.line, cell.column) for cell in added.cells] == [(50_000, 50_002, "n2")]
    assert [(cell.row, cell.line, cell.before) for cell in left_out.cells] == [
        (120_000, 120_002, "4"),
        (120_000, 120_002, "5"),
    ]
    assert table.raw.row(150_001) == ("150001", *rows[150_001][1:])
    assert [table.raw.line_of(label) for label in (0, 50_000, 150_000, 150_001)] == [2, 50_002, 150_002, 150_004]


def test_numbers_are_the_same_whether_cut_as_numbers_or_as_text(monkeypatch):
    draw = random.Random(2)
    cells = [repr(draw.uniform(-1e6, 1e6)) for _ in range(5_000)]
    for late in ("1e400", "007", "0x10", "nan ", "9007199254740993", "x", "+5", "NA"):
        text = "a,b\n" + "".join(f"{cell},{place}\n" for place, cell in enumerate(cells)) + f"{late},1\n"
        quick = read_table(text.encode())
        with monkeypatch.context() as patch:
            patch.setattr("core.preprocessing.reading.csv_parser.parser.plain_number_types", lambda *_args, **_more: {})
            slow = read_table(text.encode())
        assert quick.frame.equals(slow.frame), late
        assert (quick.notes, quick.changes) == (slow.notes, slow.changes)


@pytest.mark.parametrize("short", ["", "3\n"], ids=["even", "ragged"])
def test_a_zero_before_a_number_is_kept_wherever_its_block_ends(monkeypatch, short):
    monkeypatch.setattr(tokenizer, "SIZE", 1 << 12)
    text = "a,b\n" + "".join(f"{row},{row / 2}\n" for row in range(2_000)) + f"007,1.5\n{short}8,2.5\n"
    frame = read_table(text.encode()).frame
    assert frame["a"].iloc[[0, 1_999, 2_000, -1]].tolist() == ["0", "1999", "007", "8"]
    assert frame["b"].iloc[[1, 2_000]].tolist() == [0.5, 1.5]


def test_leading_zeros_are_found_wherever_a_cell_begins():
    draw = random.Random(3)
    dialect = Dialect(",")
    kinds = ["0", "0.5", "-0.5", "10", "00", "-01", "+02", "2020-01-02", " 03", '"04"', "0x1F", "a0"]
    for _ in range(500):
        text = "\n".join(",".join(draw.choice(kinds) for _ in range(3)) for _ in range(3))
        start = draw.choice([0, text.index("\n") + 1])
        found = leading_zeros(text.encode(), start, len(text), dialect)
        cells = [cell for row in csv.reader(io.StringIO(text[start:])) for cell in row]
        padded = [cell for cell in cells if cell.strip().lstrip("+-")[:2] in {"00", "01", "02", "03", "04", "0x"}]
        assert len(found) == len(padded), (text, start)


def test_blocks_end_where_rows_end():
    text = b'a,b\n"x\ny",1\n"p ""q"" \n\n r",2\nz,3\n'
    ends = []
    for size in range(1, len(text)):
        place = 0
        while place < len(text):
            block = next_block(text, place, len(text), Dialect(","), size)
            assert block.is_tidy
            assert block.has_breaks == (b'"' in text[block.start : block.end])
            place = block.end
            ends.append(place)
    assert set(ends) == {4, 12, 29, 33}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n1,2\n3,"4\n5,6\n', 3),
        ('a,b\n"1,2\n3,4\n', 2),
        ('a,b\n"x\ny",2\n\n3,"4\n5,6\n', 5),
        ('a,"b\n1,2\n', 1),
        ('a,b\n5" pipe,1\n3,"4\n', 3),
        ("a,b\n" + "1,2\n" * 50_000 + '1,"2\n' + "1,2\n" * 3, 50_002),
    ],
)
def test_a_quote_that_is_never_closed_is_named_by_its_line(text, line):
    with pytest.raises(InputError, match=f"in line {line} runs to the end of the file; probably a quote is not closed"):
        read_table(text.encode())


def test_nothing_of_python_is_handed_to_the_threads_of_the_parser(monkeypatch):
    """A thread that outlives the call would have to give it back, and end a process that is ending."""
    owners = []
    monkeypatch.setattr(
        pa, "BufferReader", lambda buffer, make=pa.BufferReader: (owners.append(buffer), make(buffer))[1]
    )
    read_table(b"a,b\n1,2\n")
    assert owners
    assert all(buffer.parent is None and buffer.is_mutable for buffer in owners)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"a\r\n1\r\n2", [("1",), ("2",)]),
        (b"a\r\n\r\n1\r\n\r\n2", [("1",), ("2",)]),
        (b"a,b\r\n1,2\r\n,", [("1", "2"), ("", "")]),
        (b"a\n1\n2", [("1",), ("2",)]),
        (b"a\r\n1\n2\r\n3", [("1",), ("2",), ("3",)]),
    ],
)
def test_a_last_row_of_one_character_is_found_again_without_a_line_break(content, rows):
    table = read_table(content, header=0)
    assert [tuple(table.raw.row(label)) for label in table.frame.index] == rows


def test_a_last_block_without_a_row_leaves_the_numbers_before_it_numbers(monkeypatch):
    """Quotes around nothing make blank rows; a whole block of them was joined as text to columns of numbers."""
    monkeypatch.setattr(tokenizer, "SIZE", 1 << 14)
    monkeypatch.setattr(tokenizer.next_block, "__defaults__", (1 << 14,))
    rows = [(i, i / 4, f"line\none {i}") for i in range(2_000)]
    text = "i,v,note\n" + "".join(f'{i},{v},"{note}"\n' for i, v, note in rows) + '""\n' * 20_000
    frame = read_table(text.encode(), delimiter=",", header=0, skip_end=0).frame
    assert list(frame.itertuples(index=False, name=None)) == rows
