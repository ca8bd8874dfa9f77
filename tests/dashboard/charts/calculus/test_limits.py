"""The charts of limits and valleys, and the scene of the tangent: fields, titles, words beside colours."""

import json
import math

import numpy as np
import pandas as pd
import pytest

from core.calculus import difference_quotients, parse_expression
from core.calculus.step_size import measure_step_sizes
from dashboard.charts.calculus.limits import quotient_tables, quotients_against_step, valley
from dashboard.scenes.tangent.scene import tangent_scene
from tests.dashboard.charts.spec import definitions, layers


def quotients(text: str = "3*x**2 - 4*x", x: float = 1.0) -> pd.DataFrame:
    table = difference_quotients(parse_expression(text, ("x",)), x, [0.1, 0.01, 0.001])
    return table.melt("h", value_name="quotient", var_name="method").dropna()


def drawn_valley(text: str = "sin(x)"):
    found = measure_step_sizes(parse_expression(text, ("x",)), 1.0)
    points = found.points.assign(series=found.points["method"] + ", " + found.points["dtype"])
    best = found.best.assign(series=found.best["method"] + ", " + found.best["dtype"], h=found.best["found"], label="h")
    sides = found.sides.assign(line=found.sides["method"] + found.sides["side"] + found.sides["dtype"], label="∝")
    return valley(points, sides, best[best["error"] > 0], "read so")


CHARTS = {
    "limit": quotients_against_step(**quotient_tables(quotients(), [2.0], 0.1)),
    "no limit": quotients_against_step(**quotient_tables(quotients("1/x", 0.0), [], 0.1)),
    "valley": drawn_valley(),
    "valley of a parabola": drawn_valley("x**2"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_and_every_chart_names_its_axes(name):
    spec = CHARTS[name].to_dict()
    assert spec["title"]["text"]
    for layer in layers(CHARTS[name]):
        for channel, definition in definitions(layer):
            if "field" in definition and layer["rows"]:
                assert definition["field"] in layer["rows"][0], channel
    for axis in "xy":
        assert any(layer["encoding"].get(axis, {}).get("title") for layer in spec["layer"])


@pytest.mark.parametrize("name", CHARTS)
def test_methods_differ_in_shape_and_not_in_colour_alone(name):
    assert any("shape" in layer["encoding"] for layer in layers(CHARTS[name]))


@pytest.mark.parametrize("name", ["valley", "valley of a parabola"])
def test_nothing_on_a_log_axis_is_0_or_below(name):
    for layer in layers(CHARTS[name]):
        for row in layer["rows"]:
            assert row["h"] > 0
            assert row["error"] > 0


def test_a_name_stands_beside_each_side_of_the_valley_inside_the_picture():
    names = [layer for layer in layers(CHARTS["valley"]) if "align" in (layer["rows"] or [{}])[0]]
    rows = [row for layer in names for row in layer["rows"]]
    assert len(rows) == 8
    scale = next(layer for layer in layers(CHARTS["valley"]) if "y" in layer["encoding"])["encoding"]["y"]["scale"]
    assert all(scale["domain"][0] < row["error"] < scale["domain"][1] for row in rows)


@pytest.mark.parametrize("x", [1.0, 0.0, -3.5, 1e6, -1e-9, 1e300])
def test_the_scene_is_plain_json_around_the_place(x):
    expression = parse_expression("3*x**2 - 4*x", ("x",))
    scene = tangent_scene(expression, x, 1.0, {"smooth": "s"})
    assert json.loads(json.dumps(scene, allow_nan=False)) == scene
    low, high = scene["window"]
    assert low < x < high or x == pytest.approx(low, rel=1e-9)
    assert low <= x + scene["h"] <= high
    assert scene["program"][-1] == ["subtract"]
    assert scene["key"] != tangent_scene(expression, x + 1 + abs(x), 1.0, {})["key"]


@pytest.mark.parametrize("h", [0.0, -2.0, 2.0, 1e-7])
def test_the_scene_never_begins_with_a_step_of_0(h):
    scene = tangent_scene(parse_expression("x", ("x",)), 0.0, h, {})
    assert scene["h"] != 0
    assert math.isfinite(scene["h"])
    assert np.sign(scene["h"]) == (np.sign(h) or 1)
