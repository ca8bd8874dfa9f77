"""Columns become what all their cells are, or what a person chose; nothing changes without being listed."""

from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing.column_types.convert import convert_columns
from core.preprocessing.schema import DateFormat, NumberFormat
from tests.core.preprocessing.column_types.columns import MISSING, same, table, typed, values
from tests.examples import examples


@pytest.mark.parametrize(
    ("cells", "kind", "dtype", "expected"),
    [
        (["1", " 2 ", "-3"], "number", "int64", [1, 2, -3]),
        (["1", "NA", "3"], "number", "float64", [1.0, None, 3.0]),
        (["1", None, "3"], "number", "float64", [1.0, None, 3.0]),
        (["1.0", "2"], "number", "float64", [1.0, 2.0]),
        (["0", "1", "0"], "number", "int64", [0, 1, 0]),
        (["5", "5", "5"], "number", "int64", [5, 5, 5]),
        (["1e300", "9007199254740993.5"], "number", "float64", [1e300, 9007199254740993.5]),
        (["00123", "4567", " ? "], "category", "str", ["00123", "4567", None]),
        (["00123", "00124", "00125"], "identifier", "str", ["00123", "00124", "00125"]),
        (["9007199254740993", "1"], "category", "str", ["9007199254740993", "1"]),
        (["$1,234.50", "($3)"], "number", "float64", [1234.5, -3.0]),
        (["50 %", "12.5 %"], "number", "float64", [0.5, 0.125]),
        (["24/11/2026", "NA"], "date", "datetime64[us]", [datetime(2026, 11, 24), None]),
        (["Yes", "no", ""], "yes_no", "str", ["Yes", "no", None]),
        (["red", " blue ", "red"], "category", "str", ["red", "blue", "red"]),
        (["nan", "None", "null"], "category", "str", ["nan", "None", "null"]),
        (["", " NA ", None, "?"], "empty", "str", [None] * 4),
        ([], "empty", "str", []),
        (["inf"], "empty", "str", [None]),
        (["1", "2", "x"], "category", "str", ["1", "2", "x"]),
    ],
)
def test_a_column_is_what_all_its_cells_are(cells, kind, dtype, expected):
    result = typed(cells)
    [column] = result.columns
    assert (column.kind, result.frame["x"].dtype, column.guessed) == (kind, dtype, True)
    assert same(values(result), expected)
    assert result.frame.index.equals(pd.RangeIndex(len(cells)))


def test_minus_zero_stays_among_decimals():
    assert np.signbit(typed(["-0", "0.5"]).frame["x"]).tolist() == [True, False]


@pytest.mark.parametrize(
    ("cells", "conversion"),
    [
        (["1", "2.5"], None),
        (["1,5"], NumberFormat(",")),
        (["1,234.5", "2"], NumberFormat(".", ",")),
        (["24.11.2026"], DateFormat("%d.%m.%Y")),
        (["2026-11-24T00:00:00Z"], DateFormat("%Y-%m-%dT%H:%M:%S%z", utc=True)),
        (["a"], None),
    ],
)
def test_the_reading_says_how_cells_became_values(cells, conversion):
    assert typed(cells).columns[0].conversion == conversion


def test_numbers_that_are_plain_in_the_file_need_no_conversion():
    assert typed(["1,5", "2"], decimal=",").columns[0].conversion is None
    assert typed(["1.5", "2"], decimal=",").columns[0].conversion == NumberFormat(".")


@pytest.mark.parametrize(("cells", "padded"), [(["1", "2"], False), (["1 ", "2"], True), (["a", "\ta"], True)])
def test_the_reading_says_whether_blanks_were_taken_off(cells, padded):
    assert typed(cells).columns[0].stripped is padded


def test_every_converted_cell_is_listed_with_its_row_and_line():
    result = typed(["1", "1,234.5", "NA", "1,234.5"], line_of=lambda row: row + 2)
    taken, change = result.changes
    assert taken.sentence == "Taken as missing: “NA” in 1 cell of “x”."
    assert [(cell.row, cell.line, cell.before) for cell in taken.cells] == [(2, 4, "NA")]
    assert (change.kind, change.count) == ("values_converted", 2)
    assert [(cell.row, cell.line, cell.column, cell.before, cell.after) for cell in change.cells] == [
        (1, 3, "x", "1,234.5", "1234.5"),
        (3, 5, "x", "1,234.5", "1234.5"),
    ]
    assert change.sentence == "Thousands separators were removed from the numbers: “x” (“1,234.5” became 1234.5)."
    assert change.sentence in result.notes


def test_all_are_counted_but_a_thousand_are_listed():
    [change] = typed(["1,234", "9"] * 1_500).changes
    assert (change.count, len(change.cells), change.cells[-1].row) == (1_500, 1_000, 1_998)


def test_plain_columns_change_nothing_and_say_nothing():
    result = convert_columns(table(a=["1", "2"], b=["x", "y"], c=["2020-01-01", ""]), decimal=".", missing=MISSING)
    assert (result.changes, result.notes) == ((), ())


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (["50 %", "1 %"], "Percentages were divided by 100: “x” (“50 %” became 0.5)."),
        (["$5"], "Currencies and units were removed from the numbers: “x” (“$5” became 5)."),
        (["−5"], "Cells were rewritten as plain numbers: “x” (“−5” became -5)."),
        (["24.11.2026"], "Cells were read as dates: “x” (“24.11.2026” became 2026-11-24)."),
        (
            ["2026-11-24T01:00+02:00"],
            "Times with a zone were converted to UTC: “x” (“2026-11-24T01:00+02:00” became 2026-11-23 23:00:00).",
        ),
        (["01/02/2026"], "“x”: the order of day and month is ambiguous; “01/02/2026” was read with the month"),
        (["24.11.26"], "“x”: years of two digits were read as 1969 to 2068."),
        (["1,234"], "“x”: the mark in “1,234” could also be a decimal mark"),
        (["1", "inf", "1e400"], "“x”: 2 values are infinite or too large for a float and count as missing."),
        (["1", "2", "x"], "“x” is text only because of the cells “x”; declare them missing to read numbers."),
        (
            ["$1", "$2", "$3", "soon"],
            "“x” is text only because of the cells “soon”; declare them missing to read numbers.",
        ),
        (
            ["2026-11-24", "2026-11-25", "2026-11-26", "unknown"],
            "“x” is text only because of the cells “unknown”; declare them missing to read dates.",
        ),
        (["007", "8"], "Numbers with leading zeros were kept as text: “x”."),
        (["9007199254740993"], "Whole numbers above 2⁵³ were kept as text, since float64 would round them: “x”."),
    ],
)
def test_every_guess_and_change_is_told(cells, words):
    assert any(note.startswith(words) for note in typed(cells).notes)


def test_infinite_numbers_are_listed():
    result = typed(["1.5", "inf", "1e999", "-Infinity"])
    [change] = result.changes
    assert (change.kind, [cell.before for cell in change.cells]) == (
        "values_taken_as_missing",
        ["inf", "1e999", "-Infinity"],
    )
    assert result.columns[0].infinite
    assert same(values(result), [1.5, None, None, None])


@pytest.mark.parametrize(
    ("kind", "cells", "expected", "stray"),
    [
        ("number", ["1", "x", "2"], [1.0, None, 2.0], ["x"]),
        ("number", ["$1,234", "x", "$2"], [1234.0, None, 2.0], ["x"]),
        ("number", ["x", "y"], [None, None], ["x", "y"]),
        ("number", ["1", "2"], [1, 2], []),
        ("date", ["2020-02-01", "2020-02-30", "x"], [datetime(2020, 2, 1), None, None], ["2020-02-30", "x"]),
        ("date", ["2020", "2021"], [datetime(2020, 1, 1), datetime(2021, 1, 1)], []),
        ("date", ["x", "y"], [None, None], ["x", "y"]),
        ("category", [" 00123", "4"], ["00123", "4"], []),
        ("category", ["1", "2.50"], ["1", "2.50"], []),
        ("text", ["2020-01-01", ""], ["2020-01-01", None], []),
        ("identifier", ["7", "8"], ["7", "8"], []),
        ("yes_no", ["1", "0"], ["1", "0"], []),
    ],
)
def test_a_chosen_kind_is_kept_and_cells_that_do_not_fit_are_listed(kind, cells, expected, stray):
    result = typed(cells, kinds={"x": kind})
    [column] = result.columns
    assert same(values(result), expected)
    assert (column.kind, column.guessed) == (kind if any(v is not None for v in expected) else column.kind, False)
    taken = [change for change in result.changes if change.kind == "values_taken_as_missing"]
    assert [cell.before for change in taken for cell in change.cells] == stray


def test_numbers_chosen_against_leading_zeros_or_many_digits_list_what_is_lost():
    [change] = typed(["00123", "4"], kinds={"x": "number"}).changes
    assert [(cell.before, cell.after) for cell in change.cells] == [("00123", "123")]
    result = typed(["12345678901234567890", "4"], kinds={"x": "number"})
    assert result.frame["x"].tolist() == [float("12345678901234567890"), 4.0]
    assert [cell.before for cell in result.changes[0].cells] == ["12345678901234567890"]


def test_many_columns_are_retyped_at_once_and_absent_ones_do_nothing():
    cells = {f"c{place}": ["1", "2"] for place in range(150)}
    kinds = {f"c{place}": "category" for place in range(0, 300, 2)}
    result = convert_columns(table(**cells), decimal=".", missing=MISSING, kinds=kinds)
    assert [column.kind for column in result.columns] == ["category", "number"] * 75
    assert result.frame.columns.tolist() == list(cells)


@pytest.mark.parametrize("kind", ["empty", "float", None, 3])
def test_a_kind_that_there_is_not_is_refused(kind):
    with pytest.raises(InputError, match=r"The column “x” cannot be of the kind .*; choose one of number, category"):
        typed(["1"], kinds={"x": kind})


@pytest.mark.parametrize(
    ("cells", "missing", "codes", "expected"),
    [
        (["-200", "5", "-200.0"], MISSING, ("-200",), [None, 5.0, None]),
        (["-200", "5", "-200.0"], (*MISSING, "-200"), (), [None, 5.0, None]),
        (["999", "5"], MISSING, (" 999.0 ",), [None, 5.0]),
        (["1,999", "5"], MISSING, ("1999",), [None, 5.0]),
        (["$9", "$5"], MISSING, ("9",), [None, 5.0]),
        (["x", "5"], MISSING, ("x",), [None, 5.0]),
        (["a", "999", "b"], MISSING, ("999",), ["a", None, "b"]),
        (["a", "999.0", "b"], MISSING, ("999",), ["a", "999.0", "b"]),
        (["9999-12-31", "2020-01-01"], MISSING, ("9999-12-31",), [None, datetime(2020, 1, 1)]),
        (["-1", "-1"], MISSING, ("-1",), [None, None]),
    ],
)
def test_codes_count_as_missing_by_value_among_numbers_and_by_spelling_elsewhere(cells, missing, codes, expected):
    result = typed(cells, missing=missing, codes={"x": codes} if codes else None)
    assert same(values(result), expected)
    assert result.columns[0].codes == tuple(code.strip() for code in codes)


def test_codes_are_of_one_column_only():
    result = convert_columns(table(a=["1", "9"], b=["1", "9"]), decimal=".", missing=MISSING, codes={"a": ["9"]})
    assert (result.frame["a"].isna().sum(), result.frame["b"].isna().sum()) == (1, 0)


cell = st.one_of(
    st.none(), st.text(max_size=6),
    st.sampled_from(["NA", " ", "1", "2.5", "-0", "1e400", "007", "1,234", "$5", "50 %"]),
    st.sampled_from(["2020-01-01", "01/02/2020", "31/02/2020", "yes", "no", "12 kg", "9007199254740993", "inf", "A1"]),
)  # fmt: skip
tokens = st.sampled_from(["1", "$5", "x"])
chosen = st.sampled_from([None, "number", "category", "yes_no", "date", "identifier", "text"])


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(cell, max_size=6), chosen, st.sampled_from(".,"), st.lists(tokens, max_size=2))
def test_whatever_the_cells_are_each_is_a_value_missing_or_listed(cells, kind, decimal, codes):
    result = typed(cells, decimal=decimal, kinds={"x": kind} if kind else None, codes={"x": codes})
    [column] = result.columns
    found = values(result)
    assert len(found) == len(cells)
    assert not any(isinstance(value, float) and np.isinf(value) for value in found)
    lost = {
        listed.row for change in result.changes if change.kind == "values_taken_as_missing" for listed in change.cells
    }
    bare = ["" if cell is None else cell.strip() for cell in cells]
    missing = {*MISSING, *codes}
    for row, (value, before) in enumerate(zip(found, bare, strict=True)):
        if before in missing:
            assert value is None
        elif column.kind not in ("number", "date", "empty"):
            assert value == before
        elif value is None and row not in lost:
            assert column.kind != "date"
            assert any(code.strip("$").isdigit() for code in codes)  # a code that matched by value
