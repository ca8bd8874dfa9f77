"""The errors of difference quotients: against exact fractions, the known slopes, and the steps predicted by theory."""

import math
from fractions import Fraction

import numpy as np
import pytest

from core.calculus import parse_expression
from core.calculus.step_size import measure_step_sizes
from core.errors import InputError


def valley(text: str, x: float):
    return measure_step_sizes(parse_expression(text, ("x",)), x)


def errors(found, method: str, dtype: str) -> dict[float, float]:
    rows = found.points.query("method == @method and dtype == @dtype")
    return dict(zip(rows["h"], rows["error"], strict=True))


def test_each_error_is_that_of_the_quotient_as_floats_compute_it():
    """The quotient in plain Python floats; its error against 2 as an exact fraction."""
    f = lambda x: 3 * x**2 - 4 * x  # noqa: E731
    found = errors(valley("3*x**2 - 4*x", 1.0), "forward", "float64")
    for h, error in found.items():
        assert error == float(abs(Fraction((f(1 + h) - f(1.0)) / h) - 2))


@pytest.mark.parametrize(("method", "power"), [("forward", 1), ("central", 2)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_long_steps_rise_with_the_slope_of_the_truncation(method, power, dtype):
    found = errors(valley("sin(x)", 1.0), method, dtype)
    h = np.array([step for step in found if 0.01 <= step <= 0.3])
    slope = np.polyfit(np.log(h), np.log([found[step] for step in h]), 1)[0]
    assert slope == pytest.approx(power, abs=0.08)


@pytest.mark.parametrize("text", ["sin(x)", "exp(x)", "log(x)*x", "1/(1 + x**2)"])
def test_the_best_steps_are_near_those_foretold_and_near_the_rule_of_thumb(text):
    best = valley(text, 1.3).best
    assert len(best) == 4
    assert (best["found"] / best["foretold"]).between(0.05, 4).all()
    assert (best["found"] / best["rule"]).between(0.05, 20).all()
    eps = {"float32": 2.0**-23, "float64": 2.0**-52}
    for row in best.itertuples():
        assert row.epsilon == eps[row.dtype]
        assert row.rule == pytest.approx(math.sqrt(row.epsilon) if row.method == "forward" else row.epsilon ** (1 / 3))


@pytest.mark.parametrize("text", ["sin(x)", "exp(x)", "3*x**2 - 4*x", "sqrt(x)/log(2+x)"])
def test_no_error_is_above_what_theory_allows(text):
    """Each error is at most truncation plus rounding, where the next term of the series is small."""
    found = valley(text, 1.0)
    for (method, dtype), sides in found.sides.groupby(["method", "dtype"]):
        lines = [
            (float(line["error"].iloc[0]) / float(line["h"].iloc[0]) ** power, power)
            for power, line in sides.groupby("power")
        ]
        least_step = 2.0 if dtype == "float64" else 2e9
        for h, error in errors(found, method, dtype).items():
            if least_step * 1e-16 < h < 0.1:
                assert error <= 1.6 * sum(factor * h**power for factor, power in lines), (method, dtype, h)


def test_below_the_spacing_of_floats_a_quotient_is_zero_and_its_error_the_derivative():
    assert errors(valley("sin(x)", 1.0), "central", "float64")[1e-17] == math.cos(1.0)


def test_a_parabola_has_no_truncation_in_its_central_difference():
    found = valley("3*x**2 - 4*x", 1.0)
    assert set(found.sides.query("method == 'central'")["side"]) == {"rounding"}
    assert found.best.query("method == 'central'")["foretold"].tolist() == [math.inf, math.inf]


def test_exact_quotients_are_counted_and_not_drawn():
    found = valley("5", 2.0)
    assert found.points.empty
    assert (found.exact, found.undefined) == (4 * 137, 0)


def test_float32_has_no_quotients_beyond_its_range_and_float64_keeps_its_own():
    found = valley("exp(x)", 500.0)
    assert set(found.points["dtype"]) == {"float64"}
    assert found.undefined >= 2 * 137
    assert found.best.query("dtype == 'float32'")["found"].isna().all()


@pytest.mark.parametrize(("text", "x"), [("abs(x)", 0), ("1/x", 0), ("sqrt(x)", 0), ("step(x)", 0), ("log(x)", -1)])
def test_without_a_derivative_there_is_nothing_to_be_wrong_about(text, x):
    with pytest.raises(InputError, match="no derivative"):
        valley(text, float(x))


@pytest.mark.parametrize("x", [0.0, 1e-300, 1e150, -7e5, 1e-9])
@pytest.mark.filterwarnings("error")
def test_any_place_gives_a_valley_without_warnings(x):
    found = valley("x**2 + 3*x", x)
    assert np.isfinite(found.points[["h", "error"]].to_numpy()).all()
    assert (found.points["error"] > 0).all()
