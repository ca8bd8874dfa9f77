"""Charts of the rank doctor: every field is a column of their data, axes are titled, and 10 is drawn as a border."""

import pandas as pd
import pytest

from dashboard.charts.compare.rank import ALARMING, inflation_dots, parts_kept
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

INFLATION = pd.DataFrame({"feature": [HOSTILE, "b"], "inflation": [120.0, 1.0], "r_squared": [0.99, 0.0]})
WAY = pd.DataFrame({"step": [0.0, 5.0] * 2, "part": [0.0, 0.0, 10.0, 10.0], "run": ["one", "one", "two", "two"]})
CHARTS = {"inflation": inflation_dots(INFLATION, "told"), "parts": parts_kept(WAY, "Kept")}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data_and_no_name_from_a_table(name):
    for layer in layers(CHARTS[name]):
        for channel, definition in definitions(layer):
            assert definition["field"] in layer["rows"][0], (channel, definition)
            assert definition["field"].isidentifier()


def test_inflation_is_on_a_log_axis_from_one_with_the_border_drawn():
    border, _stems, dots = layers(CHARTS["inflation"])
    assert border["rows"] == [{"inflation": ALARMING}]
    x = dots["encoding"]["x"]
    assert x["title"] == "variance inflation factor"
    assert x["scale"]["type"] == "log"
    assert x["scale"]["domain"][0] == 1
    assert x["scale"]["domain"][1] > 120
    assert [row["part"] for row in dots["rows"]] == ["10 and more", "below 10"]
    assert dots["encoding"]["shape"]["scale"]["domain"] == dots["encoding"]["color"]["scale"]["domain"]


def test_runs_are_told_apart_by_dash_too():
    (lines,) = layers(CHARTS["parts"])
    assert lines["encoding"]["strokeDash"]["scale"]["domain"] == ["one", "two"]
    assert lines["encoding"]["x"]["title"] == "step (updates of the parameters)"
    assert lines["encoding"]["y"]["title"] == "part along the direction"
