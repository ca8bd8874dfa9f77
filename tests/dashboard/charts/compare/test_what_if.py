"""One row's predictions in their intervals, and both predictions along one value."""

import numpy as np
import pandas as pd
import pytest

from dashboard.charts.compare.what_if import MOST_TICKS, along_one_value, row_prediction
from tests.dashboard.charts.spec import HOSTILE

INTERVALS = pd.DataFrame({"what": ["mean", "row"], "low": [1.0, 0.0], "high": [3.0, 4.0]})
POINTS = pd.DataFrame(
    [[what, model, value] for model, value in (("closed form", 2.0), ("SGD", 2.1)) for what in ("mean", "row")]
    + [["row", "in the table", 3.5]],
    columns=["what", "model", "value"],
)
CURVE = pd.DataFrame(
    {
        "x": [0.0, 1.0],
        "closed_form": [1.0, 2.0],
        "sgd": [1.1, 2.1],
        "mean_low": [0.5, 1.5],
        "mean_high": [1.5, 2.5],
        "row_low": [0.0, 1.0],
        "row_high": [2.0, 3.0],
    }
)
HERE = pd.DataFrame({"x": [0.5, 0.5], "model": ["closed form", "SGD"], "value": [1.5, 1.6]})
MODELS, BANDS = {"closed_form": "closed form", "sgd": "SGD"}, {"row": "one new row", "mean": "mean of such rows"}
NO_INTERVAL = CURVE.assign(**dict.fromkeys(("mean_low", "mean_high", "row_low", "row_high"), np.nan))
CHARTS = {
    "row": row_prediction(INTERVALS, POINTS, np.arange(9.0), HOSTILE, "labels"),
    "row without intervals": row_prediction(INTERVALS.head(0), POINTS.head(2), np.array([1.0]), HOSTILE, "labels"),
    "curve": along_one_value(CURVE, HERE, MODELS, BANDS, HOSTILE, HOSTILE),
    "curve without intervals": along_one_value(NO_INTERVAL, HERE.head(0), MODELS, BANDS, HOSTILE, HOSTILE),
}


def layers(name):
    spec = CHARTS[name].to_dict()
    return [(layer, spec["datasets"][layer["data"]["name"]]) for layer in spec["layer"]]


@pytest.mark.parametrize("name", CHARTS)
def test_every_field_is_in_its_data_and_no_name_is_a_field(name):
    for layer, rows in layers(name):
        for definition in layer["encoding"].values():
            for one in definition if isinstance(definition, list) else [definition]:
                assert "field" not in one or not rows or one["field"] in rows[0]


@pytest.mark.parametrize("name", CHARTS)
def test_axes_are_named_by_the_columns_and_the_chart_has_a_title(name):
    spec = CHARTS[name].to_dict()
    titles = {layer["encoding"][axis].get("title") for layer, _rows in layers(name) for axis in ("x", "y")
              if axis in layer["encoding"]}  # fmt: skip
    assert HOSTILE in titles
    assert spec["title"]["text"]


def test_the_row_has_a_bar_for_each_interval_and_the_labels_below():
    rug, bars, marks = layers("row")
    assert [(row["what"], row["low"], row["high"]) for row in bars[1]] == [("mean", 1, 3), ("row", 0, 4)]
    assert len(rug[1]) == 9
    assert marks[0]["encoding"]["y"]["sort"] == ["mean", "row", "labels"]
    assert len(set(marks[0]["encoding"]["shape"]["scale"]["range"])) == 3


def test_of_many_labels_at_most_so_many_are_drawn_the_ends_among_them():
    spec = row_prediction(INTERVALS, POINTS, np.arange(50_000.0)[::-1], "y", "labels").to_dict()
    drawn = [row["value"] for row in spec["datasets"][spec["layer"][0]["data"]["name"]]]
    assert len(drawn) == MOST_TICKS
    assert (drawn[0], drawn[-1]) == (0, 49_999)


def test_models_are_told_apart_by_dash_and_shape_and_bands_by_their_names():
    areas, _place, lines, marks = layers("curve")
    dashes = lines[0]["encoding"]["strokeDash"]["scale"]["range"]
    assert dashes[0] != dashes[1]
    shapes = marks[0]["encoding"]["shape"]["scale"]["range"]
    assert shapes[0] != shapes[1]
    assert {row["band"] for row in areas[1]} == set(BANDS.values())


def test_without_intervals_there_are_lines_and_no_bands():
    areas, place, lines, _marks = layers("curve without intervals")
    assert areas[1] == []
    assert place[1] == []
    assert len(lines[1]) == 4
