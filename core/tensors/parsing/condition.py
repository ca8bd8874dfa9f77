"""A condition in an index, such as `A > 2` or `(A[:, 0] % 2 == 0) & (A < 9)`, cell by cell as torch takes it."""

import ast
from collections.abc import Callable

import numpy as np

from core.language import _
from core.tensors.parsing.index_text import Text, whole_number

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
