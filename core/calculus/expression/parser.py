"""Parse typed functions such as `3*x**2 - 4*x` safely, and call them like any function.

The text is read with Python's own parser and then checked against a list of allowed nodes. It is never run as code: the
result is a tree of numbers, variables and known operations.
"""

import ast
import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.functions import ALIASES, FUNCTIONS
from core.calculus.expression.syntax_errors import check_characters, explain_syntax_error, quoted
from core.calculus.expression.tree import Apply, Name, Node, Number, names_of, nodes
from core.errors import InputError, PointedError
from core.formatting import format_count, format_list
from core.language import _, ngettext

MOST_DEPTH = 50  # depth of nested operations
MOST_EXPONENT = 1000
LONGEST_NAME = 20
CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "π": math.pi, "e": math.e})
_OPERATORS: Mapping[type, str] = MappingProxyType(
    {
        ast.Add: "add",
        ast.Sub: "subtract",
        ast.Mult: "multiply",
        ast.Div: "divide",
        ast.Pow: "power",
        ast.MatMult: "matmul",
    }
)


def read(text: str, plain: str, names: tuple[str, ...] | None, functions: Mapping[str, int]) -> Node:
    """Return the tree of a text; `plain` is the same text, character by character, in ASCII on one line.

    Raises PointedError for everything that is not on the list.
    """
    lead = len(plain) - len(plain.lstrip())  # Python takes leading spaces for indentation
    try:
        syntax = ast.parse(plain[lead:], mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise explain_syntax_error(problem, text, plain) from None
    return _Reader(text, plain[lead:], lead, names, functions).node(syntax, 0)


@dataclass(frozen=True)
class _Reader:
    text: str
    plain: str
    lead: int
    names: tuple[str, ...] | None
    functions: Mapping[str, int]

    def node(self, syntax: ast.expr, depth: int) -> Node:
        if depth > MOST_DEPTH:
            sentence = _("Operations may be nested at most {most} deep. Shorten the expression.")
            raise self.error(sentence.format(most=MOST_DEPTH), syntax)
        if isinstance(syntax, ast.Constant):
            return self.number(syntax)
        if isinstance(syntax, ast.Name):
            return self.name(syntax)
        if isinstance(syntax, ast.BinOp):
            return self.operator(syntax, depth)
        if isinstance(syntax, ast.UnaryOp):
            return self.sign(syntax, depth)
        if isinstance(syntax, ast.Call):
            return self.call(syntax, depth)
        if isinstance(syntax, ast.Attribute):
            sentence = _("A dot between names is not allowed here. Write a function by its name alone, such as sin(x).")
            raise self.error(sentence, syntax, _ends(syntax.value))
        if isinstance(syntax, ast.Tuple):
            first = syntax.elts[0] if syntax.elts else None
            sentence = _("One expression was needed, without commas. A decimal is written with a point: 0.5.")
            raise self.error(sentence, syntax, _ends(first) if first else None)
        raise self.error(_("This is not allowed here. Use numbers, names, + - * / ** and round brackets."), syntax)

    def number(self, syntax: ast.Constant) -> Number:
        value = syntax.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(_("A number was needed here, such as 2 or 0.5."), syntax)
        try:
            size = float(value)
        except OverflowError:
            size = math.inf
        if math.isinf(size):
            raise self.error(_("This number is too large: float64 numbers end at 1.8e308."), syntax)
        return Number(*self.span(syntax), size)

    def name(self, syntax: ast.Name) -> Node:
        name = syntax.id
        if self.names is None or name not in self.names:
            if name in CONSTANTS:
                return Number(*self.span(syntax), CONSTANTS[name])
            if ALIASES.get(name, name) in self.functions:
                sentence = _("{function} is a function. Write what it is applied to in round brackets: {function}(x).")
                raise self.error(sentence.format(function=quoted(name)), syntax)
            if self.names is not None:
                sentence = ngettext(
                    "Unknown name {name}. The variable is {names}.",
                    "Unknown name {name}. The variables are {names}.",
                    len(self.names),
                )
                raise self.error(sentence.format(name=quoted(name), names=format_list(self.names)), syntax)
        if len(name) > LONGEST_NAME or name.startswith("_"):
            sentence = _("A variable was needed here: a name of at most {most} characters, starting with a letter.")
            raise self.error(sentence.format(most=LONGEST_NAME), syntax)
        return Name(*self.span(syntax), name)

    def operator(self, syntax: ast.BinOp, depth: int) -> Node:
        """Return a chain of like operators, read from its first operand: in a + b + c nothing stands inside another."""
        chain = [syntax]
        while isinstance(chain[-1].left, ast.BinOp) and _alike(chain[-1].left.op, syntax.op):
            chain.append(chain[-1].left)
        found = self.node(chain[-1].left, depth + 1)
        for link in reversed(chain):
            found = self.link(link, found, depth)
        return found

    def link(self, syntax: ast.BinOp, left: Node, depth: int) -> Apply:
        operation = _OPERATORS.get(type(syntax.op))
        if operation is None or (operation == "matmul" and "matmul" not in self.functions):
            sentence = _("This operator is not allowed here. Use + - * / ** and round brackets.")
            after = self.plain.encode()[_ends(syntax.left) :]
            raise self.error(sentence, syntax, _ends(syntax.left) + len(after) - len(after.lstrip(b" )")))
        right = self.node(syntax.right, depth + 1)
        if operation == "power":
            self.check_exponent(right)
        return Apply(*self.span(syntax), operation, (left, right))

    def check_exponent(self, exponent: Node) -> None:
        if names_of(exponent):
            return
        try:
            with np.errstate(all="ignore"):
                size = abs(np.max(evaluate(exponent, {}, NUMPY_OPERATIONS, np.float64)))
        except ValueError:  # incompatible shapes raise when the expression is evaluated
            return
        if not size <= MOST_EXPONENT:
            sentence = _("The size of an exponent may be at most {most}. Choose one nearer to 0.")
            raise PointedError(sentence.format(most=format_count(MOST_EXPONENT)), self.text, exponent.start)

    def sign(self, syntax: ast.UnaryOp, depth: int) -> Node:
        if isinstance(syntax.op, ast.UAdd):
            return self.node(syntax.operand, depth + 1)
        if not isinstance(syntax.op, ast.USub):
            raise self.error(_("This is not allowed here. Use numbers, names, + - * / ** and round brackets."), syntax)
        inner = self.node(syntax.operand, depth + 1)
        if isinstance(syntax.operand, ast.Constant) and isinstance(inner, Number):
            return Number(*self.span(syntax), -inner.value)
        return Apply(*self.span(syntax), "negate", (inner,))

    def call(self, syntax: ast.Call, depth: int) -> Apply:
        name = syntax.func.id if isinstance(syntax.func, ast.Name) else None
        if isinstance(syntax.func, ast.Attribute):
            self.node(syntax.func, depth)
        operation = ALIASES.get(name or "", name)
        if operation is None or operation not in self.functions:
            raise self.unknown_function(syntax, name)
        wanted, got = self.functions[operation], len(syntax.args) + len(syntax.keywords)
        if wanted != got or syntax.keywords or any(isinstance(value, ast.Starred) for value in syntax.args):
            sentence = ngettext(
                "{function} takes {wanted} value, in round brackets after its name.",
                "{function} takes {wanted} values, separated by commas.",
                wanted,
            )
            raise self.error(sentence.format(function=name, wanted=wanted), syntax, _ends(syntax.func))
        return Apply(*self.span(syntax), operation, tuple(self.node(value, depth + 1) for value in syntax.args))

    def unknown_function(self, syntax: ast.Call, name: str | None) -> PointedError:
        is_variable = name in CONSTANTS or (name is not None and self.names is not None and name in self.names)
        if name is None or is_variable or (self.names is None and len(name) == 1):
            sentence = _(
                "An operator is missing before this bracket; a product is written with an asterisk: 3*(x + 1)."
            )
            return self.error(sentence, syntax, _ends(syntax.func))
        sentence = _("Unknown function {function}. Available are {known}.")
        return self.error(sentence.format(function=quoted(name), known=format_list(self.functions)), syntax)

    def span(self, syntax: ast.expr) -> tuple[int, int]:
        """Return the start and end of a piece, in characters of the text; Python counts bytes."""
        return self.place(syntax.col_offset), self.place(syntax.end_col_offset or 0)

    def place(self, byte: int) -> int:
        return self.lead + len(self.plain.encode()[:byte].decode(errors="ignore"))

    def error(self, sentence: str, syntax: ast.expr, byte: int | None = None) -> PointedError:
        return PointedError(sentence, self.text, self.place(syntax.col_offset if byte is None else byte))


def _alike(first: ast.operator, second: ast.operator) -> bool:
    """Return whether two operators of the same rank may follow one another without end: sums, or products."""
    ranks = (ast.Add, ast.Sub), (ast.Mult, ast.Div)
    return any(isinstance(first, rank) and isinstance(second, rank) for rank in ranks)


def _ends(syntax: ast.expr) -> int:
    return syntax.end_col_offset or 0


MOST_CHARACTERS = 500
SCALAR_FUNCTIONS: Mapping[str, int] = MappingProxyType(dict.fromkeys(FUNCTIONS, 1))
# each with its number of arguments; all work elementwise
_WHOLE = {"sum": 1, "mean": 1, "dot": 2, "norm": 1, "matmul": 2}
VECTOR_FUNCTIONS: Mapping[str, int] = MappingProxyType({**SCALAR_FUNCTIONS, **_WHOLE})  # and the operator @
_PLAIN_SIGNS = str.maketrans({"−": "-", "–": "-", "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/"})


@dataclass(frozen=True)
class Expression:
    """A function read from a text.

    Attributes:
        text: as it was typed.
        root: its tree.
        names: its variables in order of appearance.
        parameters: the variables in the order of a call's arguments: the allowed ones, in that order, or else `names`.

    >>> f = parse_expression("3*x**2 - 4*x")
    >>> float(f(1)), f([0.0, 2.0]).tolist(), float(f(x=3))
    (-1.0, [0.0, 4.0], 15.0)
    """

    text: str
    root: Node
    names: tuple[str, ...]
    parameters: tuple[str, ...]

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
    `functions` (numbers of arguments by name; with "matmul" also the operator @).
    At most 500 characters, 50 nested operations, and exponents of size up to 1,000.
    Raises PointedError, which gives the position in the text, or InputError if the text is empty.

    >>> parse_expression("2*sin(x) + y").names
    ('x', 'y')
    """
    if len(text) > MOST_CHARACTERS:
        sentence = _("An expression may have at most {most} characters; this one has {got}. Shorten it.")
        raise PointedError(sentence.format(most=MOST_CHARACTERS, got=format_count(len(text))), text, MOST_CHARACTERS)
    if not text.strip():
        raise InputError(_("The expression is empty. Type one, such as 3*x**2 - 4*x."))
    plain = "".join(" " if mark.isspace() else mark for mark in text).translate(_PLAIN_SIGNS)
    check_characters(text, plain)
    allowed = None if names is None else tuple(unicodedata.normalize("NFKC", name) for name in names)
    root = read(text, plain, allowed, functions)
    found = names_of(root)
    return Expression(text, root, found, found if allowed is None else allowed)
