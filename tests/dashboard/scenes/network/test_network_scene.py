"""The scene of a network: its terms add up to what core computes, and it is JSON whatever the run did."""

import json

import numpy as np
import pytest
import torch

from core.foundations import NetworkConfig, predict_network, train_network
from core.foundations.curve import make_curve
from core.foundations.feature_groups import fold_features
from core.foundations.network_exact import exact_output
from dashboard.scenes.network.scene import Output, network_scene


def scene_of(config, X, y, names):
    run = train_network(X, y, config)
    groups = fold_features(run.parameters[0].weights.norm(dim=1))
    outputs = [Output(f"label {number}", 10.0, 2.0) for number in range(config.outputs)]
    exact = exact_output(run.frames[0], config, X, y)
    return run, network_scene(run, exact, groups, names, outputs, X[0], y[0], "found")


def test_the_terms_of_every_frame_add_up_to_the_sums_of_core():
    X, y = make_curve(40, 2)
    config = NetworkConfig(hidden=(3, 2), activations=("tanh", "relu"), outputs=2, steps=30)
    run, scene = scene_of(config, X, y, ["a", "b"])
    assert [len(column["units"]) for column in scene["columns"]] == [2, 3, 2, 2]
    for frame, parameters in zip(scene["frames"], run.frames, strict=True):
        entering = scene["x"]
        for layer in frame["layers"]:
            sums = np.array(entering) @ np.array(layer["w"]) + layer["b"]
            assert sums == pytest.approx(layer["z"], abs=1e-5)
            entering = layer["a"]
        assert entering == pytest.approx(predict_network(parameters, config, X[:1])[0].tolist(), abs=1e-5)
        output = frame["layers"][-1]
        assert output["da"] == pytest.approx(np.subtract(output["a"], scene["y"]), abs=1e-5)
        back = np.array(frame["layers"][1]["w"]) @ frame["layers"][1]["dz"]
        assert frame["layers"][0]["da"] == pytest.approx(back, abs=1e-5)
    assert scene["count"] == {"terms": ["(2 × 3 + 3)", "(3 × 2 + 2)", "(2 × 2 + 2)"], "total": "23"}


def test_groups_stand_for_all_of_their_features():
    X = torch.from_numpy(np.random.default_rng(0).standard_normal((30, 300)))
    y = X[:, :1] - X[:, 7:8]
    _run, scene = scene_of(NetworkConfig(steps=50, learning_rate=0.01), X, y, [f"s{place}" for place in range(300)])
    assert len(scene["columns"][0]["units"]) == 10
    assert sum(unit["count"] for unit in scene["columns"][0]["units"]) == 300
    last = scene["frames"][-1]["layers"][0]
    assert sum(part[0] for part in last["parts"]) + last["b"][0] == pytest.approx(last["z"][0], abs=1e-5)
    for group, part in zip(scene["members"], last["parts"], strict=True):
        if group is not None:
            products = [x * w[0] for x, w in zip(group["x"], group["w"], strict=True)]
            assert sum(products) == pytest.approx(part[0], abs=1e-5)
    assert len(json.dumps(scene)) < 300_000


def test_a_run_that_diverged_is_json_without_numbers_that_json_lacks():
    X, y = make_curve(40)
    run, scene = scene_of(NetworkConfig(learning_rate=10.0), X, y, ["a", "b"])
    assert run.diverged
    assert json.loads(json.dumps(scene, allow_nan=False))["words"]["note"] == run.note
