"""Charts of the leak: every field they encode is a column of their data, with titles and units."""

import pandas as pd
import pytest

from dashboard.charts.leakage import error_differences, paired_errors
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

ERRORS = pd.DataFrame({"seed": [0, 1], "honest_test": [2.0, 3.0], "leaky_test": [1.5, 3.0]})
DIFFERENCES = pd.DataFrame({"seed": [0, 1], "difference": [-0.5, 0.0]})

CHARTS = {
    "pairs": paired_errors(ERRORS, HOSTILE, HOSTILE),
    "pairs with the mean": paired_errors(ERRORS.assign(mean_test=2.5), HOSTILE, HOSTILE, "told"),
    "differences": error_differences(DIFFERENCES, -0.25, -1.0, 0.5, HOSTILE),
    "one split": error_differences(DIFFERENCES[:1], -0.5, None, None, HOSTILE),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data_and_no_name_from_a_table(name):
    for layer in layers(CHARTS[name]):
        for channel, definition in definitions(layer):
            assert definition["field"] in layer["rows"][0], (channel, definition)
            assert definition["field"].isidentifier()


@pytest.mark.parametrize("name", CHARTS)
def test_titles_tell_what_is_drawn_and_in_which_unit(name):
    spec = CHARTS[name].to_dict()
    assert spec["title"]["text"]
    titles = {c: d["title"] for layer in layers(CHARTS[name]) for c, d in definitions(layer) if c in ("x", "y")}
    assert titles["x"].endswith(f"test RMSE ({HOSTILE})")
    assert titles["y"] == "seed of the split"


@pytest.mark.parametrize("name", ["pairs", "pairs with the mean"])
def test_what_a_dot_means_is_told_by_shape_and_size_too(name):
    dots = layers(CHARTS[name])[1]
    parts = ["honest", "leaky", "mean label"][: 2 if name == "pairs" else 3]
    assert {row["part"] for row in dots["rows"]} == set(parts)
    for channel in ("color", "shape", "size"):
        assert dots["encoding"][channel]["scale"]["domain"] == parts


def test_the_band_is_the_interval_and_the_dashed_line_the_mean():
    band, zero, mean, dots = layers(CHARTS["differences"])
    assert band["rows"] == [{"difference": -1.0, "high": 0.5}]
    assert zero["rows"] == [{"difference": 0.0}]
    assert mean["mark"]["strokeDash"]
    assert mean["rows"][0]["difference"] == -0.25
    assert [row["difference"] for row in dots["rows"]] == [-0.5, 0.0]


def test_one_split_has_no_band():
    band = layers(CHARTS["one split"])[0]
    assert band["rows"] == [{"difference": -0.5, "high": -0.5}]
