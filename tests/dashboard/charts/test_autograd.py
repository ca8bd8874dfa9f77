"""The chart of what both modes cost."""

import pandas as pd
import pytest

from core.autograd.modes import growth
from dashboard.charts.autograd import cost_chart, mode_names
from tests.dashboard.charts.spec import definitions, layers


@pytest.mark.parametrize("what", ["products", "memory"])
def test_every_field_is_a_column_and_both_modes_differ_by_more_than_colour(what):
    costs = growth([1, 5, 10])
    named = costs.assign(name=costs["mode"].map(mode_names()))
    chart = cost_chart(named, pd.DataFrame({"length": [5]}), what)
    channels = {}
    for layer in layers(chart):
        columns = set(layer["rows"][0])
        for channel, definition in definitions(layer):
            if "field" in definition:
                assert definition["field"] in columns, (channel, definition)
                channels[channel] = definition["field"]
    assert channels["color"] == channels["shape"] == channels["strokeDash"] == "name"
    assert chart.to_dict()["title"]["text"]
