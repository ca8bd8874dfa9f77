"""Learning row by row: projected SGD, the best fixed line in hindsight, regret, and the bound on it.

The loss of a row is half its squared error, as in the book. Zinkevich, *Online Convex Programming and Generalized
Infinitesimal Gradient Ascent* (2003).
"""

import math
from dataclasses import dataclass

import numpy as np

from core.problems.online.stream import Stream
from core.problems.rows import Array

GROWN = 1e9  # weights beyond this have diverged
SMALLEST = -20.0  # the power of ten of the smallest λ that makes a difference, as a share of the largest


@dataclass(frozen=True, eq=False)
class OnlineRun:
    """What SGD predicted, lost and learned, row by row.

    Attributes:
        weights: (n + 1, 2), slope and intercept before each row, and after the last; NaN once they have diverged.
        losses: (n,), of each row, predicted before it was learned from; NaN once the weights have diverged.
        squared_gradients: (n,), the squared length of each gradient.
        rates: (n,), the learning rate at each row.
        diverged: how many rows were learned when the weights were no longer followed; None if they always were.
    """

    weights: Array
    losses: Array
    squared_gradients: Array
    rates: Array
    diverged: int | None


def learning_rates(rate: float, schedule: str, length: int) -> Array:
    """Return the rate at each row: the same always ("constant"), or divided by the root of the row's number ("root").

    >>> learning_rates(0.5, "root", 4)[[0, 3]]
    array([0.5 , 0.25])
    """
    return rate / np.sqrt(np.arange(1, length + 1)) if schedule == "root" else np.full(length, rate)


def learn_online(x: Array, y: Array, rates: Array, radius: float = math.inf) -> OnlineRun:
    """Predict each row, then learn from it: one step of SGD from the weights 0, 0, then back into the ball.

    `radius` is that of the ball around 0 that the weights stay in; ∞ is no ball.
    """
    n, diverged = len(x), None
    weights, losses, gradients = np.full((n + 1, 2), np.nan), np.full(n, np.nan), np.full(n, np.nan)
    slope, intercept = 0.0, 0.0
    weights[0] = 0.0
    for t, (across, up, rate) in enumerate(zip(x.tolist(), y.tolist(), rates.tolist(), strict=True)):
        error = slope * across + intercept - up
        losses[t] = 0.5 * error * error
        gradients[t] = error * error * (1.0 + across * across)
        slope, intercept = slope - rate * error * across, intercept - rate * error
        length = math.hypot(slope, intercept)
        if length > radius:
            slope, intercept = slope * (radius / length), intercept * (radius / length)
        elif length > GROWN:
            diverged = t + 1
            break
        weights[t + 1] = slope, intercept
    return OnlineRun(weights, losses, gradients, rates, diverged)


def best_fixed(x: Array, y: Array, radius: float = math.inf) -> tuple[Array, float]:
    """Return the slope and intercept with the least total loss on all these rows, and that loss.

    It is exact least squares, the shortest solution where there are many. If that lies outside the ball, the best on
    its surface: there (A + λ) w = b with the λ > 0 for which w has the length of the radius.

    >>> best_fixed(np.array([0.0, 1.0]), np.array([1.0, 3.0]))[0].round(9)
    array([2., 1.])
    """
    design = np.column_stack((x, np.ones(len(x))))
    weights = np.asarray(np.linalg.lstsq(design, y, rcond=None)[0], dtype=np.float64)
    if np.hypot(*weights) > radius:
        weights = _on_the_surface(design.T @ design, design.T @ y, radius)
    return weights, float(0.5 * np.sum((design @ weights - y) ** 2))


def _on_the_surface(products: Array, target: Array, radius: float) -> Array:
    from scipy.optimize import brentq

    values, vectors = np.linalg.eigh(products)
    values, turned = np.maximum(values, 0.0), vectors.T @ target
    scale = float(np.hypot(*turned)) / radius  # with this λ the solution is certainly inside

    def too_long(power: float) -> float:
        return float(np.hypot(*(turned / (values + 10.0**power * scale)))) / radius - 1.0

    power = float(brentq(too_long, SMALLEST, 0.0)) if too_long(SMALLEST) > 0 else SMALLEST
    share = 10.0**power
    inside = vectors @ (turned / (values + share * scale))
    return np.asarray(inside * min(1.0, radius / float(np.hypot(*inside))), dtype=np.float64)


def fixed_losses(stream: Stream, first: int) -> tuple[Array, Array]:
    """Return the loss of each row (n,) for the line fitted once to the first rows, and that line.

    Until it is fitted it predicts 0, as SGD does at its start.
    """
    line, _loss = best_fixed(stream.x[:first], stream.y[:first])
    predicted = np.where(np.arange(len(stream.x)) < first, 0.0, line[0] * stream.x + line[1])
    return np.asarray(0.5 * (predicted - stream.y) ** 2, dtype=np.float64), line


def regret_bound(run: OnlineRun, radius: float) -> Array:
    """Return after each row (n,) how large the regret can be for weights kept in a ball: Zinkevich's theorem 1.

    It is D² / 2η + ½ Σ η ‖g‖², with the diameter D of the ball, the rate of the row, and the sum over all rows so far;
    in place of the largest possible gradient those that were met. Any rates that never rise will do. The regret is that
    against the best fixed line of the ball.
    """
    return np.asarray(
        (2.0 * radius) ** 2 / (2.0 * run.rates) + 0.5 * np.cumsum(run.rates * run.squared_gradients), dtype=np.float64
    )


def safe_rate(x: Array) -> float:
    """Return 2 / max(1 + x²). With a smaller rate a step never makes the error of its own row larger.

    A step multiplies that error by 1 − η (1 + x²), and leaves the rest of the weights as they are.

    >>> safe_rate(np.array([0.0, -3.0]))
    0.2
    """
    return float(2.0 / np.max(1.0 + x**2))
