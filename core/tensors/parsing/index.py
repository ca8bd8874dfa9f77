"""Parse a typed index: `1:3, ::2`, `-1`, `:, 0`, `[0, 2]`, `A > 2`.

Python's own parser reads the text, nothing is ever run: every node of the tree is one of those listed here, or
PointedError is raised at its position.
"""

import ast
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from core.errors import InputError, PointedError
from core.language import _
from core.tensors.parsing.condition import NAME, condition
from core.tensors.parsing.index_text import Text, sequence_axes, whole_number


@dataclass(frozen=True)
class _Item:
    """`text` is the item as Python writes it; `place` is its position in the typed text."""

    text: str
    place: int


@dataclass(frozen=True)
class At(_Item):
    """One place of an axis, which then is gone: `2`, `-1`.

    Attributes:
        index: the place.
    """

    index: int


@dataclass(frozen=True)
class Part(_Item):
    """A slice of an axis: `1:3`, `::2`, `:`. None is what was left out.

    Attributes:
        start: the first place.
        stop: the place after the last one.
        step: from place to place.
    """

    start: int | None
    stop: int | None
    step: int | None


@dataclass(frozen=True, eq=False)
class Picks(_Item):
    """A list of places of one axis: `[0, 2]`.

    Attributes:
        indexes: the places, nested or not.
    """

    indexes: np.ndarray


@dataclass(frozen=True, eq=False)
class Mask(_Item):
    """A condition: `A > 2`, `[True, False, True]`.

    Attributes:
        picked: of the shape of the axes that it takes the place of.
    """

    picked: np.ndarray


@dataclass(frozen=True)
class NewAxis(_Item):
    """A new axis of length 1: `None`."""


@dataclass(frozen=True)
class Rest(_Item):
    """All remaining axes: `...`."""


Item: TypeAlias = At | Part | Picks | Mask | NewAxis | Rest

LONGEST = 300  # characters
MOST_ITEMS = 12


def parse_index(text: str, tensor: np.ndarray) -> tuple[Item, ...]:
    """Return the items of an index of the tensor `A`, which conditions such as `A > 2` may use.

    Spaces around it are allowed, and so are the brackets, `[1:3]` but for a list, or `A[1:3]`. An empty text is not an
    index. Whether the items fit the tensor is not checked, but conditions are evaluated.
    Raises PointedError where the text is not an index, InputError if it is too long.

    >>> [item.text for item in parse_index("A[1:3, ::2]", np.zeros((3, 4)))]
    ['1:3', '::2']
    """
    read = _read(text)
    nodes = read.root.elts if isinstance(read.root, ast.Tuple) else [read.root]
    if len(nodes) > MOST_ITEMS:
        sentence = _("An index may have at most {most} items here; got {count}.")
        raise read.refuse(nodes[MOST_ITEMS], sentence.format(most=MOST_ITEMS, count=len(nodes)))
    return tuple(_item(node, read, tensor) for node in nodes)


def _read(text: str) -> Text:
    if len(text) > LONGEST:
        sentence = _("An index may have at most {most} characters, such as 1:3, ::2; got {count}.")
        raise InputError(sentence.format(most=LONGEST, count=len(text)))
    inner, skipped = _without_name(text)
    if not inner.strip():
        raise PointedError(_("The index is empty; type one, such as 1:3, ::2 or A > 2."), text, len(text))
    return Text.read(text, inner, skipped)


def _without_name(text: str) -> tuple[str, int]:
    """Return the text inside the brackets of `A[…]`, or all of it, and the number of characters before it."""
    start = len(text) - len(text.lstrip())
    body = text.strip()
    if body.startswith(f"{NAME}[") and body.endswith("]") and _closes_at_end(body[len(NAME) :]):
        return body[len(NAME) + 1 : -1], start + len(NAME) + 1
    if body.startswith("[") and ":" in body and _closes_at_end(body):
        return body[1:-1], start + 1
    return body, start


def _closes_at_end(body: str) -> bool:
    """Return whether the opening bracket of a text closes at its end, and not before."""
    depth = 0
    for place, mark in enumerate(body):
        depth += (mark == "[") - (mark == "]")
        if depth == 0:
            return place == len(body) - 1
    return False


def _item(node: ast.expr, text: Text, tensor: np.ndarray) -> Item:
    written, place = ast.unparse(node), text.place(node)
    if isinstance(node, ast.Slice):
        ends = [None if end is None else whole_number(end, text) for end in (node.lower, node.upper, node.step)]
        return Part(_slice_text(ends), place, *ends)
    if isinstance(node, ast.Constant) and node.value is None:
        return NewAxis(written, place)
    if isinstance(node, ast.Constant) and node.value is Ellipsis:
        return Rest(written, place)
    if isinstance(node, ast.List | ast.Tuple):
        return _listed(node, text, written, place)
    if isinstance(node, ast.Constant | ast.UnaryOp) and not _is_condition(node):
        return At(written, place, whole_number(node, text))
    return Mask(written, place, condition(node, text, tensor))


def _is_condition(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert | ast.Not)


def _slice_text(ends: list[int | None]) -> str:
    start, stop, step = ["" if end is None else str(end) for end in ends]
    return f"{start}:{stop}:{step}" if step else f"{start}:{stop}"


def _listed(node: ast.List | ast.Tuple, text: Text, written: str, place: int) -> Picks | Mask:
    sequence_axes(node, text)
    first = node
    while isinstance(first, ast.List | ast.Tuple) and first.elts:
        first = first.elts[0]  # type: ignore[assignment]
    if isinstance(first, ast.Constant) and isinstance(first.value, bool):
        return Mask(written, place, np.array(_values(node, text, bools=True), dtype=bool))
    return Picks(written, place, np.array(_values(node, text, bools=False), dtype=np.int64))


def _values(node: ast.expr, text: Text, *, bools: bool) -> object:
    if isinstance(node, ast.List | ast.Tuple):
        return [_values(inner, text, bools=bools) for inner in node.elts]
    if not bools:
        return whole_number(node, text)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return node.value
    raise text.refuse(node, _("A list that begins with True or False may hold nothing else."))
