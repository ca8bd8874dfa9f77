"""The scene of a secant that turns into a tangent: the function as stack code for the browser, and the texts."""

import math
from collections.abc import Mapping
from typing import Any

from core.calculus.expression.parser import Expression
from core.calculus.stack_code import to_stack_code
from core.language import _

HALF = 2.0  # half the width of the picture, for points between -10 and 10


def tangent_scene(expression: Expression, x: float, h: float, sentences: Mapping[str, str]) -> dict[str, Any]:
    """Return the scene of the curve, its secants and its tangent at any point near a finite x.

    `h` is the step to begin with, in units of the picture: 1 for points between -10 and 10, more for larger ones.
    `sentences` state, by the kind of point, whether there is a derivative; their placeholders are filled in the
    browser.
    """
    unit = 10.0 ** max(math.floor(math.log10(abs(x))), 0) if x else 1.0
    return {
        "key": f"{expression.text} {x!r}",
        "program": [list(step) for step in to_stack_code(expression.root)],
        "x": x,
        "unit": unit,
        "window": [x - HALF * unit, x + HALF * unit],
        "h": min(max(h, -HALF), HALF) * unit or unit,
        "words": {**_words(), "kinds": dict(sentences)},
    }


def _words() -> dict[str, str]:
    return {
        "curve": _("The curve, a secant and the tangent"),
        "lens": _("Under the magnifier"),
        "enlarged": _("The same picture, enlarged {times} times around x."),
        "whole": _("The magnification grows as h becomes smaller."),
        "straight": _("A smooth curve becomes its tangent; a kink stays a kink at any scale."),
        "secantSlope": _("Slope of the secant: (f(x + h) − f(x)) / h"),
        "derivative": _("Slope of the tangent: f′(x)"),
        "apart": _("Difference"),
        "none": _("none"),
        "noValue": _("no value"),
        "step": _("h"),
        "place": _("x"),
        "stepSlider": _("Step h from x to the other point (smaller towards the middle)"),
        "placeSlider": _("Point x of the tangent"),
        "shrink": _("Let h shrink"),
        "again": _("Start again"),
        "take": _("Use this x in the other lessons"),
        "hint": _("Drag the ring along the curve towards the square, or across it; drag the square to another x."),
        "function": _("f"),
        "secant": _("secant"),
        "tangent": _("tangent"),
        "half": _("one-sided tangents"),
        "xAxis": _("x"),
        "yAxis": _("f(x)"),
        "lensX": _("distance from x"),
        "lensY": _("distance from f(x)"),
        "rise": _("rise"),
        "described": _("The curve, with its point at x = {x} and another at a distance of h = {h}. The secant through"
                       " both has the slope {secant}. {verdict}"),
        "described_lens": _("The curve and the secant around x = {x}, enlarged {times} times."),
        "nothing": _("no limit"),
    }  # fmt: skip
