"""The scenes of memory: the steps of changing Y, and the entries of Y that another tensor shows."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.formatting import format_number
from core.language import _
from core.tensors.memory import Update, View
from dashboard.scenes.cells.scene import Computed, Frame, Panel, Sources, cells_scene, frames_scene

Array = NDArray[np.generic]
Index = tuple[int, ...]


def update_scene(x: Array, y: Array, way: str, update: Update) -> dict[str, Any]:
    """Return the frames of one way to add X to Y, step by step."""
    given = Panel("X", x)
    at = _("the memory at {address}")
    old, new = at.format(address=f"{update.before[1]:#x}"), at.format(address=f"{update.after[1]:#x}")
    both = _("named Y and Z; {memory}")
    frames = [
        Frame(_("Before: Y and Z are two names for one tensor."), [given, Panel("Y", y, note=both.format(memory=old))])
    ]
    if not update.attempt.worked or update.total is None:
        return frames_scene(frames, title=_("In memory"))
    frames += {"new": _moves, "slice": _copies}.get(way, _overwrites)(x, y, update, both.format(memory=old), (old, new))
    return frames_scene(frames, title=_("In memory"), start=len(frames) - 1)


def _moves(x: Array, y: Array, update: Update, both: str, memory: tuple[str, str]) -> list[Frame]:
    old, new = memory
    total = _sum(x, y, update.total, _("not named yet; {memory}").format(memory=new))
    named = Panel("Y", update.y, _marked(update.y, "new"), note=_("now named Y; {memory}").format(memory=new))
    left = Panel("Z", y, note=_("the old tensor, now only Z; {memory}").format(memory=old))
    return [
        Frame(_("X + Y is written into new memory."), [Panel("X", x), "+", Panel("Y", y, note=both), "=", total]),
        Frame(_("The name Y moves to the new tensor. Z keeps the old one."), [Panel("X", x), named, left]),
    ]


def _copies(x: Array, y: Array, update: Update, both: str, memory: tuple[str, str]) -> list[Frame]:
    total = _sum(x, y, update.total, _("temporary, in its own memory"))
    changed = Panel("Y", update.y, _marked(update.y, "new"), note=both)
    assert update.total is not None
    let_go = Panel("X + Y", update.total, _marked(update.total, "gone"), note=_("no longer needed"))
    return [
        Frame(_("X + Y is written into new memory."), [Panel("X", x), "+", Panel("Y", y, note=both), "=", total]),
        Frame(_("Its entries are copied into Y; then the sum is freed."), [let_go, "→", changed]),
    ]


def _overwrites(x: Array, y: Array, update: Update, both: str, memory: tuple[str, str]) -> list[Frame]:
    after = _sum(x, y, update.y, both, "Y")
    return [Frame(_("Each sum is written over the entry of Y. No other memory is needed."), [Panel("X", x), after])]


def _sum(x: Array, y: Array, total: Array | None, note: str, name: str = "X + Y") -> Panel:
    assert total is not None

    def sources(index: Index) -> Sources:
        return [("X", _broadcast(index, x.shape)), ("Y", _broadcast(index, y.shape))]

    def working(index: Index) -> str:
        left, right = x[_broadcast(index, x.shape)], y[_broadcast(index, y.shape)]
        return f"{_number(left)} + {_number(right)} = {_number(total[index])}"

    found: Mapping[Index, Sources] = Computed(sources) if name == "X + Y" else {}
    return Panel(name, total, _marked(total, "new"), found, Computed(working), note)


def view_scene(y: Array, expression: str, view: View) -> dict[str, Any]:
    """Return Y, the tensor V made from it, and Y after V was overwritten; pointing at V highlights its entries of Y."""
    seen = np.isin(np.arange(y.size).reshape(y.shape), view.places)
    marked = np.where(seen, "lit", "").astype(object) if view.shares else None
    named = Panel("Y", y, marked)

    def sources(index: Index) -> Sources:
        return [("Y", tuple(int(part) for part in np.unravel_index(int(view.places[index]), y.shape)))]

    strides = ", ".join(map(str, view.strides))
    template = _("the memory of Y, from entry {offset} on; strides {strides}")
    note = template.format(offset=view.offset, strides=strides) if view.strides else _("one entry in the memory of Y")
    other = Panel("V", view.values, _marked(view.values, "lit") if view.shares else None, Computed(sources),
                  note=note if view.shares else _("a copy in memory of its own"))  # fmt: skip
    changed = np.where(seen & view.shares, "new", "").astype(object)
    after = Panel(_("Y afterwards"), view.y, changed, note=_after(view))
    return cells_scene(
        [named, "→", other, "→", after],
        title=f"V = {expression}",
        legend={"lit": _("in the same memory"), "new": _("changed through V")},
    )


def _after(view: View) -> str:
    if not view.shares:
        return _("V[...] = {number} changed V alone")
    return _("V[...] = {number} changed Y too").format(number=view.written)


def _marked(values: Array, mark: str) -> NDArray[np.object_]:
    return np.full(np.shape(values), mark, dtype=object)


def _broadcast(index: Index, shape: Sequence[int]) -> Index:
    """Return the entry of a tensor of this shape that is added in the entry `index` of a sum."""
    last = index[len(index) - len(shape) :] if shape else ()
    return tuple(0 if size == 1 else place for place, size in zip(last, shape, strict=True))


def _number(value: object) -> str:
    plain = value.item() if isinstance(value, np.generic) else value
    return str(plain) if isinstance(plain, bool) else format_number(float(str(plain)), 6)
