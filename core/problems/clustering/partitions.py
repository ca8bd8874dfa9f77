"""All clusterings of a few points, to find the best one for sure; and the ones in which many starts end.

k-means has no short way to its global optimum (it is NP-hard). For a dozen points all partitions can be gone through:
each is written once, as a restricted growth string: a point is in one of the clusters so far or opens the next.
"""

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _
from core.problems.clustering.kmeans import Array, Places, Start, first_centres, lloyd, loss_of, need_points

MOST_POINTS = 12
TINY = 1e-10  # of the loss of one cluster: what is smaller is none
ROUNDING = 1e-15  # of the size of the points, by which a distance between them can be wrong
NEAR = 1e-9  # two losses that differ by less than this share of the larger are equal


@dataclass(frozen=True, eq=False)
class Clustering:
    """A partition into clusters with its loss.

    Attributes:
        groups: (n,), the cluster of each point, numbered in the order of their first points.
        centres: (k, d), the means of the clusters.
        loss: the sum of squared distances to them.
        count: how many of the starts ended in it; 0 where it was not found by starts.
    """

    groups: Places
    centres: Array
    loss: float
    count: int = 0


def numbered(groups: Places) -> Places:
    """Return the same partition with its clusters numbered in the order of their first points.

    >>> numbered(np.array([2, 2, 0, 1, 0]))
    array([0, 0, 1, 2, 1])
    """
    _groups, first, places = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[places]


def number_of_partitions(n: int, k: int) -> int:
    """Return in how many ways n points can be divided into k clusters, none of them empty (Stirling's number).

    >>> number_of_partitions(4, 2), number_of_partitions(12, 4), number_of_partitions(3, 4)
    (7, 611501, 0)
    """
    row = [1] + [0] * k
    for _point in range(n):
        row = [0] + [row[j - 1] + j * row[j] for j in range(1, k + 1)]
    return row[k]


def best_partition(X: Array, k: int) -> Clustering:
    """Return the partition of the points X (n, d) into k clusters with the smallest loss, of equal ones the first.

    All are gone through point by point. A further point never lowers the loss, so a beginning is given up as soon as
    its loss exceeds that of a partition that is known. Raises InputError above 12 points or for too few different ones.
    """
    need_points(X, k)
    n = len(X)
    if n > MOST_POINTS:
        raise InputError(
            _("All partitions can be gone through for up to {most} points, but there are {n}; choose fewer points.")
            .format(most=MOST_POINTS, n=n)
        )  # fmt: skip
    centred = X - X.mean(axis=0)  # sums of centred numbers lose fewer digits
    bound = (math.sqrt(_known_loss(X, k) * (1 + NEAR)) + math.sqrt(float((centred**2).sum())) * ROUNDING) ** 2
    strings, used = np.zeros((1, 0), dtype=np.int64), np.zeros(1, dtype=np.int64)
    sums, counts, losses = np.zeros((1, k, X.shape[1])), np.zeros((1, k)), np.zeros(1)
    for place, point in enumerate(centred):
        rows, groups = np.nonzero(np.arange(k)[None, :] <= used[:, None])  # a cluster so far, or the next one
        size = counts[rows, groups]
        apart = point - sums[rows, groups] / np.maximum(size, 1)[:, None]
        loss = losses[rows] + size / (size + 1) * (apart**2).sum(axis=1)
        opened = np.maximum(used[rows], groups + 1)
        kept = (loss <= bound) & (opened + (n - 1 - place) >= k)  # the rest must still open what is missing
        rows, groups, losses, used = rows[kept], groups[kept], loss[kept], opened[kept]
        strings = np.column_stack([strings[rows], groups])
        sums, counts = sums[rows], counts[rows]
        sums[np.arange(len(rows)), groups] += point
        counts[np.arange(len(rows)), groups] += 1
    first = int(np.flatnonzero(losses <= losses.min() * (1 + NEAR))[0])  # the strings stand in lexical order
    return clustering_of(X, strings[first])


def clustering_of(X: Array, groups: Places, count: int = 0) -> Clustering:
    """Return the partition of the points X (n, d) given by their clusters (n,), however these are numbered."""
    groups = numbered(groups)
    centres = np.array([X[groups == group].mean(axis=0) for group in range(int(groups.max()) + 1)])
    return Clustering(groups, centres, loss_of(X, groups, centres), count)


def _known_loss(X: Array, k: int) -> float:
    """Return the loss of some good partition: the best of a few starts."""
    rng = np.random.default_rng(0)
    return min(lloyd(X, first_centres(X, k, "plus", rng))[-1].loss for _start in range(10))


def local_optima(X: Array, k: int, start: Start, seed: int, starts: int) -> list[Clustering]:
    """Return the different partitions in which k-means ends from so many starts, by loss, each with its count."""
    rng = np.random.default_rng(seed)
    ends = [numbered(lloyd(X, first_centres(X, k, start, rng))[-1].groups) for _start in range(starts)]
    counts = Counter(tuple(end.tolist()) for end in ends)
    found = [clustering_of(X, np.array(end), count) for end, count in counts.items()]
    unit = max(one.loss for one in found) or 1.0  # losses that differ in their last bits are equal, on every processor
    return sorted(found, key=lambda one: (round(one.loss / unit, 12), -one.count, one.groups.tolist()))


def is_as_good(loss: float, best: float, whole: float) -> bool:
    """Return whether a loss is that of the best clustering, but for rounding; `whole` is the loss of one cluster."""
    return loss <= best * (1 + NEAR) + TINY * whole


def adjusted_rand_index(groups: Places, others: Places) -> float:
    """Return how far two partitions (n,) agree on which pairs stand together: 1 fully, about 0 as much as by chance.

    Where chance leaves no other value, as for one cluster in both, it is 1. (Hubert and Arabie, 1985.)

    >>> adjusted_rand_index(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    table = np.zeros((int(groups.max()) + 1, int(others.max()) + 1))
    np.add.at(table, (groups, others), 1)

    def pairs(counts: Array) -> float:
        return float((counts * (counts - 1) / 2).sum())

    both, first, second, every = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0)), pairs(table.sum())
    chance = first * second / max(every, 1.0)
    most = (first + second) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)
