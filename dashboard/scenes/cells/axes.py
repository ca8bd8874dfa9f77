"""A tensor, its memory, and the same elements in another shape."""

from typing import Any

import numpy as np

from core.language import _
from core.tensors.shapes import Reshaped, contiguous_strides
from dashboard.scenes.cells.grid import Index
from dashboard.scenes.cells.scene import Computed, Panel, cells_scene


def axes_scene(tensor: np.ndarray[Any, Any], passed: np.ndarray[Any, Any], reshaped: Reshaped) -> dict[str, Any]:
    """Return the scene: A with the cells along an axis, its memory, and the reshaped B."""
    marks = np.where(passed, "lit", "").astype(object)
    memory = Panel(_("memory"), tensor.reshape(-1), marks.reshape(-1), note=_("one place after another"))
    strides = contiguous_strides(tensor.shape)
    a = Panel(
        "A",
        tensor,
        marks,
        sources=Computed(lambda index: [(memory.name, (offset(index, strides),))]),
        working=Computed(lambda index: _working(index, strides, memory.name, tensor)),
        axis_names=tuple(_("axis {axis}").format(axis=axis) for axis in range(tensor.ndim)),
    )
    note = _("the same memory as A") if reshaped.shares_memory else _("a copy, in memory of its own")
    b = Panel("B", reshaped.values, sources=Computed(lambda index: _origin(index, reshaped, memory.name)), note=note)
    point = ("A", tuple(size - 1 for size in tensor.shape)) if tensor.size else None
    return cells_scene([a, "→", b, memory], legend={"lit": _("passed along the axis")}, point_at=point)


def offset(index: Index, strides: tuple[int, ...]) -> int:
    """Return the offset of an entry in memory."""
    return sum(int(at) * step for at, step in zip(index, strides, strict=True))


def _working(index: Index, strides: tuple[int, ...], memory: str, tensor: np.ndarray[Any, Any]) -> str:
    terms = " + ".join(f"{at}·{step}" for at, step in zip(index, strides, strict=True)) or "0"
    return f"{memory}[{terms}] = {memory}[{offset(index, strides)}] = {tensor[index]}"


def _origin(index: Index, reshaped: Reshaped, memory: str) -> list[tuple[str, Index]]:
    return [(memory, (int(reshaped.place[index]),))]
