"""Shapes that do not go together: where, what torch says, and the lines that would make them fit."""

import streamlit as st

from core.attempts import run
from core.language import _
from core.tensors.broadcasting import Alignment, alignment_table, ways_out
from core.tensors.shapes import shape_text
from dashboard.charts.broadcasting import alignment
from dashboard.parts import attempts
from dashboard.parts.chart import draw_chart
from dashboard.parts.plain import show_warning


def show(aligned: Alignment, sign: str) -> None:
    """Show all of it. The shapes must not go together."""
    apart = aligned.apart
    if apart is None:
        return
    sentence = _(
        "Shapes {first} and {second} do not go together: on axis −{axis} stand {one} and {two}. The lengths must be "
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
        attempts.show_error(attempt)
    _show_ways(aligned)


def draw_alignment(aligned: Alignment) -> None:
    """Draw the shapes above each other; shapes without any axis leave nothing to draw."""
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
        st.markdown(_("No new axis and no transposition makes these two go together: a length itself is wrong."))
        return
    told = _("`{line}` has shape {becomes}, and the result {shape}")
    listed = [
        told.format(line=way.line, becomes=shape_text(way.becomes), shape=shape_text(way.shape)) for way in ways[:4]
    ]
    st.markdown(
        _("Lines that would make them fit. They compute different things, so choose the one that you mean:")
        + "\n\n"
        + "\n".join(f"- {line}" for line in listed)
    )
