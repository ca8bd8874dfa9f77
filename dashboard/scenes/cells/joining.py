"""Tensors side by side, and the joined tensor."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.language import _
from core.tensors.joining import Joined
from dashboard.scenes.cells.grid import Index
from dashboard.scenes.cells.scene import Computed, Panel, cells_scene

MARKS = ("lit", "new")


def joining_scene(tensors: Mapping[str, np.ndarray[Any, Any]], joined: Joined, result: str) -> dict[str, Any]:
    """Return the scene; each cell of the result has the mark of its source tensor, and its source cell."""
    names = list(tensors)
    parts: list[Panel | str] = []
    for name, values, mark in zip(names, tensors.values(), MARKS, strict=True):
        parts += [Panel(name, values, np.full(values.shape, mark, dtype=object)), ","]

    def sources(index: Index) -> list[tuple[str, Index]]:
        name = names[joined.owner[index]]
        place = np.unravel_index(joined.place[index], tensors[name].shape)
        return [(name, tuple(int(at) for at in place))]

    def working(index: Index) -> str:
        ((name, place),) = sources(index)
        value = joined.values[index]
        return f"{name}[{', '.join(map(str, place))}] = {value}" if place else f"{name} = {value}"

    marks = np.array(MARKS, dtype=object)[joined.owner]
    axes = tuple(_("axis {axis}").format(axis=axis) for axis in range(joined.values.ndim))
    whole = Panel(
        result, joined.values, marks, sources=Computed(sources), working=Computed(working), axis_names=axes
    )  # fmt: skip
    legend = {mark: _("from {name}").format(name=name) for mark, name in zip(MARKS, names, strict=True)}
    return cells_scene([*parts[:-1], "→", whole], legend=legend)
