"""Differentiation by rules, step by step, as by hand.

>>> from core.calculus import parse_expression
>>> from core.calculus.expression.printing import to_text
>>> for step in differentiate(parse_expression("x**2*sin(3*x)").root, "x").steps:
...     print(step.depth * "  " + step.rule, "|", to_text(step.node), "|", to_text(step.result))
product | x**2*sin(3*x) | 2*x*sin(3*x) + 3*x**2*cos(3*x)
  power | x**2 | 2*x
  chain | sin(3*x) | 3*cos(3*x)
    factor | 3*x | 3
      variable | x | 1
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from core.calculus.expression import simplify
from core.calculus.expression.functions import FUNCTIONS
from core.calculus.expression.parser import parse_expression
from core.calculus.expression.simplify import ONE, apply, number
from core.calculus.expression.tree import Apply, Name, Node, Number, names_of, nodes, substitute
from core.errors import InputError
from core.language import _

Rule: TypeAlias = Literal[
    "constant", "variable", "factor", "sum", "product", "quotient", "power", "exponential", "both", "function", "chain"
]

MOST_PIECES = 1_000  # nodes of a derivative


@dataclass(frozen=True)
class Step:
    """One rule, applied to one piece of the function.

    Attributes:
        rule: its name.
        node: the piece.
        pattern: the derivative as the rule gives it, in which `derivative` stands for derivatives still to be found.
        result: the finished derivative.
        depth: the number of rules above this one.
        outer: of the chain rule: the piece is outer, with inner in place of `u`.
        inner: of the chain rule.
    """

    rule: Rule
    node: Node
    pattern: Node
    result: Node
    depth: int
    outer: Node | None = None
    inner: Node | None = None


@dataclass(frozen=True)
class Derivation:
    """The steps to a derivative.

    Attributes:
        root: the function.
        variable: the variable of differentiation.
        steps: each before those for its pieces, so the first one is about the whole function.
        result: the derivative.
    """

    root: Node
    variable: str
    steps: tuple[Step, ...]
    result: Node


def differentiate(root: Node, variable: str) -> Derivation:
    """Differentiate by rules; all other variables are constants.

    Raises InputError for an operation on vectors, which has no such rule, and for a derivative of more than 1,000
    nodes.
    """
    steps = _steps(root, Name(0, 0, variable), 0)
    return Derivation(root, variable, tuple(steps), steps[0].result)


@dataclass(frozen=True)
class _Plan:
    """How a rule combines the derivatives of some pieces into that of the whole."""

    rule: Rule
    pattern: Node
    pieces: tuple[Node, ...] = ()  # their derivatives are needed
    outer: Node | None = None
    inner: Node | None = None


def _steps(node: Node, variable: Name, depth: int) -> list[Step]:
    plan = _plan(node, variable)
    inside = [_steps(piece, variable, depth + 1) for piece in plan.pieces]
    known = {id(piece): steps[0].result for piece, steps in zip(plan.pieces, inside, strict=True)}
    result = _filled(plan.pattern, known)
    if sum(1 for _node in nodes(result)) > MOST_PIECES:
        raise InputError(_("The derivative of this is too long to read. Type a shorter function."))
    step = Step(plan.rule, node, plan.pattern, result, depth, plan.outer, plan.inner)
    return [step, *(inner for steps in inside for inner in steps)]


def _plan(node: Node, x: Name) -> _Plan:
    """Choose the rule for a piece."""
    if x.id not in names_of(node):
        return _Plan("constant", simplify.ZERO)
    if not isinstance(node, Apply):
        return _Plan("variable", ONE)
    if node.operation in FUNCTIONS:
        return _chained(node, node.arguments[0], x)
    if node.operation == "power":
        return _power(node, x)
    if node.operation == "negate":
        return _Plan("factor", apply("negate", _d(node.arguments[0], x)), node.arguments)
    if node.operation in ("add", "subtract"):
        slopes = [_d(value, x) for value in node.arguments]
        return _Plan("sum", apply(node.operation, *slopes), node.arguments)
    if node.operation in ("multiply", "divide"):
        return _product(node, x)
    sentence = _("{operation} works on whole vectors, and these rules on numbers. Write it with + - * / ** instead.")
    raise InputError(sentence.format(operation="@" if node.operation == "matmul" else node.operation))


def _product(node: Apply, x: Name) -> _Plan:
    u, v = node.arguments
    fixed = [x.id not in names_of(value) for value in node.arguments]
    if node.operation == "divide" and fixed[1]:
        return _Plan("factor", apply("divide", _d(u, x), v), (u,))
    if node.operation == "divide":
        above = apply("subtract", apply("multiply", _d(u, x), v), apply("multiply", u, _d(v, x)))
        return _Plan("quotient", apply("divide", above, apply("power", v, number(2))), (u, v))
    if fixed[0] or fixed[1]:
        constant, moving = (u, v) if fixed[0] else (v, u)
        return _Plan("factor", apply("multiply", constant, _d(moving, x)), (moving,))
    return _Plan("product", apply("add", apply("multiply", _d(u, x), v), apply("multiply", u, _d(v, x))), (u, v))


def _power(node: Apply, x: Name) -> _Plan:
    base, exponent = node.arguments
    if x.id not in names_of(exponent):
        return _chained(node, base, x)
    if x.id not in names_of(base):
        return _chained(node, exponent, x)
    # u**v = exp(v*log(u)), differentiated by the product and the chain rule
    slope = apply(
        "add",
        apply("multiply", _d(exponent, x), apply("log", base)),
        apply("divide", apply("multiply", exponent, _d(base, x)), base),
    )
    return _Plan("both", apply("multiply", node, slope), (exponent, base))


def _chained(node: Apply, inner: Node, x: Name) -> _Plan:
    """Return the plan for a function, or a power with one constant side, of x itself or of an inner function."""
    kind: Rule = "function"
    if node.operation == "power":
        kind = "power" if inner is node.arguments[0] else "exponential"
    slope = _outer_slope(node, kind)
    if inner == x:
        return _Plan(kind, slope)
    u = Name(0, 0, "u")
    outer = apply(node.operation, *(u if value is inner else value for value in node.arguments))
    return _Plan("chain", apply("multiply", slope, _d(inner, x)), (inner,), outer, inner)


def _outer_slope(node: Apply, kind: Rule) -> Node:
    """Return the derivative of a function with respect to its argument."""
    if kind == "power":
        base, exponent = node.arguments
        return simplify.multiply(exponent, simplify.power(base, simplify.subtract(exponent, ONE)))
    if kind == "exponential":
        base = node.arguments[0]
        euler = isinstance(base, Number) and base.value == math.e
        return node if euler else simplify.multiply(node, apply("log", base))
    return substitute(parse_expression(FUNCTIONS[node.operation].derivative, ["u"]).root, node.arguments[0])


def _d(node: Node, x: Name) -> Node:
    return apply("derivative", node, x)


def _filled(pattern: Node, known: Mapping[int, Node]) -> Node:
    """Return a pattern with its derivatives filled in, simplified; pieces of the text stay as they are."""
    if not isinstance(pattern, Apply) or pattern.end > pattern.start:
        return pattern
    if pattern.operation == "derivative":
        return known[id(pattern.arguments[0])]
    combine = {
        "add": simplify.add,
        "subtract": simplify.subtract,
        "multiply": simplify.multiply,
        "divide": simplify.divide,
        "power": simplify.power,
    }.get(pattern.operation)
    values = [_filled(value, known) for value in pattern.arguments]
    if pattern.operation == "negate":
        return simplify.negate(*values)
    return combine(*values) if combine else apply(pattern.operation, *values)
