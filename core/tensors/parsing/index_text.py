"""The inside of an index's brackets as a tree: Python's own parser reads the text, and nothing is ever run."""

import ast
import warnings
from dataclasses import dataclass

from core.errors import PointedError
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
