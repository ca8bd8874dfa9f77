"""Arithmetic on the first terms of a Taylor series: a function of t = 0, 0+ as c0 + c1 t + c2 t² + c3 t³.

The series is one-sided, for t > 0 tending to 0, so a kink or a jump at the point itself is found: the other direction
along x is another series. A coefficient is inf where the function grows faster than any power (the root of t: its slope
at 0 is infinite), nan where it is unknown.

The series has a `noise`: a bound, in units of half the machine epsilon, on the rounding error of the value, since each
operation rounds its result and passes on the noise of its arguments times its slope (Higham, Accuracy and
Stability of Numerical Algorithms, 2002, section 3.3).
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import numpy as np

from core.calculus.expression.functions import FUNCTIONS, Function

ORDER = 3
HALF_EPSILON = 2.0**-53
LAST_PLACES = 2.0  # rounding errors that one call of an elementary function makes, in units of half an epsilon
_NOTHING = (math.nan,) * (ORDER + 1)


@dataclass(frozen=True)
class Jet:
    """A function of t near 0+.

    Attributes:
        series: the coefficients c0 to c3.
        noise: bounds its rounding errors.
    """

    series: tuple[float, ...]
    noise: float = 0.0

    @classmethod
    def constant(cls, value: float) -> "Jet":
        """Return a series that does not depend on t."""
        return cls((value, *(0.0,) * ORDER))

    @property
    def valuation(self) -> int:
        """Return the index of the first coefficient that is not 0; 4 if all are."""
        return next((place for place, value in enumerate(self.series) if value != 0), ORDER + 1)

    @property
    def sign(self) -> float:
        """Return the sign for small t > 0: that of the first coefficient that is not 0; nan stays nan."""
        place = self.valuation
        return 0.0 if place > ORDER else float(np.sign(self.series[place]))

    @property
    def is_constant(self) -> bool:
        """Return whether only c0 differs from 0."""
        return not any(self.series[1:])


def _add(a: Jet, b: Jet) -> Jet:
    series = tuple(x + y for x, y in zip(a.series, b.series, strict=True))
    return Jet(series, a.noise + b.noise + abs(series[0]))


def _negate(a: Jet) -> Jet:
    return Jet(tuple(-x for x in a.series), a.noise)


def _subtract(a: Jet, b: Jet) -> Jet:
    return _add(a, _negate(b))


def _product(a: tuple[float, ...], b: tuple[float, ...]) -> tuple[float, ...]:
    """Multiply two series. A coefficient of 0 contributes 0, even times inf: 0 · √t is 0."""
    if math.isnan(a[0]) or math.isnan(b[0]):
        return _NOTHING
    terms = [[a[i] * b[k - i] for i in range(k + 1) if a[i] != 0 and b[k - i] != 0] for k in range(ORDER + 1)]
    return tuple(map(_total, terms))


def _total(terms: list[float]) -> float:
    """Return the sum, rounded once; nan for opposite infinities, which math.fsum refuses."""
    if not all(map(math.isfinite, terms)):
        return sum(terms)
    try:
        return math.fsum(terms)
    except OverflowError:
        return sum(terms)


def _multiply(a: Jet, b: Jet) -> Jet:
    series = _product(a.series, b.series)
    return Jet(series, abs(a.series[0]) * b.noise + abs(b.series[0]) * a.noise + abs(series[0]))


def _divide(a: Jet, b: Jet) -> Jet:
    below = b.series[0]
    if below == 0:
        beyond = a.sign * b.sign * math.inf if a.series[0] != 0 else math.nan
        return Jet((beyond, *_NOTHING[1:]), math.inf)
    series: list[float] = []
    for k in range(ORDER + 1):
        taken = _total([b.series[k - i] * series[i] for i in range(k) if b.series[k - i] != 0 and series[i] != 0])
        series.append((a.series[k] - taken) / below)
    noise = (a.noise + abs(series[0]) * b.noise) / abs(below) + abs(series[0])
    return Jet(tuple(series), noise)


def _power(a: Jet, b: Jet) -> Jet:
    exponent = b.series[0]
    if not b.is_constant:
        if a.is_constant and a.series[0] == 1:
            return Jet.constant(1.0)
        if a.is_constant and a.series[0] == 0:  # 0 for an exponent above 0; below, 1/0 is no number
            return Jet.constant(0.0) if b.sign > 0 else Jet(_NOTHING, math.nan)
        return _smooth(FUNCTIONS["exp"], _multiply(b, JET_OPERATIONS["log"](a)))
    if exponent == 0:
        return Jet.constant(1.0)
    series = _power_series(a, exponent)
    slope = exponent * float(np.float64(a.series[0]) ** (exponent - 1)) if a.series[0] or exponent >= 1 else math.inf
    return Jet(series, abs(slope) * a.noise + LAST_PLACES * abs(series[0]))


def _power_series(a: Jet, exponent: float) -> tuple[float, ...]:
    whole = exponent == math.floor(exponent)
    if a.series[0] != 0:
        return _regular_power(a.series, exponent) if whole or a.series[0] > 0 else _NOTHING
    return _whole_power(a, int(exponent)) if whole and exponent > 0 else _root(a, exponent)


def _whole_power(a: Jet, exponent: int) -> tuple[float, ...]:
    """Return a series with c0 = 0, to a whole power."""
    if exponent > ORDER:
        return (0.0,) * (ORDER + 1)
    series = a.series
    for _time in range(exponent - 1):
        series = _product(series, a.series)
    return series


def _regular_power(u: tuple[float, ...], exponent: float) -> tuple[float, ...]:
    """Return u to this power where u is not 0: the recurrence that u · (uᵖ)′ = p · u′ · uᵖ gives."""
    series = [float(np.float64(u[0]) ** exponent)]
    for k in range(1, ORDER + 1):
        terms = ((exponent * i - (k - i)) * u[i] * series[k - i] for i in range(1, k + 1) if u[i] != 0)
        series.append(sum(terms) / (k * u[0]))
    return tuple(series)


def _root(a: Jet, exponent: float) -> tuple[float, ...]:
    """Return a power of a series with c0 = 0: tᵛ (c + …) becomes t to the v·p times a series."""
    first = a.valuation
    if first > ORDER:
        return (0.0,) * (ORDER + 1) if exponent > 0 else (math.inf, *_NOTHING[1:])
    if not a.series[first] > 0 and exponent != math.floor(exponent):
        return _NOTHING
    start = first * exponent
    if start < 0:
        return (a.sign**exponent * math.inf, *_NOTHING[1:])
    if start != math.floor(start):  # between two powers of t: the next coefficient is infinite
        beyond = math.ceil(start)
        return tuple(0.0 if k < beyond else math.inf if k == beyond else math.nan for k in range(ORDER + 1))
    lead = (*a.series[first:], *(math.nan,) * first)
    powers = _regular_power(lead, exponent)
    return tuple([0.0] * int(start) + list(powers))[: ORDER + 1]


def _smooth(function: Function, a: Jet) -> Jet:
    """Return g(a) from the derivatives of g, by the chain rule of each order."""
    assert function.derivatives is not None
    place = np.float64(a.series[0])
    value, g1, g2, g3 = (float(part) for part in (function.value(place), *function.derivatives(place)))
    _c0, c1, c2, c3 = a.series
    terms = (
        ((g1, c1),),
        ((g1, c2), (g2 / 2, c1 * c1)),
        ((g1, c3), (g2, c1 * c2), (g3 / 6, c1 * c1 * c1)),
    )
    series = (value, *(sum(g * c for g, c in row if c != 0) for row in terms))
    return Jet(series, abs(g1) * a.noise * (a.noise > 0) + LAST_PLACES * abs(value))


def _called(function: Function, a: Jet) -> Jet:
    """Return g(a) for a function of the table; nan outside its domain."""
    if function.exponent is not None:
        touching = _root_of_touching(a, a.noise * HALF_EPSILON) if function.exponent == 0.5 else None
        return touching or _power(a, Jet.constant(function.exponent))
    if function.sides is not None:
        return _by_sign(function.sides, a)
    if function.arc is not None and abs(a.series[0]) == 1:
        return _arc(function.arc, a)
    beside = Jet((0.0, *a.series[1:])).sign
    outside = any(a.series[0] == edge and way * beside > 0 for edge, way in function.edges)
    return Jet(_NOTHING, math.nan) if outside else _smooth(function, a)


def _arc(arc: tuple[float, float], a: Jet) -> Jet:
    """Return asin or acos where the argument is 1 or -1: there both are a constant less or plus √w (1 + w/24 + …).

    w = 2 (1 - |a|). `arc` has the value at 1 and the factor of the root there; at -1 both are those at 1 turned.
    """
    side = 1.0 if a.series[0] > 0 else -1.0
    w = Jet((0.0, *(-2 * side * c for c in a.series[1:])))
    root = _root_of_touching(w, 2 * (a.noise + 1.0) * HALF_EPSILON)
    if root is None:
        if w.sign < 0 or math.isnan(w.sign):
            return Jet(_NOTHING, math.nan)
        root = _power(w, Jet.constant(0.5))
    root = _multiply(root, _add(Jet.constant(1.0), _multiply(w, Jet.constant(1 / 24))))
    level, factor = arc if side > 0 else (math.pi - arc[0] if arc[0] == 0 else -arc[0], -arc[1])
    series = tuple(factor * c + 0.0 for c in root.series)
    return Jet((level + series[0], *series[1:]), LAST_PLACES * abs(level) + abs(series[1]) * a.noise * (a.noise > 0))


def _root_of_touching(w: Jet, rounding: float) -> Jet | None:
    """Return √w where w is 0 only by rounding: w2 (t + s)² with a tiny s, as sin²x at the float next to π; else None.

    `rounding` bounds the error of w. The root is √w2 |t + s|, whose corner lies at -s and not at 0.
    """
    c0, c1, c2, c3 = w.series
    if c0 != 0 or c1 == 0 or not c2 > 0 or not c1 * c1 <= 4 * c2 * rounding:
        return None
    slope, way = math.sqrt(c2), math.copysign(1.0, c1)
    level = slope * abs(c1) / (2 * c2)
    return Jet((level, way * slope, way * slope * c3 / (2 * c2), math.nan), level / HALF_EPSILON)


def _by_sign(sides: tuple[tuple[float, float], tuple[float, float]], a: Jet) -> Jet:
    """Return a function that is linear on either side of 0 and 0 there: abs, relu, sign, step."""
    if math.isnan(a.sign):
        return Jet(_NOTHING, math.nan)
    level, slope = (0.0, 0.0) if a.sign == 0 else sides[a.sign > 0]
    if slope == 0:
        return Jet.constant(float(level))
    return Jet((level + slope * a.series[0], *(slope * c for c in a.series[1:])), abs(slope) * a.noise)


JET_OPERATIONS: Mapping[str, Callable[..., Jet]] = MappingProxyType(
    {
        "add": _add,
        "subtract": _subtract,
        "multiply": _multiply,
        "divide": _divide,
        "power": _power,
        "negate": _negate,
        **{name: partial(_called, function) for name, function in FUNCTIONS.items()},
    }
)  # every operation on numbers that can be typed
