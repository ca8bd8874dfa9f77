"""The scene of a small network: its data as JSON, its part of the plane, and its key."""

import json

import numpy as np
import pytest

from core.foundations import NetworkConfig, start_parameters
from core.foundations.plane_data import draw_pattern
from core.foundations.plane_network import to_vector
from dashboard.scenes.units.scene import part_of_plane, units_scene


def scene(config, rows=30):
    X, y = draw_pattern("moons", rows)
    return units_scene(X.numpy(), y.numpy(), start_parameters(2, config), config, ("a", "b"), ("yes", "no"))


def test_a_scene_can_be_written_as_json_and_holds_the_start():
    config = NetworkConfig(hidden=(3,), activations="tanh", seed=2)
    read = json.loads(json.dumps(scene(config), allow_nan=False))
    assert read["start"] == to_vector(start_parameters(2, config)).tolist()
    assert [len(read["rows"][name]) for name in ("x1", "x2", "y")] == [30, 30, 30]
    assert read["words"]["ofFirst"] == "label 1: yes"


def test_every_setting_that_changes_the_run_changes_its_key():
    keys = [
        scene(config)["key"]
        for config in (
            NetworkConfig(hidden=(3,), activations="tanh"),
            NetworkConfig(hidden=(4,), activations="tanh"),
            NetworkConfig(hidden=(3,), activations="relu"),
            NetworkConfig(hidden=(3,), activations="tanh", seed=1),
            NetworkConfig(hidden=(3,), activations="tanh", learning_rate=0.2),
            NetworkConfig(hidden=(3,), activations="tanh", steps=10),
        )
    ]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("X", [[[0.0, 1.0], [2.0, -1.0]], [[3.0, 3.0]], [[1.0, 5.0], [1.0, 6.0]]])
def test_the_part_of_the_plane_holds_all_rows_even_where_they_are_one_point(X):
    low, high = part_of_plane(np.array(X))
    assert (low < np.min(X, axis=0)).all()
    assert (high > np.max(X, axis=0)).all()
