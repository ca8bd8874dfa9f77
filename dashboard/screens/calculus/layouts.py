"""Shapes of derivatives: numerator and denominator layout, and the Jacobian of a typed example, entry by entry."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
import streamlit as st

from core.calculus.expression.printing import to_text
from core.calculus.layouts import Derivative, Layout, book_shape, laid_out, layout_shape, of_components, of_tensors
from core.calculus.torch_code import tensor_function
from core.formatting import format_number
from core.language import _
from core.tensors import tensor_code
from dashboard.pipeline.tensor_field import tensor_field
from dashboard.scenes.cells.scene import Frame, Panel, frames_scene
from dashboard.screens.calculus import traps
from dashboard.screens.calculus.identities import numbers
from dashboard.screens.calculus.scalar_by_vector import draw_scalar_by_vector
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import examples
from dashboard.ui.tables import show_table

MOST_FRAMES = 40
SYMBOLS: dict[str, tuple[tuple[str, ...], ...]] = {"y": ((), ("m",), ("m", "l")), "x": ((), ("n",), ("n", "k"))}
EXAMPLES = {
    "y = A x": ("A @ x", "1 2 3", "1 2 0; 0 3 1"),
    "y = xᵀA x": ("x @ A @ x", "1 2 3", "1 2 0; 0 3 1; 4 0 2"),
    "y = x ∘ x": ("x*x", "1 2 3", "1 2 0; 0 3 1"),
    "y = A x (x: 2 × 2)": ("A @ x", "1 2; 3 4", "1 2; 0 3"),
    "y = x A (x: scalar)": ("x*A", "2.0", "1 2 0; 0 3 1"),
    "y = ‖x‖": ("norm(x)", "3 4", "1 2; 0 3"),
}
Answered: TypeAlias = tuple[Sequence[str], Derivative, np.ndarray]  # y as text, its derivative, and A


def draw_layouts() -> None:
    """Draw the view."""
    st.markdown(
        _("A derivative holds one number for each entry of y and each entry of x. A layout decides along which axes.")
    )
    draw_scalar_by_vector()
    st.header(_("Any y by any x"), anchor=False)
    kind = controls.either("calculus_kind", _("What is y?"))
    fields, compute = (_component_fields, _by_rules) if kind == "components" else (_tensor_fields, _by_torch)
    inputs = fields()
    layout = controls.either("calculus_layout", _("Layout"))
    texts, found, A = text_fields.answer(f"calculus_layouts_{kind}", inputs, compute).value
    _tell(found, layout)
    _draw_shapes(found, layout)
    _draw_cells(found, layout)
    lesson.code(torch_lines(texts, found, A))
    lesson.traps(traps.of_layouts)


def _component_fields() -> dict[str, str]:
    left, right = st.columns([3, 2])
    with left:
        components = text_fields.field("calculus_components", _("y, one function of x1, x2, … per line"), lines=3)
    with right:
        at = tensor_field("calculus_at", _("at x ="))
    return {"calculus_components": components, "calculus_at": at}


def _tensor_fields() -> dict[str, str]:
    left, middle, right = st.columns(3)
    with left:
        y = text_fields.field("calculus_y", _("y, as in Python"))
    with middle:
        x = tensor_field("calculus_tensor", _("x"))
    with right:
        A = tensor_field("calculus_with", _("A"))
    keys = ("calculus_y", "calculus_tensor", "calculus_with")
    examples("calculus_tensor", {name: dict(zip(keys, texts, strict=True)) for name, texts in EXAMPLES.items()})
    return {"calculus_y": y, "calculus_tensor": x, "calculus_with": A}


def _by_rules(calculus_components: str, calculus_at: str) -> Answered:
    lines = [line for line in calculus_components.splitlines() if line.strip()]
    functions, found = of_components(lines, np.atleast_1d(numbers(calculus_at)))
    return [to_text(function.root) for function in functions], found, np.empty(0)


def _by_torch(calculus_y: str, calculus_tensor: str, calculus_with: str) -> Answered:
    x, A = numbers(calculus_tensor), numbers(calculus_with)
    expression, found = of_tensors(calculus_y, x, A)
    return [to_text(expression.root)], found, A


def _tell(found: Derivative, layout: str) -> None:
    template = _("y has shape {y} and x has shape {x}, so the derivative has shape {shape} in this layout. Central "
                 "differences differ by at most {gap}, relative to its largest entry.")  # fmt: skip
    shape = layout_shape(found.y.shape, found.x.shape, _layout(layout))
    st.markdown(
        escape_markdown(template.format(y=found.y.shape, x=found.x.shape, shape=shape, gap=format_number(found.gap, 2)))
    )


def _layout(said: str) -> Layout:
    return "denominator" if said == "denominator" else "torch" if said == "torch" else "numerator"


def _draw_shapes(found: Derivative, layout: str) -> None:
    """Draw the table of shapes, with the visitor's case in its cell."""
    kinds = (_("scalar"), _("vector"), _("matrix"))
    table: dict[str, Any] = {_("shape of ∂y/∂x"): [_named("y", kind, place) for place, kind in enumerate(kinds)]}
    for column, kind in enumerate(kinds):
        cells = []
        for row in range(3):
            shape = book_shape(SYMBOLS["y"][row], SYMBOLS["x"][column], _layout(layout))
            mine = (row, column) == (found.y.ndim, found.x.ndim)
            own = book_shape(found.y.shape, found.x.shape, _layout(layout))
            cells.append(_written(shape) + (" ← " + _("yours: {shape}").format(shape=own) if mine else ""))
        table[_named("x", kind, column)] = cells
    show_table(pd.DataFrame(table), hide_index=True, alt=_("The shape of the derivative for each kind of y and x."))
    if layout != "torch" and found.y.ndim + found.x.ndim == 1:
        st.caption(_("Books write it as a row or a column; in torch it has one axis and is neither."))


def _named(name: str, kind: str, place: int) -> str:
    symbols = SYMBOLS[name][place]
    return f"{name}: {kind} {_written(symbols)}" if symbols else f"{name}: {kind}"


def _written(shape: Sequence[object]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _draw_cells(found: Derivative, layout: str) -> None:
    """Draw the derivative, entry by entry, with a scrubber that begins at the end."""
    drawn, order = _drawn(found, layout)
    every = list(np.ndindex(drawn.shape))
    stops = range(1, len(every) + 1) if len(every) <= MOST_FRAMES else [len(every)]
    frames = [_frame(found, drawn, order, every, stop) for stop in stops]
    title = _("The derivative, entry by entry")
    scenes.cells(frames_scene(frames, title=title, start=len(frames) - 1), f"calculus_layouts_{layout}_cells")
    if found.y.ndim + found.x.ndim > 3:
        st.caption(_("It has four axes; it is drawn with a row for each entry of y and a column for each entry of x."))


def _drawn(found: Derivative, layout: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the derivative as drawn, and for each cell the index of its entry in torch's order."""
    places = np.arange(found.entries.size).reshape(found.entries.shape)
    if found.entries.ndim > 3:
        side = (found.y.size, found.x.size)
        return found.entries.reshape(side), places.reshape(side)
    axes, where = found.y.ndim, _layout(layout)
    return laid_out(found.entries, axes, where), laid_out(places, axes, where)


def _frame(found: Derivative, drawn: np.ndarray, order: np.ndarray, every: list[Any], stop: int) -> Frame:
    shown = np.full(drawn.shape, "·", dtype=object)
    marks = np.full(drawn.shape, "", dtype=object)
    sources, working = {}, {}
    label = ""
    for index in every[:stop]:
        entry = tuple(int(place) for place in np.unravel_index(int(order[index]), found.entries.shape))
        shown[index] = format_number(float(drawn[index]), 4)
        y_at, x_at = entry[: found.y.ndim], entry[found.y.ndim :]
        sources[index] = [("y", y_at), ("x", x_at)]
        working[index] = label = _worked(found, entry, y_at, x_at)
    if stop < len(every):
        marks[every[stop - 1]] = "new"
    name = _("∂y/∂x")
    panels = [
        Panel("x", found.x, upright=True),
        Panel("y", found.y, upright=True),
        Panel(name, shown, marks, sources, working, dtype="float64"),
    ]
    return Frame(label, panels)


def _worked(found: Derivative, entry: tuple[int, ...], y_at: tuple[int, ...], x_at: tuple[int, ...]) -> str:
    """Return which derivative an entry is, with its formula if there is one."""
    value = format_number(float(found.entries[entry]))
    if entry in found.formulas:
        return f"∂y{y_at[0] + 1}/∂x{x_at[0] + 1} = {to_text(found.formulas[entry])} = {value}"
    over, under = (f"{name}{list(at) if at else ''}" for name, at in (("y", y_at), ("x", x_at)))
    return f"∂{over}/∂{under} = {value}"


def torch_lines(texts: Sequence[str], found: Derivative, A: np.ndarray) -> str:
    """Return the code for torch: the derivative."""
    head = tensor_function(texts, found.x.size if found.formulas else 0)
    given = "" if found.formulas else f"A = {tensor_code(A)}\n"
    return f"""{head}

{given}x = {tensor_code(found.x)}
jacobian = torch.autograd.functional.jacobian(f, x)
print(jacobian.shape, jacobian)"""
