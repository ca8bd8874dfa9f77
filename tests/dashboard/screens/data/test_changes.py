"""The cells that reading changed, as a table and as a CSV for a spreadsheet."""

import csv
import io

from core.preprocessing.schema import Cell, Change
from dashboard.screens.data.changes import as_csv, cell_table

CHANGES = (
    Change("rows_left_out", "1 row above the names was left out.", 1, (Cell(None, 1, "", "=HYPERLINK(1)", ""),)),
    Change(
        "values_converted",
        "2 cells became numbers.",
        2,
        (Cell(0, 3, "@price", "-5", "-5.0"), Cell(7, None, "price, gross", '1,234 "net"\nper year', "1234")),
    ),
)


def test_every_listed_cell_is_a_row_with_its_place():
    cells = cell_table(CHANGES)
    assert list(cells.columns) == ["row", "line", "column", "before", "after", "change"]
    assert cells["row"].isna().tolist() == [True, False, False]
    assert cells["line"].tolist()[:2] == [1, 3]
    assert cells["before"].tolist() == ["=HYPERLINK(1)", "-5", '1,234 "net"\nper year']
    assert cells["change"].tolist() == [CHANGES[0].sentence, *[CHANGES[1].sentence] * 2]


def test_no_cells_make_an_empty_table_with_the_same_columns():
    cells = cell_table([Change("columns_renamed", "1 name was made unique.", 1)])
    assert len(cells) == 0
    assert list(cells.columns) == list(cell_table(CHANGES).columns)


def test_the_csv_holds_all_of_it_and_nothing_that_a_spreadsheet_would_run():
    text = as_csv(cell_table(CHANGES)).decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text))
    assert header == ["row", "line", "column", "before", "after", "change"]
    assert [row[3] for row in rows] == ["'=HYPERLINK(1)", "-5", '1,234 "net"\nper year']
    assert [row[2] for row in rows] == ["", "'@price", "price, gross"]
    assert [row[:2] for row in rows] == [["", "1"], ["0", "3"], ["7", ""]]
    assert not any(cell[:1] in ("=", "+", "@", "\t") for row in rows for cell in row)
