"""The map has every kind once, in its region."""

import re
from pathlib import Path

import dashboard.scenes
from core.problems.kinds import GROUPS, KINDS
from dashboard.scenes.problem_map.scene import problem_map_scene

GLYPHS = Path(dashboard.scenes.__file__).parent / "problem_map" / "glyphs.js"


def test_every_kind_is_a_node_of_its_region():
    groups = problem_map_scene("bandit")["groups"]
    assert [group["name"] for group in groups] == list(GROUPS)
    found = {node["name"]: group["name"] for group in groups for node in group["kinds"]}
    assert found == {name: kind.group for name, kind in KINDS.items()}


def test_every_kind_has_a_drawing():
    drawn = re.findall(r"^  (\w+):", GLYPHS.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(drawn) == sorted(KINDS)
