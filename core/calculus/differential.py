"""The differential: the linear approximation f(x) + f'(x)·h, and its error, which is small even beside h.

In one variable that is all there is to being differentiable: error/h is the difference quotient minus f'(x), so it
tends to 0 exactly where the quotient tends to f'(x). In two variables both partial derivatives can exist and it does
not (`directional_slopes`).
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.calculus.expression.parser import Expression
from core.calculus.slopes import Slope

ROWS = 5
HALF_WIDTH = 2.2  # of the picture, in units
POINTS = 240  # an even number, so that none is at h = 0
EPSILON = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class Differential:
    """A line through (x, f(x)), and what it leaves of f.

    Attributes:
        slope: that of f at x, from both sides.
        line: the slope of the line: the derivative; at a kink the mean of both sides; nan where neither exists.
        rows: h, change (f(x + h) − f(x)), linear (line · h), error (change − linear), share (error / h) and rounding
            (a bound on what of the share is rounding), for h, h/10, …, h/10⁴.
        curve: h, f, linear, error and share over the picture, nan where f has no finite value.
    """

    slope: Slope
    line: float
    rows: pd.DataFrame
    curve: pd.DataFrame

    @property
    def is_differentiable(self) -> bool:
        """Return whether error / h tends to 0."""
        return self.slope.kind == "smooth"

    @property
    def limits(self) -> tuple[float, float]:
        """Return what error / h tends to from the left and from the right."""
        if self.is_differentiable:
            return 0.0, 0.0
        return self.slope.left.slope - self.line, self.slope.right.slope - self.line


def unit_at(x: float) -> float:
    """Return the unit of h at x: 1 for points between -10 and 10, more for larger ones.

    >>> unit_at(0.3), unit_at(-2500.0)
    (1.0, 1000.0)
    """
    return 10.0 ** max(math.floor(math.log10(abs(x))), 0) if x else 1.0


def differential(expression: Expression, slope: Slope, h: float) -> Differential:
    """Return the linear approximation of f at the point of `slope`, and its error for h, h/10, …. Never warns.

    `h` is not 0.

    >>> from core.calculus import parse_expression
    >>> from core.calculus.slopes import slope_at
    >>> f = parse_expression("3*x**2 - 4*x")
    >>> differential(f, slope_at(f, 1.0), 0.5).rows.round(6).iloc[0][["change", "linear", "error", "share"]].tolist()
    [1.75, 1.0, 0.75, 1.5]
    """
    line = _line(slope)
    steps = np.array([h / 10**row for row in range(ROWS)])
    rows = _errors(expression, slope, line, steps)
    unit = unit_at(slope.x)
    curve = _errors(expression, slope, line, np.linspace(-HALF_WIDTH * unit, HALF_WIDTH * unit, POINTS))
    with np.errstate(all="ignore"):
        curve = curve.assign(f=slope.value + curve["change"], linear=slope.value + curve["linear"])
    return Differential(slope, line, rows, curve[["h", "f", "linear", "error", "share"]])


def _line(slope: Slope) -> float:
    if slope.kind == "smooth":
        return slope.derivative
    mean = slope.left.slope / 2 + slope.right.slope / 2
    return mean if slope.kind == "kink" and math.isfinite(mean) else math.nan


def _errors(expression: Expression, slope: Slope, line: float, steps: np.ndarray) -> pd.DataFrame:
    with np.errstate(all="ignore"):
        there = np.asarray(expression(slope.x + steps) if expression.names else expression()) + 0.0 * steps
        there = np.where(np.isfinite(there), there, np.nan)
        change, linear = there - slope.value, line * steps
        error = change - linear
        noise = slope.noise if math.isfinite(slope.noise) else 0.0
        size = noise + np.abs(there) + abs(slope.value) + abs(slope.x * line) + np.abs(linear)
        columns = {"h": steps, "change": change, "linear": linear, "error": error, "share": error / steps}
        return pd.DataFrame({**columns, "rounding": 4 * EPSILON * size / np.abs(steps)})
