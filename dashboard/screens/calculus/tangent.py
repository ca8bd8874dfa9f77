"""A secant that turns into a tangent while dragging."""

from typing import Any

import streamlit as st

from core.calculus.expression.parser import Expression
from core.calculus.slopes import Slope, slope_at
from core.calculus.torch_code import torch_definition
from core.language import _
from dashboard.scenes.tangent.scene import tangent_scene
from dashboard.screens.calculus import function, traps
from dashboard.ui import lesson, scenes, text_fields
from dashboard.visit import settings, state

KEY = "calculus_tangent"


def draw_tangent() -> None:
    """Draw the view."""
    st.markdown(
        _("A secant cuts the curve at two points. Let one run into the other, and the secant turns into the tangent.")
    )
    inputs: dict[str, Any] = function.draw_fields()
    answer = text_fields.answer(KEY, inputs, _work_out)
    expression, slope = answer.value
    scene = tangent_scene(expression, slope.x, settings.value("calculus_h"), function.sentences())
    scenes.tangent(scene, f"{KEY}_moving", _take)
    lesson.code(torch_lines(expression, slope))
    lesson.traps(traps.of_tangents)


def _work_out(calculus_f: str, calculus_x: str) -> tuple[Expression, Slope]:
    expression = function.read_function(calculus_f)
    return expression, slope_at(expression, function.read_place(calculus_x))


def _take() -> None:
    """Take over the point from the browser."""
    taken = state.get(f"{KEY}_moving") or {}
    if isinstance(x := taken.get("take"), int | float):
        state.put("calculus_x", f"{x:.12g}")


def torch_lines(expression: Expression, slope: Slope) -> str:
    """Return the code for torch: the tangent and a secant."""
    return f"""{torch_definition(expression, ["x"])}

x = torch.tensor({slope.x!r}, dtype=torch.float64, requires_grad=True)
y = f(x)
y.backward()

def tangent(at):
    return y.item() + x.grad.item() * (at - x.item())

h = 1e-3
with torch.no_grad():
    secant_slope = (f(x + h) - y) / h
print(x.grad, secant_slope, tangent(x.item() + h))"""
