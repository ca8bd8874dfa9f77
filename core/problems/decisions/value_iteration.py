"""The best values of a Markov decision process: by sweeps of value iteration, and exactly by policy iteration.

A policy's values solve a linear system, (I − γP)V = R. Policy iteration solves it for better and better policies and
ends at the best (Howard 1960). A sweep of value iteration takes the error times γ at most (Bellman 1957).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_number
from core.language import _
from core.problems.decisions.grid_world import Array, GridWorld, reached

Marked = npt.NDArray[np.bool_]
LOWEST_GAMMA = 0.5
TIE = 1e-9  # values this close, relative to the largest, are equal
MOST_SWEEPS = 400
CLOSE = 1e-8  # of the largest error: there sweeps end


def check_gamma(world: GridWorld, gamma: float) -> None:
    """Raise InputError for a γ outside 0.5 to 1, and for γ = 1 where walking in a loop costs nothing."""
    if not LOWEST_GAMMA <= gamma <= 1:
        raise InputError(
            _("The discount γ must be between {low} and 1, but is {got}; change it.").format(
                low=format_number(LOWEST_GAMMA), got=format_number(gamma)
            )
        )
    if gamma == 1 and world.step == 0:
        raise InputError(
            _("With γ = 1 and moves that cost nothing, walking in a loop for ever costs nothing either, and the values "
              "have more than one solution. Choose γ below 1, or a reward below 0 for a move.")
        )  # fmt: skip


def action_values(world: GridWorld, V: Array, gamma: float) -> Array:
    """Return Q (states, 4): the mean reward of each action, and the discounted value V (states,) of what follows."""
    P, R = world.transitions
    values: Array = R[:-1] + gamma * P[:-1, :, :-1] @ V
    return values


def evaluate_policy(world: GridWorld, policy: Array, gamma: float) -> Array:
    """Return the values (states,) of a policy (states, 4) of chances, by the linear system (I − γP)V = R.

    With γ = 1 a state from which the policy may walk for ever has the value −∞, since every move costs something.
    """
    P, R = world.transitions
    chances = np.einsum("sa,sat->st", policy, P[:-1])
    rewards = (policy * R[:-1]).sum(axis=1)
    count = len(rewards)
    lost = np.zeros(count, dtype=bool) if gamma < 1 else never_ends(chances[np.newaxis])[0]
    V = np.full(count, -np.inf)
    kept = ~lost
    inner = chances[np.ix_(kept, np.flatnonzero(kept))]
    V[kept] = np.linalg.solve(np.eye(int(kept.sum())) - gamma * inner, rewards[kept])
    return V


def never_ends(chances: Array) -> Marked:
    """Return from which states (m, states) the end may never be reached, for m chains (m, states, states + 1)."""
    linked = (chances[:, :, :-1] > 0).astype(np.float32)
    lost = ~_joined(linked, chances[:, :, -1] > 0)
    return _joined(linked, lost)


def _joined(linked: npt.NDArray[np.float32], found: Marked) -> Marked:
    """Return which states (m, states) are found or have links that lead to one."""
    for _round in range(found.shape[1]):
        more = found | ((linked @ found[:, :, np.newaxis].astype(np.float32))[:, :, 0] > 0)
        if (more == found).all():
            break
        found = more
    return found


def start_value(world: GridWorld, V: Array) -> float:
    """Return the mean of values (states,) over the starts; −∞ if one of them is."""
    return float(V[world.first > 0].mean())


def greedy(values: Array) -> Array:
    """Return the policy (..., 4) that takes an action of the highest value, each of several equal ones equally often.

    >>> greedy(np.array([[1.0, 2.0, 2.0, 0.0]]))
    array([[0. , 0.5, 0.5, 0. ]])
    """
    best = is_best(values)
    chances: Array = best / best.sum(axis=-1, keepdims=True)
    return chances


def is_best(values: Array) -> Marked:
    """Return which actions (..., 4) have the highest value, up to rounding."""
    scale = max(1.0, float(np.abs(values[np.isfinite(values)]).max(initial=0.0)))
    found: Marked = values >= values.max(axis=-1, keepdims=True) - TIE * scale
    return found


@dataclass(frozen=True, eq=False)
class Optimum:
    """The best values and the actions that reach them.

    Attributes:
        V: (states,), the largest expected discounted sum of rewards from each state.
        Q: (states, 4), the same when the first action is given.
        best: (states, 4), which actions are optimal.
    """

    V: Array
    Q: Array
    best: Marked


def policy_iteration(world: GridWorld, gamma: float) -> Optimum:
    """Return the best policy: evaluate one exactly, take the better actions, and repeat until no action is better.

    It starts with shortest ways to an exit, which end from everywhere; with γ = 1 every better policy does so too.
    Raises InputError as `check_gamma`.
    """
    check_gamma(world, gamma)
    actions = _shortest(world)
    for _round in range(1000):  # far more than it ever takes
        V = evaluate_policy(world, np.eye(4)[actions], gamma)
        Q = action_values(world, V, gamma)
        taken = np.take_along_axis(Q, actions[:, np.newaxis], axis=1)[:, 0]
        better = Q.max(axis=1) > taken + TIE * max(1.0, float(np.abs(V).max()))
        if not better.any():
            break
        actions = np.where(better, Q.argmax(axis=1), actions)
    return Optimum(V, Q, is_best(Q))


def _shortest(world: GridWorld) -> npt.NDArray[np.int64]:
    """Return for each state the first action of a shortest way to a goal or a trap, slips left aside."""
    distance = dict.fromkeys((cell for cell in reached(world, world.starts) if world.is_end(cell)), 0)
    edge = list(distance)
    while edge:  # cells one move further from an exit
        edge = [
            cell
            for cell in world.cells
            if cell not in distance and any(world.target(cell, move) in edge for move in range(4))
        ]
        distance |= dict.fromkeys(edge, max(distance.values()) + 1)
    targets = [[distance[world.target(cell, move)] for move in range(4)] for cell in world.cells]
    return np.array([row.index(min(row)) for row in targets], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Sweeps:
    """The sweeps of value iteration from values of 0.

    Attributes:
        V: (sweeps + 1, states), the values before the first sweep and after each.
        errors: (sweeps + 1,), the largest distance from the best values.
        bounds: (sweeps + 1,), γ^k times the first error, which no error exceeds.
    """

    V: Array
    errors: Array
    bounds: Array


def value_iteration(world: GridWorld, gamma: float, exact: Array, most: int = MOST_SWEEPS) -> Sweeps:
    """Return sweeps V ← max over actions of R + γPV, until V is close to the exact values or `most` are done."""
    values = [np.zeros(len(world.cells))]
    scale = max(1.0, float(np.abs(exact).max()))
    while len(values) <= most and np.abs(values[-1] - exact).max() > CLOSE * scale:
        values.append(action_values(world, values[-1], gamma).max(axis=1))
    V = np.array(values)
    errors = np.abs(V - exact).max(axis=1)
    return Sweeps(V, errors, errors[0] * gamma ** np.arange(len(V)))


def settled_sweep(world: GridWorld, sweeps: Sweeps, optimum: Optimum, gamma: float) -> int | None:
    """Return the first sweep from which on all greedy actions are optimal in all states, None if the last is not."""
    right = [bool((is_best(action_values(world, V, gamma)) <= optimum.best).all()) for V in sweeps.V]
    wrong = [place for place, good in enumerate(right) if not good]
    first = wrong[-1] + 1 if wrong else 0
    return first if first < len(right) else None
