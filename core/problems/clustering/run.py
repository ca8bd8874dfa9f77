"""One run of k-means with what it is held against: the best partition, and the ends of many starts."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.errors import InputError
from core.language import _
from core.problems.clustering.kmeans import HalfStep, Start, first_centres, lloyd
from core.problems.clustering.partitions import (
    Clustering,
    adjusted_rand_index,
    best_partition,
    clustering_of,
    is_as_good,
    local_optima,
    number_of_partitions,
)
from core.problems.clustering.task import Task

FEWEST, MOST = 2, 6  # clusters
STARTS = 200


@dataclass(frozen=True, eq=False)
class Run:
    """A start of k-means, all its half steps, and what it is held against.

    Attributes:
        task: the points.
        k: the number of clusters.
        steps: the half steps of this start.
        optima: the different ends of 200 starts, of which this one is the first, by their loss.
        best: the best of all partitions where they were gone through, else the best end of the 200 starts.
    """

    task: Task
    k: int
    steps: list[HalfStep]
    optima: list[Clustering]
    best: Clustering

    @cached_property
    def end(self) -> Clustering:
        """The partition in which this start ends."""
        return clustering_of(self.task.X, self.steps[-1].groups)

    @cached_property
    def whole(self) -> float:
        """The loss of all points as one cluster."""
        return float(((self.task.X - self.task.X.mean(axis=0)) ** 2).sum())

    def is_as_good(self, loss: float) -> bool:
        """Return whether a loss is the smallest, but for rounding."""
        return is_as_good(loss, self.best.loss, self.whole)

    @property
    def is_best(self) -> bool:
        """Whether this start ends with the smallest loss."""
        return self.is_as_good(self.end.loss)

    @property
    def hits(self) -> int:
        """How many of the 200 starts end with the smallest loss."""
        return sum(one.count for one in self.optima if self.is_as_good(one.loss))

    @property
    def rounds(self) -> int:
        """How often the centres moved."""
        return sum(step.moved for step in self.steps)

    @property
    def place(self) -> int:
        """Where among `optima` this start ended."""
        return next(i for i, one in enumerate(self.optima) if np.array_equal(one.groups, self.end.groups))

    @property
    def partitions(self) -> int:
        """How many partitions into k clusters there are."""
        return number_of_partitions(len(self.task.X), self.k)

    def excess(self, loss: float) -> float:
        """Return by which share a loss exceeds the smallest; infinite where that is 0 and the loss is not."""
        if self.is_as_good(loss):
            return 0.0
        return loss / self.best.loss - 1 if self.best.loss > 0 else np.inf

    def agreement(self, other: Clustering) -> float | None:
        """Return the adjusted Rand index of a clustering and the classes of the rows, None where there are none."""
        return None if self.task.y is None else adjusted_rand_index(other.groups, self.task.y)


def run_clustering(task: Task, k: int, start: Start, seed: int) -> Run:
    """Run k-means from the first centres that the seed draws, and from 199 further ones.

    Raises InputError for a number of clusters outside 2 to 6, and where there are fewer different points than clusters.
    """
    if not FEWEST <= k <= MOST:
        raise InputError(
            _("Between {fewest} and {most} clusters can be chosen, but {k} were; choose another number.")
            .format(fewest=FEWEST, most=MOST, k=k)
        )  # fmt: skip
    steps = lloyd(task.X, first_centres(task.X, k, start, np.random.default_rng(seed)))
    optima = local_optima(task.X, k, start, seed, STARTS)
    return Run(task, k, steps, optima, best_partition(task.X, k) if task.is_small else optima[0])
