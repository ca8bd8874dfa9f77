"""Incompatible shapes: the axis, the error of torch, and lines that would make them fit."""

from typing import Any

import streamlit as st

from core.code_runner import run
from core.language import _
from core.tensors.broadcasting import Alignment, align, alignment_table, explain_alignment, ways_out
from core.tensors.shapes import parse_shape, shape_text
from dashboard.charts.tensors import alignment
from dashboard.ui import code_runs, lesson, text_fields
from dashboard.ui.chart import draw_chart
from dashboard.ui.escape import show_warning
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.page import boxes
from dashboard.ui.traps import trap
from dashboard.visit import settings


def show(aligned: Alignment, sign: str) -> None:
    """Show all of it, for incompatible shapes."""
    apart = aligned.apart
    if apart is None:
        return
    sentence = _(
        "Shapes {first} and {second} cannot be broadcast: axis −{axis} has lengths {one} and {two}. Lengths must be "
        "equal, or one of them 1."
    )
    show_warning(
        sentence.format(
            first=shape_text(aligned.first), second=shape_text(aligned.second), axis=-apart.axis, one=apart.first,
            two=apart.second,
        )
    )  # fmt: skip
    draw_alignment(aligned)
    first, second = shape_text(aligned.first), shape_text(aligned.second)
    attempt, _variables = run(f"import torch\ntorch.zeros({first}) {sign} torch.zeros({second})", {}, [])
    if not attempt.worked:
        code_runs.show_error(attempt)
    _show_ways(aligned)


def draw_alignment(aligned: Alignment) -> None:
    """Draw the shapes above each other; without any axis there is nothing to draw."""
    if not aligned.pairs:
        return
    shape = aligned.shape
    end = (
        _("there is no result") if shape is None else _("the result has shape {shape}").format(shape=shape_text(shape))
    )
    sentence = _("Shapes {first} and {second}, aligned from the right: {end}.")
    alternative = sentence.format(first=shape_text(aligned.first), second=shape_text(aligned.second), end=end)
    draw_chart(alignment(alignment_table(aligned)), alternative)


def _show_ways(aligned: Alignment) -> None:
    ways = ways_out(aligned.first, aligned.second)
    if not ways:
        st.markdown(_("No new axis and no transpose makes these two fit: a length itself is wrong."))
        return
    template = _("`{line}` has shape {becomes}, and the result {shape}")
    listed = [
        template.format(line=way.line, becomes=shape_text(way.becomes), shape=shape_text(way.shape)) for way in ways[:4]
    ]
    st.markdown(
        _("Lines that would make them fit. They compute different things, so choose the one you intend:")
        + "\n\n"
        + "\n".join(f"- {line}" for line in listed)
    )


A, B = "tensors_shapes_a", "tensors_shapes_b"


def draw_shapes() -> None:
    """Draw the part."""
    left, right = st.columns(2, gap="medium")
    with left:
        text_fields.field(A, _("Shape of a"))
    with right:
        text_fields.field(B, _("Shape of b"))
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
    aligned = text_fields.answer("tensors_shapes", {A: settings.text(A), B: settings.text(B)}, compute).value
    shape = aligned.shape
    boxes(
        [
            (_("Shape of a"), shape_text(aligned.first)),
            (_("Shape of b"), shape_text(aligned.second)),
            (_("Shape of the result"), _("none") if shape is None else shape_text(shape)),
        ]
    )
    if shape is None:
        show(aligned, "+")
    else:
        draw_alignment(aligned)
    st.markdown("\n".join(f"- {sentence}" for sentence in explain_alignment(aligned)))
    lesson.code(lines(aligned))
    lesson.traps(_traps)


def compute(**inputs: Any) -> Alignment:
    """Return the typed shapes, aligned. Raises InputError for text that is not a shape."""
    return align(parse_shape(inputs[A]), parse_shape(inputs[B]))


def lines(aligned: Alignment) -> str:
    """Return the line of torch that computes the shape, or raises."""
    shape = "raises" if aligned.shape is None else shape_text(aligned.shape)
    return f"torch.broadcast_shapes({shape_text(aligned.first)}, {shape_text(aligned.second)})    # {shape}"


def _traps() -> list[Trap]:
    return [
        trap(
            _("New axes are added on the left only."),
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
