"""A text taken apart by Python's grammar and never run, with the places of its parts in what was typed."""

import ast
import warnings
from dataclasses import dataclass

from core.errors import PointedError
from core.language import _

FARTHEST = 10**15  # no place of a tensor is farther from 0
MOST_NESTED = 3


@dataclass(frozen=True, eq=False)
class Text:
    """`root` is the tree of what stands between two brackets; `typed` is the whole text, `skipped` what came before."""

    typed: str
    skipped: int
    root: ast.expr

    @classmethod
    def read(cls, typed: str, inner: str, skipped: int) -> "Text":
        """Read `inner`, which stands in `typed` after `skipped` characters, as what stands in the brackets of an index.

        Raises PointedError where Python's grammar does not know it.
        """
        line = "".join(" " if mark.isspace() else mark for mark in inner)
        for place, mark in enumerate(line):
            if mark in "'\"#\\`\0":
                sentence = _("An index has numbers, colons, commas and conditions, and no “{sign}”.")
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
            raise PointedError(_("One index was needed, with its brackets in pairs."), typed, skipped)
        return cls(typed, skipped, root.slice)

    def place(self, node: ast.expr) -> int:
        """Return where a part begins in the text that was typed."""
        line = "A[" + "".join(" " if mark.isspace() else mark for mark in self.typed[self.skipped :])
        before = line.encode("utf-8", "replace")[: node.col_offset].decode("utf-8", "ignore")
        return self.skipped + len(before) - 2

    def refuse(self, node: ast.expr, sentence: str) -> PointedError:
        """Return the exception that points at a part."""
        return PointedError(sentence, self.typed, self.place(node))


def whole_number(node: ast.expr, text: Text) -> int:
    """Return a whole number, with or without a sign; numbers out of all reach are cut to what no tensor reaches."""
    sign, inner = 1, node
    while isinstance(inner, ast.UnaryOp) and isinstance(inner.op, ast.USub | ast.UAdd):
        sign, inner = -sign if isinstance(inner.op, ast.USub) else sign, inner.operand
    value = inner.value if isinstance(inner, ast.Constant) else None
    if isinstance(value, float):
        raise text.refuse(node, _("A place is a whole number; {value} is not one.").format(value=value))
    if not isinstance(value, int) or isinstance(value, bool):
        raise text.refuse(node, _("A whole number was needed here, such as 2 or -1."))
    return sign * min(value, FARTHEST)


def sequence_axes(node: ast.expr, text: Text, depth: int = 0) -> tuple[int, ...]:
    """Return the lengths of a list, nested or not. Raises PointedError where rows differ or it is too deep."""
    if not isinstance(node, ast.List | ast.Tuple):
        return ()
    if depth == MOST_NESTED:
        raise text.refuse(node, _("Lists are nested at most {most} deep here.").format(most=MOST_NESTED))
    shapes = [sequence_axes(inner, text, depth + 1) for inner in node.elts]
    for inner, shape in zip(node.elts, shapes, strict=True):
        if shape != shapes[0]:
            raise text.refuse(inner, _("The lists inside a list must be equally long."))
    return (len(node.elts), *(shapes[0] if shapes else ()))


def _characters(line: str, offset: int | None) -> int:
    """Return a place that a SyntaxError gives, which counts characters from 1 and may be missing, from 0."""
    return min(max((offset or 1) - 1, 2), len(line) - 1)
