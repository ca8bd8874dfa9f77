"""Charts of exactness: every field is a column of their data, digits go from 0 to 17, and failures are words."""

import pandas as pd
import pytest

from dashboard.charts.compare.exact import digits_lost, digits_right
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

ROWS = pd.DataFrame(
    {"method": ["QR", "QR", "SGD"], "digits": [12.0, 13.0, 0.5], "part": ["worst", "predictions", "worst"]}
)

FAILURES = pd.DataFrame({"method": ["normal"], "words": ["raises LinAlgError"]})
ROOM = pd.DataFrame({"digits": [7.2, 15.95], "words": ["float32", "float64"]})
LINES = pd.DataFrame({"amount": [1.0, 10.0] * 2, "digits": [15.0, 14.0, 9.0, 7.0], "method": ["a", "a", "b", "b"]})
RULE = pd.DataFrame({"amount": [1.0, 10.0], "once": [15.0, 14.0], "twice": [9.0, 7.0]})
CHARTS = {
    "digits": digits_right(ROWS, FAILURES, ROOM, "told"),
    "no failure": digits_right(ROWS, FAILURES[:0], ROOM),
    "lost": digits_lost(LINES, RULE, 10.0, HOSTILE),
    "one amount": digits_lost(LINES[:1], RULE[:1], 10.0, HOSTILE),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data_and_no_name_from_a_table(name):
    for layer in layers(CHARTS[name]):
        for channel, definition in definitions(layer):
            assert definition["field"] in layer["rows"][0], (channel, definition)
            assert definition["field"].isidentifier()


def test_what_digits_are_of_is_told_by_shape_and_a_failure_by_words():
    limits, dots, told = layers(CHARTS["digits"])
    assert [row["digits"] for row in limits["rows"]] == [7.2, 15.95]
    assert dots["encoding"]["shape"]["scale"]["domain"] == ["worst", "predictions"]
    assert dots["encoding"]["x"]["title"] == "significant digits that are right"
    assert dots["encoding"]["x"]["scale"]["domain"][0] == 0
    assert dots["encoding"]["y"]["scale"]["domain"] == ["QR", "SGD", "normal"]
    assert told["rows"][0]["words"] == "raises LinAlgError"
    assert len(layers(CHARTS["no failure"])) == 2


def test_the_lesson_marks_the_chosen_amount_and_the_rule_of_thumb():
    here, once, twice, curves = layers(CHARTS["lost"])
    assert here["rows"] == [{"amount": 10.0}]
    assert (once["encoding"]["y"]["field"], twice["encoding"]["y"]["field"]) == ("once", "twice")
    assert curves["encoding"]["x"]["scale"]["type"] == "log"
    assert curves["encoding"]["x"]["title"] == HOSTILE
    assert curves["encoding"]["strokeDash"]["scale"]["domain"] == ["a", "b"]
