"""The charts of types of numbers and of the loop: fields, titles, and words beside colours."""

import numpy as np
import pandas as pd
import pytest

from core.autograd.lessons import flow_pieces, flow_table
from core.tensors.dtypes import DTYPES, OPERATIONS, mixing_table, neighbourhood, read_number
from dashboard.charts.autograd import flow_chart
from dashboard.charts.tensors import mixing_chart, stored_chart
from dashboard.screens.tensors.dtypes import families, mixing_points
from tests.dashboard.charts.spec import definitions, layers

FAMILIES = [*dict.fromkeys(families().values()), "refused"]


def mixing(operation: str):
    points = mixing_points(mixing_table(operation), "int64", "float32")
    return mixing_chart(points, list(DTYPES), FAMILIES, "dtypes")


def flow(numbers: list[float]):
    table = flow_table(np.array(numbers))
    own = table[["a", "d", "grad"]].assign(label="slope")
    return flow_chart(flow_pieces(np.array(numbers)), own, "f")


CHARTS = {
    **{operation: mixing(operation) for operation in OPERATIONS},
    "float32": stored_chart(neighbourhood(read_number("0.1"), "float32"), "float32", "less 0.1"),
    "int8": stored_chart(neighbourhood(read_number("128"), "int8"), "int8", "less 128"),
    "positive": flow([0.7, 3.0, 600.0]),
    "negative": flow([-40.0]),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data_and_the_chart_is_valid(name):
    CHARTS[name].to_dict(validate=True)
    for layer in layers(CHARTS[name]):
        for channel, one in definitions(layer):
            if "field" in one:
                assert one["field"] in layer["rows"][0], (channel, one)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_tile_says_its_dtype_in_words_and_one_is_framed(operation):
    points = mixing_points(mixing_table(operation), "int64", "float32")
    assert isinstance(points, pd.DataFrame)
    assert points["chosen"].sum() == 1
    assert set(points["family"]) <= set(FAMILIES)
    assert (points["short"].str.len() > 0).all()
    assert ((points["short"] == "✗") == points["result"].str.startswith("refused")).all()
