"""The network on the stage: its count, its numbers and its verdicts are those of core and of torch."""

import io
import re

import numpy as np
import pandas as pd
import pytest
import torch

from core.foundations import NetworkConfig, parameter_count
from core.foundations.curve import make_curve
from core.regression import fit_scaling, solve_closed_form
from dashboard.screens.network.stage_rows import extra_labels

WORKS, FLAT, FAST = (
    "A setting that works",
    "One that fails: no hidden layer, and a curve",
    "One that fails: too large a rate",
)


def ran(screen) -> dict:
    left: dict = {}
    exec(next(code.value for code in screen.app.code if code.value.startswith("import torch")), left)
    return left


def figure(screen, label) -> float:
    return float(screen.boxes[label].replace(",", ""))


def test_on_arrival_there_is_linear_regression_with_the_exact_answer_beside_it(open_screen):
    screen = open_screen("network")
    assert screen.errors == []
    assert screen.app.get("bidi_component")
    assert screen.boxes["Layers"] == "1"
    assert figure(screen, "Loss, closed form") <= figure(screen, "Loss, learned")
    assert "Linear regression as a layer of one neuron" in screen.app.info[0].value
    assert any("Traps" in str(expander.label) for expander in screen.app.expander)
    assert len(screen.app.get("page_link")) >= 3
    assert "Next:" in screen.words


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"network_stage_outputs": 2},
        {"network_stage_source": "curve", "network_stage_layers": 2, "network_stage_units_2": "3"},
        {"network_stage_source": "curve", "network_stage_layers": 3, "network_stage_activation_2": "relu"},
    ],
)
def test_the_lines_run_and_give_the_count_and_the_output(open_screen, settings):
    screen = open_screen("network", **settings)
    left = ran(screen)
    assert figure(screen, "Parameters") == sum(p.numel() for p in left["net"].parameters())
    code = next(code.value for code in screen.app.code if code.value.startswith("import torch"))
    told = [float(value) for value in code.splitlines()[-1].split("# ")[1].split(", ")]
    assert left["net"](left["x"])[0].tolist() == pytest.approx(told, rel=1e-5)
    latex = next(str(each.value) for each in screen.app.latex if "underbrace" in str(each.value))
    terms = re.findall(r"underbrace{(\d+) \\cdot (\d+)}", latex)
    assert sum(int(one) * int(other) + int(other) for one, other in terms) == figure(screen, "Parameters")


def test_the_closed_form_shown_is_that_of_the_standardised_rows(open_screen):
    screen = open_screen("network", network_stage_source="curve", network_stage_steps=1000)
    X, y = (values.numpy() for values in make_curve(200))
    fit = solve_closed_form(fit_scaling(X).transform(X), fit_scaling(y).transform(y)[:, 0])
    assert figure(screen, "Loss, closed form") == pytest.approx(fit.loss, rel=1e-3)
    assert figure(screen, "Loss, learned") == pytest.approx(fit.loss, rel=1e-3)


def test_the_buttons_show_what_works_and_what_fails_and_why(open_screen):
    screen = open_screen("network").press(WORKS)
    assert "The hidden layers help" in screen.app.info[0].value
    assert figure(screen, "Loss, learned") < 0.1
    screen.press(FLAT)
    assert "No hidden layer, so the model is flat" in screen.app.warning[0].value
    assert figure(screen, "Loss, learned") == pytest.approx(figure(screen, "Loss, closed form"), rel=1e-3)
    screen.press(FAST)
    assert "diverged" in screen.app.warning[0].value
    limit = float(
        re.search(r"2/λmax \\= ([\d.\\]+)", screen.app.warning[0].value).group(1).replace("\\", "").rstrip(".")
    )
    screen.turn("select_slider", "network_stage_rate", 3.0 if limit > 3 else 1.0 if limit > 1 else 0.3)
    assert "diverged" not in screen.words


def test_hidden_layers_without_an_activation_are_told_to_be_flat(open_screen):
    screen = open_screen("network", network_stage_layers=1, network_stage_activation_1="none")
    assert "one flat map" in screen.app.warning[0].value


def table(columns: int, rows: int = 60) -> bytes:
    rng = np.random.default_rng(0)
    X = rng.standard_normal((rows, columns))
    frame = pd.DataFrame(X, columns=[f"sensor_{place:03}" for place in range(columns)]).round(3)
    frame["label"] = (X[:, 0] - 2 * X[:, min(7, columns - 1)] + 5).round(3)
    told = io.StringIO()
    frame.to_csv(told, index=False)
    return told.getvalue().encode()


def uploaded(open_screen, content: bytes, **settings):
    """Open the stage on an uploaded table, whose last column is the label."""
    data = open_screen("data").upload("mine.csv", content)
    return open_screen("network", **{key: data.app.session_state[key] for key in ("_upload", "sample")}, **settings)


def test_three_hundred_features_are_drawn_as_ten(open_screen):
    screen = uploaded(open_screen, table(300), network_stage_layers=1)
    assert screen.errors == []
    assert "300 features" in screen.words
    assert figure(screen, "Parameters") == 300 * 4 + 4 + 4 + 1
    assert ran(screen)["net"](torch.zeros(1, 300).double()).shape == (1, 1)


def test_outputs_take_features_away_as_far_as_there_are_some(open_screen):
    screen = open_screen("network", network_stage_outputs=3)
    assert "predict columns that are then no features" in screen.words
    tiny = uploaded(open_screen, table(1), network_stage_outputs=3)
    assert tiny.errors == []
    assert "columns for 1 output only" in tiny.words
    assert extra_labels(np.array([[0.0, 1, 5], [1, 2, 6], [1, 3, 7]]), 2) == [1, 2]
    assert extra_labels(np.array([[0.0, 1], [1, 2], [1, 3]]), 2) == [1]
    assert extra_labels(np.array([[1.0], [2], [3]]), 2) == []


@pytest.mark.parametrize("sample", ["cars", "longley", "house_tiny"])
def test_every_sample_has_a_network(open_screen, sample):
    screen = open_screen("network", sample=sample, network_stage_layers=1, network_stage_row=10**6)
    assert screen.errors == []
    assert "so the last one is on the stage" in screen.words
    assert screen.app.get("bidi_component")


def test_a_table_that_cannot_be_prepared_leaves_the_last_rows_on_the_stage(open_screen):
    screen = uploaded(open_screen, b"a,b\nx,y\nz,w\n", network_stage_outputs=2)
    assert len(screen.errors) == 1
    assert "Showing the last valid result." in screen.words
    assert "predict columns" not in screen.words, "the curve's outputs are no columns"
    assert screen.app.get("bidi_component")
    assert figure(screen, "Parameters") == 2 * 2 + 2


def test_the_count_is_that_of_core(open_screen):
    screen = open_screen("network", network_stage_source="curve", network_stage_layers=3, network_stage_units_1="8")
    assert figure(screen, "Parameters") == parameter_count(2, NetworkConfig(hidden=(8, 4, 4))).total
