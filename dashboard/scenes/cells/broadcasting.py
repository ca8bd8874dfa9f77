"""Two tensors broadcast to one shape, the virtual copies drawn cell by cell; and the loss bug."""

from typing import Any

import numpy as np

from core.language import _
from core.tensors.broadcasting import Alignment, Stretched, align, stretch
from core.tensors.loss_bug import LossBug
from core.tensors.shapes import shape_text
from dashboard.scenes.cells.grid import Index
from dashboard.scenes.cells.scene import Computed, Frame, Panel, cell_text, cells_scene, frames_scene

SIGNS = {"add": "+", "subtract": "−", "multiply": "×", "divide": "÷", "equal": "==", "greater": ">"}


def broadcasting_scene(
    first: np.ndarray[Any, Any], second: np.ndarray[Any, Any], result: np.ndarray[Any, Any], operation: str
) -> dict[str, Any]:
    """Return the scene: as they are, with the missing axes, copied along each axis, and combined."""
    sign, tensors = SIGNS[operation], (first, second)
    shapes = (first.shape, second.shape)
    frames = [Frame(_("a and b as they are"), _pair(tensors, shapes, sign))]
    for label, wanted in _moments(align(*shapes)):
        frames.append(Frame(label, _pair(tensors, wanted, sign)))
    both = tuple(stretch(tensor, result.shape) for tensor in tensors)
    frames.append(
        Frame(_("Cell by cell"), [*_pair(tensors, (result.shape,) * 2, sign), "=", _result(both, result, sign)])
    )
    point = (_("result"), tuple(size - 1 for size in result.shape)) if result.size else None
    return frames_scene(frames, start=len(frames) - 1, point_at=point)


def _moments(aligned: Alignment) -> list[tuple[str, tuple[tuple[int, ...], tuple[int, ...]]]]:
    """Return the steps before the cells are combined: a sentence, and the shapes of both tensors after it."""
    axes = len(aligned.pairs)
    now = [(1,) * (axes - len(shape)) + shape for shape in (aligned.first, aligned.second)]
    moments = []
    for name, before, after in zip("ab", (aligned.first, aligned.second), now, strict=True):
        if before != after:
            template = _("{name} has fewer axes: axes of length 1 are added on the left, {before} → {after}")
            label = template.format(name=name, before=shape_text(before), after=shape_text(after))
            moments.append((label, (now[0], now[1]) if name == "b" else (now[0], aligned.second)))
    for at in range(axes - 1, -1, -1):
        for number, name in enumerate("ab"):
            length, wanted = now[number][at], aligned.pairs[at].length
            if wanted is not None and length != wanted:
                now[number] = (*now[number][:at], wanted, *now[number][at + 1 :])
                template = _("Axis −{axis}: {name} has length 1 and is repeated {length} times")
                moments.append((template.format(axis=axes - at, name=name, length=wanted), (now[0], now[1])))
    return moments


def _pair(
    tensors: tuple[np.ndarray[Any, Any], ...], shapes: tuple[tuple[int, ...], ...], sign: str
) -> list[Panel | str]:
    a, b = (_stretched(name, tensor, shape) for name, tensor, shape in zip("ab", tensors, shapes, strict=True))
    return [a, sign, b]


def _stretched(name: str, tensor: np.ndarray[Any, Any], shape: tuple[int, ...]) -> Panel:
    of = stretch(tensor, shape)
    lengths = (1,) * (len(shape) - tensor.ndim) + tensor.shape

    def home(index: Index) -> Index:
        """Return the index of the tensor's own cell, of which this is a virtual copy."""
        return tuple(int(at) for at in np.unravel_index(int(of.place[index]), lengths))

    def working(index: Index) -> str:
        value = cell_text(of.values[index], 12)
        if not of.copies[index]:
            return value
        template = _("{value}, repeated from {name}[{index}]")
        return template.format(value=value, name=name, index=", ".join(map(str, home(index))))

    def sources(index: Index) -> list[tuple[str, Index]]:
        return [(name, home(index))] if of.copies[index] else []

    marks = np.where(of.copies, "copy", "").astype(object)
    return Panel(name, of.values, marks, Computed(sources), Computed(working))


def _result(both: tuple[Stretched, ...], result: np.ndarray[Any, Any], sign: str) -> Panel:
    def working(index: Index) -> str:
        left, right = (cell_text(of.values[index], 12) for of in both)
        return f"{left} {sign} {right} = {cell_text(result[index], 12)}"

    return Panel(_("result"), result, None, Computed(lambda index: [("a", index), ("b", index)]), Computed(working))


def bug_scene(predictions: np.ndarray[Any, Any], labels: np.ndarray[Any, Any], bug: LossBug) -> dict[str, Any]:
    """Return the scene of n predictions in a column minus n labels in a row: the diagonal is intended."""
    size = labels.size
    marks = np.where(np.eye(size, dtype=bool), "lit", "wrong").astype(object)
    column, row = predictions.reshape(size, 1), labels.reshape(size)

    def working(index: Index) -> str:
        left, right = cell_text(column[index[0], 0], 12), cell_text(row[index[1]], 12)
        return f"{left} − {right} = {cell_text(bug.differences[index], 12)}"

    difference = Panel(
        _("difference"),
        bug.differences,
        marks,
        Computed(lambda index: [("ŷ", (index[0], 0)), ("y", (index[1],))]),
        Computed(working),
    )
    legend = {"lit": _("prediction minus its own label"), "wrong": _("prediction minus the label of another row")}
    panels: list[Panel | str] = [Panel("ŷ", column), "−", Panel("y", row), "=", difference]
    return cells_scene(panels, legend=legend, point_at=(difference.name, (0, size - 1)))
