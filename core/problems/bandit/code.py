"""The miniature of a bandit as a program of its own."""

from collections.abc import Sequence


def code_of(chances: Sequence[float], *, epsilon: float, pulls: int, runs: int, horizon: int, seed: int) -> str:
    """Return Python that prints the mean regret of each policy, c · ln n, and the value of the Bayes-optimal policy."""
    return _TEMPLATE.format(arms=list(chances), epsilon=epsilon, pulls=pulls, runs=runs, horizon=horizon, seed=seed)


_TEMPLATE = """\
import numpy as np
from scipy.special import rel_entr

arms, epsilon = np.array({arms}), {epsilon}
pulls, runs, horizon, seed = {pulls}, {runs}, {horizon}, {seed}


def means(wins, counts):
    return np.where(counts > 0, wins / np.maximum(counts, 1), np.inf).round(9)


def top(index, rng):  # ties are broken by a draw
    draws = rng.random(index.shape)
    return np.argmax(np.where(index == index.max(axis=1, keepdims=True), draws, -1), axis=1)


def greedy(wins, counts, rng):
    best, any_arm = top(means(wins, counts), rng), rng.integers(wins.shape[1], size=len(wins))
    return np.where(rng.random(len(wins)) < epsilon, any_arm, best)


def ucb(wins, counts, rng):
    t = counts[0].sum()
    bonus = np.sqrt(2 * np.log(max(t, 1)) / np.maximum(counts, 1))
    return top((means(wins, counts) + bonus).round(9), rng)


def thompson(wins, counts, rng):
    return np.argmax(rng.beta(1 + wins, 1 + counts - wins), axis=1)


for policy in (greedy, ucb, thompson):
    luck, rng = np.random.default_rng(seed), np.random.default_rng([seed, 1])
    wins, counts = np.zeros((runs, len(arms))), np.zeros((runs, len(arms)))
    for t in range(pulls):
        arm = policy(wins, counts, rng)
        reward = luck.random(runs) < arms[arm]
        counts[np.arange(runs), arm] += 1
        wins[np.arange(runs), arm] += reward
    print(policy.__name__, (counts @ (arms.max() - arms)).mean())

# Lai and Robbins: at least c ln n in the long run
best = arms.max()
kl = rel_entr(arms, best) + rel_entr(1 - arms, 1 - best)
gap = best - arms
print("c ln n", np.sum(gap[gap > 0] / kl[gap > 0]) * np.log(pulls))

# Two arms with uniform priors: backward over pulls n1 and rewards s1, s2
value = np.zeros((horizon + 1,) * 3)
for t in reversed(range(horizon)):
    n1, s1, s2 = np.meshgrid(*[np.arange(t + 1)] * 3, indexing="ij")
    s1, s2 = np.minimum(s1, n1), np.minimum(s2, t - n1)
    m1, m2 = (s1 + 1) / (n1 + 2), (s2 + 1) / (t - n1 + 2)
    first = m1 * (1 + value[1:, 1:, :-1]) + (1 - m1) * value[1:, :-1, :-1]
    second = m2 * (1 + value[:-1, :-1, 1:]) + (1 - m2) * value[:-1, :-1, :-1]
    value = np.maximum(first, second)
print("Bayes-optimal", value[0, 0, 0])
"""
