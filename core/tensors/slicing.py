"""Indexing a tensor: the selected cells, their shape, view or copy, and writing through the index."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from core.errors import InputError, PointedError
from core.formatting import format_count, format_general, format_list
from core.language import _, ngettext
from core.tensors.parsing.index import At, Item, Mask, NewAxis, Part, Picks, Rest, parse_index
from core.tensors.shapes import shape_text


@dataclass(frozen=True)
class Step:
    """What one item of an index does.

    Attributes:
        item: as typed.
        axes: the tensor's axes that it applies to.
        sentence: the effect on them.
    """

    item: str
    axes: tuple[int, ...]
    sentence: str


def fit(shape: tuple[int, ...], items: Sequence[Item], text: str = "") -> tuple[Step, ...]:
    """Return the effect of each item on a tensor of this shape; other axes are kept whole.

    Raises PointedError, within `text`, for an item that does not fit: an index out of range, a step below 1, a
    condition of another shape; InputError if there are more items than axes.
    """
    used = [_axes_used(item) for item in items]
    if len(shape) < sum(used):
        sentence = ngettext(
            "The index uses {used} axes, but the tensor has {axes} axis.",
            "The index uses {used} axes, but the tensor has {axes} axes.",
            len(shape),
        )
        raise InputError(sentence.format(used=sum(used), axes=len(shape)))
    rests = [item for item in items if isinstance(item, Rest)]
    if len(rests) > 1:
        raise PointedError(_("An index can have only one “...”."), text, rests[1].place)
    steps, axis = [], 0
    for item, count in zip(items, used, strict=True):
        taken = len(shape) - sum(used) if isinstance(item, Rest) else count
        axes = tuple(range(axis, axis + taken))
        steps.append(Step(item.text, axes, _sentence(item, axes, shape, text)))
        axis += taken
    steps += [Step("", (rest,), _("not indexed, so it is kept whole")) for rest in range(axis, len(shape))]
    return tuple(steps)


def _axes_used(item: Item) -> int:
    if isinstance(item, Mask):
        return item.picked.ndim
    return 0 if isinstance(item, NewAxis | Rest) else 1


def _sentence(item: Item, axes: tuple[int, ...], shape: tuple[int, ...], text: str) -> str:
    if isinstance(item, NewAxis):
        return _("a new axis of length 1")
    if isinstance(item, Rest):
        return _("kept whole") if axes else _("no axis is left for it")
    if isinstance(item, Mask):
        return _mask(item, axes, shape, text)
    length = shape[axes[0]]
    if isinstance(item, At):
        return _at(item, axes[0], length, text)
    return _part(item, length, text) if isinstance(item, Part) else _picks(item, axes[0], length, text)


def _at(item: At, axis: int, length: int, text: str) -> str:
    _check_place(item.index, axis, length, item, text)
    if item.index < 0:
        template = _("index {place}, counted from the end: {length} − {back} = {place}; the axis is removed")
        return template.format(place=item.index + length, length=length, back=-item.index)
    return _("index {place}; the axis is removed").format(place=item.index)


def _check_place(index: int, axis: int, length: int, item: Item, text: str) -> None:
    if -length <= index < length:
        return
    if length == 0:
        sentence = _("Axis {axis} has length 0: it has no entry to choose.")
    else:
        sentence = _(
            "Axis {axis} has length {length}: its indices run from 0 to {last}, or −{length} to −1 from the end."
        )
    raise PointedError(sentence.format(axis=axis, length=length, last=length - 1), text, item.place)


def _part(item: Part, length: int, text: str) -> str:
    if item.step is not None and item.step < 1:
        raise PointedError(
            _("The step of a slice has to be 1 or more in torch; A.flip(0) reverses an axis."), text, item.place
        )
    taken = range(length)[slice(item.start, item.stop, item.step)]
    if len(taken) == length:
        return _("all of it, length {length}").format(length=length)
    if not taken:
        return _("no entry: length 0")
    if len(taken) == 1:
        return _("index {place} alone, and the axis is kept: length 1").format(place=taken[0])
    if item.stop is not None and 0 <= item.stop <= length and (item.step or 1) == 1:
        template = _("indices {places}: length {count}; {stop} is left out")
        return template.format(places=_listed(taken), count=len(taken), stop=item.stop)
    return _("indices {places}: length {count}").format(places=_listed(taken), count=len(taken))


def _picks(item: Picks, axis: int, length: int, text: str) -> str:
    for index in item.indexes.flat:
        _check_place(int(index), axis, length, item, text)
    if not item.indexes.size:
        return _("no entry: length 0")
    places = [int(index) % length for index in item.indexes.flat]
    if item.indexes.ndim == 1:
        return _("indices {places}, in this order: length {count}").format(places=_listed(places), count=len(places))
    template = _("indices {places}, in the shape of the list: {shape}")
    return template.format(places=_listed(places), shape=shape_text(item.indexes.shape))


def _mask(item: Mask, axes: tuple[int, ...], shape: tuple[int, ...], text: str) -> str:
    there = tuple(shape[axis] for axis in axes)
    if item.picked.shape != there:
        sentence = _("The condition has shape {condition}, but the tensor has {there} here: they must be equal.")
        raise PointedError(
            sentence.format(condition=shape_text(item.picked.shape), there=shape_text(there)), text, item.place
        )
    count = int(np.count_nonzero(item.picked))
    if len(axes) == 1:
        return _("true for {count} of {all}: length {count}").format(count=count, all=item.picked.size)
    template = _("true for {count} of {all} cells: together one axis of length {count}")
    return template.format(count=count, all=item.picked.size)


def _listed(places: Sequence[int], most: int = 8) -> str:
    shown = [str(place) for place in list(places)[:most]]
    return format_list(shown) + (", …" if len(places) > most else "")


MOST_AXES = 3
MOST_CELLS = 100_000


@dataclass(frozen=True, eq=False)
class Selection:
    """The result of `B = A[index]`.

    Attributes:
        values: of B.
        place: for each cell of B its flat index in A, row by row.
        picked: for each cell of A whether B holds it.
        is_view: whether B shares the memory of A, so writing into one changes the other.
        steps: the effects of the items of the index.
        index: as typed.
        offset: of a view, where it starts in A's memory.
        strides: of a view, those of B.
    """

    values: np.ndarray
    place: np.ndarray
    picked: np.ndarray
    is_view: bool
    steps: tuple[Step, ...]
    index: str
    offset: int
    strides: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Written:
    """What A holds after `A[index] = v`, and after `B = A[index]; B[...] = v`.

    Attributes:
        directly: A after writing through the index.
        through: A after writing through B.
        written: the cells of A that the first wrote.
        selected: v as it was written, in the shape of the selection and the dtype of A.
        cut: whether fractions were dropped, because A holds whole numbers.
    """

    directly: np.ndarray
    through: np.ndarray
    written: np.ndarray
    selected: np.ndarray
    cut: bool


def select(tensor: np.ndarray, text: str) -> Selection:
    """Select from a tensor by a typed index, as torch does.

    Slices, whole numbers, `None` and `...` alone give a view, a list or a condition a copy. A slice past the end is
    clipped.
    Raises PointedError or InputError for a text that is not an index or does not fit the tensor, and for results of
    more than 3 axes or 100,000 cells.

    >>> select(np.arange(12).reshape(3, 4), "1:3, ::2").values.tolist()
    [[4, 6], [8, 10]]
    """
    import torch

    items = parse_index(text, tensor)
    steps = fit(tensor.shape, items, text)
    _check_size(tensor.shape, items)
    index = torch_index(items)
    places = torch.arange(tensor.size).reshape(tensor.shape)
    try:
        taken = places[index]
    except (IndexError, RuntimeError) as problem:
        sentence = _("The lists and conditions of this index have shapes that cannot be broadcast: {shapes}.")
        raise InputError(sentence.format(shapes=_list_shapes(items))) from problem
    place = taken.numpy()
    picked = np.zeros(tensor.size, dtype=bool)
    picked[place.ravel()] = True
    view = not any(isinstance(item, Picks | Mask) for item in items)
    values = np.array(tensor).reshape(-1)[place]
    return Selection(
        values, place, picked.reshape(tensor.shape), view, steps, index_code(items), int(taken.storage_offset()),
        tuple(taken.stride()),
    )  # fmt: skip


def _check_size(shape: tuple[int, ...], items: Sequence[Item]) -> None:
    """Raise InputError for a result that would be too large, before it is made: a list can repeat an index."""
    axes = len(shape) + sum(_axes_more(item) for item in items)
    if axes > MOST_AXES:
        sentence = _("The result would have more than {most} axes, too many to draw.")
        raise InputError(sentence.format(most=MOST_AXES))
    repeated = prod(item.indexes.size for item in items if isinstance(item, Picks))
    if repeated * max(prod(shape), 1) > MOST_CELLS and repeated > 1:
        sentence = _("The result could have more than {most} cells; use a shorter list or a smaller tensor.")
        raise InputError(sentence.format(most=format_count(MOST_CELLS)))


def _axes_more(item: Item) -> int:
    """Return how many axes this item alone adds to the result."""
    if isinstance(item, At):
        return -1
    if isinstance(item, Picks):
        return item.indexes.ndim - 1
    if isinstance(item, Mask):
        return 1 - item.picked.ndim
    return int(isinstance(item, NewAxis))


def torch_index(items: Sequence[Item]) -> tuple[Any, ...]:
    """Return the items as an index for torch."""
    import torch

    index: list[Any] = []
    for item in items:
        if isinstance(item, At):
            index.append(item.index)
        elif isinstance(item, Part):
            index.append(slice(item.start, item.stop, item.step))
        elif isinstance(item, Picks | Mask):
            index.append(torch.from_numpy(np.array(item.indexes if isinstance(item, Picks) else item.picked)))
        else:
            index.append(None if isinstance(item, NewAxis) else Ellipsis)
    return tuple(index)


def index_code(items: Sequence[Item]) -> str:
    """Return the index as code for torch, without brackets; nested lists become tensors first."""
    return (
        ", ".join(f"torch.tensor({item.text})" if item.text.startswith("[[") else item.text for item in items) or "()"
    )


def write(tensor: np.ndarray, selection: Selection, value: np.ndarray) -> Written:
    """Write a value through an index, directly and through `B`. The given tensor is not changed.

    The value is broadcast to the selection; one without axes is a plain number. It takes the dtype of the tensor:
    fractions are dropped where that holds whole numbers.
    Raises InputError if the shapes are incompatible, or if the tensor's dtype cannot hold the value.
    """
    shape = selection.place.shape
    if value.ndim and not selection.is_view and value.dtype != tensor.dtype:
        sentence = _("Through a list or a condition torch writes tensors of the dtype of A only: {own}, but got {got}.")
        raise InputError(sentence.format(own=tensor.dtype, got=value.dtype))
    fitting = _without_leading_ones(value, len(shape))
    try:
        spread = np.broadcast_to(fitting, shape)
    except ValueError:
        sentence = _("The selection has shape {shape}; a value of shape {given} cannot be broadcast to it.")
        raise InputError(sentence.format(shape=shape_text(shape), given=shape_text(value.shape))) from None
    converted = _converted(spread, tensor.dtype)
    directly = np.array(tensor)
    directly.reshape(-1)[selection.place.ravel()] = converted.ravel()
    through = directly if selection.is_view else np.array(tensor)
    cut = tensor.dtype == np.int64 and bool((converted != spread).any())
    return Written(directly, through, selection.picked, np.array(converted), cut)


def _without_leading_ones(value: np.ndarray, axes: int) -> np.ndarray:
    """Return a value without extra leading axes of length 1, as torch requires."""
    extra = max(value.ndim - axes, 0)
    return value.reshape(value.shape[extra:]) if all(size == 1 for size in value.shape[:extra]) else value


def _converted(value: np.ndarray, dtype: np.dtype[Any]) -> np.ndarray:
    if dtype == np.int64 and value.dtype.kind == "f" and not (np.abs(value) < 2.0**63).all():
        sentence = _("A holds whole numbers (int64), which cannot hold this value: {value}.")
        worst = value[~(np.abs(value) < 2.0**63)].flat[0]
        raise InputError(sentence.format(value=_("not a number (nan)") if np.isnan(worst) else format_general(worst)))
    return value.astype(dtype)


def _list_shapes(items: Sequence[Item]) -> str:
    lists = [
        item.indexes if isinstance(item, Picks) else item.picked for item in items if isinstance(item, Picks | Mask)
    ]
    counts = [shape_text(one.shape) if one.dtype != np.bool_ else f"({int(one.sum())},)" for one in lists]
    return format_list(counts)
