"""Charts of norms: what they bind is in their tables, and names from a file do no harm."""

import pandas as pd
import pytest

from dashboard.charts.norms import distance_map, entry_shares, labelled, norm_against_power, singular_bars
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

MARKS = pd.DataFrame(
    {"place": [1.0, 1.5], "norm": [7.0, 5.0], "name": ["L1", "L2"], "chosen": [False, True]}
)  # fmt: skip
CURVE = pd.DataFrame({"place": [0.0, 2.0], "norm": [14.0, 4.0]})
SHARES = pd.DataFrame({"entry": [HOSTILE, "x₂"], "share": [0.36, 0.64]})
CELLS = pd.DataFrame(
    {
        "across": [1, 2, 1, 2],
        "up": [1, 1, 2, 2],
        "distance": [0.0, 3.0, 3.0, 0.0],
        "nearest": [False, True, True, False],
        "row": ["0 (1)", "1 (2)"] * 2,
        "other": ["0 (1)"] * 2 + ["1 (2)"] * 2,
    }
)
CHARTS = {
    "curve": lambda: norm_against_power(CURVE, MARKS),
    "shares": lambda: entry_shares(labelled(SHARES), HOSTILE),
    "singular": lambda: singular_bars(pd.DataFrame({"place": [1, 2], "size": [3.0, 1.0]})),
    "map": lambda: distance_map(CELLS, HOSTILE),
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


def test_the_curve_marks_the_chosen_power_by_its_shape_too():
    _line, dots = layers(CHARTS["curve"]())
    assert dots["encoding"]["shape"]["scale"] == {"domain": [False, True], "range": ["circle", "diamond"]}
    assert [row["chosen"] for row in dots["rows"]] == [False, True]


def test_bars_stand_in_the_order_of_their_table_with_their_shares_beside_them():
    (bars,) = layers(CHARTS["shares"]())
    assert bars["encoding"]["y"]["sort"] == {"field": "place", "op": "min"}
    assert [(row["place"], row["label"]) for row in bars["rows"]] == [(0, f"{HOSTILE}  36%"), (1, "x₂  64%")]


def test_many_singular_values_are_drawn_without_numbers_over_each_other():
    many = pd.DataFrame({"place": range(1, 31), "size": [1.0] * 30})
    assert len(layers(singular_bars(many))) == 1
    assert len(layers(CHARTS["singular"]())) == 2


def test_the_map_has_a_tile_for_each_pair_and_frames_the_nearest():
    (tiles,) = layers(CHARTS["map"]())
    assert len(tiles["rows"]) == 4
    assert [row["nearest"] for row in tiles["rows"]] == [False, True, True, False]
    assert tiles["encoding"]["stroke"]["scale"]["range"] == ["transparent", "black"]
    assert tiles["encoding"]["x"]["title"] == f"rows, by {HOSTILE}"
