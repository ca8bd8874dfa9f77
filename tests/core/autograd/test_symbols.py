"""The local derivatives shown on the screen are those that the engine uses."""

import numpy as np
import pytest

from core.autograd.engine import RULES
from core.autograd.symbols import SLOPES, applied, slope_of
from core.calculus import parse_expression
from core.calculus.expression.parser import SCALAR_FUNCTIONS

ENTRYWISE = [
    name
    for name in RULES
    if name in SCALAR_FUNCTIONS or name in ("add", "subtract", "multiply", "divide", "power", "negate")
]


@pytest.mark.parametrize("operation", ENTRYWISE)
def test_the_written_slope_has_the_engines_value(operation):
    x, y = np.array([0.3, 0.7]), np.array([0.4, 0.9])
    arguments = [x, y][: len(SLOPES[operation])]
    step = RULES[operation](*arguments)
    for argument, slope in enumerate(step.slopes):
        text = slope_of(operation, argument, ("x", "y")[: len(arguments)], "r").replace("²", "**2").replace("^", "**")
        function = parse_expression(text, ["x", "y", "r"])
        np.testing.assert_allclose(function(x=x, y=y, r=step.value), slope, rtol=1e-12, err_msg=text)


def test_every_rule_can_be_written():
    assert SLOPES.keys() == RULES.keys()
    assert applied("matmul", ("A", "x")) == "A @ x"
