"""All that is played and computed for the miniature of a bandit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.formatting import format_number
from core.language import _
from core.problems.bandit.bayes import KNOWN, bayes_optimal, choices_of, expected_rewards
from core.problems.bandit.policies import POLICIES, Array, Runs, lai_robbins, make_policy, simulate

FIRST = 30  # pulls that have a frame each
MORE = 50  # frames for all later pulls


@dataclass(frozen=True, eq=False)
class Played:
    """All that was played and computed, from which the drawing and the sentences are made.

    Attributes:
        chances: of reward, of each arm.
        policy: the one that is shown pull by pull.
        epsilon: of ε-greedy.
        runs: of each policy.
        times: the pulls of the frames, from 0 to the last.
        bound: the factor c of Lai and Robbins.
        short: the expected regret up to each pull of a short game, averaged over all pairs of arms: of each policy, and
            of the Bayes-optimal one under "exact". Empty unless there are two arms.
        here: the same on these two arms.
    """

    chances: tuple[float, ...]
    policy: str
    epsilon: float
    runs: dict[str, Runs]
    times: Sequence[int]
    bound: float
    short: dict[str, Array]
    here: dict[str, Array]

    @property
    def pulls(self) -> int:
        """How many there were in each run."""
        return self.times[-1]

    def regret(self, policy: str) -> Array:
        """(runs,), the regret after the last pull."""
        return np.asarray(self.runs[policy].regret[:, -1])


def play(
    chances: tuple[float, ...], policy: str, epsilon: float, pulls: int, runs: int, horizon: int, seed: int
) -> Played:
    """Play so many runs of each policy, and compute what is exact."""
    played = {
        name: simulate(chances, make_policy(name, epsilon), pulls=pulls, runs=runs, seed=seed) for name in POLICIES
    }
    short, here = short_game((chances[0], chances[1]), epsilon, horizon) if len(chances) == 2 else ({}, {})
    return Played(chances, policy, epsilon, played, frame_times(pulls), lai_robbins(chances), short, here)


def short_game(arms: tuple[float, float], epsilon: float, horizon: int) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return the expected regret (horizon + 1,) of each policy and, under "exact", of the Bayes-optimal one.

    First averaged over all pairs of arms, then on these arms. Nothing is simulated.
    """
    everywhere, here = {}, {}
    for name in (*POLICIES, "exact"):
        choices = bayes_optimal(horizon)[1] if name == "exact" else list(choices_of(name, horizon, epsilon))
        everywhere[name] = _cumulated(KNOWN - expected_rewards(choices))
        here[name] = _cumulated(max(arms) - expected_rewards(choices, arms))
    return everywhere, here


def _cumulated(losses: Array) -> Array:
    return np.concatenate([[0.0], losses.cumsum()]).round(12) + 0.0  # what only rounding left is 0


def winner(played: Played) -> tuple[str, str, float, float]:
    """Return the policies with the lowest and second lowest mean regret, their difference and its standard error.

    The difference is paired, run by run, for all policies meet the same luck.
    """
    best, second = sorted(POLICIES, key=lambda name: round(float(played.regret(name).mean()), 9))[:2]
    ahead = played.regret(second) - played.regret(best)
    return best, second, float(ahead.mean()), float(ahead.std(ddof=1) / np.sqrt(len(ahead)))


def policy_name(policy: str, epsilon: float) -> str:
    """Return the name of a policy; greedy is that with ε = 0."""
    if policy == "greedy":
        return _("ε-greedy (ε = {epsilon})").format(epsilon=format_number(epsilon, 3))
    return _("UCB1") if policy == "ucb" else _("Thompson sampling")


def frame_times(pulls: int) -> list[int]:
    """Return the pulls that have a frame: each of the first ones, then at even distances to the last.

    >>> frame_times(3), len(frame_times(1000))
    ([0, 1, 2, 3], 81)
    """
    first = min(FIRST, pulls)
    return sorted({*range(first + 1), *np.linspace(first, pulls, MORE + 1).round().astype(int).tolist()})


def mean_regrets(played: Played) -> list[str]:
    """Return the name of each policy with its mean regret after the last pull."""
    return [
        _("{regret} with {policy}").format(
            policy=policy_name(policy, played.epsilon), regret=format_number(played.regret(policy).mean(), 3)
        )
        for policy in POLICIES
    ]
