"""The Bayes-optimal policy of a bandit with two arms and few pulls, and what other policies lose, all exact.

Both chances of reward have a uniform prior. Then all that is known after t pulls is how often each arm was pulled and
how often it paid. Every array of a level t has the axes n1 (pulls of the first arm), s1 and s2 (rewards of both), each
from 0 to t; the second arm was pulled t − n1 times. Cells with s1 > n1 or s2 > t − n1 cannot happen.

Source: Bellman (1956), A problem in the sequential design of experiments.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from core.problems.bandit.policies import mean_index, ucb_index

Array: TypeAlias = npt.NDArray[np.float64]
Choices: TypeAlias = Iterable[Array]  # for each level, the chance that the first arm is pulled

TIE = 1e-12  # values this near are equal: both arms are as good
KNOWN = 2.0 / 3.0  # reward of a pull for someone who knows both arms: the mean of the larger of two uniform numbers


@dataclass(frozen=True)
class Level:
    """What can be known after so many pulls of two arms.

    Attributes:
        pulls: how many.
    """

    pulls: int

    @cached_property
    def _grid(self) -> tuple[Array, Array, Array]:
        n1, s1, s2 = np.meshgrid(*[np.arange(self.pulls + 1.0)] * 3, indexing="ij")
        return n1, s1, s2

    @property
    def counts(self) -> tuple[Array, Array]:
        """How often each arm was pulled, (t + 1, t + 1, t + 1) each."""
        return self._grid[0], self.pulls - self._grid[0]

    @property
    def wins(self) -> tuple[Array, Array]:
        """How often each paid; no more often than it was pulled, so that cells that cannot happen stay finite."""
        first, second = self.counts
        return np.minimum(self._grid[1], first), np.minimum(self._grid[2], second)

    @property
    def means(self) -> tuple[Array, Array]:
        """The posterior mean of each arm's chance: Laplace's rule of succession."""
        first, second = ((s + 1.0) / (n + 2.0) for s, n in zip(self.wins, self.counts, strict=True))
        return first, second


def bayes_optimal(horizon: int) -> tuple[float, list[Array]]:
    """Return the largest expected reward of so many pulls, and the chance of the first arm at each level.

    That chance is 1 or 0, or ½ where both arms are as good. By backward induction over all levels.

    >>> value = bayes_optimal(2)[0]  # 1/2, then 2/3 after a reward and 1/2 after none
    >>> round(value, 4)
    1.0833
    """
    value, choices = np.zeros((horizon + 1,) * 3), []
    for pulls in reversed(range(horizon)):
        first, second = _worth(value, *Level(pulls).means)
        choices.append(np.where(np.abs(first - second) < TIE, 0.5, first > second))
        value = np.maximum(first, second)
    return float(value[0, 0, 0]), choices[::-1]


def _worth(later: Array, first: Array, second: Array) -> tuple[Array, Array]:
    """Return what pulling each arm is worth, given what the next level is worth and the chances of reward."""
    lost = later[:-1, :-1, :-1]  # n1, s1 and s2 as they are: the second arm did not pay
    one = first * (1.0 + later[1:, 1:, :-1]) + (1.0 - first) * later[1:, :-1, :-1]
    return one, second * (1.0 + later[:-1, :-1, 1:]) + (1.0 - second) * lost


def expected_rewards(choices: Choices, arms: tuple[float, float] | None = None) -> Array:
    """Return the expected reward of each pull of a policy, one for each level of `choices`.

    The mean is over both uniform priors, or with `arms` for these chances of reward. Forward over all levels: the
    chance of each cell.

    >>> value, choices = bayes_optimal(3)
    >>> bool(np.isclose(expected_rewards(choices).sum(), value))
    True
    """
    reach, rewards = np.ones((1, 1, 1)), []
    for pulls, one in enumerate(choices):
        first, second = Level(pulls).means if arms is None else arms
        rewards.append(float((reach * (one * first + (1.0 - one) * second)).sum()))
        left, right = reach * one, reach * (1.0 - one)
        reach = np.zeros((pulls + 2,) * 3)
        reach[1:, 1:, :-1] += left * first
        reach[1:, :-1, :-1] += left * (1.0 - first)
        reach[:-1, :-1, 1:] += right * second
        reach[:-1, :-1, :-1] += right * (1.0 - second)
    return np.array(rewards)


def choices_of(policy: str, horizon: int, epsilon: float = 0.1) -> Iterator[Array]:
    """Yield for each level the chance that "greedy", "ucb" or "thompson" pulls the first arm."""
    if policy == "thompson":
        yield from _thompson(horizon)
        return
    for pulls in range(horizon):
        level = Level(pulls)
        pairs = zip(level.wins, level.counts, strict=True)
        first, second = (mean_index(*pair) if policy == "greedy" else ucb_index(*pair, pulls) for pair in pairs)
        ahead = np.where(first == second, 0.5, first > second)
        yield epsilon / 2.0 + (1.0 - epsilon) * ahead if policy == "greedy" else ahead


def _thompson(horizon: int) -> Iterator[Array]:
    """Yield for each level the chance that a draw from Beta(a, b) exceeds one from Beta(c, d).

    For a = 1 it is B(c, b + d) / B(c, d); one reward more adds B(a + c, b + d) / (a B(a, b) B(c, d)).
    """
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1.0, 2.0 * horizon + 5.0)))])  # of the factorials

    def log_beta(a: Array, b: Array) -> Array:
        whole_a, whole_b = a.astype(np.int64), b.astype(np.int64)
        return np.asarray(logs[whole_a - 1] + logs[whole_b - 1] - logs[whole_a + whole_b - 1])

    earlier = np.empty((0, 0, 0))
    for pulls in range(horizon):
        level = Level(pulls)
        (s1, s2), (n1, n2) = level.wins, level.counts
        a, b, c, d = s1 + 1.0, n1 - s1 + 1.0, s2 + 1.0, n2 - s2 + 1.0
        ahead = np.exp(log_beta(c, b + d) - log_beta(c, d))
        before = np.maximum(a[1:, 1:, :-1] - 1.0, 1.0)  # with one reward fewer, at the level before
        b, c, d = (each[1:, 1:, :-1] for each in (b, c, d))
        added = np.exp(log_beta(before + c, b + d) - log_beta(before, b) - log_beta(c, d)) / before
        ahead[1:, 1:, :-1] = earlier + added
        earlier = ahead
        yield ahead


def states(horizon: int) -> int:
    """Return how many different states of knowledge there are before the last pull.

    >>> states(1), states(2)
    (1, 5)
    """
    return math.comb(horizon + 3, 4)
