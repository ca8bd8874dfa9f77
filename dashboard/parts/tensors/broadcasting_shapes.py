"""Two shapes alone, of up to 8 axes: do they go together, and what comes of it?"""

from typing import Any

import streamlit as st

from core.language import _
from core.tensors.alignment_words import told
from core.tensors.broadcasting import Alignment, align
from core.tensors.shape_text import parse_shape, shape_text
from dashboard.parts import knobs, lesson, typed
from dashboard.parts.examples import examples
from dashboard.parts.frame import boxes
from dashboard.parts.lesson import Trap
from dashboard.parts.tensors import broadcasting_refusal
from dashboard.parts.trying import trap

A, B = "tensors_shapes_a", "tensors_shapes_b"


def draw_shapes() -> None:
    """Draw the part."""
    left, right = st.columns(2, gap="medium")
    with left:
        typed.field(A, _("Shape of a"))
    with right:
        typed.field(B, _("Shape of b"))
    examples(
        "tensors_shapes",
        {
            "(8, 1, 6, 1) · (7, 1, 5)": {A: "8, 1, 6, 1", B: "7, 1, 5"},
            "(256, 256, 3) · (3,)": {A: "256, 256, 3", B: "3"},
            "(n, 1) · (n,)": {A: "100, 1", B: "100"},
            "(3, 4) · (3,)": {A: "3, 4", B: "3"},
            "(2, 1) · (8, 4, 3)": {A: "2, 1", B: "8, 4, 3"},
            "(0,) · (1,)": {A: "0", B: "1"},
        },
    )
    aligned = typed.answer("tensors_shapes", {A: knobs.text(A), B: knobs.text(B)}, compute).value
    shape = aligned.shape
    boxes(
        [
            (_("Shape of a"), shape_text(aligned.first)),
            (_("Shape of b"), shape_text(aligned.second)),
            (_("Shape of the result"), _("none") if shape is None else shape_text(shape)),
        ]
    )
    if shape is None:
        broadcasting_refusal.show(aligned, "+")
    else:
        broadcasting_refusal.draw_alignment(aligned)
    st.markdown("\n".join(f"- {sentence}" for sentence in told(aligned)))
    lesson.code(lines(aligned))
    lesson.traps(_traps)


def compute(**inputs: Any) -> Alignment:
    """Return the typed shapes, aligned. Raises InputError for what is no shape."""
    return align(parse_shape(inputs[A]), parse_shape(inputs[B]))


def lines(aligned: Alignment) -> str:
    """Return the line of torch that gives the shape, or raises."""
    shape = "raises" if aligned.shape is None else shape_text(aligned.shape)
    return f"torch.broadcast_shapes({shape_text(aligned.first)}, {shape_text(aligned.second)})    # {shape}"


def _traps() -> list[Trap]:
    return [
        trap(
            _("Missing axes are added on the left only."),
            _("So (3,) fits (4, 3) and not (3, 4), even if the 3 rows are meant."),
            "torch.broadcast_shapes((3, 4), (3,))",
        ),
        trap(
            _("0 is a length like any other."),
            _("With 1 it gives 0: an empty tensor, and no error."),
            "shape = torch.broadcast_shapes((0,), (1,))",
            ["shape"],
        ),
    ]
