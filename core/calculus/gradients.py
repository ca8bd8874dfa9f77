"""Functions of two variables: partial derivatives, the gradient, and whether it gives the slope in every direction."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.calculus.differentiate import Derivation, differentiate
from core.calculus.expression.parser import Expression
from core.calculus.expression.printing import to_text
from core.calculus.expression.tree import Apply, Name, Node, Number
from core.calculus.slopes import slope_at

VARIABLES = ("x", "y")
STEPS = (0.1, 0.01, 0.001, 1e-4, 1e-5)
FURTHER_STEPS = (1e-6, 1e-7, 1e-8, 1e-9, 1e-10)  # where those above do not settle it
SETTLED = 0.1  # the share of the error at h = 0.001 that is taken for falling to 0
DIRECTIONS = 48
EPSILON = float(np.finfo(np.float64).eps)
FLAT = 0.99999  # an error that falls by less from step to step has reached its limit
Verdict: TypeAlias = Literal[
    "differentiable", "not differentiable", "not continuous", "undecided", "no gradient", "undefined"
]


@dataclass(frozen=True)
class Partial:
    """A partial derivative.

    Attributes:
        derivation: by the rules.
        function: the resulting function.
    """

    derivation: Derivation
    function: Expression


def partials(expression: Expression) -> tuple[Partial, Partial]:
    """Return ∂f/∂x and ∂f/∂y of an expression in x and y, by rules."""
    found = [differentiate(expression.root, name) for name in VARIABLES]
    first, second = (Partial(one, Expression(to_text(one.result), one.result, VARIABLES, VARIABLES)) for one in found)
    return first, second


def section(expression: Expression, variable: str, other: float) -> Expression:
    """Return f along one axis: a function of `variable`, with the other one fixed."""
    held = next(name for name in VARIABLES if name != variable)
    root = _held(expression.root, held, float(other))
    return Expression(to_text(root), root, (variable,), (variable,))


def _held(node: Node, name: str, value: float) -> Node:
    if isinstance(node, Name) and node.id == name:
        return Number(node.start, node.end, value)
    if isinstance(node, Apply):
        return Apply(node.start, node.end, node.operation, tuple(_held(one, name, value) for one in node.arguments))
    return node


@dataclass(frozen=True)
class Place:
    """A function at a point.

    Attributes:
        x: of the point.
        y: of the point.
        value: that of the formula; where it has none, what f tends to along both axes, else nan.
        filled: whether the value is that limit.
        slopes: the partial derivatives, nan where there is none.
        closeness: one row per step h: the largest |f(p + hu) − f(p) − h·g·u| / h of the 48 directions u, which tends to
            0 over all directions if and only if f is differentiable here; `rounding` bounds what of it is rounding,
            and `along_axes` is the largest along the axes, which tends to 0 wherever both partial derivatives exist.
        verdict: the conclusion from these directions; "undecided" where it falls too slowly, or too late, to tell.
    """

    x: float
    y: float
    value: float
    filled: bool
    slopes: tuple[float, float]
    closeness: pd.DataFrame
    verdict: Verdict

    @property
    def steepness(self) -> float:
        """Return the norm of the gradient."""
        return math.hypot(*self.slopes)

    @property
    def downhill(self) -> tuple[float, float]:
        """Return the direction of steepest descent, of length 1; (0, 0) for a zero gradient, nan without a gradient."""
        size = self.steepness
        return (0.0, 0.0) if size == 0 else (-self.slopes[0] / size + 0.0, -self.slopes[1] / size + 0.0)


def look_at(expression: Expression, x: float, y: float) -> Place:
    """Return a function of x and y at a point: value, partial derivatives, and whether it is differentiable.

    >>> from core.calculus import parse_expression
    >>> place = look_at(parse_expression("x*y/(x**2 + y**2)", ["x", "y"]), 0, 0)
    >>> place.value, place.filled, place.slopes, place.verdict
    (0.0, True, (0.0, 0.0), 'not continuous')
    """
    value = float(expression(x, y))
    filled = not math.isfinite(value)
    if filled:
        value = _limit_along_axes(expression, x, y)
        filled = math.isfinite(value)
    slopes = (
        _slope(section(expression, "x", y), x, value, filled),
        _slope(section(expression, "y", x), y, value, filled),
    )
    every = _closeness(expression, (x, y), value, slopes)
    verdict = _verdict(value, slopes, every)
    return Place(x, y, value, filled, slopes, every[: _rows_to_show(every, verdict)], verdict)


def _limit_along_axes(expression: Expression, x: float, y: float) -> float:
    """Return what f tends to from both sides along both axes; nan if it does not, or if rounding hides it."""
    h = np.array([1e-3, 1e-6, 1e-9])
    ways = np.stack([*(expression(x + sign * h, y) + 0 * h for sign in (1, -1)),
                     *(expression(x, y + sign * h) + 0 * h for sign in (1, -1))])  # fmt: skip
    if not np.isfinite(ways).all():
        return math.nan
    near = np.array([0.1, *1e-3 * h[1:] ** (1 / 4)])  # the first sees values that rounding takes away further in
    mean = float(f"{ways[:, -1].mean():.12g}")
    fits = (limit for limit in (0.0, mean) if np.all(np.abs(ways - limit) <= near * max(1.0, abs(limit))))
    return next(fits, math.nan)


def _slope(along: Expression, at: float, value: float, filled: bool) -> float:
    """Return the derivative along an axis; where the formula is undefined, the common limit of the quotients."""
    slope = slope_at(along, at)
    if slope.kind == "smooth":
        return slope.derivative
    if math.isnan(value) or not (filled or slope.kind == "unknown"):
        return math.nan
    steps = np.array([1e-4, 1e-6, -1e-4, -1e-6])
    with np.errstate(all="ignore"):
        quotients = (along(at + steps) - value) / steps
    if not np.isfinite(quotients).all():
        return math.nan
    same = np.all(np.abs(quotients - quotients[1]) <= 1e-3 * (1 + np.abs(quotients[1])) * np.sqrt(np.abs(steps)) * 100)
    level = abs(quotients[1]) <= 1e-5
    return (0.0 if level else float(quotients[1])) if same else math.nan


def directions(count: int = DIRECTIONS) -> NDArray[np.float64]:
    """Return evenly spaced directions of length 1, (count, 2); those along the axes and the diagonals are exact."""
    turns = np.arange(count) * (2 * np.pi / count)
    around = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    return np.where(np.abs(around) < 1e-15, 0.0, around)


def directional(expression: Expression, place: Place, h: float = 1e-6, count: int = DIRECTIONS) -> pd.DataFrame:
    """Return the slope in every direction: degrees, measured (a quotient with step h) and foretold (gradient · u).

    The quotient is one-sided, outward from the point. It is nan where f has no value.
    """
    around = directions(count)
    with np.errstate(all="ignore"):
        there = expression(place.x + h * around[:, 0], place.y + h * around[:, 1])
        measured, foretold = (there - place.value) / h, around @ np.array(place.slopes)
    degrees = np.arange(count) * 360 / count
    return pd.DataFrame({"degrees": degrees, "measured": measured, "foretold": foretold})


def _closeness(
    expression: Expression, at: tuple[float, float], value: float, slopes: tuple[float, float]
) -> pd.DataFrame:
    around, rows = directions(), []
    along_axes = np.arange(0, DIRECTIONS, DIRECTIONS // 4)
    with np.errstate(all="ignore"):
        noise = noise_near(expression, at) + abs(at[0] * slopes[0]) + abs(at[1] * slopes[1])
        for h in (*STEPS, *FURTHER_STEPS):
            there = expression(at[0] + h * around[:, 0], at[1] + h * around[:, 1])
            gaps = np.abs(there - value - h * (around @ np.array(slopes))) / h
            rounding = 4 * EPSILON * (noise + abs(value) + float(np.max(np.abs(there))) + h * math.hypot(*slopes)) / h
            worst = int(np.argmax(gaps))
            rows.append((h, float(gaps[worst]), 360 / len(around) * worst, rounding, float(np.max(gaps[along_axes]))))
    return pd.DataFrame(rows, columns=["h", "remainder", "degrees", "rounding", "along_axes"])


def noise_near(expression: Expression, at: tuple[float, float]) -> float:
    """Return a bound on the rounding error of f near a point, in epsilons; 0 where there is none."""
    found = [
        slope_at(section(expression, name, at[1 - place]), at[place]).noise for place, name in enumerate(VARIABLES)
    ]
    return sum(noise for noise in found if math.isfinite(noise))


def _verdict(value: float, slopes: Sequence[float], closeness: pd.DataFrame) -> Verdict:
    if math.isnan(value):
        return "undefined"
    remainders, rounding = closeness["remainder"].to_numpy(), closeness["rounding"].to_numpy()
    if any(map(math.isnan, slopes)) or not np.isfinite(remainders[2 : len(STEPS)]).all():
        return "no gradient"
    tail = [float(remainders[2])]
    for remainder, noise in zip(remainders[2:].tolist(), rounding[2:].tolist(), strict=True):
        if remainder <= noise or not math.isfinite(remainder):
            return "differentiable"  # it fell until only rounding is left
        tail.append(remainder)
        if remainder <= SETTLED * tail[0]:
            return "differentiable"
    tends = limit_of(tail)
    verdict: Verdict = "undecided" if tends is None else "differentiable" if tends else "not differentiable"
    if verdict != "differentiable" and closeness["along_axes"].iloc[-1] > SETTLED * tail[-1]:
        return "undecided"  # along the axes f does not follow its partial derivatives yet
    jump = remainders * closeness["h"].to_numpy()  # the distance of f from its plane tends to 0 if f is continuous
    if jump[-1] > 0.5 * jump[2]:
        return "not continuous"
    return verdict


def limit_of(tail: Sequence[float]) -> bool | None:
    """Return whether errors tend to 0: by the limit of the last three if they go on as they do (Aitken).

    None if that limit is neither near 0 nor near the last of them.

    >>> limit_of([0.4, 0.2, 0.1]), limit_of([0.5, 0.5, 0.5]), limit_of([0.9, 0.6, 0.45])
    (True, False, None)
    """
    first, middle, last = tail[-3:]
    if last >= FLAT * middle:
        return False
    bend = (last - middle) - (middle - first)
    limit = last - (last - middle) ** 2 / bend if bend else last
    if limit <= 0.1 * last:
        return True
    return False if limit >= 0.9 * last else None


def _rows_to_show(closeness: pd.DataFrame, verdict: Verdict) -> int:
    """Return how many steps to show: those further in only where the first five do not settle it."""
    remainders = closeness["remainder"].to_numpy()
    for row in range(len(STEPS), len(closeness)):
        fell = remainders[row - 1] <= max(SETTLED * remainders[2], closeness["rounding"].iloc[row - 1])
        if fell or verdict in ("undefined", "no gradient") or not math.isfinite(remainders[row]):
            return row
    return len(closeness)


@dataclass(frozen=True, eq=False)
class Field:
    """A function over a square, and the gradient at fewer places.

    Attributes:
        xs (n,): the columns of the square.
        ys (n,): its rows.
        values (n, n): of the function, rows for y.
        arrows: x, y, dx and dy: the gradient, where it is finite.
    """

    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    values: NDArray[np.float64]
    arrows: pd.DataFrame


def field(
    expression: Expression, slopes: tuple[Partial, Partial], reach: float, grid: int = 41, rows: int = 9
) -> Field:
    """Return a function and its gradient over the square from -reach to reach."""
    xs = np.linspace(-reach, reach, grid)
    x, y = (axis.ravel() for axis in np.meshgrid(*[np.linspace(-reach, reach, rows + 2)[1:-1]] * 2))
    columns: dict[str, Any] = {"x": x, "y": y, "dx": slopes[0].function(x, y), "dy": slopes[1].function(x, y)}
    arrows = pd.DataFrame(columns)
    known = np.isfinite(arrows.to_numpy()).all(axis=1)
    return Field(xs, xs, expression(xs[None, :], xs[:, None]), arrows.loc[known].reset_index(drop=True))
