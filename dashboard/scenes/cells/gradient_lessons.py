"""The scenes of the lessons on gradients: x, what is computed from it, and x.grad."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.autograd.lessons import Moment, Saved, Vector
from core.formatting import format_number
from core.language import _
from dashboard.scenes.cells.grid import Index
from dashboard.scenes.cells.scene import Computed, Frame, Panel, Sources, cells_scene, frames_scene

DIGITS = 6


def moments_scene(x: Vector, moments: Sequence[Moment]) -> dict[str, Any]:
    """Return a frame for each line: x, and x.grad at that time; None is drawn as the word."""
    frames = []
    before: list[float] | None = None
    for moment in moments:
        now = None if moment.grad is None else moment.grad.tolist()
        frames.append(
            Frame(_in_one_line(moment.code), [Panel("x", x), _grad(moment.grad, "" if now == before else "new")])
        )
        before = now
    return frames_scene(frames)


def accumulating_scene(moments: Sequence[Moment], given: Sequence[Vector], zeroed: bool) -> dict[str, Any]:
    """Return a frame for each backward: x.grad before, the gradient of this backward, and x.grad after it."""
    frames = []
    before: Vector | None = None
    for moment, share in zip(moments, given, strict=True):
        assert moment.grad is not None
        start = np.zeros_like(share) if zeroed or before is None else before
        first = before is None
        panels: list[Panel | str] = [
            _before(start, first, zeroed),
            "+",
            Panel(_("this backward"), share),
            "=",
            Panel("x.grad", moment.grad, _marks(moment.grad, "new"), working=_sum(start, share)),
        ]
        frames.append(Frame(_in_one_line(moment.code), panels))
        before = moment.grad
    return frames_scene(frames, start=len(frames) - 1)


def _in_one_line(code: str) -> str:
    return "; ".join(code.splitlines())


def _before(start: Vector, first: bool, zeroed: bool) -> Panel:
    name = _("x.grad before")
    if first:
        return Panel(name, np.array("None"), note=_("None counts as 0"))
    return Panel(name, start, note=_("zeroed") if zeroed else _("what was there"))


def _sum(before: Vector, share: Vector) -> Computed[str]:
    return Computed(lambda at: f"{_number(before[at])} + {_number(share[at])} = {_number(before[at] + share[at])}")


def dot_scene(x: Vector, grad: Vector) -> dict[str, Any]:
    """Return x, y = 2 (x · x) and x.grad = 4 x, each cell with its working."""
    terms = " + ".join(f"{_factor(part)}·{_factor(part)}" for part in x)
    total = 2 * float(x @ x)
    every: list[tuple[str, Index]] = [("x", (at,)) for at in range(x.size)]
    y = Panel("y", np.array(total), sources={(): every}, working={(): f"2 · ({terms}) = {_number(total)}"})
    return cells_scene(
        [
            Panel("x", x),
            "→",
            y,
            "→",
            Panel("x.grad", grad, _marks(grad, "new"), _same(), Computed(lambda at: _times((4.0, x[at]), grad[at]))),
        ],
        point_at=("x.grad", (x.size - 1,)),
    )


def vector_scene(x: Vector, v: Vector, grad: Vector | None) -> dict[str, Any]:
    """Return x, y = x * x, the weights of y, and x.grad; without the last where torch raised."""
    y = x * x
    panels: list[Panel | str] = [
        Panel("x", x),
        "→",
        Panel("y", y, None, _same(), Computed(lambda at: _times((x[at], x[at]), y[at]))),
        "←",
        Panel("v", v, _marks(v, "wrong") if grad is None else None, note=_("how much each entry of y counts")),
    ]
    if grad is not None:
        sources = Computed[Sources](lambda at: [("x", at), ("v", at)])
        working = Computed(lambda at: _times((v[at], 2.0, x[at]), grad[at]))
        panels += ["→", Panel("x.grad", grad, _marks(grad, "new"), sources, working)]
    return cells_scene(panels, legend={"wrong": _("does not fit y")}, point_at=("x.grad", (x.size - 1,)))


def detach_scene(x: Vector, detached: Vector, whole: Vector) -> dict[str, Any]:
    """Return two frames: z = y * x with y = x * x, and z = u * x with u = y.detach()."""
    y = x * x
    z = Panel("z", y * x, working=Computed(lambda at: _times((y[at], x[at]), y[at] * x[at])))
    made = Panel("y", y, sources=_same(), note=_("made of x, and torch remembers how"))
    cut = Panel("u", y, _marks(y, "copy"), note=_("only the numbers of y: no way back"))
    through = Panel(
        "x.grad", whole, _marks(whole, "new"), _same(), Computed(lambda at: f"3 · {_times((x[at], x[at]), whole[at])}")
    )
    constant: Computed[Sources] = Computed(lambda at: [("u", at)])
    stopped = Panel("x.grad", detached, _marks(detached, "new"), constant, Computed(lambda at: f"u = {_number(y[at])}"))
    frames = [
        Frame("y = x * x;  z = y * x", [Panel("x", x), "→", made, "→", z, "→", through]),
        Frame("u = y.detach();  z = u * x", [Panel("x", x), "✂", cut, "→", z, "→", stopped]),
    ]
    return frames_scene(frames, legend={"copy": _("a constant for the way back")}, start=1)


def saved_scene(x: Vector, states: Sequence[Saved]) -> dict[str, Any]:
    """Return a frame for each line: x, what the node of the product has saved, and x.grad."""
    frames = []
    for state in states:
        if state.kept is None:
            kept = Panel(_("saved"), x, _marks(x, "gone"), note=_("let go: asking for it raises the same error"))
        else:
            kept = Panel(_("saved"), state.kept, _marks(x, "lit"), note="y.grad_fn._saved_self")
        frames.append(Frame(state.when, [Panel("x", x), kept, _grad(state.grad, "")]))
    return frames_scene(frames, legend={"lit": _("kept for the way back")}, start=1)


def _grad(grad: Vector | None, mark: str) -> Panel:
    if grad is None:
        return Panel("x.grad", np.array("None"), np.array(mark, dtype=object), note=_("not there, which is not 0"))
    return Panel("x.grad", grad, _marks(grad, mark))


def _marks(values: Vector, mark: str) -> NDArray[np.object_]:
    return np.full(np.shape(values), mark, dtype=object)


def _same() -> Computed[Sources]:
    """Each entry is computed from the same entry of x."""
    return Computed(lambda at: [("x", at)])


def _times(factors: Sequence[float], product: float) -> str:
    return " · ".join(map(_factor, factors)) + f" = {_number(product)}"


def _factor(value: float) -> str:
    text = _number(value)
    return f"({text})" if value < 0 else text


def _number(value: float) -> str:
    return format_number(float(value), DIGITS)
