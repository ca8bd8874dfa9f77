"""Lessons on torch's gradients and their errors, on the visitor's vector."""

from collections.abc import Callable
from typing import Any

from core.autograd.lessons import Vector, read_vector
from core.language import _
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.screens.autograd.gradient_lessons import draw_accumulate, draw_dot, draw_none, draw_vector
from dashboard.screens.autograd.graph_lessons import draw_detach, draw_flow, draw_twice
from dashboard.ui import controls, text_fields
from dashboard.ui.examples import examples
from dashboard.visit import settings

LESSON, X = "autograd_lesson", "autograd_lessons_x"
DRAWN: dict[str, Callable[[Vector], None]] = {
    "none": draw_none,
    "dot": draw_dot,
    "accumulate": draw_accumulate,
    "vector": draw_vector,
    "detach": draw_detach,
    "twice": draw_twice,
}


def draw_lessons() -> None:
    """Draw the view."""
    chosen = controls.either(LESSON, _("Lesson"), visible="collapsed")
    if chosen == "flow":
        draw_flow()
        return
    tensor_field(X, _("x"))
    examples("autograd_lessons", {_("the notes' x"): {X: "[0, 1, 2, 3]"}, _("with a negative"): {X: "[-1.5, 0.5, 2]"},
                                 _("one number"): {X: "3"}})  # fmt: skip
    x = text_fields.answer("autograd_lessons", {X: settings.text(X)}, _read).value
    DRAWN[chosen](x)


def _read(**inputs: Any) -> Vector:
    return read_vector(inputs[X])
