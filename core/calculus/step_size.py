"""The error of difference quotients: truncation for large steps, rounding for small ones.

With u half the machine epsilon ε, |f(x ± h)| is off by at most u·N (N is the noise of `slope_at`). So the errors are
at most h·|f″|/2 + 2u·N/h forward, and h²·|f‴|/6 + u·N/h central, and these sums are smallest at
h = √(4u·N/|f″|) and h = ∛(3u·N/|f‴|): about √ε and ∛ε where f and its derivatives are of similar size.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.calculus.expression.evaluate import NUMPY_OPERATIONS, evaluate
from core.calculus.expression.parser import Expression
from core.calculus.slopes import Slope, slope_at
from core.errors import InputError
from core.language import _

DTYPES: Mapping[str, type[np.floating[Any]]] = MappingProxyType({"float32": np.float32, "float64": np.float64})
METHODS = ("forward", "central")
A_DECADE = 8  # steps
DECADES = 17
NEIGHBOURS = 3  # steps to either side that have to be as good, so a lucky one is not the best


@dataclass(frozen=True, eq=False)
class StepSizes:
    """The errors of difference quotients of f at x.

    Attributes:
        slope: f at x.
        points: method, dtype, h and error, above 0.
        sides: method, dtype, side ("truncation", "rounding"), power (of h: 1 or 2, −1), h and error: both ends of each
            straight line on log axes, where that error is not 0.
        best: one row per method and dtype: epsilon, rule (√ε or ∛ε), foretold (the h of theory: inf without truncation,
            nan without rounding), found and error (nan where too few quotients are finite).
        exact: the number of points without an error, which a log axis cannot show.
        undefined: the number of points where f is not defined or too large.
    """

    slope: Slope
    points: pd.DataFrame
    sides: pd.DataFrame
    best: pd.DataFrame
    exact: int
    undefined: int


def measure_step_sizes(expression: Expression, x: float) -> StepSizes:
    """Measure the errors of forward and central quotients in float32 and float64, for h from about 1 down to 1e-16.

    The reference is the derivative by the rules in float64, at x as rounded to the dtype, accurate to nearly all
    digits. Steps begin at the power of ten above |x|, if that is above 1. Raises InputError where f has no derivative
    at x.
    """
    slope = slope_at(expression, x)
    if slope.kind != "smooth":
        raise InputError(_("The function has no derivative at this x to compare the quotients with; choose another x."))
    h = _steps(max(math.ceil(math.log10(abs(x))) if x else 0, 0))
    series = {(method, dtype): error for dtype in DTYPES for method, error in _errors(expression, x, h, dtype).items()}
    best = pd.DataFrame([_best(h, error, slope, *key) for key, error in series.items()])
    every = np.concatenate(list(series.values()))
    drawn = every > 0
    methods, dtypes = np.repeat(np.array(list(series)), len(h), axis=0)[drawn].T
    points = {"method": methods, "dtype": dtypes, "h": np.tile(h, len(series))[drawn], "error": every[drawn]}
    sides = _sides(slope, float(h[-1]), float(h[0]))
    return StepSizes(slope, pd.DataFrame(points), sides, best, int((every == 0).sum()), int(np.isnan(every).sum()))


def _steps(power: int) -> NDArray[np.float64]:
    """Return the steps from 10**power down. Powers of ten are parsed, not computed: NumPy's differ by processor."""
    parts = 10.0 ** (-np.arange(1, A_DECADE) / A_DECADE)
    decades = [float(f"1e{power - decade}") for decade in range(DECADES + 1)]
    return np.concatenate([[decade, *(decade * parts)] for decade in decades])[: A_DECADE * DECADES + 1]


def _errors(expression: Expression, x: float, h: NDArray[np.float64], dtype: str) -> dict[str, NDArray[np.float64]]:
    """Return the error of each method at each h, nan where a quotient is not finite."""
    kind = DTYPES[dtype]
    with np.errstate(all="ignore"):
        place, steps = kind(x), h.astype(kind)

        def f(at: Any) -> NDArray[Any]:  # noqa: ANN401 - arrays and numbers of this dtype
            return np.asarray(evaluate(expression.root, dict.fromkeys(expression.names, at), NUMPY_OPERATIONS, kind))

        here, right, left = f(place), f(place + steps), f(place - steps)
        quotients = {"forward": (right - here) / steps, "central": (right - left) / (2 * steps)}
        true = slope_at(expression, float(place)).derivative if np.isfinite(place) else math.nan
        errors = {method: np.abs(quotient.astype(np.float64) - true) for method, quotient in quotients.items()}
    return {method: np.where(np.isfinite(error), error, np.nan) for method, error in errors.items()}


def _bounds(slope: Slope, method: str, dtype: str) -> tuple[float, int, float]:
    """Return the factor of the truncation error, its power of h, and the factor of the rounding error, over h."""
    unit = float(np.finfo(DTYPES[dtype]).eps) / 2
    if method == "forward":
        return max(abs(slope.left.second), abs(slope.right.second)) / 2, 1, 2 * unit * slope.noise
    return max(abs(slope.left.third), abs(slope.right.third)) / 6, 2, unit * slope.noise


def _best(
    h: NDArray[np.float64], errors: NDArray[np.float64], slope: Slope, method: str, dtype: str
) -> dict[str, str | float]:
    epsilon = float(np.finfo(DTYPES[dtype]).eps)
    cut, power, rounding = _bounds(slope, method, dtype)
    with np.errstate(all="ignore"):
        foretold = float((np.float64(rounding) / (power * cut)) ** (1 / (power + 1)))
    found, error = _least(h, errors)
    return {
        "method": method,
        "dtype": dtype,
        "epsilon": epsilon,
        "rule": epsilon ** (1 / (power + 1)),
        "foretold": foretold if math.isfinite(cut) else math.nan,
        "found": found,
        "error": error,
    }


def _least(h: NDArray[np.float64], errors: NDArray[np.float64]) -> tuple[float, float]:
    """Return the h whose neighbours are good too, and the largest error among them; nan where fewer than half work."""
    window = 2 * NEIGHBOURS + 1
    around = np.lib.stride_tricks.sliding_window_view(np.pad(errors, NEIGHBOURS, constant_values=np.nan), window)
    enough = np.isfinite(around).sum(axis=1) > NEIGHBOURS
    if not enough.any():
        return math.nan, math.nan
    worst = np.where(enough, np.max(around, axis=1, initial=0, where=np.isfinite(around)), np.inf)
    return float(h[worst.argmin()]), float(worst.min())


def _sides(slope: Slope, smallest: float, largest: float) -> pd.DataFrame:
    """Return both ends of the line of each error that is neither 0 nor unbounded."""
    rows = []
    for method in METHODS:
        for dtype in DTYPES:
            cut, power, rounding = _bounds(slope, method, dtype)
            for side, factor, exponent in (("truncation", cut, power), ("rounding", rounding, -1)):
                for h in (smallest, largest):
                    with np.errstate(all="ignore"):
                        error = float(factor * np.float64(h) ** exponent)
                    rows.append((method, dtype, side, exponent, h, error))
    sides = pd.DataFrame(rows, columns=["method", "dtype", "side", "power", "h", "error"])
    return sides.query("0 < error < inf").reset_index(drop=True)
