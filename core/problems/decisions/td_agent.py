"""One step of Q-learning or SARSA, and the agent that chooses and updates."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from core.problems.decisions.grid_world import Cell

Method = Literal["q", "sarsa"]
EQUAL = 1e-9  # values this close are a tie, which is broken at random
DECAY = 0.6  # the rate of the n-th update of a value is α / n^0.6


@dataclass(frozen=True)
class Step:
    """One step of an episode, with the update that follows from it.

    Attributes:
        number: its place in the episode, from 1.
        at: the cell where the agent was.
        seen: what it observed there.
        chosen: the action that it chose: 0 up, 1 right, 2 down, 3 left.
        explored: whether the action was drawn at random.
        carried: the move that was carried out.
        to: the cell where it got.
        reward: what it was paid.
        old: the value of the chosen action before.
        following: the value of the next state that the update uses; 0 at the end of the episode.
        rate: the learning rate of this update.
        new: the value of the chosen action after.
    """

    number: int
    at: Cell
    seen: int
    chosen: int
    explored: bool
    carried: int
    to: Cell
    reward: float
    old: float
    following: float
    rate: float
    new: float


def updated(old: float, reward: float, following: float, *, gamma: float, rate: float) -> float:
    """Return a value after an update: the share `rate` of the way to the reward plus γ times what follows.

    >>> updated(2.0, -1.0, 5.0, gamma=0.5, rate=0.5)
    1.75
    """
    return old + rate * (reward + gamma * following - old)


@dataclass
class Agent:
    """A learner with a table of values, ε-greedy.

    Attributes:
        Q: a list of four values for each observation.
        gamma: the discount of what follows.
        alpha: the learning rate.
        epsilon: the chance of an action drawn at random.
        method: "q" or "sarsa".
        decays: whether the rate of the n-th update of a value is α / n^0.6 in place of α.
        rng: where chance comes from.
        counts: how often each value was updated.
    """

    Q: list[list[float]]
    gamma: float
    alpha: float
    epsilon: float
    method: Method
    decays: bool
    rng: np.random.Generator
    counts: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin with no update."""
        self.counts = [[0] * 4 for _row in self.Q]

    def choose(self, seen: int) -> tuple[int, bool]:
        """Return an action and whether it was drawn at random; of several best ones chance takes one."""
        if self.epsilon and self.rng.random() < self.epsilon:
            return int(self.rng.random() * 4), True
        values = self.Q[seen]
        least = max(values) - EQUAL
        best = [action for action in range(4) if values[action] >= least]
        return (best[0] if len(best) == 1 else best[int(self.rng.random() * len(best))]), False

    def learn(self, seen: int, action: int, reward: float, then: tuple[int, int] | None) -> tuple[float, float, float]:
        """Update the value of an action; `then` is the next observation and action, None at an end.

        Returns the old value, the value of what follows, and the learning rate.
        """
        self.counts[seen][action] += 1
        rate = self.alpha / self.counts[seen][action] ** DECAY if self.decays else self.alpha
        following = 0.0
        if then is not None:
            following = self.Q[then[0]][then[1]] if self.method == "sarsa" else max(self.Q[then[0]])
        old = self.Q[seen][action]
        self.Q[seen][action] = updated(old, reward, following, gamma=self.gamma, rate=rate)
        return old, following, rate
