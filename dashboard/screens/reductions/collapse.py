"""One tensor, one reduction: the axis that disappears, the result, and the steps."""

from collections.abc import Sequence

import streamlit as st

from core.formatting import format_count
from core.language import _, ngettext
from core.tensors import reduce
from core.tensors.formula_text import number
from core.tensors.parsing.tensors import tensor_code
from core.tensors.reduction_steps import Collapse
from core.tensors.reduction_steps import collapse as collapsed
from core.tensors.reductions import Array, mean_by_hand, reduction_call
from dashboard.scenes.cells.collapse import collapse_scene, folds_to_draw
from dashboard.screens.reductions.choices import ask_axes, ask_tensor, axes_of, read, tell_unusual
from dashboard.screens.reductions.formula import working
from dashboard.screens.reductions.traps import collapse_traps
from dashboard.ui import controls, lesson, scenes, text_fields
from dashboard.ui.page import boxes
from dashboard.visit import settings

_NO_BREAK = "\u00a0"


def draw_collapse() -> None:
    """Draw the lesson."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        of = _ask(*ask_tensor())
        st.markdown(told(of))
        st.markdown(shapes(of))
    with right:
        scenes.cells(collapse_scene(of, _call(of)), key="reductions_collapse")
        tell_unusual(of.result)
        st.latex(working(of))
    _show_mean(of)
    lesson.code(lines(of))
    lesson.traps(collapse_traps)


def _ask(text: str, tensor: Array) -> Collapse:
    how = controls.either("reductions_how", _("Reduction"))
    axis = ask_axes(tensor.ndim, tensor.shape)
    correction = settings.value("reductions_correction")
    if how == "var":
        correction = controls.either("reductions_correction", _("Divide by"))
    keepdims = controls.toggle("reductions_keepdims", _("keepdims=True: keep the axis, with length 1"))
    inputs = {
        "reductions_a": text,
        "reductions_how": how,
        "reductions_axis": axis,
        "reductions_keepdims": keepdims,
        "reductions_correction": correction,
    }
    return text_fields.answer("reductions_collapse", inputs, compute).value


def compute(
    reductions_a: str, reductions_how: str, reductions_axis: str, reductions_keepdims: bool, reductions_correction: str
) -> Collapse:
    """Return the chosen reduction. Raises InputError where it is not defined."""
    tensor = read(reductions_a)
    axes = axes_of(reductions_axis, tensor.ndim)
    return collapsed(
        tensor,
        reductions_how,
        axes or None,
        reductions_keepdims,
        correction=int(reductions_correction),
        most=folds_to_draw(tensor.shape, len(axes)),
    )


def told(of: Collapse) -> str:
    """Return a sentence on the reduction."""
    if not of.axes:
        return _("A is one number and has no axis to reduce over.")
    results = ngettext("{count} result", "{count} results", of.result.size).format(count=format_count(of.result.size))
    return ngettext(
        "**{results}**, each from {count} entry.", "**{results}**, each from {count} entries.", of.count
    ).format(results=results, count=format_count(of.count))


def shapes(of: Collapse) -> str:
    """Return the shapes before and after, axis by axis, as a table."""
    axes = range(of.x.ndim)
    kept = [1 if axis in of.axes else of.x.shape[axis] for axis in axes]
    left = [f"{of.x.shape[axis]}" if axis not in of.axes else "✕" for axis in axes]
    after = [length for axis, length in enumerate(of.x.shape) if axis not in of.axes]
    rows = [
        [_("tensor"), *(_("axis {axis}").format(axis=axis).replace(" ", _NO_BREAK) for axis in axes), _("shape")],
        ["---"] * (of.x.ndim + 2),
        [_("before"), *map(str, of.x.shape), _code(of.x.shape)],
        [_("after"), *left, _code(after)],
        [_("with keepdims"), *map(str, kept), _code(kept)],
    ]
    mine = 4 if of.keepdims else 3
    rows[mine] = [f"**{cell}**" for cell in rows[mine]]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _code(shape: Sequence[int]) -> str:
    return f"`{tuple(shape)}`".replace(" ", _NO_BREAK)


def _show_mean(of: Collapse) -> None:
    """Show sum()/numel() next to mean(), of all entries."""
    total, mean = (reduce(of.x, how).item() for how in ("sum", "mean"))
    by_hand = total / of.x.size if of.x.size else float("nan")
    boxes(
        [
            ("A.sum()", number(total)),
            ("A.numel()", format_count(of.x.size)),
            ("A.sum() / A.numel()", number(by_hand)),
            ("A.mean()", number(mean)),
        ]
    )


def _call(of: Collapse) -> str:
    return reduction_call("A", of.how, of.axes, of.x.ndim, of.keepdims, of.correction)


def lines(of: Collapse) -> str:
    """Return the code for torch."""
    code = ["import torch", "", f"A = {tensor_code(of.x)}", f"result = {_call(of)}   # {of.result.shape}"]
    if of.how == "mean" and of.axes:
        code.append(f"by_hand = {mean_by_hand(of.axes, of.x.ndim, of.keepdims)}   # the same")
    return "\n".join(code)
