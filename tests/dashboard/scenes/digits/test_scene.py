"""The scene of ten neurons: as JSON, with the weights along the training and the exact ones."""

import json

import numpy as np
import pytest

from core.foundations import NetworkConfig
from core.foundations.digits_layer import load_split_digits, train_digits_layer
from dashboard.scenes.digits.scene import digits_scene


def test_a_scene_can_be_written_as_json_and_holds_every_frame():
    digits = load_split_digits()
    config = NetworkConfig(outputs=10, loss="cross_entropy", learning_rate=1.0, steps=5, start="zero")
    found = train_digits_layer(digits, config)
    scene = json.loads(json.dumps(digits_scene(found, digits.X_test[0].tolist(), 3), allow_nan=False))
    assert scene["steps"] == [0, 1, 2, 3, 4, 5]
    assert len(scene["layers"]) == len(scene["accuracies"]) == 6
    assert np.shape(scene["layers"][-1]["weights"]) == np.shape(scene["exact"]["weights"]) == (10, 64)
    assert scene["layers"][-1]["weights"][3] == pytest.approx(found.run.parameters[0].weights[:, 3].tolist(), abs=1e-4)
    assert scene["digit"] == 3
    assert len(scene["picture"]) == 64
