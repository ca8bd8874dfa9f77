"""The pictures of gaps: every field is a column of the data, names from a table are cells and never fields."""

import numpy as np
import pandas as pd
import pytest

from core.preprocessing import summarise_missing
from dashboard.charts.gaps import filled_histogram, filled_shares, missing_matrix, missing_together
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

FRAME = pd.DataFrame({HOSTILE: [1.0, None, 3.0, None], "b": ["x", None, None, "y"], "c": [1, 2, 3, 4]})
PICTURE = summarise_missing(FRAME)
BINS = pd.DataFrame({
    "part": ["present", "present", "filled", "filled"],
    "low": [0.0, 1.0, 0.0, 1.0],
    "high": [1.0, 2.0, 1.0, 2.0],
    "count": [3, 1, 0, 2],
})  # fmt: skip
VALUES = pd.DataFrame({"part": ["present", "present", "filled"], "value": ["a", "b", HOSTILE], "count": [2, 1, 3]})

CHARTS = {
    "matrix": missing_matrix(PICTURE.matrix, "subtitle"),
    "together": missing_together(PICTURE.together, "subtitle"),
    "histogram": filled_histogram(BINS, "the mean", "mean 3", HOSTILE, "filled"),
    "dates": filled_histogram(BINS, "the median", "", HOSTILE, "filled", is_date=True),
    "shares": filled_shares(VALUES, "a class of its own", "", HOSTILE, "filled"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data(name):
    for layer in layers(CHARTS[name]):
        for channel, one in definitions(layer):
            if "field" in one and layer["rows"]:
                assert one["field"] in layer["rows"][0], (channel, one)
                assert "<b>" not in one["field"]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_a_title_and_both_axes_have_names(name):
    assert CHARTS[name].to_dict()["title"]["text"]
    encoding = layers(CHARTS[name])[0]["encoding"]
    assert encoding["x"]["title"]
    assert encoding["y"]["title"]


def test_the_picture_has_a_tile_for_each_column_and_row():
    (layer,) = layers(CHARTS["matrix"])
    assert {(row["column"], row["first"]): row["share"] for row in layer["rows"]} == {
        (name, row): float(FRAME[name].isna()[row]) for name in FRAME for row in range(4)
    }
    assert layer["encoding"]["x"]["sort"] == list(FRAME.columns)
    assert layer["encoding"]["y"]["scale"]["reverse"] is True


def test_one_gap_among_a_million_rows_is_seen_and_no_gap_is_not():
    scale = layers(CHARTS["matrix"])[0]["encoding"]["opacity"]["scale"]
    opacity = np.interp([0, 1e-6, 1], scale["domain"], scale["range"])
    assert opacity[0] == 0
    assert opacity[1] >= 0.25
    assert opacity[2] == 1


def test_pairs_of_few_columns_carry_numbers_and_of_many_do_not():
    assert [layer["mark"]["type"] for layer in layers(CHARTS["together"])] == ["rect", "text", "text"]
    many = pd.DataFrame(np.eye(30)).rename(columns=str).replace(1, np.nan)
    chart = missing_together(summarise_missing(many).together)
    assert [layer["mark"]["type"] for layer in layers(chart)] == ["rect"]


def test_filled_values_stand_on_top_of_those_that_were_there():
    rows = {(row["low"], row["part"]): (row["bottom"], row["top"]) for row in layers(CHARTS["histogram"])[0]["rows"]}
    assert rows == {(0.0, "present"): (0, 3), (1.0, "present"): (0, 1), (1.0, "filled"): (1, 3)}
    shares = {row["value"]: (row["bottom"], row["top"]) for row in layers(CHARTS["shares"])[0]["rows"]}
    assert shares == {"a": (0, 2), "b": (0, 1), HOSTILE: (0, 3)}


def test_dates_are_drawn_on_an_axis_of_time():
    (layer,) = layers(CHARTS["dates"])
    assert layer["encoding"]["x"]["type"] == "temporal"
    assert layer["rows"][0]["low"].startswith("1970-01-01")


def test_many_categories_get_a_taller_chart():
    many = pd.DataFrame({"part": "present", "value": [str(place) for place in range(13)], "count": 1})
    assert filled_shares(many, "t", "", "c", "filled").to_dict()["height"] > CHARTS["shares"].to_dict()["height"]


def test_a_table_without_rows_draws_an_empty_picture():
    assert missing_matrix(summarise_missing(pd.DataFrame({"a": []})).matrix).to_dict()["title"]["text"]
