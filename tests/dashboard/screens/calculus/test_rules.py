"""The views Rules and Two variables: steps, proofs in numbers, the code that gives the same, and bad input in words."""

import contextlib
import io
import json
import math
import re

import pytest

from dashboard.screens.calculus import rules


def ran(screen) -> dict[str, object]:
    """Run the lines of torch as a person would; return their variables."""
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(next(block.value for block in screen.app.code if "import torch" in block.value), names)
    return names


def numbers_without_words(screen) -> list[str]:
    shown = screen.words + "".join(screen.boxes.values()) + "".join(tex.value for tex in screen.app.latex)
    return [word for word in re.findall(r"[\w-]+", shown.replace("∞", "")) if word in ("nan", "inf", "-inf")]


def test_the_function_of_the_notes_is_differentiated_step_by_step(open_screen):
    screen = open_screen("calculus", calculus_view="rules")
    assert screen.app.latex[0].value.strip("$\n") == r"f'(x) = 6\,x - 4"
    assert screen.boxes["Slope by the rules"] == screen.boxes["Slope by autograd"] == "2"
    assert screen.boxes["Central difference"] == "2"
    steps = next(text.value for text in screen.app.markdown if "Sum rule" in text.value)
    assert [name for name in ("Sum rule", "Constant factor", "Power rule") if name in steps] == [
        "Sum rule",
        "Constant factor",
        "Power rule",
    ]
    assert float(ran(screen)["x"].grad) == 2


@pytest.mark.parametrize("name", rules.EXAMPLES)
def test_every_example_of_the_rules_loads_with_one_click_and_agrees_with_torch(open_screen, name):
    screen = open_screen("calculus", calculus_view="rules")
    screen.app.button_group(key="calculus_example").set_value(name)
    screen.run()
    assert screen.app.text_input(key="calculus_f").value == rules.EXAMPLES[name][0]
    assert screen.boxes["Slope by the rules"] == screen.boxes["Slope by autograd"]
    assert not numbers_without_words(screen)
    slope = float(screen.boxes["Slope by the rules"].replace("−", "-"))
    assert float(ran(screen)["x"].grad) == pytest.approx(slope, rel=1e-5, abs=1e-9)


def test_at_a_kink_it_says_that_the_slope_of_torch_is_a_choice(open_screen):
    screen = open_screen("calculus", calculus_view="rules", calculus_f="abs(x)", calculus_x="0")
    assert "kink" in screen.words and "a convention, not a derivative" in screen.words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("3x", "An operator is missing"),
        ("x.real", "A dot between names"),
        ("9**9**9*x", "The size of an exponent may be at most 1,000"),
        ("**".join("x" * 45), "too long to show"),
        ("-" * 400 + "x", "at most 50 deep"),
        ("x" * 600, "500 characters"),
        ("<b>*x", "comparison"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_last_good_answer_stays(open_screen, text, said):
    screen = open_screen("calculus", calculus_view="rules", calculus_f="x**3")
    screen.turn("text_input", "calculus_f", text)
    assert said in screen.errors[0]
    assert "last valid result" in screen.words
    assert screen.app.latex[0].value.strip("$\n") == r"f'(x) = 3\,x^{2}"
    screen = open_screen(
        "calculus", calculus_view="two_variables", calculus_xy=text.replace("**".join("x" * 45), "x +")
    )
    assert screen.errors and screen.boxes["∂f/∂x"] == "4"


@pytest.mark.parametrize(
    "text", ["log(x)", "1/x", "5", "sqrt(x)", "exp(exp(x*9))", "x**x", "1e300*x**3", "exp(" * 45 + "x" + ")" * 45]
)
@pytest.mark.parametrize("x", ["0", "-1", "700"])
def test_any_function_anywhere_ends_in_a_good_screen(open_screen, text, x):
    screen = open_screen("calculus", calculus_view="rules", calculus_f=text, calculus_x=x)
    assert not numbers_without_words(screen)
    assert set(screen.boxes) >= {"f(x)", "Slope by the rules"} or screen.errors


def test_a_bowl_has_its_gradient_and_the_way_down(open_screen):
    screen = open_screen("calculus", calculus_view="two_variables")
    assert screen.boxes["∂f/∂x"] == "4" and screen.boxes["∂f/∂y"] == "6" and screen.boxes["Steepness"] == "7.2111"
    assert "(−0.555, −0.832), against the gradient" in screen.words
    assert "from h = 0.1 to h = 0.00001 the error divided by h falls" in screen.words
    (steps,) = (list(table.value["h"]) for table in screen.app.table if "h" in table.value)
    assert steps == ["0.1", "0.01", "0.001", "0.0001", "0.00001"]
    assert "f is differentiable here" in screen.words
    names = ran(screen)
    assert names["gradient"].tolist() == [4, 6]
    assert names["downhill"].tolist() == pytest.approx([-4 / math.sqrt(52), -6 / math.sqrt(52)])


def test_moving_the_point_moves_the_gradient(open_screen):
    screen = open_screen("calculus", calculus_view="two_variables").turn("slider", "calculus_px", -0.5)
    assert screen.boxes["∂f/∂x"] == "−1"
    assert ran(screen)["gradient"].tolist() == [-1, 6]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("xy/(x² + y²)", "not even continuous"),
        ("√|xy|", "it stays near 0.707"),
        ("x²y/(x² + y²)", "not differentiable"),
    ],
)
def test_slopes_along_the_axes_are_not_enough(open_screen, name, said):
    screen = open_screen("calculus", calculus_view="two_variables")
    screen.app.button_group(key="calculus_example").set_value(name)
    screen.run()
    assert screen.boxes["∂f/∂x"] == screen.boxes["∂f/∂y"] == "0"
    assert said in screen.words
    assert ("The formula has no value" in screen.words) == ("²" in name)
    assert not numbers_without_words(screen)
    assert any(map(math.isnan, ran(screen)["gradient"].tolist()))


def subtitle(screen) -> str:
    return next(
        str(spec["title"]["subtitle"])
        for spec in (json.loads(chart.proto.spec) for chart in screen.app.get("vega_lite_chart"))
        if spec["title"]["text"] == "The slope in every direction"
    )


def test_a_slope_in_every_direction_is_not_called_a_gradient_that_tells_them_all(open_screen):
    """The notes' x²y/(x² + y²): slope cos²t · sin t in the direction t, gradient 0; no direction lacks a slope."""
    screen = open_screen("calculus", calculus_view="two_variables", calculus_px=0.0, calculus_py=0.0,
                         calculus_xy="x**2*y/(x**2 + y**2)")  # fmt: skip
    steepest = max(math.cos(t) ** 2 * math.sin(t) for t in (math.pi * k / 24 for k in range(48)))
    assert "Steepness" not in screen.boxes
    assert float(screen.boxes["Steepest slope"]) == pytest.approx(steepest, abs=1e-4)
    assert subtitle(screen) == "Dots off the line: the gradient does not predict these slopes. h = 0.001"
    words = screen.words.replace("*", "")
    assert "f is continued there by its limit, 0." in words
    assert "Every direction has a slope here: those tried lie between −0.383 and 0.383. No slope is missing" in words
    assert "At 37.5° the slope is 0.383, but gradient · direction is 0." in words
    assert "it gives no direction of descent" not in words and "do not give the direction of steepest descent" in words


@pytest.mark.parametrize(
    ("text", "box", "reading", "said"),
    [
        ("x**2 + 3*y**2 + x", "Steepness", "Dots on the line: the gradient predicts", "f is differentiable here"),
        (
            "x*y/(x**2 + y**2)",
            "Steepest slope",
            "Dots off the line",
            "At (0.0007071, 0.0007071) it is 0.5, at the point",
        ),
        ("x**2*y/(x**4 + y**2)", "Steepest slope", "Dots off the line", "along each of the 24 lines tried"),
        ("x**3*y/(x**4 + y**2)", "Steepness", "Dots on the line, yet", "On a path that bends it does not"),
        ("sqrt(abs(x*y))", "Steepest slope", "Dots off the line", "its slope is −0.707 before and 0.707 after it"),
        ("x/log(x**2 + y**2)", "Norm of the gradient", "Dots off the line are slopes", "Not decided: along the 48"),
        ("3*x + 1e-9*x**2*y/(x**2 + y**2)", "Steepest slope", "Dots off the line", "These steps do not decide"),
    ],
)
def test_subtitle_steepness_and_sentence_follow_the_kind_of_point(open_screen, text, box, reading, said):
    screen = open_screen("calculus", calculus_view="two_variables", calculus_px=0.0, calculus_py=0.0, calculus_xy=text)
    assert [name for name in screen.boxes if "teep" in name or "Norm" in name] == [box]
    assert subtitle(screen).startswith(reading)
    assert said in screen.words.replace("*", "")
    assert not numbers_without_words(screen)


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("abs(x) + y", 0.0, "the line at 0° f has a kink: its slope is −1 before and 1 after it"),
        ("sqrt(x**2 + y**2)", 0.0, "Of 24 lines tried through the point 0 have a slope"),
        ("1/(2 + asin(x)) + y", 1.0, "Of 24 lines tried through the point 1 has a slope"),
    ],
)
def test_without_a_gradient_it_says_which_lines_have_a_slope(open_screen, text, at, said):
    screen = open_screen("calculus", calculus_view="two_variables", calculus_px=at, calculus_py=0.0, calculus_xy=text)
    assert said in screen.words
    assert "There is no gradient here" in " ".join(info.value for info in screen.app.info)


@pytest.mark.parametrize(
    "text",
    ["5", "x", "y", "log(x)", "1/(x - y)", "abs(x) + y", "exp(x*900)", "sqrt(-1 - x**2)", "1e300*x*1e300", "step(x)"],
)
def test_any_surface_ends_in_a_good_screen(open_screen, text):
    for at in (0.0, -1.0):
        screen = open_screen(
            "calculus", calculus_view="two_variables", calculus_xy=text, calculus_px=at, calculus_py=at
        )
        assert not screen.errors and not numbers_without_words(screen)
        ran(screen)


def test_the_traps_are_raised_by_torch(open_screen):
    for view, said in [("rules", "'float' object has no attribute 'backward'"), ("two_variables", "scalar outputs")]:
        screen = open_screen("calculus", calculus_view=view, traps=True)
        assert any(said in block.value for block in screen.app.code)


def test_a_slider_on_the_move_is_not_thrown_back_to_the_example_it_left(open_screen):
    """Its next place reaches the server together with the mark that the browser still shows on the example."""
    example = "x² + 3y²"
    screen = open_screen("calculus", calculus_view="two_variables").turn("slider", "calculus_px", 1.9)
    screen.app.button_group(key="calculus_example").set_value(example)
    screen.turn("slider", "calculus_px", 1.8)
    assert screen.boxes["∂f/∂x"] == "3.6"
    screen.app.button_group(key="calculus_example").set_value(example)
    screen.run()
    assert screen.boxes["∂f/∂x"] == "4"
