"""Data: every guess about a file can be overridden, with the preview changing at once, and nothing changes silently."""

import gzip
import io
import json
import zipfile

import numpy as np
import pandas as pd
import pytest

PRICES = b"name,price,sold\nA,1'234,01/02/2020\nB,2'500,03/04/2020\nC,10'000,05/06/2020\n"
ROWS = ("All rows of the table.", "The first rows of the table.")


def preview(screen):
    """The rows on the screen that come from the table."""
    return next(shown.value for shown in screen.app.dataframe if shown.proto.alt in ROWS)


def zipped(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def workbook(sheets):
    packed = io.BytesIO()
    with pd.ExcelWriter(packed) as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)
    return packed.getvalue()


def reading(screen):
    """The choices about the reading, as they are remembered; they are plain JSON."""
    choices = screen.app.session_state["_choices"]
    (chosen,) = [kept["reading"] for kept in choices.values() if kept.get("reading")] or [{}]
    assert json.loads(json.dumps(chosen)) == chosen
    return chosen


OVERRIDES = {
    "delimiter": (
        b"a|b,c,d\n1|2,3,4\n5|6,7,8\n",
        "selectbox",
        "|",
        lambda frame: list(frame.columns) == ["a", "b,c,d"],
    ),
    "encoding": ("ä,b\n1,2\n".encode(), "selectbox", "latin-1", lambda frame: list(frame.columns) == ["Ã¤", "b"]),
    "decimal": (b"a;b\n1,5;x\n2,5;y\n", "selectbox", ".", lambda frame: list(frame["a"]) == ["1,5", "2,5"]),
    "thousands": (PRICES, "selectbox", "", lambda frame: list(frame["price"]) == ["1'234", "2'500", "10'000"]),
    "header": (b"2019,2020\n1,2\n3,4\n", "selectbox", "none", lambda frame: list(frame.iloc[0]) == [2019, 2020]),
    "skip_end": (b"a,b\n1,2\n3,4\n5,6\n", "number_input", 2, lambda frame: list(frame["a"]) == [1]),
    "missing": (b"a,b\nx,2\ny,4\n", "multiselect", ["", "x"], lambda frame: list(frame["a"].isna()) == [True, False]),
    "day_first": (PRICES, "selectbox", True, lambda frame: frame["sold"].iloc[0] == pd.Timestamp("2020-02-01")),
    "only": (b"a,b,c\n1,2,3\n4,5,6\n", "multiselect", ["c", "a"], lambda frame: sorted(frame.columns) == ["a", "c"]),
}


@pytest.mark.parametrize("what", OVERRIDES)
def test_every_guess_can_be_overridden_and_the_preview_changes_at_once(open_screen, what):
    content, kind, value, holds = OVERRIDES[what]
    screen = open_screen("data").upload("table.csv", content)
    before = preview(screen)
    assert not holds(before)
    screen.turn(kind, f"data_{what}", value)
    assert holds(preview(screen)), preview(screen)
    assert "Showing the table as it was last read." not in screen.words
    assert screen.facts.count("(chosen)") == (what != "day_first")
    assert len(reading(screen)) == 1
    screen.press("Go back to what was detected")
    pd.testing.assert_frame_equal(preview(screen), before)
    assert reading(screen) == {}


def test_a_guess_can_be_left_to_the_reader_again(open_screen):
    screen = open_screen("data").upload("table.csv", PRICES)
    for what, value in (("thousands", "'"), ("day_first", True)):
        screen.turn("selectbox", f"data_{what}", value)
        assert reading(screen) == {what: value}
        screen.turn("selectbox", f"data_{what}", "guessed")
        assert reading(screen) == {}


def test_a_sample_of_the_rows_keeps_their_order_and_can_be_taken_back(open_screen):
    content = b"n,x\n" + b"".join(b"%d,%d\n" % (i, i * 37 % 101) for i in range(3_000))
    screen = open_screen("data").upload("long.csv", content).turn("selectbox", "data_sample", 1_000)
    assert screen.boxes["Rows"] == "1,000"
    assert "rows: a sample of 1,000 (chosen)." in screen.facts
    shown = preview(screen)
    assert list(shown["n"]) == sorted(shown["n"])
    assert (shown["x"] == shown["n"] * 37 % 101).all()
    screen.turn("selectbox", "data_sample", "guessed")
    assert screen.boxes["Rows"] == "3,000"


def test_a_sheet_of_a_workbook_is_told_and_can_be_changed(open_screen):
    sheets = {"first": pd.DataFrame({"a": [1, 2]}), "the other": pd.DataFrame({"b": [3.5, 4.5, 5.5]})}
    screen = open_screen("data").upload("book.xlsx", workbook(sheets))
    assert "Format: Excel, sheet “first” ·" in screen.facts
    assert screen.app.selectbox(key="data_sheet").options == ["first", "the other"]
    screen.turn("selectbox", "data_sheet", "the other")
    assert list(preview(screen)["b"]) == [3.5, 4.5, 5.5]


def test_a_zip_file_with_several_tables_asks_which_one(open_screen):
    content = zipped({"a.csv": b"a,y\n1,2\n3,4\n", "sub/b.csv": b"b,y\n5,6\n7,8\n"})
    screen = open_screen("data", sample="cars").upload("both.zip", content)
    (error,) = screen.errors
    assert error.startswith("“both.zip” was not opened. The ZIP file holds 2 tables")
    assert screen.boxes["Rows"] == "406"
    screen.turn("selectbox", "data_refused_member", "sub/b.csv")
    assert screen.errors == []
    assert list(preview(screen).columns) == ["b", "y"]
    assert "Format: text, “sub/b.csv” in a ZIP file (chosen) ·" in screen.facts
    screen.turn("selectbox", "data_member", "a.csv")
    assert list(preview(screen).columns) == ["a", "y"]


def test_compression_and_parquet_are_told(open_screen):
    screen = open_screen("data").upload("t.csv.gz", gzip.compress(b"a,b\n1,2\n3,4\n"))
    assert screen.facts.startswith("Format: text, gzip ·")
    parquet = pd.DataFrame({"p": [1.5, 2.5], "day": pd.to_datetime(["2020-01-01", "2021-01-01"])}).to_parquet()
    screen.upload("t.parquet", parquet)
    assert screen.facts.startswith("Format: Parquet · read as missing")
    assert list(preview(screen)["p"]) == [1.5, 2.5]


def test_choices_for_columns_that_another_reading_does_not_have_are_dropped(open_screen):
    screen = open_screen("data").upload("table.csv", b"a;b,c\n1;2,3\n4;5,6\n7;8,9\n")
    screen.turn("selectbox", "data_delimiter", ";")
    screen.turn("multiselect", "data_columns", ["a"]).turn("selectbox", "data_kind", "category")
    assert reading(screen)["kinds"] == {"a": "category"}
    screen.turn("multiselect", "data_only", ["a"])
    screen.turn("selectbox", "data_delimiter", ",")
    assert screen.errors == []
    assert list(preview(screen).columns) == ["a;b", "c"]
    assert reading(screen) == {"delimiter": ","}
    assert screen.app.session_state["data_columns"] == []


def test_a_wide_table_shows_its_first_columns_and_says_so(open_screen):
    names = [f"c{i}" for i in range(80)]
    rows = np.arange(160).reshape(2, 80)
    content = "\n".join([",".join(names), *(",".join(map(str, row)) for row in rows)]).encode()
    screen = open_screen("data").upload("wide.csv", content)
    assert list(preview(screen).columns) == names[:50]
    assert "Shown are the first 50 of 80 columns." in screen.words


def test_both_ends_of_a_long_table_are_shown_with_their_lines(open_screen):
    content = b"Report\n\nn,m\n" + b"".join(b"%d,%d\n" % (i, i % 7) for i in range(100))
    screen = open_screen("data").upload("long.csv", content)
    first, last = screen.app.dataframe[0].value, screen.app.dataframe[1].value
    assert list(first["n"]) == list(range(10))
    assert list(last["n"]) == list(range(90, 100))
    assert list(first.index[:2]) == [4, 5]
    assert last.index[-1] == 103


CHANGED = (
    b'Sales 2024,,\nitem,price,price\nA,"1,234",1\nB,"2,345",2\nC,"3,456",inf\nD,4,5,6\n"=1+1","7,890",3\nE,"1,000",4\n'
)


def test_every_change_is_counted_and_its_cells_are_listed(open_screen):
    screen = open_screen("data").upload("changed.csv", CHANGED)
    assert "What reading changed" in screen.words
    cells = screen.table("before")
    assert "Sales 2024" in " ".join(cells["before"])
    assert cells.loc[cells["before"] == "inf", "column"].tolist() == ["price_2"]
    assert "1,234" in list(cells["before"])
    assert "- 1 row before the table was left out: “Sales 2024”." in screen.words
    assert " (5 cells)" in screen.words
    screen.turn("selectbox", "data_change", 0)
    assert 0 < len(screen.table("before")) < len(cells)


def test_a_clean_file_says_that_nothing_was_changed(open_screen):
    assert "Nothing: every row is in the table" in open_screen("data").upload("t.csv", b"a,b\n1,2\n3,4\n").words
