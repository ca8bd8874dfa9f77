"""Data: a long reading shows its progress and can be stopped; limits come with a way on; nothing is lost."""

import pytest
from streamlit.runtime.scriptrunner import StopException

from core.preprocessing import limits
from core.preprocessing.reading.csv_parser import columns
from dashboard.pipeline import opening
from dashboard.screens.data import refusals

SMALL = b"a,b\n1,2\n3,4\n5,6\n"


@pytest.fixture
def in_background(monkeypatch):
    """Let every file count as a large one."""
    monkeypatch.setattr(opening, "SMALL", 0)
    monkeypatch.setattr(opening, "SMALL_PACKED", 0)


@pytest.fixture
def clicking(monkeypatch):
    """Let the visitor click, once, while a file is being read."""
    clicks = iter([True])
    work = opening.work

    def stop_once(task, show):
        if next(clicks, False):
            raise StopException
        return work(task, show)

    monkeypatch.setattr(opening, "work", stop_once)


@pytest.mark.usefixtures("in_background")
def test_a_large_file_is_read_beside_the_page_and_becomes_the_table_in_use(open_screen):
    screen = open_screen("data").upload("large.csv", SMALL)
    assert screen.boxes["Rows"] == "3"
    assert screen.app.session_state["sample"] == "upload"
    screen.turn("selectbox", "data_delimiter", ";")
    assert screen.boxes["Columns"] == "1"
    assert "_opening" not in screen.app.session_state


@pytest.mark.usefixtures("in_background")
def test_a_large_file_that_cannot_be_read_changes_nothing(open_screen):
    screen = open_screen("data", sample="cars").upload("bad.csv", b"\x89PNG\r\n\x1a\n" * 9)
    (error,) = screen.errors
    assert error.startswith("“bad.csv” was not opened.")
    assert screen.boxes["Rows"] == "406"
    assert "_opening" not in screen.app.session_state


@pytest.mark.usefixtures("in_background", "clicking")
def test_stopping_leaves_the_open_table_and_offers_to_read_after_all(open_screen):
    screen = open_screen("data", sample="cars").upload("large*.csv", SMALL)
    screen.run()
    assert "Reading “large*.csv” was stopped." in screen.words
    assert "The table that was open before is still open." in screen.words
    assert screen.boxes["Rows"] == "406"
    screen.press("Read it after all")
    assert screen.boxes["Rows"] == "3"
    assert "was stopped" not in screen.words


@pytest.mark.usefixtures("in_background", "clicking")
def test_another_choice_forgets_what_was_stopped(open_screen):
    screen = open_screen("data", sample="cars").upload("large.csv", SMALL)
    screen.run().turn("selectbox", "sample", "penguins")
    assert "was stopped" not in screen.words
    assert screen.boxes["Rows"] == "344"
    screen.upload("other.csv", b"k\n1\n2\n")
    assert screen.boxes["Rows"] == "2"


def test_running_out_of_memory_is_a_refusal(open_screen, monkeypatch):
    def greedy(*_args, **_more):
        raise MemoryError

    screen = open_screen("data", sample="cars")
    monkeypatch.setattr(opening, "read_table", greedy)
    (error,) = screen.upload("greedy.csv", SMALL).errors
    assert "There is not enough memory for this table" in error
    assert screen.boxes["Rows"] == "406"


def lower(monkeypatch, limit, most):
    """Let less be too much."""
    for module in (limits, columns):
        monkeypatch.setattr(module, limit, most, raising=False)


LONG = b"n,x\n" + b"".join(b"%d,%d\n" % (i, i % 5) for i in range(200))


@pytest.mark.parametrize("limit", ["MOST_ROWS", "MOST_CELLS"])
def test_too_many_rows_or_cells_are_refused_with_a_sample_as_the_way_on(open_screen, monkeypatch, limit):
    screen = open_screen("data", sample="cars")
    lower(monkeypatch, limit, 150)
    monkeypatch.setattr(refusals, "SAMPLE", 20)
    screen.upload("long.csv", LONG)
    (error,) = screen.errors
    assert "at most 150" in error
    assert screen.boxes["Rows"] == "406"
    screen.press("Open a sample of 20 rows")
    assert screen.errors == []
    assert screen.boxes["Rows"] == "20"
    assert "rows: a sample of 20 (chosen)." in screen.facts


@pytest.mark.parametrize(("limit", "most"), [("MOST_COLUMNS", 4), ("MOST_CELLS", 30)])
def test_too_many_columns_or_cells_are_refused_with_a_choice_of_columns(open_screen, monkeypatch, limit, most):
    screen = open_screen("data", sample="cars")
    lower(monkeypatch, limit, most)
    content = b"a,b,**c**,d,e,f\n" + b"1,2,3,4,5,6\n" * 9
    screen.upload("wide.csv", content)
    assert len(screen.errors) == 1
    assert screen.boxes["Rows"] == "406"
    assert screen.app.multiselect(key="data_refused_columns").options == ["a", "b", "**c**", "d", "e", "f"]
    screen.turn("multiselect", "data_refused_columns", ["b", "**c**"]).press("Open these columns")
    assert screen.errors == []
    assert screen.boxes["Columns"] == "2"
    assert list(screen.app.dataframe[0].value.columns) == ["b", "**c**"]


def test_a_limit_met_while_reading_differently_leaves_the_table_as_it_was(open_screen, monkeypatch):
    screen = open_screen("data").upload("t.csv", b"a;b,c\n" + b"1;2,3\n" * 5)
    lower(monkeypatch, "MOST_COLUMNS", 1)
    screen.turn("selectbox", "data_encoding", "latin-1")
    assert len(screen.errors) == 1
    assert "The table is shown as it was read before." in screen.words
    assert screen.boxes["Columns"] == "2"
