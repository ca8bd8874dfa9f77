"""The linear approximation and its error, against exact fractions and torch."""

import math
import warnings
from fractions import Fraction

import numpy as np
import pytest
import torch

from core.calculus import parse_expression
from core.calculus.differential import HALF_WIDTH, differential, unit_at
from core.calculus.slopes import slope_at


def at(text: str, x: float, h: float):
    f = parse_expression(text, ["x"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return differential(f, slope_at(f, x), h)


@pytest.mark.parametrize("h", [0.5, -0.5, 2.0, -0.01])
def test_the_error_of_the_notes_parabola_is_exactly_3h2(h):
    """f(1 + h) − f(1) = 2h + 3h², so the differential is 2h, the error 3h² and error / h is 3h."""
    found = at("3*x**2 - 4*x", 1.0, h)
    assert found.is_differentiable and found.line == 2 and found.limits == (0, 0)
    for row in found.rows.itertuples():
        step = Fraction(row.h)
        exact = {"change": 2 * step + 3 * step**2, "linear": 2 * step, "error": 3 * step**2, "share": 3 * step}
        for name, value in exact.items():
            assert getattr(row, name) == pytest.approx(float(value), abs=row.rounding)
    assert found.rows["h"].tolist() == pytest.approx([h, h / 10, h / 100, h / 1e3, h / 1e4])


@pytest.mark.parametrize(("text", "x"), [("sin(x)", 1.0), ("exp(x)", 0.3), ("x**3/(1 + x**2)", -2.0), ("log(x)", 5.0)])
def test_the_share_falls_to_0_with_torchs_derivative_and_with_no_other_line(text, x):
    found = at(text, x, 0.1)
    place = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    value = {"sin(x)": torch.sin, "exp(x)": torch.exp, "log(x)": torch.log}.get(text, lambda t: t**3 / (1 + t**2))(
        place
    )
    value.backward()
    assert found.line == pytest.approx(place.grad.item(), rel=1e-12)
    shares = found.rows["share"].abs().to_numpy()
    assert (shares[1:] < shares[:-1] / 5).all()
    other = (found.rows["change"] - (found.line + 0.01) * found.rows["h"]) / found.rows["h"]
    assert other.iloc[-1] == pytest.approx(-0.01, rel=0.01)


def test_at_a_kink_no_line_brings_both_sides_to_0():
    found = at("abs(x) + 3*x", 0.0, 0.5)
    assert not found.is_differentiable and found.line == 3 and found.limits == (-1, 1)
    assert found.rows["share"].tolist() == pytest.approx([1] * 5)
    assert at("abs(x) + 3*x", 0.0, -0.5).rows["share"].tolist() == pytest.approx([-1] * 5)


@pytest.mark.parametrize(("text", "x"), [("sqrt(x)", 0.0), ("1/x", 0.0), ("step(x)", 0.0), ("sqrt(abs(x))", 0.0)])
def test_without_slopes_on_both_sides_there_is_no_line(text, x):
    found = at(text, x, 0.5)
    assert math.isnan(found.line) and not found.is_differentiable
    assert found.rows["error"].isna().all()


@pytest.mark.parametrize(
    ("text", "x", "h"), [("x", 1e50, 1e50), ("exp(x)", 700.0, 50.0), ("5", 1.0, 0.5), ("x", 1e12, 0.5)]
)
def test_what_is_lost_in_rounding_is_known_to_be(text, x, h):
    rows = at(text, x, h).rows
    lost = rows["share"].abs() <= rows["rounding"]
    assert lost.all() == (text != "exp(x)")


def test_the_picture_has_the_curve_and_never_divides_by_0():
    found = at("x**2", 2500.0, 500.0)
    assert unit_at(2500.0) == 1000 and found.curve["h"].abs().max() == pytest.approx(HALF_WIDTH * 1000)
    assert (found.curve["h"] != 0).all()
    np.testing.assert_allclose(found.curve["f"], (2500 + found.curve["h"]) ** 2, rtol=1e-12)
    np.testing.assert_allclose(found.curve["share"], found.curve["h"], rtol=1e-6)
    assert at("log(x)", 1.0, 0.5).curve["f"].isna().any()
