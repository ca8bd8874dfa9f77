"""Data: a table is opened, looked at or refused, and nothing of an earlier one is left."""

import pytest
from streamlit import get_option

from core.preprocessing import profile, read_table


def has(screen, boxes):
    return {label: screen.boxes.get(label) for label in boxes} == boxes


def test_an_upload_becomes_the_table_in_use(open_screen):
    screen = open_screen("data").upload("small.csv", b"a,b\n1,2\n3,4\n5,6\n")
    assert has(screen, {"Rows": "3", "Columns": "2", "Missing cells": "0 (0.0%)"})
    assert screen.app.session_state["sample"] == "upload"
    assert list(screen.table("a").columns) == ["a", "b"]


REFUSED = {
    "empty": (b"", "The file is empty"),
    "header only": (b"a,b\n", "no row"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "of kind PNG"),
    "bytes": (bytes(range(256)) * 8, "CSV"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_the_open_table_stays(open_screen, case):
    content, words = REFUSED[case]
    screen = open_screen("data").upload("good.csv", b"a,b\n1,2\n3,4\n5,6\n").upload("bad.csv", content)
    (error,) = screen.errors
    assert error.startswith("“bad.csv” was not opened. ")
    assert words in error
    assert has(screen, {"Rows": "3", "Columns": "2"})
    assert "The table that was open before is still open." in screen.words


def test_a_new_file_replaces_everything_derived_from_the_old_one(open_screen):
    screen = open_screen("data").upload("old.csv", b"old_a,old_y\n1,2\n3,4\n5,6\n")
    screen.turn("selectbox", "target", "old_a")
    screen.turn("selectbox", "data_decimal", ",")
    screen.upload("new.csv", b"new_a,new_y\n1.5,2\n3.5,4\n5.5,6\n")
    assert screen.app.selectbox(key="target").options == ["new_a", "new_y"]
    assert screen.app.session_state["target"] == "new_y"
    assert screen.app.session_state["data_decimal"] == "."
    assert all("old" not in str(table.value.columns) for table in screen.app.dataframe)
    assert "old" not in screen.words


def test_the_same_column_name_in_another_table_is_still_that_tables_own(open_screen):
    screen = open_screen("data", sample="penguins").turn("selectbox", "sample", "house_tiny")
    assert screen.app.selectbox(key="target").options == ["NumRooms", "Price"]
    assert screen.app.session_state["target"] == "Price"


def test_every_guess_about_the_file_can_be_overridden_and_taken_back(open_screen):
    content = "Preis;Größe\n1,5;2\n2,5;3\n".encode("latin-1")
    screen = open_screen("data").upload("haus.csv", content)
    assert "delimiter: semicolon · decimal mark: comma ·" in screen.facts
    assert "Größe" in screen.table("Größe").columns
    screen.turn("selectbox", "data_decimal", ".")
    assert "decimal mark: point (chosen) ·" in screen.facts
    assert list(screen.table("Preis")["Preis"]) == ["1,5", "2,5"]
    screen.press("Go back to what was guessed")
    assert list(screen.table("Preis")["Preis"]) == [1.5, 2.5]


def test_none_is_a_value_until_it_is_chosen_as_missing(open_screen):
    screen = open_screen("data").upload("veneer.csv", b"veneer,y\nNone,1\nBrick,2\nNone,3\nNA,4\n")
    assert screen.boxes["Missing cells"].startswith("1 ")
    tokens = screen.app.multiselect(key="data_missing").value
    screen.turn("multiselect", "data_missing", [*tokens, "None"])
    assert screen.boxes["Missing cells"].startswith("3 ")


def test_a_reading_that_fails_is_refused_and_the_table_stays_as_it_was(open_screen):
    screen = open_screen("data").upload("gbk.csv", "房价,面积\n1,2\n3,4\n".encode("gbk"))
    before = screen.boxes
    screen.turn("selectbox", "data_encoding", "utf-8")
    assert len(screen.errors) == 1
    assert "The table is shown as it was read before." in screen.words
    assert screen.boxes == before
    assert "房价" in screen.table("房价").columns


def test_the_profile_on_the_screen_is_the_one_of_core(open_screen):
    screen = open_screen("data", sample="cars")
    shown = screen.table("missing_share")
    assert list(shown["reason"]) == list(profile(read_table("data/cars.csv").frame)["reason"])
    frame = read_table("data/cars.csv").frame
    assert list(shown["missing"]) == list(frame.isna().sum())
    assert list(shown["distinct"]) == list(frame.nunique())


def test_the_size_limit_is_stated_and_enforced(open_screen):
    uploader = open_screen("data").app.file_uploader(key="upload")
    assert "up to 200 MB" in uploader.label
    assert uploader.proto.max_upload_size_mb == 200
    assert get_option("server.maxUploadSize") == 200


def test_a_table_without_numbers_is_shown_but_not_predicted(open_screen):
    screen = open_screen("data").upload("words.csv", b"a,b\nx,y\nz,w\n")
    (error,) = screen.errors
    assert error.startswith("Linear regression predicts a number")
    assert has(screen, {"Rows": "2", "Columns": "2"})


def test_names_from_a_file_are_never_markdown(open_screen):
    screen = open_screen("data").upload("**bold** :smile:.csv", b"a,b\n1,2\n3,4\n")
    assert any(text.value == "**bold** :smile:.csv" for text in screen.app.text)
    screen.upload("**bold** :smile:.csv", b"")
    assert "\\*\\*bold\\*\\* :\u2060smile:\u2060" in screen.app.error[0].value
