"""The scene of Canny's steps: a picture each, whose pixels are those of the arrays, and counts that add up."""

import base64
import json
import re
from io import BytesIO

import numpy as np
from PIL import Image

from core.foundations.edges import canny_steps, photograph
from dashboard.scenes.edges.scene import edges_scene


def levels(frame: dict[str, str]) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(base64.b64decode(frame["png"].split(",", 1)[1]))))


def test_the_pictures_are_those_of_the_steps_and_the_counts_add_up():
    steps = canny_steps(photograph("china", 96), 1.0, 0.2, 0.6)
    scene = edges_scene(steps, 1.0, 0.2, 0.6)
    blur, slope, ridges, joined = map(levels, scene["frames"])
    np.testing.assert_allclose(blur / 255, np.clip(steps.blurred, 0, 1), atol=1 / 255)
    assert slope[np.unravel_index(steps.slope.argmax(), steps.slope.shape)] == 0
    assert ((ridges == 0) == steps.strong).all()
    assert ((ridges < 255) == steps.weak).all()
    assert ((joined == 0) == steps.found.edges).all()
    strong, pale = map(
        int, re.search(r"edge: (\d+) reach 0.6 \(black\), (\d+) only", scene["frames"][2]["text"]).groups()
    )
    stay, go = map(int, re.search(r"(\d+) grey pixels .+ stay, (\d+) go", scene["frames"][3]["text"]).groups())
    assert stay + go == pale
    assert strong + stay == steps.found.edges.sum()
    assert json.loads(json.dumps(scene, allow_nan=False)) == scene


def test_a_flat_picture_has_its_steps_too():
    scene = edges_scene(canny_steps(np.ones((9, 9))), 2.0, 0.1, 0.2)
    assert (levels(scene["frames"][3]) == 255).all()
    assert "0 pixels in 0 pieces" in scene["frames"][3]["text"]
