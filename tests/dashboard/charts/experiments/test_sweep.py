"""The map of a sweep: a rectangle a run on log axes, the limits as stairs, marks that need no colour."""

import numpy as np
import pandas as pd
import pytest

from dashboard.charts.experiments.sweep import CELL, edges, sweep_map

RATES, SIZES = [0.01, 0.1, 1.0], [1, 4, 16]
CELLS = pd.DataFrame(
    [
        {"learning_rate": rate, "batch_size": size, "value": rate * size, "label": f"{rate * size:g}", "told": "x"}
        for rate in RATES
        for size in SIZES
    ]
)
CELLS["diverged"] = CELLS["learning_rate"] == 1.0
CELLS["value"] = CELLS["value"].mask(CELLS["diverged"])
LIMITS = pd.DataFrame(
    {"limit": ["all"] * 3 + ["mini"] * 3, "batch_size": SIZES * 2, "learning_rate": [0.5] * 3 + [0.1, 0.3, 0.5]}
)
MARKS = pd.DataFrame({"mark": ["present", "best"], "learning_rate": [0.03, 0.01], "batch_size": [10, 1]})


def drawn(cells=CELLS, limits=LIMITS, marks=MARKS, **options) -> list[dict]:
    spec = sweep_map(cells, limits, marks, "Gap after 3 epochs", "gap / loss", **options).to_dict()
    return [{**layer, "rows": spec["datasets"][layer["data"]["name"]]} for layer in spec["layer"]]


def of_kind(layers: list[dict], kind: str) -> list[dict]:
    return [layer for layer in layers if layer["mark"]["type"] == kind]


def test_every_run_has_a_rectangle_around_its_place_and_they_touch():
    ground = of_kind(drawn(), "rect")[0]["rows"]
    assert len(ground) == 9
    for row in ground:
        for name in ("learning_rate", "batch_size"):
            assert row[f"{name}_from"] < row[name] < row[f"{name}_to"]
    tops = {row["learning_rate"]: row["learning_rate_to"] for row in ground}
    bottoms = {row["learning_rate"]: row["learning_rate_from"] for row in ground}
    assert tops[0.01] == bottoms[0.1]
    assert tops[0.1] == bottoms[1.0]


@pytest.mark.parametrize("values", [[3.0], [1.0, 2.0], [1, 4, 16, 50]])
def test_edges_lie_halfway_on_a_log_scale(values):
    borders = edges(values)
    assert len(borders) == len(values) + 1
    np.testing.assert_allclose(borders[1:-1], np.sqrt(np.array(values[1:]) * values[:-1]))
    np.testing.assert_allclose(borders[0] * borders[1], values[0] ** 2)
    np.testing.assert_allclose(borders[-1] * borders[-2], values[-1] ** 2)


def test_what_diverged_is_crossed_and_has_no_colour():
    layers = drawn()
    coloured = next(layer for layer in of_kind(layers, "rect") if "color" in layer["encoding"])
    assert {row["learning_rate"] for row in coloured["rows"]} == {0.01, 0.1}
    crosses = of_kind(layers, "point")[0]["rows"]
    assert [(row["learning_rate"], row["batch_size"]) for row in crosses] == [(1.0, size) for size in SIZES]
    assert {row["mark"] for row in crosses} == {"diverged"}


def test_axes_are_logarithmic_reach_over_all_cells_and_have_units():
    for layer in drawn():
        for channel, title in (("x", "batch size |B| (rows per update)"), ("y", "learning rate η")):
            definition = layer["encoding"][channel]
            assert definition["title"] == title
            assert definition["scale"]["type"] == "log"
        assert layer["encoding"]["x"]["scale"]["domain"] == pytest.approx([0.5, 32.0])
        assert layer["encoding"]["x"]["axis"]["values"] == SIZES


def test_the_colour_is_logarithmic_names_its_unit_and_the_better_is_brighter():
    colour = next(layer["encoding"]["color"] for layer in of_kind(drawn(), "rect") if "color" in layer["encoding"])
    assert colour["title"] == "gap / loss"
    assert colour["legend"]["orient"] == "top"
    assert (colour["scale"]["type"], colour["scale"]["scheme"], colour["scale"]["reverse"]) == ("log", "viridis", True)
    assert colour["scale"]["domain"] == pytest.approx([0.01, 1.6])


def test_the_colour_of_a_gap_of_zero_and_of_no_gap_at_all_has_a_scale():
    for values in (0.0, np.nan, 1e-30):
        cells = CELLS.assign(value=[values, *[1.0] * 8])
        colour = [layer["encoding"]["color"] for layer in of_kind(drawn(cells), "rect") if "color" in layer["encoding"]]
        low, high = colour[0]["scale"]["domain"]
        assert 0 < low < high < 10
    everything_lost = CELLS.assign(value=np.nan, diverged=True)
    assert len(of_kind(drawn(everything_lost), "point")[0]["rows"]) == 9


def test_limits_are_stairs_level_over_each_batch_size_one_of_them_dashed():
    line = next(layer for layer in of_kind(drawn(), "line") if "strokeDash" in layer["encoding"])
    mini = [row for row in line["rows"] if row["limit"] == "mini"]
    mini.sort(key=lambda row: row["place"])
    assert [row["learning_rate"] for row in mini] == [0.1, 0.1, 0.3, 0.3, 0.5, 0.5]
    assert [row["batch_size"] for row in mini] == pytest.approx([0.5, 2, 2, 8, 8, 32])
    assert line["encoding"]["order"]["field"] == "place"
    dashes = line["encoding"]["strokeDash"]["scale"]
    assert dict(zip(dashes["domain"], dashes["range"], strict=True)) == {"all": [7, 4], "mini": [1, 0]}


def test_without_a_limit_no_line_is_drawn():
    assert of_kind(drawn(limits=LIMITS.iloc[:0]), "line") == []


def test_the_subtitle_says_how_to_read_the_marks():
    spec = sweep_map(CELLS, LIMITS, MARKS, "Gap", "gap").to_dict()
    assert spec["title"]["subtitle"] == [
        "○ current setting · ☆ best · × diverged",
        "dashed: all",
        "solid: mini",
    ]
    empty = CELLS.assign(diverged=False)
    assert sweep_map(empty, LIMITS, MARKS, "Gap", "gap").to_dict()["title"]["subtitle"][-1].startswith("Empty")


def test_the_present_setting_stands_where_it_is_even_between_cells():
    points = of_kind(drawn(), "point")[-1]["rows"]
    assert {"mark": "current setting", "learning_rate": 0.03, "batch_size": 10} in points


def test_a_click_selects_rate_and_batch_size_and_only_the_cells_take_it():
    spec = sweep_map(CELLS, LIMITS, MARKS, "Gap", "gap", chosen=(0.1, 4)).to_dict()
    (param,) = spec["params"]
    assert param["name"] == CELL
    assert param["select"]["fields"] == ["learning_rate", "batch_size"]
    with_tooltip = [layer for layer in spec["layer"] if "tooltip" in layer["encoding"]]
    assert [layer["name"] for layer in with_tooltip] == param["views"]


def test_the_chosen_cell_is_framed_and_numbers_are_left_out_where_there_is_no_room():
    framed = [layer for layer in of_kind(drawn(chosen=(0.1, 4)), "rect") if layer["mark"].get("fillOpacity") == 0]
    assert [(row["learning_rate"], row["batch_size"]) for row in framed[0]["rows"]] == [(0.1, 4)]
    assert len(of_kind(drawn(), "text")) == 2
    many = pd.concat([CELLS.assign(batch_size=CELLS["batch_size"] + 100 * power) for power in range(12)])
    assert of_kind(drawn(many), "text") == []
