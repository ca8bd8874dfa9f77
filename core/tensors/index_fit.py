"""Whether an index fits a shape, and what each of its items does there, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.errors import InputError, PointedError
from core.language import _, ngettext
from core.tensors.index_items import At, Item, Mask, NewAxis, Part, Picks, Rest
from core.tensors.shape_text import shape_text


@dataclass(frozen=True)
class Step:
    """What one item does: `axes` are those of the tensor that it is about, `sentence` says what becomes of them."""

    item: str
    axes: tuple[int, ...]
    sentence: str


def fit(shape: tuple[int, ...], items: Sequence[Item], text: str = "") -> tuple[Step, ...]:
    """Return what each item does with a tensor of this shape; axes that no item speaks of stay whole.

    Raises PointedError, within `text`, for an item that does not fit: a place beyond the axis, a step below 1, a
    condition of another shape; InputError if there are more items than axes.
    """
    used = [_axes_used(item) for item in items]
    if len(shape) < sum(used):
        sentence = ngettext(
            "The index speaks of {used} axes, and the tensor has {axes} axis.",
            "The index speaks of {used} axes, and the tensor has {axes} axes.",
            len(shape),
        )
        raise InputError(sentence.format(used=sum(used), axes=len(shape)))
    rests = [item for item in items if isinstance(item, Rest)]
    if len(rests) > 1:
        raise PointedError(_("Only one “...” can stand in an index."), text, rests[1].place)
    steps, axis = [], 0
    for item, count in zip(items, used, strict=True):
        taken = len(shape) - sum(used) if isinstance(item, Rest) else count
        axes = tuple(range(axis, axis + taken))
        steps.append(Step(item.text, axes, _sentence(item, axes, shape, text)))
        axis += taken
    steps += [Step("", (rest,), _("untouched, so it stays whole")) for rest in range(axis, len(shape))]
    return tuple(steps)


def _axes_used(item: Item) -> int:
    if isinstance(item, Mask):
        return item.picked.ndim
    return 0 if isinstance(item, NewAxis | Rest) else 1


def _sentence(item: Item, axes: tuple[int, ...], shape: tuple[int, ...], text: str) -> str:
    if isinstance(item, NewAxis):
        return _("a new axis of length 1")
    if isinstance(item, Rest):
        return _("stays whole") if axes else _("no axis is left for it")
    if isinstance(item, Mask):
        return _mask(item, axes, shape, text)
    length = shape[axes[0]]
    if isinstance(item, At):
        return _at(item, axes[0], length, text)
    return _part(item, length, text) if isinstance(item, Part) else _picks(item, axes[0], length, text)


def _at(item: At, axis: int, length: int, text: str) -> str:
    _check_place(item.index, axis, length, item, text)
    if item.index < 0:
        told = _("place {place}, counted from the end: {length} − {back} = {place}; the axis is gone")
        return told.format(place=item.index + length, length=length, back=-item.index)
    return _("place {place}; the axis is gone").format(place=item.index)


def _check_place(index: int, axis: int, length: int, item: Item, text: str) -> None:
    if -length <= index < length:
        return
    if length == 0:
        sentence = _("Axis {axis} has length 0: it has no place to choose.")
    else:
        sentence = _(
            "Axis {axis} has length {length}: its places go from 0 to {last}, or −{length} to −1 from the end."
        )
    raise PointedError(sentence.format(axis=axis, length=length, last=length - 1), text, item.place)


def _part(item: Part, length: int, text: str) -> str:
    if item.step is not None and item.step < 1:
        raise PointedError(
            _("The step of a slice is 1 or more in torch; A.flip(0) turns an axis round."), text, item.place
        )
    taken = range(length)[slice(item.start, item.stop, item.step)]
    if len(taken) == length:
        return _("all of it, length {length}").format(length=length)
    if not taken:
        return _("no place at all: length 0")
    if len(taken) == 1:
        return _("place {place} alone, and the axis stays: length 1").format(place=taken[0])
    if item.stop is not None and 0 <= item.stop <= length and (item.step or 1) == 1:
        told = _("places {places}: length {count}; {stop} is left out")
        return told.format(places=_listed(taken), count=len(taken), stop=item.stop)
    return _("places {places}: length {count}").format(places=_listed(taken), count=len(taken))


def _picks(item: Picks, axis: int, length: int, text: str) -> str:
    for index in item.indexes.flat:
        _check_place(int(index), axis, length, item, text)
    if not item.indexes.size:
        return _("no place at all: length 0")
    places = [int(index) % length for index in item.indexes.flat]
    if item.indexes.ndim == 1:
        return _("places {places}, in this order: length {count}").format(places=_listed(places), count=len(places))
    told = _("places {places}, laid out as the list is: shape {shape}")
    return told.format(places=_listed(places), shape=shape_text(item.indexes.shape))


def _mask(item: Mask, axes: tuple[int, ...], shape: tuple[int, ...], text: str) -> str:
    there = tuple(shape[axis] for axis in axes)
    if item.picked.shape != there:
        sentence = _("The condition has shape {condition}, and here the tensor has {there}: they must be the same.")
        raise PointedError(
            sentence.format(condition=shape_text(item.picked.shape), there=shape_text(there)), text, item.place
        )
    count = int(np.count_nonzero(item.picked))
    if len(axes) == 1:
        return _("true for {count} of {all}: length {count}").format(count=count, all=item.picked.size)
    told = _("true for {count} of {all} cells: together one axis of length {count}")
    return told.format(count=count, all=item.picked.size)


def _listed(places: Sequence[int], most: int = 8) -> str:
    shown = [str(place) for place in list(places)[:most]]
    return ", ".join(shown) + (", …" if len(places) > most else "")
