"""Train: every choice beyond the classical knobs does what it says, at both ends."""

import re

import numpy as np
import pytest

from core.formatting import format_number
from core.regression import make_synthetic, solve_ridge, train_sgd
from core.regression.data.polynomial_features import expand
from dashboard.visit.settings import BATCH_SIZES, KNOBS, PENALTIES

SYNTHETIC = {"train_source": "synthetic", "noise": 0.5, "seed": 3, "_chosen_learning_rate": True}
ENDS = [
    ("segmented_control", "train_start", "zero"),
    ("segmented_control", "train_start", "large"),
    ("segmented_control", "train_shuffle", "once"),
    ("segmented_control", "train_shuffle", "never"),
    ("segmented_control", "train_optimizer", "momentum"),
    ("segmented_control", "train_optimizer", "adam"),
    ("select_slider", "train_penalty", PENALTIES[1]),
    ("select_slider", "train_penalty", PENALTIES[-1]),
    ("slider", "train_patience", 1),
    ("slider", "train_patience", 20),
    ("slider", "train_degree", 2),
    ("slider", "train_degree", 5),
    ("toggle", "train_products", True),
    ("slider", "prepare_test_share", 0),
    ("slider", "prepare_test_share", 50),
    ("number_input", "prepare_split_seed", 2**31 - 1),
]


@pytest.fixture
def open_choices(open_screen):
    """Open Train with the choices unfolded."""
    return lambda **memory: open_screen("train", train_more=True, **memory)


def rows():
    X, y = make_synthetic(n=1000, weights=[2, -3.4], bias=4.2, noise=0.5, seed=3)
    return X[200:], y[200:], X[:200], y[:200]


@pytest.mark.parametrize(("kind", "key", "end"), ENDS)
def test_both_ends_of_every_choice_draw_numbers(open_choices, kind, key, end):
    screen = open_choices()
    before = screen.words
    screen.turn(kind, key, end)
    assert screen.errors == []
    assert screen.words != before
    assert not {"nan", "∞", "–"} & {value.lower() for value in screen.boxes.values()}
    assert not re.search(r"\bnan\b|∞", screen.words)


@pytest.mark.parametrize("momentum", [0.0, 0.99])
def test_both_ends_of_momentum(open_choices, momentum):
    screen = open_choices(**SYNTHETIC, train_optimizer="momentum").turn("slider", "train_momentum", momentum)
    X, y, *_test = rows()
    run = train_sgd(X, y, epochs=20, seed=3, standardise=True, optimizer="momentum", momentum=momentum)
    assert screen.boxes["Gap"] == format_number(run.gap, 3)


@pytest.mark.parametrize(
    ("memory", "arguments"),
    [
        ({"train_start": "zero"}, {"start_spread": 0.0}),
        ({"train_start": "large"}, {"start_spread": 1.0}),
        ({"train_shuffle": "once"}, {"shuffle": "once"}),
        ({"train_shuffle": "never"}, {"shuffle": "never"}),
        ({"train_optimizer": "adam"}, {"optimizer": "adam"}),
        ({"train_penalty": 1.0}, {"penalty": 1.0}),
        ({"batch_size": 1}, {"batch_size": 1}),
    ],
)
def test_the_run_is_that_of_core_with_the_same_choice(open_choices, memory, arguments):
    screen = open_choices(**SYNTHETIC, **memory)
    X, y, *_test = rows()
    run = train_sgd(X, y, **{"epochs": 20, "seed": 3, "standardise": True, **arguments})
    assert screen.boxes["Gap"] == format_number(run.gap, 3)
    assert screen.boxes["Loss of SGD"] == format_number(run.loss, 4)


def test_a_penalty_is_measured_against_its_own_closed_form_and_written_out(open_choices):
    screen = open_choices(**SYNTHETIC, train_penalty=1.0)
    X, y, *_test = rows()
    assert screen.boxes["Loss of the closed form"] == format_number(solve_ridge(X, y, 1.0, standardise=True).loss, 4)
    formulas = " ".join(one.value for one in screen.app.latex)
    assert r"+ 1\, \mathbf{w}" in formulas
    assert r"\lVert w \rVert^2" in formulas
    assert r"H + \alpha I" in formulas


@pytest.mark.parametrize(
    ("optimizer", "marks"),
    [
        ("sgd", [r"\mathbf{w} - \frac{\eta}{|B|}", r"b - \frac{\eta}{|B|}", r"\frac{0.03}{10}"]),
        ("momentum", [r"0.9\, v + g"]),
        ("adam", [r"\sqrt{\hat s}"]),
    ],
)
def test_the_update_is_written_as_the_optimizer_makes_it(open_choices, optimizer, marks):
    screen = open_choices(**SYNTHETIC, train_optimizer=optimizer)
    formulas = " ".join(one.value for one in screen.app.latex)
    assert all(mark in formulas for mark in marks)


def test_the_first_update_is_written_out_with_the_numbers_of_the_run(open_choices):
    screen = open_choices(**SYNTHETIC)
    X, y, *_test = rows()
    updates = train_sgd(X, y, epochs=20, seed=3, standardise=True).updates
    moved = np.abs(updates.after[0, :2] - updates.before[0, :2]).argmax()
    (formula,) = (one.value.strip("$\n") for one in screen.app.latex if r"w_{\text" in one.value)
    (weight,) = [line for line in formula.split(r"\\[4pt]") if rf"w_{{\text{{x{moved + 1}}}}} &\leftarrow" in line]
    assert weight.endswith(f"= {updates.after[0, moved]:.4g} ")
    assert formula.endswith(rf"= {updates.after[0, -1]:.4g} \end{{aligned}}")


@pytest.mark.parametrize("shuffle", ["every_epoch", "once", "never"])
def test_the_order_of_the_rows_is_said_unless_there_is_none(open_choices, shuffle):
    said = {"every_epoch": "shuffled again", "once": "shuffled once", "never": "order of the table"}[shuffle]
    screen = open_choices(**SYNTHETIC, train_shuffle=shuffle)
    assert said in screen.words
    screen.turn("select_slider", "batch_size", BATCH_SIZES[-1])
    assert said not in screen.words
    assert "Every minibatch has all rows." in screen.words


def test_early_stopping_watches_the_test_rows(open_choices):
    memory = {**SYNTHETIC, "learning_rate": 0.1, "epochs": 100, "train_patience": 2}
    screen = open_choices(**memory)
    X, y, X_test, y_test = rows()
    run = train_sgd(X, y, 0.1, epochs=100, seed=3, standardise=True, X_test=X_test, y_test=y_test, early_stopping=2)
    assert run.stopped_early.is_early
    assert f"Stopped early after epoch {run.stopped_early.epochs}" in screen.words


def test_early_stopping_without_test_rows_says_what_it_needs(open_choices):
    screen = open_choices(train_patience=3, prepare_test_share=0)
    assert "Early stopping needs test rows" in screen.words
    assert screen.errors == []


def test_the_choice_of_batch_and_its_slider_move_together(open_choices):
    screen = open_choices()
    choice = screen.app.segmented_control(key="_train_batches")
    assert choice.value == "some"
    for kind, size in (("all", 500), ("one", 1), ("some", 10)):
        screen.turn("segmented_control", "_train_batches", kind)
        assert screen.app.select_slider(key="batch_size").value == size
    for size, kind in ((1, "one"), (BATCH_SIZES[-1], "all"), (5, "some")):
        screen.turn("select_slider", "batch_size", size)
        assert screen.app.segmented_control(key="_train_batches").value == kind


def test_below_it_is_counted_what_is_not_as_usual(open_choices):
    screen = open_choices()
    assert "of these choices" not in screen.words
    assert "1 of these choices is changed." in screen.turn("segmented_control", "train_optimizer", "momentum").words
    assert "2 of these choices are changed." in screen.turn("slider", "train_degree", 2).words


def test_folded_choices_are_not_drawn_and_hold_all_the_same(open_screen):
    screen = open_screen("train", **SYNTHETIC, train_optimizer="adam", train_penalty=0.1)
    assert "2 of these choices are changed." in screen.words
    keys = {widget.key for widget in (*screen.app.select_slider, *screen.app.slider, *screen.app.segmented_control)}
    assert {"learning_rate", "epochs"} <= keys
    assert not {"train_optimizer", "train_penalty", "train_degree"} & keys
    folded = screen.boxes
    screen.app.session_state["train_more"] = True
    assert screen.run().app.select_slider(key="train_penalty").value == 0.1
    assert screen.boxes == folded
    screen.app.session_state["train_more"] = False
    assert screen.run().boxes == folded
    assert screen.turn("slider", "epochs", 30).boxes != folded
    assert "2 of these choices are changed." in screen.words


def condition(X: np.ndarray) -> float:
    spread = X.std(axis=0)
    trained = (X - X.mean(axis=0)) / spread
    return float(np.linalg.cond(np.column_stack([trained, np.ones(len(X))])) ** 2)


@pytest.mark.parametrize("centre", [True, False])
def test_the_condition_number_before_and_after_is_numpys(open_choices, centre):
    memory = {"train_degree": 3, "train_products": True, "train_centre": centre, "train_weight_1": 1.0}
    screen = open_choices(**SYNTHETIC, **memory)
    X = rows()[0].numpy()
    conditions = {way: condition(expand(X, degree=3, products=True, centre=way).transform(X)) for way in (True, False)}
    before, after = screen.boxes["Condition: before → after"].split(" → ")
    assert before == format_number(condition(X), 3)
    assert after == format_number(conditions[centre], 3)
    said = "Without" if centre else "With"
    assert f"{said} centring first it would be {format_number(conditions[not centre], 3)}" in screen.words


def test_too_many_features_leave_the_knobs_to_turn_back(open_screen, open_choices):
    content = "\n".join(
        [",".join([*(f"c{j}" for j in range(80)), "y"])]
        + [",".join(f"{v:.4f}" for v in row) for row in np.random.default_rng(0).standard_normal((50, 81))]
    ).encode()
    data = open_screen("data").upload("wide.csv", content)
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_choices(**memory).turn("toggle", "train_products", True)
    assert any("Powers and products would make 3,240 features" in error for error in screen.errors)
    assert screen.turn("toggle", "train_products", False).errors == []


def test_columns_of_two_values_say_that_powers_add_nothing(open_screen, open_choices):
    content = b"a,b,y\n" + b"".join(b"%d,%d,%d\n" % (i % 2, i // 2 % 2, i) for i in range(40))
    data = open_screen("data").upload("binary.csv", content)
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_choices(**memory, train_degree=3)
    assert "These columns have no powers or products that would add anything." in screen.words


def test_every_choice_stands_in_the_link():
    keys = {"train_optimizer", "train_momentum", "train_shuffle", "train_start", "train_penalty", "train_patience"}
    assert keys | {"train_degree", "train_products", "train_centre"} <= KNOBS.keys()
