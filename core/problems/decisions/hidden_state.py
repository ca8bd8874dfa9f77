"""An agent that does not see its whole state: cells that look alike share one action, and the best value falls.

What it sees is then no Markov state: the next observation depends on more than the last one. The best policy without
memory is found by going through all of them where they are few; one that draws its actions can be better than each of
those (Singh, Jaakkola and Jordan 1994).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from core.problems.decisions.grid_world import MOVES, WALL, Array, GridWorld, Places
from core.problems.decisions.value_iteration import action_values, evaluate_policy, never_ends, start_value

SEES = ("cell", "walls", "column")
MOST_WORK = 4_000_000  # policies times squared states, up to which all policies are gone through
STARTS = 3  # of the search over chances
ROUNDS = 60  # of the search over chances


def observations(world: GridWorld, sees: str) -> list[int]:
    """Return the number of what the agent observes in each state: its cell, which sides have walls, or its column.

    >>> from core.problems.decisions.grid_text import make_world
    >>> observations(make_world("S...S/T#G#T"), "walls")
    [0, 1, 2, 1, 3]
    """
    names = [_name(world, cell, sees) for cell in world.cells]
    order = list(dict.fromkeys(names))
    return [order.index(name) for name in names]


def _name(world: GridWorld, cell: tuple[int, int], sees: str) -> object:
    assert sees in SEES, sees
    if sees == "walls":
        return tuple(world.kind((cell[0] + up, cell[1] + along)) == WALL for up, along in MOVES)
    return cell[1] if sees == "column" else cell


@dataclass(frozen=True, eq=False)
class Memoryless:
    """The best policies without memory that were found.

    Attributes:
        actions: (observations,), of the best policy that always does the same where it sees the same.
        value: its mean value over the starts; −∞ if it may walk for ever at γ = 1.
        all_tried: whether all such policies were gone through; else it is the best that a search found.
        policies: how many there are.
        chances: (observations, 4), of the best policy found that draws its actions.
        drawn_value: its mean value over the starts.
    """

    actions: Places
    value: float
    all_tried: bool
    policies: int
    chances: Array
    drawn_value: float

    @property
    def best(self) -> float:
        """The larger value of both."""
        return max(self.value, self.drawn_value)


def start_values(world: GridWorld, sees: Sequence[int], policies: Array, gamma: float) -> Array:
    """Return the mean value over the starts (m,) of m policies (m, observations, 4) without memory."""
    P, R = world.transitions
    by_state = policies[:, list(sees)]
    chances = np.einsum("msa,sat->mst", by_state, P[:-1], optimize=True)
    rewards = np.einsum("msa,sa->ms", by_state, R[:-1])
    lost = np.zeros(rewards.shape, dtype=bool) if gamma < 1 else never_ends(chances)
    inner = np.where(lost[:, :, np.newaxis] | lost[:, np.newaxis, :], 0.0, chances[:, :, :-1])
    V = np.linalg.solve(np.eye(rewards.shape[1]) - gamma * inner, rewards[:, :, np.newaxis])[:, :, 0]
    started = world.first > 0
    values: Array = np.where((lost & started).any(axis=1), -np.inf, V @ world.first)
    return values


def best_memoryless(world: GridWorld, sees: Sequence[int], gamma: float, seed: int = 0) -> Memoryless:
    """Return the best policies without memory: all fixed ones are tried where they are few, else changed
    one action at a time. The policy that draws its actions is climbed to from even chances, from seeded ones, and from
    the best fixed one.
    """
    count = max(sees) + 1
    begins = [np.zeros((count, 4)), *np.random.default_rng(seed).normal(size=(STARTS - 1, count, 4))]
    climbed = [_climbed(world, sees, gamma, begin) for begin in begins]
    all_tried = 4**count * len(sees) ** 2 <= MOST_WORK
    if all_tried:
        actions, value = _all(world, sees, gamma)
    else:
        actions, value = max(
            (_improved(world, sees, gamma, one[0].round(9).argmax(axis=1)) for one in climbed), key=_rank
        )
    climbed.append(_climbed(world, sees, gamma, 4.0 * np.eye(4)[actions]))
    chances, drawn = max(climbed, key=_rank)
    return Memoryless(actions, value, all_tried, 4**count, chances, drawn)


def _rank(found: tuple[Any, float]) -> float:
    return round(found[1], 9) if np.isfinite(found[1]) else -np.inf


def _first_best(values: Array) -> int:
    """Return the place of the largest value, the first one of those that are equal up to rounding."""
    highest = float(values.max())
    return 0 if np.isinf(highest) else int(np.flatnonzero(values >= highest - 1e-9 * max(1.0, abs(highest)))[0])


def _all(world: GridWorld, sees: Sequence[int], gamma: float) -> tuple[Places, float]:
    tried = np.array(list(product(range(4), repeat=max(sees) + 1)))
    values = np.concatenate(
        [start_values(world, sees, np.eye(4)[part], gamma) for part in np.array_split(tried, 8) if len(part)]
    )
    best = _first_best(values)
    return tried[best], float(values[best])


def _improved(world: GridWorld, sees: Sequence[int], gamma: float, actions: Places) -> tuple[Places, float]:
    """Return a fixed policy, and its value, after changes of single actions for as long as one helps."""
    count, value = len(actions), -np.inf
    for _round in range(ROUNDS):
        nearby = np.repeat(actions[np.newaxis], 4 * count, axis=0)
        nearby[np.arange(4 * count), np.repeat(np.arange(count), 4)] = np.tile(np.arange(4), count)
        values = start_values(world, sees, np.eye(4)[nearby], gamma)
        best = _first_best(values)
        if np.isinf(values[best]) or (np.isfinite(value) and values[best] <= value + 1e-9 * max(1.0, abs(value))):
            break
        actions, value = nearby[best], float(values[best])
    return actions, value


def _climbed(world: GridWorld, sees: Sequence[int], gamma: float, begin: Array) -> tuple[Array, float]:
    """Return a policy (observations, 4) that draws its actions, climbed to by its exact gradient, and its value."""
    from scipy.optimize import minimize

    def chances_of(flat: Array) -> Array:
        scores = flat.reshape(begin.shape)
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: Array = powers / powers.sum(axis=1, keepdims=True)
        return shares

    def loss(flat: Array) -> tuple[float, Array]:
        value, slope = value_and_slope(world, sees, chances_of(flat), gamma)
        return -value, -slope.ravel()

    found = minimize(
        loss,
        begin.ravel(),
        jac=True,
        method="L-BFGS-B",
        bounds=[(-12.0, 12.0)] * begin.size,
        options={"maxiter": ROUNDS},
    )
    chances = chances_of(found.x)
    return chances, float(start_values(world, sees, chances[np.newaxis], gamma)[0])


def value_and_slope(world: GridWorld, sees: Sequence[int], chances: Array, gamma: float) -> tuple[float, Array]:
    """Return the mean value over the starts and its slope in the scores of a softmax policy (observations, 4).

    The policy gradient theorem (Sutton and others 2000): each visit of a state counts with its advantage.
    """
    P, _R = world.transitions
    policy = chances[list(sees)]
    V = evaluate_policy(world, policy, gamma)
    moves = np.einsum("sa,sat->st", policy, P[:-1, :, :-1])
    visits = np.linalg.solve(np.eye(len(V)) - gamma * moves.T, world.first)
    by_state = visits[:, np.newaxis] * policy * (action_values(world, V, gamma) - V[:, np.newaxis])
    slope = np.zeros(chances.shape)
    np.add.at(slope, list(sees), by_state)
    return start_value(world, V), slope
