import contextlib
import io
import itertools

import numpy as np
import pytest

from core.errors import InputError
from core.problems.generating import DATA, miniature
from core.problems.generating.gan import Game
from core.problems.generating.gan_data import target
from core.problems.generating.run import frame_stops, train
from core.problems.panels import Curve, Heat


def printed(code):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, {})
    return {name: float(value) for name, _sep, value in (line.rpartition(": ") for line in out.getvalue().splitlines())}


def small_run(name="clumps", updates=30, seed=0, **rules):
    goal = target(name)
    return train(goal, Game(goal.draw, goal.dimension, goal.dimension, **rules), updates, seed)


def moving(run):
    return [np.asarray(layer.xy) for panel in run.panels[:1] for layer in panel.layers if hasattr(layer, "xy")]


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("clumps", {}),
        ("ring", {"loss": "minimax"}),
        ("two", {"generator_steps": 2}),
        ("one", {"discriminator_steps": 2}),
    ],
)
def test_the_code_gives_the_numbers_of_the_run(name, rules):
    run = small_run(name, 15, seed=3, **rules)
    found = printed(miniature(data=name, updates=15, seed=3, **rules).code)
    assert found["covered"] == run.covered[-1]
    assert found["within three standard deviations"] == pytest.approx(run.within[-1], abs=0.002)
    assert found["loss of the discriminator"] == pytest.approx(run.losses[-1, 0], rel=1e-6)
    assert found["held-out points told right"] == pytest.approx(run.test.accuracy, abs=0.003)


def test_a_longer_run_goes_through_the_states_of_a_shorter_one():
    short, long = small_run(updates=20), small_run(updates=40)
    shared = [stop for stop in short.stops if stop in long.stops]
    assert {0, 1, 2, 3, 20} <= set(shared)
    for stop in shared:
        a, b = short.made[short.stops.index(stop)], long.made[long.stops.index(stop)]
        assert np.allclose(a, b, rtol=1e-6, atol=1e-9)


def test_another_seed_is_another_run_and_the_same_seed_the_same():
    first, again, other = (miniature(seed=seed, updates=20) for seed in (0, 0, 1))
    for a, b, c in zip(moving(first), moving(again), moving(other), strict=True):
        assert np.allclose(a, b, rtol=1e-6, atol=1e-9) and not np.allclose(a, c)
    assert first.figures == again.figures


def test_the_usual_settings_cover_most_clumps_and_quick_generators_do_not():
    usual, quick = (
        train(target("clumps"), Game(target("clumps").draw, 2, 2, **rules), updates, 0)
        for rules, updates in (
            ({}, 800),
            ({"discriminator_rate": 0.002, "generator_rate": 0.01, "generator_steps": 3}, 500),
        )
    )
    assert usual.covered[-1] >= 6 and usual.within[-1] > 0.6
    assert quick.covered[-1] <= 5
    assert quick.grids[-1].best_loss < usual.grids[-1].best_loss  # D* has an easier task against a worse generator


def test_learning_lowers_what_the_best_classifier_can_tell():
    for seed in range(3):
        run = small_run("one", 200, seed, discriminator_rate=0.01, generator_rate=0.002)
        assert run.grids[-1].best_accuracy < max(grid.best_accuracy for grid in run.grids[:5])
        assert abs(run.test.accuracy - run.grids[-1].best_accuracy) < 0.08


def test_the_discriminator_is_hardly_better_than_the_best_one():
    for name in ("two", "one"):  # q is exact there; the loss is a mean over 1,000 + 1,000 points
        run = small_run(name, 100, 1)
        assert all(lost >= grid.best_loss - 0.15 for (lost, _g), grid in zip(run.losses, run.grids, strict=True))


@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("settings", [{"updates": 10, "noise": 1}, {"updates": 12, "noise": 8, "generator_rate": 0.02}])
def test_small_and_large_settings_give_whole_panels(data, settings):
    run = miniature(data=data, discriminator_steps=3, generator_steps=3, discriminator_rate=0.02, **settings)
    assert len(run.frames) == settings["updates"] + 1
    for panel in run.panels:
        assert panel.alt.endswith(".") and "nan" not in panel.alt
    heats = [layer.values for panel in run.panels[:1] for layer in panel.layers if isinstance(layer, Heat)]
    assert all(0 <= heat.min() <= heat.max() <= 1 for heat in heats)
    exact = [layer for layer in run.panels[1].layers if isinstance(layer, Curve) and layer.role == "exact"]
    values = exact[0].xy[..., 1]
    assert len(exact) == 1 and np.nanmin(values) >= 0 and np.nanmax(values) <= 1 and np.isfinite(values).any()


def test_frames_go_one_by_one_at_first_and_end_with_the_last_update():
    for updates in (10, 11, 50, 800):
        stops = frame_stops(updates)
        assert stops[:4] == [0, 1, 2, 3] and stops[-1] == updates and len(stops) <= 41
        assert all(a < b for a, b in itertools.pairwise(stops))


def test_the_guess_is_that_of_the_run():
    for data in DATA:
        run = miniature(data=data, updates=20)
        if data == "one":
            assert ("tells made points" in run.guess.why) == (run.guess.answer == 0)
        else:
            covered = int(run.figures[0].learned)
            expected = {8: 0, 7: 1, 6: 1, 5: 1, 0: 3} if data in ("clumps", "ring") else {2: 0, 1: 1, 0: 2}
            assert run.guess.answer == expected.get(covered, 2)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"data": "moons"}, "one of clumps, ring, two, one; got moons"),
        ({"loss": "hinge"}, "non_saturating, minimax; got hinge"),
        ({"updates": 5}, "between 10 and 800; got 5"),
        ({"generator_steps": 4}, "generator_steps has to be between 1 and 3"),
        ({"discriminator_steps": 0}, "discriminator_steps has to be"),
        ({"generator_rate": 1.0}, "generator_rate has to be"),
        ({"discriminator_rate": float("nan")}, "discriminator_rate has to be"),
        ({"noise": 0}, "noise has to be between 1 and 8; got 0"),
    ],
)
def test_settings_out_of_range_are_refused_in_a_sentence(settings, words):
    with pytest.raises(InputError, match=words):
        miniature(**settings)
