"""Q-learning and SARSA: an agent learns the values of its actions from the rewards of its own steps, without a map.

Both move Q(s, a) towards the reward plus γ times a value of the next state. Q-learning takes the best action there
(Watkins 1989), SARSA the one that is really taken next (Rummery and Niranjan 1994).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.problems.decisions.grid_world import Array, GridWorld, Places
from core.problems.decisions.td_agent import Agent, Method, Step

MOST_STEPS = 200  # of an episode; there it is broken off
ALL_STEPS = 16_000  # of all episodes together; there learning ends


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
