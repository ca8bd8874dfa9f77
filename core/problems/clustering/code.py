"""The lines of Python that give the numbers of the miniature of k-means."""

from core.problems.clustering.kmeans import Start
from core.problems.clustering.task import Task

_RANDOM = """
def first_centres(rng):
    places = np.unique(X, axis=0)
    return places[rng.choice(len(places), k, replace=False)]
"""
_PLUS = """
def first_centres(rng):  # k-means++
    places, counts = np.unique(X, axis=0, return_counts=True)
    chosen = [int(rng.choice(len(places), p=counts / counts.sum()))]
    while len(chosen) < k:
        weights = counts * ((places[:, None] - places[chosen]) ** 2).sum(axis=2).min(axis=1)
        weights = weights if weights.any() else counts * ~np.isin(np.arange(len(places)), chosen)
        chosen.append(int(rng.choice(len(places), p=weights / weights.sum())))
    return places[chosen]
"""
_LLOYD = """
def loss_from(centres):
    while True:
        distances = ((X[:, None] - centres) ** 2).sum(axis=2)
        groups = np.round(distances / (distances.max() or 1), 12).argmin(axis=1)  # assign
        apart = distances.min(axis=1)
        for empty in set(range(k)) - set(groups.tolist()):  # an empty cluster takes over the farthest point
            shared = np.bincount(groups, minlength=k)[groups] > 1
            groups[np.where(shared, apart, -1).argmax()] = empty
        moved = np.array([X[groups == group].mean(axis=0) for group in range(k)])  # move
        if np.allclose(moved, centres, rtol=1e-12, atol=0):
            return ((X - moved[groups]) ** 2).sum()
        centres = moved


rng = np.random.default_rng(seed)
losses = [loss_from(first_centres(rng)) for start in range({starts})]
best = min(losses)
"""
_ALL = """
def divide(place, clusters, loss):  # the points from this place on; a cluster is (points, sum of x, sum of y)
    global best
    if loss > best or len(clusters) + len(X) - place < k:
        return
    if place == len(X):
        best = loss
        return
    x, y = X[place]
    for j, (n, a, b) in enumerate(clusters):
        more = n / (n + 1) * ((x - a / n) ** 2 + (y - b / n) ** 2)
        divide(place + 1, [*clusters[:j], (n + 1, a + x, b + y), *clusters[j + 1 :]], loss + more)
    if len(clusters) < k:
        divide(place + 1, [*clusters, (1, x, y)], loss)


divide(0, [], 0.0)  # all partitions
"""


def code_for(task: Task, k: int, start: Start, seed: int, starts: int) -> str:
    """Return lines that print the loss of this start, the best loss, and how many of the starts reach it."""
    first = _RANDOM if start == "random" else _PLUS
    return (
        f"{task.code}k, seed = {k}, {seed}\n\n{first}\n{_LLOYD.format(starts=starts)}"
        + (f"\n{_ALL}" if task.is_small else "")
        + "whole = ((X - X.mean(axis=0)) ** 2).sum()  # one cluster; what is 1e-10 of it is none\n"
        "print(losses[0], best, sum(loss <= best * (1 + 1e-9) + 1e-10 * whole for loss in losses))\n"
    )
