"""Train: every knob does what it says at both ends, and divergence is explained and mended."""

import json

import pytest

from core.formatting import format_number
from core.regression import make_synthetic, solve_closed_form, train_sgd
from dashboard.visit.settings import BATCH_SIZES, KNOBS, RATES

ENDS = [
    ("select_slider", "learning_rate", RATES[0]),
    ("select_slider", "learning_rate", RATES[-1]),
    ("select_slider", "batch_size", BATCH_SIZES[0]),
    ("select_slider", "batch_size", BATCH_SIZES[-1]),
    ("slider", "epochs", 1),
    ("slider", "epochs", 200),
    ("number_input", "seed", 0),
    ("number_input", "seed", 2**31 - 1),
    ("toggle", "train_standardise", False),
]
SYNTHETIC_ENDS = [
    ("slider", key, end)
    for key in ("noise", "train_rows", "train_weight_1", "train_weight_2", "train_bias")
    for end in (KNOBS[key].low, KNOBS[key].high)
]


@pytest.mark.parametrize(("kind", "key", "end"), ENDS)
def test_both_ends_of_every_knob_draw_numbers(open_screen, kind, key, end):
    screen = open_screen("train").turn(kind, key, end)
    assert len(screen.app.get("bidi_component")) == 1
    assert screen.app.get("vega_lite_chart")
    assert not {"nan", "∞", "–"} & {value.lower() for value in screen.boxes.values()}


@pytest.mark.parametrize(("kind", "key", "end"), SYNTHETIC_ENDS)
def test_both_ends_of_every_synthetic_knob_draw_numbers(open_screen, kind, key, end):
    screen = open_screen("train", train_source="synthetic").turn(kind, key, end)
    assert len(screen.app.get("bidi_component")) == 1
    assert screen.app.get("vega_lite_chart")
    assert not {"nan", "∞", "–"} & {value.lower() for value in screen.boxes.values()}
    assert screen.errors == []


def test_the_figures_are_those_of_core_called_directly(open_screen):
    screen = open_screen("train", train_source="synthetic", noise=0.5, epochs=3, seed=7)
    X, y = make_synthetic(n=1000, weights=[2, -3.4], bias=4.2, noise=0.5, seed=7)
    run = train_sgd(X[200:], y[200:], learning_rate=0.03, batch_size=10, epochs=3, seed=7, standardise=True)
    fit = solve_closed_form(X[200:], y[200:])
    assert screen.boxes["Loss of SGD"] == format_number(run.loss, 4)
    assert screen.boxes["Loss of the closed form"] == format_number(fit.loss, 4)
    assert screen.boxes["Gap"] == format_number(run.gap, 3)


def test_divergence_is_explained_and_both_remedies_work(open_screen):
    screen = open_screen("train").turn("toggle", "train_standardise", False)
    (error,) = screen.errors
    assert "diverged" in error
    assert "eigenvalue" in error
    assert "year" in error
    assert screen.press("Use 0.9 of the limit").errors == []
    screen.turn("select_slider", "learning_rate", 0.03)
    assert len(screen.errors) == 1
    assert screen.press("Standardise the features").errors == []
    assert screen.app.toggle(key="train_standardise").value is True


def test_a_batch_larger_than_the_table_is_the_full_batch_and_says_so(open_screen):
    screen = open_screen("train").turn("select_slider", "batch_size", BATCH_SIZES[-1])
    assert "A minibatch holds all training rows, n = 274" in screen.words


def test_the_code_beside_the_charts_is_the_reference_that_core_runs(open_screen):
    code = open_screen("train").app.code[0].value
    assert "def sgd(params" in code
    assert ".backward()" in code


@pytest.mark.parametrize("value", ["0.1", "1000", "-5", "abc", ""])
def test_values_from_a_link_are_taken_or_moved_onto_the_scale(open_screen, value):
    screen = open_screen("train", learning_rate=value)
    assert screen.app.select_slider(key="learning_rate").value in RATES


def test_one_feature_is_drawn_as_a_line(open_screen):
    data = open_screen("data").upload("line.csv", b"x,y\n" + b"".join(b"%d,%d\n" % (i, 2 * i + 1) for i in range(40)))
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("train", **memory)
    assert staged(screen)["words"]["fit"]["title"] == "The fitted line"
    assert staged(screen)["bowl"]["titles"] == ["weight of x (y per standard deviation)", "bias (y)"]


def staged(screen):
    """What the stage was given, apart from its tables."""
    (stage,) = screen.app.get("bidi_component")
    return json.loads(stage.proto.mixed.json)


def test_the_landscape_is_drawn_over_the_parameters_chosen(open_screen):
    screen = open_screen("train", sample="cars", train_plane="parameters", train_across="Horsepower", train_up="bias")
    assert staged(screen)["bowl"]["titles"] == [
        "weight of Horsepower (Miles_per_Gallon per standard deviation)",
        "bias (Miles_per_Gallon)",
    ]


def test_a_parameter_that_another_table_had_gives_way_to_one_that_is_there(open_screen):
    screen = open_screen("train", sample="cars", train_plane="parameters", train_across="bill_length_mm")
    names = screen.app.selectbox(key="train_across").options
    assert screen.app.selectbox(key="train_across").value in names
    assert "bill_length_mm" not in names
    assert screen.app.selectbox(key="train_up").value != screen.app.selectbox(key="train_across").value


def test_without_two_directions_to_draw_over_the_screen_says_what_to_choose(open_screen):
    content = b"x,z,y\n" + b"".join(b"%d,%d,%d\n" % (i, 5, 2 * i + 1) for i in range(40))
    data = open_screen("data").upload("flat.csv", content)
    memory = {key: data.app.session_state[key] for key in ("_upload", "sample")}
    screen = open_screen("train", **memory)
    assert screen.errors == []
    assert staged(screen)["names"]


@pytest.mark.parametrize("closer", KNOBS["train_closer"].options)
@pytest.mark.parametrize(
    "choices", [{}, {"train_optimizer": "adam"}, {"train_standardise": False}, {"train_penalty": 1.0}]
)
def test_what_lies_below_the_stage_is_drawn_for_every_kind_of_run(open_screen, closer, choices):
    screen = open_screen("train", train_closer=closer, learning_rate=0.03, _chosen_learning_rate=True, **choices)
    charts = [chart.proto.spec for chart in screen.app.get("vega_lite_chart")]
    assert any("The path of the parameters" in spec for spec in charts) == (closer == "parameters")
    assert bool(screen.app.latex) == (closer != "parameters")


def test_where_the_knobs_start_is_said_and_moving_one_ends_that(open_screen):
    screen = open_screen("train", sample="longley")
    said = "below 5% would take more than 200 epochs."
    assert said in screen.words
    assert screen.app.slider(key="epochs").value == 200
    screen.turn("slider", "epochs", 20)
    assert said not in screen.words
    assert screen.app.slider(key="epochs").value == 20
