"""Running sums: the axis is kept."""

import streamlit as st

from core.language import _
from core.tensors import cumsum
from core.tensors.parsing.tensors import tensor_code
from core.tensors.reductions import Array
from dashboard.scenes.cells.running_sums import running_scene
from dashboard.screens.reductions.choices import ask_running_axis, ask_tensor, axes_of, read, tell_unusual
from dashboard.screens.reductions.traps import running_traps
from dashboard.ui import lesson, scenes, text_fields
from dashboard.ui.escape import escape_markdown
from dashboard.ui.printed import show_lines


def draw_running() -> None:
    """Draw the lesson."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        text, tensor = ask_tensor()
        inputs = {"reductions_a": text, "reductions_running_axis": ask_running_axis(tensor.shape)}
        x, axis, sums = text_fields.answer("reductions_running", inputs, compute).value
    call = f"A.cumsum(axis={axis})"
    template = _(
        "The running sums have the shape of A, {shape}: no axis disappears. The last line along axis {axis} is the "
        "sum over that axis."
    )
    left.markdown(escape_markdown(template.format(shape=x.shape, axis=axis)))
    left.latex(_rule(x.ndim, axis))
    with right:
        scenes.cells(running_scene(x, sums, axis, call), key="reductions_running")
        tell_unusual(sums)
        show_lines({"A": x}, call)
    lesson.code("\n".join(["import torch", "", f"A = {tensor_code(x)}", f"result = {call}   # {x.shape}"]))
    lesson.traps(running_traps)


def compute(reductions_a: str, reductions_running_axis: str) -> tuple[Array, int, Array]:
    """Return A, the axis, and the running sums along it. Raises InputError where A has no such axis."""
    x = read(reductions_a)
    axis = axes_of(reductions_running_axis, x.ndim)[0] if x.ndim else 0
    return x, axis, cumsum(x, axis).numpy()


def _rule(count: int, axis: int) -> str:
    letters = list("ijk"[:count])
    running = [*letters[:axis], "t", *letters[axis + 1 :]]
    before = [*letters[:axis], f"{letters[axis]}-1", *letters[axis + 1 :]]
    name, entry = (",".join(letters), ",".join(running))
    return rf"c_{{{name}}} = \sum_{{t=0}}^{{{letters[axis]}}} a_{{{entry}}} = c_{{{','.join(before)}}} + a_{{{name}}}"
