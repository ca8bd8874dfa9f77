"""The differential: the linear approximation at a point, its error, and why differentiable is more in two variables."""

import math
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.calculus.curves import shown_span
from core.calculus.differential import Differential, differential, unit_at
from core.calculus.expression.parser import Expression
from core.calculus.slopes import slope_at
from core.calculus.torch_code import torch_definition
from core.formatting import format_latex, format_number
from core.language import _
from dashboard.charts.calculus import differentials as charts
from dashboard.screens.calculus import function, traps
from dashboard.ui import controls, lesson, text_fields
from dashboard.ui.chart import draw_kept
from dashboard.ui.escape import escape_markdown
from dashboard.ui.page import boxes
from dashboard.visit import settings, state

TWO_VARIABLES = {"calculus_xy": "x**2*y/(x**2 + y**2)", "calculus_px": 0.0, "calculus_py": 0.0,
                 "calculus_view": "two_variables"}  # fmt: skip


def draw_differential() -> None:
    """Draw the view."""
    st.markdown(
        _(
            "Near x a differentiable function is almost a line. The differential f′(x)·h is the change along it: how "
            "much of the change of f does it miss?"
        )
    )
    inputs: dict[str, Any] = function.draw_fields()
    inputs["calculus_step"] = controls.slider("calculus_step", _("Step h from x"))
    expression, found = text_fields.answer("calculus_differential", inputs, _work_out).value
    st.markdown(escape_markdown(function.tell_slope(found.slope)))
    if found.slope.kind == "unknown":
        st.info(_("The rules give no slope here, so no line is drawn. The quotients in Limit may still have a limit."))
    elif math.isnan(found.line):
        st.info(_("Without a slope on both sides there is no line to approximate f, so there is no differential here."))
    else:
        _draw_line(found)
    _tell_both(found)
    if not math.isnan(found.line):
        lesson.code(torch_lines(expression, found))
    lesson.traps(traps.of_tangents)


def _work_out(calculus_f: str, calculus_x: str, calculus_step: float) -> tuple[Expression, Differential]:
    expression, x = function.read_function(calculus_f), function.read_place(calculus_x)
    return expression, differential(expression, slope_at(expression, x), calculus_step * unit_at(x))


def _draw_line(found: Differential) -> None:
    first = found.rows.iloc[0]
    slope = _("f′(x)") if found.is_differentiable else _("Slope of the line")
    boxes(
        [
            (_("h"), format_number(first["h"])),
            (slope, format_number(found.line)),
            (_("Change f(x + h) − f(x)"), format_number(first["change"])),
            (_("Along the line, slope · h"), format_number(first["linear"])),
            (_("Error"), format_number(first["error"], 4)),
            (_("Error / h"), format_number(first["share"], 4)),
        ]
    )
    left, right = st.columns(2)
    with left:
        _draw_approximation(found)
    with right:
        _draw_errors(found)
    _draw_formula(found)
    _draw_rows(found)


def _draw_approximation(found: Differential) -> None:
    first, names = found.rows.iloc[0], charts.curve_names()
    ends = found.slope.value + np.array([first["change"], first["linear"]])
    low, high = shown_span(found.curve["f"].to_numpy(), found.curve["linear"].to_numpy(), ends)
    tables = {
        "curves": _long(found.curve, ("f", "linear"), names, low, high),
        "here": pd.DataFrame({"h": first["h"], "y": ends, "series": names}).dropna(),
        "gap": pd.DataFrame({"h": [first["h"]], "y": [ends[0]], "y2": [ends[1]]}).dropna(),
    }
    template = _("At h = {h} the function is {there}, the line {line}; the error is {error}.")
    there, line = (format_number(value) for value in ends)
    sentence = template.format(
        h=format_number(first["h"]), there=there, line=line, error=format_number(first["error"], 4)
    )
    draw_kept(charts.approximation, tables, sentence)


def _draw_errors(found: Differential) -> None:
    first, names = found.rows.iloc[0], charts.error_names()
    shown = found.curve[found.curve["h"].abs() <= max(2 * abs(first["h"]), found.curve["h"].iloc[-1] / 2)]
    low, high = shown_span(shown["error"].to_numpy(), shown["share"].to_numpy(), np.array([0.0]))
    tables = {
        "curves": _long(shown, ("error", "share"), names, low, high),
        "here": pd.DataFrame({"h": first["h"], "y": first[["error", "share"]].to_numpy(), "series": names}).dropna(),
    }
    template = _("Error {error} and error / h {share} at h = {h}; error / h tends to {left} from the left and to "
                 "{right} from the right.")  # fmt: skip
    left, right = (format_number(limit, 4) for limit in found.limits)
    sentence = template.format(
        error=format_number(first["error"], 4),
        share=format_number(first["share"], 4),
        h=format_number(first["h"]),
        left=left,
        right=right,
    )
    draw_kept(charts.errors, tables, sentence, smooth=found.is_differentiable)


def _long(
    curve: pd.DataFrame, columns: tuple[str, str], names: tuple[str, str], low: float, high: float
) -> pd.DataFrame:
    """Return two columns of a curve one below the other, without what lies outside the picture."""
    parts = [
        pd.DataFrame({"h": curve["h"], "y": curve[column].where(curve[column].between(low, high)), "series": name})
        for column, name in zip(columns, names, strict=True)
    ]
    return pd.concat(parts, ignore_index=True)


def _draw_formula(found: Differential) -> None:
    first = found.rows.iloc[0]
    if not np.isfinite(first[["change", "error"]].to_numpy(dtype=np.float64)).all():
        return
    x, h, value, line, error = (
        format_latex(float(number), 6)
        for number in (found.slope.x, first["h"], found.slope.value, found.line, first["error"])
    )
    there = format_latex(float(found.slope.value + first["change"]), 6)
    st.latex(
        rf"\underbrace{{{there}}}_{{f({x} + {_signed(h)})}} = \underbrace{{{value}}}_{{f({x})}}"
        rf" + \underbrace{{{_signed(line)} \cdot {_signed(h)}}}_{{\text{{{_('linear')}}}}}"
        rf" + \underbrace{{{_signed(error)}}}_{{\text{{{_('error')}}}}}"
    )


def _signed(number: str) -> str:
    return f"({number})" if number.startswith("-") else number


def _draw_rows(found: Differential) -> None:
    rows = found.rows
    lost = rows["share"].abs() <= rows["rounding"]
    shares = [
        _("rounding only") if gone and value else format_number(value, 3)
        for gone, value in zip(lost, rows["share"], strict=True)
    ]
    table = pd.DataFrame(
        {
            "h": [format_number(h) for h in rows["h"]],
            _("change of f"): [format_number(value, 6) for value in rows["change"]],
            _("slope · h"): [format_number(value, 6) for value in rows["linear"]],
            _("error"): [format_number(value, 3) for value in rows["error"]],
            _("error / h"): shares,
        }
    )
    st.table(table, hide_index=True, border="horizontal", alt=_("The error, and the error divided by h, for each h."))


def _tell_both(found: Differential) -> None:
    """Say what being differentiable is in one variable and in two, and lead to two."""
    if found.slope.kind == "unknown":
        text = _(
            "**Whether f is differentiable here is not decided.** In one variable that is the same as having a "
            "derivative."
        )
    elif found.is_differentiable:
        text = _(
            "**f is differentiable here**: the error gets small faster than h, so error / h tends to 0. **In one "
            "variable that is the same as having a derivative**, since error / h is the difference quotient minus "
            "f′(x)."
        )
    elif math.isnan(found.line):
        text = _(
            "**f is not differentiable here.** In one variable that is the same as having no derivative: error / h is "
            "the difference quotient minus the slope of the line, so it tends to 0 only where the quotient has a limit."
        )
    else:
        left, right = (format_number(limit, 4) for limit in found.limits)
        text = _(
            "**f is not differentiable here.** With the mean slope of both sides error / h tends to {left} from the "
            "left and to {right} from the right; no other slope brings both to 0. In one variable that is the same as "
            "having no derivative."
        ).format(left=left, right=right)
    st.markdown(text)
    st.markdown(
        _(
            "**In two variables it is not the same**: both partial derivatives can exist, even a slope in every "
            "direction, and the error of the plane divided by the distance still does not tend to 0."
        )
    )
    st.button(
        _("See x²y/(x² + y²), which has every slope and is not differentiable"),
        on_click=_go_to_two_variables, icon=":material/arrow_forward:",
    )  # fmt: skip


def _go_to_two_variables() -> None:
    for key, value in TWO_VARIABLES.items():
        if key in settings.KNOBS:
            settings.choose(key, value)
        else:
            state.put(key, value)


def torch_lines(expression: Expression, found: Differential) -> str:
    """Return the code for torch: the linear approximation, its error, and error / h for ever smaller h."""
    slope = found.line
    mean = _("the mean of both sides")
    gradient = (
        "f(x).backward()\nslope = x.grad"
        if found.is_differentiable
        else f"slope = torch.tensor({slope!r}, dtype=torch.float64)  # {mean}"
    )
    return f"""{torch_definition(expression, ["x"])}

x = torch.tensor({found.slope.x!r}, dtype=torch.float64, requires_grad=True)
{gradient}
h = {float(found.rows["h"].iloc[0])!r} / 10.0**torch.arange({len(found.rows)}, dtype=torch.float64)
with torch.no_grad():
    error = f(x + h) - f(x) - slope * h
print(error, error / h, sep="\\n")"""
