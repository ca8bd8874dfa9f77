"""The choices of reading for single columns, and the doubts that lead to them."""

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.preprocessing import read_table
from core.preprocessing.schema import Alternative, Doubt


def column(cells, delimiter=";", title="d"):
    """A file with one column of cells beside one of words."""
    rows = [f"w{place}{delimiter}{cell}" for place, cell in enumerate(cells)]
    return "\n".join([f"w{delimiter}{title}", *rows]).encode()


def days(table, name="d"):
    return [None if day is pd.NaT else day.date().isoformat() for day in table.frame[name]]


AMBIGUOUS = ["01/02/2020", "03/04/2020", "05/05/2020", "02/01/2020"]


@pytest.mark.parametrize(
    ("order", "cells", "expected"),
    [
        ("dmy", AMBIGUOUS, ["2020-02-01", "2020-04-03", "2020-05-05", "2020-01-02"]),
        ("mdy", AMBIGUOUS, ["2020-01-02", "2020-03-04", "2020-05-05", "2020-02-01"]),
        ("ydm", ["2020-13-01", "2020-02-03"], ["2020-01-13", "2020-03-02"]),
        ("ydm", ["2020.02.03", "2021.04.05"], ["2020-03-02", "2021-05-04"]),
        ("ymd", ["2020-02-03", "2021-04-05"], ["2020-02-03", "2021-04-05"]),
        ("ymd", ["20/02/03", "21/04/05"], ["2020-02-03", "2021-04-05"]),
        ("dmy", ["20/02/03", "21/04/05"], ["2003-02-20", "2005-04-21"]),
        ("ydm", ["20200203", "20211201"], ["2020-03-02", "2021-01-12"]),
        ("mdy", ["Jan 2, 2020", "Feb 3, 2021"], ["2020-01-02", "2021-02-03"]),
        ("dmy", ["1. März 2020", "2. Mai 2021"], ["2020-03-01", "2021-05-02"]),
        ("mdy", ["13/02/2020", "02/01/2020"], [None, "2020-02-01"]),
    ],
)
def test_the_order_of_a_column_of_dates_can_be_chosen(order, cells, expected):
    table = read_table(column(cells), date_orders={"d": order})
    assert days(table) == expected
    assert not any("ambiguous" in note for note in table.notes)


def test_an_order_is_that_of_its_column_alone():
    data = b"a;b\n01/02/2020;01/02/2020\n03/04/2021;03/04/2021\n"
    table = read_table(data, date_orders={"a": "dmy"})
    assert days(table, "a") == ["2020-02-01", "2021-04-03"]
    assert days(table, "b") == ["2020-01-02", "2021-03-04"]
    assert read_table(data, date_orders={"a": "dmy"}, day_first=False).frame.equals(table.frame)


@pytest.mark.parametrize(
    ("choice", "note"),
    [
        (
            {"date_orders": {"d": "ydm"}},
            "“d”: the chosen order of day, month and year fits no cell and",
        ),
        ({"centuries": {"d": 1930}}, "“d”: no year has two digits, and the chosen century"),
        ({"decimals": {"d": ","}}, "“d”: the chosen decimal mark fits no cell and"),
    ],
)
def test_a_choice_that_fits_no_cell_is_left_aside_and_told(choice, note):
    data = column(AMBIGUOUS)
    table = read_table(data, **choice)
    assert table.frame.equals(read_table(data).frame)
    assert f"{note} was left aside." in table.notes


@pytest.mark.parametrize(
    ("first", "years"), [(1930, [2028, 1930, 2029]), (1969, [2028, 2030, 2029]), (1828, [1828, 1830, 1829])]
)
def test_the_century_of_two_digits_can_be_chosen(first, years):
    table = read_table(column(["13.1.28", "14.2.30", "15.3.29"]), centuries={"d": first})
    assert [day.year for day in table.frame["d"]] == years
    assert not any("two digits" in note for note in table.notes)
    assert table.reading.column("d").conversion.century == first


@pytest.mark.parametrize(
    ("mark", "cells", "expected"),
    [
        (",", ["1.234", "12.345"], [1234, 12345]),
        (".", ["1.234", "12.345", "7"], [1.234, 12.345, 7]),
        (",", ["1,5", "2", "3", "4"], [1.5, 2, 3, 4]),
        (".", ["1,234", "12,345"], [1234, 12345]),
        (",", ["1,5", "2.5", "3"], [1.5, np.nan, 3]),
        (",", ["1,2k", "3"], [1200, 3]),
    ],
)
def test_the_decimal_mark_of_a_column_can_be_chosen(mark, cells, expected):
    table = read_table(column(cells), decimals={"d": mark})
    np.testing.assert_array_equal(table.frame["d"], expected)


def test_a_row_of_sums_and_quotes_as_letters_can_be_kept():
    data = b"n,x\nA,1\nB,2\nTotal,3\n"
    assert list(read_table(data).frame["n"]) == ["A", "B"]
    assert list(read_table(data, keep_sums=True).frame["n"]) == ["A", "B", "Total"]
    assert list(read_table(data + b"\nSource: us\n", keep_sums=True).frame["n"]) == ["A", "B", "Total"]
    stray = b'n,x\nA,"1\nB,2\n'
    with pytest.raises(InputError, match="not closed"):
        read_table(stray)
    table = read_table(stray, quote="")
    assert table.frame["x"].tolist() == ['"1', "2"]
    assert read_table(b'n,x\n"A, B",\x1e\nC,2\n', delimiter=",", quote="").frame["n"].tolist() == ['"A', "C"]
    assert read_table(b"n,x\n'A, B',1\nC,2\n", quote="'").frame["n"].tolist() == ["A, B", "C"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"date_orders": {"d": "myd"}}, {"date_orders": ["d"]}, {"centuries": {"d": "1930"}}, {"centuries": {"d": 30}},
        {"decimals": {"d": "'"}}, {"quote": "|"}, {"quote": "'", "delimiter": "'"},
    ],
)  # fmt: skip
def test_what_cannot_be_chosen_is_refused_in_a_sentence(wrong):
    with pytest.raises(InputError, match=r"\.$"):
        read_table(column(AMBIGUOUS), **wrong)


DAYS = ("01/02/2020", "03/04/2020", "02/01/2020")
ORDER = (
    Alternative("date_orders", "dmy", ("2020-02-01", "2020-04-03", "2020-01-02")),
    Alternative("date_orders", "mdy", ("2020-01-02", "2020-03-04", "2020-02-01")),
)
MARK = (
    Alternative("decimals", ".", ("1.234", "12.345")),
    Alternative("decimals", ",", ("1234", "12345")),
)
LIST = (
    Alternative("decimals", None, ("2,2", "0", "1")),
    Alternative("decimals", ",", ("2.2", "0", "1")),
)


@pytest.mark.parametrize(
    ("data", "doubt"),
    [
        (column(AMBIGUOUS), Doubt("date_order", "d", DAYS, ORDER, 1)),
        (column(["1.234", "12.345"]), Doubt("mark", "d", ("1.234", "12.345"), MARK, 0)),
        (column(['"2,2"', "0", "1", "5", "6"], ","), Doubt("list", "d", ("2,2", "0", "1"), LIST, 0)),
    ],
)
def test_a_doubt_shows_three_cells_in_both_ways_and_either_can_be_chosen_and_taken_back(data, doubt):
    assert read_table(data).doubts == (doubt,)
    for place, way in enumerate(doubt.readings):
        chosen = {} if way.value is None else {way.option: {"d": way.value}}
        table = read_table(data, **chosen)
        assert table.doubts == (Doubt(doubt.kind, "d", doubt.cells, doubt.readings, place),)


def test_the_century_is_in_doubt_where_another_one_is_as_good():
    def firsts(cells, title="d"):
        doubts = [doubt for doubt in read_table(column(cells, title=title)).doubts if doubt.kind == "century"]
        return [[way.value for way in doubt.readings] for doubt in doubts]

    assert len(firsts(["13.1.57", "14.2.58", "15.3.59"])) == 0  # not in the future
    assert firsts(["13.1.57", "14.2.58", "15.3.59"], "birth") == []
    dense = [f"13.1.{year:02}" for year in range(0, 100, 5)]
    [[low, high]] = firsts(dense)
    assert high == 1969
    table = read_table(column(dense), centuries={"d": low})
    assert table.frame["d"].max().year <= low + 99
    assert [doubt.in_use for doubt in table.doubts] == [0]


@pytest.mark.parametrize(
    "data",
    [
        column(["24/01/2020", "01/02/2020"]), column(["2020-01-02"]), column(["1.234", "0.5"]), column(["1.2345"]),
        column(["a", "b"]), column(["1,2", "1,2,3", "5", "6", "7"], "\t"), b'a,b\n"1,234",0.5\n"2,345",1.5\n',
        column(["$1,234", "$5,678"], "\t"), column(["1,5", "2,25"]),
    ],
)  # fmt: skip
def test_what_the_cells_tell_is_not_in_doubt(data):
    assert read_table(data).doubts == ()


def test_what_was_settled_for_the_whole_file_is_not_in_doubt():
    assert read_table(column(AMBIGUOUS), day_first=True).doubts == ()
    assert read_table(column(["1.234", "12.345"]), decimal=".").doubts == ()
    assert read_table(column(["1.234", "12.345"]), thousands=".").doubts == ()
