"""Which cells of a tensor are drawn, and where: rows and columns, the first of three axes as slices."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

Index: TypeAlias = tuple[int, ...]

MOST_CELLS = 400
MOST_ALONG = 40  # of the cells in one row or column
MOST_SLICES = 8


def shown(length: int, most: int) -> tuple[int | None, ...]:
    """Return the drawn indices along an axis; None stands for the omitted middle.

    >>> shown(3, 5), shown(9, 5)
    ((0, 1, 2), (0, 1, 2, None, 7, 8))
    """
    if length <= most:
        return tuple(range(length))
    first = (most + 1) // 2
    return (*range(first), None, *range(length - (most - first), length))


@dataclass(frozen=True)
class Grid:
    """The layout of a tensor's cells: along each side indices, or None for the omitted middle."""

    shape: Index
    upright: bool
    slices: tuple[int | None, ...]
    rows: tuple[int | None, ...]
    columns: tuple[int | None, ...]

    def cells(self) -> Iterator[Index | None]:
        """Yield the cells in order of their numbers: slice by slice, row by row. An omitted slice is one cell."""
        for slice_ in self.slices:
            if slice_ is None:
                yield None
                continue
            for row in self.rows:
                for column in self.columns:
                    yield None if row is None or column is None else self._index(slice_, row, column)

    def number(self, index: Index) -> int:
        """Return the number of the cell of this index, or of the ellipsis that stands for it."""
        slice_, row, column = self._places(index)
        place = _place(self.slices, slice_)
        each = len(self.rows) * len(self.columns)
        before = sum(1 if earlier is None else each for earlier in self.slices[:place])
        if self.slices[place] is None:
            return before
        return before + _place(self.rows, row) * len(self.columns) + _place(self.columns, column)

    @property
    def drawn(self) -> int:
        """The number of drawn cells, without ellipses."""
        return sum(index is not None for index in self.cells())

    def _index(self, slice_: int, row: int, column: int) -> Index:
        axes = len(self.shape)
        if axes < 2:
            return ((row if self.upright else column),) if axes else ()
        return (row, column) if axes == 2 else (slice_, row, column)

    def _places(self, index: Index) -> Index:
        axes = len(self.shape)
        if axes < 2:
            along = index[0] if axes else 0
            return (0, along, 0) if self.upright else (0, 0, along)
        return (0, *index) if axes == 2 else index


def most_drawn(shape: Index, upright: bool = False) -> Index:
    """Return the largest number of drawn slices, rows and columns of a tensor of 0 to 3 axes."""
    if len(shape) > 3:
        raise ValueError(f"at most 3 axes can be drawn, not {len(shape)}")
    kept = [
        min(length, most)
        for length, most in zip(_sides(shape, upright), (MOST_SLICES, MOST_ALONG, MOST_ALONG), strict=True)
    ]
    while math.prod(kept) > MOST_CELLS:
        longest = max((2, 1, 0), key=lambda axis: kept[axis])
        kept[longest] -= 1
    return tuple(kept)


def grid(shape: Index, upright: bool = False, most: Index | None = None) -> Grid:
    """Lay out a tensor; the middle of each side longer than `most` is omitted."""
    slices, rows, columns = map(shown, _sides(shape, upright), most or most_drawn(shape, upright))
    return Grid(shape, upright, slices, rows, columns)


def _sides(shape: Index, upright: bool) -> Index:
    """Return the number of slices, rows and columns."""
    if len(shape) > 1:
        return (1, *shape)[-3:]
    along = shape[0] if shape else 1
    return (1, along, 1) if upright else (1, 1, along)


def _place(along: tuple[int | None, ...], wanted: int) -> int:
    return along.index(wanted) if wanted in along else along.index(None)
