"""Charts of a neuron: what they bind is in their tables, and names from a file do no harm."""

import pandas as pd
import pytest

from dashboard.charts.neuron import calibration_chart, newton_growth
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

STEPS = pd.DataFrame({"step": [0, 1], "size": [0.0, 1.5], "loss": [0.7, 0.3]})
BINS = pd.DataFrame(
    {"predicted": [0.2, 0.8], "observed": [0.1, 0.9], "rows": [5, 9], "low": [0.0, 0.6], "high": [0.5, 1.0]}
)
CHARTS = {"growth": lambda: newton_growth(STEPS), "calibration": lambda: calibration_chart(BINS, HOSTILE)}


@pytest.mark.parametrize("name", CHARTS)
def test_every_field_is_a_column_and_the_chart_has_a_title(name):
    chart = CHARTS[name]()
    for layer in layers(chart):
        columns = set(layer["rows"][0])
        for channel, definition in definitions(layer):
            if "field" in definition:
                assert definition["field"] in columns, (channel, definition)
    assert chart.to_dict()["title"]["text"]
