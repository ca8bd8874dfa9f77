"""What a screen needs to offer another reading: names, members, sheets, first rows, lines; and the limits' ways on."""

import csv
import io
import zipfile

import numpy as np
import pandas as pd
import pytest

from core.errors import LimitError
from core.preprocessing import limits, read_table
from core.preprocessing.reading.csv_parser import columns as gathering

TITLED = b'Report 2024\r\n\r\nname,"note"\r\nA,"two\r\nlines"\r\n\r\nB,one\r\nC,one\r\n'


def test_the_first_rows_are_those_that_the_csv_module_cuts_blank_ones_aside():
    table = read_table(TITLED, delimiter=",", header=1)
    rows = [row for row in csv.reader(io.StringIO(TITLED.decode(), newline="")) if row]
    assert [list(row) for row in table.raw.beginning(3)] == rows[:3]
    assert [list(row) for row in table.raw.beginning(99)] == rows
    assert rows[table.reading.header_row] == ["name", "note"]


def test_every_row_knows_its_line():
    table = read_table(TITLED, delimiter=",", header=1)
    assert [table.raw.line_of(label) for label in table.frame.index] == [4, 7, 8]
    with pytest.raises(KeyError):
        table.raw.line_of(3)


def test_parquet_has_neither_lines_nor_rows_before_the_table():
    table = read_table(pd.DataFrame({"a": [1.5, 2.5]}).to_parquet())
    assert table.raw.line_of(0) is None
    assert list(table.raw.beginning(5)) == []


def test_an_archive_names_its_files_and_a_workbook_its_sheets():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "a\n1\n2\n")
        archive.writestr("readme.txt", "Read me.")
    assert set(read_table(packed.getvalue()).members) == {"a.csv", "readme.txt"}
    book = io.BytesIO()
    with pd.ExcelWriter(book) as writer:
        for name in ("one", "two"):
            pd.DataFrame({name: [1, 2]}).to_excel(writer, sheet_name=name, index=False)
    assert read_table(book.getvalue()).sheets == ("one", "two")
    assert read_table(b"a\n1\n").members == read_table(b"a\n1\n").sheets == ()


def wide(columns):
    names = ",".join(f"c{place}" for place in range(columns))
    rows = [",".join(map(str, row)) for row in np.arange(3 * columns).reshape(3, columns)]
    return "\n".join([names, *rows]).encode()


def test_some_of_very_many_columns_can_be_read_and_the_refusal_names_them():
    content = wide(2_500)
    with pytest.raises(LimitError, match="2,500 columns; at most 2,000") as raised:
        read_table(content)
    assert (raised.value.limit, raised.value.most, raised.value.came) == ("columns", 2_000, 2_500)
    assert raised.value.names == tuple(f"c{place}" for place in range(2_500))
    frame = read_table(content, columns=["c2499", "c7"]).frame
    assert frame.to_dict("list") == {"c7": [7, 2507, 5007], "c2499": [2499, 4999, 7499]}


def test_beyond_all_measure_there_is_nothing_to_choose_from():
    with pytest.raises(LimitError, match="at most 20,000 can be chosen from") as raised:
        read_table(wide(20_001), columns=["c1"])
    assert raised.value.names == ()


@pytest.mark.parametrize("pack", [lambda frame: frame.to_csv(index=False).encode(), lambda frame: frame.to_parquet()])
def test_too_many_cells_name_the_columns_and_fewer_of_them_are_read(monkeypatch, pack):
    for module in (limits, gathering):
        monkeypatch.setattr(module, "MOST_CELLS", 50, raising=False)
    content = pack(pd.DataFrame({"a": range(20), "b": range(20), "c": range(20)}))
    with pytest.raises(LimitError, match="60 cells; at most 50") as raised:
        read_table(content)
    assert raised.value.limit == "cells"
    assert raised.value.names == ("a", "b", "c")
    assert read_table(content, columns=["c", "a"]).frame.shape == (20, 2)
    assert read_table(content, sample=10).frame.shape == (10, 3)


def test_a_decimal_mark_that_was_given_holds_for_every_column():
    content = b"a;b\n1,5;1.5\n2,5;2.5\n"
    assert read_table(content, decimal=".").frame.to_dict("list") == {"a": ["1,5", "2,5"], "b": [1.5, 2.5]}
    assert read_table(content, decimal=",").frame.to_dict("list") == {"a": [1.5, 2.5], "b": ["1.5", "2.5"]}
