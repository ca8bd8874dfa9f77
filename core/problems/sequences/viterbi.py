"""The best labelling of a sentence under a hidden Markov model, column by column (Viterbi 1967), and all together.

The best way to a tag of a word is the best way to some tag of the word before, and one step. So k × k steps a word are
enough, although n words with k tags have k to the power of n labellings.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from core.problems.sequences.hidden_markov import Lattice

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
TIE = 1e-9  # log probabilities that differ by less count as equal


@dataclass(frozen=True, eq=False)
class Trellis:
    """The best ways through a lattice of n words and k tags.

    Attributes:
        best: (n, k), the log probability of the best way to each tag of each word.
        back: (n, k), the tag of the word before on that way; −1 at the first word.
        tags: (n,), the best labelling.
        score: its log probability, with the end of the sentence.
    """

    best: Array
    back: Places
    tags: Places
    score: float


def lowest_best(values: Array) -> int:
    """Return the first place whose value is the largest one, or equals it within `TIE`.

    >>> lowest_best(np.array([1.0, 2.0, 2.0 + 1e-15]))
    1
    """
    return int(np.flatnonzero(values >= values.max() - TIE)[0])


def viterbi(lattice: Lattice) -> Trellis:
    """Return the best ways, with the lowest tag where several are equally good.

    >>> even = np.log(np.full((2, 2), 0.5))
    >>> viterbi(Lattice(even[0], even, np.zeros(2), np.log([[0.9, 0.1], [0.2, 0.8]]))).tags
    array([0, 1])
    """
    n, k = lattice.seen.shape
    best, back = np.empty((n, k)), np.full((n, k), -1, dtype=np.int64)
    best[0] = lattice.start + lattice.seen[0]
    for t in range(1, n):
        ways = best[t - 1][:, None] + lattice.moves  # from each tag (row) to each tag (column)
        back[t] = [lowest_best(way) for way in ways.T]
        best[t] = ways[back[t], np.arange(k)] + lattice.seen[t]
    tags = np.empty(n, dtype=np.int64)
    tags[-1] = lowest_best(best[-1] + lattice.end)
    for t in range(n - 1, 0, -1):
        tags[t - 1] = back[t, tags[t]]
    return Trellis(best, back, tags, float((best[-1] + lattice.end)[tags[-1]]))


def greedy(lattice: Lattice) -> Places:
    """Return the tags (n,) chosen one by one: each the best after the tag just chosen, whatever follows."""
    n = len(lattice.seen)
    tags = np.empty(n, dtype=np.int64)
    for t in range(n):
        step = lattice.start if t == 0 else lattice.moves[tags[t - 1]]
        tags[t] = lowest_best(step + lattice.seen[t] + (lattice.end if t == n - 1 else 0.0))
    return tags


def log_probability(lattice: Lattice, tags: Places) -> float:
    """Return the log probability of the words with these tags (n,); −∞ if they are impossible."""
    steps = lattice.start[tags[0]] + lattice.moves[tags[:-1], tags[1:]].sum() + lattice.end[tags[-1]]
    return float(steps + lattice.seen[np.arange(len(tags)), tags].sum())


def log_total(lattice: Lattice) -> float:
    """Return the log of the probability of all labellings together: the forward algorithm, in logs."""
    ways = lattice.start + lattice.seen[0]
    for seen in lattice.seen[1:]:
        ways = np.logaddexp.reduce(ways[:, None] + lattice.moves, axis=0) + seen
    return float(np.logaddexp.reduce(ways + lattice.end))
