"""Reads an index that a person typed: `1:3, ::2`, `-1`, `:, 0`, `[0, 2]`, `A > 2`.

Python's own grammar takes the text apart, nothing is ever run: each part of the tree is one of those named here, or the
text is refused at the place where it stands.
"""

import ast

import numpy as np

from core.errors import InputError, PointedError
from core.language import _
from core.tensors.conditions import NAME, condition
from core.tensors.index_items import At, Item, Mask, NewAxis, Part, Picks, Rest
from core.tensors.syntax import Text, sequence_axes, whole_number

LONGEST = 300  # characters
MOST_ITEMS = 12


def parse_index(text: str, tensor: np.ndarray) -> tuple[Item, ...]:
    """Return the items of an index of the tensor `A`, of which conditions such as `A > 2` speak.

    Blanks around it are fine, and so are the brackets, `[1:3]` but for a list, or `A[1:3]`. An empty text is no index.
    Whether the items fit the tensor is not looked at, but conditions are worked out.
    Raises PointedError where the text is no index, InputError if it is too long.

    >>> [item.text for item in parse_index("A[1:3, ::2]", np.zeros((3, 4)))]
    ['1:3', '::2']
    """
    read = _read(text)
    nodes = read.root.elts if isinstance(read.root, ast.Tuple) else [read.root]
    if len(nodes) > MOST_ITEMS:
        sentence = _("At most {most} items stand in one index here; {count} came.")
        raise read.refuse(nodes[MOST_ITEMS], sentence.format(most=MOST_ITEMS, count=len(nodes)))
    return tuple(_item(node, read, tensor) for node in nodes)


def _read(text: str) -> Text:
    if len(text) > LONGEST:
        sentence = _("An index has at most {most} characters here, such as 1:3, ::2; {count} came.")
        raise InputError(sentence.format(most=LONGEST, count=len(text)))
    inner, skipped = _without_name(text)
    if not inner.strip():
        raise PointedError(_("An index was needed, such as 1:3, ::2 or A > 2; nothing stands here."), text, len(text))
    return Text.read(text, inner, skipped)


def _without_name(text: str) -> tuple[str, int]:
    """Return what stands between the brackets of `A[…]`, or all of it, and how many characters came before."""
    start = len(text) - len(text.lstrip())
    body = text.strip()
    if body.startswith(f"{NAME}[") and body.endswith("]") and _closes_at_end(body[len(NAME) :]):
        return body[len(NAME) + 1 : -1], start + len(NAME) + 1
    if body.startswith("[") and ":" in body and _closes_at_end(body):
        return body[1:-1], start + 1
    return body, start


def _closes_at_end(body: str) -> bool:
    """Say whether the bracket that opens a text closes at its end, and not before."""
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
    raise text.refuse(node, _("A list that begins with True or False holds nothing else."))
