"""Charts of supervised learning, of digits and of decades: what they bind is in their tables."""

import numpy as np
import pandas as pd
import pytest

from core.foundations.decades import decades
from dashboard.charts.decades import growth_chart
from dashboard.charts.digits import ACROSS, accuracy_bars, digit_plane, weight_pictures, weight_tiles
from dashboard.charts.supervised import contest_chart
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

CURVE = pd.DataFrame(
    {"rows": [2, 3] * 2, "model": ["a", "a", "b", "b"], "error": [2.0, 1.0] * 2, "low": [1.0] * 4, "high": [3.0] * 4}
)
BARS = pd.DataFrame({"name": [HOSTILE], "place": [0], "accuracy": [0.5], "text": ["50%"], "learned": [True]})
POINTS = pd.DataFrame({"x": [0.0], "y": [1.0], "digit": ["7"]})
GROWTH = decades().melt("year", ["data", "memory"], "quantity", "value").assign(about=HOSTILE)
TILES = weight_tiles(np.random.default_rng(0).normal(size=(10, 3, 4)))
CHARTS = {
    "contest": lambda: contest_chart(CURVE, ("a", "b"), HOSTILE, log=True),
    "bars": lambda: accuracy_bars(BARS, HOSTILE, "subtitle"),
    "plane": lambda: digit_plane(POINTS, HOSTILE, "subtitle"),
    "weights": lambda: weight_pictures(TILES, "title", "subtitle", (10, 3, 4), 9),
    "growth": lambda: growth_chart(GROWTH, GROWTH.head(1), ("data", "memory")),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_field_is_a_column_and_the_chart_has_a_title(name):
    chart = CHARTS[name]()
    for layer in layers(chart):
        columns = set(layer["rows"][0])
        for channel, definition in definitions(layer):
            if "field" in definition:
                assert definition["field"] in columns, (channel, definition)
    assert chart.to_dict()["title"]["text"]


def test_every_weight_has_a_tile_of_its_own_and_pictures_do_not_touch():
    assert len(TILES) == 10 * 3 * 4
    assert not TILES.duplicated(["x", "y"]).any()
    assert set(TILES["picture"]) == set(range(1, 11))
    first, second, below = (TILES[TILES["picture"] == picture] for picture in (1, 2, 1 + ACROSS))
    assert second["x"].min() == first["x"].max() + 2
    assert below["y"].min() == first["y"].max() + 2
    (tiles,) = layers(CHARTS["weights"]())
    for channel in ("x", "y"):
        assert set(TILES[channel]) < set(tiles["encoding"][channel]["scale"]["domain"]), "gaps have their place"


def test_an_error_of_zero_stands_on_a_linear_axis():
    flat = contest_chart(CURVE, ("a", "b"), "y", log=False)
    for layer in layers(flat):
        assert layer["encoding"]["y"]["scale"].get("type", "linear") == "linear"
