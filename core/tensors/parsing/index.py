"""Parse a typed index: `1:3, ::2`, `-1`, `:, 0`, `[0, 2]`, `A > 2`.

Python's own parser reads the text, nothing is ever run: every node of the tree is one of those listed here, or
PointedError is raised at its position.
"""

import ast
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from core.errors import InputError, PointedError
from core.language import _

FARTHEST = 10**15  # larger than any index of a tensor
MOST_NESTED = 3


@dataclass(frozen=True, eq=False)
class Text:
    """What stands between two brackets.

    Attributes:
        typed: the whole text.
        skipped: how many characters come before the brackets.
        root: the tree of what stands between them.
    """

    typed: str
    skipped: int
    root: ast.expr

    @classmethod
    def read(cls, typed: str, inner: str, skipped: int) -> "Text":
        """Parse `inner`, which follows `skipped` characters of `typed`, as the inside of an index's brackets.

        Raises PointedError for a syntax error.
        """
        line = "".join(" " if mark.isspace() else mark for mark in inner)
        for place, mark in enumerate(line):
            if mark in "'\"#\\`\0":
                sentence = _("An index consists of numbers, colons, commas and conditions; “{sign}” is not allowed.")
                raise PointedError(sentence.format(sign=mark if mark.isprintable() else "␀"), typed, skipped + place)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)
                root = ast.parse(f"A[{line}]", mode="eval").body
        except SyntaxError as problem:
            place = _characters(f"A[{line}]", problem.offset) - 2
            raise PointedError(_("This cannot be read as an index."), typed, skipped + place) from None
        except (ValueError, RecursionError, MemoryError):
            raise PointedError(_("This cannot be read as an index."), typed, skipped) from None
        if not isinstance(root, ast.Subscript) or not isinstance(root.value, ast.Name):
            raise PointedError(_("One index with matching brackets was needed."), typed, skipped)
        return cls(typed, skipped, root.slice)

    def place(self, node: ast.expr) -> int:
        """Return where a part begins in the typed text."""
        line = "A[" + "".join(" " if mark.isspace() else mark for mark in self.typed[self.skipped :])
        before = line.encode("utf-8", "replace")[: node.col_offset].decode("utf-8", "ignore")
        return self.skipped + len(before) - 2

    def refuse(self, node: ast.expr, sentence: str) -> PointedError:
        """Return the exception that points at a part."""
        return PointedError(sentence, self.typed, self.place(node))


def whole_number(node: ast.expr, text: Text) -> int:
    """Return a whole number, with or without a sign; huge numbers are clipped to one larger than any index."""
    sign, inner = 1, node
    while isinstance(inner, ast.UnaryOp) and isinstance(inner.op, ast.USub | ast.UAdd):
        sign, inner = -sign if isinstance(inner.op, ast.USub) else sign, inner.operand
    value = inner.value if isinstance(inner, ast.Constant) else None
    if isinstance(value, float):
        raise text.refuse(node, _("An index is a whole number; {value} is not one.").format(value=value))
    if not isinstance(value, int) or isinstance(value, bool):
        raise text.refuse(node, _("A whole number was needed here, such as 2 or -1."))
    return sign * min(value, FARTHEST)


def sequence_axes(node: ast.expr, text: Text, depth: int = 0) -> tuple[int, ...]:
    """Return the lengths of a list, nested or not. Raises PointedError where rows differ or it is too deep."""
    if not isinstance(node, ast.List | ast.Tuple):
        return ()
    if depth == MOST_NESTED:
        raise text.refuse(node, _("Lists may be nested at most {most} deep here.").format(most=MOST_NESTED))
    shapes = [sequence_axes(inner, text, depth + 1) for inner in node.elts]
    for inner, shape in zip(node.elts, shapes, strict=True):
        if shape != shapes[0]:
            raise text.refuse(inner, _("The lists inside a list must be equally long."))
    return (len(node.elts), *(shapes[0] if shapes else ()))


def _characters(line: str, offset: int | None) -> int:
    """Return the position of a SyntaxError, which counts from 1 and may be missing, counted from 0."""
    return min(max((offset or 1) - 1, 2), len(line) - 1)


NAME = "A"
_COMPARISONS: dict[type[ast.cmpop], Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    ast.Gt: np.greater, ast.GtE: np.greater_equal, ast.Lt: np.less, ast.LtE: np.less_equal, ast.Eq: np.equal,
    ast.NotEq: np.not_equal,
}  # fmt: skip
_BITWISE: dict[type[ast.operator], Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    ast.BitAnd: np.logical_and, ast.BitOr: np.logical_or, ast.BitXor: np.logical_xor,
}  # fmt: skip


def condition(node: ast.expr, text: Text, tensor: np.ndarray) -> np.ndarray:
    """Return for each cell whether the condition holds. Raises PointedError if it is not a condition."""
    if isinstance(node, ast.BinOp) and type(node.op) in _BITWISE:
        left, right = (condition(side, text, tensor) for side in (node.left, node.right))
        return _checked(_BITWISE[type(node.op)], left, right, node, text)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
        return ~condition(node.operand, text, tensor)
    if isinstance(node, ast.Compare):
        if len(node.ops) > 1:
            sentence = _("torch does not chain comparisons as Python does: write (A > 2) & (A < 9), with the brackets.")
            raise text.refuse(node.comparators[0], sentence)
        if type(node.ops[0]) not in _COMPARISONS:
            raise text.refuse(node, _("Compare cells with >, >=, <, <=, == or !=."))
        left, right = (_term(side, text, tensor) for side in (node.left, node.comparators[0]))
        return _checked(_COMPARISONS[type(node.ops[0])], left, right, node, text)
    if isinstance(node, ast.BoolOp) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
        sentence = _("Cell by cell, “and” is &, “or” is |, “not” is ~, with each side in brackets.")
        raise text.refuse(node, sentence)
    values = _term(node, text, tensor)
    if values.dtype == np.bool_ and values.ndim:
        return values
    raise text.refuse(node, _("A number, a slice, a list or a condition such as A > 2 was needed here."))


def _term(node: ast.expr, text: Text, tensor: np.ndarray) -> np.ndarray:
    """Return a side of a comparison: a number, `A`, a part of A, or the remainder of one of these."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return np.array(node.value if abs(node.value) < 2**63 else float("inf"))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        return np.asarray(-_term(node.operand, text, tensor).astype(np.float64))
    if isinstance(node, ast.Name):
        if node.id != NAME:
            raise text.refuse(node, _("Unknown name “{name}”: the tensor is called A here.").format(name=node.id))
        return tensor
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == NAME:
        return _part(node, text, tensor)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        divisor = whole_number(node.right, text)
        if divisor == 0:
            raise text.refuse(node.right, _("A division by 0 has no remainder."))
        return np.asarray(np.mod(_term(node.left, text, tensor), divisor))
    raise text.refuse(node, _("A number, A, a part of it such as A[:, 0] or A % 2 was needed here."))


def _part(node: ast.Subscript, text: Text, tensor: np.ndarray) -> np.ndarray:
    """Return a part of A selected by slices and whole numbers."""
    items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    index: list[int | slice] = []
    for item in items:
        if isinstance(item, ast.Slice):
            start, stop, step = (None if end is None else whole_number(end, text)
                                 for end in (item.lower, item.upper, item.step))  # fmt: skip
            if step is not None and step < 1:
                raise text.refuse(item, _("The step of a slice has to be 1 or more in torch."))
            index.append(slice(start, stop, step))
        else:
            index.append(whole_number(item, text))
    if len(index) > tensor.ndim:
        raise text.refuse(node, _("The index has more items than A has axes."))
    for axis, at in enumerate(index):
        if isinstance(at, int) and not -tensor.shape[axis] <= at < tensor.shape[axis]:
            sentence = _("Axis {axis} of A has length {length}; index {at} is out of range.")
            raise text.refuse(items[axis], sentence.format(axis=axis, length=tensor.shape[axis], at=at))
    return np.asarray(tensor[tuple(index)])


def _checked(
    of: Callable[[np.ndarray, np.ndarray], np.ndarray], left: np.ndarray, right: np.ndarray, node: ast.expr, text: Text
) -> np.ndarray:
    try:
        return np.asarray(of(left, right), dtype=bool)
    except ValueError:
        sentence = _("The two sides have shapes {left} and {right}, which cannot be broadcast.")
        raise text.refuse(node, sentence.format(left=left.shape, right=right.shape)) from None


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
