"""The neuron trained: its numbers are those of torch and statsmodels, and bad choices keep the last good result."""

import re

import pandas as pd
import pytest
import statsmodels.api as sm
from streamlit.testing.v1 import AppTest

from core.formatting import format_number
from dashboard.ui.chart import WORDS
from dashboard.visit.foundation_settings import NEURON_RATES
from dashboard.visit.settings import KNOBS
from tests.dashboard.conftest import Screen
from tests.dashboard.screens.test_every_chart import tables_of
from tests.dashboard.screens.test_every_screen import AWKWARD

TRAIN = {"neuron_view": "train"}
GENTOO = {**TRAIN, "neuron_target": "species", "neuron_negative": "Adelie", "neuron_positive": "Gentoo"}


def ran(screen: Screen) -> dict:
    """What the lines of torch leave when they are run."""
    left: dict = {}
    exec(next(code.value for code in screen.app.code if code.value.startswith("import torch")), left)
    return left


def scene(screen: Screen) -> dict:
    import json

    (component,) = screen.app.get("bidi_component")
    return json.loads(component.proto.json)


def growth(screen: Screen) -> str:
    """What is read aloud of the chart of growing weights."""
    (chart,) = screen.app.get("vega_lite_chart")
    return str(tables_of(chart)[WORDS]["said"].item())


def uploaded(content: bytes) -> dict:
    data = Screen("data", {}).upload("table.csv", content)
    return {key: data.app.session_state[key] for key in ("_upload", "sample")}


def test_it_opens_with_a_result_whose_numbers_are_those_of_torch_and_statsmodels(open_screen):
    screen = open_screen("neuron", **TRAIN)
    assert screen.errors == []
    drawn, left = scene(screen), ran(screen)
    assert drawn["loss"][-1] == pytest.approx(left["loss"], rel=1e-9)
    assert drawn["weights"][-1] == pytest.approx(left["weights"].tolist(), rel=1e-9)
    theirs = sm.Logit(left["y"].numpy(), sm.add_constant(left["X"].numpy())).fit(disp=0, tol=1e-12).params
    exact = drawn["beside"][0]
    assert [exact["bias"], *exact["weights"]] == pytest.approx(theirs.tolist(), rel=1e-6)
    assert "Not separable" in "".join(str(each.value) for each in screen.app.success)
    assert screen.app.get("page_link")


def test_the_limit_of_the_rate_is_eight_by_the_largest_eigenvalue(open_screen):
    import torch

    screen = open_screen("neuron", **TRAIN)
    Z = ran(screen)["Z"]
    ones = torch.cat([Z, torch.ones(len(Z), 1, dtype=torch.float64)], dim=1)
    largest = torch.linalg.eigvalsh(ones.T @ ones / len(Z))[-1].item()
    assert screen.boxes["Its limit, 8/λmax"] == format_number(8 / largest, 4)
    assert screen.boxes["Updates that raised the loss"] == "0"


def test_above_its_limit_the_rate_raises_the_loss_and_it_says_so(open_screen):
    screen = open_screen("neuron", **TRAIN).press("Fails: the rate is above its limit")
    assert int(screen.boxes["Updates that raised the loss"]) > 0
    assert "above both limits" in screen.words


def test_separable_classes_have_no_exact_weights_and_their_growth_is_drawn(open_screen):
    screen = open_screen("neuron", **TRAIN).press("Fails: separable classes")
    assert scene(screen)["beside"][0]["weights"] is None
    assert "no finite weights are the best ones" in screen.words
    assert len(screen.app.get("vega_lite_chart")) == 1
    overlap = screen.press("Classes that overlap")
    assert scene(overlap)["beside"][0]["weights"] is not None
    assert not overlap.app.get("vega_lite_chart")


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ({"neuron_positive": "Adelie"}, "Two different classes are needed, but both are “Adelie”"),
        ({"neuron_up": "bill_length_mm"}, "two different columns, but both are “bill_length_mm”"),
    ],
)
def test_a_wrong_choice_is_one_sentence_and_the_last_good_result_stays(open_screen, choice, sentence):
    screen = open_screen("neuron", **GENTOO)
    before = scene(screen)
    ((key, value),) = choice.items()
    screen.turn("selectbox", key, value)
    (error,) = screen.errors
    assert sentence in error
    assert "last valid result" in screen.words
    assert scene(screen)["weights"] == before["weights"]


@pytest.mark.parametrize(
    ("content", "target", "sentence"),
    [
        (b"a,b,c\n1,2,x\n2,3,x\n3,1,x\n4,4,x\n", "c", "every value of “c” is “x”"),
        (b"a,b\n1,2\n2,5\n3,7\n4,4\n", None, "needs two columns besides the label"),
    ],
)
def test_tables_without_two_classes_or_columns_end_in_a_sentence(open_screen, content, target, sentence):
    memory = {"neuron_target": target} if target else {}
    screen = open_screen("neuron", **TRAIN, **uploaded(content), **memory)
    (error,) = screen.errors
    assert sentence in error


def test_a_class_of_one_row_and_a_constant_column_have_a_result(open_screen):
    rows = b"a,b,k,c\n" + b"".join(f"{n},{n * n % 7},5,{'x' if n else 'y'}\n".encode() for n in range(30))
    screen = open_screen("neuron", **TRAIN, **uploaded(rows), neuron_features="all", prepare_test_share=0)
    assert screen.errors == []
    weights = dict(zip(scene(screen)["names"], scene(screen)["weights"][-1], strict=True))
    assert weights["k"] == 0


def test_all_columns_leave_out_those_made_of_the_label(open_screen):
    drawn = scene(open_screen("neuron", **TRAIN, neuron_features="all"))
    assert not any(name.startswith("sex") for name in drawn["names"])
    assert "body_mass_g" in drawn["names"]
    assert len(drawn["names"]) > 8


def test_rows_on_the_line_stay_uncertain_however_large_the_weights(open_screen):
    """x is below 4 in class n, above 4 in class y, and 4 in rows of both."""
    rows = b"x,k,c\n" + b"".join(f"{x},{x * x % 5},{'y' if x > 4 or (x == 4 and n % 2) else 'n'}\n".encode()
                                 for n in range(6) for x in range(9))  # fmt: skip
    screen = open_screen("neuron", **TRAIN, **uploaded(rows), neuron_target="c", prepare_test_share=0)
    assert "The rows on it stay uncertain" in screen.words
    assert "falls towards that of the rows on the boundary" in growth(screen)
    complete = open_screen("neuron", **GENTOO)
    assert "depends on when training stops" in complete.words
    assert "without reaching 0" in growth(complete)
    assert "found a line with every Adelie" in complete.words
    every = complete.turn("button_group", "neuron_features", "all")
    assert "found a plane or hyperplane with every Adelie" in every.words


def test_the_setting_that_works_is_below_the_limit_of_its_columns(open_screen):
    memory = {"sample": "longley", "neuron_features": "all", "neuron_standardise": False}
    screen = open_screen("neuron", **TRAIN, **memory).press("A setting that works")
    rate, limit = float(screen.boxes["Learning rate"]), float(screen.boxes["Its limit, 8/λmax"])
    assert rate < limit
    assert all(other > limit or other <= rate or other > 1 for other in NEURON_RATES)
    assert screen.boxes["Updates that raised the loss"] == "0"


def test_a_fit_that_fails_keeps_the_last_good_result(open_screen, monkeypatch):
    from core.errors import InputError
    from dashboard.screens.neuron import train

    screen = open_screen("neuron", **TRAIN)
    before, fits_of = scene(screen), train.fits_of

    def refusing(problem):
        if "body_mass_g" in problem.names:
            raise InputError("The programme found no answer.")
        return fits_of(problem)

    monkeypatch.setattr(train, "fits_of", refusing)
    for _turn in range(2):  # a choice that failed is not the last valid one
        screen.turn("selectbox", "neuron_up", "body_mass_g")
        assert len(screen.errors) == 1
        assert "last valid result" in screen.words
        assert scene(screen)["weights"] == before["weights"]


@pytest.mark.parametrize("sample", ["cars", "longley", "house_tiny"])
def test_every_sample_has_a_label(open_screen, sample):
    screen = open_screen("neuron", **TRAIN, sample=sample)
    assert screen.errors == []
    assert scene(screen)["rows"]


@pytest.mark.parametrize("value", ["nan", "1e300", "-5", "x"])
def test_any_setting_in_a_link_ends_in_a_good_screen(value):
    keys = [key for key in (*KNOBS, "neuron_target", "neuron_across") if key.startswith("neuron_")]
    for view in ("train", "threshold", "classes"):
        app = AppTest.from_string("from dashboard.screens.neuron import render\nrender()", default_timeout=60)
        for key, text in {**dict.fromkeys(keys, value), "neuron_view": view}.items():
            app.query_params[key] = text
        app.run()
        assert not app.exception
        assert not app.error
        assert app.get("bidi_component")


def test_the_traps_are_run_by_torch(open_screen):
    screen = open_screen("neuron", **TRAIN, traps=True)
    told = "\n".join(code.value for code in screen.app.code)
    assert re.search(r"naive.*inf", told)
    assert "does not require grad" in told


def test_numbers_of_the_caption_are_counted(open_screen):
    screen = open_screen("neuron", **TRAIN)
    penguins = pd.read_csv("data/penguins.csv").dropna(subset=["body_mass_g"])
    assert f"{penguins['sex'].isna().sum()} rows of other classes" in screen.words


@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_tables_get_a_result_or_one_sentence_on_every_view(open_screen, case):
    memory = uploaded(AWKWARD[case])
    for view in ("train", "threshold", "classes"):
        screen = open_screen("neuron", neuron_view=view, **memory)
        assert len(screen.errors) <= 1, view
        assert all(error.endswith(".") for error in screen.errors), screen.errors
        assert screen.errors or screen.app.get("bidi_component"), view
