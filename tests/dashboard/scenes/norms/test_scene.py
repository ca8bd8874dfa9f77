import json
import math

import numpy as np
import pytest

from dashboard.scenes.norms.scene import norms_scene


@pytest.mark.parametrize("p", [0.5, 2.0, math.inf])
def test_a_scene_can_be_written_as_json_without_infinity(p):
    scene = norms_scene(np.array([3.0, -4.0]), np.array([1.0, 2.5]), p=p, factor=-1.5, ball=False)
    read = json.loads(json.dumps(scene, allow_nan=False))
    assert float(read["p"]) == p
    assert read["x"] == [3.0, -4.0]
    assert read["factor"] == -1.5


def test_entries_that_are_not_drawn_are_told():
    few, many = (norms_scene(np.ones(count), np.ones(count), p=2.0, ball=False) for count in (40, 41))
    assert few["words"]["leftOut"] == ""
    assert many["words"]["leftOut"] == "Only the first 40 of 41 entries are drawn; all of them are measured."
