import json

import numpy as np
import pandas as pd
import pytest

from core.regression import evaluate
from core.regression.experiments.manual_fit import build_manual_fit
from dashboard.scenes.manual_fit.scene import hand_scene


def scene_of(x, y, **others):
    rows = pd.DataFrame({"x": np.asarray(x, dtype=float), "y": np.asarray(y, dtype=float)})
    options = {"key": "k", "feature": "size", "label": "price", "hand": None, "standardised": True} | others
    return hand_scene(build_manual_fit(rows["x"], rows["y"]), rows, **options)


@pytest.fixture
def line():
    draw = np.random.default_rng(0)
    x = draw.normal(200, 14, size=50)
    return x, 3 * x + draw.normal(size=50)


def test_the_scene_holds_what_the_loss_of_any_line_is_computed_from(line):
    x, y = line
    model = scene_of(x, y)["model"]
    w, b = 2.5, 90.0
    level = b - model["bias"] + model["xMean"] * (w - model["weight"])
    loss = model["floor"] + 0.5 * ((model["xDeviation"] * (w - model["weight"])) ** 2 + level**2)
    assert loss == pytest.approx(evaluate(x[:, None], y, [w], b).loss, rel=1e-9)


def test_a_hand_begins_flat_at_the_mean_and_a_given_one_where_it_was(line):
    x, y = line
    assert scene_of(x, y)["hand"] == [0.0, pytest.approx(y.mean())]
    assert scene_of(x, y, hand=(1.5, -2.0))["hand"] == [1.5, -2.0]


def test_all_but_the_tables_can_be_written_as_json_without_nan(line):
    for x, y in (line, ([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]), ([1e-9, 2e-9], [1e9, 1e9]), ([0.0], [0.0])):
        scene = {name: part for name, part in scene_of(x, y).items() if not isinstance(part, pd.DataFrame)}
        json.dumps(scene, allow_nan=False)


def test_sliders_take_some_hundred_steps_and_drags_are_rounded_finer(line):
    ranges = scene_of(*line)["ranges"]
    for name in ("w", "b"):
        low, high = ranges[name]
        assert 150 <= (high - low) / ranges[f"{name}Step"] <= 2500
        assert ranges[f"{name}Unit"] < ranges[f"{name}Step"]


def test_at_most_a_thousand_rows_are_drawn_and_it_says_so(line):
    few, many = scene_of(*line), scene_of(np.arange(5000.0), np.arange(5000.0) ** 2)
    assert len(few["rows"]) == 50
    assert few["words"]["leftOut"] == ""
    assert len(many["rows"]) == 1000
    assert many["words"]["leftOut"] == "1000 of 5000 rows are drawn, evenly spread."
    assert many["model"]["rows"] == 5000


def test_a_feature_that_never_varies_is_told(line):
    assert "never varies" in scene_of([2.0, 2.0], [1.0, 3.0])["words"]["constant"]
    assert scene_of(*line)["words"]["constant"] == ""


def test_axes_name_their_columns_and_units(line):
    words = scene_of(*line)["words"]
    assert words["weightAxis"] == "w (price per size)"
    assert words["biasAxis"] == "b (price at size = 0)"
    assert words["standardWeightAxis"] == "w (price per standard deviation of size)"
    assert words["standardBiasAxis"] == "b (price at the mean of size)"


def test_braces_in_a_name_from_a_file_do_no_harm(line):
    assert scene_of(*line, feature="{loss}", label="{w}")["words"]["weightAxis"] == "w ({w} per {loss})"


def test_after_handing_over_the_way_of_sgd_is_part_of_the_scene(line):
    way = pd.DataFrame({"weight": [1.0, 2.0], "bias": [0.0, 1.0]})
    scene = scene_of(*line, hand=(1.0, 0.0), sgd=way)
    assert scene["handed"] == [1.0, 0.0]
    pd.testing.assert_frame_equal(scene["sgd"], way)
    assert scene_of(*line)["handed"] is None
    assert "sgd" not in scene_of(*line)
