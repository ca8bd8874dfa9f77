"""The tables in data/ are what their README says, and what the packages they come from hold."""

import re
from pathlib import Path

import pandas as pd
import pytest
import statsmodels.api as sm

from core.preprocessing import profile, read_table, suggest_recipe

DATA = Path(__file__).parents[2] / "data"
SECTIONS = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", (DATA / "README.md").read_text("utf-8"), re.M | re.S))


def test_every_table_is_described_and_every_description_has_a_table():
    assert set(SECTIONS) == {path.name for path in DATA.glob("*.csv")}


@pytest.mark.parametrize("name", SECTIONS)
def test_the_readme_states_rows_columns_and_missing_counts(name):
    section = SECTIONS[name]
    frame = read_table(DATA / name).frame
    assert int(re.search(r"Rows: (\d+)", section)[1]) == len(frame)
    assert re.findall(r"^\| (?!column)(\w+) \|", section, re.M) == list(frame.columns)
    stated = re.search(r"Missing.*", section)
    counts = {column: int(count) for column, count in re.findall(r"(\w+) (\d+)", stated[0] if stated else "")}
    missing = profile(frame).set_index("column")["missing"]
    assert counts == missing[missing > 0].to_dict()
    assert "- Source:" in section
    assert "- Licence:" in section


@pytest.mark.parametrize("name", SECTIONS)
def test_each_table_reads_with_no_note_but_on_missing_cells_and_is_ready_for_a_recipe(name):
    table = read_table(DATA / name)
    assert (table.delimiter, table.encoding, table.decimal) == (",", "utf-8", ".")
    text = (DATA / name).read_text(encoding="utf-8")
    assert [note.split(":")[0] for note in table.notes] == ["Taken as missing"] * bool(re.search(r"\bNA\b", text))
    counted = sum(int(count) for note in table.notes for count in re.findall(r"“NA” in (\d+) cell", note))
    assert counted == len(re.findall(r"\bNA\b", text))
    assert suggest_recipe(table.frame).fit(table.frame).transform(table.frame).X.isfinite().all()


def test_longley_equals_the_copy_in_statsmodels():
    ours = read_table(DATA / "longley.csv").frame
    theirs = sm.datasets.longley.load_pandas().data
    pd.testing.assert_frame_equal(ours, theirs, check_dtype=False, check_exact=True)


def test_the_categories_of_the_penguins_are_complete():
    frame = read_table(DATA / "penguins.csv").frame
    assert frame["species"].value_counts().to_dict() == {"Adelie": 152, "Gentoo": 124, "Chinstrap": 68}
    assert set(frame["island"]) == {"Biscoe", "Dream", "Torgersen"}
    assert sorted(frame["year"].unique()) == [2007, 2008, 2009]


def test_the_cars_have_whole_years_and_three_origins():
    frame = read_table(DATA / "cars.csv").frame
    assert sorted(frame["Year"].unique()) == [*range(1970, 1981), 1982]
    assert frame["Origin"].value_counts().to_dict() == {"USA": 254, "Japan": 79, "Europe": 73}
    assert (frame["Cylinders"].min(), frame["Cylinders"].max()) == (3, 8)
