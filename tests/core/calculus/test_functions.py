"""The columns of each row in the table of functions agree."""

import numpy as np
import pytest
import torch

from core.calculus import parse_expression
from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.functions import ALIASES, FUNCTIONS
from core.calculus.stack_code import MATH, browser_texts, to_stack_code
from core.calculus.torch_values import torch_function

PLACES = np.array([-800.0, -3.0, -0.9, -0.2, 0.3, 0.8, 2.0, 30.0, 800.0])
IN_MATH = {"log1p": np.log1p, "expm1": np.expm1, "max": np.maximum, "min": np.minimum, "cbrt": np.cbrt}
NAMED = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
SMOOTH = [function for function in FUNCTIONS.values() if function.derivatives]


def inside(function):
    """Return the points at which a function and its derivative are finite, and the value there."""
    with np.errstate(all="ignore"):
        value = function.value(PLACES)
        usable = np.isfinite(value) & np.isfinite(parse_expression(function.derivative, ["u"])(PLACES))
    return PLACES[usable], value[usable]


@NAMED
def test_a_row_has_taylor_terms_of_one_kind(function):
    assert sum(kind is not None for kind in (function.derivatives, function.sides, function.exponent)) == 1


@NAMED
def test_the_slope_of_the_engine_is_the_derivative_of_the_rules(function):
    if function.slope is None:
        return
    places, value = inside(function)
    slope = function.slope(places, value)
    if isinstance(slope, tuple):
        slope = np.where(slope[0], 0.0, slope[1])
    by_rules = parse_expression(function.derivative, ["u"])(places)
    np.testing.assert_allclose(np.broadcast_to(slope, places.shape), by_rules, rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("function", SMOOTH, ids=lambda function: function.name)
def test_the_first_taylor_term_is_the_derivative(function):
    places, _value = inside(function)
    with np.errstate(all="ignore"):
        first = [float(function.derivatives(np.float64(place))[0]) for place in places]
    np.testing.assert_allclose(first, parse_expression(function.derivative, ["u"])(places), rtol=1e-10, atol=1e-15)


@pytest.mark.parametrize("function", SMOOTH, ids=lambda function: function.name)
def test_the_browser_computes_the_value_and_the_derivative(function):
    """Each text has only arithmetic and functions of Math, and has the value of the row."""
    places, value = inside(function)
    with np.errstate(all="ignore"):
        derivative = np.array([float(function.derivatives(np.float64(place))[0]) for place in places])
        for text, expected in zip(browser_texts(function), (value, derivative), strict=True):
            root = parse_expression(text, ["u"], MATH).root
            found = evaluate(root, {"u": places}, {**NUMPY_OPERATIONS, **IN_MATH}, np.float64)
            np.testing.assert_allclose(found, expected, rtol=1e-13, err_msg=text)


@NAMED
def test_torch_has_the_value(function):
    places, value = inside(function)
    found = torch_function(function)(torch.tensor(places)).numpy()
    np.testing.assert_allclose(found, value, rtol=1e-11)


@NAMED
def test_a_program_says_how_its_function_is_computed(function):
    (argument, (step, how)) = to_stack_code(parse_expression(f"{function.name}(x)").root)
    assert (argument, step) == (("x",), "function")
    assert how.keys() in ({"exponent"}, {"sides"}, {"value", "derivative", "edges"})


def test_another_name_is_the_same_function():
    assert ALIASES
    for alias, name in ALIASES.items():
        assert parse_expression(f"{alias}(x)").root == parse_expression(f"{name}(x)").root
