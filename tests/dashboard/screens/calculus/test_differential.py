"""The view Differential: the linear approximation, its error, and what differentiable is in one and two variables."""

import contextlib
import io
import json

import pytest

from dashboard.screens.calculus.function import EXAMPLES


def ran(screen) -> dict[str, object]:
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(next(block.value for block in screen.app.code if "import torch" in block.value), names)
    return names


def subtitles(screen) -> str:
    return " ".join(
        str(json.loads(chart.proto.spec)["title"]["subtitle"]) for chart in screen.app.get("vega_lite_chart")
    )


def test_the_notes_parabola_is_almost_a_line_and_the_error_over_h_goes_to_0(open_screen):
    """f(1 + h) = −1 + 2h + 3h²."""
    screen = open_screen("calculus", calculus_view="differential")
    assert screen.boxes["f′(x)"] == "2" and screen.boxes["h"] == "0.5"
    assert screen.boxes["Change f(x + h) − f(x)"] == "1.75" and screen.boxes["Along the line, slope · h"] == "1"
    assert screen.boxes["Error"] == "0.75" and screen.boxes["Error / h"] == "1.5"
    (table,) = (table.value for table in screen.app.table if "error / h" in table.value)
    assert table["error / h"].tolist() == ["1.5", "0.15", "0.015", "0.0015", "0.00015"]
    words = screen.words.replace("*", "")
    assert "f is differentiable here: the error gets small faster than h" in words
    assert "In one variable that is the same as having a derivative" in words
    assert "In two variables it is not the same: both partial derivatives can exist" in words
    assert "even error / h goes to 0" in subtitles(screen)
    names = ran(screen)
    assert (names["error"] / names["h"]).tolist() == pytest.approx([1.5, 0.15, 0.015, 0.0015, 0.00015])
    screen.turn("select_slider", "calculus_step", -0.1)
    assert screen.boxes["Error"] == "0.03" and screen.boxes["Error / h"] == "−0.3"


def test_a_kink_has_no_differential_whatever_line_is_drawn(open_screen):
    screen = open_screen("calculus", calculus_view="differential", calculus_f="abs(x)", calculus_x="0")
    words = screen.words.replace("*", "")
    assert "error / h tends to −1 from the left and to 1 from the right; no other slope brings both to 0" in words
    assert "error / h does not: f is not differentiable" in subtitles(screen)
    assert screen.boxes["Error / h"] == "1"
    assert (ran(screen)["error"] / ran(screen)["h"]).tolist() == [1] * 5


def test_it_leads_to_the_function_of_two_variables_that_has_every_slope(open_screen):
    screen = open_screen("calculus", calculus_view="differential")
    screen.press("See x²y/(x² + y²), which has every slope and is not differentiable")
    assert "Every direction has a slope" in screen.words


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_ends_in_words(open_screen, name):
    f, x = EXAMPLES[name]
    screen = open_screen("calculus", calculus_view="differential", calculus_f=f, calculus_x=x)
    assert not screen.errors
    assert ("Without a slope on both sides" in " ".join(info.value for info in screen.app.info)) == (
        f in ("sqrt(x)", "1/x", "step(x)")
    )
    assert not [word for word in screen.words.replace("∞", "").split() if word in ("nan", "inf", "-inf")]


@pytest.mark.parametrize(("f", "x"), [("3*x**", "1"), ("x", ""), ("", "1"), ("x", "1e300")])
def test_what_cannot_be_used_is_told_and_the_last_answer_stays(open_screen, f, x):
    screen = open_screen("calculus", calculus_view="differential", calculus_f="x**3")
    screen.app.text_input(key="calculus_f").set_value(f)
    screen.turn("text_input", "calculus_x", x)
    assert len(screen.errors) == 1
    assert screen.boxes["f′(x)"] == "3"


@pytest.mark.parametrize(
    ("f", "x"), [("exp(x)", "700"), ("x", "1e50"), ("5", "1"), ("log(x)", "1e-9"), ("x**9", "-1e30")]
)
def test_far_and_huge_ends_in_a_good_screen(open_screen, f, x):
    screen = open_screen("calculus", calculus_view="differential", calculus_f=f, calculus_x=x, calculus_step=-2.0)
    assert not screen.errors
