"""The charts of accuracy and loss: fields, titles with units, steps that begin at their value."""

import pandas as pd
import pytest

from dashboard.charts.train.accuracy import accuracy_stairs, loss_parabola
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

STAIRS = pd.DataFrame({"value": [0.0, 1.0, 2.0], "accuracy": [0.5, 0.75, 0.75]})
CURVE = pd.DataFrame({"value": [0.0, 1.0, 2.0], "loss": [4.0, 3.0, 4.0]})
HERE = pd.DataFrame({"value": [1.0], "accuracy": [0.75], "loss": [3.0]})
CHARTS = {
    "accuracy": accuracy_stairs(STAIRS, HERE, across=HOSTILE),
    "loss": loss_parabola(CURVE, HERE, across="x (y per unit)", unit="two words"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_and_both_axes_have_a_title(name):
    for layer in layers(CHARTS[name]):
        assert layer["encoding"]["x"]["title"]
        assert layer["encoding"]["y"]["title"]
        for _channel, one in definitions(layer):
            assert one["field"] in layer["rows"][0]
    assert CHARTS[name].to_dict()["title"]["text"]


def test_a_step_lasts_from_its_value_to_the_next():
    assert layers(CHARTS["accuracy"])[0]["mark"]["interpolate"] == "step-after"


def test_the_loss_is_in_the_square_of_the_unit():
    assert layers(CHARTS["loss"])[0]["encoding"]["y"]["title"] == "loss ((two words)²)"
