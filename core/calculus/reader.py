"""What may stand in an expression: Python's own reading of the text is held against this list, piece by piece."""

import ast
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from core.calculus.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.functions import ALIASES
from core.calculus.misread import quoted, say_what_is_wrong
from core.calculus.tree import Apply, Name, Node, Number, names_of
from core.errors import PointedError
from core.language import _, ngettext

MOST_DEPTH = 50  # operations inside one another
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
    """Return the tree of a text; `plain` is the same text, character by character, in plain signs on one line.

    Raises PointedError for all that is not on the list.
    """
    lead = len(plain) - len(plain.lstrip())  # Python takes leading spaces for the indentation of a block
    try:
        syntax = ast.parse(plain[lead:], mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise say_what_is_wrong(problem, text, plain) from None
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
            sentence = _("At most {most} operations may stand inside one another. Shorten the expression.")
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
            sentence = _("A dot between names has no meaning here. Write a function by its name alone, such as sin(x).")
            raise self.error(sentence, syntax, _ends(syntax.value))
        if isinstance(syntax, ast.Tuple):
            first = syntax.elts[0] if syntax.elts else None
            sentence = _("One expression was needed, without commas. A decimal is written with a point: 0.5.")
            raise self.error(sentence, syntax, _ends(first) if first else None)
        raise self.error(_("This has no meaning here. Use numbers, names, + - * / ** and round brackets."), syntax)

    def number(self, syntax: ast.Constant) -> Number:
        value = syntax.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(_("A number was needed here, such as 2 or 0.5."), syntax)
        try:
            size = float(value)
        except OverflowError:
            size = math.inf
        if math.isinf(size):
            raise self.error(_("This number is larger than a computer's numbers, which end at 1.8e308."), syntax)
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
                    "The name {name} is not known here. The variable is {names}.",
                    "The name {name} is not known here. The variables are {names}.",
                    len(self.names),
                )
                raise self.error(sentence.format(name=quoted(name), names=", ".join(self.names)), syntax)
        if len(name) > LONGEST_NAME or name.startswith("_"):
            sentence = _("A variable was needed here: a name of at most {most} characters that begins with a letter.")
            raise self.error(sentence.format(most=LONGEST_NAME), syntax)
        return Name(*self.span(syntax), name)

    def operator(self, syntax: ast.BinOp, depth: int) -> Apply:
        operation = _OPERATORS.get(type(syntax.op))
        if operation is None or (operation == "matmul" and "matmul" not in self.functions):
            sentence = _("This sign has no meaning here. Use + - * / ** and round brackets.")
            after = self.plain.encode()[_ends(syntax.left) :]
            raise self.error(sentence, syntax, _ends(syntax.left) + len(after) - len(after.lstrip(b" )")))
        left, right = self.node(syntax.left, depth + 1), self.node(syntax.right, depth + 1)
        if operation == "power":
            self.check_exponent(right)
        return Apply(*self.span(syntax), operation, (left, right))

    def check_exponent(self, exponent: Node) -> None:
        if names_of(exponent):
            return
        try:
            with np.errstate(all="ignore"):
                size = abs(np.max(evaluate(exponent, {}, NUMPY_OPERATIONS, np.float64)))
        except ValueError:  # shapes that do not fit, which are told when the expression is evaluated
            return
        if not size <= MOST_EXPONENT:
            sentence = _("An exponent may be at most {most} in size. Choose one nearer to 0.")
            raise PointedError(sentence.format(most=f"{MOST_EXPONENT:,}"), self.text, exponent.start)

    def sign(self, syntax: ast.UnaryOp, depth: int) -> Node:
        if isinstance(syntax.op, ast.UAdd):
            return self.node(syntax.operand, depth + 1)
        if not isinstance(syntax.op, ast.USub):
            raise self.error(_("This has no meaning here. Use numbers, names, + - * / ** and round brackets."), syntax)
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
        wanted, came = self.functions[operation], len(syntax.args) + len(syntax.keywords)
        if wanted != came or syntax.keywords or any(isinstance(value, ast.Starred) for value in syntax.args):
            sentence = ngettext(
                "{function} takes {wanted} value, in round brackets after its name.",
                "{function} takes {wanted} values, with a comma between them.",
                wanted,
            )
            raise self.error(sentence.format(function=name, wanted=wanted), syntax, _ends(syntax.func))
        return Apply(*self.span(syntax), operation, tuple(self.node(value, depth + 1) for value in syntax.args))

    def unknown_function(self, syntax: ast.Call, name: str | None) -> PointedError:
        is_variable = name in CONSTANTS or (name is not None and self.names is not None and name in self.names)
        if name is None or is_variable or (self.names is None and len(name) == 1):
            sentence = _("A sign is missing before this bracket; a product is written with an asterisk: 3*(x + 1).")
            return self.error(sentence, syntax, _ends(syntax.func))
        sentence = _("The function {function} is not known here. Known are {known}.")
        return self.error(sentence.format(function=quoted(name), known=", ".join(self.functions)), syntax)

    def span(self, syntax: ast.expr) -> tuple[int, int]:
        """Return where a piece starts and ends, in characters of the text; Python counts bytes."""
        return self.place(syntax.col_offset), self.place(syntax.end_col_offset or 0)

    def place(self, byte: int) -> int:
        return self.lead + len(self.plain.encode()[:byte].decode(errors="ignore"))

    def error(self, sentence: str, syntax: ast.expr, byte: int | None = None) -> PointedError:
        return PointedError(sentence, self.text, self.place(syntax.col_offset if byte is None else byte))


def _ends(syntax: ast.expr) -> int:
    return syntax.end_col_offset or 0
