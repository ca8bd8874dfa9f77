"""What the miniature of online learning computes: a stream, a line fitted once, SGD row by row, and hindsight."""

import math
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from core.errors import InputError
from core.formatting import format_list, format_number
from core.language import _
from core.problems.online.learning import (
    OnlineRun,
    best_fixed,
    fixed_losses,
    learn_online,
    learning_rates,
    regret_bound,
)
from core.problems.online.stream import DRIFTS, Stream, make_stream, table_stream
from core.problems.rows import Array, Places, Rows

SCHEDULES = ("constant", "root")
SPEEDS = (0.1, 4.0)  # allowed mean changes of the slope in 100 rows
NOISES = (0.0, 2.0)
LENGTHS = (200, 2000)
FIRSTS = (2, 1000)
RATES = (0.001, 2.0)
RADIUS = 3.0  # of the ball that the weights are kept in; the law never leaves a ball of half its size
STEPS = 60  # frames after the first


@dataclass(frozen=True, eq=False)
class StreamRun:
    """All that is shown.

    Attributes:
        stream: the rows.
        first: how many rows the line is fitted to once.
        rate: the learning rate, of the first row where it falls.
        radius: of the ball that SGD is kept in, ∞ for none.
        online: what SGD did.
        offline_line: slope and intercept fitted once.
        offline_losses: (n,), its loss of each row.
        ticks: (frames,), the number of rows that have passed in each frame.
        hindsight: (frames, 2), the best fixed line of the rows so far, NaN where there are none.
        hindsight_losses: (frames,), its total loss.
    """

    stream: Stream = field(repr=False)
    first: int
    rate: float
    radius: float
    online: OnlineRun = field(repr=False)
    offline_line: Array
    offline_losses: Array = field(repr=False)
    ticks: Places = field(repr=False)
    hindsight: Array = field(repr=False)
    hindsight_losses: Array = field(repr=False)

    @cached_property
    def totals(self) -> tuple[Array, Array]:
        """The total loss of SGD and of the line fitted once, in each frame (frames,)."""
        return _totals(self.online.losses, self.ticks), _totals(self.offline_losses, self.ticks)

    @cached_property
    def regrets(self) -> tuple[Array, Array]:
        """The regret of both in each frame: the total loss above that of the best fixed line of the rows so far."""
        return self.totals[0] - self.hindsight_losses, self.totals[1] - self.hindsight_losses

    @cached_property
    def bound(self) -> Array | None:
        """The bound on the regret of SGD in each frame (frames,), 0 in the first one; None without a ball."""
        if math.isinf(self.radius):
            return None
        return np.concatenate(([0.0], regret_bound(self.online, self.radius)))[self.ticks]

    @cached_property
    def later(self) -> tuple[float, float]:
        """The mean loss of SGD and of the line fitted once on the rows after the first ones; ∞ if SGD diverged."""
        online = self.online.losses[self.first :].mean() if self.online.diverged is None else math.inf
        return float(online), float(self.offline_losses[self.first :].mean())

    @cached_property
    def best_later(self) -> float:
        """The mean loss of the line that is best for the rows after the first ones."""
        x, y = self.stream.x[self.first :], self.stream.y[self.first :]
        return best_fixed(x, y)[1] / len(x)

    @cached_property
    def floor(self) -> float | None:
        """The expected loss of a row under the true law, half the variance of the noise; None if it is not known."""
        return None if self.stream.noise is None else 0.5 * self.stream.noise**2


def stream_run(
    *,
    rows: Rows | None,
    x: int,
    y: int,
    drift: str,
    speed: float,
    noise: float,
    length: int,
    first: int,
    rate: float,
    schedule: str,
    project: bool,
    seed: int,
) -> StreamRun:
    """Run both learners over the stream. Raises InputError for settings out of range, or a table that is too short."""
    _check(drift, speed, noise, length, first, rate, schedule)
    stream = make_stream(drift, speed, noise, length, seed) if rows is None else table_stream(rows, x, y, first)
    n = len(stream.x)
    if first >= n:
        raise InputError(
            _("Some rows have to come after the first {first}, but the stream has {n}; fit to fewer.")
            .format(first=first, n=n)
        )  # fmt: skip
    radius = RADIUS if project else math.inf
    online = learn_online(stream.x, stream.y, learning_rates(rate, schedule, n), radius)
    offline_losses, line = fixed_losses(stream, first)
    ticks = np.unique(np.round(np.linspace(0, n, STEPS + 1)).astype(np.int64))
    best = [best_fixed(stream.x[:tick], stream.y[:tick], radius) for tick in ticks[1:]]
    hindsight = np.array([(np.nan, np.nan), *(weights for weights, _loss in best)])
    losses = np.array([0.0, *(loss for _weights, loss in best)])
    return StreamRun(stream, first, rate, radius, online, line, offline_losses, ticks, hindsight, losses)


def _totals(losses: Array, ticks: Places) -> Array:
    return np.concatenate(([0.0], np.cumsum(losses)))[ticks]


def _check(drift: str, speed: float, noise: float, length: int, first: int, rate: float, schedule: str) -> None:
    for name, got, allowed in (
        (_("the drift"), drift, DRIFTS),
        (_("the schedule of the learning rate"), schedule, SCHEDULES),
    ):
        if got not in allowed:
            raise InputError(
                _("For {name} one of {allowed} is needed, but got {got}; choose one of them.")
                .format(name=name, allowed=format_list(allowed), got=got)
            )  # fmt: skip
    for name, value, (low, high) in (
        (_("the speed of the drift"), speed, SPEEDS),
        (_("the noise"), noise, NOISES),
        (_("the length of the stream"), length, LENGTHS),
        (_("the number of first rows"), first, FIRSTS),
        (_("the learning rate"), rate, RATES),
    ):
        if not low <= value <= high:
            raise InputError(
                _("For {name} a number from {low} to {high} is needed, but got {value}; choose one in between.")
                .format(name=name, low=format_number(low), high=format_number(high), value=format_number(value))
            )  # fmt: skip
