"""Both learners on the rows that a visitor chose, with the best objective that is known."""

from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.formatting import format_count, format_number
from core.language import _
from core.problems.rewarded.policy import Array, Places, Task, Variances, best_weights, variances
from core.problems.rewarded.run import Curves, Seen, run_learner, sample_rows
from core.problems.rows import Rows

FEWEST_SAMPLES, MOST_SAMPLES = 100, 2000
LOWEST_PENALTY, HIGHEST_PENALTY = 0.001, 0.1
MOST_CLASSES = 20
RUNS, WEIGHTS = 12, 2400  # runs of each learner, and how many weights all of them together may have
WAY = 0.8  # of the way from the beginning to the optimum that counts as learned


@dataclass(frozen=True, eq=False)
class Result:
    """What both learners reached, and what is possible.

    Attributes:
        task: rows, classes and penalty.
        classes: their names.
        rows: (samples, runs), the row of each sample.
        told: the objective of the learner that is told the label.
        rewarded: that of the learner that gets a reward alone.
        seen_told: what the first run of the one saw in each sample.
        seen_rewarded: what that of the other saw.
        optimum: the smallest objective that a deterministic optimiser found.
        variances: of both estimates, at the beginning.
    """

    task: Task
    classes: tuple[str, ...]
    rows: Places
    told: Curves
    rewarded: Curves
    seen_told: list[Seen]
    seen_rewarded: list[Seen]
    optimum: float
    variances: Variances

    @property
    def start(self) -> float:
        """The objective of even chances."""
        return float(self.told.mean[0])

    @property
    def teaches(self) -> bool:
        """Whether anything is to be learned: whether the optimum is below the beginning."""
        return self.start - self.optimum > 1e-6

    @property
    def goal(self) -> float:
        """The objective after 80 % of the way to the optimum."""
        return self.start - WAY * (self.start - self.optimum)

    @property
    def needed(self) -> tuple[float, float]:
        """After how many samples the means of told and rewarded get to the goal; ∞ if they do not."""
        return self.told.reach(self.goal), self.rewarded.reach(self.goal)

    @property
    def times(self) -> float | None:
        """How many times as many samples rewards need as labels; None where that is not known."""
        told, rewarded = self.needed
        return rewarded / told if self.teaches and told > 0 and np.isfinite(rewarded) and np.isfinite(told) else None


def make_task(rows: Rows, penalty: float) -> tuple[Task, tuple[str, ...]]:
    """Return the rows as a task, and the names of the classes that have rows.

    Raises InputError for fewer than two classes, more than twenty, and a penalty out of range.
    """
    seen, y = np.unique(rows.need_classes(), return_inverse=True)
    if len(seen) > MOST_CLASSES:
        raise InputError(
            _(
                "At most {most} classes can be learned from here, but the rows have {count}; choose another label."
            ).format(most=MOST_CLASSES, count=format_count(len(seen)))
        )
    if not LOWEST_PENALTY <= penalty <= HIGHEST_PENALTY:
        raise InputError(
            _("The penalty λ must be between {low} and {high}, but is {got}; change it.").format(
                low=format_number(LOWEST_PENALTY), high=format_number(HIGHEST_PENALTY), got=format_number(penalty)
            )
        )
    Z = np.column_stack([rows.standardised, np.ones(len(y))])
    return Task(Z, y.astype(np.int64), len(seen), penalty), tuple(rows.classes[place] for place in seen)


def run_both(rows: Rows, *, samples: int, penalty: float, baseline: bool, seed: int) -> Result:
    """Return both learners on the same rows in the same order. Raises InputError as `make_task` does."""
    if not FEWEST_SAMPLES <= samples <= MOST_SAMPLES:
        raise InputError(
            _("Between {low} and {high} samples can be seen, but {got} were chosen; change the number.").format(
                low=format_count(FEWEST_SAMPLES), high=format_count(MOST_SAMPLES), got=format_count(samples)
            )
        )
    task, classes = make_task(rows, penalty)
    order, draws = sample_rows(task, samples, runs_of(task), seed)
    told, seen_told = run_learner(task, order, draws, rewarded=False)
    rewarded, seen_rewarded = run_learner(task, order, draws, rewarded=True, baseline=baseline)
    even: Array = np.zeros((task.k, task.Z.shape[1]))
    optimum = min(best_weights(task, seed=seed)[1], float(told.losses.min()), float(rewarded.losses.min()))
    return Result(task, classes, order, told, rewarded, seen_told, seen_rewarded, optimum, variances(even, task))


def runs_of(task: Task) -> int:
    """Return in how many runs each learner is averaged: fewer where there are many weights."""
    return max(1, min(RUNS, WEIGHTS // (task.k * len(task.Z[0]))))
