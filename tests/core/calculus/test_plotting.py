"""Several functions in one picture: limits, log axes, tangents, names, and the lines for matplotlib."""

import math

import numpy as np
import pytest
from hypothesis import given

from core.calculus import parse_expression
from core.calculus.expression.functions import FUNCTIONS
from core.calculus.numpy_code import numpy_text
from core.calculus.plot_code import matplotlib_lines
from core.calculus.plotting import MARK_EVERY, Plot, Typed, make_plot, read_limits
from core.errors import InputError, PointedError
from tests.core.calculus.matplotlib_recorder import recorded
from tests.core.calculus.texts import functions_of

BOOK = [Typed("3*x**2 - 4*x", "-", "f(x)"), Typed("2*x - 3", "m--", "Tangent line (x=1)")]


def alone(f: str, fmt: str = "-", **settings) -> Plot:
    return make_plot([Typed(f, fmt, "")], **settings)


@pytest.mark.parametrize("f", ["10**x", "exp(x)", "1e300 + 0*x"])
def test_a_log_axis_shows_the_largest_numbers(f):
    limits = alone(f, x_limits="-300, 300", y_scale="log").y_limits
    assert 0 < limits[0] < limits[1] <= 1e300


def test_the_books_picture_has_the_values_of_the_book():
    plot = make_plot(BOOK)
    f, tangent = (line.y for line in plot.lines)
    np.testing.assert_array_equal(plot.x, np.linspace(0, 3, 241))
    np.testing.assert_array_equal(f, 3 * plot.x**2 - 4 * plot.x)
    np.testing.assert_array_equal(tangent, 2 * plot.x - 3)
    assert f[80] == tangent[80] == -1  # they touch at x = 1
    assert (plot.notes, [line.cycle for line in plot.lines]) == ((), [0, None])


def test_the_tangent_of_the_books_function_is_the_line_that_the_book_draws():
    line = make_plot(BOOK, tangent_at=1.0).lines[0]
    np.testing.assert_allclose(line.tangent_y, 2 * make_plot(BOOK).x - 3, atol=1e-12)
    assert line.tangent.derivative == 2


def test_a_straight_line_has_no_second_line_for_its_tangent_and_a_kink_has_none():
    assert make_plot(BOOK, tangent_at=1.0).lines[1].tangent_y is None
    for f in ("5", "2*x - 3", "1e200*x", "x/7", "abs(x)", "1/x", "sqrt(x)", "log(x)"):
        assert alone(f, tangent_at=0.0).lines[0].tangent_y is None, f
    assert alone("x**2", tangent_at=0.0).lines[0].tangent_y.tolist() == [0.0] * 241


def test_lines_without_a_colour_take_those_of_the_cycle_in_turn():
    plot = make_plot([Typed("x", fmt, "") for fmt in ("-", "m--", "--", "C5", "", "o")])
    assert [line.cycle for line in plot.lines] == [0, None, 1, None, 2, 3]


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("0, 3", (0, 3)),
        ("[0, 3]", (0, 3)),
        ("(-1,1)", (-1, 1)),
        ("0 3", (0, 3)),
        ("3, 0", (3, 0)),  # matplotlib turns the axis round
        ("0, 2*pi", (0, 2 * math.pi)),
        ("", None),
        ("  ", None),
    ],
)
def test_limits_are_read_as_in_python(text, limits):
    assert read_limits(text) == limits


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("0, y", 3), ("a, 1", 0), ("[0, 1e999]", 4), ("0, 1e200", 3), ("1,", 2), (",", 0), ("0, 1/0", 2), ("nan, 1", 0),
        ("0, __import__('os')", 13),
    ],
)  # fmt: skip
def test_what_is_no_limit_is_pointed_at(text, position):
    with pytest.raises(PointedError) as raised:
        read_limits(text)
    assert abs(raised.value.position - position) <= 1


@pytest.mark.parametrize("text", ["5", "1, 2, 3", "1, 1", "0, -0", "[1, 2", "(", "1;2" * 500])
def test_anything_but_two_different_numbers_is_refused(text):
    with pytest.raises(InputError):
        read_limits(text)


def test_a_log_axis_says_what_it_cannot_show():
    plot = alone("3*x**2 - 4*x", y_scale="log")
    hidden = int((3 * plot.x**2 - 4 * plot.x <= 0).sum())
    assert plot.notes == (f"A log axis cannot show 0 and below: {hidden} of 241 points of 3*x**2 - 4*x are left out.",)
    assert np.isnan(plot.lines[0].y).sum() == hidden == 107
    assert 0 < plot.y_limits[0] < plot.y_limits[1]
    across = alone("x", x_scale="log", x_limits="0, 3")
    assert across.x_limits == (0.003, 3)
    assert across.notes == ("A log axis has no place for 0 and below: x begins at 0.003 instead of 0.",)
    np.testing.assert_allclose(np.diff(np.log(across.x)), math.log(1000) / 240)
    below = alone("x", y_scale="log", y_limits="-1, 10")
    assert below.y_limits == (0.01, 10)
    assert "y begins at 0.01 instead of −1" in below.notes[1]


@pytest.mark.parametrize(
    "settings", [{"x_limits": "-3, 0", "x_scale": "log"}, {"y_limits": "-3, -1", "y_scale": "log"}]
)
def test_limits_that_a_log_axis_cannot_have_at_all_are_refused(settings):
    with pytest.raises(InputError, match="above 0"):
        alone("x", **settings)


def test_points_without_a_value_are_counted_and_left_out():
    plot = alone("sqrt(x)", x_limits="-3, 3")
    assert plot.notes == ("sqrt(x) has no finite value at 120 of 241 points.",)
    assert np.isnan(plot.lines[0].y).sum() == 120
    assert alone("exp(1000)").notes == ("exp(1000) has no finite value at 241 of 241 points.",)


def test_what_draws_nothing_is_said():
    assert "nothing is drawn" in alone("x", "r ").notes[0]


def test_names_of_the_legend_differ_and_one_that_matplotlib_leaves_out_is_said():
    plot = make_plot([Typed("x", "-", name) for name in ("a", "a", "", "", "_b", " a\n", "x" * 5000)])
    assert [line.name for line in plot.lines] == ["a", "a (2)", "", "", "", "a (3)", "x" * 100]
    assert any("_b" in note for note in plot.notes)


@pytest.mark.parametrize(
    "typed",
    [[], [Typed("", "-", "")], [Typed("  ", "zzz", "")], [Typed("y", "-", "")], [Typed("x", "zz", "")],
     [Typed("x", "-", ""), Typed("x**", "-", "")]],
)  # fmt: skip
def test_nothing_to_draw_and_texts_that_cannot_be_read_are_refused(typed):
    with pytest.raises(InputError):
        make_plot(typed)


@pytest.mark.parametrize("scale", ["linear", "log"])
@pytest.mark.parametrize(
    "f", ["5", "0", "x - x", "1e300*x", "1e-300*x", "5e-324", "1e299*exp(x)", "1e6 + 1e-9*x", "1 + 1e-16*x", "log(-1)"]
)
def test_automatic_limits_hold_the_curve_and_are_two_numbers(f, scale):
    plot = alone(f, y_scale=scale)
    low, high = plot.y_limits
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert low < high
    assert scale == "linear" or low > 0


@given(functions_of("x"))
def test_any_function_is_the_same_in_numpy(text):
    try:
        expression = parse_expression(text, ["x"])
    except InputError:
        return
    x = np.array([-2.0, -0.5, 0.0, 0.3, 1.0, 7.0])
    with np.errstate(all="ignore"):
        there = eval(numpy_text(expression), {"np": np, "x": x})
    here = expression(x)
    assert np.shape(there) == x.shape
    np.testing.assert_allclose(there, here, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_of_the_table_is_written_for_numpy(name):
    x = np.linspace(0.05, 0.95, 7)
    with np.errstate(all="ignore"):
        there = eval(numpy_text(parse_expression(f"{name}(x)", ["x"])), {"np": np, "x": x})
    np.testing.assert_allclose(there, parse_expression(f"{name}(x)", ["x"])(x), rtol=1e-14)


def test_the_lines_ask_matplotlib_for_the_same_picture(monkeypatch):
    typed = [*BOOK, Typed("exp(x)", "go-", "price $"), Typed("", "", ""), Typed("log(x)", "rs", "")]
    plot = make_plot(typed, x_limits="0.5, 4", y_scale="log", tangent_at=1.0)
    pyplot = recorded(matplotlib_lines(plot), monkeypatch)
    calls = pyplot.of("plot")
    curves = [(values, options) for values, options in calls if "color" not in options]
    for line, ((x, y, fmt), options) in zip(plot.lines, curves, strict=True):
        np.testing.assert_array_equal(x, plot.x)
        shown = ~np.isnan(line.y)
        np.testing.assert_allclose(y[shown], line.y[shown], rtol=1e-14)
        assert fmt == line.format.text
        assert options.get("label", "").replace("\\$", "$") == line.name
        assert options.get("markevery") == (MARK_EVERY if line.format.marker else None)
    tangents = [(values, options) for values, options in calls if "linewidth" in options]
    assert [options["color"] for _values, options in tangents] == ["C0", "g", "r"]
    for line, ((_x, y), _options) in zip([plot.lines[0], *plot.lines[2:]], tangents, strict=True):
        shown = ~np.isnan(line.tangent_y)
        np.testing.assert_allclose(y[shown], line.tangent_y[shown], rtol=1e-12)
    assert pyplot.of("xlim") == [((0.5, 4), {})]
    assert pyplot.of("ylim") == [(plot.y_limits, {})]
    assert pyplot.of("yscale") == [(("log",), {"nonpositive": "mask"})]
    assert not pyplot.of("xscale")
    assert len(pyplot.of("legend")) == len(pyplot.of("grid")) == 1
    assert pyplot.calls[-1][0] == "show"


@pytest.mark.parametrize("name", ["'); import os #", '"', "\\", "\x00", "${x}", "a\u2028b", "日本"])
def test_a_name_in_the_lines_is_a_text_whatever_it_holds(name, monkeypatch):
    plot = make_plot([Typed("x", "-", name)])
    pyplot = recorded(matplotlib_lines(plot), monkeypatch)
    assert pyplot.of("plot")[0][1]["label"].replace("\\$", "$") == plot.lines[0].name == " ".join(name.split())


def test_a_picture_without_names_has_no_legend(monkeypatch):
    assert not recorded(matplotlib_lines(alone("x")), monkeypatch).of("legend")
