"""Charts are pure functions: every field they encode is a column of their data, with titles and units."""

import altair as alt
import pandas as pd
import pytest

from dashboard.charts.loss import loss_curve
from dashboard.charts.parameters import coefficients, parameters_way
from dashboard.charts.predictions import fitted_line, predictions_against_truth
from dashboard.charts.shared import MOST_POINTS, thinned

HOSTILE = "a.b[0]:Q <b>"

HISTORY = pd.DataFrame({"step": [0.0, 1.0, 2.0], "loss": [9.0, 3.0, 1.0], "test_loss": [8.0, 4.0, 2.0]})
POINTS = pd.DataFrame({"truth": [1.0, 2.0], "prediction": [1.5, 1.9], "part": ["training rows", "test rows"]})
WAY = pd.DataFrame({"step": [0.0, 1.0], "parameter": [HOSTILE, HOSTILE], "value": [0.0, 1.0]})
ENDS = pd.DataFrame({"parameter": [HOSTILE], "value": [1.0]})
DOTS = pd.DataFrame({"parameter": ["a", "a"], "model": ["SGD", "closed form"], "value": [1.0, 1.1]})
LINE = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 5.0]})
MODELS = pd.DataFrame({"model": ["SGD", "closed form"], "weight": [1.9, 2.0], "bias": [1.0, 1.0]})

CHARTS = {
    "loss": loss_curve(HISTORY, 0.5, HOSTILE),
    "loss without test rows": loss_curve(HISTORY[["step", "loss"]], 0.5, "y"),
    "perfect fit": loss_curve(HISTORY.assign(loss=[1.0, 0.0, 0.0]), 0.0, "y"),
    "predictions": predictions_against_truth(POINTS, HOSTILE),
    "line": fitted_line(LINE, MODELS, HOSTILE, HOSTILE),
    "way": parameters_way(WAY, ENDS, HOSTILE),
    "coefficients": coefficients(DOTS, HOSTILE),
}


def layers(chart: alt.TopLevelMixin) -> list[dict]:
    spec = chart.to_dict()
    return [
        {**layer, "rows": spec["datasets"][layer.get("data", spec.get("data"))["name"]]}
        for layer in spec.get("layer", [spec])
    ]


def encodings(layer: dict):
    for channel, definition in layer["encoding"].items():
        for one in definition if isinstance(definition, list) else [definition]:
            yield channel, one


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data(name):
    for layer in layers(CHARTS[name]):
        for channel, definition in encodings(layer):
            if "field" in definition and layer["rows"]:
                assert definition["field"] in layer["rows"][0], (channel, definition)


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_a_title_and_names_for_its_axes(name):
    spec = CHARTS[name].to_dict()
    assert spec["title"]["text"]
    titles = {
        channel: definition["title"]
        for layer in layers(CHARTS[name])
        for channel, definition in encodings(layer)
        if channel in {"x", "y"} and definition.get("title")
    }
    assert titles.keys() == ({"x"} if name == "coefficients" else {"x", "y"})


@pytest.mark.parametrize("name", ["loss", "predictions", "line", "way"])
def test_names_from_a_table_are_titles_and_never_fields(name):
    for layer in layers(CHARTS[name]):
        assert all("<b>" not in str(definition.get("field")) for _channel, definition in encodings(layer))


def test_the_loss_is_in_the_square_of_the_labels_unit():
    assert "(kg²)" in str(loss_curve(HISTORY, 0.5, "kg").to_dict())


def test_a_log_axis_gets_only_losses_above_zero():
    for layer in layers(CHARTS["perfect fit"]):
        assert all(row["loss"] > 0 for row in layer["rows"])


def test_meaning_is_never_in_colour_alone():
    assert "shape" in str(CHARTS["predictions"].to_dict())
    assert "shape" in str(CHARTS["coefficients"].to_dict())
    assert "strokeDash" in str(CHARTS["line"].to_dict())


def test_large_tables_are_thinned_and_the_chart_says_so():
    many = pd.DataFrame({"truth": range(20_000), "prediction": range(20_000), "part": "training rows"})
    shown, sentence = thinned(many)
    assert len(shown) == MOST_POINTS
    assert sentence == "1000 of 20000 rows are drawn, evenly spread."
    assert sentence in str(predictions_against_truth(many, "y").to_dict()["title"])
    assert {0, 19_999} <= set(shown["truth"])
