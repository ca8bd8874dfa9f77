"""The charts of the learning rate: fields, titles, words beside colours, and axes that hold what they show."""

import pandas as pd
import pytest

from dashboard.charts.train.learning_rate import growth_of_directions, rate_scale, updates_against_rate
from tests.dashboard.charts.spec import definitions, layers

MARKS = pd.DataFrame({"rate": [0.03, 0.5, 0.4], "mark": ["η now", "limit", "best"]})
ZONES = pd.DataFrame({"low": [0.001, 0.5], "high": [0.5, 5.0], "zone": ["converges", "diverges"]})
CURVE = pd.DataFrame({"rate": [0.001, 0.01, 0.4], "updates": [10_000.0, 1_000.0, 20.0]})
POINTS = pd.DataFrame(
    {
        "eigenvalue": [4.0, 1.0, 0.1],
        "factor": [1.4, 0.4, 0.94],
        "leading": ["a.b[0] <b>", "b", "the bias"],
        "fate": ["grows", "dies out", "dies out"],
    }
)

LINE = pd.DataFrame({"eigenvalue": [0.1, 4.0], "factor": [0.94, 1.4]})

CHARTS = {
    "scale": rate_scale(MARKS, ZONES),
    "scale of all rows": rate_scale(MARKS[:2], ZONES),
    "updates": updates_against_rate(CURVE, MARKS),
    "growth": growth_of_directions(POINTS, LINE, "factor"),
    "one direction": growth_of_directions(POINTS[1:2], LINE, "factor"),
    "steep": growth_of_directions(POINTS.assign(factor=[-0.0, 1e5, 0.5]), LINE, "factor"),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data(name):
    for layer in layers(CHARTS[name]):
        for channel, one in definitions(layer):
            if "field" in one:
                assert one["field"] in layer["rows"][0], (channel, one)


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_a_title_and_those_with_two_axes_name_both(name):
    spec = CHARTS[name].to_dict()
    assert spec["title"]["text"]
    if not name.startswith("scale"):
        for axis in "xy":
            assert any(layer["encoding"].get(axis, {}).get("title") for layer in spec["layer"])


def test_meaning_is_never_in_colour_alone():
    for name in ("scale", "growth"):
        assert any("shape" in layer["encoding"] for layer in layers(CHARTS[name]))
    assert any("strokeDash" in layer["encoding"] for layer in layers(CHARTS["updates"]))


def test_the_axis_reaches_over_all_marks():
    domains = [
        layer["encoding"]["x"]["scale"]["domain"]
        for layer in CHARTS["updates"].to_dict()["layer"]
        if "domain" in layer["encoding"]["x"].get("scale", {})
    ]
    assert domains
    for low, high in domains:
        assert low < MARKS["rate"].min() <= MARKS["rate"].max() < high


def test_nothing_in_the_scale_comes_from_its_rows_so_that_the_browser_keeps_the_chart():
    few, many = (rate_scale(MARKS[:count], ZONES[:count]).to_dict() for count in (1, 2))
    for spec in (few, many):
        spec.pop("datasets")
        for layer in spec["layer"]:
            layer.pop("data")
    assert few == many


def test_huge_factors_get_a_log_axis_and_zero_a_place_on_it():
    dots = layers(CHARTS["steep"])[-1]
    assert dots["encoding"]["y"]["scale"]["type"] == "log"
    assert [row["height"] for row in dots["rows"]] == [0.01, 1e5, 0.5]
    assert [row["factor"] for row in dots["rows"]] == [0.0, 1e5, 0.5]


def test_factors_near_one_keep_a_plain_axis_from_zero():
    dots = layers(CHARTS["growth"])[-1]
    assert dots["encoding"]["y"]["scale"] == {"domainMin": 0}
