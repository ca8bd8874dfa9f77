"""Prepare says from how many rows a fill was learnt, and what all rows would give."""

import pandas as pd

from core.preprocessing import read_table


def learnt(screen) -> pd.DataFrame:
    return screen.table("Value learnt").set_index("Column")


def test_a_fill_from_few_rows_says_from_how_many_and_what_all_rows_would_give(open_screen):
    houses = read_table("data/house_tiny.csv").frame["NumRooms"]
    prepare = open_screen("prepare", sample="house_tiny")
    rooms = learnt(prepare).loc["NumRooms"]
    assert (rooms["Value learnt"], rooms["Learnt from"]) == ("2", "1 of 3")
    assert "“NumRooms” is filled with 2, the mean. Training rows with a value: 1 of 3." in prepare.words
    assert f"All 4 rows would give {houses.mean():.6g}: {houses.notna().sum()} of them have a value" in prepare.words
    prepare.press("Hold out no row: learn the fills from all 4")
    rooms = learnt(prepare).loc["NumRooms"]
    assert (rooms["Value learnt"], rooms["Learnt from"]) == ("3", "2 of 4")
    assert prepare.app.slider(key="prepare_test_share").value == 0
    assert "Training rows with a value: 2 of 4. No row is held out" in prepare.words
    assert "Hold out no row" not in {button.label for button in prepare.app.button}


def test_a_fill_from_many_rows_needs_no_sentence(open_screen):
    assert "Training rows with a value" not in open_screen("prepare", sample="penguins").words
