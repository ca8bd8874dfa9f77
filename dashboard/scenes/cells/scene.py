"""The scene of tensors drawn as tables of cells: their values, marks and sources.

In the browser, pointing at a cell (by mouse, finger or arrow keys) highlights the cells that it was computed from and
those computed from it, and shows its working below.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

import numpy as np

from core.formatting import format_count, format_number
from core.language import _
from dashboard.scenes.cells.grid import Grid, Index, grid


def cells_words() -> dict[str, str]:
    """Return the texts of the component, by their position."""
    return {
        "hint": _("Point at a cell, or move through the cells with the arrow keys, to see how it was computed."),
        "told": _("{cell} = {working}"),
        "aloud": _("{cell}: {value}"),
        "empty": _("no cells"),
        "panel": _("{name}, {facts}"),
        "scrubber": _("Step"),
        "position": _("{step} of {last}"),
        "first": _("To the first step"),
        "back": _("One step back"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("One step forward"),
        "last": _("To the last step"),
        "speed": _("Speed"),
        "seconds": _("{count} s per step"),
        "source": _("inputs of the selected cell"),
        "made": _("computed from it"),
    }


def mark_words() -> dict[str, str]:
    """Return the default meaning of each mark."""
    return {
        "copy": _("a virtual copy, which takes no memory"),
        "lit": _("chosen"),
        "new": _("new"),
        "wrong": _("wrong"),
        "gone": _("removed"),
    }


Sources: TypeAlias = Sequence[tuple[str, Index]]
V = TypeVar("V")
LONGEST_TEXT = 18
DIGITS = 4
EVERY_DIGIT = 12
MOST_CROSSED = 10  # rows and columns of crossed matrices, so that all three are on the screen,
KEPT_CROSSED = 6  # and how many of more


class Computed(Mapping[Index, V]):
    """A mapping whose values are computed on access: only those of drawn cells are."""

    def __init__(self, compute: Callable[[Index], V]) -> None:
        """Take the function of an index that computes its value."""
        self._compute = compute

    def __getitem__(self, index: Index) -> V:
        """Compute the value of an index."""
        return self._compute(index)

    def __iter__(self) -> Iterator[Index]:
        """Nothing is stored, so there is nothing to iterate over."""
        return iter(())

    def __len__(self) -> int:
        """Nothing is stored."""
        return 0


@dataclass(frozen=True, eq=False)
class Panel:
    """One tensor. An index is a tuple with one number for each axis: `()` for a scalar.

    values: an array of 0 to 3 axes, of numbers, bools or short texts. `mark`: None, or an array of the same shape
    with "" | "copy" | "lit" | "wrong" | "new" | "gone". `sources`: from which cells (name of a panel, index) a cell was
    made. `working`: what stands after “name[index] = ” when the cell is pointed at; its value, if nothing is given.
    `note` stands below. `axis_names`: what each axis holds, such as ("rows", "columns"). `upright`: draw a vector as a
    column. `dtype`: what to say in place of the dtype of numpy.
    """

    name: str
    values: np.ndarray[Any, Any]
    mark: np.ndarray[Any, Any] | None = None
    sources: Mapping[Index, Sources] = field(default_factory=dict)
    working: Mapping[Index, str] = field(default_factory=dict)
    note: str = ""
    axis_names: tuple[str, ...] = ()
    upright: bool = False
    dtype: str = ""


@dataclass(frozen=True, eq=False)
class Frame:
    """One moment of several: what happens in it, and its panels."""

    label: str
    panels: Sequence[Panel | str]


def cells_scene(
    panels: Sequence[Panel | str],
    *,
    title: str = "",
    legend: Mapping[str, str] | None = None,
    point_at: tuple[str, Index] | None = None,
    crossed: bool = False,
) -> dict[str, Any]:
    """Return the scene. A text among the panels is a sign between them, such as "×" or "=".

    `legend` overrides the meaning of marks. `point_at` is the cell (name of a panel, index) selected at the start.
    `crossed` places three matrices so that the first is left of the third and the second above it: the row and the
    column of an entry meet in it.
    Raises ValueError for a tensor of more than 3 axes, or marks of another shape.
    """
    return _scene([Frame("", panels)], title, legend, 0, point_at, crossed)


def frames_scene(
    frames: Sequence[Frame],
    *,
    title: str = "",
    legend: Mapping[str, str] | None = None,
    start: int = 0,
    point_at: tuple[str, Index] | None = None,
    crossed: bool = False,
) -> dict[str, Any]:
    """Return the scene of frames with a scrubber, beginning at frame `start`."""
    return _scene(frames, title, legend, start, point_at, crossed)


def _scene(
    frames: Sequence[Frame],
    title: str,
    legend: Mapping[str, str] | None,
    start: int,
    point_at: tuple[str, Index] | None,
    crossed: bool,
) -> dict[str, Any]:
    drawn = [_Drawn(frame, crossed) for frame in frames]
    used = {mark for frame in drawn for panel in frame.panels for mark in panel["marks"].values()}
    return {
        "title": title,
        "crossed": crossed,
        "frames": [{"label": frame.label, "items": frame.items} for frame in drawn],
        "start": start,
        "point": drawn[start].place(point_at) if point_at and drawn else None,
        "legend": {mark: words for mark, words in (mark_words() | dict(legend or {})).items() if mark in used},
        "words": cells_words(),
    }


class _Drawn:
    """A frame in the form for the browser."""

    def __init__(self, frame: Frame, crossed: bool) -> None:
        given = [item for item in frame.panels if isinstance(item, Panel)]
        self.label = frame.label
        self._grids = _crossed(given) if crossed else [grid(np.shape(each.values), each.upright) for each in given]
        self._numbers: dict[str, int] = {}
        self._known: dict[tuple[str, Index], list[int] | None] = {}
        for number, panel in enumerate(given):
            self._numbers.setdefault(panel.name, number)
        self.panels = [self._panel(panel, where) for panel, where in zip(given, self._grids, strict=True)]
        waiting = iter(self.panels)
        self.items = [next(waiting) if isinstance(item, Panel) else item for item in frame.panels]

    def place(self, source: tuple[str, Index]) -> list[int] | None:
        """Return the number of a panel and of a cell in it, or None if there is no such panel."""
        if source not in self._known:
            name, index = source
            number = self._numbers.get(name)
            self._known[source] = None if number is None else [number, self._grids[number].number(index)]
        return self._known[source]

    def _panel(self, panel: Panel, where: Grid) -> dict[str, Any]:
        values, marks = np.asarray(panel.values), panel.mark
        if marks is not None and np.shape(marks) != values.shape:
            raise ValueError(f"marks of shape {np.shape(marks)} for values of shape {values.shape}")
        cells = list(where.cells())
        kept = [(number, index) for number, index in enumerate(cells) if index is not None]
        return {
            "name": panel.name,
            "axes": _axes(panel, values.ndim),
            "facts": _facts(panel, values),
            "notes": [note for note in (panel.note, _left_out(values.size, len(kept)), *_unusual(values)) if note],
            "empty": not cells,
            "slices": [
                "" if slice_ is None else _slice_name(panel.name, slice_, values.ndim) for slice_ in where.slices
            ],
            "rows": ["…" if row is None else row for row in where.rows],
            "columns": ["…" if column is None else column for column in where.columns],
            "axisCount": values.ndim,
            "upright": panel.upright,
            "texts": ["…" if index is None else cell_text(values[index]) for index in cells],
            "labels": ["" if index is None else _label(panel.name, index) for index in cells],
            "working": {n: panel.working.get(i) or cell_text(values[i], EVERY_DIGIT) for n, i in kept},
            "marks": {} if marks is None else {n: str(marks[i]) for n, i in kept if marks[i]},
            "sources": {n: places for n, i in kept if (places := self._places(panel.sources.get(i, ())))},
        }

    def _places(self, sources: Sources) -> list[list[int]]:
        """Return the places of the drawn sources, each once, in order."""
        found = [place for source in sources if (place := self.place(source))]
        return [list(place) for place in dict.fromkeys(map(tuple, found))]


def _crossed(panels: Sequence[Panel]) -> list[Grid]:
    """Lay out A (n, k), B (k, m) and C (n, m) so that the rows of A and C, and the columns of B and C, are the same."""
    A, B, C = (np.shape(panel.values) for panel in panels)
    n, k, m = (side if side <= MOST_CROSSED else KEPT_CROSSED for side in (*A, B[1]))
    return [grid(A, most=(1, n, k)), grid(B, most=(1, k, m)), grid(C, most=(1, n, m))]


def cell_text(value: object, digits: int = DIGITS) -> str:
    """Return the text of a cell.

    >>> cell_text(np.int64(-3)), cell_text(np.float64(1 / 3)), cell_text(np.bool_(True)), cell_text(np.nan)
    ('−3', '0.3333', 'True', 'nan')
    """
    plain = value.item() if isinstance(value, np.generic) else value
    if isinstance(plain, bool | str):
        text = str(plain)
        return text if len(text) <= LONGEST_TEXT or digits == EVERY_DIGIT else text[: LONGEST_TEXT - 1] + "…"
    if isinstance(plain, int):
        return (
            str(plain).replace("-", "−")
            if abs(plain) < 10**9 or digits == EVERY_DIGIT
            else format_number(plain, digits)
        )
    return "nan" if plain != plain else format_number(float(str(plain)), digits)


def _label(name: str, index: Index) -> str:
    """Return the Python expression of an entry; an expression needs brackets."""
    if not index:
        return name
    return f"{f'({name})' if ' ' in name else name}[{', '.join(map(str, index))}]"


def _slice_name(name: str, place: int, axes: int) -> str:
    return _label(name, (place,)) if axes == 3 else name


def _facts(panel: Panel, values: np.ndarray[Any, Any]) -> str:
    shape = f"({', '.join(map(str, values.shape))}{',' * (values.ndim == 1)})"
    dtype = panel.dtype or ("" if values.dtype.kind in "OU" else str(values.dtype))
    template = _("shape {shape} · {dtype}") if dtype else _("shape {shape}")
    return template.format(shape=shape, dtype=dtype)


def _axes(panel: Panel, axes: int) -> str:
    """Describe the direction of each axis."""
    arrows = {1: "↓" if panel.upright else "→", 2: "↓→", 3: "▤↓→"}.get(axes, "")
    return "  ".join(f"{arrow} {name}" for arrow, name in zip(arrows, panel.axis_names, strict=False))


def _left_out(all_cells: int, drawn: int) -> str:
    if drawn == all_cells:
        return ""
    template = _("{drawn} of {all} cells are drawn; … stands for the rest.")
    return template.format(drawn=drawn, all=format_count(all_cells))


def _unusual(values: np.ndarray[Any, Any]) -> Iterator[str]:
    """Explain nan and ∞ where they occur."""
    if values.dtype.kind == "f":
        if np.isnan(values).any():
            yield _("nan is “not a number”: a missing value, or an undefined result such as 0/0.")
        if np.isinf(values).any():
            yield _("∞ is infinity, such as 1/0, or a value too large for its dtype.")
