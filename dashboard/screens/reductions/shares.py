"""A / A.sum(axis, keepdims=True): every entry as a share of its line; and the result without keepdims."""

from dataclasses import dataclass

import numpy as np
import streamlit as st

from core.code_runner import Execution, run
from core.errors import InputError
from core.formatting import format_count, format_number
from core.language import _, ngettext
from core.tensors import reduce, shares
from core.tensors.parsing.tensors import tensor_code
from core.tensors.reduction_steps import Collapse, collapse
from core.tensors.reductions import Array, reduction_call
from core.tensors.rounding import farthest_total
from dashboard.scenes.cells.shares import shares_scene, wrong
from dashboard.screens.reductions.choices import ask_shares_axis, ask_tensor, axes_of, read, tell_unusual
from dashboard.screens.reductions.traps import shares_traps
from dashboard.ui import code_runs, lesson, scenes, text_fields
from dashboard.ui.escape import escape_markdown, show_warning
from dashboard.ui.printed import show_lines

ROUNDED = 1e-3  # what is farther from 1 is more than noise
MOST_CELLS = 1_000_000  # of a quotient that broadcasting made larger than A


@dataclass(frozen=True, eq=False)
class Division:
    """A over its sums, kept or not; `result` is None where torch raises, and `refusal` its message."""

    sums: Collapse
    result: Array | None
    refusal: Execution | None


def draw_shares() -> None:
    """Draw the lesson."""
    text, tensor = ask_tensor()
    option = ask_shares_axis(tensor.shape) if tensor.ndim else "all"
    inputs = {"reductions_a": text, "reductions_shares_axis": option}
    kept, dropped = text_fields.answer("reductions_shares", inputs, compute).value
    _draw_kept(kept)
    _draw_dropped(dropped)
    show_lines({"A": kept.sums.x}, *in_torch(kept.sums, dropped.sums))
    lesson.code(lines(kept.sums))
    lesson.traps(shares_traps)


def compute(reductions_a: str, reductions_shares_axis: str) -> tuple[Division, Division]:
    """Return A over its sums with keepdims, and without. Raises InputError where the quotient is too large to draw."""
    x = read(reductions_a)
    axes = axes_of(reductions_shares_axis, x.ndim)
    return _divide(x, axes, True), _divide(x, axes, False)


def _divide(x: Array, axes: tuple[int, ...], keepdims: bool) -> Division:
    sums = collapse(x, "sum", axes or None, keepdims, most=1)
    try:
        shape = np.broadcast_shapes(x.shape, sums.result.shape)
    except ValueError:
        line = f"A / {_sum(sums)}"
        return Division(sums, None, run(line, {"A": _tensor(x)}, [line])[0])
    if np.prod(shape) > MOST_CELLS:
        template = _("Without keepdims, A / S would have shape {shape}, too large to draw; use a smaller A.")
        raise InputError(template.format(shape=shape))
    return Division(sums, shares(x, axes or None, keepdims).numpy(), None)


def _tensor(x: Array) -> object:
    import torch

    return torch.tensor(x)


def _draw_kept(kept: Division) -> None:
    of = kept.sums
    if kept.result is None:
        return
    totals = reduce(kept.result, "sum", of.axes or None).numpy()
    if np.isclose(totals, 1, atol=1e-6).all():
        template = _(
            "S = {call} has shape {shape}: every entry is divided by the sum of its own line, and the shares of a "
            "line add up to 1."
        )
        st.markdown(escape_markdown(template.format(call=_sum(of), shape=of.result.shape)))
    else:
        show_warning(_zero_words(of.result))
    scenes.cells(shares_scene(of, kept.result), key="reductions_kept")
    tell_unusual(kept.result)
    total, off = farthest_total(kept.result, of.axes)
    if 0 < off < ROUNDED:
        template = _(
            "**Rounding**: added up again, the shares of a line give {total} in {dtype}, {off} away from 1. Quotients "
            "such as 1/3 have no exact binary form; compare with `torch.isclose`, not `==`."
        )
        words = {"total": total, "dtype": kept.result.dtype, "off": format_number(off, 3)}
        st.markdown(template.format(**{name: escape_markdown(word) for name, word in words.items()}))


def _zero_words(sums: Array) -> str:
    zeros = int((sums == 0).sum())
    if not zeros:
        return _(
            "These sums cannot be used as divisors: an entry is missing or infinite, or a sum is too large for float64."
        )
    return ngettext(
        "{count} line adds up to 0, so its entries have no share.",
        "{count} lines add up to 0, so their entries have no share.",
        zeros,
    ).format(count=zeros)


def in_torch(kept: Collapse, dropped: Collapse) -> list[str]:
    """Return the lines that torch runs: the shares, what they add up to, and the quotients without keepdims."""
    shares_line, total = f"A / {_sum(kept)}", reduction_call("", "sum", kept.axes, kept.x.ndim)
    same = [] if _sum(kept) == _sum(dropped) else [f"A / {_sum(dropped)}"]
    return [shares_line, f"({shares_line}){total}", *same]


def _draw_dropped(dropped: Division) -> None:
    of = dropped.sums
    if dropped.refusal is not None:
        template = _("Without keepdims the sums have shape {sums}, which cannot be broadcast to {shape}.")
        st.markdown(escape_markdown(template.format(sums=of.result.shape, shape=of.x.shape)))
        scenes.cells(shares_scene(of, None), key="reductions_dropped")
        code_runs.show_error(dropped.refusal)
        return
    if dropped.result is not None:
        st.markdown(escape_markdown(dropped_words(of, dropped.result)))
        scenes.cells(shares_scene(of, dropped.result), key="reductions_dropped")


def dropped_words(of: Collapse, result: Array) -> str:
    """Return a sentence on A / S without keepdims."""
    misled = int((wrong(of, result.shape) == "wrong").sum())
    if not misled:
        return _(
            "Without keepdims the result happens to be right here: S has shape {sums}, and broadcasting aligns it "
            "with the last axes, the ones that remain."
        ).format(sums=of.result.shape)
    return _(
        "Without keepdims nothing is raised, and {misled} of {count} quotients are wrong: S has shape {sums}, and "
        "broadcasting aligns it with the last axis, so entries are divided by the sums of other lines."
    ).format(misled=format_count(misled), count=format_count(result.size), sums=of.result.shape)


def _sum(of: Collapse) -> str:
    return reduction_call("A", "sum", of.axes, of.x.ndim, of.keepdims)


def lines(of: Collapse) -> str:
    """Return the code for torch."""
    check = reduction_call("result", "sum", of.axes, of.x.ndim)
    return "\n".join(
        [
            "import torch",
            "",
            f"A = {tensor_code(of.x)}",
            f"S = {_sum(of)}   # {of.result.shape}",
            "result = A / S",
            f"total = {check}   # 1 for every line",
        ]
    )
