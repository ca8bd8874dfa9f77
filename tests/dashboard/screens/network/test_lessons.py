"""The lessons on networks: their verdicts, their numbers, and lines that run as printed and give them."""

import re

import numpy as np
import pytest
import torch

from core.foundations import NetworkConfig, start_parameters, train_network
from core.foundations.network_lessons import hidden_units
from core.foundations.plane_data import draw_pattern
from dashboard.screens.network.collapse import Collapse
from dashboard.screens.network.regression import one_layer, verdict
from dashboard.screens.network.relu import verdict as dead_verdict

VIEW = {"network_view": "lessons"}


def opened(open_screen, lesson, **memory):
    screen = open_screen("network", **VIEW, network_lesson=lesson, **memory)
    assert screen.errors == []
    assert len(screen.app.get("bidi_component")) == 1
    return screen


def ran(screen):
    names: dict[str, object] = {}
    exec(next(code.value for code in screen.app.code if "import torch" in code.value), names)
    return names


def number(text):
    return float(text.replace(",", "").replace("−", "-"))


@pytest.mark.parametrize(
    ("lesson", "example", "words"),
    [
        ("linear", "A setting that works: ReLU between", r"More than one map: with ReLU between"),
        ("linear", "One that fails: nothing between", r"One map: on all 200 rows the outputs differ by"),
        ("equal", "A setting that works: a random start", r"Works: after training the 3 units differ"),
        ("equal", "One that fails: equal weights", r"Fails: after 400 steps the 3 units differ by"),
        ("equal", "One that fails: all zero", r"Fails: with all weights 0"),
        ("dead", "A setting that works: a smaller rate", r"Works: every unit is above 0"),
        (
            "dead",
            "One that fails: a rate of 2",
            r"Fails: no row gives .* above 0: h\d.* exactly 0, .* step: none; killed .* rate 2: h\d",
        ),
        (
            "dead",
            "The same with leaky ReLU",
            r"Alive below 0: .* Their gradients are not 0 .* below 0 is 0.01, so they can recover",
        ),
        ("deep", "A setting where depth wins: 6 layers", r"Depth wins: 64 straight pieces from 12 units"),
        ("deep", "One where it does not: 1 layer", r"Depth does not win here: 2 pieces"),
        ("regression", "A setting that works", r"The same (numbers|predictions)"),
        ("regression", "One that fails: too few steps", r"Not there yet"),
        ("regression", "One that fails: above the largest rate", r"Fails: (the loss rose|The run diverged)"),
    ],
)
def test_each_example_says_why_it_works_or_fails(open_screen, lesson, example, words):
    screen = opened(open_screen, lesson, network_lesson_seed=3).press(example)
    assert re.search(words, screen.words.replace("**", "")), screen.words


@pytest.mark.parametrize("between", ["none", "relu", "tanh"])
def test_the_collapse_in_lines(open_screen, between):
    names = ran(opened(open_screen, "linear", network_lesson_between=between))
    assert (names["apart"] < 1e-12) == (between == "none")
    X, _y = draw_pattern("rings", 200)
    found = Collapse(X.numpy(), NetworkConfig(hidden=(3,), activations=between, seed=2))
    assert torch.allclose(names["W"], found.one.weights)
    assert names["two"][:, 0].numpy() == pytest.approx(found.two[:5])


@pytest.mark.parametrize("start", ["equal", "zero", "random"])
def test_the_start_in_lines(open_screen, start):
    screen = opened(open_screen, "equal", network_lesson_start=start)
    names = ran(screen)
    assert names["loss"].item() == pytest.approx(number(screen.boxes["Loss learned"]), rel=1e-3)
    assert (names["apart"].item() < 1e-9) == (start != "random")
    assert (number(screen.boxes["Largest difference between units"]) < 1e-9) == (start != "random")


@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_from_a_start_at_zero_the_output_s_bias_goes_to_the_mean_of_the_labels(open_screen, noise):
    screen = opened(open_screen, "equal", network_lesson_start="zero", network_units_noise=noise)
    mean = draw_pattern("rings", 200, noise)[1].mean().item()
    said = re.search(r"goes to the mean of the labels, and is now ([−\d.e]+)\.", screen.words).group(1)
    assert number(said) == pytest.approx(mean, abs=1e-9)
    assert "has learned" not in screen.words


@pytest.mark.parametrize("setting", [{}, {"network_lesson_rate": 0.3}, {"network_lesson_unit": "leaky"}])
def test_the_dead_units_in_lines(open_screen, setting):
    screen = opened(open_screen, "dead", **setting)
    names = ran(screen)
    assert names["dead"].sum().item() == number(screen.boxes["Dead units at the end"])
    gradients = names["net"][0].bias.grad[names["dead"]]
    assert (gradients == 0).all() == ("network_lesson_unit" not in setting)


def test_units_that_are_dead_before_the_first_step_are_told_from_those_that_steps_killed():
    X, y = draw_pattern("rings", 200, 0.1)
    config = NetworkConfig(hidden=(6,), activations="relu", learning_rate=2.0, steps=20, seed=2)
    start = start_parameters(2, config)
    start[0].weights[:, 4], start[0].bias[4] = 0, -1  # dead whatever the row
    run = train_network(X, y, config, frames=21, initial=start)
    story = [hidden_units(frame, config, X, y) for frame in run.frames]
    assert story[0].highest[4].item() == -1
    said = dead_verdict(story, run, 200)
    assert re.search(r"Dead before the first step: h5; killed by steps at the rate 2: (?!.*h5)h\d", said)


def test_rows_of_the_lessons_are_chosen_in_them_and_named(open_screen):
    for lesson in ("linear", "equal", "dead"):
        screen = opened(open_screen, lesson, network_units_rows="moons", network_units_noise=0.2)
        assert screen.app.button_group(key="network_units_rows").value == "moons"
        assert "noise 0.2, seed 0" in screen.words
        table = opened(open_screen, lesson, network_units_rows="table")
        assert "x₁ is " in table.words
        assert "body_mass_g is above its median" in table.words


def test_deep_is_told_in_one_way_on_the_whole_screen(open_screen):
    meaning = "**Deep** means several hidden layers"
    assert meaning in opened(open_screen, "deep").words
    for layers in (0, 1, 2):
        assert meaning in open_screen("network", network_stage_layers=layers).words


@pytest.mark.parametrize("lesson", ["equal", "dead"])
def test_the_formulas_have_the_numbers_of_the_gradients(open_screen, lesson):
    screen = opened(open_screen, lesson)
    latex = "".join(str(each.value) for each in screen.app.latex)
    X, y = draw_pattern("rings", 200, 0.1)
    if lesson == "equal":
        net = NetworkConfig(hidden=(3,), activations="tanh", start="equal")
        units = hidden_units(start_parameters(2, net), net, X, y)
        assert latex.count(f"= ({units.gradients[0, 0]:.3g}, {units.gradients[0, 1]:.3g})") == 3
    else:
        assert re.search(r"\\max_i z_i = -[\d.]+ \\le 0", latex)
        assert r"= (0,\; 0,\; 0)" in latex


@pytest.mark.parametrize("depth", [1, 5])
def test_the_pieces_in_lines(open_screen, depth):
    screen = opened(open_screen, "deep", network_lesson_depth=depth)
    assert ran(screen)["pieces"].item() == 2**depth == number(screen.boxes["Pieces, deep"])


def test_one_layer_comes_to_the_closed_form_in_the_screen_and_in_its_lines(open_screen):
    screen = opened(open_screen, "regression", sample="cars", network_lesson_steps=3000, network_lesson_factor=0.9)
    assert number(screen.boxes["Loss learned"]) == pytest.approx(number(screen.boxes["Loss, closed form"]), rel=1e-4)
    names = ran(screen)
    assert names["exact"].shape == (names["X"].shape[1] + 1,)
    assert names["loss"].item() == pytest.approx(number(screen.boxes["Loss learned"]), rel=1e-4)
    shown = number(screen.boxes["Largest difference of predictions"])
    assert names["apart"].item() == pytest.approx(shown, rel=0.01, abs=1e-9)


def test_one_layer_is_least_squares_on_rows_of_any_size():
    rng = np.random.default_rng(0)
    X = rng.normal(1e6, 1e3, (50, 3)) * [1, 1e-9, 1]
    y = X @ [2.0, 1e9, -1.0] + rng.normal(0, 100, 50)
    found = one_layer(X, y, ["a", "b", "c"], 2000, 0.9)
    design = np.column_stack([found.X, np.ones(50)])
    fitted = design @ np.linalg.lstsq(design, found.y, rcond=None)[0]
    ours = (torch.from_numpy(found.X) @ found.run.parameters[0].weights + found.run.parameters[0].bias)[:, 0]
    assert ours.numpy() == pytest.approx(fitted, abs=1e-6)
    assert found.X.std(axis=0) == pytest.approx(1, abs=1e-3)
    assert found.apart(-1) < 1e-6 < found.apart(0)


def test_above_the_largest_rate_more_steps_are_not_advised():
    rng = np.random.default_rng(1)
    X = rng.normal(size=(50, 3))
    y = X @ [2.0, 1.0, -1.0] + rng.normal(size=50)
    few, many = (one_layer(X, y, ["a", "b", "c"], steps, 1.1) for steps in (1, 300))
    assert few.run.loss < float(few.run.losses[0]) < many.run.loss
    assert verdict(few).startswith("**Fails:** the rate is above 2/λ")
    assert "after 1 steps; with more steps it grows without limit" in verdict(few)
    assert "More steps." in verdict(one_layer(X, y, ["a", "b", "c"], 3, 0.1))
    flat = one_layer(X, np.full(50, 2.0), ["a", "b", "c"], 3, 1.1)  # the start is the answer
    assert verdict(flat).startswith("**The same")


@pytest.mark.parametrize("lesson", ["linear", "equal", "dead", "deep", "regression"])
def test_the_traps_run(open_screen, lesson):
    opened(open_screen, lesson, traps=True)


def test_a_table_without_features_is_told_in_a_sentence(open_screen):
    upload = open_screen("data").upload("small.csv", b"y\n1\n2\n3\n")
    memory = {key: upload.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("network", **VIEW, network_lesson="regression", **memory)
    assert len(screen.errors) == 1
    assert screen.errors[0].endswith(".")
    assert "Showing the last valid result." in screen.words
    assert len(screen.app.get("bidi_component")) == 1
