"""Pinned runs laid over each other: a colour, a dash and a letter for each."""

import pandas as pd
import pytest

from dashboard.charts.experiments.pins import overlaid
from tests.dashboard.charts.spec import HOSTILE


def runs(**columns) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "run": ["A: x"] * 3 + ["B: y"] * 3,
            "letter": ["A"] * 3 + ["B"] * 3,
            "x": [0.0, 1.0, 2.0] * 2,
            "y": [9.0, 3.0, 1.0, 9.0, 5.0, 4.0],
            "diverged": False,
        }
    )
    return frame.assign(**columns)


def drawn(frame: pd.DataFrame, **options) -> tuple[dict, list[dict]]:
    spec = overlaid(frame, ["A: x", "B: y"], "Loss", "updates", f"loss ({HOSTILE}²)", **options).to_dict()
    return spec, [{**layer, "rows": spec["datasets"][layer["data"]["name"]]} for layer in spec["layer"]]


def test_every_run_has_its_own_colour_and_dash_in_the_order_given():
    _spec, (_rule, lines, _letters) = drawn(runs())
    for channel in ("color", "strokeDash"):
        assert lines["encoding"][channel]["field"] == "run"
        assert lines["encoding"][channel]["scale"]["domain"] == ["A: x", "B: y"]
    dashes = lines["encoding"]["strokeDash"]["scale"]["range"]
    assert len({tuple(dash) for dash in dashes}) == 2
    eight = [f"{letter}: x" for letter in "ABCDEFGH"]
    spec = overlaid(runs(), eight, "Loss", "updates", "loss").to_dict()
    assert len({tuple(dash) for dash in spec["layer"][1]["encoding"]["strokeDash"]["scale"]["range"]}) == 8


def test_the_letter_stands_at_the_end_of_each_line():
    _spec, (_rule, _lines, letters) = drawn(runs())
    assert [(row["letter"], row["x"], row["y"]) for row in letters["rows"]] == [("A", 2.0, 1.0), ("B", 2.0, 4.0)]


def test_the_axis_is_logarithmic_and_values_of_zero_are_left_out():
    spec, (_rule, lines, _letters) = drawn(runs(y=[9.0, 3.0, 0.0, 9.0, 5.0, 4.0]), remarks=["", "Gaps of 0"])
    assert lines["encoding"]["y"]["scale"]["type"] == "log"
    assert lines["encoding"]["y"]["title"] == f"loss ({HOSTILE}²)"
    assert lines["encoding"]["x"]["title"] == "updates"
    assert len(lines["rows"]) == 5
    assert spec["title"]["subtitle"] == ["Gaps of 0"]


def test_a_run_that_diverged_does_not_flatten_the_others():
    frame = runs(y=[9.0, 3.0, 1.0, 9.0, 60.0, 1e90], diverged=[False] * 3 + [True] * 3)
    _spec, (_rule, lines, letters) = drawn(frame)
    assert max(row["y"] for row in lines["rows"]) == 60.0
    assert {row["letter"]: row["x"] for row in letters["rows"]} == {"A": 2.0, "B": 1.0}
    _spec, (_rule, lines, _letters) = drawn(frame.assign(diverged=True))
    assert max(row["y"] for row in lines["rows"]) == 1e90


@pytest.mark.parametrize(("floor", "count"), [(None, 0), (0.5, 1), (0.0, 0)])
def test_the_floor_is_a_line_where_there_is_one_to_draw(floor, count):
    _spec, (rule, _lines, _letters) = drawn(runs(), floor=floor)
    assert len(rule["rows"]) == count
