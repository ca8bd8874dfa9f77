"""The lines of Python that give the numbers of the miniature of a Markov decision process."""

from core.problems.decisions.run import NEAR, Settings
from core.problems.decisions.td_agent import DECAY, EQUAL
from core.problems.decisions.td_learning import ALL_STEPS, MOST_STEPS

_WORLD = """import numpy as np

grid = {rows!r}
slip, gamma, step, rewards = {slip!r}, {gamma!r}, {step!r}, {{"G": {goal!r}, "T": {trap!r}}}
moves = [(-1, 0), (0, 1), (1, 0), (0, -1)]  # up, right, down, left


def kind(cell):
    inside = 0 <= cell[0] < len(grid) and 0 <= cell[1] < len(grid[0])
    return grid[cell[0]][cell[1]] if inside else "#"


def target(cell, move):
    to = (cell[0] + moves[move][0], cell[1] + moves[move][1])
    return cell if kind(to) == "#" else to


starts = [(i, j) for i, row in enumerate(grid) for j, mark in enumerate(row) if mark == "S"]
found = list(starts)
for cell in found:
    for move in range(4):
        to = target(cell, move)
        if to not in found and kind(to) not in "GT":
            found.append(to)
states = {{cell: place for place, cell in enumerate(sorted(found))}}
P, R = np.zeros((len(states), 4, len(states))), np.full((len(states), 4), step)
for cell, s in states.items():
    for a in range(4):
        for move, chance in ((a, 1 - slip), ((a + 1) % 4, slip / 2), ((a + 3) % 4, slip / 2)):
            to = target(cell, move)
            R[s, a] += chance * rewards.get(kind(to), 0.0)
            if to in states:
                P[s, a, states[to]] += chance

V = np.zeros(len(states))
sweeps = [V]
while len(sweeps) < 20_000:
    sweeps.append((R + gamma * P @ sweeps[-1]).max(axis=1))
    if np.abs(sweeps[-1] - sweeps[-2]).max() < 1e-12:
        break
policy = (R + gamma * P @ sweeps[-1]).argmax(axis=1)
here = np.arange(len(states))
V = np.linalg.solve(np.eye(len(states)) - gamma * P[here, policy], R[here, policy])
best = np.mean([V[states[cell]] for cell in starts])
"""

_SWEEPS = """
near = [np.abs(sweep - V).max() <= {near} * np.abs(V).max() + 1e-12 for sweep in sweeps]
print(best, near.index(True))  # the best value from the start, and the sweep at which all values are near
"""

_LEARN = """
rng = np.random.default_rng({seed})
alpha, epsilon, episodes, decay = {alpha!r}, {epsilon!r}, {episodes}, {decay!r}
seen_as = {sees!r}  # what the agent observes in each state
Q = [[0.0] * 4 for _ in range(max(seen_as) + 1)]
counts = [[0] * 4 for _ in Q]
returns, total_steps = [], 0


def choose(seen):
    if epsilon and rng.random() < epsilon:
        return int(rng.random() * 4)
    best = [a for a in range(4) if Q[seen][a] >= max(Q[seen]) - {equal!r}]
    return best[0] if len(best) == 1 else best[int(rng.random() * len(best))]


while len(returns) < episodes and total_steps < {all_steps}:
    cell, paid = starts[int(rng.random() * len(starts))], []
    action = choose(seen_as[states[cell]])
    while len(paid) < {most_steps}:
        chance, seen = rng.random() if slip else 1.0, seen_as[states[cell]]
        carried = (action + 1) % 4 if chance < slip / 2 else (action + 3) % 4 if chance < slip else action
        to = target(cell, carried)
        reward = step + rewards.get(kind(to), 0.0)
        then = choose(seen_as[states[to]]) if to in states else None
        following = 0.0 if then is None else {following}
        counts[seen][action] += 1
        Q[seen][action] += alpha / counts[seen][action] ** decay * (reward + gamma * following - Q[seen][action])
        paid.append(reward)
        cell, action = to, then
        if then is None:
            break
    returns.append(sum(gamma**place * reward for place, reward in enumerate(paid)))
    total_steps += len(paid)
print(best, np.mean(returns[len(returns) // 2 :]))  # the best value from the start, and the mean return while learning
"""
_FOLLOWING = {"q": "max(Q[seen_as[states[to]]])", "sarsa": "Q[seen_as[states[to]]][then]"}


def code_of(settings: Settings, rows: tuple[str, ...], sees: list[int]) -> str:
    """Return lines that print the best value, and the sweep at which values are near or the mean return of learning."""
    world = _WORLD.format(
        rows=list(rows), slip=settings.slip, gamma=settings.gamma, step=float(settings.step),
        goal=float(settings.goal), trap=float(settings.trap),
    )  # fmt: skip
    if settings.by == "value":
        return world + _SWEEPS.format(near=NEAR)
    return world + _LEARN.format(
        seed=settings.seed, alpha=settings.alpha, epsilon=settings.epsilon, episodes=settings.episodes,
        decay=DECAY if settings.decays else 0, sees=sees, equal=EQUAL, all_steps=ALL_STEPS, most_steps=MOST_STEPS,
        following=_FOLLOWING[settings.by],
    )  # fmt: skip
