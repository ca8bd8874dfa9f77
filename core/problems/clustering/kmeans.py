"""k-means by Lloyd's algorithm: points go to their nearest centre, centres to the mean of their points, and back.

No half step can raise the loss, the sum of squared distances of the points to the centres of their clusters, and there
are finitely many partitions; so it ends, in a local optimum. Which one depends on the first centres alone.
(Lloyd, "Least squares quantization in PCM", 1982; Arthur and Vassilvitskii, "k-means++", 2007.)
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from core.errors import InputError
from core.language import _

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Start = Literal["random", "plus"]
MOST_ROUNDS = 500  # far more than are needed; it only keeps a mistake from running for ever


@dataclass(frozen=True, eq=False)
class HalfStep:
    """What stands after a half step.

    Attributes:
        moved: whether the centres have moved; otherwise the points were assigned.
        centres: (k, d).
        groups: (n,), the cluster of each point.
        loss: the sum of squared distances to the centres of these clusters.
        changed: how many points have another cluster than before; in a move those that an empty cluster took over.
        refilled: the clusters that had no point left, and took one over in this move.
    """

    moved: bool
    centres: Array
    groups: Places
    loss: float
    changed: int
    refilled: tuple[int, ...] = ()


def squared_distances(X: Array, centres: Array) -> Array:
    """Return the (n, k) squared distances of the points X (n, d) to the centres (k, d)."""
    return np.asarray(((X[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2))


def assign(X: Array, centres: Array) -> Places:
    """Return the place of the nearest centre of each point; of equally near ones the first.

    >>> assign(np.array([[0.0], [1.0], [4.0]]), np.array([[0.0], [2.0]]))
    array([0, 0, 1])
    """
    distances = squared_distances(X, centres)
    unit = distances.max() or 1.0  # distances that differ in their last bits are equal, on every processor
    return np.asarray(np.round(distances / unit, 12).argmin(axis=1))


def move(X: Array, groups: Places, centres: Array) -> tuple[Array, Places, tuple[int, ...]]:
    """Return the means of the clusters, their points, and which clusters were empty and took a point over.

    An empty cluster has no mean. By the rule of scikit-learn it takes over the point that is farthest from the centre
    of its cluster (here: of a cluster with other points), which never raises the loss.

    >>> move(np.array([[0.0], [1.0], [9.0]]), np.array([0, 0, 0]), np.array([[0.0], [20.0]]))[0].ravel()
    array([0.5, 9. ])
    """
    groups, k = groups.copy(), len(centres)
    empty = tuple(int(group) for group in range(k) if not np.any(groups == group))
    for group in empty:
        shared = np.bincount(groups, minlength=k)[groups] > 1
        distances = ((X - centres[groups]) ** 2).sum(axis=1)
        groups[int(np.where(shared, np.round(distances / (distances.max() or 1.0), 12), -1.0).argmax())] = group
    return np.array([X[groups == group].mean(axis=0) for group in range(k)]), groups, empty


def loss_of(X: Array, groups: Places, centres: Array) -> float:
    """Return the sum of squared distances of the points to the centres of their clusters.

    >>> loss_of(np.array([[0.0], [2.0]]), np.array([0, 0]), np.array([[1.0]]))
    2.0
    """
    return float(((X - centres[groups]) ** 2).sum())


def lloyd(X: Array, start: Array) -> list[HalfStep]:
    """Return all half steps from the first centres `start` (k, d): assign, move, assign, ... until no point changes.

    The last one is the assignment that changes nothing; clusters that it empties keep the points that they took over
    before, if they would take over the same. Raises InputError where X has fewer different points than
    there are centres.
    """
    need_points(X, len(start))
    centres, groups, steps = start, np.full(len(X), -1), list[HalfStep]()
    for _round in range(MOST_ROUNDS):
        nearest = assign(X, centres)
        if len(np.unique(nearest)) < len(centres) and np.array_equal(move(X, nearest, centres)[1], groups):
            nearest = groups  # centres too near to each other to be told apart would be emptied and refilled for ever
        changed = int((nearest != groups).sum())
        steps.append(HalfStep(False, centres, nearest, loss_of(X, nearest, centres), changed))
        if not changed:
            return steps
        centres, groups, refilled = move(X, nearest, centres)
        taken = int((groups != nearest).sum())
        steps.append(HalfStep(True, centres, groups, loss_of(X, groups, centres), taken, refilled))
    return steps


def need_points(X: Array, k: int) -> None:
    """Raise InputError where X has fewer different points than k."""
    different = len(np.unique(X, axis=0))
    if different < k:
        raise InputError(
            _("{k} clusters need at least {k} different points, but there are {different}; "
              "choose fewer clusters or move points apart.").format(k=k, different=different)
        )  # fmt: skip


def first_centres(X: Array, k: int, start: Start, rng: np.random.Generator) -> Array:
    """Return k of the points X (n, d), all different, as the first centres.

    "random" takes any k. "plus" is k-means++: the first is any point, and each further one is drawn with a probability
    in proportion to its squared distance to the nearest centre so far. Raises InputError where fewer points differ.
    """
    need_points(X, k)
    places, counts = np.unique(X, axis=0, return_counts=True)
    if start == "random":
        return np.asarray(places[rng.choice(len(places), k, replace=False)])
    chosen = [int(rng.choice(len(places), p=counts / counts.sum()))]
    while len(chosen) < k:
        weights = counts * squared_distances(places, places[chosen]).min(axis=1)
        if not weights.any():  # what is left is so near to a centre that its square vanishes
            weights = counts * ~np.isin(np.arange(len(places)), chosen)
        chosen.append(int(rng.choice(len(places), p=weights / weights.sum())))
    return np.asarray(places[chosen])
