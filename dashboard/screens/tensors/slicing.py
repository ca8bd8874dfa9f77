"""Slicing: a typed index, the cells it selects, view or copy, and writing through it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from core.errors import InputError
from core.formatting import format_count, format_list
from core.language import _
from core.tensors import parse_tensor, tensor_code
from core.tensors.printed import in_float32, print_value
from core.tensors.shapes import shape_text
from core.tensors.slicing import Selection, Written, select, write
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.slicing import slicing_scene
from dashboard.ui import lesson, scenes, text_fields
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.page import boxes
from dashboard.ui.printed import show_printed
from dashboard.ui.traps import trap
from dashboard.visit import settings

A, INDEX, VALUE = "tensors_slice_a", "tensors_slice_index", "tensors_slice_value"


@dataclass(frozen=True, eq=False)
class Lesson:
    """What the view shows."""

    tensor: np.ndarray[Any, Any]
    selection: Selection
    value: np.ndarray[Any, Any]
    written: Written


def draw_slicing() -> None:
    """Draw the view."""
    st.markdown(_("Which cells does an index select, in which shape, and is the result a view or a copy?"))
    _ask()
    inputs = {A: settings.text(A), INDEX: settings.text(INDEX), VALUE: settings.text(VALUE)}
    of = text_fields.answer("tensors_slice", inputs, compute).value
    _show_facts(of)
    scenes.cells(slicing_scene(of.tensor, of.selection, of.written), key="tensors_slice_cells")
    _show_working(of)
    index = of.selection.index
    written = f"A[{index}] = {_value(of)}; A"
    answers = [print_value(f"A[{index}]", of.selection.values), print_value(written, of.written.directly)]
    show_printed(answers, narrowed=in_float32(of.tensor))
    lesson.code(lines(of))
    lesson.traps(_traps)


def compute(**inputs: Any) -> Lesson:
    """Return the lesson for the typed texts. Raises InputError for what cannot be parsed, selected or written."""
    tensor = parse_tensor(inputs[A])
    selection = select(tensor, inputs[INDEX])
    try:
        value = parse_tensor(inputs[VALUE])
        written = write(tensor, selection, value)
    except InputError as problem:
        raise InputError(_("The value v cannot be written: {problem}").format(problem=problem)) from problem
    return Lesson(tensor, selection, value, written)


def lines(of: Lesson) -> str:
    """Return the code for torch: C is A after A[…] = v, D is A after B[…] = v."""
    index = of.selection.index
    # A condition refers to A, whatever the name of the indexed tensor.
    return (
        f"A = {tensor_code(of.tensor)}\n"
        f"B = A[{index}]        # shape {shape_text(of.selection.values.shape)}\n"
        f"v = {_value(of)}\n"
        f"C, D = A.clone(), A.clone()\n"
        f"C[{index}] = v        # writes into C\n"
        f"E = D[{index}]\n"
        f"E[...] = v        # {'writes into D too' if of.selection.is_view else 'D stays as it was'}"
    )


def _value(of: Lesson) -> str:
    """Return v as Python code."""
    if of.value.ndim:
        return tensor_code(of.value)
    return repr(of.value.item()).replace("nan", "torch.nan").replace("inf", "torch.inf")


def _ask() -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        tensor_field(A, "A")
    with right:
        example = _("Slices 1:3, ::2, numbers -1, lists [0, 2], conditions A > 2, None and ..., separated by commas.")
        text_fields.field(INDEX, _("Index: A[ … ]"), help=escape_markdown(example))
        text_fields.field(
            VALUE, _("v, value to write"), help=_("A number, or a tensor that can be broadcast to the selection.")
        )
    examples(
        "tensors_slice",
        {
            index: {INDEX: index}
            for index in ("-1", "1:3", "1, 2", "0:2, :", ":, 0", "::2, 1::2", "[0, 2]", "A > 5", "A[:, 0] > 3", "None")
        },
    )


def _show_facts(of: Lesson) -> None:
    selection = of.selection
    boxes(
        [
            (_("Shape of A"), shape_text(of.tensor.shape)),
            (_("Shape of B"), shape_text(selection.values.shape)),
            (_("Selected cells"), f"{format_count(int(selection.picked.sum()))} / {format_count(of.tensor.size)}"),
            (
                _("B is"),
                _("a view") if selection.is_view else _("a copy"),
                _("Slices, whole numbers, None and ... give a view; a list or a condition gives a copy."),
            ),
        ]
    )


def _show_working(of: Lesson) -> None:
    selection = of.selection
    sentences = []
    for step in selection.steps:
        axes = format_list(_("axis {axis}").format(axis=axis) for axis in step.axes) or _("no axis of A")
        sentences.append(f"- `{step.item or ':'}` · {axes}: {escape_markdown(step.sentence)}")
    st.markdown("\n".join(sentences))
    if selection.is_view:
        sentence = _(
            "B is a view: it starts at offset {offset} in the memory of A, with strides {strides}. Nothing was copied."
        )
        st.markdown(sentence.format(offset=selection.offset, strides=shape_text(selection.strides)))
    else:
        st.markdown(_("B is a copy: no offset and strides can describe the selected cells."))
    if of.written.cut:
        st.markdown(_("A holds whole numbers: the fraction of v was dropped without an error."))


def _traps() -> list[Trap]:
    matrix = "A = torch.arange(12).reshape(3, 4)\n"
    return [
        trap(
            _("Writing into a view changes its tensor."),
            _("Use `A[0].clone()` to keep A unchanged."),
            matrix + "B = A[0]\nB[0] = 99",
            ["A[0].tolist()"],
        ),
        trap(
            _("A list gives a copy, and what is written into the copy is lost."),
            _("Write with one index, `A[[0, 2], 1] = 99`, not with two in a row."),
            matrix + "A[[0, 2]][:, 1] = 99",
            ["A[:, 1].tolist()"],
        ),
        trap(
            _("`0` and `0:1` differ."),
            _("A number removes its axis, a slice of length 1 keeps it."),
            matrix.strip(),
            ["A[0].shape", "A[0:1].shape"],
        ),
        trap(_("An index past the end."), _("A slice is clipped without an error; a number raises."),
             matrix + "A[1:99].shape    # (2, 4)\nA[3]"),
        trap(_("No negative steps."), _("Unlike NumPy, torch reverses an axis only with `A.flip(0)`, which copies."),
             matrix + "A[::-1]"),
        trap(_("`and` does not work on cells."), _("Write `(A > 2) & (A < 9)`, with the brackets."),
             matrix + "A[2 < A < 9]"),
        trap(
            _("Two lists are pairs, not a grid."),
            _("`A[[0, 2], [1, 3]]` selects 2 cells; for the grid of 4 use `A[[0, 2]][:, [1, 3]]`."),
            matrix.strip(),
            ["A[[0, 2], [1, 3]].tolist()", "A[[0, 2]][:, [1, 3]].tolist()"],
        ),
        trap(
            _("Whole numbers drop fractions."),
            _("`A` is int64; make it float first, `A.double()`."),
            matrix + "A[0, 0] = 2.75",
            ["A[0, 0].item()"],
        ),
    ]  # fmt: skip
