"""A reduction in frames: the lines of an axis slide into line 0, one after another, until the axis has length 1."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from core.formatting import format_list
from core.language import _, ngettext
from core.tensors.formula_text import gathered, number, term, written_out
from core.tensors.reduction_steps import Collapse, Step
from core.tensors.reductions import Array, How
from dashboard.scenes.cells.grid import Index, grid
from dashboard.scenes.cells.scene import Computed, Frame, Panel, Sources, frames_scene


def shape_text(shape: tuple[int, ...]) -> str:
    """Return a shape as Python writes it.

    >>> shape_text((3,)), shape_text(())
    ('(3,)', '()')
    """
    return str(tuple(shape))


def start_words(of: Collapse) -> str:
    """Describe the start."""
    if not of.axes:
        return _("A has no axis that could collapse: it is already one number.")
    axes = _listed(of.axes)
    if not of.count:
        return _("Axis {axes} has length 0: there are no entries to combine.").format(axes=axes)
    return ngettext(
        "A has shape {shape}, and axis {axes} will disappear.",
        "A has shape {shape}, and axes {axes} will disappear, one after the other.",
        len(of.axes),
    ).format(shape=shape_text(of.x.shape), axes=axes)


def fold_words(of: Collapse, step: Step) -> str:
    """Describe which lines move, and the effect on line 0."""
    count = step.last - step.first + 1
    if of.how == "prod":
        template = ngettext(
            "Axis {axis}: line 0 is multiplied by the next line.",
            "Axis {axis}: line 0 is multiplied by the next {count} lines.",
            count,
        )
    elif of.how == "max":
        template = ngettext(
            "Axis {axis}: line 0 keeps the larger of itself and the next line.",
            "Axis {axis}: line 0 keeps the largest of itself and the next {count} lines.",
            count,
        )
    elif of.how == "min":
        template = ngettext(
            "Axis {axis}: line 0 keeps the smaller of itself and the next line.",
            "Axis {axis}: line 0 keeps the smallest of itself and the next {count} lines.",
            count,
        )
    else:
        template = ngettext(
            "Axis {axis}: the next line is added to line 0.",
            "Axis {axis}: the next {count} lines are added to line 0.",
            count,
        )
    return template.format(axis=step.axis, count=count)


def folded_words(of: Collapse, step: Step) -> str:
    """Describe how far the axis has collapsed."""
    template = _("Axis {axis}: line 0 combines {taken} of {count} lines, and the shape is {shape}.")
    return template.format(
        axis=step.axis, taken=step.taken, count=of.x.shape[step.axis], shape=shape_text(step.values.shape)
    )


def step_words(of: Collapse, step: Step) -> str:
    """Describe the operation on every entry."""
    if step.kind == "square":
        return _("Every entry becomes its squared distance from the mean.")
    if of.how == "mean":
        return _("Every sum is divided by the number of its entries, {count}.").format(count=of.count)
    template = _("Every sum is divided by n − correction = {count} − {correction} = {divisor}.")
    return template.format(count=of.count, correction=number(of.correction), divisor=number(of.divisor))


def end_words(of: Collapse) -> str:
    """Describe the effect on the axes."""
    if not of.axes:
        return _("A is one number, and so is the result.")
    before = tuple(1 if axis in of.axes else length for axis, length in enumerate(of.x.shape))
    template = (
        ngettext(
            "Axis {axes} has length 1 now and stays, because keepdims=True: the shape is {after}.",
            "Axes {axes} have length 1 now and stay, because keepdims=True: the shape is {after}.",
            len(of.axes),
        )
        if of.keepdims
        else ngettext(
            "Axis {axes} has length 1 now and leaves the shape: {before} becomes {after}.",
            "Axes {axes} have length 1 now and leave the shape: {before} becomes {after}.",
            len(of.axes),
        )
    )
    return template.format(axes=_listed(of.axes), before=shape_text(before), after=shape_text(of.result.shape))


def _listed(axes: tuple[int, ...]) -> str:
    return format_list(map(str, axes))


Marks: TypeAlias = npt.NDArray[np.object_]
MOST_DRAWN = 2_000  # cells in all frames together, so a long axis is as fast to draw as a short one
_WAYS = {1: ("left",), 2: ("up", "left"), 3: ("away", "up", "left")}  # where the lines of each axis go


def folds_to_draw(shape: Index, axes: int) -> int:
    """Return the number of folds per axis, 1 to 8.

    >>> folds_to_draw((3, 3), 1), folds_to_draw((20, 20), 2)
    (8, 1)
    """
    cells = max(grid(shape).drawn * axes, 1)
    return min(max(MOST_DRAWN // (4 * cells), 1), 8)


def collapse_scene(of: Collapse, call: str) -> dict[str, Any]:
    """Return the scene: A and the result so far, in frames; it begins at the end, with the result.

    `call` is the code for torch, also the name of the result.
    """
    frames = [*_Frames(of).walk(), _end(of, call)]
    legend = {
        "lit": _("combined now"),
        "new": _("result so far"),
        "folds-up": _("goes up into line 0"),
        "folds-left": _("goes left into line 0"),
        "folds-away": _("goes into the first slice"),
    }
    return frames_scene(frames, title=_("The axis collapses"), legend=legend, start=len(frames) - 1)


class _Frames:
    """The frames of the steps, with the number of lines of each axis that line 0 combines."""

    def __init__(self, of: Collapse) -> None:
        self.of = of
        self.taken = [1] * of.x.ndim
        self.drawn = _drawn(of.x.shape)

    def walk(self) -> Iterator[Frame]:
        """Yield the frames of all steps but the last."""
        before = self.of.steps[0]
        for step in self.of.steps[:-1]:
            if step.kind == "start":
                yield self._frame(start_words(self.of), step)
            elif step.kind == "fold":
                yield self._moving(before, step)
                self.taken[step.axis] = step.taken
                marks = _marks(step.values.shape, (step.axis, 0, 1, "new"))
                yield self._frame(folded_words(self.of, step), step, marks, _folded(self.of.how, before, step))
            else:
                marks = np.full(step.values.shape, "new", dtype=object)
                yield self._frame(step_words(self.of, step), step, marks, self._worked(before, step))
            before = step

    def _moving(self, before: Step, step: Step) -> Frame:
        """Return the frame in which lines slide into line 0."""
        axis, way = step.axis, _WAYS[self.of.x.ndim][step.axis]
        marks = _marks(before.values.shape, (axis, 0, 1, "lit"), (axis, step.first, step.last + 1, f"folds-{way}"))
        lit = _marks(self.of.x.shape, (axis, self.taken[axis], step.taken, "lit"))
        return self._frame(fold_words(self.of, step), before, marks, {}, lit)

    def _frame(
        self,
        label: str,
        step: Step,
        marks: Marks | None = None,
        working: Mapping[Index, str] | None = None,
        lit: Marks | None = None,
    ) -> Frame:
        so_far = Panel(_("so far"), step.values, marks, self._sources(), {} if working is None else working)
        return Frame(label, [Panel("A", self.of.x, lit), "→", so_far])

    def _sources(self) -> dict[Index, Sources]:
        """Return the entries of A that every cell combines so far."""
        places = (
            tuple(max(at - taken + 1, 0) for at, taken in zip(index, self.taken, strict=True)) for index in self.drawn
        )
        return _sources(places, self.drawn)

    def _worked(self, before: Step, step: Step) -> Mapping[Index, str]:
        """Return the working of each entry by itself."""
        if step.kind == "divide":
            divisor = number(self.of.divisor)
            return Computed(lambda at: f"{term(before.values[at])} / {divisor} = {number(step.values[at])}")
        mean = np.broadcast_to(self.of.means, self.of.x.shape)
        return Computed(lambda at: f"({number(self.of.x[at])} − {term(mean[at])})² = {number(step.values[at])}")


def _end(of: Collapse, call: str) -> Frame:
    """Return A and its result, each cell with the entries of its line as sources."""
    drawn = _drawn(of.x.shape)
    sources = _sources((of.place(index) for index in drawn), drawn)
    result = Panel(call, of.result, None, sources, Computed(lambda place: written_out(of, place)))
    return Frame(end_words(of), [Panel("A", of.x), "→", result])


def _drawn(shape: Index) -> list[Index]:
    return [index for index in grid(shape).cells() if index is not None]


def _sources(places: Iterable[Index], drawn: list[Index]) -> dict[Index, Sources]:
    """Return the drawn entries of A, by the entry of the result."""
    found: dict[Index, list[tuple[str, Index]]] = {}
    for place, index in zip(places, drawn, strict=True):
        found.setdefault(place, []).append(("A", index))
    return dict(found)


def _folded(how: How, before: Step, step: Step) -> Mapping[Index, str]:
    """Return the working of line 0; the others are unchanged."""

    def written(at: Index) -> str:
        if at[step.axis]:
            return number(step.values[at])
        together = np.take(_line(before.values, at, step.axis), range(step.last + 1))
        return f"{gathered(together.tolist(), how)} = {number(step.values[at])}"

    return Computed(written)


def _line(values: Array, at: Index, axis: int) -> Array:
    """Return all entries along an axis that share the rest of an index."""
    along: Array = np.moveaxis(values, axis, -1)[(*at[:axis], *at[axis + 1 :])]
    return along


def _marks(shape: Index, *lines: tuple[int, int, int, str]) -> Marks:
    """Return a mark for each cell, given the mark of the lines `first` up to `last` of an axis."""
    marks = np.full(shape, "", dtype=object)
    for axis, first, last, mark in lines:
        marks[(*[slice(None)] * axis, slice(first, last))] = mark
    return marks
