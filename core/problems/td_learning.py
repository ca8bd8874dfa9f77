"""Q-learning and SARSA: an agent learns the values of its actions from the rewards of its own steps, without a map.

Both move Q(s, a) towards the reward plus γ times a value of the next state. Q-learning takes the best action there
(Watkins 1989), SARSA the one that is really taken next (Rummery and Niranjan 1994).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from core.problems.grid_world import Array, Cell, GridWorld, Places

Method = Literal["q", "sarsa"]
MOST_STEPS = 200  # of an episode; there it is broken off
ALL_STEPS = 16_000  # of all episodes together; there learning ends
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


@dataclass(frozen=True, eq=False)
class Learning:
    """All episodes of one learner.

    Attributes:
        returns: (episodes,), the discounted sum of rewards of each.
        lengths: (episodes,), its steps.
        Q: (observations, 4), the values at the end.
        history: (episodes + 1, observations, 4), the values before the first episode and after each.
        episodes: the steps of the first and of the last episode.
        stages: for both, (steps, observations, 4), the values after each step.
        broken_off: how many episodes reached the largest number of steps.
    """

    returns: Array
    lengths: Places
    Q: Array
    history: Array
    episodes: tuple[list[Step], list[Step]]
    stages: tuple[Array, Array]
    broken_off: int


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


def learn(
    world: GridWorld,
    method: Method,
    *,
    gamma: float,
    alpha: float,
    epsilon: float,
    episodes: int,
    seed: int,
    sees: Sequence[int] | None = None,
    decays: bool = False,
    most: int = ALL_STEPS,
) -> Learning:
    """Return how an agent learns over episodes, each from a start that is drawn.

    `sees` has the observation of each state; without it the agent sees its state. An episode that has not ended after
    200 steps is broken off: its last update uses the value of the state where it was. Learning ends early after `most`
    steps in all.
    """
    sees = list(range(len(world.cells))) if sees is None else list(sees)
    table = [[0.0] * 4 for _seen in range(max(sees) + 1)]
    agent = Agent(table, gamma, alpha, epsilon, method, decays, np.random.default_rng(seed))
    history, broken = [np.array(agent.Q)], 0
    runs: list[tuple[float, int]] = []
    first: list[Step] = []
    steps: list[Step] = []
    while len(runs) < episodes and sum(length for _total, length in runs) < most:
        steps = run_episode(world, agent, sees)
        first = first or steps
        runs.append((discounted([step.reward for step in steps], gamma), len(steps)))
        broken += not world.is_end(steps[-1].to)
        history.append(np.array(agent.Q))
    stages = (_replayed(history[0], first), _replayed(history[-2], steps))
    returns, lengths = np.array([run[0] for run in runs]), np.array([run[1] for run in runs])
    return Learning(returns, lengths, np.array(agent.Q), np.array(history), (first, steps), stages, broken)


def _replayed(Q: Array, steps: list[Step]) -> Array:
    """Return the tables after each step, from the table before the episode."""
    tables = np.repeat(Q[np.newaxis], len(steps), axis=0)
    for place, step in enumerate(steps):
        tables[place:, step.seen, step.chosen] = step.new
    return tables


def run_episode(world: GridWorld, agent: Agent, sees: Sequence[int]) -> list[Step]:
    """Return the steps of one episode, in which the agent learns."""
    draw, side = agent.rng.random, world.slip / 2
    cell = world.starts[int(draw() * len(world.starts))]
    seen = sees[world.number[cell]]
    action, explored = agent.choose(seen)
    steps: list[Step] = []
    while len(steps) < MOST_STEPS:
        chance = draw() if side else 1.0
        carried = (action + 1) % 4 if chance < side else (action + 3) % 4 if chance < 2 * side else action
        to = world.target(cell, carried)
        reward, then, later = world.reward(to), None, False
        if not world.is_end(to):
            there = sees[world.number[to]]
            following, later = agent.choose(there)
            then = (there, following)
        old, value, rate = agent.learn(seen, action, reward, then)
        new = agent.Q[seen][action]
        steps.append(
            Step(len(steps) + 1, cell, seen, action, explored, carried, to, reward, old, value, rate, new)
        )  # fmt: skip
        if then is None:
            break
        cell, seen, action, explored = to, then[0], then[1], later
    return steps


def discounted(rewards: Sequence[float], gamma: float) -> float:
    """Return the discounted sum of rewards, the first one in full.

    >>> discounted([1.0, 2.0, 4.0], 0.5)
    3.0
    """
    total = 0.0
    for reward in reversed(rewards):
        total = reward + gamma * total
    return total
