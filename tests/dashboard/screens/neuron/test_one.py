"""The view of one neuron: what is typed, taken from the table or moved, and the lines that give the same numbers."""

import contextlib
import csv
import io
import math

import numpy as np
import pytest

from core.errors import InputError
from core.formatting import format_number
from core.foundations import predict_neuron
from dashboard.screens.neuron.one import code
from dashboard.screens.neuron.one_lessons import digits, traps
from dashboard.screens.neuron.typed_neuron import FIELDS, names_of, names_text, read, vector_text
from dashboard.visit import settings


def texts(x: str = "1.2 -0.4", w: str = "1.5 -1", b: str = "-0.8", names: str = "", label: str = "") -> dict[str, str]:
    return dict(zip(FIELDS, (x, w, b, names, label), strict=True))


def verdict(screen) -> str:
    return (*screen.app.success, *screen.app.warning)[0].value


def test_a_result_is_there_on_arrival_and_says_why_it_works(open_screen):
    screen = open_screen("neuron")
    assert screen.errors == []
    assert verdict(screen).startswith("This works: σ′(z) = 0.159")
    assert "0.8 comes from the output" in screen.words
    assert "They agree to the digits" in screen.words
    exact = screen.table("other").set_index("way")
    assert exact.loc["exact, 30 digits", "p"].startswith("0.80218388855858")
    assert exact.loc["exact, 30 digits", "p"][:9] == exact.loc["σ(z) and σ(−z), float64", "p"][:9]


def test_the_setting_that_fails_names_the_term_and_the_move_of_its_weight(open_screen):
    screen = open_screen("neuron").press("A setting that fails, and why")
    of = read(**{key: screen.app.session_state[key] for key in FIELDS})
    assert of.terms.saturated
    move = 0.1 * math.exp(-of.terms.z) * 4750
    assert "body_mass_g is 0.01 · 4,750 = 47.5, so z = 58.35" in screen.words
    assert f"by at most {format_number(move, 2)}." in screen.words
    assert "In float32, 1 − p is rounded to 0 here" in screen.words
    assert "Cross-entropy cancels σ′" in screen.words
    assert verdict(screen.press("A setting that works")).startswith("This works")


def gradients(x: list[float], w: list[float], b: float) -> tuple[list[float], list[float]]:
    """Return the gradients of ½(p − y)² and of the cross-entropy by the weights at y = 0, as torch has them."""
    import torch

    weights = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    z = weights @ torch.tensor(x, dtype=torch.float64) + b
    zero = torch.zeros((), dtype=torch.float64)
    losses = torch.sigmoid(z) ** 2 / 2, torch.nn.functional.binary_cross_entropy_with_logits(z, zero)
    squared, entropy = (torch.autograd.grad(loss, weights, retain_graph=True)[0].tolist() for loss in losses)
    return squared, entropy


def test_only_the_squared_loss_hardly_moves_a_weight_where_the_sigmoid_is_flat(open_screen):
    screen = open_screen("neuron").press("A setting that fails, and why")
    x, w = [217.0, 4750.0], [0.05, 0.01]
    squared, entropy = gradients(x, w, 0.0)
    said = verdict(screen).split("by at most ")[1].split(". ")[0].replace("\\", "")
    assert 0.1 * abs(squared[1]) == pytest.approx(float(said.replace("−", "-")), rel=0.05)
    assert entropy == pytest.approx(x)  # p − y is 1: (p − y)·x


@pytest.mark.parametrize(
    ("x", "w", "b", "says"),
    [
        ("1 2", "1 1", "50", "the bias is 50, so z = 53 is far out"),
        ("1 2", "1 -20", "30", "the term of x2 is −20 · 2 = −40, so z = −9"),
        ("10 1 1", "1 -8 -9", "0", "the term of x3 is −9 · 1 = −9, so z = −7"),
    ],
)
def test_the_term_that_drew_z_there_is_to_blame(open_screen, x, w, b, says):
    screen = open_screen("neuron", neuron_one_x=x, neuron_one_w=w, neuron_one_b=b, neuron_one_names="")
    assert says in screen.words


def test_a_weight_whose_feature_is_0_does_not_learn(open_screen):
    screen = open_screen("neuron", neuron_one_x="0 1", neuron_one_w="1 1", neuron_one_b="0")
    assert "every weight whose feature is not 0 can learn" in verdict(screen)
    squared, _entropy = gradients([0.0, 1.0], [1.0, 1.0], 0.0)
    assert squared[0] == 0 != squared[1]


@pytest.mark.parametrize(
    ("z", "says"),
    [
        ("10", "1 − p has lost digits"),
        ("100", "too small for all its digits"),
        ("-100", "1 / (1 + e^−z) is rounded to 0"),
        ("-80.1", "z itself is rounded"),
        ("-800", "Even float64 rounds"),
        ("1e12", "no exact ones"),
    ],
)
def test_the_sentence_under_the_digits_is_true_at_this_z(open_screen, z, says):
    screen = open_screen("neuron", neuron_one_x="1", neuron_one_w=z, neuron_one_b="0")
    assert says in screen.words
    assert "They agree to the digits" not in screen.words


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("neuron_one_w", "1 2 3", "3 weights"),
        ("neuron_one_w", "1e300 1", "larger than 1e100"),
        ("neuron_one_x", "nan 1", "missing"),
        ("neuron_one_x", "1 2; 3 4", "one row of numbers"),
        ("neuron_one_x", "", "empty"),
        ("neuron_one_x", "[]", "one row of numbers"),
        ("neuron_one_b", "1 2", "one number; got 2"),
        ("neuron_one_b", "many", "many"),
    ],
)
def test_what_cannot_be_used_is_explained_and_the_last_result_stays(open_screen, key, text, says):
    screen = open_screen("neuron")
    before = verdict(screen)
    screen.turn("text_input", key, text)
    assert len(screen.errors) == 1
    assert says in screen.errors[0]
    assert verdict(screen) == before
    assert "Showing the last valid result." in screen.words


@pytest.mark.parametrize(
    "typed", [texts(), texts("3", "-2", "0"), texts("0 0", "0 0", "0"), texts("217 4750", "0.05 0.01")]
)
def test_the_lines_run_as_printed_and_give_the_numbers_shown(typed):
    of, printed, variables = read(**typed), io.StringIO(), {}
    with contextlib.redirect_stdout(printed):
        exec(code(of), variables)
    assert variables["z"].item() == pytest.approx(of.terms.z)
    assert variables["p"].item() == pytest.approx(float(predict_neuron(of.w, of.x, of.b)))
    assert variables["w"].grad.numpy() == pytest.approx(of.terms.slopes, abs=1e-16)
    if of.terms.distance is not None:
        assert float(printed.getvalue().splitlines()[-1]) == pytest.approx(of.terms.distance)


def test_a_row_of_the_table_comes_with_its_names_and_standardised(open_screen):
    from core.preprocessing import read_table, split_rows, suggest_recipe

    frame = read_table("data/penguins.csv").frame
    screen = open_screen("neuron", sample="penguins", target="body_mass_g", neuron_one_row=3).press("Use this row")
    recipe = suggest_recipe(frame, target="body_mass_g")
    train, _test = split_rows(frame, recipe, test_share=0.2, seed=0)
    prepared = recipe.fit(frame.loc[train]).transform(frame.loc[train])
    X = prepared.X.numpy()
    x = np.array(screen.app.session_state["neuron_one_x"].split(), dtype=float)
    assert x == pytest.approx(((X - X.mean(axis=0)) / X.std(axis=0))[2], rel=1e-5, abs=1e-9)
    names = names_of(screen.app.session_state["neuron_one_names"], len(x))
    assert names == list(prepared.feature_names)
    assert screen.errors == []
    screen.turn("button_group", "neuron_one_units", "raw").press("Use this row")
    x = np.array(screen.app.session_state["neuron_one_x"].split(), dtype=float)
    assert x == pytest.approx(X[2], rel=1e-5)
    assert verdict(screen).startswith("This fails")


def test_a_row_that_does_not_exist_is_refused_and_the_fields_stay(open_screen):
    screen = open_screen("neuron", neuron_one_row=100_000).press("Use this row")
    assert "there is no row 100,000" in screen.errors[0]
    assert screen.app.session_state["neuron_one_x"] == settings.TEXTS["neuron_one_x"]


def test_what_was_moved_is_typed_and_a_text_that_says_so_stays(open_screen):
    screen = open_screen("neuron", neuron_one_w="[1.5, -1]")
    kept = {key: screen.app.session_state[key] for key in FIELDS}

    def moved() -> None:
        from dashboard.screens.neuron.typed_neuron import take_over

        take_over({"x": [1.2, -0.4], "w": [1.5, -1], "b": 0.25, "across": 1, "up": 0})

    from streamlit.testing.v1 import AppTest

    app = AppTest.from_function(moved)
    for key, text in kept.items():
        app.session_state[key] = text
    app.run()
    assert not app.exception
    assert app.session_state["neuron_one_w"] == "[1.5, -1]"
    assert app.session_state["neuron_one_b"] == "0.25"
    assert app.session_state["neuron_one_across"] == 2


@pytest.mark.parametrize("x", ["5", "[[1], [2]]", " ".join(["0.5"] * 300)])
def test_one_feature_a_column_and_three_hundred_are_drawn(open_screen, x):
    count = len(x.replace("[", " ").replace("]", " ").replace(",", " ").split())
    screen = open_screen("neuron", neuron_one_x=x, neuron_one_w=" ".join(["0.01"] * count), neuron_one_across=count)
    assert screen.errors == []
    assert verdict(screen).startswith("This works")


def test_the_next_view_is_a_click_away(open_screen):
    assert open_screen("neuron").press("Train a neuron").app.session_state["neuron_view"] == "train"


def test_names_are_read_back_whatever_they_hold():
    names = ["a", "b, c", 'says "x"', "*d*", "e"]
    assert names_of(names_text(names), 5) == names
    assert names_of(names_text(names), 2) == ["a", "b, c"]
    assert names_of("", 2) == ["x1", "x2"]
    assert len(names_of("y" * 500_000, 2)) == 2
    assert names_of("a,,c", 4) == ["a", "x2", "c", "x4"]
    assert next(csv.reader([names_text(names)], skipinitialspace=True)) == names


def test_typed_numbers_keep_every_digit():
    values = np.array([0.1 + 0.2, -1e-300, 3.0, 1e22])
    assert read(**texts(vector_text(values), "0 0 0 0")).x.tolist() == values.tolist()
    with pytest.raises(InputError):
        read(**texts("1 2", "1"))


def test_digits_are_written_for_people():
    from decimal import Decimal

    assert digits(None) == "–"
    assert digits(Decimal("0.99999999999999999999999995440503")) == "0.99999999999999999999999995440503"
    assert digits(0.0) == "0"


def test_every_trap_shows_what_it_warns_of():
    column, twice, lost, step, scaling = (each.error for each in traps())
    assert "wrong  →  tensor(21.)" in column
    assert "right  →  tensor(11.)" in column
    assert "tensor([0.5001, 0.6225, 0.7310])" in twice
    assert "lost  →  tensor(0.)" in lost
    assert "kept  →  tensor(2.0612e-09)" in lost
    assert "not implemented" in step
    assert "[True, True]" in scaling
