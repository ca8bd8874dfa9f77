"""Print an expression as Python and as TeX, with as few brackets as needed."""

import math
from collections.abc import Mapping
from types import MappingProxyType

from core.calculus.expression.functions import FUNCTIONS
from core.calculus.expression.tree import Apply, Name, Node, Number
from core.formatting import format_latex

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(1, 6)  # precedence of a piece
_FIRMNESS: Mapping[str, int] = MappingProxyType(
    {
        "add": _SUM,
        "subtract": _SUM,
        "multiply": _PRODUCT,
        "divide": _PRODUCT,
        "matmul": _PRODUCT,
        "negate": _SIGN,
        "power": _POWER,
    }
)
_SIGNS: Mapping[str, str] = MappingProxyType(
    {"add": " + ", "subtract": " - ", "multiply": "*", "divide": "/", "matmul": " @ ", "power": "**"}
)
_GREEK = frozenset(
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "mu", "nu", "xi", "pi",
        "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    }
)  # fmt: skip


def to_text(node: Node) -> str:
    """Return the expression as Python, and `parse_expression`, would read it.

    >>> x = Name(0, 0, "x")
    >>> to_text(Apply(0, 0, "multiply", (Number(0, 0, 3.0), Apply(0, 0, "power", (x, Number(0, 0, 2.0))))))
    '3*x**2'
    """
    if isinstance(node, Number):
        return _number(node.value)
    if isinstance(node, Name):
        return node.id
    assert isinstance(node, Apply)
    firm, values = _FIRMNESS.get(node.operation), node.arguments
    if firm is None:
        return f"{node.operation}({', '.join(to_text(value) for value in values)})"
    if node.operation == "negate":
        return f"-{_within(values[0], _SIGN + _begins_with_sign(values[0]))}"
    left, right = values
    if node.operation == "power":
        # What stands in an exponent may be a power, or have a sign: x**-2
        return f"{_within(left, _ATOM)}**{_within(right, _SIGN)}"
    return f"{_within(left, firm)}{_SIGNS[node.operation]}{_within(right, firm + 1 + 2 * _begins_with_sign(right))}"


def _within(node: Node, firm: int) -> str:
    """Return a piece as text, in brackets if its precedence is too low for its place."""
    return to_text(node) if _firmness(node) >= firm else f"({to_text(node)})"


def _firmness(node: Node) -> int:
    if isinstance(node, Number) and _is_negative(node.value):
        return _SIGN
    return _FIRMNESS.get(node.operation, _ATOM) if isinstance(node, Apply) else _ATOM


def _begins_with_sign(node: Node) -> bool:
    """Return whether a piece begins with a minus, since two signs in a row are hard to read."""
    if isinstance(node, Number):
        return _is_negative(node.value)
    return isinstance(node, Apply) and node.operation == "negate"


def _is_negative(value: float) -> bool:
    """Return whether a number is written with a minus; -0.0 is."""
    return math.copysign(1.0, value) < 0 and not math.isnan(value)


def _number(value: float) -> str:
    """Return a number as typed, with all its digits."""
    if value == 0 and _is_negative(value):
        return "-0.0"
    for name, constant in (("pi", math.pi), ("e", math.e)):
        if abs(value) == constant:
            return name if value > 0 else f"-{name}"
    return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)


def to_latex(node: Node) -> str:
    r"""Return the expression as TeX. Of the typed text only the letters of names are used.

    >>> to_latex(Apply(0, 0, "divide", (Number(0, 0, 1.0), Apply(0, 0, "sqrt", (Name(0, 0, "x"),)))))
    '\\frac{1}{\\sqrt{x}}'
    """
    if isinstance(node, Number):
        return latex_number(node.value)
    if isinstance(node, Name):
        return _latex_name(node.id)
    assert isinstance(node, Apply)
    if _is_power_of_function(node):
        return _power_of_function(node)
    parts = [to_latex(value) for value in node.arguments]  # once each: twice at every level takes exponential time
    if node.operation in _FIRMNESS:
        return _latex_operator(node, parts)
    return _latex_function(node.operation, parts)


def _latex_operator(node: Apply, parts: list[str]) -> str:
    firm, values = _FIRMNESS[node.operation], node.arguments
    if node.operation == "divide":
        return rf"\frac{{{parts[0]}}}{{{parts[1]}}}"
    if node.operation == "negate":
        return f"-{_bracketed(values[0], parts[0], _PRODUCT + 2 * _begins_with_sign(values[0]))}"
    left, right = values
    if node.operation == "power":
        return f"{parts[0] if _is_bare(left) else _in_brackets(parts[0])}^{{{parts[1]}}}"
    if node.operation in ("add", "subtract"):
        needed = firm + (node.operation == "subtract") + 3 * _begins_with_sign(right)
        return f"{parts[0]}{_SIGNS[node.operation]}{_bracketed(right, parts[1], needed)}"
    first = _bracketed(left, parts[0], firm)
    if node.operation == "matmul":
        return rf"{first} \mathbin{{@}} {_bracketed(right, parts[1], firm + 1)}"
    return f"{first}{_times(left, right)}{_bracketed(right, parts[1], firm + 2 * _begins_with_sign(right))}"


def _is_power_of_function(node: Apply) -> bool:
    """Return whether this is a function to a small power, whose exponent is written at the function's name."""
    if node.operation != "power":
        return False
    base, exponent = node.arguments
    named = isinstance(base, Apply) and base.operation in FUNCTIONS and FUNCTIONS[base.operation].latex_power
    return named and isinstance(exponent, Number) and exponent.value in range(2, 10)


def _power_of_function(node: Apply) -> str:
    base, exponent = node.arguments
    assert isinstance(base, Apply)
    return f"{FUNCTIONS[base.operation].latex}^{{{to_latex(exponent)}}}{_in_brackets(to_latex(base.arguments[0]))}"


def _is_bare(base: Node) -> bool:
    """Return whether a power needs no brackets around its base."""
    if isinstance(base, Number):
        return base.value >= 0 and "e" not in repr(base.value)
    return isinstance(base, Name) or (isinstance(base, Apply) and _is_fenced(base.operation))


def _is_fenced(operation: str) -> bool:
    """Return whether an operation is written between two bars."""
    return operation == "norm" or (operation in FUNCTIONS and FUNCTIONS[operation].latex.startswith(r"\left"))


def _times(left: Node, right: Node) -> str:
    """Return the text between two factors: nothing where it is unambiguous, else a dot."""
    last, first = left, right
    while isinstance(last, Apply) and last.operation in ("multiply", "negate"):
        last = last.arguments[-1]
    while isinstance(first, Apply) and first.operation in ("multiply", "power"):
        first = first.arguments[0]
    call = not _is_digits(last) and _firmness(first) < _PRODUCT  # x (x + 1) looks like a function x
    fraction = any(isinstance(node, Apply) and node.operation in ("divide", "derivative") for node in (last, first))
    return r" \cdot " if call or fraction or _is_digits(first) or _is_long(first) or _is_long(last) else r"\,"


def _is_digits(node: Node) -> bool:
    return isinstance(node, Number) and abs(node.value) not in (math.pi, math.e)


def _is_long(node: Node) -> bool:
    return isinstance(node, Name) and len(node.id) > 1


def _latex_function(name: str, parts: list[str]) -> str:
    if name == "derivative":  # of the first, with respect to the second
        return rf"\frac{{\mathrm{{d}}}}{{\mathrm{{d}}{parts[1]}}}\left[{parts[0]}\right]"
    if name == "norm":
        return rf"\left\lVert {parts[0]} \right\rVert"
    latex = FUNCTIONS[name].latex if name in FUNCTIONS else ""
    if "{u}" in latex:
        return latex.replace("{u}", parts[0])
    return (latex or rf"\operatorname{{{name}}}") + _in_brackets(", ".join(parts))


def _bracketed(node: Node, tex: str, firm: int) -> str:
    # A fraction as a factor needs no brackets.
    whole = isinstance(node, Apply) and node.operation == "divide"
    return tex if whole or _firmness(node) >= firm else _in_brackets(tex)


def _in_brackets(tex: str) -> str:
    return rf"\left({tex}\right)"


def latex_number(value: float, digits: int = 6) -> str:
    r"""Return a number as TeX, rounded to `digits` significant digits.

    >>> latex_number(2.5), latex_number(-1e-12)
    ('2.5', '-1 \\times 10^{-12}')
    """
    sign = "-" if value < 0 else ""
    if abs(value) in (math.pi, math.e):
        return sign + (r"\pi" if abs(value) == math.pi else r"\mathrm{e}")
    return format_latex(value, digits)


def _latex_name(name: str) -> str:
    """Return a variable: one letter as it is, Greek letters by name, a number at the end as a subscript."""
    stem = name.rstrip("0123456789")
    index = name[len(stem) :]
    stem = stem.rstrip("_") or stem
    long = r"\mathrm{" + stem.replace("_", r"\_") + "}"
    word = rf"\{stem}" if stem in _GREEK else stem if len(stem) == 1 else long
    return f"{word}_{{{index}}}" if index else word
