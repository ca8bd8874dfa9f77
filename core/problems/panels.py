"""What a miniature draws, as plain data: planes, bars, cells and pictures, all of which can change from frame to frame.

An array of a panel is still, or has one more axis in front: a frame each. `frames_of` says which. A role says what
something is, and the browser gives each role its colour; what has the role "exact" is hidden until it is asked for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[np.float64]
Role = Literal["data", "learned", "exact", "other", "muted", "good", "bad"]


@dataclass(frozen=True)
class Axis:
    """An axis of a plane or of bars.

    Attributes:
        title: its name, with the unit where it has one.
        low: its lower end; None takes the smallest number drawn.
        high: its upper end; None takes the largest number drawn.
        log: whether it is logarithmic; then what is not above 0 is left out.
    """

    title: str
    low: float | None = None
    high: float | None = None
    log: bool = False


@dataclass(frozen=True, eq=False)
class Points:
    """Points of a plane.

    Attributes:
        xy: (n, 2) or (frames, n, 2); points with NaN are left out.
        name: for the legend; "" leaves them out of it.
        role: what they are; with `groups` their colours are those of the groups.
        groups: (n,) or (frames, n), whole numbers that choose a colour; −1 is grey.
        group_names: of the groups, for the legend.
        labels: n texts that stand beside them, or none.
        shape: of each.
        size: the radius in pixels.
        movable: whether they can be dragged; then they are still.
    """

    xy: Array
    name: str = ""
    role: Role = "data"
    groups: npt.NDArray[np.int64] | None = None
    group_names: Sequence[str] = ()
    labels: Sequence[str] = ()
    shape: Literal["dot", "ring", "diamond", "cross"] = "dot"
    size: float = 3.5
    movable: bool = False


@dataclass(frozen=True, eq=False)
class Curve:
    """A line through points of a plane.

    Attributes:
        xy: (n, 2) or (frames, n, 2); a NaN breaks the line.
        name: for the legend; "" leaves it out of it.
        role: what it is.
        dashed: whether it is dashed.
        until: (frames,), how many of the points are reached in each frame; the rest is drawn pale.
        band: (n, 2), lower and upper edge of a band about a still curve.
        steps: whether it goes in steps, level from each point to the next.
    """

    xy: Array
    name: str = ""
    role: Role = "learned"
    dashed: bool = False
    until: npt.NDArray[np.int64] | None = None
    band: Array | None = None
    steps: bool = False


@dataclass(frozen=True, eq=False)
class Segments:
    """Straight pieces in a plane, such as arrows of a graph.

    Attributes:
        ends: (m, 4) or (frames, m, 4), x and y of both ends; those with NaN are left out.
        name: for the legend; "" leaves them out of it.
        role: what they are.
        arrow: whether the second end has a head.
        dashed: whether they are dashed.
    """

    ends: Array
    name: str = ""
    role: Role = "learned"
    arrow: bool = False
    dashed: bool = False


@dataclass(frozen=True, eq=False)
class Heat:
    """Colours behind a plane: numbers on a grid, or the regions of classes.

    Attributes:
        values: (rows, columns) or (frames, rows, columns), the first row at the bottom; for regions whole numbers.
        x: the left and right edge of the grid.
        y: the lower and upper edge.
        low: the number with the first colour.
        high: the number with the last colour.
        name: what the colours show, for the legend.
        regions: whether the numbers are those of groups, each with its colour.
    """

    values: Array
    x: tuple[float, float]
    y: tuple[float, float]
    low: float = 0.0
    high: float = 1.0
    name: str = ""
    regions: bool = False


Layer: TypeAlias = Points | Curve | Segments | Heat


@dataclass(frozen=True, eq=False)
class Plane:
    """Two axes with layers, the first one at the back.

    Attributes:
        title: what it shows.
        x: the axis across.
        y: the axis up.
        layers: what is drawn.
        alt: the finding in a sentence, for those who do not see it.
        bare: whether the axes are left out, as for a graph.
        square: whether both axes have the same scale.
    """

    title: str
    x: Axis
    y: Axis
    layers: Sequence[Layer]
    alt: str
    bare: bool = False
    square: bool = False


@dataclass(frozen=True, eq=False)
class BarSet:
    """One bar for each label.

    Attributes:
        values: (k,) or (frames, k); NaN is no bar.
        name: for the legend.
        role: what they are; bars with the role "exact" are marks across the others.
    """

    values: Array
    name: str
    role: Role = "learned"


@dataclass(frozen=True, eq=False)
class Bars:
    """Bars side by side.

    Attributes:
        title: what they show.
        y: the axis up.
        labels: k names, one below each place.
        sets: the bars; those of a place stand side by side.
        alt: the finding in a sentence.
    """

    title: str
    y: Axis
    labels: Sequence[str]
    sets: Sequence[BarSet]
    alt: str


@dataclass(frozen=True, eq=False)
class Cells:
    """A table of cells: numbers, texts or both, with colours, marks and arrows.

    Attributes:
        title: what it shows.
        values: (rows, columns) or (frames, rows, columns), the numbers that colour the cells, and are written unless
            there are texts; NaN is an empty cell.
        alt: the finding in a sentence.
        row_names: of the rows, or none.
        column_names: of the columns, or none.
        texts: rows × columns texts in place of the numbers, or frames × rows × columns.
        low: the number with the first colour; None takes the smallest.
        high: the number with the last colour; None takes the largest.
        shaded: whether numbers colour the cells.
        marks: (rows, columns) or (frames, rows, columns): 1 is marked, 2 is marked as the exact answer, 0 is not.
        arrows: as `marks`: 0 up, 1 right, 2 down, 3 left, −1 none.
        exact: whether the whole table is part of the exact answer, and hidden until it is asked for.
        editable: whether a click on a cell changes something.
        digits: significant digits of the numbers.
    """

    title: str
    values: Array
    alt: str
    row_names: Sequence[str] = ()
    column_names: Sequence[str] = ()
    texts: Sequence[Sequence[str]] | Sequence[Sequence[Sequence[str]]] | None = None
    low: float | None = None
    high: float | None = None
    shaded: bool = True
    marks: npt.NDArray[np.int64] | None = None
    arrows: npt.NDArray[np.int64] | None = None
    exact: bool = False
    editable: bool = False
    digits: int = 3


@dataclass(frozen=True, eq=False)
class Pictures:
    """Grey pictures side by side.

    Attributes:
        title: what they show.
        images: (k, height, width) or (frames, k, height, width), 0 is the background and 1 full ink.
        captions: k texts below them, or frames × k.
        alt: the finding in a sentence.
        tones: (k,) or (frames, k): 1 is right, −1 is wrong, 0 neither; for the frames of the pictures.
        exact: whether they are part of the exact answer, and hidden until it is asked for.
        paintable: whether the first picture can be painted.
    """

    title: str
    images: Array
    captions: Sequence[str] | Sequence[Sequence[str]]
    alt: str
    tones: npt.NDArray[np.int64] | None = None
    exact: bool = False
    paintable: bool = False


Panel: TypeAlias = Plane | Bars | Cells | Pictures


def frames_of(panel: Panel) -> Iterator[int]:
    """Yield the number of frames of each array of a panel that has a frame each."""
    for array, still in _arrays(panel):
        if array is not None and np.ndim(array) > still:
            yield len(array)


def _arrays(panel: Panel) -> Iterator[tuple[npt.NDArray[np.generic] | None, int]]:
    """Yield the arrays of a panel, each with its number of axes where it stands still."""
    if isinstance(panel, Plane):
        for layer in panel.layers:
            yield from _arrays_of_layer(layer)
    elif isinstance(panel, Bars):
        yield from ((bars.values, 1) for bars in panel.sets)
    elif isinstance(panel, Cells):
        yield from ((array, 2) for array in (panel.values, panel.marks, panel.arrows))
        yield (None if panel.texts is None else np.asarray(panel.texts, dtype=np.str_), 2)
    else:
        yield from ((panel.images, 3), (np.asarray(panel.captions, dtype=np.str_), 1), (panel.tones, 1))


def _arrays_of_layer(layer: Layer) -> Iterator[tuple[npt.NDArray[np.generic] | None, int]]:
    if isinstance(layer, Points):
        yield from ((layer.xy, 2), (layer.groups, 1))
    elif isinstance(layer, Curve):
        yield from ((layer.xy, 2), (layer.until, 0))
    else:
        yield (layer.ends if isinstance(layer, Segments) else layer.values, 2)
