"""Two learners on the same rows in the same order, told or rewarded, at several learning rates and in many runs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.problems.rewarded.policy import Array, Places, Task, objectives, policy, rewarded_scores, told_scores

RATES = (0.03, 0.1, 0.3, 1.0, 3.0)  # each learner gets the best of these
AVERAGED = 0.05  # the weight of a new reward in the running mean that is the baseline
CHECKS = 50  # times at which losses are computed


@dataclass(frozen=True, eq=False)
class Seen:
    """What a learner saw in one sample of the first run, at each rate.

    Attributes:
        chances: (rates, k), of the classes, before the update.
        drawn: (rates,), the classes that were drawn; none where the label was told.
        baseline: (rates,), what is subtracted from the reward.
    """

    chances: Array
    drawn: Places | None
    baseline: Array


@dataclass(frozen=True, eq=False)
class Curves:
    """The objective of a learner at all rates, in all runs.

    Attributes:
        samples: (checks,), how many samples were seen.
        losses: (rates, runs, checks), the objective: expected loss over all rows, plus the penalty.
        best: which rate has the smallest mean over the checks.
    """

    samples: Places
    losses: Array
    best: int

    @property
    def chosen(self) -> Array:
        """(runs, checks), the losses at the best rate."""
        found: Array = self.losses[self.best]
        return found

    @cached_property
    def mean(self) -> Array:
        """(checks,), their mean over the runs."""
        found: Array = self.chosen.mean(axis=0)
        return found

    def reach(self, loss: float) -> float:
        """Return after how many samples the mean is at `loss` or below for the first time, ∞ if it never is."""
        below = np.flatnonzero(self.mean <= loss)
        return float(self.samples[below[0]]) if len(below) else np.inf


def check_places(samples: int) -> Places:
    """Return after which numbers of samples losses are computed: closer together at the beginning."""
    places = np.unique((samples * np.linspace(0, 1, CHECKS) ** 2).round().astype(np.int64))
    return places


def sample_rows(task: Task, samples: int, runs: int, seed: int) -> tuple[Places, Array]:
    """Return the row (samples, runs) of each sample, and a number from 0 to 1 that draws the class."""
    rng = np.random.default_rng(seed)
    return rng.integers(len(task.y), size=(samples, runs)), rng.random((samples, runs))


def drawn_class(chances: Array, draw: Array) -> Places:
    """Return the class (...) that a number from 0 to 1 draws from chances (..., k).

    >>> drawn_class(np.array([[0.5, 0.3, 0.2]] * 3), np.array([0.4, 0.6, 0.9])).tolist()
    [0, 1, 2]
    """
    above = draw[..., np.newaxis] >= chances.cumsum(axis=-1)[..., :-1]
    places: Places = above.sum(axis=-1)
    return places


def run_learner(
    task: Task, rows: Places, draws: Array, *, rewarded: bool, baseline: bool = True
) -> tuple[Curves, list[Seen]]:
    """Return the losses of one learner for all rates and runs, and what the first run saw.

    All runs begin with weights of 0, that is with even chances. After each sample W ← W − rate · (estimate + λW). The
    baseline of a rewarded learner is the running mean of its rewards, before the new one.
    """
    count, runs = rows.shape
    W = np.zeros((len(RATES), runs, task.k, task.Z.shape[1]))
    rates = np.array(RATES)[:, np.newaxis, np.newaxis, np.newaxis]
    average = np.zeros((len(RATES), runs))
    checks, losses, seen = check_places(count), [np.full(average.size, objectives(W[:1, 0], task)[0])], []
    wanted = set(checks.tolist())
    for place in range(count):
        z, label = task.Z[rows[place]], np.broadcast_to(task.y[rows[place]], average.shape)
        chances = policy(W, z)
        if rewarded:
            drawn = drawn_class(chances, draws[place])
            reward = -(drawn != label).astype(np.float64)
            seen.append(Seen(chances[:, 0], drawn[:, 0], average[:, 0].copy()))
            scores = rewarded_scores(chances, drawn, reward, average)
            average += AVERAGED * (reward - average) if baseline else 0.0
        else:
            seen.append(Seen(chances[:, 0], None, average[:, 0]))
            scores = told_scores(chances, label)
        W = W - rates * (scores[..., np.newaxis] * z[:, np.newaxis, :] + task.penalty * W)
        if place + 1 in wanted:
            losses.append(objectives(W.reshape(-1, *W.shape[2:]), task))
    found = np.array(losses).reshape(len(checks), len(RATES), runs).transpose(1, 2, 0)
    return Curves(checks, found, int(found.mean(axis=(1, 2)).round(9).argmin())), seen
