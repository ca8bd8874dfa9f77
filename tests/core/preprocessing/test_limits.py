"""No file is too large to say so, and each limit names a way on that works."""

import re

import numpy as np
import pytest

from core.errors import LimitError
from core.preprocessing import limits, read_table
from core.preprocessing.reading import read_table as sources
from core.preprocessing.reading.csv_parser import columns

TABLE = b"a,b,c\n" + b"".join(b"%d,x%d,%d\n" % (number, number, number * 2) for number in range(100))


@pytest.fixture
def small_limits(monkeypatch):
    def set_limits(**values):
        for name, value in values.items():
            for module in (limits, columns, sources):
                if hasattr(module, name):
                    monkeypatch.setattr(module, name, value)

    return set_limits


@pytest.mark.parametrize(
    ("values", "limit", "came", "words"),
    [
        ({"MOST_ROWS": 99}, "rows", 100, "100 rows; at most 99 can be read: read a sample"),
        ({"MOST_CELLS": 299}, "cells", 300, "300 cells; at most 299 can be read: read a sample of its rows, or fewer"),
        ({"MOST_COLUMNS": 2}, "columns", 3, "3 columns; at most 2 can be read"),
        ({"MOST_BYTES": 100}, "bytes", len(TABLE), "MB can be read"),
    ],
)
def test_more_than_the_limit_is_refused_in_a_sentence(small_limits, values, limit, came, words):
    small_limits(**values)
    with pytest.raises(LimitError, match=words) as problem:
        read_table(TABLE)
    assert (problem.value.limit, problem.value.came) == (limit, came)
    assert problem.value.most == next(iter(values.values()))


def test_exactly_the_limit_is_read(small_limits):
    small_limits(MOST_ROWS=100, MOST_CELLS=300, MOST_COLUMNS=3, MOST_BYTES=len(TABLE))
    assert read_table(TABLE).frame.shape == (100, 3)


def test_a_sample_and_fewer_columns_are_ways_on(small_limits):
    small_limits(MOST_ROWS=50, MOST_CELLS=120)
    assert read_table(TABLE, sample=40).frame.shape == (40, 3)
    small_limits(MOST_ROWS=500)
    assert read_table(TABLE, columns=["a"]).frame.shape == (100, 1)
    with pytest.raises(LimitError, match="200 cells"):
        read_table(TABLE, columns=["a", "c"])


def test_lines_that_are_no_rows_do_not_count(small_limits):
    small_limits(MOST_ROWS=3)
    assert len(read_table(b'a,b\n\n\n\n1,"x\n\n\n\ny"\n\n2,z\n').frame) == 2


def test_a_sample_cannot_be_drawn_from_everything(small_limits):
    small_limits(MOST_TO_SAMPLE=99)
    with pytest.raises(LimitError, match="a sample can be drawn from at most 99"):
        read_table(TABLE, sample=5)


def test_a_file_on_disk_is_not_opened_if_it_is_too_large(small_limits, tmp_path):
    small_limits(MOST_BYTES=100)
    path = tmp_path / "large.csv"
    path.write_bytes(TABLE)
    for source in (path, path.open("rb")):
        with pytest.raises(LimitError) as problem:
            read_table(source)
        assert problem.value.limit == "bytes"


def test_every_sentence_names_its_limit_in_plain_digits():
    for check, most in ((limits.check_columns, 2_000), (limits.check_sampled, 40_000_000)):
        with pytest.raises(LimitError, match=re.escape(f"{most:,}")):
            check(most + 1)


def test_the_sample_is_the_one_a_script_can_draw_again():
    table = read_table(TABLE, sample=10)
    rows = np.sort(np.random.default_rng(0).permutation(100)[:10])
    assert table.frame["a"].tolist() == rows.tolist()
    assert table.frame.index.tolist() == list(range(10))
    assert [table.raw.row(label)[1] for label in range(10)] == [f"x{row}" for row in rows]
    assert [table.raw.line_of(label) for label in range(10)] == (rows + 2).tolist()
    change = next(change for change in table.changes if change.kind == "rows_left_out")
    assert change.count == 90
    assert change.sentence in table.notes
    assert table.reading.sample == 10


def test_a_sample_larger_than_the_table_is_the_table():
    table = read_table(TABLE, sample=1_000)
    assert table.frame.equals(read_table(TABLE).frame)
    assert not table.changes


def test_changes_in_a_sample_carry_its_labels():
    text = b"a,b\n" + b"".join(b"%d,1\n" % number if number % 3 else b"%d\n" % number for number in range(60))
    table = read_table(text, sample=20)
    rows = np.sort(np.random.default_rng(0).permutation(60)[:20])
    cells = next(change for change in table.changes if change.kind == "cells_added").cells
    assert len(cells) == 20
    for cell in cells:
        number = cell.line - 2
        assert cell.row == (np.flatnonzero(rows == number)[0] if number in rows else None)


def test_only_the_columns_asked_for_are_read_in_the_order_of_the_file():
    table = read_table(TABLE, columns=["c", "a"], kinds={"b": "text"})
    assert list(table.frame.columns) == ["a", "c"]
    assert table.reading.names == ("a", "b", "c")
    assert table.raw.row(7) == ("7", "14")
    change = next(change for change in table.changes if change.kind == "columns_left_out")
    assert (change.count, [cell.column for cell in change.cells]) == (1, ["b"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"columns": ["a", "z"]}, "no column “z”"),
        ({"columns": []}, "at least one name"),
        ({"columns": "a"}, "at least one name"),
        ({"sample": 0}, "1 or more"),
        ({"sample": 2.5}, "1 or more"),
    ],
)
def test_a_sample_or_columns_that_make_no_sense_are_named(arguments, words):
    with pytest.raises(ValueError, match=words):
        read_table(TABLE, **arguments)
