"""Running sums in frames: every line is added to the sum of those before it, and the axis is kept."""

from typing import Any

import numpy as np

from core.language import _
from core.tensors.formula_text import number, term
from core.tensors.reductions import Array
from dashboard.scenes.cells.grid import Index, grid
from dashboard.scenes.cells.scene import Computed, Frame, Panel, Sources, frames_scene

MOST_DRAWN = 3_000  # cells in all frames together
MOST_FRAMES = 12
NOT_YET = "·"


def running_scene(x: Array, sums: Array, axis: int, call: str) -> dict[str, Any]:
    """Return the scene: the running sums of x along an axis, line after line; it begins at the end.

    `call` is the code for torch, also the name of the result. A long axis takes several lines at once.
    """
    length = x.shape[axis]
    most = min(max(MOST_DRAWN // max(grid(x.shape).drawn, 1), 2), MOST_FRAMES)
    stops = np.unique(np.linspace(1, length, min(length, most)).round().astype(int)).tolist()
    frames = [
        _frame(x, sums, axis, call, first, stop) for first, stop in zip([0, *stops[:-1]], stops, strict=False)
    ] or [Frame(_("There is no line to add."), [Panel("A", x), "→", Panel(call, sums)])]
    legend = {"lit": _("added now"), "new": _("the running sum"), "copy": _("not reached yet")}
    return frames_scene(frames, title=_("The sum runs along the axis"), legend=legend, start=len(frames) - 1)


def _frame(x: Array, sums: Array, axis: int, call: str, first: int, stop: int) -> Frame:
    """Return the frame in which the lines `first` up to `stop` are added."""
    now, later = _along(axis, slice(first, stop)), _along(axis, slice(stop, None))
    lit, marks = np.full(x.shape, "", dtype=object), np.full(x.shape, "", dtype=object)
    lit[now], marks[now], marks[later] = "lit", "new", "copy"
    shown = sums.astype(object)
    shown[later] = NOT_YET
    sources = Computed(lambda at: _sources(call, at, axis, stop))
    working = Computed(lambda at: _working(x, sums, at, axis, stop))
    note = _("∞ is a sum beyond float64’s largest number.") if np.isinf(sums).any() and np.isfinite(x).all() else ""
    done = Panel(call, shown, marks, sources, working, note, dtype=str(sums.dtype))
    return Frame(_label(x, axis, first, stop), [Panel("A", x, lit), "→", done])


def _label(x: Array, axis: int, first: int, stop: int) -> str:
    if stop == x.shape[axis]:
        return _("The last line is the sum over axis {axis}; the shape is still {shape}.").format(
            axis=axis, shape=tuple(x.shape)
        )
    if not first:
        return _("The first line along axis {axis} is its own sum.").format(axis=axis)
    return _("Line {line} is the sum of lines 0 to {line} of A.").format(line=stop - 1)


def _sources(call: str, at: Index, axis: int, stop: int) -> Sources:
    """A running sum is computed from its entry and the running sum before it."""
    if at[axis] >= stop:
        return ()
    return (("A", at), *([(call, _before(at, axis))] if at[axis] else []))


def _working(x: Array, sums: Array, at: Index, axis: int, stop: int) -> str:
    if at[axis] >= stop:
        return _("not reached yet")
    if not at[axis]:
        return number(x[at])
    return f"{term(sums[_before(at, axis)])} + {term(x[at])} = {number(sums[at])}"


def _before(at: Index, axis: int) -> Index:
    return (*at[:axis], at[axis] - 1, *at[axis + 1 :])


def _along(axis: int, part: slice) -> tuple[slice, ...]:
    return (*[slice(None)] * axis, part)
