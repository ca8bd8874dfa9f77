"""Rows, names and cells: what is in the file is in the table, and every change is reported."""

import io
import os
import random
import struct
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.preprocessing import DEFAULT_MISSING, read_table
from tests.examples import examples


def read(text, **arguments):
    return read_table(text.encode(), **arguments)


def told(table, *words):
    return any(all(word in note for word in words) for note in table.notes)


DELIMITED = (
    ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
    ("a;b;c\n1,5;2,5;3\n", ";"),
    ("price, EUR;size\n1,5;3\n2,5;4\n", ";"),
    ("a\tb\n1,5\t2\n", "\t"),
    ("a|b\n1|2\n", "|"),
    ('a,b\n"x;y;z",1\n"p;q;r",2\n', ","),
    ("d,t\n2020-01-01,10:00\n", ","),
    ("NumRooms,Alley,Price\nNA,Pave,127500\n2,NA,106000\n", ","),
    ("a,b,c\n1,2\n3,4,5,6\n7,8,9\n", ","),
    ("name;note\nA;one, two, three\nB;x, y, z\n", ";"),
    ("a,b\n1,2,\n3,4,\n", ","),
    ('a,b\n"line\nbreak",1\n', ","),
    ("姓名;年龄\n张三;20\n", ";"),
    ("id,tags\n1,a|b|c\n2,d|e|f\n", ","),
    ("t;v\n1,2|3,4;1\n5,6|7,8;2\n", ";"),
    ("q\ta\nIs it, so?\tYes, it is\nOr, not?\tNo, not\n", "\t"),
    ('"a";"b"\n"1,5";"x"\n', ";"),
    ("a;b;c\n;;\n;;1\n", ";"),
    ("date;time;value\n01.02.2020;10:00;1.234,5\n02.02.2020;11:00;999,5\n", ";"),
)


@pytest.mark.parametrize(("text", "delimiter"), DELIMITED)
def test_the_delimiter_is_found(text, delimiter):
    assert read(text).delimiter == delimiter


@pytest.mark.parametrize("text", ["text\nhello, world\nfoo\n", "x\n1\n2\n", "x\n1,5\n2,5\n", "x\na;b,c\n"])
def test_a_header_with_one_cell_means_one_column_and_no_cell_is_cut(text):
    table = read(text)
    assert table.frame.shape == (text.count("\n") - 1, 1)
    assert told(table, "a single column, “")


def test_decimal_commas_are_read_where_the_cells_use_them():
    table = read("a;b\n3,14;x\n-2,5;y\n,5;z\n")
    assert table.decimal == ","
    assert table.frame["a"].tolist() == [3.14, -2.5, 0.5]
    assert told(table, "Decimal commas")


def test_points_stay_decimal_points_between_semicolons():
    table = read("a;b\n3.14;1\n2.5;2\n")
    assert (table.decimal, table.frame["a"].tolist()) == (".", [3.14, 2.5])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("a;b\n1.234,5;x\n12.345.678,25;y\n7;z\n", [1234.5, 12345678.25, 7]),
        ('a,b\n"1,234.5",x\n"12,345,678.25",y\n7,z\n', [1234.5, 12345678.25, 7]),
        ("a\tb\n1,234\t0.5\n2,500\t1.5\n", [1234, 2500]),
    ],
)
def test_marks_between_thousands_are_left_out_and_dates_are_no_numbers(text, numbers):
    lines = text.rstrip("\n").split("\n")
    mark = read(text).delimiter
    text = "\n".join([lines[0] + mark + "day", *(f"{line}{mark}01.02.2020" for line in lines[1:])])
    table = read(text)
    assert table.frame["a"].tolist() == numbers
    assert told(table, "Thousands separators", "“a”")
    assert table.frame["day"].unique().tolist() == [pd.Timestamp(2020, 2, 1)]


def test_quotes_protect_delimiters_line_breaks_and_quotes():
    table = read('a,b\r\n"x, y","two\r\nlines"\r\n"say ""hi""",5" pipe\r\n')
    assert table.frame["a"].tolist() == ["x, y", 'say "hi"']
    assert table.frame["b"].tolist() == ["two\r\nlines", '5" pipe']
    assert table.notes == ()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(end):
    frame = read(end.join(["a,b", "1,2", "3,4", ""])).frame
    assert frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}


def test_names_are_stripped_made_unique_and_never_blank():
    table = read("Price, Price ,,Price_2,Unnamed: 2\n1,2,3,4,5\n")
    assert list(table.frame.columns) == ["Price", "Price_3", "column_3", "Price_2", "Unnamed: 2"]
    assert told(table, "without a name", "“column_3”")
    assert told(table, "Repeated names were made unique", "“Price_3”")


def test_two_equal_names_become_price_and_price_2():
    assert list(read("Price,Price\n1,2\n").frame.columns) == ["Price", "Price_2"]


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "=1+1", "**bold**", "self", "a\nb", "'; import os", "列"]
)
def test_any_name_is_just_a_name(name):
    quoted = name.replace('"', '""')
    assert list(read(f'"{quoted}",b\n x ,1\n').frame.columns) == [name, "b"]


@pytest.mark.parametrize("header", ["a,b", "a,b,"])
def test_an_extra_delimiter_at_the_end_of_each_row_shifts_nothing(header):
    table = read(f"{header}\n1,2,\n3,4,\n")
    assert table.frame.to_dict("list") == {"a": [1, 3], "b": [2, 4]}
    assert told(table, "2 rows end in an extra delimiter")


def test_a_nameless_last_column_with_values_is_kept():
    assert read("a,b,\n1,2,3\n").frame.to_dict("list") == {"a": [1], "b": [2], "column_3": [3]}


def test_ragged_rows_are_padded_or_cut_and_counted():
    table = read("a,b,c\n1,2\n3,4,5,6\n7,8,9\n1\n")
    assert table.frame["a"].tolist() == [1, 3, 7, 1]
    assert table.frame["c"].isna().tolist() == [True, False, False, True]
    assert told(table, "2 rows have fewer cells")
    assert told(table, "1 row has more cells")


def test_a_long_first_row_does_not_become_row_names():
    assert read("a,b\n1,2,3\n4,5,6\n").frame.to_dict("list") == {"a": [1, 4], "b": [2, 5]}


def test_blank_lines_and_blanks_around_cells_are_left_out():
    table = read("\n   \n a , b \n\n 1 , x y \n   \n 2 ,  z\n\n")
    assert table.frame.to_dict("list") == {"a": [1, 2], "b": ["x y", "z"]}


def test_missing_tokens_are_spelled_just_so_and_blanks_around_them_do_not_count():
    cells = [*DEFAULT_MISSING[1:], " NA ", "", "  ", '"  ? "']
    frame = read("a,b\n" + "".join(f"{cell},x\n" for cell in cells) + "1,None\n").frame
    assert frame["a"].isna().tolist() == [True] * len(cells) + [False]
    assert frame["a"].dtype == np.float64
    assert frame["b"].tolist()[-1] == "None"


@pytest.mark.parametrize("value", ["None", "Na", "none", "missing", "--", "#N/A"])
def test_other_words_stay_values_unless_chosen(value):
    text = f"a,b\n{value},1\nx,2\n"
    assert read(text).frame["a"].tolist() == [value, "x"]
    table = read(text, missing=[f" {value} "])
    assert table.frame["a"].isna().tolist() == [True, False]
    assert table.missing == ("", value)


def test_choosing_tokens_gives_up_the_default_ones_but_an_empty_cell_is_always_missing():
    assert read("a,b\nNA,1\n,2\n", missing=["?"]).frame["a"].isna().tolist() == [False, True]


def test_a_column_that_is_text_for_one_odd_token_is_pointed_out():
    table = read("a,b\n" + "".join(f"{number},x\n" for number in range(9)) + "unknown,y\n")
    assert told(table, "“a” is text only because of the cells “unknown”")


def test_numbers_are_rounded_correctly_to_the_last_digit():
    draw = random.Random(0)
    bits = (struct.unpack("d", draw.randbytes(8))[0] for _ in range(20_000))
    cells = [repr(number) for number in bits if np.isfinite(number)]
    cells += ["0." + "".join(draw.choices("0123456789", k=40)) for _ in range(5_000)]
    exact = [float(cell) for cell in cells]
    assert read("a,b\n" + "".join(f"{cell},1\n" for cell in cells)).frame["a"].tolist() == exact
    commas = "".join(f"{cell.replace('.', ',')};1\n" for cell in cells)
    assert read("a;b\n" + commas).frame["a"].tolist() == exact


def test_leading_zeros_stay_text():
    table = read("zip,n\n00123,1\n 4567,2\n,3\n")
    assert table.frame["zip"].tolist()[:2] == ["00123", "4567"]
    assert told(table, "leading zeros", "“zip”")
    assert read("a,b\n0,0.5\n10,00.25\n").frame.dtypes.tolist() == [np.int64, np.float64]


@pytest.mark.parametrize("gap", ["", "NA\n"])
@pytest.mark.parametrize("number", [2**53 + 1, -(2**53) - 1, 2**63 - 1, -(2**63), 2**64 - 1, 2**64, 10**30])
def test_whole_numbers_that_float64_would_round_stay_text(number, gap):
    table = read(f"a\n{number}\n{gap}1\n")
    assert table.frame["a"].dropna().tolist() == [str(number), "1"]
    assert told(table, "above 2⁵³", "“a”")


@pytest.mark.parametrize("number", [2**53, -(2**53), 2**53 - 1])
def test_whole_numbers_up_to_2_to_the_53_are_numbers(number):
    assert read(f"a\n{number}\n1\n").frame["a"].tolist() == [number, 1]


def test_large_decimals_are_numbers():
    assert read("a\n1e300\n9007199254740993.5\n").frame["a"].tolist() == [1e300, 9007199254740993.5]


def test_infinite_and_overflowing_numbers_become_missing_with_a_note():
    table = read("a,b\n1.5,inf\n1e999,2\n-Infinity,3\n")
    assert table.frame["a"].isna().tolist() == [False, True, True]
    assert told(table, "“a”: 2 values are infinite")
    assert told(table, "“b”: 1 value is infinite")


def test_true_and_false_are_categories():
    frame = read("a,b,c\nTrue,true,TRUE\nFalse,,FALSE\n").frame
    assert frame["a"].tolist() == ["True", "False"]
    assert frame["b"].tolist()[0] == "true"
    assert frame["c"].tolist() == ["TRUE", "FALSE"]


def test_a_first_row_of_numbers_above_numbers_is_no_row_of_names():
    table = read("1.5,2\n3,4\n")
    assert table.frame.to_dict("list") == {"column_1": [1.5, 3], "column_2": [2, 4]}
    assert told(table, "no header row", "column_1, column_2")
    assert read("1.5,2\n3,4\n", header=0).frame.to_dict("list") == {"1.5": [3], "2": [4]}


@pytest.mark.parametrize("as_what", [bytes, bytearray, io.BytesIO, str, Path])
def test_a_table_is_read_from_bytes_files_and_paths(as_what, tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n1,2\n")
    source = as_what(path) if as_what in (str, Path) else as_what(b"a,b\n1,2\n")
    table = read_table(source)
    assert table.frame.to_dict("list") == {"a": [1], "b": [2]}
    reading = table.frame.loc[[0]].attrs["reading"]
    assert reading == table.reading
    assert reading.path == (os.fspath(path) if as_what in (str, Path) else None)


@pytest.mark.parametrize(
    ("data", "arguments", "words"),
    [
        (b"", {}, "The file is empty"),
        (b"\n \r\n\n", {}, "The file is empty"),
        (b"\xef\xbb\xbf", {}, "The file is empty"),
        (b"a,b\n", {}, "a header but no rows"),
        (b"a,b", {}, "a header but no rows"),
        (b"a,b\n\n  \n", {}, "a header but no rows"),
        (b"a,b\n1,2\n", {"delimiter": ""}, "The delimiter has to be one character"),
        (b"a,b\n1,2\n", {"delimiter": ";;"}, "The delimiter has to be one character"),
        (b"a,b\n1,2\n", {"delimiter": '"'}, "The delimiter has to be one character"),
        (b"a,b\n1,2\n", {"delimiter": "\n"}, "The delimiter has to be one character"),
        (b"a,b\n1,2\n", {"delimiter": "¦"}, "The delimiter has to be one character"),
        (b"a,b\n1,2\n", {"delimiter": ",", "decimal": ","}, "have to differ"),
        (b"a,b\n1,2\n", {"decimal": ","}, "have to differ"),
        (b"a,b\n1,2\n", {"decimal": "'"}, "a point or a comma"),
        (b"a,b\n1,2\n", {"missing": "NA"}, "a list of texts"),
        (b"a,b\n1,2\n", {"missing": [1]}, "a list of texts"),
        (b'a,b\n"1,2\n3,4\n', {}, "a quote is not closed"),
        (b'a,b\n1,"' + b"x" * 200_000, {}, "a quote is not closed"),
        (",".join(map(str, range(2001))).encode() + b"\n1\n", {}, "2,001 columns; at most 2,000"),
    ],
)
def test_what_cannot_be_read_is_named(data, arguments, words):
    with pytest.raises(InputError, match=words):
        read_table(data, **arguments)


@pytest.mark.parametrize("source", ["no/such/file.csv", ".", "a\x00b", 5, None, io.StringIO("a,b\n1,2\n")])
def test_a_source_that_is_no_file_is_an_input_error(source):
    with pytest.raises(InputError, match=r"cannot be read|is needed to read"):
        read_table(source)


def test_two_thousand_columns_are_read():
    assert read(",".join(f"c{place}" for place in range(2000)) + "\n" + "1," * 1999 + "1\n").frame.shape == (1, 2000)


words = st.text(alphabet="abc xyz'é姓#=<>*_", min_size=1, max_size=6).map(str.strip).filter(bool)


@settings(max_examples=examples(60), deadline=None)
@given(
    st.data(),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_pandas_writes_is_read_back(data, delimiter, encoding, end):
    names = data.draw(st.lists(words, min_size=2, max_size=4, unique=True))
    count = data.draw(st.integers(1, 5))
    columns = {}
    for name in names:
        kind = st.sampled_from([words, st.integers(-999, 999), st.floats(-1e6, 1e6)])
        columns[name] = data.draw(st.lists(data.draw(kind), min_size=count, max_size=count))
    frame = pd.DataFrame(columns)
    text = frame.to_csv(index=False, sep=delimiter, lineterminator=end, quoting=data.draw(st.sampled_from([0, 1, 2])))
    table = read_table(text.encode(encoding), delimiter=delimiter, encoding=encoding, decimal=".", missing=[])
    pd.testing.assert_frame_equal(table.frame, frame, check_dtype=False, check_exact=True)


@pytest.mark.parametrize("cells", [["NA", "", "7"], ["NA", "7", "8"], ["-", "NA", "1.5"], ["", "7", "8"]])
def test_tokens_for_missing_are_counted_by_column_in_a_large_file_too(cells):
    text = "a,b,c\n" + "".join(f"{place},{cells[place % 3]},x\n" for place in range(12_000))
    table = read(text)
    tokens = [cell for cell in cells if cell in ("NA", "-")]
    found = [change for change in table.changes if change.kind == "values_taken_as_missing"]
    assert [change.count for change in found] == ([4_000 * len(tokens)] if tokens else [])
    for change in found:
        quoted = ", ".join(f"“{token}”" for token in tokens)
        assert change.sentence == f"Taken as missing: {quoted} in {4_000 * len(tokens):,} cells of “b”."
        assert all(cells[cell.row % 3] == cell.before and cell.line == cell.row + 2 for cell in change.cells)
