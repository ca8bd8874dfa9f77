"""The scene of a kernel: a label for each place, and nothing that JSON lacks."""

import json

import numpy as np

from dashboard.scenes.kernel.scene import kernel_scene


def test_there_is_a_place_for_each_sum():
    scene = kernel_scene(np.zeros((8, 10)), np.eye(3), "eye")
    assert len(scene["labels"]) == 6 * 8
    assert scene["labels"][0] == "Place in row 1, column 1"
    assert scene["labels"][-1] == "Place in row 6, column 8"
    assert scene["kernel"] == np.eye(3).tolist()
    assert json.loads(json.dumps(scene, allow_nan=False)) == scene
