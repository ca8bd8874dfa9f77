"""The scenes of the classifier, the threshold and softmax can be written as JSON, and say what is left out."""

import json

import numpy as np

from core.foundations.descent import descend
from dashboard.scenes.classifier.scene import MOST_FRAMES, MOST_ROWS, classifier_scene, frames_of
from dashboard.scenes.softmax.scene import softmax_scene
from dashboard.scenes.threshold.scene import threshold_scene

X = np.random.default_rng(0).normal(size=(1000, 3))
Y = (X[:, 0] > 0).astype(float)


def read(scene):
    return json.loads(json.dumps(scene, allow_nan=False))


def test_a_run_is_thinned_and_keeps_both_ends():
    for updates in (1, 240, 241, 5000):
        frames = frames_of(updates)
        assert (frames[0], frames[-1]) == (0, updates)
        assert len(frames) <= MOST_FRAMES
        assert (np.diff(frames) > 0).all()


def test_the_classifier_has_the_parameters_of_its_frames():
    run = descend(X, Y, 0.5, 300)
    path = run.weights.numpy(), run.bias.numpy(), run.loss.numpy()
    scene = read(classifier_scene(X, Y, ["a", "b", "c"], (2, 0), ["no", "yes"], path, {"exact": None}))
    assert len(scene["rows"]) == MOST_ROWS
    assert "400 of 1000 rows" in scene["words"]["some"]
    last = scene["steps"][-1]
    assert scene["weights"][-1] == run.weights[last].tolist()
    assert scene["loss"][-1] == run.loss[last].item()
    assert scene["beside"] == [{"name": "exact", "weights": None, "bias": None, "loss": None}]


def test_what_is_not_finite_is_null():
    path = np.array([[1.0], [np.inf]]), np.array([0.0, np.nan]), np.array([0.7, np.inf])
    scene = read(classifier_scene(X[:5, :1], Y[:5], ["a"], (0, 0), ["no", "yes"], path, {"exact": None}))
    assert (scene["weights"][1], scene["bias"][1], scene["loss"][1]) == ([None], None, None)


def test_the_threshold_has_every_row_and_softmax_its_row():
    scene = read(threshold_scene(np.linspace(0, 1, 1000), Y, ["no", "yes"], 0.3, (1.0, 5.0)))
    assert (len(scene["p"]), scene["threshold"], scene["costs"]) == (1000, 0.3, [1.0, 5.0])
    parameters = np.ones((2, 3)), np.zeros(2)
    scene = read(softmax_scene(X, Y, ["a", "b", "c"], (0, 1), ["no", "yes"], parameters, 10**6, 0.0))
    assert scene["row"] == len(scene["rows"]) - 1
    assert [X[number - 1].tolist() for number in scene["numbers"]] == scene["rows"]


def test_the_threshold_says_how_many_rows_are_counted():
    many = np.tile(Y, 25)
    p = np.linspace(0, 1, len(many))
    words = threshold_scene(p, many, ["no", "yes"], 0.3, (1.0, 5.0))["words"]
    assert words["some"] == "20,000 of 25,000 rows are counted in this picture."
    assert threshold_scene(p[:20_000], many[:20_000], ["no", "yes"], 0.3, (1.0, 5.0))["words"]["some"] == ""
