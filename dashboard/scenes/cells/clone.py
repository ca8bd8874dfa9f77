"""The scene of A and B: what they share, and what a write changes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.language import _
from core.tensors.cloning import CloneTrial
from dashboard.scenes.cells.grid import Index
from dashboard.scenes.cells.scene import EVERY_DIGIT, Computed, Frame, Panel, cell_text, frames_scene


def clone_scene(of: CloneTrial, title: str) -> dict[str, Any]:
    """Return the scene of a trial: A, then B made from it, then both after the write. It begins at the end."""
    making, writing = of.lines
    kept = of.shared and not of.apart
    own = np.where(of.places >= 0, "copy", "new")
    first = Frame(_("A, before"), [Panel("A", of.A)])
    made = Frame(making, [Panel("A", of.A), Panel("B", of.made, mark=own, **_ties(of, of.made, of.shared))])
    changed = _changed(of.made, of.B_after, np.where(kept, "copy", "") if not of.apart else "new")
    written = Frame(
        writing,
        [
            Panel("A", of.A_after, mark=_changed(of.A, of.A_after, "")),
            Panel("B", of.B_after, mark=changed, **_ties(of, of.B_after, kept)),
        ],
    )
    legend = {
        "copy": _("the same memory as A, under another name"),
        "new": _("memory of its own"),
        "lit": _("changed by the last line"),
    }
    point = ("B", (0,) * of.made.ndim)
    return frames_scene([first, made, written], title=title, legend=legend, start=2, point_at=point)


def _changed(before: NDArray[Any], after: NDArray[Any], otherwise: NDArray[Any] | str) -> NDArray[Any]:
    same = (before == after) | ((before != before) & (after != after))
    return np.where(same, otherwise, "lit")


def _ties(of: CloneTrial, values: NDArray[Any], shared: bool) -> dict[str, Any]:
    """Map the entries of B to those of A whose memory they use."""
    if not shared:
        return {}

    def place(index: Index) -> Index:
        return tuple(int(place) for place in np.unravel_index(of.places[index], of.A.shape))

    def working(index: Index) -> str:
        template = _("{value}, in the memory of A[{place}]")
        return template.format(value=cell_text(values[index], EVERY_DIGIT), place=", ".join(map(str, place(index))))

    return {"sources": Computed(lambda index: [("A", place(index))]), "working": Computed(working)}
