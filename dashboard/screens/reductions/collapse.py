"""One tensor, one reduction: the axis that disappears, the result, and the steps; or torch's refusal."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from core.code_runner import Execution
from core.formatting import format_count, format_number
from core.language import _, ngettext
from core.tensors import reduce
from core.tensors.formula_text import listed, number, term
from core.tensors.parsing.tensors import tensor_code
from core.tensors.products import wrapping
from core.tensors.reduction_steps import Collapse
from core.tensors.reduction_steps import collapse as collapsed
from core.tensors.reductions import FLOATS_ONLY, Array, Floats, RefusedError, find_how, mean_by_hand, reduction_call
from core.tensors.rounding import rounding_of
from dashboard.scenes.cells.collapse import collapse_scene, folds_to_draw
from dashboard.screens.reductions import kinds
from dashboard.screens.reductions.choices import ask_axes, ask_tensor, axes_of, read, tell_unusual
from dashboard.screens.reductions.formula import working
from dashboard.screens.reductions.traps import collapse_traps
from dashboard.ui import code_runs, controls, lesson, printed, scenes, text_fields
from dashboard.ui.escape import escape_markdown, show_notes
from dashboard.ui.page import boxes
from dashboard.visit import settings

_NO_BREAK = "\u00a0"


@dataclass(frozen=True, eq=False)
class Asked:
    """The reduction `how`, its line and its divisor. Where torch refuses it, `of` is the sum along the same axes."""

    of: Collapse
    line: str
    how: str
    correction: str
    refusal: RefusedError | None = None


def draw_collapse() -> None:
    """Draw the lesson."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        asked = _ask(*ask_tensor())
        of = asked.of
        st.markdown(told(of))
        st.markdown(shapes(of))
    with right:
        if asked.refusal is None:
            _show(asked)
        else:
            _show_refusal(asked, asked.refusal)
    _show_mean(of)
    kinds.draw(of.x)
    lesson.code(lines(of) if asked.refusal is None else f"A = {tensor_code(of.x)}\nresult = {asked.line}   # raises")
    lesson.traps(collapse_traps)


def _ask(text: str, tensor: Array) -> Asked:
    how = controls.either("reductions_how", _("Reduction"))
    axis = ask_axes(tensor.ndim, tensor.shape)
    correction = settings.value("reductions_correction")
    if how == "var":
        correction = controls.either("reductions_correction", _("Divide by"))
    keepdims = controls.toggle("reductions_keepdims", _("keepdims=True: keep the axis, with length 1"))
    if how in FLOATS_ONLY and tensor.dtype.kind != "f":
        axes = axes_of(axis, tensor.ndim)
        calls = {
            option: f"`{_call_of(how, axes, tensor.ndim, keepdims, correction, option)}`"
            for option in settings.KNOBS["reductions_floats"].options
        }
        controls.either("reductions_floats", _("The line: as it stands, or with floats"), calls)
    inputs = {
        "reductions_a": text,
        "reductions_how": how,
        "reductions_axis": axis,
        "reductions_keepdims": keepdims,
        "reductions_correction": correction,
        "reductions_floats": settings.value("reductions_floats"),
    }
    return text_fields.answer("reductions_collapse", inputs, compute).value


def compute(
    reductions_a: str,
    reductions_how: str,
    reductions_axis: str,
    reductions_keepdims: bool,
    reductions_correction: str,
    reductions_floats: str,
) -> Asked:
    """Return the chosen reduction, refused or not. Raises InputError where it is not defined."""
    tensor = read(reductions_a)
    axes, keepdims = axes_of(reductions_axis, tensor.ndim), reductions_keepdims
    needs = reductions_how in FLOATS_ONLY and tensor.dtype.kind != "f"
    dtype = _dtype(reductions_floats) if needs else None
    line = _call_of(reductions_how, axes, tensor.ndim, keepdims, reductions_correction, dtype or "none")

    def made(how: str) -> Collapse:
        most = folds_to_draw(tensor.shape, len(axes))
        correction = int(reductions_correction)
        return collapsed(tensor, how, axes or None, keepdims, correction=correction, dtype=dtype, most=most)

    try:
        return Asked(made(reductions_how), line, reductions_how, reductions_correction)
    except RefusedError as refusal:
        return Asked(made("sum"), line, reductions_how, reductions_correction, refusal)


def _dtype(option: str) -> Floats | None:
    return "float32" if option == "float32" else "float64" if option == "float64" else None


def _call_of(how: str, axes: tuple[int, ...], count: int, keepdims: bool, correction: str, option: str) -> str:
    return reduction_call("A", find_how(how), axes, count, keepdims, int(correction), _dtype(option))


def _show(asked: Asked) -> None:
    of = asked.of
    scenes.cells(collapse_scene(of, _call(of)), key="reductions_collapse")
    tell_unusual(of.result)
    st.latex(working(of))
    printed.show_lines({"A": of.x}, _call(of))
    _tell_rounding(of)
    if of.how in ("sum", "prod") and of.x.dtype.kind != "f":
        exact = reduce(of.x, of.how, of.axes or None, of.keepdims, dtype="float64").numpy()
        show_notes(wrapping(exact, of.result))


def _show_refusal(asked: Asked, refusal: RefusedError) -> None:
    """Show torch's error, its meaning, and a button for each line that works."""
    code_runs.show(Execution(asked.line, (), refusal.error, refusal.message))
    template = _("A holds {dtype}. Each of these lines converts it first:")
    st.markdown(template.format(dtype=f"`torch.{asked.of.x.dtype}`"))
    of = asked.of
    for option in ("float32", "float64"):
        line = _call_of(asked.how, of.axes, of.x.ndim, of.keepdims, asked.correction, option)
        st.button(f"`{line}`", key=f"reductions_use_{option}", on_click=settings.choose,
                  args=["reductions_floats", option], icon=":material/healing:")  # fmt: skip


def _tell_rounding(of: Collapse) -> None:
    """Name the noise in the last digits of a sum of decimals."""
    found = rounding_of(of)
    if found is None:
        return
    terms = " + ".join(listed(found.terms, term))
    added = f"({terms}) / {len(found.terms)}" if of.how == "mean" else terms
    template = _(
        "**Rounding**: {sum} is {got} in float64, not {wanted}, {off} away. Most decimals have no exact binary form, "
        "so compare floats with `torch.isclose`, not `==`."
    )
    words = {"sum": added, "got": repr(found.got), "wanted": repr(found.wanted), "off": format_number(found.off, 3)}
    st.markdown(template.format(**{name: escape_markdown(word) for name, word in words.items()}))


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
    total = reduce(of.x, "sum").item()
    by_hand = total / of.x.size if of.x.size else float("nan")
    try:
        mean = number(reduce(of.x, "mean").item())
    except RefusedError:
        mean = _("refused")
    boxes(
        [
            ("A.sum()", number(total)),
            ("A.numel()", format_count(of.x.size)),
            ("A.sum() / A.numel()", number(by_hand)),
            ("A.mean()", mean),
        ]
    )


def _call(of: Collapse) -> str:
    return reduction_call("A", of.how, of.axes, of.x.ndim, of.keepdims, of.correction, of.dtype)


def lines(of: Collapse) -> str:
    """Return the code for torch."""
    code = ["import torch", "", f"A = {tensor_code(of.x)}", f"result = {_call(of)}   # {of.result.shape}"]
    if of.how == "mean" and of.axes:
        same = _("the same, in float32") if of.dtype == "float64" else _("the same")
        code.append(f"by_hand = {mean_by_hand(of.axes, of.x.ndim, of.keepdims)}   # {same}")
    return "\n".join(code)
