"""Charts are pure functions: every field they encode is a column of their data, with titles and units."""

import pandas as pd
import pytest

from dashboard.charts.compare.predictions import fitted_line, predictions_against_truth
from dashboard.charts.experiments.noise_study import noise_study
from dashboard.charts.experiments.seeds import scatter_sizes, seed_cloud
from dashboard.charts.shared import MOST_POINTS, thinned
from dashboard.charts.train.loss import loss_curve
from dashboard.charts.train.parameters import parameters_way
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

HISTORY = pd.DataFrame({"step": [0.0, 1.0, 2.0], "loss": [9.0, 3.0, 1.0], "test_loss": [8.0, 4.0, 2.0]})
POINTS = pd.DataFrame({"truth": [1.0, 2.0], "prediction": [1.5, 1.9], "part": ["training rows", "test rows"]})
WAY = pd.DataFrame({"step": [0.0, 1.0], "parameter": [HOSTILE, HOSTILE], "value": [0.0, 1.0]})
ENDS = pd.DataFrame({"parameter": [HOSTILE], "value": [1.0]})
LINE = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 5.0]})
MODELS = pd.DataFrame({"model": ["SGD", "closed form"], "weight": [1.9, 2.0], "bias": [1.0, 1.0]})
SEEDS = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 5.0], "seed": [0, 1], "gap": [0.1, 0.2]})
CURVES = pd.DataFrame({"x": [1.0, 2.0], "y": [3.0, 5.0], "order": [0, 1], "curve": ["samples", "seeds"]})
SIZES = pd.DataFrame({"setting": [0.1, 0.2], "scatter": [1.0, float("nan")], "series": ["seeds", "seeds"]})
LEVEL = pd.DataFrame({"scatter": [2.0], "series": ["samples"]})
STUDY = pd.DataFrame({
    "samples": [10, 10], "error": [1.0, float("nan")], "model": ["closed form", "SGD"], "level": [HOSTILE, HOSTILE],
    "law": [1.1, 1.1], "low": [0.9, float("nan")], "high": [1.2, float("nan")],
})  # fmt: skip

CHARTS = {
    "cloud": seed_cloud(SEEDS, CURVES, LINE.iloc[:1], (HOSTILE, HOSTILE), HOSTILE),
    "cloud without an ellipse": seed_cloud(SEEDS, CURVES.iloc[:0], LINE.iloc[:1], ("a", "b"), "y"),
    "scatter": scatter_sizes(SIZES, LEVEL, 0.1, "rate", "Scatter", HOSTILE),
    "scatter without a level": scatter_sizes(SIZES, LEVEL.iloc[:0], 0.1, "rate", "Scatter", "y"),
    "study": noise_study(STUDY, HOSTILE),
    "loss": loss_curve(HISTORY, 0.5, HOSTILE),
    "loss without test rows": loss_curve(HISTORY[["step", "loss"]], 0.5, "y"),
    "perfect fit": loss_curve(HISTORY.assign(loss=[1.0, 0.0, 0.0]), 0.0, "y"),
    "predictions": predictions_against_truth(POINTS, HOSTILE),
    "line": fitted_line(LINE, MODELS, HOSTILE, HOSTILE),
    "way": parameters_way(WAY, ENDS, HOSTILE),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data(name):
    for layer in layers(CHARTS[name]):
        for channel, definition in definitions(layer):
            if "field" in definition and layer["rows"]:
                assert definition["field"] in layer["rows"][0], (channel, definition)


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_a_title_and_names_for_its_axes(name):
    spec = CHARTS[name].to_dict()
    assert spec["title"]["text"]
    titles = {
        channel: definition["title"]
        for layer in layers(CHARTS[name])
        for channel, definition in definitions(layer)
        if channel in {"x", "y"} and definition.get("title")
    }
    assert titles.keys() == {"x", "y"}


@pytest.mark.parametrize("name", ["loss", "predictions", "line", "way", "cloud", "scatter", "study"])
def test_names_from_a_table_are_titles_and_never_fields(name):
    for layer in layers(CHARTS[name]):
        assert all("<b>" not in str(definition.get("field")) for _channel, definition in definitions(layer))


def test_the_loss_is_in_the_square_of_the_labels_unit():
    assert "(kg²)" in str(loss_curve(HISTORY, 0.5, "kg").to_dict())


def test_a_log_axis_gets_only_losses_above_zero():
    for layer in layers(CHARTS["perfect fit"]):
        assert all(row["loss"] > 0 for row in layer["rows"])


def test_meaning_is_never_in_colour_alone():
    assert "shape" in str(CHARTS["predictions"].to_dict())
    assert "shape" in str(CHARTS["study"].to_dict())
    assert "strokeDash" in str(CHARTS["cloud"].to_dict())
    assert "strokeDash" in str(CHARTS["line"].to_dict())


def test_large_tables_are_thinned_and_the_chart_says_so():
    many = pd.DataFrame({"truth": range(20_000), "prediction": range(20_000), "part": "training rows"})
    shown, sentence = thinned(many)
    assert len(shown) == MOST_POINTS
    assert sentence == "1000 of 20000 rows are drawn, evenly spread."
    assert sentence in str(predictions_against_truth(many, "y").to_dict()["title"])
    assert {0, 19_999} <= set(shown["truth"])
