"""Policies for a bandit with arms that pay 1 or nothing, and many runs of each of them at once.

Sources: Auer, Cesa-Bianchi and Fischer (2002), Finite-time analysis of the multiarmed bandit problem (UCB1, ε-greedy);
Thompson (1933), On the likelihood that one unknown probability exceeds another; Lai and Robbins (1985), Asymptotically
efficient adaptive allocation rules.
"""

import json
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.formatting import format_count
from core.language import _

Array: TypeAlias = npt.NDArray[np.float64]
Arms: TypeAlias = npt.NDArray[np.int64]
Policy: TypeAlias = Callable[[Array, Array, np.random.Generator], Arms]

POLICIES = ("greedy", "ucb", "thompson")
FEWEST_ARMS, MOST_ARMS = 2, 5
CHANCE_DECIMALS = 6  # of the chance of an arm
DECIMALS = 9  # to which indices are rounded: what is equal there is a tie, on every processor


def parse_arms(text: str) -> tuple[float, ...]:
    """Return the chances of reward of two to five arms that are typed with commas or spaces between them.

    With semicolons between them a comma is a decimal sign. Raises InputError for anything but numbers from 0 to 1, and
    for too few or too many of them. Chances are rounded to six decimals: nearer ones cannot be told apart, and the
    divergence between them would be all rounding.

    >>> parse_arms("0.45, 0.55"), parse_arms("0,2; 0,5; 1")
    ((0.45, 0.55), (0.2, 0.5, 1.0))
    """
    parts = text.replace(",", ".").split(";") if ";" in text else re.split(r"[,\s]+", text.strip())
    parts = [part.strip() for part in parts if part.strip()]
    if not FEWEST_ARMS <= len(parts) <= MOST_ARMS:
        raise InputError(
            _("Between {fewest} and {most} arms are needed, but got {got}; "
              "write a chance from 0 to 1 for each, such as 0.45, 0.55.")
            .format(fewest=FEWEST_ARMS, most=MOST_ARMS, got=format_count(len(parts)))
        )  # fmt: skip
    return tuple(_chance(part) for part in parts)


def write_arms(chances: Sequence[float]) -> str:
    """Return chances as `parse_arms` reads them, cut to the range from 0 to 1 and rounded to hundredths.

    >>> write_arms([0.4567, 1.3])
    '0.46, 1.0'
    """
    return json.dumps([round(min(max(p, 0.0), 1.0), 2) for p in chances])[1:-1]


def _chance(part: str) -> float:
    try:
        chance = float(part)
    except ValueError:
        chance = math.nan
    if not 0 <= chance <= 1:
        raise InputError(
            _("Each arm needs a chance of reward from 0 to 1, but one is “{got}”; change it.").format(got=part[:20])
        )
    return round(chance, CHANCE_DECIMALS) + 0.0  # never −0


def mean_index(wins: Array, counts: Array) -> Array:
    """Return the mean reward of each arm, of any shape; ∞ for an arm that was never pulled, so that it is pulled."""
    means = np.divide(
        wins, counts, out=np.full(np.broadcast_shapes(wins.shape, counts.shape), np.inf), where=counts > 0
    )
    return np.asarray(means.round(DECIMALS))


def ucb_index(wins: Array, counts: Array, pulls: int) -> Array:
    """Return the upper confidence bounds of UCB1 after so many pulls: mean + √(2 ln pulls / count); ∞ without a pull.

    >>> ucb_index(np.array([1.0, 0.0]), np.array([1.0, 0.0]), 1)
    array([ 1., inf])
    """
    bonus = np.sqrt(2.0 * math.log(max(pulls, 1)) / np.maximum(counts, 1.0))
    return np.asarray((mean_index(wins, counts) + bonus).round(DECIMALS))


def top(index: Array, rng: np.random.Generator) -> Arms:
    """Return the place of the largest number of each row of (n, k); among equals a draw decides."""
    draws = rng.random(index.shape)
    return np.asarray(np.argmax(np.where(index == index.max(axis=1, keepdims=True), draws, -1.0), axis=1))


def make_policy(name: str, epsilon: float = 0.1) -> Policy:
    """Return a function that chooses an arm for each row of the rewards and counts (n, k) of its arms.

    "greedy" takes the arm with the largest mean, and any arm with the chance `epsilon`; "ucb" the largest bound of
    UCB1; "thompson" the largest of one draw for each arm from its posterior, where Beta(1, 1) is the prior.
    """

    def greedy(wins: Array, counts: Array, rng: np.random.Generator) -> Arms:
        best, any_arm = top(mean_index(wins, counts), rng), rng.integers(wins.shape[1], size=len(wins))
        return np.where(rng.random(len(wins)) < epsilon, any_arm, best)

    def ucb(wins: Array, counts: Array, rng: np.random.Generator) -> Arms:
        return top(ucb_index(wins, counts, int(counts[0].sum())), rng)

    def thompson(wins: Array, counts: Array, rng: np.random.Generator) -> Arms:
        return np.asarray(np.argmax(rng.beta(1.0 + wins, 1.0 + counts - wins), axis=1))

    return {"greedy": greedy, "ucb": ucb, "thompson": thompson}[name]


@dataclass(frozen=True, eq=False)
class Runs:
    """Many runs of one policy on the same arms.

    Attributes:
        chances: (k,), the chance of reward of each arm.
        pulled: (runs, pulls), the arm of each pull.
        rewarded: (runs, pulls), whether it paid.
    """

    chances: Array
    pulled: Arms
    rewarded: npt.NDArray[np.bool_]

    @property
    def regret(self) -> Array:
        """(runs, pulls), the pseudo-regret up to each pull: what the best arm would have paid more, on average."""
        return np.asarray((self.chances.max() - self.chances)[self.pulled].cumsum(axis=1))

    @property
    def stuck(self) -> float:
        """The share of the runs that never pulled a best arm in their second half."""
        is_best = (self.chances == self.chances.max())[self.pulled]
        return float((~is_best[:, is_best.shape[1] // 2 :].any(axis=1)).mean())

    def counted(self, run: int, times: Sequence[int]) -> tuple[Array, Array]:
        """Return the rewards and the counts (times, k) of a run's arms after so many pulls."""
        taken = np.eye(len(self.chances))[self.pulled[run]]
        paid = taken * self.rewarded[run][:, np.newaxis]
        both = (np.vstack([np.zeros(len(self.chances)), each.cumsum(axis=0)])[list(times)] for each in (paid, taken))
        wins, counts = both
        return wins, counts


def simulate(chances: Sequence[float], policy: Policy, *, pulls: int, runs: int, seed: int) -> Runs:
    """Return so many runs of a policy.

    The rewards have a stream of draws of their own, so that all policies have the same luck.

    >>> simulate([0.0, 1.0], make_policy("ucb"), pulls=4, runs=2, seed=0).pulled.shape
    (2, 4)
    """
    p, luck, rng = np.array(chances, dtype=np.float64), np.random.default_rng(seed), np.random.default_rng([seed, 1])
    wins, counts, row = np.zeros((runs, len(p))), np.zeros((runs, len(p))), np.arange(runs)
    pulled, rewarded = np.empty((pulls, runs), dtype=np.int64), np.empty((pulls, runs), dtype=np.bool_)
    for pull in range(pulls):
        pulled[pull] = policy(wins, counts, rng)
        rewarded[pull] = luck.random(runs) < p[pulled[pull]]
        counts[row, pulled[pull]] += 1.0
        wins[row, pulled[pull]] += rewarded[pull]
    return Runs(p, pulled.T, rewarded.T)


def bernoulli_kl(p: float, q: float) -> float:
    """Return the Kullback–Leibler divergence of two coins, in nats; ∞ where q excludes what p allows.

    >>> bernoulli_kl(0.0, 0.5) == math.log(2), bernoulli_kl(0.5, 1.0), bernoulli_kl(1.0, 1.0)
    (True, inf, 0.0)
    """
    total = 0.0
    for a, b in ((p, q), (1.0 - p, 1.0 - q)):
        if a > 0:
            total += a * math.log(a / b) if b > 0 else math.inf
    return total


def lai_robbins(chances: Sequence[float]) -> float:
    """Return the factor c of the bound of Lai and Robbins: in the long run c · ln n is lost at least.

    It is the sum of gap / KL(arm, best arm). It holds for n → ∞ and for policies that lose less than every power of n
    on all arms. It is 0 where all arms are equal, and where a best arm always pays: one failure then excludes an arm.

    >>> round(lai_robbins([0.45, 0.55]), 3), lai_robbins([0.5, 0.5]), lai_robbins([0.2, 1.0])
    (4.983, 0.0, 0.0)
    """
    best = max(chances)
    return sum(((best - p) / bernoulli_kl(p, best) for p in chances if p < best), 0.0)
