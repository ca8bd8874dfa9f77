"""Functions of two variables: partial derivatives, steepest descent, and points where the gradient is not enough."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from core.calculus.contours import level_lines, quantile_levels
from core.calculus.curves import curve, shown_span
from core.calculus.directional_slopes import Slopes, look_around
from core.calculus.expression.parser import Expression, parse_expression
from core.calculus.expression.printing import to_latex
from core.calculus.gradients import (
    DIRECTIONS,
    VARIABLES,
    Partial,
    Place,
    directional,
    directions,
    field,
    look_at,
    partials,
    section,
)
from core.calculus.torch_code import torch_definition
from core.calculus.torch_values import torch_gradient
from core.formatting import format_general, format_latex, format_number
from core.language import _
from dashboard.charts.calculus import gradients as charts
from dashboard.screens.calculus import gradient_traps, verdicts
from dashboard.ui import controls, lesson, text_fields
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import examples
from dashboard.ui.page import boxes
from dashboard.visit.cache import cache_data

REACH = 3.0  # of the square, as of the sliders
CUT = 121  # points of a section
DOWNHILL = 0.6  # length of the drawn arrow
EXAMPLES = {
    "x² + 3y²": ("x**2 + 3*y**2", 2.0, 1.0),
    "x² − y²": ("x**2 - y**2", 1.0, 1.0),
    "sin x cos y": ("sin(x)*cos(y)", 1.0, 0.5),
    "(1 − x)² + (y − x²)²": ("(1 - x)**2 + (y - x**2)**2", -1.0, -1.0),
    "xy/(x² + y²)": ("x*y/(x**2 + y**2)", 0.0, 0.0),
    "√|xy|": ("sqrt(abs(x*y))", 0.0, 0.0),
    "x²y/(x² + y²)": ("x**2*y/(x**2 + y**2)", 0.0, 0.0),
    "x²y/(x⁴ + y²)": ("x**2*y/(x**4 + y**2)", 0.0, 0.0),
    "x³y/(x⁴ + y²)": ("x**3*y/(x**4 + y**2)", 0.0, 0.0),
}  # formulas are the same in every language
_KEYS = ("calculus_xy", "calculus_px", "calculus_py")


@dataclass(frozen=True, eq=False)
class Surface:
    """What the view shows."""

    expression: Expression
    slopes: tuple[Partial, Partial]
    place: Place
    around: Slopes


def draw_two_variables() -> None:
    """Draw the view."""
    st.markdown(
        _(
            "A function of x and y has a slope along each axis. When do these two determine all the others? In one "
            "variable, having a derivative is being differentiable; in two, having both partial derivatives is not."
        )
    )
    found = text_fields.answer("calculus_two", _draw_fields(), _work_out).value
    rows = [
        rf"\frac{{\partial f}}{{\partial {letter}}} &= {to_latex(partial.derivation.result)}"
        for letter, partial in zip(VARIABLES, found.slopes, strict=True)
    ]
    st.latex(r"\begin{aligned}" + r" \\[1ex] ".join(rows) + r"\end{aligned}")
    place = found.place
    boxes(
        [
            (_("f at the point"), format_number(place.value)),
            (_("∂f/∂x"), format_number(place.slopes[0])),
            (_("∂f/∂y"), format_number(place.slopes[1])),
            verdicts.steepness(place, found.around),
        ]
    )
    st.markdown(escape_markdown(verdicts.tell_downhill(found.expression, place, found.around)))
    left, right = st.columns([1, 1])
    with left:
        _draw_contours(found)
    with right:
        _draw_sections(found)
    _draw_proof(found)
    lesson.code(torch_lines(found))
    lesson.traps(gradient_traps.of_gradients)


def _draw_fields() -> Mapping[str, object]:
    text = text_fields.field("calculus_xy", _("f(x, y), as in Python"))
    examples("calculus", {name: dict(zip(_KEYS, set_to, strict=True)) for name, set_to in EXAMPLES.items()})
    text_fields.draw_remarks(lambda typed: parse_expression(typed, VARIABLES), text)
    left, right = st.columns(2)
    with left:
        x = controls.slider("calculus_px", _("The point's x"))
    with right:
        y = controls.slider("calculus_py", _("The point's y"))
    return dict(zip(_KEYS, (text, x, y), strict=True))


def _work_out(calculus_xy: str, calculus_px: float, calculus_py: float) -> Surface:
    expression = parse_expression(calculus_xy, VARIABLES)
    return Surface(expression, partials(expression), *_look(calculus_xy, calculus_px, calculus_py))


@cache_data(max_entries=100, show_spinner=False)
def _look(text: str, x: float, y: float) -> tuple[Place, Slopes]:
    """Return what f does at a point; the slider of h leaves it as it is."""
    expression = parse_expression(text, VARIABLES)
    place = look_at(expression, x, y)
    return place, look_around(expression, place)


@cache_data(max_entries=20, show_spinner=False)
def _background(text: str) -> dict[str, pd.DataFrame]:
    """Return the fixed part of the chart: level lines, their labels, and the gradient; computed once for each text."""
    expression = parse_expression(text, VARIABLES)
    found = field(expression, partials(expression), REACH)
    lines = level_lines(found.xs, found.ys, found.values, quantile_levels(found.values))
    labels = charts.level_labels(lines, REACH)
    return {"lines": lines, "labels": labels, "arrows": charts.arrow_ends(charts.fitted(found.arrows, REACH))}


def _draw_contours(found: Surface) -> None:
    place, (point, way) = found.place, charts.names()
    dx, dy = (DOWNHILL * part for part in verdicts.way_down(place, found.around))
    moves = math.isfinite(dx + dy) and (dx, dy) != (0, 0)
    downhill = pd.DataFrame({"x": [place.x], "y": [place.y], "dx": [dx], "dy": [dy], "what": way})[: int(moves)]
    tables = {
        **_background(found.expression.text),
        "here": pd.DataFrame({"x": [place.x], "y": [place.y], "what": point}),
        "downhill": charts.arrow_ends(downhill),
    }
    sentence = _("At the point ({x}, {y}) f is {value}; the gradient is {first} along x and {second} along y.")
    slopes = [format_number(slope) for slope in place.slopes]
    x, y, value = format_number(place.x), format_number(place.y), format_number(place.value)
    text = sentence.format(x=x, y=y, value=value, first=slopes[0], second=slopes[1])
    draw_kept(charts.contours, tables, text, width="content", reach=REACH)


def _draw_sections(found: Surface) -> None:
    place, names = found.place, charts.section_names()
    cuts = [section(found.expression, "x", place.y), section(found.expression, "y", place.x)]
    curves = [curve(cut, -REACH, REACH, CUT).assign(series=name) for cut, name in zip(cuts, names, strict=True)]
    both = pd.concat(curves, ignore_index=True)
    low, high = shown_span(both["y"].to_numpy(), np.array([place.value]))
    tangents = []
    for at, slope, name in zip((place.x, place.y), place.slopes, names, strict=True):
        ends = at + _reach_of(slope, low - place.value, high - place.value)
        tangents.append(pd.DataFrame({"x": ends, "y": place.value + slope * (ends - at), "series": name}))
    tables = {
        "curves": both.assign(y=both["y"].where(both["y"].between(low, high))),
        "tangents": pd.concat(tangents, ignore_index=True).dropna(),
        "here": pd.DataFrame({"x": [place.x, place.y], "y": place.value, "series": names}).dropna(),
    }
    sentence = _("Two sections through the point: along x with slope {first}, along y with slope {second}.").format(
        first=format_number(place.slopes[0]), second=format_number(place.slopes[1])
    )
    draw_kept(charts.sections, tables, sentence)


def _reach_of(slope: float, low: float, high: float) -> NDArray[np.float64]:
    """Return the ends of a tangent, relative to the point: 1 to either side, less where it would leave the chart."""
    if not slope:
        return np.array([-1.0, 1.0])
    leaves = sorted((low / slope, high / slope))
    return np.array([max(-1.0, leaves[0]), min(1.0, leaves[1])])


def _draw_proof(found: Surface) -> None:
    """Compare the slope in every direction with the one predicted by the gradient."""
    st.header(_("Does the gradient predict every slope?"), anchor=False)
    place = found.place
    if place.verdict in ("undefined", "no gradient"):
        st.info(_("There is no gradient here, so it predicts nothing. Move the point, or choose another function."))
        if place.verdict == "no gradient":
            st.markdown(escape_markdown(verdicts.tell_no_gradient(found.around)))
        return
    st.markdown(
        _(
            "Where f is differentiable, the slope in a direction of length 1 is the dot product of gradient and "
            "direction, and"
        )
        + r" $\displaystyle \max_{\lVert u \rVert = 1} \frac{|f(p + h\,u) - f(p) - h\,\nabla f \cdot u|}{h} \to 0$."
    )
    left, right = st.columns([1, 1])
    with left:
        h = controls.slider("calculus_out", _("Step h from the point"))
        slopes = directional(found.expression, place, h)
        gap = (slopes["measured"] - slopes["foretold"]).abs()
        template = _("The slope in 48 directions; measured and predicted slopes differ by up to {gap}.")
        tables = {
            kind: slopes[["degrees"]].assign(slope=slopes[kind], series=name).dropna()
            for kind, name in zip(("measured", "foretold"), charts.slope_names(), strict=True)
        }
        draw_kept(
            charts.slopes_around, tables, template.format(gap=format_number(gap.max(), 4)), h=h, kind=found.around.kind
        )
    with right:
        st.markdown(verdicts.tell_verdict(place, found.around))
        table = pd.DataFrame(
            {
                "h": [verdicts.step_text(h) for h in place.closeness["h"]],
                _("largest error / h"): [format_number(gap, 4) for gap in place.closeness["remainder"]],
                _("in direction"): [f"{format_general(degrees)}°" for degrees in place.closeness["degrees"]],
            }
        )
        st.table(table, hide_index=True, border="horizontal", alt=_("The largest error for each step."))
        worst = directions()[int(place.closeness["degrees"].iloc[-1] * DIRECTIONS / 360)]
        st.latex(
            rf"\nabla f = \left({format_latex(place.slopes[0])},\ {format_latex(place.slopes[1])}\right), \quad "
            rf"u = \left({format_latex(worst[0])},\ {format_latex(worst[1])}\right)"
        )


def torch_lines(found: Surface) -> str:
    """Return the code for torch: the gradient and steepest descent."""
    place = found.place
    values = [
        f"{name} = torch.tensor({at!r}, dtype=torch.float64, requires_grad=True)"
        for name, at in zip(VARIABLES, (place.x, place.y), strict=True)
    ]
    gradient = torch_gradient(found.expression, place.x, place.y)
    none = (
        "" if all(map(math.isfinite, gradient)) else "  # " + _("no number here: the rules that torch applies give 0/0")
    )
    slopes = ", ".join(_grad(found.expression, name) for name in VARIABLES)
    return "\n".join(
        [
            torch_definition(found.expression, VARIABLES),
            "",
            *values,
            "f(x, y).backward()",
            f"gradient = torch.stack([{slopes}]){none}",
            "downhill = -gradient / gradient.norm()",
            "print(gradient, downhill)",
        ]
    )


def _grad(expression: Expression, name: str) -> str:
    """Return the expression of a partial derivative; a variable that f does not use has no grad, and its slope is 0."""
    used = name in expression.names or (not expression.names and name == VARIABLES[0])
    return f"{name}.grad" if used else f"torch.zeros_like({name})"
