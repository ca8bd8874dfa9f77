"""The charts of the diagnostics: fields, titles, units, domains, and what is in their data."""

import numpy as np
import pandas as pd
import pytest

from core.regression.diagnostics.influence import cook_contours
from core.regression.diagnostics.normality import histogram, normal_quantiles
from core.regression.diagnostics.residuals import running_mean
from dashboard.charts.compare import diagnostics, learning_curve
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

RNG = np.random.default_rng(0)
N = 60
FITTED, RESIDUALS = RNG.standard_normal(N), RNG.standard_normal(N)
ROWS = [str(row) for row in range(N)]
POINTS = pd.DataFrame({"fitted": FITTED, "residual": RESIDUALS, "part": "training rows", "row": ROWS})
QUANTILES = normal_quantiles(RESIDUALS).assign(row=ROWS)
INFLUENCE = pd.DataFrame(
    {
        "leverage": np.linspace(0.05, 0.6, N),
        "internally_studentized": RESIDUALS,
        "cook": 0.1,
        "part": "in the fit",
        "row": ROWS,
    }
)
SUMMARY = pd.DataFrame(
    {
        "size": [10, 20] * 2,
        "part": ["train"] * 2 + ["test"] * 2,
        "mean": [1.0, 2.0, 4.0, 3.0],
        "low": [0.5, 1.5, 3.0, 2.5],
        "high": [1.5, 2.5, 9.0, 3.5],
        "repeats": 5,
    }
)
LAW = pd.DataFrame({"size": [10.0, 20.0], "train": [1.2, 1.9], "test": [3.1, 2.7]})
NO_LAW = LAW.iloc[:0]

CHARTS = {
    "residuals": diagnostics.residuals_against_fitted(POINTS, running_mean(FITTED, RESIDUALS), POINTS[:3], HOSTILE),
    "three rows": diagnostics.residuals_against_fitted(
        POINTS[:3], running_mean(FITTED[:3], RESIDUALS[:3]), POINTS[:1], "y"
    ),
    "histogram": diagnostics.residual_histogram(*histogram(RESIDUALS, 1.0), HOSTILE, "1"),
    "quantiles": diagnostics.normal_quantile_plot(QUANTILES, QUANTILES[:2]),
    "leverage": diagnostics.leverage_plot(INFLUENCE, cook_contours(3, 0.6, 4.0, [0.5, 1.0]), INFLUENCE[:2]),
    "without contours": diagnostics.leverage_plot(INFLUENCE, cook_contours(3, 0.01, 3.0, [0.5]), INFLUENCE[:0]),
    "learning": learning_curve.learning_curve(SUMMARY, LAW, 2.3, HOSTILE, "SGD", "", [0.5, 9.0]),
    "learning without noise": learning_curve.learning_curve(SUMMARY, NO_LAW, None, "kg", "SGD", "", [0.5, 9.0]),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_of_the_data_and_no_name_from_a_table(name):
    for layer in layers(CHARTS[name]):
        for channel, definition in definitions(layer):
            if "field" in definition and layer["rows"]:
                assert definition["field"] in layer["rows"][0], (channel, definition)
            assert "<b>" not in str(definition.get("field"))


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_has_a_title_and_names_for_its_axes(name):
    spec = CHARTS[name].to_dict()
    assert spec["title"]["text"]
    titles = {
        channel
        for layer in layers(CHARTS[name])
        for channel, definition in definitions(layer)
        if channel in {"x", "y"} and definition.get("title")
    }
    assert titles == {"x", "y"}


def test_the_units_are_on_the_axes():
    assert f"residual ({HOSTILE})" in str(CHARTS["residuals"].to_dict())
    assert f"residual ({HOSTILE})" in str(CHARTS["histogram"].to_dict())
    assert "loss (kg²)" in str(CHARTS["learning without noise"].to_dict())


def test_meaning_is_never_in_colour_alone():
    for name in ("residuals", "leverage", "learning"):
        assert "shape" in str(CHARTS[name].to_dict())
    assert "strokeDash" in str(CHARTS["histogram"].to_dict())


def test_the_contours_are_where_cooks_distance_is_what_they_say():
    found = cook_contours(3, 0.6, 4.0, [0.5, 1.0])
    distance = found["internally_studentized"] ** 2 * found["leverage"] / ((1 - found["leverage"]) * 3)
    assert distance.to_numpy() == pytest.approx(found["level"].to_numpy())
    assert found["internally_studentized"].abs().max() == pytest.approx(4.0)
    assert set(found["side"]) == {"above", "below"}


def test_a_log_axis_gets_only_losses_above_zero():
    rows = SUMMARY.assign(mean=[0.0, 2.0, 4.0, 3.0], low=[0.0, 1.5, 3.0, 2.5])
    chart = learning_curve.learning_curve(rows, LAW, 2.3, "y", "SGD", "", [0.5, 9.0])
    for layer in layers(chart):
        for row in layer["rows"]:
            assert all(row[field] > 0 for field in ("mean", "low", "loss") if field in row)
