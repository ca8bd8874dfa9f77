"""Data: a column that can be read in two ways shows what both make of three cells, and either can be taken."""

import pandas as pd

from core.preprocessing.schema import Alternative, Doubt
from dashboard.screens.data.doubts import comparison, way_name

DATES = b"n,sold*\n1,01/02/2020\n2,03/04/2020\n3,05/05/2020\n"


def reading(screen):
    return next((kept["reading"] for kept in screen.app.session_state["_choices"].values() if kept.get("reading")), {})


def sold(screen):
    return screen.app.dataframe[0].value["sold*"].iloc[0]


def shown(screen):
    return next(table.value for table in screen.app.dataframe if "In the file" in table.value.columns)


def test_either_reading_can_be_taken_and_the_one_in_use_is_marked(open_screen):
    screen = open_screen("data").upload("table.csv", DATES)
    assert "can be read in two ways" in screen.words
    before = shown(screen)
    assert list(before["In the file"]) == ["01/02/2020", "03/04/2020", "05/05/2020"]
    assert list(before["A: day first: 31/12/2020"]) == ["2020-02-01", "2020-04-03", "2020-05-05"]
    assert list(before["B: month first: 12/31/2020 (in use)"]) == ["2020-01-02", "2020-03-04", "2020-05-05"]
    screen.turn("radio", "data_doubt_0", 0)
    assert reading(screen) == {"date_orders": {"sold*": "dmy"}}
    assert "A: day first: 31/12/2020 (in use)" in shown(screen)
    assert any("2020-02-01" in str(table.value.to_dict()) for table in screen.app.dataframe)
    screen.press("Go back to what was detected")
    assert reading(screen) == {}


def test_a_column_of_dates_has_its_order_and_its_century(open_screen):
    screen = open_screen("data").upload("table.csv", b"n,d,e\n1,13.01.28,x\n2,14.02.30,y\n")
    screen.turn("multiselect", "data_columns", ["d"])
    assert screen.app.selectbox(key="data_centuries").value == "guessed"
    screen.turn("selectbox", "data_centuries", 1930).turn("selectbox", "data_date_orders", "dmy")
    assert reading(screen) == {"centuries": {"d": 1930}, "date_orders": {"d": "dmy"}}
    assert "1930-02-14" in str([table.value.to_dict() for table in screen.app.dataframe])
    screen.turn("selectbox", "data_centuries", "guessed").turn("selectbox", "data_date_orders", "guessed")
    assert reading(screen) == {}
    screen.turn("multiselect", "data_columns", ["e"])
    assert not [box for box in screen.app.selectbox if box.key in ("data_centuries", "data_date_orders")]


def test_a_file_with_a_quote_that_is_not_closed_is_read_with_quotes_as_letters(open_screen):
    screen = open_screen("data").upload("stray.csv", b'n,x\n1,"2\n3,4\n')
    assert "not closed" in screen.errors[0]
    screen.press("Read quotes as letters")
    assert screen.errors == []
    assert "quotation marks: none: quotes are letters (chosen)" in screen.facts
    assert reading(screen) == {"quote": ""}


def test_of_many_doubts_one_is_chosen_from_a_list(open_screen):
    names = "abcde"
    content = "\n".join([",".join(names), *(",".join([f"0{day}/02/2020"] * 5) for day in (1, 3, 4))]).encode()
    screen = open_screen("data").upload("table.csv", content)
    assert [radio.key for radio in screen.app.radio if radio.key.startswith("data_doubt")] == ["data_doubt_0"]
    screen.turn("selectbox", "data_doubt", 3)
    screen.turn("radio", "data_doubt_3", 0)
    assert reading(screen) == {"date_orders": {"d": "dmy"}}


def test_every_way_has_a_name_and_the_one_in_use_is_marked():
    ways = [
        (Alternative("date_orders", "ydm", ()), "year, day, month: 2020/31/12"),
        (Alternative("centuries", 1930, ()), "1930 to 2029"),
        (Alternative("decimals", ",", ()), "the comma is a decimal mark"),
        (Alternative("decimals", ".", ()), "the point is a decimal mark"),
        (Alternative("decimals", None, ()), "text, as it is in the file"),
    ]
    assert [way_name(way) for way, _name in ways] == [name for _way, name in ways]
    first, second = Alternative("decimals", None, ("2,2", "0")), Alternative("decimals", ",", ("2.2", None))
    frame = comparison(Doubt("list", "a", ("2,2", "0"), (first, second), 0))
    assert list(frame) == ["In the file", "A: text, as it is in the file (in use)", "B: the comma is a decimal mark"]
    assert pd.isna(frame.iloc[1, 2])
