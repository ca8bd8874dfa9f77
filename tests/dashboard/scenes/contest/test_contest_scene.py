"""The scene of a line beside nearest neighbours: a sentence with both errors for every stage."""

import json

import numpy as np

from core.formatting import format_number
from core.foundations.neighbours import growing_fit, make_curve
from dashboard.scenes.contest.scene import MOST_POINTS, contest_scene


def test_every_stage_has_its_line_its_curve_and_a_sentence():
    X, y = make_curve(90, 0.2, 0)
    fit = growing_fit(X[:, 0], y, k=3)
    scene = contest_scene(X[:, 0], y, fit, k=3, feature="x", label="y")
    assert len(scene["labels"]) == len(scene["lines"]) == len(scene["curves"]) == len(fit.sizes)
    for said, errors in zip(scene["labels"], fit.errors, strict=True):
        assert all(format_number(float(error), 4) in said for error in errors)
    assert "3" in scene["words"]["mean"]
    assert json.loads(json.dumps(scene, allow_nan=False)) == scene


def test_rows_are_drawn_in_the_order_in_which_they_are_added_and_not_all_of_many():
    X, y = make_curve(2000, 0.2, 0)
    fit = growing_fit(X[:, 0], y)
    scene = contest_scene(X[:, 0], y, fit, k=5, feature="x", label="y")
    np.testing.assert_array_equal(scene["x"], X[fit.train[:MOST_POINTS], 0])
