"""Parse typed or pasted functions such as `3*x**2 - 4*x` safely, and call them like any function."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.functions import FUNCTIONS
from core.calculus.expression.pasted import MOST_CHARACTERS as MOST_PASTED
from core.calculus.expression.pasted import Line, listed, read_lines, short, skipped_remarks
from core.calculus.expression.reader import MOST_CHARACTERS, Callee, Scope, read
from core.calculus.expression.tree import Apply, Name, Node, names_of, nodes, outgrown, renamed
from core.errors import InputError, PointedError
from core.formatting import format_count, format_list
from core.language import _, ngettext

SCALAR_FUNCTIONS: Mapping[str, int] = MappingProxyType(dict.fromkeys(FUNCTIONS, 1))
# each with its number of arguments; all work elementwise
_WHOLE = {"sum": 1, "mean": 1, "dot": 2, "norm": 1, "matmul": 2}
VECTOR_FUNCTIONS: Mapping[str, int] = MappingProxyType({**SCALAR_FUNCTIONS, **_WHOLE})  # and the operator @


@dataclass(frozen=True)
class Expression:
    """A function read from a text.

    Attributes:
        text: as it was typed.
        root: its tree.
        names: its variables in order of appearance.
        parameters: the variables in the order of a call's arguments: the allowed ones, in that order, or else those of
            a pasted function, or else `names`.
        remarks: what was done with pasted lines that no formula can have, a sentence each.

    >>> f = parse_expression("3*x**2 - 4*x")
    >>> float(f(1)), f([0.0, 2.0]).tolist(), float(f(x=3))
    (-1.0, [0.0, 4.0], 15.0)
    """

    text: str
    root: Node
    names: tuple[str, ...]
    parameters: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def __call__(self, *values: ArrayLike, **named: ArrayLike) -> Any:  # noqa: ANN401 - float64, or an array of them
        """Return the value at these values of the variables, in float64, without warnings.

        Numbers give a number, arrays an array of their broadcast shape, even where the function is constant. The value
        is nan outside the domain and inf on overflow. Raises InputError for incompatible shapes, TypeError if a
        variable has no value or one too many.
        """
        given = self._given(values, named)
        try:
            with np.errstate(all="ignore"):
                result = np.asarray(evaluate(self.root, given, NUMPY_OPERATIONS, np.float64), dtype=np.float64)
        except ValueError:
            shapes = format_list(f"{name} {value.shape}" for name, value in given.items())
            sentence = _("The shapes do not match here: {shapes}. Choose values whose shapes match.")
            raise InputError(sentence.format(shapes=shapes)) from None
        if not any(isinstance(node, Apply) and node.operation in _WHOLE for node in nodes(self.root)):
            arrays = [np.shape(value) for value in (*values, *named.values())]
            result = np.array(np.broadcast_to(result, np.broadcast_shapes(result.shape, *arrays)))
        return result[()]

    def _given(self, values: Sequence[ArrayLike], named: Mapping[str, ArrayLike]) -> dict[str, Any]:
        if len(values) > max(len(self.parameters), 1):
            raise TypeError(f"{self.text!r} takes {len(self.parameters)} values, not {len(values)}")
        pairs = {**dict(zip(self.parameters, values, strict=False)), **named}
        given = {name: np.asarray(value, dtype=np.float64) for name, value in pairs.items()}
        missing = [name for name in self.names if name not in given]
        if missing or len(pairs) < min(len(values), len(self.parameters)) + len(named):
            raise TypeError(f"{self.text!r} needs one value for each of {', '.join(self.names)}")
        return given


def parse_expression(
    text: str, names: Iterable[str] | None = None, functions: Mapping[str, int] = SCALAR_FUNCTIONS
) -> Expression:
    """Read a function such as `3*x**2 - 4*x`, written as in Python.

    It may hold numbers, `pi` and `e`, variables (`names`; any if None), + - * / ** and brackets, and calls of
    `functions` (numbers of arguments by name; with "matmul" also the operator @): `sin(x)`, `torch.sin(x)`,
    `np.sin(x)`, `math.sin(x)` or `x.sin()`. Pasted code is read too: `y = x**2`, `def f(x): return x**2`,
    `lambda x: x**2`, several lines of these, with prompts, comments, imports, and signs from any keyboard. Names that
    the lines define are put in their places. The last line that has a variable is the function; `remarks` has a
    sentence about each kind of line that was skipped.
    At most 500 characters an expression, 50 nested operations, and exponents of size up to 1,000.
    Raises PointedError, which gives the position in the text, or InputError if the text is empty.

    >>> parse_expression("2*sin(x) + y").names
    ('x', 'y')
    >>> float(parse_expression("def f(x):\\n    return 3 * x ** 2 - 4 * x")(1))
    -1.0
    """
    if not text.strip():
        raise InputError(_("The expression is empty. Type one, such as 3*x**2 - 4*x."))
    if len(text) > MOST_PASTED and "\n" not in text:
        sentence = _("An expression may have at most {most} characters; this one has {got}. Shorten it.")
        raise PointedError(sentence.format(most=MOST_CHARACTERS, got=format_count(len(text))), text, MOST_CHARACTERS)
    allowed = None if names is None else tuple(unicodedata.normalize("NFKC", name) for name in names)
    lines = read_lines(text)
    root, parameters, chosen = _Lines(text, allowed, functions).chosen(lines)
    found = names_of(root)
    parameters = allowed if allowed is not None else parameters or found
    return Expression(text, root, found, parameters, tuple(_remarks(lines, chosen)))


class _Lines:
    """Reads lines from the first to the last, and puts the names that they define in their places."""

    def __init__(self, text: str, names: tuple[str, ...] | None, functions: Mapping[str, int]) -> None:
        self.text, self.names, self.functions = text, names, functions
        self.values: dict[str, Node | InputError] = {}
        self.callees: dict[str, Callee | InputError] = {}

    def chosen(self, lines: Sequence[Line]) -> tuple[Node, tuple[str, ...], Line]:
        """Return the tree of the line that is the function, its own parameters, and the line."""
        ends: list[tuple[Line, Node | Callee | InputError]] = []
        computing = [line for line in lines if line.kind in ("value", "function", "expression", "backward")]
        for line in computing or [line for line in lines if line.prints][-1:]:
            found = self.read(line)
            if isinstance(found, InputError) and line.kind != "function":
                raise found
            ends.append((line, found))
        called = [end for end in ends if end[0].kind == "backward"]
        bare = [end for end in ends if end[0].kind == "expression"]
        self.check_bare(bare[:-1] if not called else [])
        for line, found in reversed(called[-1:] or ends):
            if isinstance(found, InputError):
                continue
            root = found.root if isinstance(found, Callee) else found
            if (names_of(root) or len(ends) == 1) and self.fits(found):
                return *self.with_own_names(found), line
        if not ends:
            raise self.nothing(lines)
        line, found = ends[-1]
        if isinstance(found, InputError):
            raise found
        return *self.with_own_names(found), line

    def read(self, line: Line) -> Node | Callee | InputError:
        """Return what a line defines, and keep it for the lines after it; or why it cannot be read."""
        found: Node | Callee | InputError
        try:
            found = self.function(line) if line.kind == "function" else self.tree(line, self.names, self.values)
        except InputError as problem:
            found = problem
        if line.kind == "function" and not isinstance(found, Node):
            self.callees[line.name] = found
        elif line.kind == "value" and not isinstance(found, Callee) and line.name not in (self.names or ()):
            self.values[line.name] = found
        return found

    def tree(self, line: Line, names: tuple[str, ...] | None, values: Mapping[str, Node | InputError]) -> Node:
        root = read(self.text, line.plain, Scope(names, self.functions, values, dict(self.callees)))
        if outgrown(root):
            sentence = _("With its definitions put in their places this expression is too long. Shorten it.")
            raise PointedError(sentence, self.text, line.place)
        return root

    def function(self, line: Line) -> Callee:
        """Return a function that the text defines, in the names of its parameters."""
        free = tuple(name for name, default in line.parameters if default is None)
        values = {name: value for name, value in self.values.items() if name not in free}
        for name, default in line.parameters:
            if default is not None:
                values[name] = read(self.text, default, Scope((), self.functions, self.values))
        for before in line.body:
            if before.kind != "value":
                sentence = _("A function needs lines such as u = x**2 here, and a return.")
                raise PointedError(sentence, self.text, before.place)
            values[before.name] = self.tree(before, free, values)
        return Callee(free, self.tree(line, free, values))

    def fits(self, found: Node | Callee | InputError) -> bool:
        """Return whether a function has as many parameters as there are variables."""
        return not isinstance(found, Callee) or self.names is None or len(found.parameters) <= len(self.names)

    def with_own_names(self, found: Node | Callee) -> tuple[Node, tuple[str, ...]]:
        """Return the tree, with the parameters of a function called as the variables here are, in their order."""
        if not isinstance(found, Callee):
            return found, ()
        if self.names is None or set(found.parameters) <= set(self.names):
            return found.root, found.parameters
        if not self.fits(found):
            sentence = ngettext(
                "A function of {names} was needed here; this one has {count} variable.",
                "A function of {names} was needed here; this one has {count} variables.",
                len(found.parameters),
            )
            raise InputError(sentence.format(names=format_list(self.names), count=len(found.parameters)))
        pairs = zip(found.parameters, self.names, strict=False)
        return renamed(found.root, {own: Name(0, 0, name) for own, name in pairs}), ()

    def check_bare(self, before: Sequence[tuple[Line, object]]) -> None:
        """Raise PointedError for a line without a name that is not the last one, unless it shows a name."""
        for line, found in before:
            if not isinstance(found, Name):
                sentence = _("Only the last line may stand without a name. Give this one a name, such as u = {piece}.")
                piece = short(line.plain.text)
                raise PointedError(sentence.format(piece=piece), self.text, line.place)

    def nothing(self, lines: Sequence[Line]) -> InputError:
        """Return why there is no function: the one line that looks like something else, or that no line computes."""
        if len(lines) == 1 and lines[0].kind in ("show", "printed"):
            try:
                read(self.text, lines[0].source, Scope(self.names, self.functions))
            except InputError as problem:
                return problem
        sentence = _("None of these lines is an expression. Type one, such as 3*x**2 - 4*x.")
        if any(line.kind == "block" for line in lines):
            sentence = _("Loops and branches are no formula. Type one, such as 3*x**2 - 4*x; the lesson “Loops and "
                         "branches” of Autograd differentiates a function that has them.")  # fmt: skip
        return PointedError(sentence, self.text, lines[0].place if lines else 0)


def _remarks(lines: Sequence[Line], chosen: Line) -> Iterable[str]:
    """Yield a sentence for what was done with lines that are not the function."""
    if chosen.kind == "backward":
        sentence = _("{line} starts the backward pass, which Autograd plays; here the function is {name}.")
        yield sentence.format(line=short(chosen.source.text), name=short(chosen.plain.text))
    yield from skipped_remarks(lines)
    others = [line for line in lines if line.kind in ("show", "zero", "requires", "tensor") and line is not chosen]
    shown = [short(line.source.text) for line in others]
    if shown:
        sentence = ngettext(
            "This line has no part in the function and is skipped: {lines}.",
            "These lines have no part in the function and are skipped: {lines}.",
            len(shown),
        )
        yield sentence.format(lines=listed(shown))
