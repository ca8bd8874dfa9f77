"""Another order: which word of a sentence translates which, learned from pairs alone (IBM Model 1: Brown et al. 1993).

Each English word e of a pair has one German word f, or none, as its source, all equally likely before: with I German
words, P(e1 ... eJ) = (I + 1)^−J Π_j Σ_i t(e_j | f_i). The log-likelihood is concave in the table t, as a sum of logs of
sums, so EM cannot end in a poorer local maximum. It is not strictly concave: several tables can reach the same maximum
(Toutanova and Galley 2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Pair = tuple[tuple[str, ...], tuple[str, ...]]  # German words, English words
NONE = ""  # the German word that is none, in front of each sentence
TIE = 1e-9


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of sentences as numbers: L possible links between J English words in all and their German words.

    Attributes:
        german: the F German words, `NONE` first.
        english: the E English words.
        source: (L,), the German word of each possible link.
        target: (L,), its English word.
        token: (L,), the English word in the running text, 0 to J − 1, that it belongs to.
        constant: Σ −log of the number of possible sources, over all English words in the running text.
        with_none: whether no source is one of them.
    """

    german: tuple[str, ...]
    english: tuple[str, ...]
    source: Places
    target: Places
    token: Places
    constant: float
    with_none: bool


def number_pairs(pairs: Sequence[Pair], with_none: bool = True) -> Pairs:
    """Return pairs as numbers; without `with_none`, every English word has to have a German source.

    >>> number_pairs([(("das", "haus"), ("the", "house"))]).source
    array([0, 1, 2, 0, 1, 2])
    """
    german = (NONE, *sorted({word for first, _second in pairs for word in first}))
    english = tuple(sorted({word for _first, second in pairs for word in second}))
    links: list[tuple[int, int, int]] = []
    token, constant = 0, 0.0
    for first, second in pairs:
        for word in second:
            sources = (NONE, *first) if with_none else first
            links += [(german.index(f), english.index(word), token) for f in sources]
            token, constant = token + 1, constant - float(np.log(len(sources)))
    source, target, tokens = np.array(links, dtype=np.int64).T
    return Pairs(german, english, source, target, tokens, constant, with_none)


def even_table(pairs: Pairs) -> Array:
    """Return the table (F, E) in which every English word is equally probable."""
    return np.full((len(pairs.german), len(pairs.english)), 1.0 / len(pairs.english))


def drawn_table(pairs: Pairs, seed: int) -> Array:
    """Return a table (F, E) whose rows are drawn, even over all divisions of 1."""
    draws = np.random.default_rng(seed).exponential(size=(len(pairs.german), len(pairs.english)))
    table: Array = draws / draws.sum(axis=1, keepdims=True)
    return table


def posteriors(pairs: Pairs, table: Array) -> Array:
    """Return the probability (L,) of each possible link: those of an English word sum to 1 (the E step)."""
    chances = table[pairs.source, pairs.target]
    return chances / np.bincount(pairs.token, weights=chances)[pairs.token]


def em_step(pairs: Pairs, table: Array) -> Array:
    """Return the next table (F, E): the expected counts of links, each row divided by its sum (the M step)."""
    F, E = table.shape
    counts = np.bincount(pairs.source * E + pairs.target, weights=posteriors(pairs, table), minlength=F * E).reshape(
        F, E
    )
    totals = counts.sum(axis=1, keepdims=True)
    shares: Array = np.divide(counts, totals, out=table.copy(), where=totals > 0)  # a word without links keeps its row
    return shares


def log_likelihood(pairs: Pairs, table: Array) -> float:
    """Return the log probability of all English sentences, given the German ones."""
    sums = np.bincount(pairs.token, weights=table[pairs.source, pairs.target])
    return float(np.log(sums).sum() + pairs.constant)


def most_above(pairs: Pairs, table: Array) -> float:
    """Return a bound on how far the log-likelihood of any table is above that of this one.

    A concave function lies below its tangent, and the tangent is largest where each German word has only the English
    word with the largest slope (the gap of Frank and Wolfe 1956).
    """
    F, E = table.shape
    slopes = 1.0 / np.bincount(pairs.token, weights=table[pairs.source, pairs.target])
    gradient = np.bincount(pairs.source * E + pairs.target, weights=slopes[pairs.token], minlength=F * E).reshape(F, E)
    return float((gradient.max(axis=1) - (gradient * table).sum(axis=1)).sum())


def link_matrix(pairs: Pairs, table: Array, pair: Pair) -> Array:
    """Return the probability (I + 1, J) of each link in a pair whose words are in the table; columns sum to 1."""
    rows = [pairs.german.index(word) for word in (NONE, *pair[0])]
    chances = table[np.ix_(rows, [pairs.english.index(word) for word in pair[1]])]
    chances[0] *= pairs.with_none
    return np.asarray(chances / chances.sum(axis=0))


def best_links(matrix: Array) -> Places:
    """Return the row (J,) of the most probable link of each column; −1 where several are equally probable.

    >>> best_links(np.array([[0.5, 0.2], [0.5, 0.8]]))
    array([-1,  1])
    """
    top = matrix >= matrix.max(axis=0) - TIE
    return np.where(top.sum(axis=0) == 1, top.argmax(axis=0), -1).astype(np.int64)


def crossings(links: Sequence[int]) -> int:
    """Return how many pairs of links cross: the later word has the earlier source. No source (0, −1) never does.

    >>> crossings([1, 2, 5, 3, 4])
    2
    """
    known = [link for link in links if link > 0]
    return sum(first > second for at, first in enumerate(known) for second in known[at + 1 :])
