"""The charts of the border and of depth: every field is a column, and both lines differ by more than colour."""

import pandas as pd
import pytest

from dashboard.charts.network_units import border_names, borders, deep_and_wide, depth_names
from tests.dashboard.charts.spec import HOSTILE, definitions, layers


def charts():
    rows = pd.DataFrame({"x1": [0.0, 1.0], "x2": [1.0, 0.0], "label": ["yes", "no"]})
    names = list(border_names().values())
    lines = pd.DataFrame(
        {"x1": [0.0, 1.0], "x2": [0.0, 1.0], "level": [0.0, 0.5], "piece": [0.0, 1.0], "order": [0, 1],
         "width": [3.0, 1.0], "layer": names}
    )  # fmt: skip
    points = pd.DataFrame({"x": [0.0, 1.0], "y": [0.0, 1.0], "network": list(depth_names().values())})
    return [borders(rows, lines, names=(HOSTILE, "b"), classes=("yes", "no")), deep_and_wide(points)]


@pytest.mark.parametrize("place", [0, 1])
def test_every_field_is_a_column_and_lines_have_dashes_of_their_own(place):
    channels = {}
    for layer in layers(charts()[place]):
        columns = set(layer["rows"][0])
        for channel, definition in definitions(layer):
            if "field" in definition:
                assert definition["field"] in columns, (channel, definition)
                channels[channel] = definition["field"]
    assert channels["strokeDash"] == channels["color"]
