"""Intervals are drawn as they are: every field is there, marks differ in shape, the axis suits the sizes."""

import numpy as np
import pandas as pd
import pytest

from dashboard.charts.compare.intervals import coefficient_intervals
from tests.dashboard.charts.spec import HOSTILE

MODELS = {"closed_form": "closed form", "sgd": "SGD", "true": "true"}
ROWS = pd.DataFrame(
    {
        "parameter": [HOSTILE, "b", "c"],
        "estimable": [True, True, False],
        "closed_form": [1.0, -2.0, 0.5],
        "sgd": [1.1, -2.5, 0.4],
        "true": [1.0, -2.0, np.nan],
        "low": [0.5, -2.2, np.nan],
        "high": [1.5, -1.8, np.nan],
    }
)


def drawn(rows=ROWS, models=MODELS, **changes):
    return coefficient_intervals(rows.assign(**changes), models, f"{HOSTILE} per unit", "Title").to_dict()


def data(spec, layer):
    return spec["datasets"][spec["layer"][layer]["data"]["name"]]


def test_every_field_is_in_its_data_and_no_name_is_a_field():
    spec = drawn()
    for number, layer in enumerate(spec["layer"]):
        for definition in layer["encoding"].values():
            for one in definition if isinstance(definition, list) else [definition]:
                if "field" in one:
                    assert one["field"] in data(spec, number)[0]


def test_a_line_a_coefficient_in_the_order_given_with_titles_and_a_line_at_zero():
    spec = drawn()
    zero, reaches, marks = spec["layer"]
    assert zero["mark"]["type"] == "rule"
    assert data(spec, 0) == [{"value": 0.0}]
    assert marks["encoding"]["y"]["sort"] == [HOSTILE, "b", "c"]
    assert marks["encoding"]["x"]["title"] == reaches["encoding"]["x"]["title"] == f"{HOSTILE} per unit"
    assert spec["title"]["text"] == "Title"


def test_only_what_has_an_interval_gets_one_and_what_is_not_determined_is_hollow():
    spec = drawn()
    assert [row["parameter"] for row in data(spec, 1)] == [HOSTILE, "b"]
    filled = {(row["parameter"], row["model"]): row["filled"] for row in data(spec, 2)}
    assert filled["b", "closed form"] == 1
    assert filled["c", "closed form"] == 0
    assert ("c", "true") not in filled


def test_models_differ_in_shape_and_not_in_colour_alone():
    shapes = drawn()["layer"][2]["encoding"]["shape"]["scale"]
    assert shapes["domain"] == list(MODELS.values())
    assert len(set(shapes["range"])) == 3


@pytest.mark.parametrize("factor", [1e-9, 1.0, 1e12])
def test_sizes_that_differ_too_much_for_an_even_axis_get_a_logarithmic_one_that_says_so(factor):
    even = drawn(ROWS.assign(**{c: ROWS[c] * factor for c in ("closed_form", "sgd", "true", "low", "high")}))
    assert even["layer"][2]["encoding"]["x"]["scale"].get("type") is None
    columns = [*MODELS, "low", "high"]
    steps = [ROWS.assign(parameter=f"p{i}", **(ROWS[columns] * factor * 10.0**i)) for i in range(5)]
    wide = pd.concat(steps)
    x = drawn(wide)["layer"][2]["encoding"]["x"]
    assert x["scale"]["type"] == "symlog"
    assert x["title"].endswith("(logarithmic away from 0)")
    assert 0 in x["axis"]["values"]
    assert 3 <= len(x["axis"]["values"]) <= 7


@pytest.mark.parametrize("value", [0.0, 1e-300, 1e300])
def test_equal_and_extreme_values_are_drawn(value):
    columns = dict.fromkeys(("closed_form", "sgd", "low", "high"), value)
    spec = drawn(ROWS.head(1), {"closed_form": "closed form", "sgd": "SGD"}, **columns)
    assert len(data(spec, 2)) == 2
