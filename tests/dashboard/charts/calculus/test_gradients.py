"""The pictures of the rules and of functions of two variables: what they bind exists, and points where it should."""

import altair as alt
import numpy as np
import pandas as pd
import pytest

from core.calculus import parse_expression
from core.calculus.contours import level_lines, quantile_levels
from core.calculus.curves import curve
from core.calculus.differentiate import differentiate
from core.calculus.gradients import directional, field, look_at, partials
from core.calculus.tree_layout import lay_out_tree
from dashboard.charts.calculus import gradients, rules
from tests.dashboard.charts.spec import definitions, layers


def tree_of(text: str):
    return rules.tree(*lay_out_tree(differentiate(parse_expression(text).root, "x"), 1.0))


def contours_of(text: str, x: float = 2.0, y: float = 1.0):
    f = parse_expression(text, ["x", "y"])
    found, place = field(f, partials(f), 3), look_at(f, x, y)
    lines = level_lines(found.xs, found.ys, found.values, quantile_levels(found.values))
    down = {"x": [x], "y": [y], "dx": [place.downhill[0]], "dy": [place.downhill[1]], "what": "steepest descent"}
    return gradients.contours(
        lines,
        gradients.level_labels(lines, 3),
        gradients.arrow_ends(gradients.fitted(found.arrows, 3)),
        pd.DataFrame({"x": [x], "y": [y], "what": "the point"}),
        gradients.arrow_ends(pd.DataFrame(down)),
        reach=3,
    )


def all_charts():
    f = parse_expression("x**2 + 3*y**2", ["x", "y"])
    slopes = directional(f, look_at(f, 2, 1)).rename(columns={"measured": "slope"}).assign(series="measured")
    points = curve(parse_expression("x**2", ["x"]), -1, 1).assign(series="f")
    both = pd.concat([points, points.assign(series="f′")])
    here = pd.DataFrame({"x": [1.0, 1.0], "y": [1.0, 2.0], "series": ["f", "f′"]})
    return {
        "tree": tree_of("x**2*sin(3*x)"),
        "large tree": tree_of("+".join(["x*2"] * 9)),
        "number": tree_of("5"),
        "derivative": rules.with_derivative(both, here, (-1, 3)),
        "contours": contours_of("x**2 + 3*y**2"),
        "no value": contours_of("log(-1 - x**2)"),
        "sections": gradients.sections(both, both, here),
        "slopes": gradients.slopes_around(slopes, slopes, h=0.001, kind="differentiable"),
    }


@pytest.mark.parametrize("name", all_charts())
def test_every_field_is_a_column_of_its_table(name):
    for layer in layers(all_charts()[name]):
        columns = set().union(*layer["rows"]) if layer["rows"] else None
        for _channel, bound in definitions(layer):
            if columns is not None and "field" in bound:
                assert bound["field"] in columns


def test_a_large_tree_leaves_numbers_out_and_says_how_to_read_them():
    assert "Point at a piece" in tree_of("+".join(["x*2"] * 9)).title.subtitle
    words = [layer for layer in layers(tree_of("x*2")) if layer["mark"]["type"] == "text"]
    assert any("1 | 1" in str(row) for layer in words for row in layer["rows"])


def test_the_square_is_a_square():
    picture = contours_of("x**2 + 3*y**2")
    assert picture.width == picture.height


def test_the_arrows_of_the_gradient_point_uphill_and_the_thick_one_downhill():
    heads = [layer for layer in layers(contours_of("x**2 + 3*y**2")) if layer["mark"].get("shape") == "triangle"]
    uphill, downhill = heads
    for row in uphill["rows"]:
        assert row["x2"] ** 2 + 3 * row["y2"] ** 2 > row["x"] ** 2 + 3 * row["y"] ** 2
        turn = np.radians(90 - row["turn"])
        assert np.cos(turn) * row["dx"] + np.sin(turn) * row["dy"] == pytest.approx(np.hypot(row["dx"], row["dy"]))
    (row,) = downhill["rows"]
    assert row["dx"] == pytest.approx(-4 / np.sqrt(52)) and row["dy"] == pytest.approx(-6 / np.sqrt(52))


@pytest.mark.parametrize("text", ["x**2 + 3*y**2", "log(-1 - x**2)"])
def test_made_before_its_rows_it_is_the_same_chart(text):
    """The rows come later, so nothing of them may be in what is made."""
    names = ["lines", "labels", "arrows", "here", "downhill"]
    spec = gradients.contours(**{name: alt.NamedData(name=name) for name in names}, reach=3).to_dict()
    whole = contours_of(text).to_dict()
    assert [layer["encoding"] for layer in spec["layer"]] == [layer["encoding"] for layer in whole["layer"]]
