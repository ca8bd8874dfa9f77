"""The derivative as a limit: a table of difference quotients for smaller and smaller steps."""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any, SupportsFloat

import numpy as np
import pandas as pd

from core.errors import InputError
from core.formatting import format_count
from core.language import _

MOST_STEPS = 10_000


def difference_quotients(f: Callable[[Any], Any], x: SupportsFloat, steps: Iterable[SupportsFloat]) -> pd.DataFrame:
    """Return the difference quotients of f at x: one row for each step, in order, all in float64.

    Columns: h, the step as given; forward, (f(x+h) − f(x)) / h; backward, (f(x) − f(x−h)) / h; central,
    (f(x+h) − f(x−h)) / 2h. `f` takes a float and returns a number; where it is not defined (it returns NaN or ±∞,
    or raises ArithmeticError or ValueError as `math.log(-1)` does), the quotients that need its value are NaN. A step
    so small that x + h rounds to x gives 0. Without steps the table has no rows.
    Raises InputError for a step that is 0, NaN or ±∞, for more than 10,000 steps, and for an x that is NaN or ±∞.

    >>> difference_quotients(lambda x: 3 * x**2 - 4 * x, 1, [0.1, 0.01]).round(5)
          h  forward  backward  central
    0  0.10     2.30      1.70      2.0
    1  0.01     2.03      1.97      2.0
    """
    place = float(x)
    if not math.isfinite(place):
        raise InputError(_("x has to be a finite number, but it is {x}.").format(x=place))
    sizes = [_step(step) for _place, step in zip(range(MOST_STEPS + 1), steps, strict=False)]
    if len(sizes) > MOST_STEPS:
        raise InputError(_("At most {most} steps fit in the table; give fewer.").format(most=format_count(MOST_STEPS)))
    here = value_at(f, place)
    right = np.array([value_at(f, place + h) for h in sizes], dtype=np.float64)
    left = np.array([value_at(f, place - h) for h in sizes], dtype=np.float64)
    h = np.array(sizes, dtype=np.float64)
    with np.errstate(all="ignore"):
        columns = {"forward": (right - here) / h, "backward": (here - left) / h, "central": (right - left) / (2 * h)}
    return pd.DataFrame({"h": h, **columns})


def nearest_row(quotients: Sequence[float], limit: float) -> int | None:
    """Return the index of the quotient nearest to a limit, the last of several; None if none is a number.

    Every later one is further from the limit: with ever smaller steps that is rounding, which the step divides.

    >>> nearest_row([2.3, 2.03, 2.003, 2.1], 2.0), nearest_row([1.0, 1.0], 1.0), nearest_row([math.nan], 0.0)
    (2, 1, None)
    """
    errors = [(abs(quotient - limit), -row) for row, quotient in enumerate(quotients) if math.isfinite(quotient)]
    return -min(errors)[1] if errors and math.isfinite(limit) else None


def book_lines(quotients: pd.DataFrame) -> list[str]:
    """Return what the book's loop prints for h and the forward quotients: five decimals, which may hide all of h.

    >>> book_lines(pd.DataFrame({"h": [0.1, 1e-6], "forward": [2.3, 2.000003]}))
    ['h=0.10000, numerical limit=2.30000', 'h=0.00000, numerical limit=2.00000']
    """
    pairs = zip(quotients["h"], quotients["forward"], strict=True)
    return [f"h={h:.5f}, numerical limit={quotient:.5f}" for h, quotient in pairs]


def value_at(f: Callable[[Any], Any], x: float) -> float:
    """Return f(x) as a float, NaN where f is not defined: not finite, or not computable."""
    try:
        value = float(f(x))
    except (ArithmeticError, ValueError):
        return math.nan
    return value if math.isfinite(value) else math.nan


def _step(step: SupportsFloat) -> float:
    h = float(step)
    if h == 0 or not math.isfinite(h):
        raise InputError(
            _("A step h has to be a finite number other than 0, but it is {h}: the quotient divides by it.").format(h=h)
        )
    return h
