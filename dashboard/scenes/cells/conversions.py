"""The scene of a tensor, its array and their conversions, before and after one entry of one of them is written."""

from typing import Any

import numpy as np

from core.language import _
from core.tensors.conversions import CHAIN, Change, written
from dashboard.scenes.cells.scene import Frame, Panel, frames_scene


def conversions_scene(change: Change, who: str, index: tuple[int, ...]) -> dict[str, Any]:
    """Return two frames: all before the entry is written, and after it, with every entry that changed marked."""
    before = [_panel(change, name, after=False) for name in change.before]
    if not change.attempt.worked:
        return frames_scene([Frame("", before)])
    after = [_panel(change, name, after=True, mark=index if name in change.shares else None) for name in change.after]
    frames = [
        Frame(_("Before"), before),
        Frame(_("After writing to {name}[{index}]").format(name=who, index=written(index)), after),
    ]
    words = {"new": _("written, or changed because the memory is shared")}
    return frames_scene(frames, legend=words, start=1)


def _panel(change: Change, name: str, *, after: bool, mark: tuple[int, ...] | None = None) -> Panel:
    values = (change.after if after else change.before)[name]
    marks = None
    if mark is not None:
        marks = np.full(values.shape, "", dtype=object)
        marks[mark] = "new"
    tensor = name in ("X", "B", "C")
    made = CHAIN.get(name, _("as typed"))
    note = _("{made} · memory address {address}").format(made=made, address=f"{change.addresses[name]:#x}")
    dtype = f"torch.{values.dtype}" if tensor else _("NumPy {dtype}").format(dtype=values.dtype)
    return Panel(name, values, marks, note=note, dtype=dtype)
