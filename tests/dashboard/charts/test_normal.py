"""The chart of residuals under three laws: what it binds is in its tables, and names from a file do no harm."""

import pandas as pd

from dashboard.charts.normal import estimate_bars, residual_laws
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

LAWS = ["normal", "Laplace", "uniform"]
BARS = pd.DataFrame({"low": [-1.0, 0.0], "high": [0.0, 1.0], "rows": [3, 4], "floor": [0, 0]})
CURVES = pd.DataFrame({"residual": [0.0, 0.0, 0.0], "rows": [3.0, 5.0, 2.0], "law": LAWS})


def test_every_field_is_a_column_and_each_law_has_a_dash_of_its_own():
    chart = residual_laws(BARS, CURVES, LAWS, HOSTILE)
    for layer in layers(chart):
        columns = set(layer["rows"][0])
        for channel, definition in definitions(layer):
            if "field" in definition:
                assert definition["field"] in columns, (channel, definition)
    _bars, lines = layers(chart)
    dashes = lines["encoding"]["strokeDash"]["scale"]
    assert dashes["domain"] == LAWS
    assert len({str(dash) for dash in dashes["range"]}) == 3
    assert HOSTILE in lines["encoding"]["x"]["title"]
    assert chart.to_dict()["title"]["text"]


def test_each_estimate_has_a_shape_of_its_own():
    names = ["median", "mean", HOSTILE]
    (dots,) = layers(estimate_bars(pd.DataFrame({"law": LAWS, "estimate": names, "error": [0.1, 0.2, 0.3]}), names))
    assert {row["estimate"] for row in dots["rows"]} == set(names)
    shapes = dots["encoding"]["shape"]["scale"]
    assert shapes["domain"] == names
    assert len(set(shapes["range"])) == 3
