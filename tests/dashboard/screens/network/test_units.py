"""What each unit answers to: the scene's data, the verdict on a setting, the exact answer, and lines that run."""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from core.foundations import NetworkConfig
from core.foundations.plane_data import draw_pattern
from dashboard.screens.network.plane import train_on, verdict
from dashboard.screens.network.plane_rows import PlaneRows

VIEW = {"network_view": "units"}


def rows_of(pattern="rings", noise=0.1, seed=0):
    X, y = draw_pattern(pattern, 200, noise, seed)
    return PlaneRows(f"{pattern} {noise} {seed}", X.numpy(), y.numpy(), ("a", "b"), ("yes", "no"), "", "")


def code_of(screen):
    return next(code.value for code in screen.app.code if "import torch" in code.value)


def number(text):
    return float(text.replace(",", ""))


def test_it_opens_on_a_network_that_learned_with_the_exact_answer_beside_it(open_screen):
    screen = open_screen("network", **VIEW)
    assert screen.errors == []
    boxes = {name: number(value) for name, value in screen.boxes.items()}
    assert boxes["Loss, exact output layer"] <= boxes["Loss learned"] < 0.1 < boxes["Loss, best straight line"]
    assert "Works:" in screen.words
    assert len(screen.app.get("bidi_component")) == 1
    assert len(screen.app.get("vega_lite_chart")) == 1


@pytest.mark.parametrize(
    "setting",
    [
        {},
        {"network_units_rows": "moons", "network_units_activation": "leaky", "network_units_steps": 100},
        {"network_units_rows": "xor", "network_units_activation": "none", "network_units_count": 2},
        {"network_units_rows": "blobs", "network_units_activation": "sigmoid", "network_units_noise": 0.5},
        {"network_units_rows": "table", "network_units_seed": 3, "network_units_steps": 200},
    ],
)
def test_the_lines_run_as_printed_and_give_the_losses_that_are_shown(open_screen, setting):
    screen = open_screen("network", **VIEW, **setting)
    ran: dict[str, object] = {}
    exec(code_of(screen), ran)
    assert ran["loss"].item() == pytest.approx(number(screen.boxes["Loss learned"]), rel=1e-3)
    assert ran["best"].item() == pytest.approx(number(screen.boxes["Loss, exact output layer"]), rel=1e-3)
    line = torch.hstack([ran["X"], torch.ones(len(ran["X"]), 1, dtype=torch.float64)])
    straight = np.linalg.lstsq(line.numpy(), ran["y"].numpy(), rcond=None)[1][0] / 2 / len(line)
    assert straight == pytest.approx(number(screen.boxes["Loss, best straight line"]), rel=1e-3)


@pytest.mark.parametrize(
    ("example", "words"),
    [
        ("A setting that works", r"Works: the loss fell in every step"),
        (
            "Not enough: two units around a ring",
            r"Better than a line, and not enough: 8[\d.]+% .* least-squares",
        ),
        ("One that fails: no activation", r"Fails: without an activation .* straight line"),
        ("One that fails: too large a rate", r"The rate is too large: in [\d,]+ of 1,000 steps the loss rose"),
    ],
)
def test_each_example_says_why_it_works_or_fails(open_screen, example, words):
    screen = open_screen("network", **VIEW, network_units_seed=5).press(example)
    assert re.search(words, screen.words.replace("**", ""))


def test_a_network_that_is_no_better_than_a_line_fails_and_says_along_how_many_lines_it_bends():
    config = NetworkConfig(hidden=(2,), activations="tanh", learning_rate=0.003, steps=10)
    found = train_on(rows_of(), config)
    found = replace(found, right=found.straight_right)
    assert re.search(r"^\*\*Fails:\*\* .* and 2 units bend the border along 2 lines", verdict(found, config))


def test_the_verdict_on_a_diverging_run_names_its_rate():
    config = NetworkConfig(hidden=(4,), activations="none", learning_rate=3.0, steps=200)
    run = train_on(rows_of(), config)
    assert run.run.diverged
    assert "3" in verdict(run, config)
    assert verdict(run, config).startswith("**Fails:**")


def test_without_an_activation_the_network_comes_to_the_straight_line():
    config = NetworkConfig(hidden=(3,), activations="none", learning_rate=0.3, steps=2000)
    found = train_on(rows_of("xor"), config)
    assert found.run.loss == pytest.approx(found.straight, rel=1e-6)
    assert found.exact.loss == pytest.approx(found.straight, rel=1e-9)
    assert found.right == found.straight_right


def test_two_features_of_the_table_are_chosen_and_kept_in_the_link(open_screen):
    screen = open_screen("network", **VIEW, network_units_rows="table", network_units_across="flipper_length_mm")
    assert screen.app.selectbox(key="network_units_across").value == "flipper_length_mm"
    assert "flipper_length_mm" not in screen.app.selectbox(key="network_units_up").options
    assert "body_mass_g is above its median" in screen.words
    other = screen.turn("selectbox", "network_units_up", "bill_depth_mm")
    assert other.errors == []
    assert other.app.selectbox(key="network_units_up").value == "bill_depth_mm"


def test_a_name_in_the_link_that_is_no_column_is_left_aside(open_screen):
    screen = open_screen("network", **VIEW, network_units_rows="table", network_units_across="<b>", network_units_up="")
    assert screen.errors == []
    assert (
        screen.app.selectbox(key="network_units_across").value
        in screen.app.selectbox(key="network_units_across").options
    )


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (b"a,y\n1,2\n3,4\n", "A plane needs two features"),
        (b"a,b,y\n1,2,5\n3,4,5\n5,1,5\n", "all its values are the same"),
        (
            b"a,b,y\n" + b"".join(b"%d,%d,%d\n" % (row, row * row % 101, row == 2) for row in range(1000)),
            "are of one class of y",
        ),
    ],
)
def test_a_table_without_a_plane_or_two_classes_is_told_in_a_sentence(open_screen, table, words):
    upload = open_screen("data").upload("small.csv", table)
    memory = {key: upload.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("network", **VIEW, network_units_rows="table", **memory)
    assert len(screen.errors) == 1
    assert words in screen.errors[0]
    assert "Showing the last valid result." in screen.words
    assert len(screen.app.get("bidi_component")) == 1


def test_after_a_table_without_a_plane_the_last_rows_stay(open_screen):
    upload = open_screen("data").upload("small.csv", b"a,y\n1,2\n3,4\n")
    memory = {key: upload.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("network", **VIEW, network_units_rows="moons", network_units_steps=100, **memory)
    loss = screen.boxes["Loss, best straight line"]
    assert screen.errors == []
    screen.turn("button_group", "network_units_rows", "table")
    assert len(screen.errors) == 1
    assert screen.boxes["Loss, best straight line"] == loss


@pytest.mark.parametrize(
    ("labels", "ones"), [([0, 1, 1, 1, 0, 1], 4), ([0, 1, 0, 1, 0, 1], 3), ([1, 2, 3, 3, 3, 3], 4)]
)
def test_a_label_whose_largest_value_fills_half_of_the_rows_has_two_classes(open_screen, labels, ones):
    rows = "".join(f"{place},{place**2 % 5},{label}\n" for place, label in enumerate(labels))
    upload = open_screen("data").upload("small.csv", b"a,b,y\n" + rows.encode())
    memory = {key: upload.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("network", **VIEW, network_units_rows="table", network_units_steps=100, **memory)
    assert screen.errors == []
    ran: dict[str, object] = {}
    exec(code_of(screen), ran)
    assert (ran["y"] > 0).sum().item() == ones
    assert ("at its largest value" in screen.words) == (labels != [0, 1, 0, 1, 0, 1])


def test_the_traps_run(open_screen):
    screen = open_screen("network", **VIEW, traps=True)
    assert screen.errors == []
