"""The exact best labelling of a sentence without Viterbi: all labellings one by one, or a shortest path."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.problems.sequences.hidden_markov import Lattice
from core.problems.sequences.viterbi import TIE, lowest_best

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
MOST_LABELLINGS = 300_000  # that are tried one by one


@dataclass(frozen=True, eq=False)
class Exact:
    """The exact answer for a sentence.

    Attributes:
        tags: (n,), the best labelling.
        score: its log probability.
        total: the log probability of all labellings together.
        tried: how many labellings were tried; 0 for a shortest path.
    """

    tags: Places
    score: float
    total: float
    tried: int


def exact_labelling(lattice: Lattice) -> Exact:
    """Return the exact answer: of all labellings if they are at most `MOST_LABELLINGS`, else by a shortest path."""
    n, k = lattice.seen.shape
    return brute_force(lattice) if k**n <= MOST_LABELLINGS else shortest_path(lattice)


def brute_force(lattice: Lattice) -> Exact:
    """Return the best of all k to the power of n labellings; of equal ones the first, read from the last word back."""
    n, k = lattice.seen.shape
    scores = lattice.start + lattice.seen[0]
    for seen in lattice.seen[1:]:  # one axis more for each word: (k, k, ...), the last word first
        move = (lattice.moves.T + seen[:, None]).reshape(k, k, *[1] * (scores.ndim - 1))
        scores = scores[None] + move
    scores = scores + lattice.end.reshape(k, *[1] * (n - 1))
    at = lowest_best(scores.ravel())
    tags = np.array(np.unravel_index(at, scores.shape), dtype=np.int64)[::-1]
    return Exact(tags, float(scores.ravel()[at]), float(np.logaddexp.reduce(scores.ravel())), scores.size)


def shortest_path(lattice: Lattice) -> Exact:
    """Return the labelling as a shortest path of a graph, by Dijkstra's algorithm.

    A node is a tag of a word, and the length of an edge is −log of its probability, which is never below 0. From the
    end back, each word has the first tag through which a shortest path leads. The total is a product of matrices of
    probabilities, without logs.
    """
    import networkx

    n, k = lattice.seen.shape
    graph = networkx.DiGraph()
    for tag in range(k):
        _connect(graph, "start", (0, tag), lattice.start[tag] + lattice.seen[0, tag])
        _connect(graph, (n - 1, tag), "end", lattice.end[tag])
    for t in range(1, n):
        for tag in range(k):
            for before in range(k):
                _connect(graph, (t - 1, before), (t, tag), lattice.moves[before, tag] + lattice.seen[t, tag])
    far = networkx.single_source_dijkstra_path_length(graph, "start")
    tags: list[int] = []
    node: object = "end"
    for t in range(n - 1, -1, -1):
        ways = np.full(k, -np.inf)
        for tag in range(k):
            if (t, tag) in far and graph.has_edge((t, tag), node):
                ways[tag] = -far[t, tag] - graph.edges[(t, tag), node]["weight"]
        tags.insert(0, lowest_best(ways))
        node = (t, tags[0])
    return Exact(np.array(tags, dtype=np.int64), -float(far["end"]), _total_by_matrices(lattice), 0)


def _connect(graph: "networkx.DiGraph", first: object, second: object, log: float) -> None:  # type: ignore[name-defined]  # noqa: F821
    if np.isfinite(log):
        graph.add_edge(first, second, weight=max(-float(log), 0.0))


def _total_by_matrices(lattice: Lattice) -> float:
    """Return the log of start · A1 · A2 ... · end, each row scaled to sum to 1 on the way."""
    row, log = np.exp(lattice.start + lattice.seen[0]), 0.0
    for seen in lattice.seen[1:]:
        log += float(np.log(row.sum()))
        row = (row / row.sum()) @ (np.exp(lattice.moves) * np.exp(seen))
    return log + float(np.log(row @ np.exp(lattice.end)))


def same(first: float, second: float) -> bool:
    """Return whether two log probabilities are equal, within `TIE` of each word's."""
    return abs(first - second) <= 100 * TIE
