"""The scenes of noise: what the browser gets can be written as JSON, and a placeholder has a value to fill it."""

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest

from dashboard import scenes
from dashboard.scenes.bundle import bundle
from dashboard.scenes.likelihood.scene import likelihood_scene
from dashboard.scenes.noise.scene import noise_scene
from dashboard.scenes.power_loss.scene import power_scene

X = np.array([0.0, 1.0, 2.0])
SCENES = {
    "noise": [noise_scene(0.5, 2.0, [(0.0, 1.0)], X, 4)],
    "likelihood": [
        likelihood_scene(X, X, X, X, at=0.5, best=1.0, sigma=1.0, log=log, slope=slope)
        for log, slope in ((True, True), (False, False))
    ],
    "power_loss": [power_scene([1.0, 2.0], p=p, line=line) for p, line in ((1.0, True), (math.inf, False))],
}


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_can_be_written_as_json_and_its_script_uses_every_word(name):
    script = bundle(Path(scenes.__file__).parent / name / f"{name}.js").js
    for scene in SCENES[name]:
        assert json.loads(json.dumps(scene, allow_nan=False)) == scene
        for key, words in scene["words"].items():
            assert re.search(rf"\b{key}\b", script), key
            for placeholder in re.findall(r"\{(\w+)\}", words):
                assert re.search(rf"\b{placeholder}\b", script), (key, placeholder)


def test_infinity_travels_as_text_and_a_mean_has_no_pivot():
    assert SCENES["power_loss"][1]["state"]["p"] == "Infinity"
    assert SCENES["likelihood"][0]["pivot"] == 1.0
    assert SCENES["likelihood"][1]["pivot"] is None
