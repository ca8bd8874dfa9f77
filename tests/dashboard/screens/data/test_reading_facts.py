"""How a file was read, in one line that is never Markdown where it quotes the file."""

from dataclasses import replace

import pandas as pd
import pytest

from core.preprocessing.schema import ColumnReading, NumberFormat, Reading, Table
from dashboard.screens.data.reading_facts import line, rows_left_out

PLAIN = Reading(
    "csv", ("a", "b"), (ColumnReading("a", "number", "Every cell is a number."), ColumnReading("b", "text", "Long."))
)


def facts(reading, missing=("", "NA"), chosen=()):
    table = Table(pd.DataFrame(), reading.delimiter, reading.encoding, reading.decimal, missing, (), reading)
    said = line(table, dict.fromkeys(chosen))
    return said.replace("\\", "").replace("\u2060", "").replace("**", "")


def test_a_plain_file_is_told_in_one_line():
    assert facts(PLAIN) == (
        "Format: text · encoding: utf-8 · delimiter: comma · decimal mark: point · thousands separator: none · "
        "header: row 1 · rows left out: none · read as missing: (empty), NA · columns: all · rows: all."
    )


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (replace(PLAIN, compression="gzip"), "Format: text, gzip ·"),
        (replace(PLAIN, compression="zip", member="in/side.csv"), "Format: text, “in/side.csv” in a ZIP file ·"),
        (replace(PLAIN, format="excel", sheet="Sheet1"), "Format: Excel, sheet “Sheet1” · thousands separator"),
        (replace(PLAIN, delimiter=";", decimal=","), "delimiter: semicolon · decimal mark: comma ·"),
        (replace(PLAIN, delimiter="~"), "delimiter: ~ ·"),
        (replace(PLAIN, header_row=None), "header: none · rows left out: none"),
        (
            replace(PLAIN, header_row=2, skipped=(0, 1, 5, 8, 9)),
            "header: row 3 · rows left out: 2 above, 1 in between, 2 at the end",
        ),
        (replace(PLAIN, columns=PLAIN.columns[:1]), "columns: 1 of 2 ·"),
        (replace(PLAIN, sample=100_000), "rows: a sample of 100,000."),
        (
            replace(PLAIN, columns=(replace(PLAIN.columns[0], conversion=NumberFormat(group="'")), PLAIN.columns[1])),
            "thousands separator: apostrophe ·",
        ),
    ],
)
def test_whatever_is_special_is_told(reading, words):
    assert words in facts(reading)


def test_parquet_has_neither_delimiter_nor_names_in_a_row():
    said = facts(replace(PLAIN, format="parquet"))
    assert said == "Format: Parquet · read as missing: (empty), NA · columns: all · rows: all."


def test_what_was_chosen_is_marked_and_long_lists_are_cut():
    assert "delimiter: comma (chosen) · decimal mark: point ·" in facts(PLAIN, chosen=["delimiter"])
    assert "read as missing: (empty), a, b, c, d, e and 2 more ·" in facts(PLAIN, ("", *"abcdefg"))


def test_names_from_the_file_are_escaped():
    reading = replace(PLAIN, compression="zip", member="**x** <b>")
    table = Table(pd.DataFrame(), ",", "utf-8", ".", (), (), reading)
    assert "**x**" not in line(table, {})
    assert "\\<b\\>" in line(table, {})


@pytest.mark.parametrize(
    ("header", "skipped", "counts"),
    [(0, (), (0, 0)), (3, (0, 1, 2), (3, 0)), (0, (7, 8), (0, 2)), (None, (4,), (0, 1)), (1, (0, 3, 6, 7), (1, 2))],
)
def test_rows_left_out_are_counted_above_and_at_the_end(header, skipped, counts):
    assert rows_left_out(replace(PLAIN, header_row=header, skipped=skipped)) == counts
