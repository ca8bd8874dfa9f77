"""Read one expression into a tree of numbers, variables and known operations.

The text is read with Python's own parser and then checked against a list of allowed nodes. It is never run as code.
"""

import ast
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from core.calculus.expression.characters import Plain
from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.functions import ALIASES
from core.calculus.expression.syntax_errors import check_characters, explain_syntax_error, quoted
from core.calculus.expression.tree import Apply, Name, Node, Number, names_of, outgrown, renamed
from core.errors import InputError, PointedError
from core.formatting import format_count, format_list
from core.language import _, ngettext

MOST_CHARACTERS = 500  # of one expression
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
MODULES = frozenset({"torch", "np", "numpy", "math", "F", "nn", "jnp"})  # whose functions have the names used here
_SUBMODULES = frozenset({"linalg", "nn", "functional", "special"})
_SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("pow", "power", "float_power", "square"), "power"),
        **dict.fromkeys(("mv", "mm", "matmul"), "matmul"),
        **dict.fromkeys(("mul", "multiply"), "multiply"),
        **dict.fromkeys(("div", "divide", "true_divide"), "divide"),
        **dict.fromkeys(("sub", "subtract"), "subtract"),
        **dict.fromkeys(("neg", "negative"), "negate"),
        **dict.fromkeys(("absolute", "fabs"), "abs"),
        **dict.fromkeys(("inner", "vdot"), "dot"),
        "add": "add",
        "vector_norm": "norm",
        "expit": "sigmoid",
    }
)  # of a function of a module, or of a method
_OF_ONE = ("square", "neg", "negative")
_OF_A_NUMBER = ("tensor", "as_tensor", "array", "float64", "float32", "float")
_TENSOR = re.compile(
    r"(?<!\w)(?:(?:tensor|as_tensor|array)\s*\(\s*[\[(]|(?:arange|ones|zeros|eye|full|linspace|rand|randn)\s*\()"
)


@dataclass(frozen=True)
class Callee:
    """A function that the text defines.

    Attributes:
        parameters: the names of its arguments.
        root: its value, in these names.
    """

    parameters: tuple[str, ...]
    root: Node


@dataclass(frozen=True)
class Scope:
    """What names stand for in a part of a text.

    Attributes:
        names: the variables; any name if None.
        functions: numbers of arguments by name.
        values: results with a name, which are put in their places, or why one cannot be read.
        callees: functions that the text defines, likewise.
        gradients: whether `x.grad` is a name too.
    """

    names: tuple[str, ...] | None = None
    functions: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Node | InputError] = field(default_factory=dict)
    callees: Mapping[str, Callee | InputError] = field(default_factory=dict)
    gradients: bool = False


def read(text: str, plain: Plain, scope: Scope) -> Node:
    """Return the tree of a part of a text. Raises PointedError for everything that is not on the list."""
    if len(plain.text) > MOST_CHARACTERS:
        sentence = _("An expression may have at most {most} characters; this one has {got}. Shorten it.")
        place = plain.places[MOST_CHARACTERS]
        raise PointedError(sentence.format(most=MOST_CHARACTERS, got=format_count(len(plain.text))), text, place)
    line = plain.spaced().cut(0, len(plain.text))  # Python takes leading spaces for indentation
    if not line.text:
        raise PointedError(_("An expression was needed here, such as 3*x**2 - 4*x."), text, plain.places[0])
    if made := _TENSOR.search(line.text):
        sentence = _(
            "A tensor inside an expression is not read here. Give it a name on a line of its own, such as "
            "w = torch.tensor([1.0, 2.0])."
        )
        raise PointedError(sentence, text, line.places[made.start()])
    check_characters(text, line)
    try:
        syntax = ast.parse(line.text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as problem:
        raise explain_syntax_error(problem, text, line) from None
    return _Reader(text, line, scope).node(syntax, 0)


@dataclass(frozen=True)
class _Reader:
    text: str
    plain: Plain
    scope: Scope

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
            return self.attribute(syntax)
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
        name, names = syntax.id, self.scope.names
        if name in self.scope.values:
            value = self.scope.values[name]
            if isinstance(value, InputError):
                raise value
            return value
        if names is None or name not in names:
            if name in CONSTANTS:
                return Number(*self.span(syntax), CONSTANTS[name])
            if name in self.scope.callees or ALIASES.get(name, name) in self.scope.functions:
                sentence = _("{function} is a function. Write what it is applied to in round brackets: {function}(x).")
                raise self.error(sentence.format(function=quoted(name)), syntax)
            if names is not None and not names:
                sentence = _("Unknown name {name}. Only numbers can stand here, and constants such as pi.")
                raise self.error(sentence.format(name=quoted(name)), syntax)
            if names is not None:
                sentence = ngettext(
                    "Unknown name {name}. The variable is {names}.",
                    "Unknown name {name}. The variables are {names}.",
                    len(names),
                )
                raise self.error(sentence.format(name=quoted(name), names=format_list(names)), syntax)
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
        if operation is None or (operation == "matmul" and "matmul" not in self.scope.functions):
            sentence = _("This operator is not allowed here. Use + - * / ** and round brackets.")
            after = self.plain.text.encode()[_ends(syntax.left) :]
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

    def attribute(self, syntax: ast.Attribute) -> Node:
        """Return what a name with a dot before it stands for: `torch.pi`, and `x.grad` where that is known."""
        ends = _ends(syntax.value)
        if self.is_module(syntax.value) and syntax.attr in CONSTANTS:
            return Number(*self.span(syntax), CONSTANTS[syntax.attr])
        if syntax.attr == "grad":
            if self.scope.gradients and isinstance(syntax.value, ast.Name):
                return Name(*self.span(syntax), f"{syntax.value.id}.grad")
            sentence = _("A gradient is what backward computes from an expression. Type that, such as 2*dot(x, x).")
        elif syntax.attr in _SPELLINGS or ALIASES.get(syntax.attr, syntax.attr) in self.scope.functions:
            sentence = _("{function} is a function. Write what it is applied to in round brackets: {function}(x).")
            sentence = sentence.format(function=quoted(syntax.attr))
        else:
            sentence = _("A dot between names is not allowed here. Write a function by its name alone, such as sin(x).")
        raise self.error(sentence, syntax, ends)

    def is_module(self, syntax: ast.expr) -> bool:
        """Return whether this is `torch`, `np.linalg` and the like, not a value."""
        while isinstance(syntax, ast.Attribute) and syntax.attr in _SUBMODULES:
            syntax = syntax.value
        known = {*self.scope.values, *(self.scope.names or ())}
        return isinstance(syntax, ast.Name) and syntax.id in MODULES and syntax.id not in known

    def call(self, syntax: ast.Call, depth: int) -> Node:
        called = syntax.func
        name = called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else None
        given = list(syntax.args)
        if isinstance(called, ast.Attribute) and not self.is_module(called.value):
            given.insert(0, called.value)
        if isinstance(called, ast.Name) and called.id in self.scope.callees:
            return self.defined(syntax, called.id, depth)
        if name in _OF_A_NUMBER and len(syntax.args) == 1 and len(given) == 1:
            return self.node(given[0], depth + 1)
        spelling = _SPELLINGS.get(name or "") if isinstance(called, ast.Attribute) or name == "pow" else None
        operation = spelling or ALIASES.get(name or "", name)
        arithmetic = spelling is not None and operation != "matmul" and operation in (*_OPERATORS.values(), "negate")
        if operation is None or (operation not in self.scope.functions and not arithmetic):
            raise self.unknown_function(syntax, name)
        wanted = 1 if name in _OF_ONE else self.scope.functions.get(operation, 2)
        if wanted != len(given) or syntax.keywords or any(isinstance(value, ast.Starred) for value in given):
            sentence = ngettext(
                "{function} takes {wanted} value, in round brackets after its name.",
                "{function} takes {wanted} values, separated by commas.",
                wanted,
            )
            raise self.error(sentence.format(function=name, wanted=wanted), syntax, _ends(syntax.func))
        return self.applied(syntax, operation, tuple(self.node(value, depth + 1) for value in given))

    def applied(self, syntax: ast.Call, operation: str, arguments: tuple[Node, ...]) -> Apply:
        if operation == "power":
            if len(arguments) == 1:
                arguments = (*arguments, Number(*self.span(syntax), 2.0))
            self.check_exponent(arguments[1])
        return Apply(*self.span(syntax), operation, arguments)

    def defined(self, syntax: ast.Call, name: str, depth: int) -> Node:
        """Return the value of a function that the text defines, with these arguments in it."""
        callee = self.scope.callees[name]
        if isinstance(callee, InputError):
            raise callee
        if len(callee.parameters) != len(syntax.args) or syntax.keywords:
            sentence = ngettext(
                "{function} takes {wanted} value, in round brackets after its name.",
                "{function} takes {wanted} values, separated by commas.",
                len(callee.parameters),
            )
            raise self.error(sentence.format(function=quoted(name), wanted=len(callee.parameters)), syntax)
        arguments = (self.node(value, depth + 1) for value in syntax.args)
        return self.checked(renamed(callee.root, dict(zip(callee.parameters, arguments, strict=True))), syntax)

    def checked(self, root: Node, syntax: ast.expr) -> Node:
        """Return a tree that was put together, unless it is too large."""
        if outgrown(root):
            sentence = _("With its definitions put in their places this expression is too long. Shorten it.")
            raise self.error(sentence, syntax)
        return root

    def unknown_function(self, syntax: ast.Call, name: str | None) -> PointedError:
        names = self.scope.names
        is_variable = name in CONSTANTS or (name is not None and names is not None and name in names)
        dotted = isinstance(syntax.func, ast.Attribute)
        if not dotted and (name is None or is_variable or (names is None and len(name) == 1)):
            sentence = _(
                "An operator is missing before this bracket; a product is written with an asterisk: 3*(x + 1)."
            )
            return self.error(sentence, syntax, _ends(syntax.func))
        sentence = _("Unknown function {function}. Available are {known}.")
        place = _ends(syntax.func.value) if isinstance(syntax.func, ast.Attribute) else None
        found = sentence.format(function=quoted(name or ""), known=format_list(self.scope.functions))
        return self.error(found, syntax, place)

    def span(self, syntax: ast.expr) -> tuple[int, int]:
        """Return the start and end of a piece, in characters of the text; Python counts bytes."""
        return self.place(syntax.col_offset), self.place(_ends(syntax))

    def place(self, byte: int) -> int:
        return self.plain.places[len(self.plain.text.encode()[:byte].decode(errors="ignore"))]

    def error(self, sentence: str, syntax: ast.expr, byte: int | None = None) -> PointedError:
        return PointedError(sentence, self.text, self.place(syntax.col_offset if byte is None else byte))


def _alike(first: ast.operator, second: ast.operator) -> bool:
    """Return whether two operators of the same rank may follow one another without end: sums, or products."""
    ranks = (ast.Add, ast.Sub), (ast.Mult, ast.Div)
    return any(isinstance(first, rank) and isinstance(second, rank) for rank in ranks)


def _ends(syntax: ast.expr) -> int:
    return syntax.end_col_offset or 0
