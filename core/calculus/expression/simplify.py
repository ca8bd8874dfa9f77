"""Simplify the results of differentiation rules: x**1, 0*x, 1*x, x + -3. They stay recognisable.

Numbers are combined and placed before their factors, like terms and like factors are merged, and fractions are
cancelled. Nothing is expanded or factored, so the pieces of a derivative can still be recognised. Cancelling may
define a value where there was none: x/x becomes 1.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from core.calculus.expression.tree import Apply, Name, Node, Number

_LARGEST = 10**15  # numbers above this, and below its inverse, stay as typed


def number(value: float) -> Number:
    """Return a number without a position in the text."""
    return Number(0, 0, float(value))


def apply(operation: str, *values: Node) -> Apply:
    """Return an operation without a position in the text, not simplified."""
    return Apply(0, 0, operation, values)


ZERO, ONE = number(0), number(1)


def add(left: Node, right: Node) -> Node:
    """Return left + right."""
    return _summed([*_terms(left), *_terms(right)])


def subtract(left: Node, right: Node) -> Node:
    """Return left - right."""
    return _summed([*_terms(left), *(term.times(-1) for term in _terms(right))])


def negate(value: Node) -> Node:
    """Return -value."""
    return _written(_term(value).times(-1))


def multiply(left: Node, right: Node) -> Node:
    """Return left * right."""
    product = _product(_term(left), _term(right), 1)
    return apply("multiply", left, right) if product is None else _written(product)


def divide(left: Node, right: Node) -> Node:
    """Return left / right; a division by 0 stays as it is."""
    quotient = _product(_term(left), _term(right), -1)
    return apply("divide", left, right) if quotient is None else _written(quotient)


def power(base: Node, exponent: Node) -> Node:
    """Return base ** exponent."""
    if exponent == ZERO:
        return ONE
    whole = _whole(exponent)
    if whole is None:
        return apply("power", base, exponent)
    term = _term(base)
    if not term.factors and abs(term.size) ** whole < _LARGEST and term.size.denominator**whole < _LARGEST:
        return _written(replace(term, above=term.above**whole, below=term.below**whole))
    inner, times = _whole_power(base)
    return base if whole * times == 1 else apply("power", inner, number(whole * times))


@dataclass(frozen=True)
class _Term:
    """A piece as above/below * the product of its factors, each to a whole power, which may be negative."""

    above: Fraction
    below: Fraction
    factors: tuple[tuple[Node, int], ...]

    @property
    def size(self) -> Fraction:
        return self.above / self.below

    def times(self, size: int) -> "_Term":
        return replace(self, above=self.above * size)


def _term(node: Node) -> _Term:
    """Decompose a piece into a term. Decimals are taken as typed, so 0.1 * 3 is 0.3."""
    one = Fraction(1)
    if isinstance(node, Number) and abs(node.value) not in (math.pi, math.e):
        if node.value == 0 or 1 / _LARGEST < abs(node.value) < _LARGEST:
            return _Term(Fraction(repr(node.value)), one, ())
    elif isinstance(node, Apply):
        if node.operation == "negate":
            return _term(node.arguments[0]).times(-1)
        if node.operation in ("multiply", "divide"):
            left, right = (_term(value) for value in node.arguments)
            product = _product(left, right, 1 if node.operation == "multiply" else -1)
            return _Term(one, one, ((node, 1),)) if product is None else product
    return _Term(one, one, (_whole_power(node),))


def _product(left: _Term, right: _Term, sign: int) -> _Term | None:
    """Return left * right, or left / right if the sign is -1; None for numbers too large, or a division by 0.

    Numbers, too, are in the denominator only if they were typed there.
    """
    up, down = (right.above, right.below) if sign > 0 else (right.below, right.above)
    above, below = left.above * up, left.below * down
    if not _is_moderate(above) or not _is_moderate(below) or below == 0:
        return None
    powers = dict(left.factors)
    for base, times in right.factors:
        powers[base] = powers.get(base, 0) + sign * times
    return _Term(above, below, tuple((base, times) for base, times in powers.items() if times))


def _is_moderate(size: Fraction) -> bool:
    return abs(size.numerator) < _LARGEST and size.denominator < _LARGEST


def _written(term: _Term) -> Node:
    """Return a term as a tree: a sign, a number, variables, everything else, and a denominator if there is one."""
    if term.above == 0:
        return ZERO
    above, below = _coefficient(abs(term.above), term.below if term.below > 0 else -term.below)
    upper = _line(above, [(base, times) for base, times in term.factors if times > 0])
    lower = _line(below, [(base, -times) for base, times in term.factors if times < 0])
    whole = upper if lower == ONE else apply("divide", upper, lower)
    if term.size > 0:
        return whole
    if isinstance(whole, Number):
        return number(-whole.value)
    return _with_sign(whole)


def _with_sign(node: Node) -> Node:
    """Return -node, with the sign at the number before a product: -2*x, not -(2*x)."""
    if isinstance(node, Apply) and node.operation == "multiply":
        left, right = node.arguments
        return apply("multiply", number(-left.value) if isinstance(left, Number) else _with_sign(left), right)
    return apply("negate", node)


def _coefficient(above: Fraction, below: Fraction) -> tuple[Fraction, Fraction]:
    """Return numerator and denominator: reduced if they are whole, as a decimal if typed so."""
    ratio = above / below
    if ratio.denominator == 1 or (below == 1 and _is_short(ratio)):
        return ratio, Fraction(1)
    if above.denominator == below.denominator == 1 or not _is_short(ratio):
        return Fraction(ratio.numerator), Fraction(ratio.denominator)
    return ratio, Fraction(1)


def _is_short(size: Fraction) -> bool:
    return Fraction(f"{float(size):.15g}") == size


def _line(size: Fraction, factors: Iterable[tuple[Node, int]]) -> Node:
    """Return a product, the variables first, as written by hand: 2*x*sin(x)."""
    ordered = sorted(factors, key=lambda factor: not isinstance(factor[0], Name | Number))
    pieces = [base if times == 1 else apply("power", base, number(times)) for base, times in ordered]
    if size != 1 or not pieces:
        pieces.insert(0, number(float(size)))
    product = pieces[0]
    for piece in pieces[1:]:
        product = apply("multiply", product, piece)
    return product


def _terms(node: Node) -> list[_Term]:
    """Return the terms of a sum."""
    if isinstance(node, Apply) and node.operation in ("add", "subtract"):
        left, right = (_terms(value) for value in node.arguments)
        return left + (right if node.operation == "add" else [term.times(-1) for term in right])
    return [_term(node)]


def _summed(terms: list[_Term]) -> Node:
    """Return a sum with like terms merged, a positive one first."""
    alike: dict[frozenset[tuple[Node, int]], _Term] = {}
    for term in terms:
        key = frozenset(term.factors)
        alike[key] = _together(alike[key], term) if key in alike else term
    left = [term for term in alike.values() if term.above != 0]
    if not left:
        return ZERO
    first = next((place for place, term in enumerate(left) if term.size > 0), 0)
    left.insert(0, left.pop(first))
    total = _written(left[0])
    for term in left[1:]:
        total = apply("add" if term.size > 0 else "subtract", total, _written(term.times(1 if term.size > 0 else -1)))
    return total


def _together(left: _Term, right: _Term) -> _Term:
    total = left.size + right.size
    if left.below == right.below == 1:
        return replace(left, above=total)
    return replace(left, above=Fraction(total.numerator), below=Fraction(total.denominator))


def _whole(node: Node) -> int | None:
    """Return a whole number from 1 to 1,000, None for anything else."""
    moderate = isinstance(node, Number) and node.value.is_integer() and 0 < node.value <= 1000
    return int(node.value) if moderate and isinstance(node, Number) else None


def _whole_power(node: Node) -> tuple[Node, int]:
    """Return base and exponent of a power with a whole exponent; anything else is its own first power."""
    if isinstance(node, Apply) and node.operation == "power":
        whole = _whole(node.arguments[1])
        if whole is not None:
            base, times = _whole_power(node.arguments[0])
            return base, times * whole
    return node, 1
