"""The scene of a lesson in steps, as JSON."""

import json
import math

import pytest

from dashboard.scenes.twin_tables.scene import Part, Step, TwinTable, number, twin_tables_scene


def test_steps_become_plain_data_and_plain_text_has_no_twin():
    table = TwinTable("Weights", ["", "o"], [["x1", number(-0.5, "w", 2.0, strong=True)]])
    scene = json.loads(json.dumps(twin_tables_scene([Step("One"), Step("Two", [["a = ", Part("1", "a")]], [table])])))
    assert scene["start"] == 1
    assert scene["frames"][0] == {"title": "One", "lines": [], "tables": []}
    first, second = scene["frames"][1]["lines"][0]
    assert first == {"text": "a = ", "key": "", "shade": 0.0, "strong": False}
    assert second["key"] == "a"
    assert scene["frames"][1]["tables"][0]["rows"][0][1] == {"text": "−0.5", "key": "w", "shade": -0.25, "strong": True}


@pytest.mark.parametrize(
    ("value", "most", "shade"),
    [(1.0, 0.0, 0.0), (5.0, 2.0, 1.0), (-5.0, 2.0, -1.0), (math.nan, 2.0, 0.0), (0.0, 1.0, 0.0)],
)
def test_a_shade_is_within_bounds(value, most, shade):
    assert number(value, most=most).shade == shade


def test_a_lesson_may_begin_at_its_first_step():
    assert twin_tables_scene([Step("One"), Step("Two")], start=0)["start"] == 0
