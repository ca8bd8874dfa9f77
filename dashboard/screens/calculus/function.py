"""The function and the point x that several views share: two fields, examples, and a sentence about the slope."""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
import streamlit as st

from core.calculus.expression.parser import Expression, parse_expression
from core.calculus.slopes import Slope
from core.errors import InputError
from core.formatting import format_number
from core.language import _
from dashboard.ui import text_fields
from dashboard.ui.examples import examples

EXAMPLES = {
    "3x² − 4x, x = 1": ("3*x**2 - 4*x", "1"),
    "sin x, x = 1": ("sin(x)", "1"),
    "eˣ, x = 0": ("exp(x)", "0"),
    "|x|, x = 0": ("abs(x)", "0"),
    "√x, x = 0": ("sqrt(x)", "0"),
    "1/x, x = 0": ("1/x", "0"),
    "step, x = 0": ("step(x)", "0"),
}  # formulas: the same in every language
FARTHEST = 1e100  # larger numbers have squares that overflow float64


def draw_fields(of: Mapping[str, tuple[str, str]] = MappingProxyType(EXAMPLES)) -> dict[str, Any]:
    """Draw the two fields and the examples; return the texts of the fields, by their keys."""
    left, right = st.columns([3, 1])
    with left:
        f = text_fields.field("calculus_f", _("f(x), as in Python"))
    with right:
        x = text_fields.field("calculus_x", _("at x ="))
    examples("calculus", {name: {"calculus_f": f, "calculus_x": x} for name, (f, x) in of.items()})
    text_fields.draw_remarks(read_function, f)
    return {"calculus_f": f, "calculus_x": x}


def read_function(text: str) -> Expression:
    """Return a function of x. Raises PointedError or InputError for any other text."""
    return parse_expression(text, names=("x",))


def read_place(text: str) -> float:
    """Return the number in a text, such as 1, -0.5 or pi/4.

    Raises PointedError or InputError if there is none, or if its size is above 1e100.
    """
    if not text.strip():
        raise InputError(_("The field for x is empty; type a number, such as 1."))
    value = float(np.asarray(parse_expression(text, names=())()))
    if not math.isfinite(value):
        raise InputError(_("x has to be a finite number; type one, such as 1."))
    if abs(value) > FARTHEST:
        raise InputError(_("x has to lie between -1e100 and 1e100; type a number nearer to 0."))
    return value


def tell_slope(slope: Slope) -> str:
    """Show in one sentence whether the function has a derivative here, and if not, why."""
    return sentences()[_case(slope)].format(
        x=format_number(slope.x),
        value=format_number(slope.value),
        slope=format_number(slope.derivative),
        left=format_number(slope.left.slope),
        right=format_number(slope.right.slope),
        left_limit=_tends(slope.left.limit),
        right_limit=_tends(slope.right.limit),
    )


def _case(slope: Slope) -> str:
    if slope.kind != "edge":
        return slope.kind
    return "begins" if math.isnan(slope.left.limit) else "ends"


def sentences() -> dict[str, str]:
    """Return the sentence for each kind of point, with named placeholders for the numbers."""
    return {
        "smooth": _("At x = {x} the function has the value {value} and the derivative {slope}."),
        "kink": _("There is a kink at x = {x}: the slope is {left} from the left and {right} from the right, so there"
                  " is no derivative."),
        "steep": _("At x = {x} the slope grows without bound (from the left to {left}, from the right to {right}), so"
                   " there is no derivative."),
        "begins": _("The function begins at x = {x}: from the right its slope is {right}, to the left it is not"
                    " defined. A derivative needs both sides, so there is none."),
        "ends": _("The function ends at x = {x}: from the left its slope is {left}, to the right it is not defined. A"
                  " derivative needs both sides, so there is none."),
        "jump": _("There is a jump at x = {x}: the value is {value}, but from the left the function tends to"
                  " {left_limit} and from the right to {right_limit}, so there is no derivative."),
        "undefined": _("The function has no finite value at x = {x}, so there is no derivative."),
        "unknown": _("At x = {x} the rules of differentiation give no finite value; see what the quotients tend to."),
    }  # fmt: skip


def _tends(limit: float) -> str:
    return _("no limit") if math.isnan(limit) else format_number(limit)
