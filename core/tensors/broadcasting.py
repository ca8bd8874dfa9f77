"""Broadcasting: shapes aligned from the right, axis by axis, and the resulting virtual copies."""

from collections.abc import Callable
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_count
from core.language import _
from core.tensors.shapes import shape_text

Verdict = Literal["equal", "first is copied", "second is copied", "first has none", "second has none", "apart"]
MOST_CELLS = 100_000
OPERATIONS = ("add", "subtract", "multiply", "divide", "equal", "greater")


@dataclass(frozen=True)
class Pair:
    """Two lengths that meet.

    Attributes:
        axis: counts from the right, -1 being the last.
        first: the length of the first; None is a missing axis.
        second: the length of the second; None is a missing axis.
        length: of the result, None where the two lengths are incompatible.
        verdict: why they are or are not compatible.
    """

    axis: int
    first: int | None
    second: int | None
    length: int | None
    verdict: Verdict


@dataclass(frozen=True)
class Alignment:
    """Two shapes aligned from the right.

    Attributes:
        first: the one shape.
        second: the other shape.
        pairs: from the left.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    pairs: tuple[Pair, ...]

    @property
    def shape(self) -> tuple[int, ...] | None:
        """The shape of the result, or None if the shapes cannot be broadcast."""
        lengths = [pair.length for pair in self.pairs]
        return None if None in lengths else tuple(length for length in lengths if length is not None)

    @property
    def apart(self) -> Pair | None:
        """The first incompatible pair from the right, the one named in torch's error."""
        return next((pair for pair in reversed(self.pairs) if pair.verdict == "apart"), None)


@dataclass(frozen=True, eq=False)
class Stretched:
    """A tensor in the shape of the result.

    Attributes:
        values: of all entries.
        copies: which of them are virtual copies.
        place: the flat index of each in the original tensor.
        strides: of torch's `expand`, in elements: 0 along an axis that is copied, since there the same memory is read
            again.
    """

    values: np.ndarray
    copies: np.ndarray
    place: np.ndarray
    strides: tuple[int, ...]


def align(first: tuple[int, ...], second: tuple[int, ...]) -> Alignment:
    """Align two shapes from the right. Any two shapes are accepted, also incompatible ones.

    >>> align((3, 1), (4,)).shape, align((3, 4), (3,)).shape, align((3, 4), (3,)).apart.axis
    ((3, 4), None, -1)
    """
    axes = max(len(first), len(second))
    return Alignment(first, second, tuple(_pair(first, second, axis) for axis in range(-axes, 0)))


def _pair(first: tuple[int, ...], second: tuple[int, ...], axis: int) -> Pair:
    one = first[axis] if len(first) >= -axis else None
    two = second[axis] if len(second) >= -axis else None
    if one is None or two is None:
        return Pair(axis, one, two, two if one is None else one, "first has none" if one is None else "second has none")
    if one == two:
        return Pair(axis, one, two, one, "equal")
    if one == 1:
        return Pair(axis, one, two, two, "first is copied")
    if two == 1:
        return Pair(axis, one, two, one, "second is copied")
    return Pair(axis, one, two, None, "apart")


def broadcast_shape(first: tuple[int, ...], second: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape of the result. Raises InputError if there is none, or if it is too large to draw."""
    aligned = align(first, second)
    shape, apart = aligned.shape, aligned.apart
    if shape is None:
        assert apart is not None
        raise InputError(_apart(aligned, apart))
    if prod(shape) > MOST_CELLS:
        sentence = _("Broadcasting makes {cells} elements of shape {shape}; at most {most} are allowed here.")
        cells, most = format_count(prod(shape)), format_count(MOST_CELLS)
        raise InputError(sentence.format(cells=cells, shape=shape_text(shape), most=most))
    return shape


def _apart(aligned: Alignment, apart: Pair) -> str:
    sentence = _(
        "Shapes {first} and {second} cannot be broadcast: aligned from the right, axis {axis} has lengths {one} and "
        "{two}. Lengths must be equal, or one of them 1."
    )
    return sentence.format(
        first=shape_text(aligned.first), second=shape_text(aligned.second), axis=f"−{-apart.axis}",
        one=apart.first, two=apart.second,
    )  # fmt: skip


def stretch(tensor: np.ndarray, shape: tuple[int, ...]) -> Stretched:
    """Return a tensor broadcast to this shape, cell by cell.

    The first cell along a copied axis is the tensor's own, the others are virtual copies of it.
    Raises InputError if the tensor cannot be broadcast to the shape.
    """
    import torch

    if align(tensor.shape, shape).shape != shape:
        sentence = _("A tensor of shape {first} cannot be broadcast to {shape}.")
        raise InputError(sentence.format(first=shape_text(tensor.shape), shape=shape_text(shape)))
    places = np.arange(tensor.size).reshape(tensor.shape)
    own = np.zeros(shape, dtype=bool)
    missing = len(shape) - tensor.ndim
    lengths = (1,) * missing + tensor.shape
    own[tuple(slice(0, length) for length in lengths)] = True
    values, place = (np.array(np.broadcast_to(of, shape)) for of in (tensor, places))
    return Stretched(values, ~own, place, tuple(torch.empty(tensor.shape).expand(shape).stride()))


def combine(first: np.ndarray, second: np.ndarray, operation: str) -> np.ndarray:
    """Return torch's result for two tensors, cell by cell, broadcast if needed, in torch's dtype.

    `operation` is one of `OPERATIONS`. Division by 0 gives inf or NaN, as in torch.
    Raises InputError if the shapes cannot be broadcast, or if a bool is subtracted.
    """
    import torch

    broadcast_shape(first.shape, second.shape)
    if operation == "subtract" and np.bool_ in (first.dtype, second.dtype):
        raise InputError(_("True and False cannot be subtracted: use numbers, or compare them."))
    of: dict[str, Callable[..., torch.Tensor]] = {
        "add": torch.add, "subtract": torch.sub, "multiply": torch.mul, "divide": torch.div, "equal": torch.eq,
        "greater": torch.gt,
    }  # fmt: skip
    values: np.ndarray = of[operation](torch.from_numpy(np.array(first)), torch.from_numpy(np.array(second))).numpy()
    return values


@dataclass(frozen=True)
class WayOut:
    """A line that makes two shapes go together.

    Attributes:
        changes: the changed one of the two.
        line: the code.
        becomes: the shape of the changed one.
        shape: of the result.
    """

    changes: Literal["first", "second"]
    line: str
    becomes: tuple[int, ...]
    shape: tuple[int, ...]


def ways_out(first: tuple[int, ...], second: tuple[int, ...], names: tuple[str, str] = ("a", "b")) -> list[WayOut]:
    """Return lines that make two incompatible shapes fit: a new axis of length 1, or a transpose.

    They compute different things; only the user knows which is meant. Empty if the shapes fit, or nothing helps.

    >>> [way.line for way in ways_out((3, 4), (3,))]
    ['b[:, None]', 'a.T', 'a[:, :, None]']
    """
    if align(first, second).shape is not None:
        return []
    ways = [
        *_changed("second", second, names[1], lambda changed: align(first, changed).shape),
        *_changed("first", first, names[0], lambda changed: align(changed, second).shape),
    ]
    return sorted(ways, key=lambda way: (len(way.shape), prod(way.shape)))


def _changed(
    which: Literal["first", "second"],
    shape: tuple[int, ...],
    name: str,
    result: Callable[[tuple[int, ...]], tuple[int, ...] | None],
) -> list[WayOut]:
    candidates = [
        (f"{name}[{', '.join([':'] * place + ['None'] + [':'] * (len(shape) - place))}]",
         (*shape[:place], 1, *shape[place:]))
        for place in range(1, len(shape) + 1)
    ]  # fmt: skip
    if len(shape) == 2:
        candidates.append((f"{name}.T", shape[::-1]))
    return [WayOut(which, line, becomes, fits) for line, becomes in candidates if (fits := result(becomes)) is not None]


def explain_alignment(aligned: Alignment) -> list[str]:
    """Return a sentence for each axis, from the right, as torch compares them."""
    return [_sentence(pair) for pair in reversed(aligned.pairs)]


def _sentence(pair: Pair) -> str:
    sentence = {
        "equal": _("Axis −{axis}: {first} and {second} are equal."),
        "first is copied": _("Axis −{axis}: a has length 1 and is expanded to {length}."),
        "second is copied": _("Axis −{axis}: b has length 1 and is expanded to {length}."),
        "first has none": _("Axis −{axis}: a has no such axis, so it gets one of length 1, expanded to {length}."),
        "second has none": _("Axis −{axis}: b has no such axis, so it gets one of length 1, expanded to {length}."),
        "apart": _(
            "Axis −{axis}: {first} and {second} are not equal and neither is 1, so the shapes cannot be broadcast."
        ),
    }[pair.verdict]
    return sentence.format(axis=-pair.axis, first=pair.first, second=pair.second, length=pair.length)


def alignment_table(aligned: Alignment) -> pd.DataFrame:
    """Return one row for each tensor and axis: who (a, b, result), axis (-1 is the last), length, read and part.

    length and read are texts: the length of the axis, and its length in the result; "–" where there is none.

    `part` is "own", "copied" (a length of 1, repeated), "missing" or "apart".
    """
    rows = []
    for pair in aligned.pairs:
        parts = (_part(pair.first, pair), _part(pair.second, pair), "apart" if pair.length is None else "own")
        for who, length, part in zip(("a", "b", "result"), (pair.first, pair.second, pair.length), parts, strict=True):
            lengths = ["–" if one is None else f"{one}" for one in (length, pair.length)]
            rows.append({"who": who, "axis": pair.axis, "length": lengths[0], "read": lengths[1], "part": part})
    return pd.DataFrame(rows, columns=["who", "axis", "length", "read", "part"])


def alignment_text(aligned: Alignment) -> str:
    """Return both shapes and that of the result below each other, aligned from the right, as plain text.

    >>> from core.tensors.broadcasting import align
    >>> print(alignment_text(align((3, 4), (4,))))
    a       3  4
    b          4
    result  3  4
    """
    names = ("a", "b", _("result"))
    columns = [
        ["" if pair.first is None else str(pair.first), "" if pair.second is None else str(pair.second),
         "✗" if pair.length is None else str(pair.length)]
        for pair in aligned.pairs
    ]  # fmt: skip
    wide = [max(map(len, column)) for column in columns]
    rows = [[column[at].rjust(width) for column, width in zip(columns, wide, strict=True)] for at in range(3)]
    longest = max(map(len, names))
    return "\n".join("  ".join([name.ljust(longest), *row]).rstrip() for name, row in zip(names, rows, strict=True))


def _part(length: int | None, pair: Pair) -> str:
    if length is None:
        return "missing"
    if pair.length is None:
        return "apart"
    return "copied" if length != pair.length else "own"
