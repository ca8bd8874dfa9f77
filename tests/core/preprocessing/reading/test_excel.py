"""Workbooks: what is in the cells is in the rows, and no workbook ends this process."""

import datetime as dt
import io
import os
import struct
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError, LimitError
from core.preprocessing.reading import excel
from core.preprocessing.reading.excel import read_sheet
from core.preprocessing.reading.excel_cells import cell_text
from tests.corpus.workbooks import archive, compound, ods, xls, xlsx
from tests.examples import examples

ROWS = [["name", "size", ""], ["Åse", 1.5, 3.0], ["", -0.25, 1e300]]
TEXTS = [["name", "size", ""], ["Åse", "1.5", "3"], ["", "-0.25", "1e+300"]]


@pytest.mark.parametrize("write", [xlsx, xls, ods])
def test_text_and_numbers_come_out_of_every_kind_of_workbook(write):
    sheet = read_sheet(write(ROWS))
    assert sheet.rows == TEXTS
    assert (len(sheet.sheets), sheet.notes) == (1, ())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "TRUE"),
        (False, "FALSE"),
        (3.0, "3"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e15, "1000000000000000"),
        (1e16, "1e+16"),
        (7, "7"),
        ("00123", "00123"),
        (" x ", " x "),
        ("a\nb", "a\nb"),
        (dt.datetime(2020, 1, 31, 3, 4, 5), "2020-01-31 03:04:05"),
        (dt.date(2020, 1, 31), "2020-01-31 00:00:00"),
        (dt.time(10, 30), "10:30:00"),
        (dt.timedelta(hours=30, minutes=5), "30:05:00"),
        (dt.timedelta(minutes=-90), "-1:30:00"),
    ],
)
def test_each_sort_of_cell_has_one_text(value, text):
    assert cell_text(value) == text


@settings(max_examples=examples(100), deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_number_is_that_number(number):
    assert float(cell_text(number)) == number


def test_cells_that_openpyxl_wrote_are_the_ones_it_reads():
    values = [True, 2.5, 12, "x", dt.datetime(2020, 1, 2, 3, 4), dt.date(2021, 2, 3), None, "é"]
    rows = read_sheet(xlsx([["h"] * len(values), values])).rows
    assert rows[1] == [
        "TRUE", "2.5", "12", "x", "2020-01-02 03:04:00", "2021-02-03 00:00:00", "", "é",
    ]  # fmt: skip


def test_a_day_at_midnight_has_the_form_of_the_times_beside_it():
    days = [dt.datetime(2020, 1, 2), dt.datetime(2020, 1, 2, 12)]
    assert read_sheet(xlsx([["day"], *([day] for day in days)])).rows == [
        ["day"], ["2020-01-02 00:00:00"], ["2020-01-02 12:00:00"],
    ]  # fmt: skip


def test_the_first_sheet_with_a_cell_is_read_hidden_ones_last_and_the_others_are_told():
    def change(book):
        book.active.sheet_state = "hidden"
        book.create_sheet("blank")
        book.create_sheet("data").append(["b", 2])
        book.create_sheet("more").append(["c", 3])

    data = xlsx([["a", 1]], change)
    sheet = read_sheet(data)
    assert (sheet.sheet, sheet.rows, sheet.sheets) == ("data", [["b", "2"]], ("Sheet", "blank", "data", "more"))
    assert sheet.notes == ("The sheet “data” was read; the workbook has others: “Sheet”, “blank”, “more”.",)
    assert read_sheet(data, "Sheet").rows == [["a", "1"]]
    assert read_sheet(data, "more").notes == ()
    assert read_sheet(data, "blank").rows == []
    with pytest.raises(InputError, match="no sheet “none”; it has “Sheet”, “blank”"):
        read_sheet(data, "none")


def test_a_hidden_sheet_is_read_if_there_is_no_other():
    def change(book):
        book.active.sheet_state = "hidden"
        book.create_sheet("front")

    assert read_sheet(xlsx([["a", 1]], change)).rows == [["a", "1"]]


def test_rows_above_and_columns_left_of_the_table_are_left_out():
    rows = [[], [], [None, None, "a", "b"], [None, None, 1, None], [], [None, None, 2, 3]]
    assert read_sheet(xlsx(rows)).rows == [["a", "b"], ["1", ""], ["", ""], ["2", "3"]]


def test_merged_cells_are_counted():
    sheet = read_sheet(xlsx([["a", None, "b"], [1, 2, 3]], lambda book: book.active.merge_cells("A1:B1")))
    assert sheet.rows[0] == ["a", "", "b"]
    assert any("1 group of cells is merged" in note for note in sheet.notes)


def test_errors_and_formulas_without_a_result_are_empty_and_counted():
    def change(book):
        book.active["A2"] = "#DIV/0!"
        book.active["A2"].data_type = "e"
        book.active["B2"] = "=1+1"

    sheet = read_sheet(xlsx([["a", "b", "c"], [None, None, "e"]], change))
    assert sheet.rows == [["a", "b", "c"], ["", "", "e"]]
    assert any("2 cells hold an error" in note for note in sheet.notes)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (compound("EncryptedPackage", b""), "has a password"),
        (xls(ROWS, struct.pack("<HHH", 0x2F, 2, 1)), "has a password"),
        (compound("Something", b""), "damaged or of an unknown kind"),
        (xlsx(ROWS)[:-80], "damaged or of an unknown kind"),
        (xls(ROWS)[:900], "damaged or of an unknown kind"),
        (archive({"xl/workbook.xml": "<a"}), "damaged or of an unknown kind"),
        (xlsx([]), "The workbook is empty"),
        (ods([]), "The workbook is empty"),
    ],
)
def test_a_workbook_that_cannot_be_read_is_named(data, words):
    with pytest.raises(InputError, match=words):
        read_sheet(data)


def of_children() -> float:
    """Return the seconds of a processor that processes started here have taken; a workbook is read in one."""
    return sum(os.times()[2:4])


def test_two_cells_at_opposite_corners_do_not_take_the_process_down():
    def change(book):
        book.active["XFD1048576"] = 1

    book = xlsx([["a"]], change)
    start = of_children()
    with pytest.raises(LimitError, match="more memory or time than it may") as problem:
        read_sheet(book)
    assert problem.value.limit == "work"
    assert of_children() - start < 10


def test_more_cells_than_the_limit_are_named(monkeypatch):
    monkeypatch.setattr(excel, "MOST_CELLS", 6)
    assert len(read_sheet(xlsx([["a", "b"], [1, 2], [3, 4]])).rows) == 3
    with pytest.raises(LimitError, match="has 8 cells; at most 6 can be read") as problem:
        read_sheet(xlsx([["a", "b"], [1, 2], [3, 4], [5, 6]]))
    assert (problem.value.limit, problem.value.most, problem.value.came) == ("cells", 6, 8)


def test_a_workbook_whose_text_swells_is_stopped():
    """One cell holds 3 GB of text, compressed to 13 MB."""
    book = xlsx([["a"], ["b"]])
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, True, 1) as new:
        for name in old.namelist():
            before, cell, after = old.read(name).partition(b"<t>b")
            with new.open(name, "w", force_zip64=True) as target:
                target.write(before + cell)
                for _ in range(300 * bool(cell)):
                    target.write(b"x" * 10_000_000)
                target.write(after)
    start = of_children()
    with pytest.raises(LimitError, match="more memory or time"):
        read_sheet(buffer.getvalue())
    assert of_children() - start < 60


def test_pandas_reads_the_same_values():
    values = [[round(0.37 * row * column, 3) for column in range(5)] for row in range(40)]
    data = xlsx([list("abcde"), *values])
    ours = read_sheet(data).rows
    theirs = pd.read_excel(io.BytesIO(data), engine="openpyxl")
    assert ours[0] == list(theirs.columns)
    assert [[float(cell) for cell in row] for row in ours[1:]] == theirs.to_numpy(dtype=float).tolist()
    assert openpyxl.load_workbook(io.BytesIO(data)).active.max_row == len(ours)


damaged = st.sampled_from([xlsx(ROWS), xls(ROWS), ods(ROWS)])


@settings(max_examples=examples(40), deadline=None)
@given(damaged, st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 255)), min_size=1, max_size=6))
def test_any_damage_gives_rows_or_an_input_error(data, changes):
    mutable = bytearray(data)
    for place, value in changes:
        mutable[place % len(mutable)] = value
    try:
        sheet = read_sheet(bytes(mutable))
    except InputError as problem:
        assert str(problem).endswith(".")
        return
    assert all(isinstance(cell, str) for row in sheet.rows for cell in row)
