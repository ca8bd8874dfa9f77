"""Broadcasting: two tensors, two shapes alone, and the loss bug."""

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
import streamlit as st

from core.formatting import format_count
from core.language import _
from core.tensors import parse_tensor, tensor_code
from core.tensors.broadcasting import (
    Alignment,
    align,
    alignment_text,
    broadcast_shape,
    combine,
    explain_alignment,
    stretch,
)
from core.tensors.shapes import shape_text
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.broadcasting import broadcasting_scene
from dashboard.screens.tensors import broadcasting_shapes
from dashboard.screens.tensors.broadcasting_bug import draw_loss_bug
from dashboard.screens.tensors.broadcasting_shapes import draw_shapes
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.page import boxes
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap
from dashboard.visit import settings

A, B, BY = "tensors_broadcast_a", "tensors_broadcast_b", "tensors_broadcast_by"
WRITTEN = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/", "equal": "==", "greater": ">"}


@dataclass(frozen=True, eq=False)
class Lesson:
    """What the view shows of two tensors; `result` is None where their shapes cannot be broadcast."""

    a: np.ndarray[Any, Any]
    b: np.ndarray[Any, Any]
    by: str
    aligned: Alignment
    result: np.ndarray[Any, Any] | None


def draw_broadcasting() -> None:
    """Draw the view."""
    st.markdown(_("What happens when tensors of two shapes are added, and which shapes cannot be broadcast?"))
    parts = {"pair": _draw_pair, "shapes": draw_shapes, "bug": draw_loss_bug}
    controls.view("tensors_broadcast_part", _("Which part"), parts)()


def compute(**inputs: Any) -> Lesson:
    """Return the lesson for the typed tensors; incompatible shapes are a lesson too.

    Raises InputError for a text that cannot be parsed, or a tensor that is too large.
    """
    a, b = parse_tensor(inputs[A]), parse_tensor(inputs[B])
    aligned = align(a.shape, b.shape)
    if aligned.shape is None:
        return Lesson(a, b, inputs[BY], aligned, None)
    broadcast_shape(a.shape, b.shape)
    return Lesson(a, b, inputs[BY], aligned, combine(a, b, inputs[BY]))


def lines(of: Lesson) -> str:
    """Return the code for torch."""
    start = f"a = {tensor_code(of.a)}\nb = {tensor_code(of.b)}\n"
    shape = of.aligned.shape
    if shape is None:
        return f"{start}a {WRITTEN[of.by]} b    # raises"
    return (
        f"{start}c = a {WRITTEN[of.by]} b    # shape {shape_text(shape)}\n"
        f"a.expand({shape_text(shape)}).stride()    # {shape_text(stretch(of.a, shape).strides)}: 0 reads the same "
        "memory again"
    )


def _draw_pair() -> None:
    _ask()
    inputs = {A: settings.text(A), B: settings.text(B), BY: settings.value(BY)}
    of = text_fields.answer("tensors_broadcast", inputs, compute).value
    _show_facts(of)
    if of.result is None:
        broadcasting_shapes.show(of.aligned, WRITTEN[of.by])
    else:
        scenes.cells(broadcasting_scene(of.a, of.b, of.result, of.by), key="tensors_broadcast_cells")
        show_lines({"a": of.a, "b": of.b}, "a, b", f"a {WRITTEN[of.by]} b")
    _show_working(of)
    lesson.code(lines(of))
    lesson.traps(_traps)


def _ask() -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        tensor_field(A, "a")
    with right:
        tensor_field(B, "b")
    controls.either(BY, _("What is computed"))
    examples(
        "tensors_broadcast",
        {
            _("column and row"): {A: "[[0], [1], [2]]", B: "[[0, 1]]"},
            _("matrix and row"): {A: "arange(12).reshape(3, 4)", B: "[10, 20, 30, 40]"},
            _("matrix and number"): {A: "arange(12).reshape(3, 4)", B: "100"},
            _("3 axes"): {A: "arange(6).reshape(3, 1, 2)", B: "[[10], [20]]"},
            _("a pair that fails"): {A: "arange(12).reshape(3, 4)", B: "[1, 2, 3]"},
        },
    )


def _show_facts(of: Lesson) -> None:
    figures: list[tuple[str, str] | tuple[str, str, str]] = [
        (_("Shape of a"), shape_text(of.a.shape)),
        (_("Shape of b"), shape_text(of.b.shape)),
    ]
    if of.result is None:
        figures.append((_("Shape of the result"), _("none")))
    else:
        drawn, kept = 2 * prod(of.result.shape), of.a.size + of.b.size
        figures += [
            (_("Shape of the result"), shape_text(of.result.shape)),
            (_("dtype of the result"), str(of.result.dtype)),
            (
                _("Cells read / kept"),
                f"{format_count(drawn)} / {format_count(kept)}",
                _("Virtual copies take no memory: the same cell is read several times."),
            ),
        ]
    boxes(figures)


def _show_working(of: Lesson) -> None:
    if not of.aligned.pairs:
        st.markdown(_("Two numbers without an axis: there is nothing to align."))
        return
    if of.result is not None:
        st.caption(_("The shapes, aligned from the right"))
        st.code(alignment_text(of.aligned), language=None)
    st.markdown("\n".join(f"- {sentence}" for sentence in explain_alignment(of.aligned)))


def _traps() -> list[Trap]:
    return [
        trap(_("Lengths other than 1 are never repeated."), _("Not even if one is twice the other."),
             "torch.zeros(3, 4) + torch.zeros(2)"),
        trap(
            _("A vector is a row, never a column."),
            _("Shapes are aligned from the right: (3,) matches the last axis. For one number per row use `v[:, "
              "None]`."),
            "A, v = torch.ones(3, 3), torch.tensor([10, 20, 30])",
            ["(A + v)[0].tolist()", "(A + v[:, None])[0].tolist()"],
        ),
        trap(
            _("Comparing shapes by eye is not enough."),
            _("A column minus a row is a matrix, without an error: see “The loss bug”."),
            "yhat, y = torch.zeros(4, 1), torch.zeros(4)",
            ["(yhat - y).shape"],
        ),
        trap(
            _("In place a tensor never becomes larger."),
            _("`a += b` keeps the shape of a, so only b may be broadcast."),
            "a, b = torch.zeros(1, 3), torch.zeros(2, 3)\na += b",
        ),
    ]  # fmt: skip
