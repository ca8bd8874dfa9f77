"""The working in formulas: in letters, and with the current numbers."""

import math
from collections.abc import Iterable
from itertools import islice

import numpy as np

from core.formatting import format_latex
from core.tensors.formula_text import listed
from core.tensors.reduction_steps import Collapse
from core.tensors.reductions import How

MOST_RESULTS = 3
MOST_TERMS = 5
MOST_SQUARES = 3
_RESULT: dict[How, str] = {"sum": "s", "mean": "m", "max": "u", "min": "l", "prod": "p", "var": "v"}
_SUM = r"\sum"
_SIGN: dict[How, str] = {"prod": r"\prod", "max": r"\max", "min": r"\min"}


def working(of: Collapse) -> str:
    """Return the rule in letters, and the first results in numbers below it."""
    places = list(islice(np.ndindex(of.result.shape), MOST_RESULTS))
    lines = [f"{_RESULT[of.how]}{_subscript(map(str, place))} &= {_numbers(of, place)}" for place in places]
    more = [r"&\;\;\vdots"] * (of.result.size > len(places))
    return r"\begin{aligned}" + r" \\ ".join([_rule(of), *lines, *more]) + r"\end{aligned}"


def number(value: float) -> str:
    """Return any number for a formula.

    >>> number(-2.5), number(float("inf")), number(float("nan"))
    ('-2.5', '\\\\infty', '\\\\text{nan}')
    """
    if math.isnan(value):
        return r"\text{nan}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    return format_latex(value, 6)


def term(value: float) -> str:
    """Return a number within a formula: a negative one in brackets."""
    return f"({number(value)})" if value < 0 else number(value)


def _rule(of: Collapse) -> str:
    letters = "ijk"[: of.x.ndim]
    kept = [
        "0" if axis in of.axes else letter for axis, letter in enumerate(letters) if of.keepdims or axis not in of.axes
    ]
    over = ",".join(letters[axis] for axis in of.axes)
    gather = f"{_SIGN.get(of.how, _SUM)}_{{{over}}} " if over else ""
    entry, result = f"a{_subscript(letters)}", f"{_RESULT[of.how]}{_subscript(kept)}"
    if of.how == "var":
        return rf"{result} &= \frac{{1}}{{{_divisor(of)}}} {gather}\left({entry} - m{_subscript(kept)}\right)^2"
    share = rf"\frac{{1}}{{{of.count}}} " if of.how == "mean" else ""
    return f"{result} &= {share}{gather}{entry}"


def _numbers(of: Collapse, place: tuple[int, ...]) -> str:
    line, result = of.line(place).tolist(), number(float(of.result[place]))
    if not line:
        return result
    if of.how in ("max", "min"):
        return rf"\{of.how}({', '.join(listed(line, number, MOST_TERMS))}) = {result}"
    if of.how == "var":
        mean = term(of.mean(place))
        squares = listed(line, lambda value: f"({number(value)} - {mean})^2", MOST_SQUARES)
        return rf"\frac{{{' + '.join(squares)}}}{{{_divisor(of)}}} = {result}"
    joined = (r" \times " if of.how == "prod" else " + ").join(listed(line, term, MOST_TERMS))
    return rf"\frac{{{joined}}}{{{of.count}}} = {result}" if of.how == "mean" else f"{joined} = {result}"


def _divisor(of: Collapse) -> str:
    return f"{of.count} - {format_latex(of.correction, 6)}"


def _subscript(parts: Iterable[str]) -> str:
    text = ",".join(parts)
    return f"_{{{text}}}" if text else ""
