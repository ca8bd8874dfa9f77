"""What the scenes of the parts of a model hand to the browser: numbers that JSON can hold, and every word used."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from core.foundations.classification_metrics import Confusion
from core.foundations.degrees import draw_rows, fit_degrees, make_wave
from core.foundations.descent_on_curve import descend_on_curve
from core.foundations.learning_loop import walk_loop
from core.foundations.loss_surfaces import bowl, descend, find_minima, reached, start_grid, unit_surface
from core.regression import SgdConfig, make_synthetic
from dashboard import scenes
from dashboard.scenes.components.counts import counts_scene
from dashboard.scenes.components.fits import degrees_scene, steps_scene
from dashboard.scenes.components.loop import loop_scene
from dashboard.scenes.components.surfaces import Shown, surfaces_scene

FOLDER = Path(scenes.__file__).parent / "components"
NAMES = ("<b>x</b>", "y")


def rows(train: int = 8):
    x, y = make_wave(100, 0.3, seed=1)
    few, rest = draw_rows(100, train, seed=1)
    return (x[few], y[few]), (x[rest], y[rest])


def degrees(train: int = 8, start: int = 3) -> dict:
    few, rest = rows(train)
    return degrees_scene(fit_degrees(*few, *rest, 12), few, rest, NAMES, start, "key")


def steps() -> dict:
    few, rest = rows()
    return steps_scene(descend_on_curve(*few, *rest, degree=5, epochs=300), few, rest, NAMES, "key")


def loop(features: int = 5, first: tuple[int, ...] = (4, 0, 2)) -> dict:
    X, y = make_synthetic(n=20, weights=np.arange(1.0, features + 1), noise=0.1)
    config = SgdConfig(batch_size=4, standardise=True)
    return loop_scene(walk_loop(X, y, config), [f"x{j}" for j in range(features)], "y", config, "key", first)


def surfaces() -> dict:
    rng = np.random.default_rng(0)
    made = [bowl(rng.standard_normal((20, 2)), rng.standard_normal(20)), unit_surface()]
    shown = []
    for surface in made:
        minima = find_minima(surface, 6)
        ends = descend(surface, start_grid(surface, 5), 0.3, 50)[:, -1]
        basins = [-1 if place is None else place for place in reached(minima, ends)]
        shown.append(Shown("k", "t", surface, minima, basins, ("a", "b"), ("u", "v"), "{u} {v}"))
    return surfaces_scene(*shown, ([[0.1, 0.2]], [[0.5, 0.5]]), 0.3, 50)


def counts() -> dict:
    return counts_scene(
        {"model": Confusion(true_positives=1, false_positives=2, false_negatives=4, true_negatives=3)}, "yes", "no"
    )


SCENES = {"degrees": degrees, "steps": steps, "loop": loop, "surfaces": surfaces, "counts": counts}
SCRIPTS = {"degrees": ["fits"], "steps": ["fits"], "loop": ["loop"], "surfaces": ["surfaces", "surface_panel"],
           "counts": ["counts"]}  # fmt: skip
OWN = {"degree"}  # of one kind of frames


@pytest.mark.parametrize("name", SCENES)
def test_a_scene_can_be_written_as_json(name):
    scene = SCENES[name]()
    assert json.loads(json.dumps(scene, allow_nan=False))["kind"] == name


@pytest.mark.parametrize("name", SCENES)
def test_every_word_that_a_script_asks_for_is_there(name):
    scene = SCENES[name]()
    script = "".join((FOLDER / f"{each}.js").read_text(encoding="utf-8") for each in SCRIPTS[name])
    asked = set(re.findall(r"\bwords\.(\w+)", script))
    assert asked
    assert asked - scene["words"].keys() - OWN == set()
    assert all(place < len(scene["sentences"]) for place in scene.get("says", []))


def test_what_is_far_outside_the_picture_stays_finite():
    scene = degrees(12, 12)
    assert np.isfinite(scene["curves"]).all()
    assert np.abs(scene["curves"]).max() <= 1e12
    assert scene["start"] == len(scene["labels"]) - 1


def test_the_curve_of_a_degree_is_its_fit():
    few, rest = rows()
    fits = fit_degrees(*few, *rest, 12)
    scene = degrees()
    for degree in (0, 2, 5):
        expected = fits.predict(scene["grid"], degree)
        assert scene["curves"][degree] == pytest.approx(expected.tolist(), rel=1e-4, abs=1e-4)


def test_the_loop_draws_the_features_that_were_asked_for_and_adds_up():
    scene = loop()
    assert scene["names"] == ["x4", "x0", "x2"]
    assert len(scene["frames"]) == 12
    turn = scene["turns"][0]
    sum_of_terms = np.dot(turn["X"][0], turn["before"][:-1]) + turn["more"] + turn["before"][-1]
    assert sum_of_terms == pytest.approx(turn["predictions"][0])
    assert loop(2, ())["turns"][0]["more"] is None


def test_a_descent_ends_beside_its_closed_form():
    scene = steps()
    assert scene["floor"] <= scene["trainErrors"][-1]
    assert len(scene["curves"]) == len(scene["labels"]) == len(scene["says"])
    assert scene["says"].count(2) == 1
