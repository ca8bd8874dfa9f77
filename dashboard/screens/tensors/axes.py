"""Axes, shape and dimension, strides, and reshaping."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.tensors import parse_tensor, tensor_code
from core.tensors.shapes import (
    Facts,
    Reshaped,
    describe,
    dimension_sentence,
    kind,
    parse_shape,
    reshape,
    shape_text,
    walk,
)
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.axes import axes_scene
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.examples import examples
from dashboard.ui.lesson import Trap
from dashboard.ui.page import boxes
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap
from dashboard.visit import settings

A, SHAPE, ALONG, TRANSPOSED = "tensors_axes_a", "tensors_axes_shape", "tensors_axes_along", "tensors_axes_transposed"


@dataclass(frozen=True, eq=False)
class Lesson:
    """What the view shows; `axis` is None for a tensor that does not have the chosen one."""

    tensor: np.ndarray[Any, Any]
    facts: Facts
    axis: int | None
    passed: np.ndarray[Any, Any]
    reshaped: Reshaped
    transposed: bool
    asked: tuple[int, ...]


def draw_axes() -> None:
    """Draw the view."""
    st.markdown(_("How many axes does a tensor have, how long are they, and which of these is its *dimension*?"))
    _ask()
    inputs = {
        A: settings.text(A),
        SHAPE: settings.text(SHAPE),
        ALONG: settings.value(ALONG),
        TRANSPOSED: settings.value(TRANSPOSED),
    }
    of = text_fields.answer("tensors_axes", inputs, compute).value
    _show_facts(of)
    scenes.cells(axes_scene(of.tensor, of.passed, of.reshaped), key="tensors_axes_cells")
    _show_working(of)
    _show_printed(of)
    lesson.code(lines(of))
    lesson.traps(_traps)


def compute(**inputs: Any) -> Lesson:
    """Return the lesson for the typed texts. Raises InputError for what cannot be parsed, or reshaped."""
    tensor = parse_tensor(inputs[A])
    axis = int(inputs[ALONG]) % tensor.ndim if -tensor.ndim <= int(inputs[ALONG]) < tensor.ndim else None
    passed = np.zeros(tensor.shape, dtype=bool) if axis is None else walk(tensor.shape, axis)
    shape = parse_shape(inputs[SHAPE], inferred=True, most_axes=3)
    try:
        reshaped = reshape(tensor, shape, transposed=inputs[TRANSPOSED])
    except InputError as problem:
        raise InputError(_("B cannot be made: {problem}").format(problem=problem)) from problem
    return Lesson(tensor, describe(tensor), axis, passed, reshaped, inputs[TRANSPOSED], tuple(shape))


def lines(of: Lesson) -> str:
    """Return the code for torch."""
    length = "" if of.facts.length is None else f"len(A)        # {of.facts.length}\n"
    axes = ", ".join(map(str, reversed(range(of.facts.axes))))
    turned = f"A.permute({axes})" if of.transposed and axes else "A"
    sizes = ", ".join(map(str, of.reshaped.values.shape)) or "()"
    return (
        f"A = {tensor_code(of.tensor)}\n"
        f"A.ndim        # {of.facts.axes}\n"
        f"A.shape       # {shape_text(of.facts.shape)}\n"
        f"A.numel()     # {of.facts.elements}\n"
        f"{length}"
        f"A.stride()    # {shape_text(of.facts.strides)}\n"
        f"B = {turned}.reshape({sizes})\n"
        f"B.stride()    # {shape_text(of.reshaped.strides)}"
    )


def _ask() -> None:
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        tensor_field(A, _("A"))
        examples(
            "tensors_axes",
            {
                _("scalar"): {A: "7", SHAPE: "1, 1"},
                _("vector"): {A: "arange(12)", SHAPE: "3, 4"},
                _("matrix"): {A: "arange(12).reshape(3, 4)", SHAPE: "2, 6"},
                _("3 axes"): {A: "arange(24).reshape(2, 3, 4)", SHAPE: "-1, 4"},
                _("one entry"): {A: "[7]", SHAPE: "1, 1"},
                _("column"): {A: "[[1], [2], [3]]", SHAPE: "3"},
            },
        )
        controls.either(ALONG, _("Step along"))
    with right:
        text_fields.field(SHAPE, _("Shape of B"), help=_("Lengths separated by commas; one may be −1, to be inferred."))
        controls.toggle(TRANSPOSED, _("Reverse the axes of A first"), help=_("For a matrix this is A.T."))


def _show_facts(of: Lesson) -> None:
    facts = of.facts
    boxes(
        [
            (_("Axes · A.ndim"), str(facts.axes), _("The number of indices that select one element.")),
            (_("Shape · A.shape"), shape_text(facts.shape), _("The length along each axis.")),
            (
                _("Elements · A.numel()"),
                format_count(facts.elements),
                _("The product of all lengths. NumPy calls it size."),
            ),
            (
                _("Length · len(A)"),
                _("none") if facts.length is None else format_count(facts.length),
                _("The length of axis 0 alone; a scalar has none, and len raises."),
            ),
            (
                _("Strides · A.stride()"),
                shape_text(facts.strides),
                _("Steps in memory from one entry to the next along each axis."),
            ),
        ]
    )
    name = _("A is a {kind}.").format(kind=kind(facts.axes))
    st.markdown(f"**{name}** {dimension_sentence(facts)}")


def _show_working(of: Lesson) -> None:
    facts, shape = of.facts, of.reshaped.values.shape
    sentences = []
    if of.axis is None:
        sentences.append(
            _("A has no axis {axis}, so no cell is highlighted.").format(axis=settings.value(ALONG).replace("-", "−"))
        )
    else:
        sentence = _(
            "Axis {axis} has length {length}, and each step along it moves {stride} in memory: this is the stride."
        )
        sentences.append(sentence.format(axis=of.axis, length=facts.shape[of.axis], stride=facts.strides[of.axis]))
    product = " × ".join(map(str, shape)) or "1"
    sentences.append(
        _("The number of elements of B is {product} = {elements}.").format(product=product, elements=facts.elements)
    )
    if of.reshaped.shares_memory:
        sentences.append(_("It is a view: no element was copied, only the strides changed."))
    else:
        sentences.append(_("No strides can express this order, so the elements were copied; `view` would raise here."))
    st.markdown(" ".join(sentences))


def _show_printed(of: Lesson) -> None:
    """Show what torch prints for A, its facts and B, and for new tensors of the shape of B."""
    left, right = st.columns(2, gap="large")
    with left:
        turned = "A.permute({})".format(", ".join(map(str, reversed(range(of.facts.axes)))))
        typed = ", ".join(map(str, of.asked)) or "()"
        name = turned if of.transposed and of.facts.axes else "A"
        show_lines({"A": of.tensor}, "A", "A.numel()", "A.shape", f"{name}.reshape({typed})")
    with right:
        shape = shape_text(of.reshaped.values.shape)
        drawn = f"torch.randn({shape}, generator=torch.Generator().manual_seed(0))"
        show_lines({"A": of.tensor}, f"torch.zeros({shape})", f"torch.ones({shape})", drawn, "torch.zeros_like(A)")
        st.caption(_("The generator makes the random numbers repeatable; without it each call draws new ones."))


def _traps() -> list[Trap]:
    return [
        trap(
            _("“Dimension” means two things."),
            _("`dim=` in torch is an axis; the dimension of a vector is its length. `len` is the length of axis 0, not "
              "the number of elements."),
            "A = torch.zeros(2, 3, 4)",
            ["A.ndim", "len(A)", "A.numel()", "A.shape[-1]"],
        ),
        trap(_("The number of elements stays the same."), _("Reshaping adds and removes nothing."),
             "torch.arange(12).reshape(5, 3)"),
        trap(
            _("Reshaping is not transposing."),
            _("Both give shape (3, 2) here, but only one of them swaps rows and columns."),
            "A = torch.tensor([[1, 2, 3], [4, 5, 6]])",
            ["A.reshape(3, 2).tolist()", "A.T.tolist()"],
        ),
        trap(_("`view` never copies."), _("After a transpose no strides can express the new order; `reshape` then "
                                          "copies."),
             "torch.arange(12).reshape(3, 4).T.view(12)"),
        trap(_("A scalar has no length."), _("It has one element and no axis: `numel()` is 1."),
             "len(torch.tensor(7))"),
    ]  # fmt: skip
