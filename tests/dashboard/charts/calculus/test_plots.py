"""The picture of several functions: matplotlib's dashes, markers and colours, a legend of samples, and titles."""

import re
from itertools import pairwise

import pytest

from core.calculus.plot_colours import LETTERS, NAMES, read_colour
from core.calculus.plot_format import MARKERS
from core.calculus.plotting import Typed, make_plot
from dashboard.charts.calculus.plot_marks import SHAPES, readable, to_css
from dashboard.charts.calculus.plots import functions_in_one_picture, tables_of
from tests.dashboard.charts.spec import HOSTILE, definitions, layers

STRINGS = ("-", "m--", "g-.", "r:")
BOOK = [Typed("3*x**2 - 4*x", "-", "f(x)"), Typed("2*x - 3", "m--", "Tangent line (x=1)"),
        Typed("5*x - 6", "g-.", HOSTILE), Typed("x", "r:", "")]  # fmt: skip
CHARTS = {
    "the book's strings": functions_in_one_picture(make_plot(BOOK)),
    "tangents": functions_in_one_picture(make_plot(BOOK, tangent_at=2.0)),
    "markers": functions_in_one_picture(make_plot([Typed("x", "rs--", "a"), Typed("x**2", "ko", "b")])),
    "log axes": functions_in_one_picture(make_plot(BOOK, x_scale="log", y_scale="log", tangent_at=2.0)),
    "nothing to draw": functions_in_one_picture(make_plot([Typed("log(-1)", "r ", "")], x_limits="3, 0")),
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_encoded_field_is_a_column_and_both_axes_are_named(name):
    spec = CHARTS[name].to_dict()
    assert spec["title"]["text"]
    for layer in layers(CHARTS[name]):
        for channel, definition in definitions(layer):
            if "field" in definition and layer["rows"]:
                assert definition["field"] in layer["rows"][0], channel
    titles = {axis: {layer["encoding"].get(axis, {}).get("title") for layer in spec["layer"]} for axis in "xy"}
    assert "x" in titles["x"]
    assert "f(x)" in titles["y"]


def scale_of(chart, channel):
    return next(
        layer["encoding"][channel]["scale"] for layer in layers(chart) if "scale" in layer["encoding"].get(channel, {})
    )


def test_the_books_four_strings_have_matplotlibs_colours_and_dashes():
    chart = CHARTS["the book's strings"]
    assert scale_of(chart, "color")["range"] == ["#1f77b4", "#bf00bf", "#008000", "#ff0000"]
    dashes = scale_of(chart, "strokeDash")["range"]
    assert dashes[0] == [1, 0]  # solid
    assert dashes[1] == pytest.approx([7.4, 3.2])  # twice 3.7 and 1.6, as the line is two pixels wide
    assert dashes[2] == pytest.approx([12.8, 3.2, 2, 3.2])
    assert dashes[3] == pytest.approx([2, 3.3])


def legend_of(chart, mark):
    """The rows of the legend's layer with this mark."""
    return next(layer["rows"] for layer in layers(chart) if layer["mark"]["type"] == mark and has_name(layer))


def has_name(layer):
    return layer["encoding"].get("y", {}).get("field") == "top"


def test_the_legend_has_a_sample_and_the_name_of_each_line_that_has_one():
    chart = CHARTS["the book's strings"]
    assert [row["name"] for row in legend_of(chart, "text")] == ["f(x)", "Tangent line (x=1)", HOSTILE]
    assert [row["series"] for row in legend_of(chart, "rule")] == ["1", "2", "3"]
    assert legend_of(chart, "point") == []
    markers = CHARTS["markers"]
    assert [row["series"] for row in legend_of(markers, "rule")] == ["1"]  # ko has no line
    assert [row["series"] for row in legend_of(markers, "point")] == ["1", "2"]
    assert scale_of(markers, "shape")["range"] == [SHAPES["s"], SHAPES["o"]]
    tops = [row["top"] for row in legend_of(chart, "text")]
    assert all(upper < lower < 0 for upper, lower in pairwise(tops))  # above the plot, in order


def test_a_marker_stands_at_every_eighth_point_and_only_where_there_is_a_value():
    tables = tables_of(make_plot([Typed("sqrt(x)", "ro", ""), Typed("x", "-", "")], x_limits="-3, 3"))
    assert tables["points"]["x"].tolist() == [pytest.approx(step * 0.2) for step in range(16)]
    assert set(tables["lines"]["series"]) == {"2"}


def test_a_log_axis_is_one_and_nothing_on_it_is_0_or_below():
    assert scale_of(CHARTS["log axes"], "x")["type"] == scale_of(CHARTS["log axes"], "y")["type"] == "log"
    tables = tables_of(make_plot(BOOK, x_scale="log", y_scale="log", tangent_at=-1.0))
    drawn = [table for name, table in tables.items() if name != "names"]
    assert all((table[axis].dropna() > 0).all() for table in drawn for axis in "xy")


def test_every_marker_has_an_outline_within_its_square():
    assert set(SHAPES) == set(MARKERS)
    assert len(set(SHAPES.values())) == len(SHAPES)
    for path in SHAPES.values():
        assert all(abs(float(number)) <= 1.4143 for number in re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", path))


def contrast(colour, background):
    def luminance(parts):
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts[:3]]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(colour), luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", [*LETTERS, *NAMES, *(f"C{number}" for number in range(10))])
def test_every_colour_stands_out_on_both_backgrounds(name):
    drawn = readable(read_colour(name))
    for background in ("#FFFFFF", "#10161D"):
        assert contrast(drawn, read_colour(background)) >= 2.99
    assert all(0 <= part <= 1 for part in drawn)


def test_the_books_colours_are_not_changed_and_opacity_is_kept():
    for name in ("C0", "m", "g", "r"):
        assert readable(read_colour(name)) == read_colour(name)
    assert to_css(readable(read_colour("#ff000080"))) == "#ff000080"
    assert to_css(read_colour("none")) == "#00000000"
