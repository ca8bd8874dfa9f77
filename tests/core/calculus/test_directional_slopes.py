"""What kind of point a function of two variables has: against exact slopes, u ↦ lim f(p + tu)/t worked out on paper."""

import math
import warnings

import numpy as np
import pytest

from core.calculus import parse_expression
from core.calculus.directional_slopes import LINES, look_around
from core.calculus.gradients import directions, look_at

U, V = directions().T  # cos and sin of the 48 directions


def around(text, at=(0, 0)):
    f = parse_expression(text, ["x", "y"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return look_around(f, look_at(f, *at))


@pytest.mark.parametrize(
    ("text", "at", "kind", "slopes"),
    [
        ("x**2 + 3*y**2", (2, 1), "differentiable", 4 * U + 6 * V),
        ("exp(x)*sin(y)", (0, 1), "differentiable", math.sin(1) * U + math.cos(1) * V),
        ("sin(x**2 + y**2)/(x**2 + y**2)", (0, 0), "differentiable", 0 * U),
        ("x**2*y**2/(x**2 + y**2)", (0, 0), "differentiable", 0 * U),
        ("(x**2 + y**2)*sin(1/(x**2 + y**2))", (0, 0), "differentiable", 0 * U),
        ("x**2*y/(x**2 + y**2)", (0, 0), "not linear", U**2 * V),
        ("(x - 1)**2*(y + 2)/((x - 1)**2 + (y + 2)**2)", (1, -2), "not linear", U**2 * V),
        ("(x**3 - y**3)/(x**2 + y**2)", (0, 0), "not linear", U**3 - V**3),
        ("5 + 2*x + y**3/(x**2 + y**2)", (0, 0), "not linear", 2 * U + V**3),
        ("sqrt(abs(x*y))", (0, 0), "some without", np.sqrt(np.abs(U * V))),
        ("x*y/sqrt(x**2 + y**2)", (0, 0), "some without", U * V),
        ("step(x)*y", (0, 0), "some without", np.where(U > 0, V, 0)),
        ("abs(x) + y", (0, 1), "no gradient", np.abs(U) + V),
        ("sqrt(x**2 + y**2)", (0, 0), "no gradient", np.ones(48)),
        ("x**3*y/(x**4 + y**2)", (0, 0), "only along lines", 0 * U),
        ("x**2*y/(x**4 + y**2)", (0, 0), "not continuous", np.divide(U**2, V, out=0 * U, where=V != 0)),
        ("x**3*y/(x**6 + y**2)", (0, 0), "not continuous", 0 * U),
        ("1e-9*x**2*y/(x**2 + y**2)", (0, 0), "not linear", 1e-9 * U**2 * V),
    ],
)
def test_each_kind_of_point_has_its_slopes(text, at, kind, slopes):
    found = around(text, at)
    assert found.kind == kind
    assert (found.table["state"] == "slope").all()
    largest = np.abs(slopes).max()
    np.testing.assert_allclose(found.table["slope"], slopes, rtol=1e-12, atol=1e-5 * largest if largest else 1e-8)
    straight = np.abs(slopes[:LINES] + slopes[LINES:]) <= 1e-6 * largest
    assert found.straight == straight.sum() and found.decided
    assert math.isnan(found.broken) == straight.all()


@pytest.mark.parametrize(
    ("text", "at", "kind"),
    [
        ("x*y/(x**2 + y**2)", (0, 0), "not continuous"),
        ("1/x", (0, 0), "undefined"),
        ("log(x)", (-1, 0), "undefined"),
        ("(1 - cos(x**2 + y**2))/(x**2 + y**2)**2", (0, 0), "undefined"),  # 1/2, which rounding hides
        ("tanh(1e12*x) + y", (0, 0), "undecided"),
        ("x/log(x**2 + y**2)", (0, 0), "undecided"),
        ("(x**4)**0.25 + y", (0, 0), "undecided"),  # |x|, whose slope a series of three terms does not see
        ("3*x + 1e-9*x**2*y/(x**2 + y**2)", (0, 0), "not differentiable"),
        ("(x**3*y)**(1/3)", (0, 0), "no gradient"),  # no values where xy < 0
        ("5", (0, 0), "differentiable"),
        ("exp(900*x)", (1, 1), "undefined"),
        ("1e300*x*1e300", (-1, -1), "undefined"),
        ("1e300*x*1e300", (0, 0), "no gradient"),
        ("x + y", (3, -3), "differentiable"),
    ],
)
def test_where_numbers_do_not_decide_it_says_so(text, at, kind):
    assert around(text, at).kind == kind


def test_a_path_that_bends_shows_what_no_straight_line_shows():
    """On y = x² the value of x²y/(x⁴ + y²) is 1/2, and the error of x³y/(x⁴ + y²) divided by the distance too."""
    jump, remainder = around("x**2*y/(x**4 + y**2)").jump, around("x**3*y/(x**4 + y**2)").remainder
    assert jump.tends is False and remainder.tends is False
    assert abs(jump.value) == pytest.approx(0.5, rel=1e-3) and remainder.largest == pytest.approx(0.5, rel=1e-3)
    for path in (jump, remainder):
        assert abs(path.y) == pytest.approx(path.x**2, rel=0.1)
    assert around("x**2*y/(x**2 + y**2)").jump.tends is True


def test_the_steepest_slope_is_that_of_the_steepest_direction():
    found = around("x**2*y/(x**2 + y**2)")
    assert found.steepest == pytest.approx((np.max(U**2 * V), 37.5))
    assert found.lowest == pytest.approx((np.min(U**2 * V), 217.5))
    assert found.worst == 37.5
    assert math.isnan(around("x*y/(x**2 + y**2)").steepest[0])


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("x**2*y/(x**2 + y**2)", (0, 0), 0),
        ("5 + 2*x + y**3/(x**2 + y**2)", (0, 0), 5),
        ("sin(x**2 + y**2)/(x**2 + y**2)", (0, 0), 1),
        ("sin((x - 1)**2 + y**2)/((x - 1)**2 + y**2)", (1, 0), 1),
        ("1/(x**2 + y**2)", (0, 0), math.nan),
        ("(x**2 - y**2)/(x**2 + y**2)", (0, 0), math.nan),
        ("sin(1/(x**2 + y**2))", (0, 0), math.nan),
        ("sin(x)/x", (0, 1), math.nan),  # no values along x = 0
    ],
)
def test_f_is_continued_by_what_it_tends_to_along_both_axes(text, at, value):
    place = look_at(parse_expression(text, ["x", "y"]), *at)
    assert place.value == pytest.approx(value, abs=0, nan_ok=True)
    assert place.filled == math.isfinite(value)
