"""Digits' weights as pictures: the shares shown, the verdicts, and lines that give the same shares."""

import re
from dataclasses import replace

import pytest

from core.foundations import NetworkConfig
from core.foundations.digits_layer import load_split_digits, train_digits_layer
from dashboard.screens.network.digits import verdict

VIEW = {"network_view": "units", "network_units_of": "digits"}


def share(text):
    return float(text.rstrip("%")) / 100


def test_it_opens_on_a_layer_that_learned_with_the_exact_one_beside_it(open_screen):
    screen = open_screen("network", **VIEW)
    assert screen.errors == []
    assert share(screen.boxes["Held-out right, exact least squares"]) > 0.85
    assert share(screen.boxes["Held-out right, learned"]) > share(screen.boxes["Held-out right, exact least squares"])
    assert screen.boxes["Parameters"] == "650"
    assert "Works:" in screen.words
    assert len(screen.app.get("bidi_component")) == 1


@pytest.mark.parametrize("setting", [{}, {"network_digits_start": "random", "network_digits_seed": 2}])
def test_the_lines_run_as_printed_and_give_the_shares_that_are_shown(open_screen, setting):
    screen = open_screen("network", **VIEW, network_digits_steps=30, **setting)
    ran: dict[str, object] = {}
    exec(next(code.value for code in screen.app.code if "load_digits" in code.value), ran)
    assert share(screen.boxes["Held-out right, learned"]) == pytest.approx(ran["learned"].item(), abs=0.004)
    assert share(screen.boxes["Held-out right, exact least squares"]) == pytest.approx(ran["exact"].item(), abs=0.004)


@pytest.mark.parametrize(
    ("example", "words"),
    [
        ("A setting that works", "Works:"),
        ("One that fails: one step", "Stopped too early: the loss is still"),
        ("One that fails: too large a rate", r"The rate is too large: .* from 2.3 to \d+.* first steps were too long"),
    ],
)
def test_each_example_says_why_it_works_or_fails(open_screen, example, words):
    screen = open_screen("network", **VIEW, network_digits_seed=1).press(example)
    assert re.search(words, screen.words.replace("**", ""))


def test_a_loss_above_that_of_the_start_is_not_told_to_have_come_back():
    digits = load_split_digits(0)
    config = NetworkConfig(outputs=10, loss="cross_entropy", learning_rate=30.0, steps=10, start="zero")
    worst = int(train_digits_layer(digits, config).run.losses.argmax())
    config = replace(config, steps=worst)
    found = train_digits_layer(digits, config)
    assert found.run.losses[-1] > found.run.losses[0]
    assert verdict(found, config).startswith("**Fails:** the rate is too large: the loss rose from 2.3 to ")


def test_a_picture_that_the_layer_gets_wrong_is_found(open_screen):
    screen = open_screen("network", **VIEW).press("A picture that it gets wrong")
    assert screen.errors == []
    assert screen.app.session_state["network_digits_row"] > 0


def test_a_trap_says_how_far_a_doubled_softmax_can_fall(open_screen):
    screen = open_screen("network", **VIEW, traps=True)
    assert any("1.4612" in code.value for code in screen.app.code)
    assert "1.461" in screen.words
