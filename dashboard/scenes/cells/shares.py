"""A divided by its sums S: S as broadcast, and the sum that each entry is divided by."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from core.language import _
from core.tensors.formula_text import number, term, written_out
from core.tensors.reduction_steps import Collapse
from core.tensors.reductions import Array
from dashboard.scenes.cells.grid import Index, grid
from dashboard.scenes.cells.scene import Computed, Panel, cells_scene

Marks: TypeAlias = npt.NDArray[np.object_]


def shares_scene(of: Collapse, result: Array | None) -> dict[str, Any]:
    """Return the scene: A / S = result, or A and S alone where the shapes are incompatible (result None).

    `of` is the code of S. Virtual copies are dashed; entries divided by the sum of another line are marked as wrong.
    """
    title = _("With keepdims=True") if of.keepdims else _("Without keepdims")
    whole, lines = Panel("A", of.x), _lines(of)
    if result is None:
        sums = Panel("S", of.result, None, lines, Computed(lambda at: written_out(of, at)))
        return cells_scene([whole, "/", sums], title=title)
    stretched = Panel(
        "S",
        np.broadcast_to(of.result, result.shape),
        _copies(of.result.shape, result.shape),
        Computed(lambda at: lines.get(back(at, of.result.shape), ())),
        Computed(lambda at: written_out(of, back(at, of.result.shape))),
        _("S has the shape {shape}; to divide, it is read as {stretched}.").format(
            shape=tuple(of.result.shape), stretched=tuple(result.shape)
        ),
    )
    quotients = Panel(
        "A / S",
        result,
        wrong(of, result.shape),
        Computed(lambda at: (("A", back(at, of.x.shape)), ("S", at))),
        Computed(lambda at: _quotient(of, result, at)),
    )
    legend = {"wrong": _("divided by the sum of a line that it is no part of")}
    return cells_scene([whole, "/", stretched, "=", quotients], title=title, legend=legend)


def back(at: Index, shape: Index) -> Index:
    """Return the cell of a tensor of this shape that broadcasting reads at an index of the result.

    >>> back((2, 1), (3, 1)), back((2, 1), (3,))
    ((2, 0), (1,))
    """
    last = at[len(at) - len(shape) :]
    return tuple(0 if length == 1 else place for place, length in zip(last, shape, strict=True))


def wrong(of: Collapse, shape: Index) -> Marks:
    """Return "wrong" for every entry of A / S that is divided by the sum of another line."""
    numbers = np.arange(of.result.size)
    kept = tuple(1 if axis in of.axes else length for axis, length in enumerate(of.x.shape))
    own = np.broadcast_to(np.broadcast_to(numbers.reshape(kept), of.x.shape), shape)
    used = np.broadcast_to(numbers.reshape(of.result.shape), shape)
    return np.where(own == used, "", "wrong").astype(object)


def _copies(shape: Index, stretched: Index) -> Marks:
    """Return "copy" for every cell but the first of those that read the same one."""
    marks = np.full(stretched, "copy", dtype=object)
    shape = (*[1] * (len(stretched) - len(shape)), *shape)
    marks[tuple(slice(0, 1) if length == 1 else slice(None) for length in shape)] = ""
    return marks


def _lines(of: Collapse) -> dict[Index, list[tuple[str, Index]]]:
    """Return the drawn entries of A, by their sum."""
    found: dict[Index, list[tuple[str, Index]]] = {}
    for index in grid(of.x.shape).cells():
        if index is not None:
            found.setdefault(of.place(index), []).append(("A", index))
    return found


def _quotient(of: Collapse, result: Array, at: Index) -> str:
    over, under = of.x[back(at, of.x.shape)], of.result[back(at, of.result.shape)]
    return f"{term(over)} / {term(under)} = {number(result[at])}"
