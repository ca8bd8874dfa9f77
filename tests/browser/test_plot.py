"""The modules of scales and plots in a blank page: its numbers, its scales, and what ends up on the canvas."""

import math

import numpy as np
import pytest

from core.formatting import format_number, rules_for_browser
from core.language import get_language, in_language
from dashboard.scenes.bundle import bundle
from tests.browser.conftest import ROOT

PROGRAM = "\n".join(bundle(ROOT / "dashboard" / "scenes" / "shared" / name).js for name in ("scales.js", "plot.js"))


@pytest.fixture
def blank(page):
    page.set_content("<body style='margin: 0'><canvas style='display: block; width: 300px; height: 200px'></canvas>")
    page.add_script_tag(content=PROGRAM)
    return page


@pytest.mark.parametrize("code", ["en", "de", "es", "fr", "hi"])
def test_numbers_read_as_everywhere_else_in_the_lab(blank, code):
    rng = np.random.default_rng(0)
    values = [0.0, 1.0, -2.5, 3700.6612, 1234567.0, 0.00001234, 5e12, 1e-4, 0.99996, 999_999_999.0, 1e100, -1e-300]
    values += (rng.standard_normal(300) * 10.0 ** rng.integers(-12, 13, 300)).tolist()
    with in_language(get_language(code)):
        blank.evaluate("rules => useNumberRules(rules)", rules_for_browser())
        for digits in (2, 4, 6):
            read = blank.evaluate("([values, digits]) => values.map(value => written(value, digits))", [values, digits])
            assert read == [format_number(value, digits) for value in values]
        odd = blank.evaluate("[written(NaN), written(null), written(Infinity), written(-Infinity)]")
        assert odd == [format_number(value) for value in (math.nan, None, math.inf, -math.inf)]


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (-3.7, 12.2), (1e-9, 3e-9), (5, 5), (0, 0), (1e50, 3e80), (5, 5 + 1e-9), (-2e6, -1e6)]
)
def test_ticks_of_a_linear_axis_are_few_even_distinct_and_inside(blank, low, high):
    ticks, low, high = blank.evaluate(
        "([low, high]) => { const scale = linearScale(low, high); return [scale.ticks(5), scale.low, scale.high]; }",
        [low, high],
    )
    values = [tick["value"] for tick in ticks]
    assert 2 <= len(values) <= 12
    assert len({tick["label"] for tick in ticks}) == len(ticks)
    room = 1e-9 * (high - low)
    assert low - room <= min(values) <= max(values) <= high + room
    assert np.diff(values) == pytest.approx([values[1] - values[0]] * (len(values) - 1), rel=1e-3)


@pytest.mark.parametrize(("low", "high"), [(0.01, 12), (1e-300, 1e100), (3, 3), (2, 2.5), (0, 0), (4e-5, 6e3)])
def test_ticks_of_a_log_axis_are_powers_or_digits_of_them(blank, low, high):
    ticks, low, high = blank.evaluate(
        "([low, high]) => { const scale = logScale(low, high); return [scale.ticks(5), scale.low, scale.high]; }",
        [low, high],
    )
    values = [tick["value"] for tick in ticks]
    assert 1 <= len(values) <= 16
    assert all(low * (1 - 1e-9) <= value <= high * (1 + 1e-9) for value in values)
    assert all(value == float(f"{value:.1e}") for value in values)
    assert len(set(values)) == len(values)


def test_nothing_that_is_not_above_0_has_a_place_on_a_log_axis(blank):
    shares = blank.evaluate("[0, -1, NaN, 1, 100].map(logScale(1, 100).share)")
    assert all(share is None or math.isnan(share) for share in shares[:3])
    assert shares[3:] == [0, 1]


def test_a_line_that_leaves_the_picture_by_far_keeps_its_direction(blank):
    """From (0, 0) towards (1e30, 1e30) the line is seen up to the edge, and nowhere else."""
    dark = blank.evaluate(
        """() => {
            const canvas = document.querySelector("canvas");
            const plot = new Plot(canvas);
            const scale = linearScale(-1, 1);
            const theme = {...themeOf(canvas), faint: "transparent"};
            plot.frame({x: {scale, title: ""}, y: {scale, title: ""}, theme});
            plot.begin();
            plot.line([0, 1e30], [0, 1e30], {color: "rgb(255, 0, 0)", width: 3});
            plot.end();
            const seen = (x, y) => [...plot.context.getImageData(
                plot.px(x) * plot.ratio, plot.py(y) * plot.ratio, 1, 1).data];
            return [[0.5, 0.5], [0.9, 0.9], [-0.5, -0.5], [0.5, -0.5]].map(([x, y]) => seen(x, y)[3] > 0);
        }"""
    )
    assert dark == [True, True, False, False]


def test_a_pointer_is_where_the_axes_say(blank):
    there = blank.evaluate(
        """() => {
            const canvas = document.querySelector("canvas");
            const plot = new Plot(canvas);
            plot.frame({x: {scale: linearScale(10, 20), title: "x"}, y: {scale: logScale(1, 1000), title: "y"},
                        theme: themeOf(canvas)});
            plot.begin();
            plot.end();
            return plot.at({clientX: plot.px(12.5), clientY: plot.py(10)});
        }"""
    )
    assert there == pytest.approx([12.5, 10])
