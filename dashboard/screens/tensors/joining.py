"""Joining: torch.cat along an existing axis, torch.stack along a new one."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from core.formatting import format_list
from core.language import _
from core.tensors import parse_tensor, tensor_code
from core.tensors.joining import How, Joined, axes_that_fit, join
from core.tensors.shapes import shape_text
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.joining import joining_scene
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.page import boxes
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap
from dashboard.visit import settings

X, Y, HOW, AXIS = "tensors_join_x", "tensors_join_y", "tensors_join_how", "tensors_join_axis"


@dataclass(frozen=True, eq=False)
class Lesson:
    """What the view shows."""

    x: np.ndarray[Any, Any]
    y: np.ndarray[Any, Any]
    how: How
    joined: Joined


def draw_joining() -> None:
    """Draw the view."""
    st.markdown(_("How are two tensors joined: along an existing axis, or along a new one?"))
    _ask()
    inputs = {X: settings.text(X), Y: settings.text(Y), HOW: settings.value(HOW), AXIS: settings.value(AXIS)}
    of = text_fields.answer("tensors_join", inputs, compute).value
    _show_shapes(of)
    scenes.cells(joining_scene({"X": of.x, "Y": of.y}, of.joined, "Z"), key="tensors_join_cells")
    show_lines({"X": of.x, "Y": of.y}, f"torch.{of.how}((X, Y), dim={of.joined.axis})")
    lesson.code(lines(of))
    lesson.traps(_traps)


def compute(**inputs: Any) -> Lesson:
    """Return the lesson for the typed tensors. Raises InputError for what cannot be parsed or joined."""
    x, y = parse_tensor(inputs[X]), parse_tensor(inputs[Y])
    return Lesson(x, y, inputs[HOW], join({"X": x, "Y": y}, int(inputs[AXIS]), inputs[HOW]))


def lines(of: Lesson) -> str:
    """Return the code for torch."""
    return (
        f"X = {tensor_code(of.x)}\n"
        f"Y = {tensor_code(of.y)}\n"
        f"Z = torch.{of.how}((X, Y), dim={of.joined.axis})\n"
        f"Z.shape    # {shape_text(of.joined.values.shape)}"
    )


def _ask() -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        tensor_field(X, "X")
    with right:
        tensor_field(Y, "Y")
    left, right = st.columns(2, gap="medium")
    with left:
        controls.either(HOW, _("How"))
    with right:
        controls.either(AXIS, _("Axis"))
    notes = {X: "arange(12).reshape(3, 4)", Y: "[[2, 1, 4, 3], [1, 2, 3, 4], [4, 3, 2, 1]]"}
    examples(
        "tensors_join",
        {
            _("rows under rows"): notes | {HOW: "cat", AXIS: "0"},
            _("columns next to columns"): notes | {HOW: "cat", AXIS: "1"},
            _("two matrices along a new axis"): notes | {HOW: "stack", AXIS: "0"},
            _("two vectors as columns"): {X: "[1, 2, 3]", Y: "[10, 20, 30]", HOW: "stack", AXIS: "1"},
        },
    )


def _show_shapes(of: Lesson) -> None:
    shapes = {"X": of.x.shape, "Y": of.y.shape}
    result = of.joined.values
    pairs = [
        (_("Shape of X"), shape_text(of.x.shape)),
        (_("Shape of Y"), shape_text(of.y.shape)),
        (_("Shape of Z"), shape_text(result.shape)),
        (_("dtype of Z"), str(result.dtype)),
    ]
    boxes(pairs)
    axis, sentences = of.joined.axis, []
    if of.how == "cat":
        sentence = _("Along axis {axis} the lengths add up, {one} + {two} = {sum}; every other length stays the same.")
        lengths = {"one": of.x.shape[axis], "two": of.y.shape[axis], "sum": result.shape[axis]}
        sentences.append(sentence.format(axis=axis, **lengths))
    else:
        sentence = _("The new axis {axis} has length 2: Z[{index}] is X, and the same with 1 is Y.")
        sentences.append(sentence.format(axis=axis, index=", ".join([":"] * axis + ["0"])))
    for how, words in (("cat", _("`cat` works along {axes}.")), ("stack", _("`stack` works at {axes}."))):
        fitting = axes_that_fit(shapes, "cat" if how == "cat" else "stack")
        axes = format_list(_("axis {axis}").format(axis=fit) for fit in fitting) or _("no axis")
        sentences.append(words.format(axes=axes))
    if of.x.dtype != of.y.dtype:
        sentence = _("X is {one} and Y is {two}: Z is promoted to {result}.")
        sentences.append(sentence.format(one=of.x.dtype, two=of.y.dtype, result=result.dtype))
    st.markdown(" ".join(sentences))


def _traps() -> list[Trap]:
    return [
        trap(_("All other lengths must be equal."), _("Along the axis itself they may differ; along the others not."),
             "torch.cat((torch.zeros(3, 4), torch.zeros(3, 2)), dim=0)"),
        trap(_("A vector is not a matrix with one row."), _("A vector has one axis: add a second one, `v[None]`."),
             "M, v = torch.zeros(3, 4), torch.ones(4)\ntorch.cat((M, v), dim=0)"),
        trap(_("`stack` needs equal shapes."), _("All tensors must have the same shape."),
             "torch.stack((torch.zeros(3, 4), torch.zeros(2, 4)))"),
        trap(_("Scalars are stacked, not joined."), _("They have no axis to join along."),
             "torch.cat((torch.tensor(1), torch.tensor(2)))"),
        trap(
            _("Joining copies."),
            _("Later changes of X do not change Z. In a loop, collect in a list and join once."),
            "X = torch.zeros(2)\nZ = torch.cat((X, X))\nX[0] = 9",
            ["Z.tolist()"],
        ),
    ]  # fmt: skip
