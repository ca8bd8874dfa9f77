import math

import numpy as np
import pytest

from core.calculus import parse_expression
from core.calculus.gradients import DIRECTIONS, directional, directions, field, look_at, partials, section
from core.calculus.torch_values import torch_gradient


def surface(text: str):
    return parse_expression(text, ["x", "y"])


@pytest.mark.parametrize("text", ["x**2 + 3*y**2", "sin(x)*cos(y)", "exp(x - y**2)*x", "(1 - x)**2 + 9*(y - x**2)**2"])
def test_the_partial_derivatives_are_torchs(text):
    f = surface(text)
    for x, y in [(0.3, -1.2), (2.0, 1.0)]:
        found = [float(partial.function(x, y)) for partial in partials(f)]
        assert found == pytest.approx(torch_gradient(f, x, y), rel=1e-12)
        assert look_at(f, x, y).slopes == pytest.approx(found, rel=1e-12)


def test_a_section_is_the_function_with_one_variable_held():
    f = surface("x**2*y - y")
    assert float(section(f, "x", 3)(2)) == float(f(2, 3))
    assert float(section(f, "y", 3)(2)) == float(f(3, 2))


def test_steepest_descent_is_against_the_gradient_and_no_direction_falls_faster():
    place = look_at(surface("x**2 + 3*y**2"), 2, 1)
    assert place.slopes == (4, 6) and place.steepness == pytest.approx(math.sqrt(52))
    assert place.downhill == pytest.approx((-4 / math.sqrt(52), -6 / math.sqrt(52)))
    around = directional(surface("x**2 + 3*y**2"), place)
    assert around["measured"].min() >= -place.steepness - 1e-5


@pytest.mark.parametrize(
    ("text", "at", "slopes", "verdict"),
    [
        ("x**2 + 3*y**2", (2, 1), (4, 6), "differentiable"),
        ("sin(100*x)*exp(y)", (1, 2), None, "differentiable"),
        ("1e6*x + y", (1, 1), (1e6, 1), "differentiable"),
        ("exp(30*x)", (1, 1), None, "differentiable"),
        ("relu(x*y)", (0, 0), (0, 0), "differentiable"),
        ("5", (0, 0), (0, 0), "differentiable"),
        ("(x**2 + y**2)*sin(1/(x**2 + y**2))", (0, 0), (0, 0), "differentiable"),
        ("x*y/(x**2 + y**2)", (0, 0), (0, 0), "not continuous"),
        ("sqrt(abs(x*y))", (0, 0), (0, 0), "not differentiable"),
        ("x**2*y/(x**2 + y**2)", (0, 0), (0, 0), "not differentiable"),
        ("(x**3 - y**3)/(x**2 + y**2)", (0, 0), (1, -1), "not differentiable"),
        ("step(x)*y", (0, 0), (0, 0), "not differentiable"),
        ("abs(x) + y", (0, 1), (math.nan, 1), "no gradient"),
        ("sqrt(x**2 + y**2)", (0, 0), (math.nan, math.nan), "no gradient"),
        ("1/x", (0, 0), (math.nan, math.nan), "undefined"),
        ("log(x)", (-1, 0), (math.nan, math.nan), "undefined"),
        # the error per step falls as a power of h, however small
        ("(x**2 + y**2)**0.7", (0, 0), (0, 0), "differentiable"),
        ("(x**2 + y**2)**0.55 + 3*x", (0, 0), (3, 0), "differentiable"),
        ("abs(x)**1.1 - 2*y", (0, 0), (0, -2), "differentiable"),
        ("abs(x)**1.02 + abs(y)**1.5", (0, 0), (0, 0), "differentiable"),
        ("abs(x - 1)**1.3 + y", (1, 2), (0, 1), "differentiable"),
        ("abs(x*y)**0.55", (0, 0), (0, 0), "differentiable"),
        ("atan(3e5*x) + y", (0, 0), (3e5, 1), "differentiable"),
        # what no step that is free of rounding can show
        ("tanh(1e12*x) + y", (0, 0), (1e12, 1), "undecided"),
        ("x/log(x**2 + y**2)", (0, 0), (0, 0), "undecided"),
        # a limit that is not 0, reached slowly
        ("sqrt(abs(x*y)) + abs(x)**1.2", (0, 0), (0, 0), "not differentiable"),
        ("sqrt(abs(x*y))*1e6 + y", (0, 0), (0, 1), "not differentiable"),
        ("1/(2 + asin(x)) + y", (1, 0), (math.nan, 1), "no gradient"),
    ],
)
def test_it_tells_whether_a_function_is_differentiable(text, at, slopes, verdict):
    place = look_at(surface(text), *at)
    assert place.verdict == verdict
    if slopes:
        assert place.slopes == pytest.approx(slopes, nan_ok=True)


def test_the_steps_shown_fall_as_the_verdict_says():
    place = look_at(surface("(x**2 + y**2)**0.6"), 0, 0)
    remainders = place.closeness["remainder"].to_numpy()
    assert remainders == pytest.approx(place.closeness["h"].to_numpy() ** 0.2, rel=1e-9)
    assert len(look_at(surface("x**2 + y**2"), 1, 1).closeness) == 5
    flat = look_at(surface("1e6*x + y"), 1, 1).closeness
    assert (flat["remainder"] <= flat["rounding"]).all()


def test_a_hole_is_filled_with_0_only_where_the_function_tends_to_0():
    assert look_at(surface("x*y/(x**2 + y**2)"), 0, 0).filled
    assert math.isnan(look_at(surface("(1 + x*y)/(x**2 + y**2)"), 0, 0).value)
    assert math.isnan(look_at(surface("sin(x)/x"), 0, 1).value)


def test_where_f_is_no_plane_the_slopes_of_the_directions_are_not_the_gradients():
    """sqrt|xy| has the slope sqrt|cos t sin t| in the direction t, and a gradient of 0."""
    f = surface("sqrt(abs(x*y))")
    around = directional(f, look_at(f, 0, 0))
    turns = np.radians(around["degrees"])
    np.testing.assert_allclose(around["measured"], np.sqrt(np.abs(np.cos(turns) * np.sin(turns))), atol=1e-7)
    assert (around["foretold"] == 0).all()


def test_a_smooth_function_has_the_gradients_slope_in_every_direction():
    f = surface("exp(x)*sin(y) + x*y")
    around = directional(f, look_at(f, 0.5, 1.5))
    np.testing.assert_allclose(around["measured"], around["foretold"], atol=1e-4)


def test_directions_are_of_length_1_and_those_along_the_axes_exact():
    around = directions()
    np.testing.assert_allclose(np.hypot(*around.T), 1, rtol=1e-15)
    assert around[DIRECTIONS // 4].tolist() == [0, 1] and around[DIRECTIONS // 2].tolist() == [-1, 0]


def test_the_field_has_values_by_rows_of_y_and_only_arrows_that_exist():
    f = surface("log(x) + 2*y")
    found = field(f, partials(f), 3, grid=5, rows=4)
    assert found.values.shape == (5, 5)
    assert found.values[0, 4] == pytest.approx(math.log(3) - 6)
    assert np.isnan(found.values[:, 0]).all()
    assert len(found.arrows) == 16 and (found.arrows["dy"] == 2).all()
