"""The slope of a typed function at a point, from the left and from the right, computed exactly."""

import math
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from core.calculus.expression.evaluate import evaluate
from core.calculus.expression.parser import Expression
from core.calculus.taylor import JET_OPERATIONS, Jet

Kind: TypeAlias = Literal["smooth", "kink", "steep", "edge", "jump", "undefined", "unknown"]
SAME = 1e-9  # relative tolerance within which two slopes are equal
OVERFLOWS = (OverflowError, ZeroDivisionError)


@dataclass(frozen=True)
class Side:
    """What a function does on one side of a place.

    All are nan where the function is not defined on this side, or where nothing can be said.

    Attributes:
        limit: of the function on this side.
        slope: the first derivative there, ±inf where it is unbounded.
        second: the second derivative there.
        third: the third derivative there.
    """

    limit: float
    slope: float
    second: float
    third: float


@dataclass(frozen=True)
class Slope:
    """A function at a point.

    Attributes:
        x: the point.
        value: of the function.
        left: the function left of x.
        right: the function right of x.
        noise: bounds the rounding error of the value, in units of half the machine epsilon.
        kind: "smooth" where it has a derivative; "kink" where the slopes of the two sides differ; "steep" where a
            slope is unbounded; "edge" where the function is defined on one side only; "jump" where it does not tend to
            its own value; "undefined" where it has no finite value; "unknown" where the formula is indeterminate (0
            times ∞).
    """

    x: float
    value: float
    left: Side
    right: Side
    noise: float
    kind: Kind

    @property
    def derivative(self) -> float:
        """Return the derivative, nan where there is none."""
        left, right = self.left.slope, self.right.slope
        return (left if left == right else left / 2 + right / 2) if self.kind == "smooth" else math.nan


def slope_at(expression: Expression, x: float) -> Slope:
    """Return the slope of an expression in at most one variable at a finite x. Never raises, never warns.

    >>> from core.calculus.expression.parser import parse_expression
    >>> slope_at(parse_expression("3*x**2 - 4*x"), 1.0).derivative
    2.0
    >>> kink = slope_at(parse_expression("abs(x)"), 0.0)
    >>> kink.kind, kink.left.slope, kink.right.slope
    ('kink', -1.0, 1.0)
    """
    value = float(expression(x) if expression.names else expression())
    with np.errstate(all="ignore"):
        right, noise = _side(expression, x, 1.0)
        left, _noise = _side(expression, x, -1.0)
    value = value if math.isfinite(value) else math.nan
    return Slope(x, value, left, right, noise, _kind(value, left, right, noise))


def _side(expression: Expression, x: float, way: float) -> tuple[Side, float]:
    """Return one side, and the noise of the value: x itself is rounded once a step is added."""
    seeds = dict.fromkeys(expression.names, Jet((x, way, 0.0, 0.0), abs(x)))
    try:
        jet = evaluate(expression.root, seeds, JET_OPERATIONS, Jet.constant)
    except OVERFLOWS:
        return Side(*(math.nan,) * 4), math.nan
    c0, c1, c2, c3 = jet.series
    return Side(c0, way * c1 + 0.0, 2 * c2, way * 6 * c3 + 0.0), jet.noise  # + 0.0 turns -0.0 into 0.0


def _kind(value: float, left: Side, right: Side, noise: float) -> Kind:
    if math.isnan(value):
        return "undefined"
    here = 1e-12 * (abs(value) + (noise if math.isfinite(noise) else 0.0)) + 1e-300
    gone = [abs(side.limit - value) > here for side in (left, right)]
    known = [not math.isnan(side.limit) for side in (left, right)]
    if any(gone):
        return "jump"
    if not any(known):
        return "unknown"
    if not all(known):
        return "edge"
    slopes = left.slope, right.slope
    if any(map(math.isnan, slopes)):
        return "unknown"
    if any(map(math.isinf, slopes)):
        return "steep"
    return "smooth" if abs(slopes[0] - slopes[1]) <= SAME * (abs(slopes[0]) + abs(slopes[1])) else "kink"
