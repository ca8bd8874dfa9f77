"""The lessons on networks: their verdicts, their numbers, and lines that run as printed and give them."""

import re

import numpy as np
import pytest
import torch

from core.foundations import NetworkConfig
from core.foundations.plane_data import draw_pattern
from dashboard.screens.network.collapse import Collapse
from dashboard.screens.network.regression import one_layer

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
        ("dead", "One that fails: a rate of 2", r"Fails: .* dead: above 0 for none of the 200 rows, .* exactly 0"),
        ("dead", "The same with leaky ReLU", r"Alive below 0: .* their gradients are not 0"),
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


@pytest.mark.parametrize("setting", [{}, {"network_lesson_rate": 0.3}, {"network_lesson_unit": "leaky"}])
def test_the_dead_units_in_lines(open_screen, setting):
    screen = opened(open_screen, "dead", **setting)
    names = ran(screen)
    assert names["dead"].sum().item() == number(screen.boxes["Dead units at the end"])
    gradients = names["net"][0].bias.grad[names["dead"]]
    assert (gradients == 0).all() == ("network_lesson_unit" not in setting)


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


@pytest.mark.parametrize("lesson", ["linear", "equal", "dead", "deep", "regression"])
def test_the_traps_run(open_screen, lesson):
    opened(open_screen, lesson, traps=True)


def test_a_table_without_features_is_told_in_a_sentence(open_screen):
    upload = open_screen("data").upload("small.csv", b"y\n1\n2\n3\n")
    memory = {key: upload.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("network", **VIEW, network_lesson="regression", **memory)
    assert len(screen.errors) == 1
    assert screen.errors[0].endswith(".")
