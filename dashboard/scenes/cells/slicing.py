"""The cells that an index selects, and the effect of writing to them."""

from typing import Any

import numpy as np

from core.language import _
from core.tensors.slicing import Selection, Written
from dashboard.scenes.cells.grid import Index
from dashboard.scenes.cells.scene import Computed, Frame, Panel, frames_scene


def slicing_scene(tensor: np.ndarray[Any, Any], selection: Selection, written: Written | None) -> dict[str, Any]:
    """Return the scene: A with the chosen cells and B; then A[…] = v, and B[…] = v, each starting from the first."""
    taken = _marked(selection.picked, "lit")
    memory = _("the same memory as A") if selection.is_view else _("a copy, in memory of its own")
    a = Panel("A", tensor, taken, axis_names=_axis_names(tensor.ndim))
    b = Panel("B", selection.values, np.full(selection.values.shape, "lit", dtype=object), _sources(tensor, selection),
              note=memory)  # fmt: skip
    frames = [Frame(_("B = A[{index}]").format(index=selection.index), [a, "→", b])]
    if written is not None:
        frames += _writing(tensor, selection, written)
    return frames_scene(frames, legend={"lit": _("chosen by the index"), "new": _("written")})


def _writing(tensor: np.ndarray[Any, Any], selection: Selection, written: Written) -> list[Frame]:
    fresh = np.full(selection.values.shape, "new", dtype=object)
    same = np.full(selection.values.shape, "", dtype=object)
    changed = _marked(written.written, "new")
    seen = selection.is_view
    direct = _("A[{index}] = v writes into A, whatever the index.").format(index=selection.index)
    through = (
        _("B[...] = v: B is A's memory, so A is written too.")
        if seen
        else _("B[...] = v: B is a copy, so A stays as it was.")
    )
    after = selection.values if not seen else written.directly.reshape(-1)[selection.place]
    sources = _sources(tensor, selection)
    return [
        Frame(direct, [
            Panel("A", written.directly, changed), "→",
            Panel("B", after, fresh if seen else same, sources, note=_("seen in B too") if seen else _("B stays")),
        ]),
        Frame(through, [
            Panel("A", written.through, changed if seen else None, note=_("seen in A too") if seen else _("A stays")),
            "←", Panel("B", written.selected, fresh, sources),
        ]),
    ]  # fmt: skip


def _sources(tensor: np.ndarray[Any, Any], selection: Selection) -> Computed[list[tuple[str, Index]]]:
    def of(index: Index) -> list[tuple[str, Index]]:
        place = np.unravel_index(int(selection.place[index]), tensor.shape)
        return [("A", tuple(int(at) for at in place))]

    return Computed(of)


def _marked(where: np.ndarray[Any, Any], mark: str) -> np.ndarray[Any, Any]:
    return np.where(where, mark, "").astype(object)


def _axis_names(axes: int) -> tuple[str, ...]:
    return tuple(_("axis {axis}").format(axis=axis) for axis in range(axes))
