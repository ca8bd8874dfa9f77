"""Copies of rows are counted when a table is read."""

import pandas as pd
import pytest

from core.preprocessing import read_table

ROWS = [f"{place % 10},{place % 7},{place * 4 % 11}" for place in range(40)]


def told(text):
    return [note for note in read_table(text.encode()).notes if "earlier row" in note]


def test_rows_that_stand_three_times_are_counted():
    (note,) = told("\n".join(["a,b,y", *ROWS * 3]))
    assert note.startswith("80 of 120 rows are copies of an earlier row: equal in every column.")


def test_a_single_copy_among_missing_values_is_counted():
    (note,) = told("a,b,y\n1,,x\n2,,x\n1,NA,x\n")
    assert note.startswith("1 of 3 rows is a copy of an earlier row")


def test_copies_that_only_a_running_number_tells_apart_are_told_with_its_name():
    numbered = [f"{place},{row}" for place, row in enumerate(ROWS * 3, start=1)]
    assert told("\n".join(["row,a,b,y", *numbered])) == [
        "80 of 120 rows equal an earlier row in every column but “row”."
    ]


def test_copies_with_and_without_the_identifier_are_told_apart():
    text = "code,a,b\nu1,1,2\nu2,1,2\nu2,1,2\nu3,4,5\n"
    full, but = (
        note for note in read_table(text.encode(), kinds={"code": "identifier"}).notes if "earlier row" in note
    )
    assert full.startswith("1 of 4 rows is a copy of an earlier row")
    assert but == "2 of 4 rows equal an earlier row in every column but “code”."


@pytest.mark.parametrize("text", ["a\n1\n1\n1\n", "id,a\n1,5\n2,5\n3,5\n", "a,b,y\n1,2,3\n1,2,4\n", "a,b\n1,2\n"])
def test_rows_that_differ_and_equal_values_of_a_single_column_are_no_copies(text):
    assert told(text) == []


def test_copies_are_those_that_pandas_counts():
    frame = read_table("data/penguins.csv").frame
    doubled = pd.concat([frame, frame.iloc[:30]])
    assert told(doubled.to_csv(index=False))[0].startswith(f"{doubled.duplicated().sum()} of {len(doubled)} rows")
